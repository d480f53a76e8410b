"""Whether sources still have the words that the guide quotes: `guide links --passages`."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path as FilePath
from urllib.parse import urldefrag

from hooks.render.citations import Path, Quote, quotes, quoting
from hooks.render.passages import (
    CHANGED,
    FILE,
    GONE,
    MOVED,
    THERE,
    UNREADABLE,
    Finding,
    Key,
    findings_file,
    read_findings,
    write_findings,
)
from hooks.rules import Draft, draft_of
from hooks.source.problems import ERROR, WARNING, Problem, as_text, errors, in_order, plural, quote

from .exit_codes import OK, PROBLEMS, UNANSWERED
from .loading import load_or_report
from .passage_verdict import Verdict, elsewhere, judge
from .read_pages import Get, ReadPage, local_copy, read_all

CACHE = FilePath(".cache/pages")

MOST_ELSEWHERE = 30
"""Pages of one site that are read only to search them for words that are no longer where they were."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotation of the guide: where it is in the file, the page that should have it, and when it was last read."""

    path: Path
    quote: Quote
    page: str
    checked: str
    whole: bool

    @property
    def words_path(self) -> Path:
        """Where its words are in the file; they may be the whole field."""
        return (*self.path, "passage") if self.whole else (*self.path, "passage", self.quote.source)


def passages_of(draft: Draft) -> list[Passage]:
    """All quotations of a guide that has the right shape, in the order of the file."""
    data, sources = draft.root.value, draft.entries("sources")
    former = draft.former("sources")
    return [
        Passage(
            path,
            one,
            one.page(sources[former.get(one.source, one.source)].at("url").text),
            str(entry.get("verified", entry.get("read", ""))),
            isinstance(entry["passage"], str),
        )
        for path, entry in quoting(data)
        for one in quotes(entry)
        if former.get(one.source, one.source) in sources
    ]


def look(
    draft: Draft, passages: Sequence[Passage], cache: FilePath | None, get: Get | None = None
) -> tuple[list[Verdict], dict[str, ReadPage]]:
    """A verdict for each passage, and the pages that were read for it by address without fragment."""
    pages = read_all((bare(passage.page) for passage in passages), draft.today, cache, get)
    verdicts = [judge(passage.quote, passage.page, pages[bare(passage.page)]) for passage in passages]
    missing = [passage for passage, found in zip(passages, verdicts, strict=True) if found.verdict in (CHANGED, GONE)]
    addresses = [*(node.text for node in draft.each("sources.*.url")), *(passage.page for passage in passages)]
    others = elsewhere((bare(passage.page) for passage in missing), map(bare, addresses), pages, MOST_ELSEWHERE)
    pages |= read_all({page for some in others.values() for page in some} - pages.keys(), draft.today, cache, get)
    for number, passage in enumerate(passages):
        for address in others.get(bare(passage.page), ()) if verdicts[number].verdict in (CHANGED, GONE) else ():
            found = judge(replace(passage.quote, url=address), address, pages[address])
            if found.verdict in (THERE, MOVED):
                verdicts[number] = Verdict(MOVED, moved=found.moved or address)
                break
    return verdicts, pages


@lru_cache(maxsize=4096)
def bare(address: str) -> str:
    """An address without what is after its #."""
    return urldefrag(address)[0]


# What is said


def problems_of(draft: Draft, passages: Iterable[Passage], verdicts: Iterable[Verdict]) -> list[Problem]:
    """What an editor should look at, each where the words are in the file."""
    return in_order(
        replace(found, code="passage")
        for passage, verdict in zip(passages, verdicts, strict=True)
        for found in _problems(draft, passage, verdict)
    )


def _problems(draft: Draft, passage: Passage, found: Verdict) -> Iterator[Problem]:
    words, page = quote(passage.quote.words), passage.page
    said = {
        MOVED: f"{words} is on another page now",
        CHANGED: f"{page} has other words now",
        GONE: f"{page} {found.note or 'no longer has these words'}",
        UNREADABLE: f"{page} could not be read ({found.note})",
        THERE: f"{words} on {page}: {found.note}",
    }[found.verdict]
    severity = ERROR if found.verdict in (CHANGED, GONE) else WARNING
    nearest = found.moved or found.nearest
    if found.verdict != THERE or found.note:
        yield draft.snippet(passage.words_path, passage.quote.words, said, nearest=nearest, severity=severity)


