"""Reads texts as Markdown does, as far as rules need it. Not a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from hooks.source.positions import Path

from .draft import Draft

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n`]*$", re.MULTILINE)
MARKS = re.compile(r"[`<\[*(]|://")


@dataclass(frozen=True, slots=True)
class Prose:
    """A text that readers read, and the same with its code blanked out, so that positions stay."""

    path: Path
    text: str
    prose: str


def inside(draft: Draft) -> Iterator[Prose]:
    """All texts in which Markdown can mean anything."""
    for path in draft.texts:
        text = draft.root.at(*path).text
        if MARKS.search(text):
            yield Prose(path, text, outside_code(text))


@lru_cache(maxsize=4096)
def outside_code(text: str) -> str:
    """The text with code blanked out."""
    return _without_spans(_without_fences(text))


def open_fence(text: str) -> tuple[str, int]:
    """The mark of a code block that is never closed, or "", and how many lines before hold this mark."""
    opened, start = "", 0
    for found in FENCE.finditer(text):
        now = _after(opened, found)
        if now and not opened:
            start = found.start()
        opened = now
    return opened, sum(opened in line for line in text[:start].split("\n"))


def _after(opened: str, found: re.Match[str]) -> str:
    """What is open after a fence line; only a bare mark of the same kind and at least the same length closes."""
    mark = found[1]
    if not opened:
        return mark
    closes = mark[0] == opened[0] and len(mark) >= len(opened) and found[0].strip() == mark
    return "" if closes else opened


def _without_fences(text: str) -> str:
    pieces, done, opened, start = [], 0, "", 0
    for found in FENCE.finditer(text):
        now = _after(opened, found)
        if now and not opened:
            start = found.start()
        elif opened and not now:
            pieces.append(text[done:start] + _blank(text[start : found.end()]))
            done = found.end()
        opened = now
    return "".join(pieces) + text[done:]


def _without_spans(text: str) -> str:
    """Code spans: a run of marks, up to the next run of the same length in the same paragraph."""
    runs: list[tuple[int, int]] = []  # start and end of each run of marks; a paragraph's end parts them
    partner: dict[int, int] = {}
    waiting: dict[int, int] = {}
    for found in re.finditer(r"(?<!\\)`+|\n\s*\n", text):
        if found[0][0] == "\n":
            waiting.clear()
            continue
        length, index = len(found[0]), len(runs)
        if length in waiting:
            partner[waiting[length]] = index
        waiting[length] = index
        runs.append(found.span())
    pieces, done, at = [], 0, 0
    while at < len(runs):
        if at in partner:
            start, end = runs[at][0], runs[partner[at]][1]
            pieces.append(text[done:start] + _blank(text[start:end]))
            done, at = end, partner[at]
        at += 1
    return "".join(pieces) + text[done:]


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
