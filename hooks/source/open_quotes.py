"""Quotes that are never closed: YAML then takes all up to the next quote mark, hundreds of lines below, for one text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .positions import Mark
from .problems import Related

BEGINNING = re.compile(r" *((?:- +)*)([\w-]+:(?:\s|\Z))?")
FIELD_OR_ITEM = re.compile(r"( *)(?:- |[\w-]+:(?:\s|\Z))")


def unclosed(lines: Sequence[str], mark: Mark) -> tuple[str, tuple[Related, ...]] | None:
    """What is said of a quoted text that holds a field or an item of a list, and where it ends; None for any other.

    Args:
        lines: of the file.
        mark: where the text is. Lines of a text must be indented more than its field; one that is not is none of it.
    """
    if mark.last == mark.line:
        return None
    start = BEGINNING.match(lines[mark.line - 1])
    if start is None:
        return None
    column = start.end(1) if start[2] else start.start(1) + max(0, start[1].rfind("-"))
    for number in range(mark.line + 1, mark.last + 1):
        found = FIELD_OR_ITEM.match(lines[number - 1])
        if found and len(found[1]) <= column:
            said = f"this quote is never closed, so line {number} is part of the text"
            return said, (Related(mark.last, "the next quote mark, which ends the text"),)
    return None


def opened(quoted: Mark | None, line: int) -> tuple[Related, ...]:
    """Where the last quoted text opens, as a second place for a problem on the line on which it ends."""
    if quoted is None or not quoted.line < line == quoted.last:
        return ()
    return (Related(quoted.line, "the quote opens here"),)
