"""Writes the block of a new criterion, and an open rating for it into every option."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from hooks.source.load import load
from hooks.source.positions import Positions
from hooks.source.problems import join_words
from hooks.source.scalars import as_id, quoted

from .exit_codes import OK, PROBLEMS, USAGE
from .loading import load_or_report
from .new_option import TODO, CannotAdd


def with_criterion(text: str, data: Mapping[str, Any], positions: Positions, name: str, today: date) -> str:
    """The file's text with the criterion after the last one, and `unknown` as its rating in every option.

    Raises:
        CannotAdd: the name gives no id or one that is taken, or an option's ratings are on one line.
    """
    ident = as_id(name)
    taken = {str(known) for entry in data["criteria"] for known in (entry["id"], *entry.get("aliases", ()))}
    if not ident:
        raise CannotAdd(f"no id can be made of '{name}'; use letters or digits")
    if ident in taken:
        raise CannotAdd(f"there is a criterion with the id '{ident}' already")
    lines = text.split("\n")
    added = [(_end(lines, positions, ("criteria",)), ["", *_block(ident, name, data)])]
    for number, option in enumerate(data["options"]):
        indent = _indent_of_ratings(lines, positions, number, option)
        rating = f"{indent}{ident}: {{level: unknown, text: Not known yet, verified: {today}}}"
        added.append((_end(lines, positions, ("options", number, "ratings")), [rating]))
    for end, new in sorted(added, reverse=True):
        lines[end:end] = new
    return "\n".join(lines)


def _block(ident: str, name: str, data: Mapping[str, Any]) -> Iterator[str]:
    groups = join_words([group["id"] for group in data["groups"]], "or")
    yield f"  - id: {ident}"
    yield f"    name: {quoted(name)}"
    yield f"    group: {TODO}  # {groups}"
    yield f"    question: {TODO}  # what it asks, in one sentence"
    yield f"    why: {TODO}  # why readers should care"
    yield "    weight: 0  # points before any answer; 0 changes no recommendation"
    yield f"    reason: {TODO}  # why it weighs that"
    yield "    aggregate: {rule: best}  # which member of a combination counts; the schema explains all rules"
    yield "    levels:  # from worst to best; 0 is the worst acceptable result, 1000 the best achievable in practice"
    for level, value in (("low", 0), ("medium", 500), ("high", 1000)):
        yield f"      - {{id: {level}, label: {level.title()}, meaning: {TODO}, value: {value}}}"


def _end(lines: list[str], positions: Positions, path: tuple[str | int, ...]) -> int:
    """How many lines there are up to the last one of a value that holds something."""
    last = positions.values[path].last
    while last > 1 and (not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#")):
        last -= 1
    return last


def _indent_of_ratings(lines: list[str], positions: Positions, number: int, option: Mapping[str, Any]) -> str:
    path = ("options", number, "ratings")
    first = positions.keys.get((*path, next(iter(option["ratings"]), "")))
    line = lines[first.line - 1] if first else ""
    if first is None or line[: first.column - 1].strip():
        raise CannotAdd(f"write the ratings of option '{option['id']}' one a line, and try again")
    return line[: first.column - 1]


# The command line


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser], file: argparse.ArgumentParser) -> None:
    """Add `new-criterion` to the command line."""
    parser = commands.add_parser(
        "new-criterion",
        parents=[file],
        help="add a criterion",
        description="Add a criterion that weighs nothing yet, and an open rating for it to every option.",
    )
    parser.add_argument("name", help="its name, as readers will see it")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    path: Path = arguments.guide
    loaded = load_or_report(path, "added", may_be_unfinished=True)
    if loaded is None:
        return PROBLEMS
    try:
        text = with_criterion(loaded.text, loaded.draft, loaded.positions, arguments.name, date.today())
    except CannotAdd as error:
        print(f"guide: {error}", file=sys.stderr)
        return USAGE
    path.write_text(text, encoding="utf-8", newline="")
    line = load(path).line(("criteria", len(loaded.draft["criteria"]))) or 1
    print(f"{loaded.file}:{line}: added, with an open rating in {len(loaded.draft['options'])} options. "
          f"`guide check` says what is still to be written.")  # fmt: skip
    return OK
