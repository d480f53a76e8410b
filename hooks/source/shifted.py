"""Lines that begin too far to the left, where the parser stops at another line or blames what it was reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .cause import MOST_LINES, Cause
from .positions import Mark
from .problems import Related, plural

KEY = re.compile(r" *([\w-]+:)(?=\s|\Z)")

HEAD = re.compile(r"( *)((?:- +)*)(?:[\w-]+:[ \t]+)?[>|][-+0-9]*[ \t]*(?: #.*)?\Z")
"""A line after which a text follows in lines that are indented more."""


def text_line(lines: Sequence[str], number: int) -> Cause | None:
    """A line of a text after > or | that is indented less than the text; None for any other line."""
    column = indentation(lines[number - 1])
    first = 0
    for above in range(number - 1, max(0, number - MOST_LINES), -1):
        line = lines[above - 1]
        head = HEAD.match(line)
        if head and len(head[1]) + len(head[2]) >= (0 if first else column):
            return _less(lines, number, above, first)
        if line.strip():
            if indentation(line) < column:
                break
            first = above
    return None


def _less(lines: Sequence[str], number: int, head: int, first: int) -> Cause | None:
    """Line `number` of the text that begins below line `head`, on line `first` or, for 0, on this one."""
    column, begins = indentation(lines[number - 1]), indentation(lines[head - 1])
    below = next((line for line in lines[number : number + 2] if line.strip()), "")
    wanted = indentation(lines[first - 1]) if first else max(begins + 2, indentation(below))
    if wanted <= column:
        return None
    mark = Mark(number, column + 1, max(1, len(lines[number - 1].rstrip()) - column), number)
    expected = plural(wanted, "space") + (", as its first line has" if first else "")
    return Cause("this line of a text must be indented more", expected, mark, (Related(head, "the text begins there"),))


def moved_line(lines: Sequence[str], number: int) -> Cause | None:
    """The key above a line that was moved to the left: its neighbours, of which this line is one, begin in one column."""
    column = indentation(lines[number - 1])
    moved = _above(lines, number, column - 1)
    before = _above(lines, moved, column) if moved else 0
    if not before or not KEY.match(lines[moved - 1]):
        return None
    between = column in _key_columns(lines[before - 1])
    is_first = lines[before - 1].rstrip().endswith(":") and before == _above(lines, moved, MOST_LINES)
    # one line beside one line: this one may be the moved one, unless lines below or elsewhere tell
    sure = between and (moved != _above(lines, number, MOST_LINES) or _goes_on(lines, number, column))
    if not sure and not ((between or is_first) and _belongs(lines, moved, column)):
        return None
    has = indentation(lines[moved - 1])
    mark = Mark(moved, has + 1, max(1, len(lines[moved - 1].rstrip()) - has), moved)
    spaces = f"an indentation of {plural(has, 'space')}" if has else "no indentation"
    said = f"{spaces} beside neighbours that have {column}"
    return Cause(said, plural(column, "space"), mark, (Related(number, "the next of its neighbours"),))


def indentation(line: str) -> int:
    """Spaces before the first character."""
    return len(line) - len(line.lstrip(" "))


def _above(lines: Sequence[str], number: int, most: int) -> int:
    """The nearest line above with something on it and at most so many spaces before that, or 0."""
    for above in range(number - 1, max(0, number - MOST_LINES), -1):
        line = lines[above - 1]
        if line.strip() and not line.lstrip().startswith("#") and indentation(line) <= most:
            return above
    return 0


def _goes_on(lines: Sequence[str], number: int, column: int) -> bool:
    """True when the next line that is no part of this one begins in the same column."""
    below = (line for line in lines[number : number + MOST_LINES] if line.strip() and indentation(line) <= column)
    return indentation(next(below, "")) == column


def _belongs(lines: Sequence[str], number: int, column: int) -> bool:
    """True when most other lines with the key of this line begin in a column, rather than where it begins."""
    key = KEY.match(lines[number - 1])
    others = [line for at, line in enumerate(lines, 1) if key and at != number and line.lstrip(" -").startswith(key[1])]
    found = Counter(at for line in others for at in _key_columns(line))
    return found[column] > found[indentation(lines[number - 1])]


def _key_columns(line: str) -> set[int]:
    """Where the key of a line begins: the empty set for a line without one."""
    found = re.match(r" *(?:- +)*(?=[\w-]+:(?:\s|\Z))", line)
    return {found.end()} if found else set()
