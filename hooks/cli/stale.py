"""Facts that have gone stale, or soon will, as a list in Markdown: for an issue that editors work off."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from hooks.checked import check_guide
from hooks.engines.finish import build_day
from hooks.render.facts import Fact, all_facts
from hooks.render.placeholders import LineFinder
from hooks.source.locate import path_in_repository, public_name
from hooks.source.problems import plural
from selector import Guide

from .exit_codes import OK, PROBLEMS

MOST = 200
"""Facts listed; an issue has a limit, and nobody reads on."""

SOON = 30
"""Days ahead within which a fact counts as soon stale."""


def going_stale(guide: Guide, today: date, soon: int = SOON) -> tuple[list[Fact], list[Fact]]:
    """Facts older than the guide's limit, and those that will be within so many days; the oldest first."""
    limit = int(guide.data["guide"]["stale_after_days"])
    facts = sorted(all_facts(guide), key=lambda fact: fact.verified)
    stale = [fact for fact in facts if fact.age(today) > limit]
    return stale, [fact for fact in facts if limit - soon < fact.age(today) <= limit]


def as_markdown(guide: Guide, today: date, file: str, lines: LineFinder, repo_url: str | None) -> str:
    """The list; empty when there is nothing to do."""
    stale, soon = going_stale(guide, today)
    if not stale and not soon:
        return ""
    text = [f"Facts of `{file}` on {today}, by the day on which they were last checked.", ""]
    for title, facts in ((f"{plural(len(stale), 'stale fact')}", stale), (f"{len(soon)} within {SOON} days", soon)):
        if facts:
            text += [f"## {title}", "", *_items(facts[:MOST], file, lines, repo_url)]
            text += [f"- and {len(facts) - MOST} more", ""] if len(facts) > MOST else [""]
    text.append("Read the source again, mend what has changed, and set `verified`, also when nothing has.")
    return "\n".join(text) + "\n"


def _items(facts: Iterable[Fact], file: str, lines: LineFinder, repo_url: str | None) -> list[str]:
    items = []
    for fact in facts:
        line = lines(fact.path)
        place = f"{file}:{line}" if line else file
        anchor = f"#L{line}" if line else ""
        where = f"[{place}]({repo_url}/blob/main/{file}{anchor})" if repo_url else place
        items.append(f"- [ ] {fact.verified}: {fact.about} ({where})")
    return items


# The command line


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser], file: argparse.ArgumentParser) -> None:
    """Add `stale` to the command line."""
    parser = commands.add_parser(
        "stale",
        parents=[file],
        help="list facts that have gone stale",
        description="List, as Markdown, the facts that have gone stale or will within a month. If there are none, the list is empty, and a line beside it says so.",
    )
    parser.add_argument("--repo-url", metavar="URL", help="address of the repository, for links to the lines")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    path: Path = arguments.guide
    today = build_day()
    checked = check_guide(path, today=today)
    if checked.guide is None:
        sys.stdout.write(f"{checked.report()}\n")
        return PROBLEMS
    repo_url = arguments.repo_url if path_in_repository(path) else None
    found = as_markdown(checked.guide, today, public_name(path), checked.loaded.line, repo_url)
    sys.stdout.write(found)
    if not found:  # beside the list, which is empty then
        print(f"{checked.loaded.file}: no fact is stale on {today} or will be within {SOON} days", file=sys.stderr)
    return OK
