"""Several people in one address, and the texts that people paste: who is in them, with which link.

`together=1&person=Ann&v=1&question=answer&r=0123456789ab&person=Bob&v=1&...`: the parts of a person's share link follow
the name. `lost=2` says that two answers of this person could not be read when they were added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from selector.case import link
from selector.case.errors import clipped
from selector.case.link_signs import as_meant
from selector.case.link_text import MOST_CHARACTERS, MOST_ROUNDS
from selector.guide.guide import Guide

from .persons import MOST_PERSONS, PEOPLE, Kind, Person

MOST_TEXT = MOST_PERSONS * (MOST_CHARACTERS + 1000)
"""Characters that are read of an address with several people, or of what is pasted."""

PASTED = "The pasted text"

_GROUP = re.compile(r"(?:^|[#&?]|%(?:25)*23)(?:together|what-if)(?:=|%(?:25)*3d)1(?:&|%(?:25)*26|$)", re.IGNORECASE)
_LINK = re.compile(r"(?<![a-z])[a-z]+://|#?(?:v|together|what-if)=\d+&|#v(?:=|%3d)", re.IGNORECASE)
"""Where a link begins in a line."""

_ANSWERS = re.compile(r"(?:^|#|%(?:25)*23)(?:v|together|what-if)(?:=|%(?:25)*3d)\d", re.IGNORECASE)
"""What a link with answers has behind its "#"."""

MOST_FILE = 200_000
"""Characters of a file; a decision has about a tenth of it."""

_REST = re.compile(r"\S*[=&%]\S*")
"""The end of a link that was broken into lines."""

_BEFORE, _BEHIND = " \t-–—*•", " \t:=,;-–—"
"""What lists and sentences put around a name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One person's answers as they came: a link or the text of a file.

    Attributes:
        name: what to call the person; empty when no name was given.
        place: what messages call the entry.
        lost: answers that could not be read at an earlier time.
    """

    name: str
    text: str
    place: str
    lost: int = 0


def address_of(guide: Guide, persons: Iterable[Person], kind: Kind = PEOPLE) -> str:
    """The part of an address after its "#" that holds these people's answers; empty without people."""
    parts = []
    for person in persons:
        lost = f"&lost={len(person.lost)}" if person.lost else ""
        answers = link.encode(person.case, person.revision or guide.revision)
        parts.append(link.for_group(answers, person.name, kind.part) + lost)
    return f"{kind.mark}=1" + "".join(parts) if parts else ""


def is_group(text: str) -> bool:
    """True for an address that holds several people."""
    return _GROUP.search(text[:MOST_CHARACTERS]) is not None


def people_in(text: str) -> Iterator[Entry]:
    """The people, or the cases, of such an address. Of foreign text whatever can be made out; never raises."""
    text = re.sub(r"\s+", "", text[:MOST_TEXT]).replace("&amp;", "&")
    for _ in range(MOST_ROUNDS):
        if "person=" in text or "case=" in text:
            break
        text = unquote(as_meant(text))  # encoded as a whole on its way
    _, *several = re.split(r"(?:^|[#&?])(?:person|case)=", text)
    for number, one in enumerate(several, start=1):
        name, _, answers = one.partition("&")
        kept = [part for part in answers.split("&") if not part.startswith("lost=")]
        lost = next((part[5:] for part in answers.split("&") if part.startswith("lost=")), "")
        called = unquote(name)
        yield Entry(called, "&".join(kept), clipped(called) or f"Number {number}", int(lost) if lost in _COUNTS else 0)


_COUNTS = frozenset(str(number) for number in range(100))


def pasted(text: str) -> Iterator[Entry]:
    """The people in a pasted text: links, one a line, each with a name before it or on the line above if there is one; or
    the JSON of one file. Lines between them are passed over."""
    if text.lstrip().startswith("{"):
        yield Entry("", text, PASTED)
        return
    several = _links(text[:MOST_TEXT])
    if not several:
        yield Entry("", "", PASTED)
    for number, (name, found) in enumerate(several, start=1):
        if is_group(found):
            yield from people_in(found)
        else:
            yield Entry(name, found, f"Link {number}")


def in_file(name: str, stem: str, text: str) -> Iterator[Entry]:
    """The people in a file. JSON is one person under the file's name, and so is a text with one link that has answers, a
    decision record say, whose other links lead to sources; a list of links is several."""
    if text.lstrip().startswith("{"):
        yield Entry(stem, text, name)
        return
    several = [found for found in _links(text[:MOST_FILE]) if _ANSWERS.search(found[1])]
    if len(several) == 1 and not is_group(several[0][1]):
        found = several[0][1].partition(")")[0]  # a link of Markdown ends there
        yield Entry(stem, found, name)
    elif not several:
        yield Entry("", "", name)
    else:
        for entry in pasted(text):
            yield Entry(entry.name, entry.text, f"{name}: {entry.place.lower()}", entry.lost)


def _links(text: str) -> list[tuple[str, str]]:
    """Names and links."""
    several: list[tuple[str, str]] = []
    above = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        start = _LINK.search(line)
        if start is not None:
            name = line[: start.start()].lstrip(_BEFORE).rstrip(_BEHIND)
            several.append((name or above, line[start.start() :]))
            above = ""
        elif several and not above and (_REST.fullmatch(line) or several[-1][1].endswith(("=", "&", ",", "-"))):
            several[-1] = (several[-1][0], several[-1][1] + line)
        else:
            above = line.lstrip(_BEFORE).rstrip(_BEHIND)
    return several
