"""Sources as pages show them, with the words that say it, and what was found when these words were last looked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path as FilePath

from selector import Guide

from .citations import Quote

THERE, MOVED, CHANGED, GONE, UNREADABLE = "there", "moved", "changed", "gone", "unreadable"
"""Verdicts on a passage: as it was, on another page, in other words, not at all, or nobody could look."""

FILE = "passages.json"
"""What was found, beside the guide's file. `guide links --passages` writes it."""

Key = tuple[str, str]
"""The address of a page and the words that were looked for on it: an edit of either makes a finding void."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage that is not where the guide says.

    Attributes:
        page, words: the address of the page, and what was looked for on it.
        verdict: what was found.
        since: the day on which it was first found so.
        nearest: the words on the page that are most like it, when they have changed.
        moved: the address that has the words now.
        note: why nobody could look.
    """

    page: str
    words: str
    verdict: str
    since: str
    nearest: str = ""
    moved: str = ""
    note: str = ""

    @property
    def key(self) -> Key:
        """What it is about."""
        return self.page, self.words


Findings = Mapping[Key, Finding]


def findings_file(guide: FilePath) -> FilePath:
    """Where the findings about a guide's file are kept."""
    return guide.with_name(FILE)


def read_findings(path: FilePath) -> dict[Key, Finding]:
    """What was found by the last run; nothing when there is no such file, or it is damaged."""
    try:
        found = [Finding(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))["passages"]]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
    return {finding.key: finding for finding in found}


def write_findings(path: FilePath, findings: Iterable[Finding]) -> None:
    """Keep what was found, in an order that does not change from run to run."""
    entries = [
        {name: value for name, value in asdict(finding).items() if value}
        for finding in sorted(findings, key=lambda one: one.key)
    ]
    text = json.dumps({"passages": entries}, ensure_ascii=False, indent=1)
    path.write_text(f"{text}\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source of a fact as pages show it.

    Attributes:
        title: what it is called.
        address: opens it at the words, where there are some.
        words: what it says, or "".
        changed: True when it no longer says so.
    """

    title: str
    address: str
    words: str = ""
    changed: bool = False


def cited(
    guide: Guide, sources: Iterable[str], quoted: Iterable[Quote], checked: str, findings: Findings
) -> list[CitedSource]:
    """The sources of a fact that was checked on a day, each with its words where the guide quotes it."""
    by_source = {quote.source: quote for quote in quoted}
    shown = []
    for name in sources:
        entry, quote = guide.entry("sources", name), by_source.get(name)
        if quote is None:
            shown.append(CitedSource(entry["title"], entry["url"]))
        else:
            changed = has_changed(quote, entry["url"], checked, findings)
            shown.append(CitedSource(entry["title"], quote.address(entry["url"]), quote.words, changed))
    return shown


def has_changed(quote: Quote, source: str, checked: str, findings: Findings) -> bool:
    """True when a source was found without these words, and nobody has read it since."""
    finding = findings.get((quote.page(source), quote.words))
    return finding is not None and finding.verdict in (CHANGED, GONE) and finding.since >= checked


def coverage(guide: Guide) -> tuple[int, int]:
    """How many ratings quote a source, of those whose level is known."""
    ratings = [rating for option in guide.data["options"] for rating in option["ratings"].values()]
    known = [rating for rating in ratings if rating["level"] != "unknown"]
    return sum("passage" in rating for rating in known), len(known)
