"""The command `selector together`: several people's links and files read, compared, shown."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from selector.files import InputError, is_address, read_text
from selector.group.persons import PEOPLE, GroupError, Kind, Person
from selector.group.reading import is_link, read_person
from selector.group.settling import by_effect, settlings
from selector.group.together import together
from selector.guide.guide import Guide

from .console import complain, print_json, say
from .terminal import Paint
from .together_adr import together_record
from .together_data import together_data
from .together_terminal import comparison

_NAMED = re.compile(r"\s*([^=/\\#?&:]{1,60})=(.+)", re.DOTALL)
"""NAME=FILE or NAME=LINK."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument(
        "people",
        nargs="+",
        metavar="[NAME=]FILE-or-LINK",
        help="answers of one person each, two to nine: a share link, a decision or answers.json; a file's name is the"
        " name unless another is given",
    )
    how = command.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="everything as JSON")
    how.add_argument("--adr", action="store_true", help="a decision record in Markdown, with everyone's position")
    command.add_argument("--all", action="store_true", help="all strategies and requirements, not only the first")


def run_together(guide: Guide, given: argparse.Namespace, paint: Paint) -> bool:
    """Compare, and show it; True when something meets everyone's requirements.

    Raises:
        InputError: answers that cannot be read, or not in full; the message names the file.
    """
    try:
        found = together(guide, read_people(guide, given.people))
    except GroupError as error:
        raise InputError(str(error)) from error
    settled = by_effect(settlings(found))
    if given.json:
        print_json(together_data(found, settled))
    elif given.adr:
        say(together_record(found, settled, date.today().isoformat()), end="")
    else:
        say(comparison(found, settled, paint, every=given.all))
    return bool(found.possible)


def read_people(guide: Guide, given: Sequence[str], kind: Kind = PEOPLE) -> list[Person]:
    """The people, or the cases, each with all that was answered.

    Raises:
        InputError: fewer than two, something that cannot be read, or answers that the guide does not know.
    """
    if len(given) < 2:
        raise InputError(f"one {kind.one}'s answers cannot be compared; name two to nine")
    people = []
    for number, text in enumerate(given, start=1):
        person = _read(guide, text, number, kind)
        if person.lost:
            older = " ".join(notice for notice in person.notices if notice.startswith("Answered for"))
            raise InputError(f"{_place(text, number)}: {' '.join([*person.lost, older]).strip()}")
        for notice in person.notices:
            complain(f"{_place(text, number)}: {notice}")
        people.append(person)
    return people


def _read(guide: Guide, text: str, number: int, kind: Kind) -> Person:
    name, source = _split(text)
    if is_link(source) and not (is_address(source) and source.lower().endswith(".json")):
        return read_person(guide, name or f"{kind.one.title()} {number}", source, _place(text, number))
    return read_person(guide, name or Path(source).stem, read_text(source), _place(text, number))


def _split(text: str) -> tuple[str, str]:
    """The name that was given, if any, and where the answers are."""
    found = None if is_link(text) or Path(text[:255]).exists() else _NAMED.fullmatch(text)
    return (found[1].strip(), found[2].strip()) if found else ("", text)


def _place(text: str, number: int) -> str:
    """What messages call it: the file, or the number of the link."""
    name, source = _split(text)
    if is_link(source):
        return f"link {number} ({name})" if name else f"link {number}"
    return source[:200]
