"""Writes the block of a new option: every criterion unknown, and a note at each field of what to find out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from hooks.source.load import load
from hooks.source.positions import Positions
from hooks.source.problems import join_words
from hooks.source.scalars import as_id, quoted

from .exit_codes import OK, PROBLEMS, USAGE
from .loading import load_or_report

TODO = "TODO"
"""What a field says that is still to be written; the rule `unfinished` finds it, so that it cannot be forgotten."""

FACTS = ("licence", "governance", "release")
ENDINGS = ("failure", "recovery")


class CannotAdd(Exception):  # noqa: N818  reads as what it says
    """The option cannot be added, with the reason."""


def option_block(name: str, data: Mapping[str, Any], today: date) -> str:
    """The block as YAML text, indented for the list of options.

    Raises:
        CannotAdd: the name gives no id, or one that is taken.
    """
    ident = as_id(name)
    taken = {str(known) for option in data["options"] for known in (option["id"], *option.get("aliases", ()))}
    if not ident:
        raise CannotAdd(f"no id can be made of '{name}'; use letters or digits")
    if ident in taken:
        raise CannotAdd(f"there is an option with the id '{ident}' already")
    lines = list(_lines(ident, name, data, today))
    return "\n".join(f"    {line}" if number else f"  - {line}" for number, line in enumerate(lines)) + "\n"


def _lines(ident: str, name: str, data: Mapping[str, Any], today: date) -> Iterator[str]:
    roles = join_words([role["id"] for role in data["roles"]], "or")
    yield f"id: {ident}"
    yield f"name: {quoted(name)}"
    yield f"kind: {TODO}  # what sort of thing it is, in two or three words"
    if _usual(data, "home"):
        yield f"home: https://{TODO}  # where its users start"
    yield f"summary: {TODO}  # the verdict in one or two sentences"
    yield f"description: {TODO}  # what it is and how it works, in a paragraph"
    yield f"provides: [{TODO}]  # roles that it is chosen for: {roles}"
    if _usual(data, "needs"):
        yield "needs: []  # roles that another member must fill"
    if _usual(data, "works_with"):
        yield "works_with: []  # ids of options that it is known to work with"
    for field in filter(partial(_usual, data), FACTS):
        yield from _fact(field, today)
    yield "choose_when:"
    yield f"  - {TODO}  # a situation in which it is a good choice"
    yield "limitations:"
    yield f"  - {{text: {TODO}, source: {TODO}, verified: {today}}}"
    for field in filter(partial(_usual, data), ENDINGS):
        yield from _fact(field, today)
    yield "ratings:"
    for criterion in data["criteria"]:
        levels = ", ".join(level["id"] for level in criterion["levels"])
        yield f"  # {' '.join(criterion['question'].split())}"
        yield f"  # from worst to best: {levels}"
        yield f"  {criterion['id']}: {{level: unknown, text: Not known yet, verified: {today}}}"


def _usual(data: Mapping[str, Any], field: str) -> bool:
    """True for a field that another option of the guide has: a guide on lunch has no licences."""
    return any(field in option for option in data["options"])


def _fact(field: str, today: date) -> Iterator[str]:
    yield f"{field}: {{text: {TODO}, source: {TODO}, verified: {today}}}"


def with_option(text: str, positions: Positions, block: str) -> str:
    """The file's text with the block after the last option."""
    lines = text.split("\n")
    last = positions.values["options",].last
    while last > 1 and not lines[last - 1].strip():
        last -= 1
    added = ["", *block.rstrip("\n").split("\n")]
    return "\n".join([*lines[:last], *added, *lines[last:]])


# The command line


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser], file: argparse.ArgumentParser) -> None:
    """Add `new-option` to the command line."""
    parser = commands.add_parser(
        "new-option", parents=[file], help="add an option", description="Add an option with every criterion unknown."
    )
    parser.add_argument("name", help="its name, as readers will see it")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    loaded = load_or_report(arguments.guide, "added", may_be_unfinished=True)
    if loaded is None:
        return PROBLEMS
    try:
        block = option_block(arguments.name, loaded.draft, date.today())
    except CannotAdd as error:
        print(f"guide: {error}", file=sys.stderr)
        return USAGE
    arguments.guide.write_text(with_option(loaded.text, loaded.positions, block), encoding="utf-8", newline="")
    line = load(arguments.guide).line(("options", len(loaded.draft["options"]))) or 1
    print(f"{loaded.file}:{line}: added. `guide check` says what is still to be written.")
    return OK
