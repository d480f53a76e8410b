"""Lines that were copied into a file with what was around them: a diff, a chat, a page in Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

HEAD = re.compile(r"@@ -\d|diff --git |\+\+\+ |--- \S|index [0-9a-f]{7,}\.\.|\\ No newline")
"""How lines of a diff begin that are about its lines."""

FENCE = re.compile(r"(?:`{3,}|~{3,})[\w-]*\s*\Z")

ADDED = re.compile(r"\+(?= |-|[\w-]+:|#|\Z)")

REMOVED = re.compile(r"- {3,}(?:- )?[\w-]+:")


class Pasted(NamedTuple):
    """The number of the line, what it is, what to do."""

    line: int
    message: str
    expected: str


def pasted(lines: Sequence[str]) -> Pasted | None:
    """The first line, if any, that is no YAML as something else was copied with it. For files that are not YAML: in one
    that is, such a line can be part of a text."""
    is_diff = any(ADDED.match(line) for line in lines)
    for number, line in enumerate(lines, 1):
        if FENCE.match(line):
            return Pasted(number, "the mark of a code block in Markdown was left here", "no such line: delete it")
        if HEAD.match(line):
            return Pasted(number, "a line about a diff was left here", "no such line: delete it")
        if is_diff and ADDED.match(line):
            return Pasted(number, "the + of a diff was left here", "the line without the +")
        if is_diff and REMOVED.match(line) and any(ADDED.match(other) for other in lines[number : number + 20]):
            return Pasted(number, "a line that a diff takes away was left here", "no such line: delete it")
    return None
