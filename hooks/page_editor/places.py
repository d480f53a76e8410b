"""Which places of the guide's file the texts of a page come from.

Pages do not say where their texts come from: the published site needs no such marks. Every value that readers read is
rendered here as pages render it, and looked for in the texts of the page. Where several places have the same text, the
one is meant whose ids are near it on the page: in the address, in the id or the links of its row.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from hooks.render.plain_text import plain
from hooks.source.positions import Path

from .document import Document

MOST_PLACES = 12
"""A text with more places than this, of which none is nearer, is left alone."""

LONG = 12
"""Characters of a text that is also looked for within a longer one."""

LINE_START = re.compile(r"\s*(?:[-*+>]|\d+[.)]|#+)\s+")
"""What begins an item of a list, a quotation or a heading in Markdown."""

POINTS = re.compile(r"(\d{1,4})(?: points?)?")


WORDS = re.compile(r"[^\W\d_]{4}")
"""A text without a word is only looked for where the ids of its place are near: it may be any number."""


class Block(NamedTuple):
    """A text on the page.

    Attributes:
        text: with single spaces.
        near: ids, parts of addresses and data around it, and the head of its column.
        is_level: True for the mark of a level.
    """

    text: str
    near: tuple[str, ...]
    is_level: bool


def places(document: Document, blocks: Iterable[Block], shown: Document | None = None) -> list[list[Path]]:
    """Of each text, the places that it comes from; none where that is not known.

    Args:
        document: the file as it is now, to which the places belong.
        blocks: the texts of a page.
        shown: the file from which the page was built, where nothing could be built of it since.
    """
    source = shown or document
    index = _index(source)
    found = []
    for block in blocks:
        near = set(block.near)
        rated = _rated(source, near) if block.is_level else []
        paths: Iterable[Path | None] = rated or dict.fromkeys(_found(index, block.text, near))
        if shown is not None:
            paths = [document.place_of(path, shown) for path in paths if path is not None]
        found.append([path for path in paths if path is not None])
    return found


class _Index(NamedTuple):
    whole: dict[str, list[Path]]
    starts: dict[str, list[str]]
    ids: dict[Path, frozenset[str]]


@lru_cache(maxsize=2)
def _index(document: Document) -> _Index:
    whole: dict[str, list[Path]] = defaultdict(list)
    for path in document.loaded.texts:
        value = document.at(path)
        if isinstance(value, str):
            for text in dict.fromkeys(_shown(value)):
                whole[text].append(path)
    for number, criterion in enumerate(document.at(("criteria",)) or ()):
        whole[str(criterion.get("weight"))].append(("criteria", number, "weight"))
        for place, level in enumerate(criterion.get("levels", ())):
            whole[str(level.get("value"))].append(("criteria", number, "levels", place, "value"))
    starts: dict[str, list[str]] = defaultdict(list)
    for text in sorted(whole, key=len, reverse=True):
        if len(text) >= LONG:
            starts[text[:LONG]].append(text)
    every = {path for paths in whole.values() for path in paths}
    return _Index(whole, starts, {path: _ids(document, path) for path in every})


def _ids(document: Document, path: Path) -> frozenset[str]:
    """The ids and fields that lead to a place, below its section."""
    return frozenset(word for word in document.trail(path).split(" › ")[1:] if not word.isdigit())


def _shown(value: str) -> Iterator[str]:
    """A value as pages show it: whole, and each paragraph and item of a list alone."""
    for part in (value, *re.split(r"\n\s*\n", value), *(value.split("\n") if "\n" in value else ())):
        for text in (plain(part), plain(LINE_START.sub("", part, count=1)), " ".join(part.split())):
            if text:
                yield text


def _found(index: _Index, text: str, near: set[str]) -> Iterator[Path]:
    number = POINTS.fullmatch(text)
    if number or text in index.whole:
        yield from _nearest(index, number[1] if number else text, near)
        return
    parts = list(_parts(index, text))
    if sum(map(len, parts)) * 2 >= len(text):  # else it is a sentence that names something
        for part in parts:
            yield from _nearest(index, part, near)


def _nearest(index: _Index, text: str, near: set[str]) -> list[Path]:
    paths = index.whole.get(text, [])
    if not paths:
        return []
    scores = [len(index.ids[path] & near) for path in paths]
    if not max(scores) and not WORDS.search(text):
        return []
    found = [path for path, score in zip(paths, scores, strict=True) if score == max(scores)]
    return found if len(found) <= MOST_PLACES else []


def _parts(index: _Index, text: str) -> Iterator[str]:
    """Texts within a longer one, from left to right, none of which overlaps another."""
    place = 0
    while place <= len(text) - LONG:
        is_start = place == 0 or not text[place - 1].isalnum()
        known = index.starts.get(text[place : place + LONG], ()) if is_start else ()
        part = next((one for one in known if text.startswith(one, place)), "")
        if part:
            yield part
        place += len(part) or 1


def _rated(document: Document, near: set[str]) -> list[Path]:
    """Levels of what is rated, where both the entry and the criterion are near."""
    found: list[Path] = []
    for section, field in (("options", "ratings"), ("strategies", "overrides")):
        for number, entry in enumerate(document.at((section,)) or ()):
            if near & {entry.get("id"), entry.get("name"), entry.get("short")}:
                found += [
                    (section, number, field, criterion, "level")
                    for criterion in entry.get(field, {})
                    if criterion in near
                ]
    return found if len(found) <= MOST_PLACES else []
