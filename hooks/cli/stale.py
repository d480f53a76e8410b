"""Facts that have gone stale, or soon will, and those whose source has changed, as a list in Markdown: for an issue
that editors work off."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from hooks.checked import check_guide
from hooks.engines.finish import build_day
from hooks.render.citations import quotes, quoting
from hooks.render.facts import Fact, all_facts
from hooks.render.passages import FILE, UNREADABLE, Findings, findings_file, read_findings
from hooks.render.placeholders import LineFinder
from hooks.source.locate import path_in_repository, public_name
from hooks.source.problems import plural
from selector import Guide

from .exit_codes import OK, PROBLEMS

MOST = 200
"""Facts listed; an issue has a limit, and longer lists are not read."""

SOON = 30
"""Days ahead within which a fact counts as soon stale."""


def going_stale(guide: Guide, today: date, soon: int = SOON) -> tuple[list[Fact], list[Fact]]:
    """Facts older than the guide's limit, and those that will be within so many days; the oldest first."""
    limit = int(guide.data["guide"]["stale_after_days"])
    facts = sorted(all_facts(guide), key=lambda fact: fact.verified)
    stale = [fact for fact in facts if fact.age(today) > limit]
    return stale, [fact for fact in facts if limit - soon < fact.age(today) <= limit]


def as_markdown(
    guide: Guide, today: date, file: str, lines: LineFinder, repo_url: str | None, findings: Findings | None = None
) -> str:
    """The list; empty when there is nothing to do.

    Args:
        guide: whose facts are meant.
        today: the day by which they are stale.
        file: the guide's file, as the list names it.
        lines: finds the line of a path in that file.
        repo_url: address of the repository, for links to the lines.
        findings: passages that are not where the guide says, as `guide links --passages` kept them.
    """
    stale, soon = going_stale(guide, today)
    changed = list(_changed(guide, file, lines, repo_url, findings or {}))
    if not stale and not soon and not changed:
        return ""
    text = [f"Facts of `{file}` on {today}, by the day on which they were last checked.", ""]
    if changed:
        text += [f"## {plural(len(changed), 'passage')} that sources have changed", "", *changed[:MOST]]
        text += [f"- and {len(changed) - MOST} more", ""] if len(changed) > MOST else [""]
    for title, facts in ((f"{plural(len(stale), 'stale fact')}", stale), (f"{len(soon)} within {SOON} days", soon)):
        if facts:
            text += [f"## {title}", "", *_items(facts[:MOST], file, lines, repo_url)]
            text += [f"- and {len(facts) - MOST} more", ""] if len(facts) > MOST else [""]
    text.append("Read the source again, correct what has changed, and set `verified`, also when nothing has.")
    return "\n".join(text) + "\n"


def _items(facts: Iterable[Fact], file: str, lines: LineFinder, repo_url: str | None) -> list[str]:
    return [f"- [ ] {fact.verified}: {fact.about} ({_where(fact.path, file, lines, repo_url)})" for fact in facts]


def _where(path: tuple[str | int, ...], file: str, lines: LineFinder, repo_url: str | None) -> str:
    line = lines(path)
    place = f"{file}:{line}" if line else file
    anchor = f"#L{line}" if line else ""
    return f"[{place}]({repo_url}/blob/main/{file}{anchor})" if repo_url else place


def _changed(guide: Guide, file: str, lines: LineFinder, repo_url: str | None, findings: Findings) -> Iterator[str]:
    """An item for each passage that is elsewhere, in other words, or gone, unless the source was read again since."""
    about = {fact.path: fact.about for fact in all_facts(guide)}
    for path, entry in quoting(guide.data):
        for quote in quotes(entry):
            page = quote.page(guide.entry("sources", quote.source)["url"])
            found = findings.get((page, quote.words))
            checked = str(entry.get("verified", entry.get("read", "")))
            if found is None or found.verdict == UNREADABLE or found.since < checked:
                continue
            now = found.moved or (f"“{found.nearest}”" if found.nearest else found.note or "not found")
            name = about.get(path) or entry.get("title") or entry.get("name") or quote.source
            where = _where(path, file, lines, repo_url)
            yield f"- [ ] {found.verdict} on {page}: {name}, “{quote.words}”, now {now} ({where})"


# The command line


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser], file: argparse.ArgumentParser) -> None:
    """Add `stale` to the command line."""
    parser = commands.add_parser(
        "stale",
        parents=[file],
        help="list facts that have gone stale",
        description="List, as Markdown, the facts that have gone stale or will within a month, and those whose source no "
        "longer has the words that the guide quotes. If there are none, the list is empty, and a line beside it says so.",
    )
    parser.add_argument("--repo-url", metavar="URL", help="address of the repository, for links to the lines")
    words = f"what `guide links --passages` found (default: {FILE} beside the guide's file)"
    parser.add_argument("--findings", type=Path, metavar="FILE", help=words)
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    path: Path = arguments.guide
    today = build_day()
    checked = check_guide(path, today=today)
    if checked.guide is None:
        sys.stdout.write(f"{checked.report()}\n")
        return PROBLEMS
    findings = read_findings(arguments.findings or findings_file(path))
    repo_url = arguments.repo_url if path_in_repository(path) else None
    text = as_markdown(checked.guide, today, public_name(path), checked.loaded.line, repo_url, findings)
    sys.stdout.write(text)
    if not text:  # beside the list, which is empty then
        print(f"{checked.loaded.file}: no fact is stale on {today} or will be within {SOON} days", file=sys.stderr)
    return OK
