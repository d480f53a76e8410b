"""The command `selector what-if`: cases read as `selector together` reads people, put side by side, shown."""

from __future__ import annotations

import argparse

from selector.files import InputError
from selector.group.persons import CASES, GroupError
from selector.group.what_if import WhatIf, what_if
from selector.guide.guide import Guide

from .console import print_json, say
from .people import read_people
from .sentences import name_of
from .terminal import Paint
from .what_if_data import what_if_csv, what_if_data, what_if_lines, what_if_markdown
from .what_if_text import standing_text

SHOWN = 10
"""Strategies in the table unless all are asked for."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument(
        "cases",
        nargs="+",
        metavar="[NAME=]FILE-or-LINK",
        help="two to nine cases in the order in which to read them: a share link, a decision or answers.json; a file's name"
        " is the name unless another is given",
    )
    how = command.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="everything as JSON")
    how.add_argument("--csv", action="store_true", help="the tables as CSV")
    how.add_argument("--markdown", action="store_true", help="the tables and what changes, as Markdown")
    command.add_argument("--all", action="store_true", help="all strategies, not only the first")


def run_what_if(guide: Guide, given: argparse.Namespace, paint: Paint) -> bool:
    """Compare, and show it; True when something ranks first in each case.

    Raises:
        InputError: answers that cannot be read, or not in full; the message names the file.
    """
    try:
        found = what_if(guide, read_people(guide, given.cases, CASES))
    except GroupError as error:
        raise InputError(str(error)) from error
    if given.json:
        print_json(what_if_data(found))
    elif given.csv:
        say(what_if_csv(found), end="")
    elif given.markdown:
        say(what_if_markdown(found), end="")
    else:
        say("\n".join([*_table(found, paint, every=given.all), *what_if_lines(found)]))
    return all(result.leaders for result in found.results)


def _table(found: WhatIf, paint: Paint, *, every: bool) -> list[str]:
    """Rank and score by case."""
    names = found.strategies if every else found.strategies[:SHOWN]
    width = max((len(name_of(found.guide, name)) for name in names), default=0)
    cells = {name: [standing_text(result, name) for result in found.results] for name in names}
    sizes = [
        max([len(one.name), *(len(cells[name][number]) + 1 for name in names)])
        for number, one in enumerate(found.cases)
    ]
    heads = (f"{one.name:<{size}}" for one, size in zip(found.cases, sizes, strict=True))
    lines = [paint.bold(f"{'':<{width}}  {'  '.join(heads)}".rstrip())]
    for name in names:
        marked = [
            text + ("*" if result.place(name) in result.leaders else "")
            for text, result in zip(cells[name], found.results, strict=True)
        ]
        row = "  ".join(f"{text:<{size}}" for text, size in zip(marked, sizes, strict=True))
        lines.append(f"{name_of(found.guide, name):<{width}}  {row}".rstrip())
    if len(found.strategies) > len(names):
        lines.append(paint.dim(f"{len(found.strategies) - len(names)} more; --all lists them"))
    return [*lines, paint.dim("Rank (score of 100); * ranks first.")]
