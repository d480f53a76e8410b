"""The lines of a difference with the words that differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_WORDS = 2_000
"""In a longer line words are not compared."""

WORD = re.compile(r"\w+|\W")


class Line(NamedTuple):
    """A line: its sign ("+", "-", " " or "@"), and its text in pieces, each with True where it differs."""

    sign: str
    pieces: list[tuple[str, bool]]


def marked_lines(lines: Sequence[str]) -> list[Line]:
    """Lines of a unified difference. A line that replaces another one has the words that differ marked in both."""
    return [_line(lines, number) for number in range(len(lines))]


def _line(lines: Sequence[str], number: int) -> Line:
    sign, text = lines[number][:1], lines[number][1:]
    if sign == "@":
        return Line(sign, [(f"From line {lines[number].split()[2][1:].split(',')[0]}", False)])
    other = _other(lines, number)
    return Line(sign, _split(text, other) if other else [(text, False)])


def _other(lines: Sequence[str], number: int) -> str:
    """The line that replaces this one, or that this one replaces; where as many came as went."""
    sign = lines[number][:1]
    if sign not in "+-":
        return ""
    start = number
    while start > 0 and lines[start - 1][:1] in ("+", "-"):
        start -= 1
    end = number
    while end < len(lines) and lines[end][:1] in ("+", "-"):
        end += 1
    run = lines[start:end]
    half = len(run) // 2
    if len(run) % 2 or any(line[:1] != "-" for line in run[:half]) or any(line[:1] != "+" for line in run[half:]):
        return ""
    return run[(number - start + half) % len(run)][1:]


def _split(text: str, other: str) -> list[tuple[str, bool]]:
    """The text in pieces that another one has too, and others."""
    words, others = WORD.findall(text), WORD.findall(other)
    if len(words) + len(others) > MOST_WORDS:
        return [(text, False)]
    steps = SequenceMatcher(None, words, others, autojunk=False).get_opcodes()
    return [("".join(words[start:end]), kind != "equal") for kind, start, end, _, _ in steps if end > start]
