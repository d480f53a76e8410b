"""Characters that no text of a guide may hold: readers cannot see them, and HTML, CSV and feeds break on some."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from .lines import split_lines
from .positions import Mark, Positions
from .problems import Problem

MOST = 500
"""Lines that are named."""

UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
"""Control characters; separators that YAML takes for line breaks and editors do not; characters that turn the
direction of text, so that it reads otherwise than it says."""

WRITTEN_OUT = re.compile("[\r\ud800-\udfff]|[\U0001fffe\U0001ffff]|" + UNSEEN.pattern)
"""The same where an escape of YAML means it: a carriage return is then no end of a line, and halves of characters can
be written."""

ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")

SHORT = {"0": 0, "a": 7, "b": 8, "v": 11, "f": 12, "r": 13, "e": 27, "N": 0x85, "L": 0x2028, "P": 0x2029}
"""Escapes of one letter, with the character that each means."""


def unseen_characters(text: str, positions: Positions) -> Iterator[Problem]:
    """One problem per line that holds a character that cannot be seen."""
    if not UNSEEN.search(text):
        return
    found = ((number, UNSEEN.search(line)) for number, line in enumerate(split_lines(text), 1))
    for number, char in islice(((number, char) for number, char in found if char), MOST):
        said = f"the invisible character U+{ord(char[0]):04X}"
        mark = Mark(number, char.start() + 1, 1, number)
        yield positions.problem((), "character", said, mark=mark, expected="no such character")


def escaped(value: str, lines: Sequence[str], mark: Mark) -> tuple[str, Mark] | None:
    """What is wrong with a text in double quotes that has such a character by an escape, and where the escape is.

    Args:
        value: what YAML makes of the text.
        lines: of the file.
        mark: where the text is.
    """
    found = WRITTEN_OUT.search(value)
    if not found:
        return None
    code = ord(found[0])
    for number in range(mark.line, mark.last + 1):
        for one in ESCAPE.finditer(lines[number - 1], mark.column if number == mark.line else 0):
            digits = one[1] or one[2] or one[3]
            if (int(digits, 16) if digits else SHORT.get(one[4], -1)) == code:
                return f"{one[0]} is the invisible character U+{code:04X}", Mark(
                    number, one.start() + 1, len(one[0]), number
                )
    return f"the invisible character U+{code:04X}", mark
