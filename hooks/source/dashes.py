"""Dashes of lists: one too few, so that an entry goes on where the next should begin, or one too many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .cause import MOST_LINES, Cause
from .positions import Mark, Path
from .problems import Related, quote
from .shifted import indentation

ID = re.compile(r" *id:[ \t]+['\"]?([\w-]+)['\"]?[ \t]*(?:#.*)?\Z")
FIRST_FIELD = re.compile(r" *- +([\w-]+):(?=\s|\Z)")
FIELD = re.compile(r" *([\w-]+):(?=\s|\Z)")
PARENT = re.compile(r" *(?:- +)*([\w-]+):\s*(?:#.*)?\Z")

BEGINS = "- id: "
"""How an entry of a list begins."""


def twice(line: str, path: Path) -> dict[str, str]:
    """What is expected in place of a key that an entry has already: for an id, another entry with its dash."""
    found = ID.match(line) if path[-1] == "id" and isinstance(path[-2], int) else None
    if not found:
        return {"expected": "each key once"}
    return {"expected": "a dash before it if another entry begins here; or each key once", "nearest": BEGINS + found[1]}


def one_too_many(lines: Sequence[str], number: int) -> Cause | None:
    """The dash before the first key of a mapping: the line where the parser stops is the next of its keys."""
    column, key = indentation(lines[number - 1]), FIELD.match(lines[number - 1])
    head, items = 0, 0
    for above in range(number - 1, max(0, number - MOST_LINES), -1):
        line = lines[above - 1]
        if not line.strip() or line.lstrip().startswith("#") or indentation(line) > column:
            continue
        if indentation(line) < column or not line.lstrip().startswith("- "):
            break
        head, items = above, items + 1
    first = FIRST_FIELD.match(lines[head - 1]) if items == 1 else None
    parent = PARENT.match(lines[above - 1]) if first else None
    if not (key and first and parent) or key[1] == first[1] or _has_item(lines, number, column):
        return None  # a list, of which this line is an entry without its dash
    said = f"the dash before {quote(first[1])} makes a list of {quote(parent[1])}, which goes on with a key without one"
    mark = Mark(head, column + 1, 1, head)
    return Cause(said, f"no dash: {quote(first[1])} in the column of {quote(key[1])}", mark,
                 (Related(number, f"{quote(key[1])} is there"),))  # fmt: skip


def first_without(lines: Sequence[str], number: int) -> Cause | None:
    """The first entry of a list without its dash: the line where the parser stops begins the second."""
    column, first = indentation(lines[number - 1]), 0
    for above in range(number - 1, max(0, number - MOST_LINES), -1):
        line = lines[above - 1]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if indentation(line) <= column:
            break
        first = above
    parent, key = PARENT.match(lines[above - 1]) if first else None, FIELD.match(lines[first - 1]) if first else None
    second = FIRST_FIELD.match(lines[number - 1])
    if not (parent and key and second) or key[1] != second[1]:
        return None
    begins = indentation(lines[first - 1])
    mark = Mark(first, begins + 1, len(key[1]), first)
    said = f"no dash before the first entry of {quote(parent[1])}"
    return Cause(said, f"a dash before {quote(key[1])}, in the column of the next one", mark,
                 (Related(number, "the next one is there"),))  # fmt: skip


def _has_item(lines: Sequence[str], number: int, column: int) -> bool:
    """True when an item of a list begins in the column, in the lines that follow and are as far in."""
    for line in lines[number : number + MOST_LINES]:
        if not line.strip():
            continue
        if indentation(line) < column:
            return False
        if indentation(line) == column and line.lstrip().startswith("- "):
            return True
    return False
