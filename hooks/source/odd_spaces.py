"""Spaces that look like ordinary ones and are none to YAML, where a line's indentation should be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import yaml

from .lines import split_lines
from .loader import Loader
from .positions import Mark, Positions
from .problems import Problem

SPACES = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000"

IN_INDENTATION = re.compile(f"[ \\t]*(?:- +)*-?([{SPACES}])[ \\t{SPACES}]*")
"""The beginning of a line up to its first visible character, dashes of list items aside."""

MOST = 100
"""Lines that are named."""

NAMES = {"\u00a0": "no-break space", "\u200b": "zero-width space", "\u3000": "ideographic space"}


def odd_spaces(text: str, positions: Positions) -> Iterator[Problem]:
    """One problem for each line whose indentation has such a space. Lines of quoted texts and of blocks may begin so."""
    lines = split_lines(text)
    found = {number: start for number, line in enumerate(lines, 1) if (start := IN_INDENTATION.match(line))}
    within = _lines_of_texts(text) if found else set()
    wrong = ((number, start) for number, start in found.items() if number not in within)
    for number, start in islice(wrong, MOST):
        char = start[1]
        name = NAMES.get(char, "space of another kind")
        said = f"a {name} (U+{ord(char):04X}) in the indentation, which only ordinary spaces can make"
        mark = Mark(number, start.start(1) + 1, max(1, start.end() - start.start(1)), number)
        yield positions.problem((), "character", said, mark=mark, expected="ordinary spaces in its place")


def _lines_of_texts(text: str) -> set[int]:
    """Lines, but for the first, of quoted texts and blocks, as far as the parser comes."""
    lines: set[int] = set()
    try:
        for event in yaml.parse(text, Loader=Loader):
            if isinstance(event, yaml.ScalarEvent) and event.style:
                end = event.end_mark
                lines.update(range(event.start_mark.line + 2, end.line + (2 if end.column else 1)))
    except yaml.YAMLError:
        pass
    return lines