def as_data(draft: Draft, passages: Sequence[Passage], verdicts: Sequence[Verdict]) -> str:
    """The same for other programs."""
    rows = [
        {
            "line": draft.line(draft.root.at(*passage.words_path)),
            "path": "/".join(map(str, passage.path)),
            "source": passage.quote.source,
            "page": passage.page,
            "words": passage.quote.words,
            **{name: value for name, value in asdict(verdict).items() if value},
        }
        for passage, verdict in zip(passages, verdicts, strict=True)
    ]
    counts = Counter(verdict.verdict for verdict in verdicts)
    return json.dumps({"counts": dict(counts), "passages": rows}, ensure_ascii=False, indent=1)


def findings_of(
    passages: Iterable[Passage], verdicts: Iterable[Verdict], before: Mapping[Key, Finding], today: date
) -> list[Finding]:
    """What is kept for pages of the site: passages that are not there, with the day on which that was first seen.

    When a page could not be read, what was found there before still holds.
    """
    found: dict[Key, Finding] = {}
    for passage, verdict in zip(passages, verdicts, strict=True):
        if verdict.verdict == THERE:
            continue
        now = _finding(passage, verdict, today)
        old = before.get(now.key)
        if old and verdict.verdict == UNREADABLE and old.verdict != UNREADABLE:
            now = old
        elif old and old.verdict == now.verdict and old.since >= passage.checked:
            now = replace(now, since=old.since)
        known = found.get(now.key)
        found[now.key] = now if known is None or now.since > known.since else known
    return list(found.values())


def _finding(passage: Passage, verdict: Verdict, today: date) -> Finding:
    return Finding(
        passage.page,
        passage.quote.words,
        verdict.verdict,
        today.isoformat(),
        nearest=verdict.nearest,
        moved=verdict.moved,
        note=verdict.note,
    )


# The command line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `links` needs for this."""
    parser.add_argument("--passages", action="store_true", help="read the pages and look for the words that are quoted")
    parser.add_argument(
        "--json", action="store_true", help="print every address with its answer, or every passage with its verdict"
    )
    parser.add_argument(
        "--local", type=FilePath, metavar="FOLDER", help="read copies: FOLDER/host/path (with --passages)"
    )
    words = f"where to keep what was found, for the site (with --passages; default: {FILE} beside the guide's file)"
    parser.add_argument("--findings", type=FilePath, metavar="FILE", help=words)


def run(arguments: argparse.Namespace, get: Get | None = None) -> int:
    """Look for every passage, say what was found and keep it."""
    loaded = load_or_report(arguments.guide)
    if loaded is None:
        return PROBLEMS
    texts = {loaded.file: loaded.text}
    draft = draft_of(loaded)
    passages = passages_of(draft)
    get = get or (local_copy(arguments.local) if arguments.local else None)
    cache = None if arguments.local else arguments.cache or CACHE
    verdicts, pages = look(draft, passages, cache, get)
    if pages and all(page.status == 0 for page in pages.values()):
        said = f"{loaded.file}: none of {plural(len(pages), 'page')} answered ({next(iter(pages.values())).note})"
        print(said, file=sys.stderr if arguments.json else sys.stdout)
        return UNANSWERED
    if arguments.findings or not arguments.local:  # copies may be of any age
        file = arguments.findings or findings_file(arguments.guide)
        kept = findings_of(passages, verdicts, read_findings(file), draft.today)
        if kept or file.exists():
            write_findings(file, kept)
    found = problems_of(draft, passages, verdicts)
    if arguments.json:
        print(as_data(draft, passages, verdicts))
        return PROBLEMS if errors(found) else OK
    report = as_text(found, texts, None)
    sys.stdout.write(f"{report}\n" if report else "")
    counts = Counter(verdict.verdict for verdict in verdicts)
    said = ", ".join(f"{counts[name]} {name}" for name in (THERE, MOVED, CHANGED, GONE, UNREADABLE) if counts[name])
    print(
        f"{loaded.file}: {plural(len(passages), 'passage')} on {plural(len(pages), 'page')}: {said or 'nothing to do'}"
    )
    return PROBLEMS if errors(found) else OK
