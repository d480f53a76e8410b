"""Positions in the guide's file: from paths in the data to lines and columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .problems import ERROR, Problem, Related, quote

Path = tuple[str | int, ...]
"""Keys and positions from the top of the data."""

NAMES = {
    "sources": "source",
    "roles": "role",
    "classes": "class",
    "groups": "group",
    "categories": "category",
    "criteria": "criterion",
    "options": "option",
    "families": "family",
    "strategies": "strategy",
    "stages": "stage",
    "quantities": "quantity",
    "prices": "price",
    "questions": "question",
    "evidence": "piece of evidence",
    "topics": "topic",
    "preferences": "preference",
    "examples": "example",
    "decisions": "decision",
    "decision_kinds": "kind of decision",
    "disagreements": "disagreement",
    "not_covered": "thing that is not covered",
    "changes": "change",
    "zones": "zone",
}
"""Sections whose entries have ids, with what one entry is called."""


class Mark(NamedTuple):
    """A place in the file: line and column count from 1, `length` in characters of that line (at least 1),
    `last` is the last line of the value."""

    line: int
    column: int
    length: int
    last: int


TOP = Mark(1, 1, 1, 1)


@dataclass
class Positions:
    """Marks of one file.

    Attributes:
        file: the file as the editor named it.
        values: path to mark of a value.
        keys: path to mark of the key of a value.
    """

    file: str
    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)

    def value(self, path: Path) -> Mark:
        """The mark of a value, or of what it would be part of."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, TOP)

    def key(self, path: Path) -> Mark:
        """The mark of the key (for an item of a list: of the item)."""
        return self.keys.get(path) or self.value(path)

    def line(self, path: Path) -> int:
        """The line on which an entry begins."""
        return self.key(path).line

    def problem(
        self,
        path: Path,
        code: str,
        message: str,
        *,
        at_key: bool = False,
        mark: Mark | None = None,
        expected: str = "",
        nearest: str = "",
        where: str = "",
        help: str = "",  # noqa: A002  the field's own name
        related: Iterable[Related] = (),
        severity: str = ERROR,
        cause: str = "",
    ) -> Problem:
        """A problem at a path, at its key, or at any mark."""
        found = mark or (self.key(path) if at_key else self.value(path))
        return Problem(
            file=self.file,
            line=found.line,
            column=found.column,
            end=found.column + found.length,
            code=code,
            message=message,
            expected=expected,
            nearest=nearest,
            where=where,
            help=help,
            related=tuple(related),
            severity=severity,
            cause=cause,
        )


def trail(data: Any, path: Path) -> str:
    """A path as readers know it: ids in place of positions, "options › x › limitations › 2"."""
    words: list[str] = []
    node = data
    for step in path:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            node = None
        name = node.get("id") if isinstance(step, int) and isinstance(node, Mapping) else None
        words.append(str(name) if isinstance(name, str) else str(step + 1 if isinstance(step, int) else step))
    return " › ".join(words)


def name_of(data: Any, path: Path) -> str:
    """What is at a path, as messages call it: "option 'x'", "'source' of option 'x'", "'yes' in 'answers' of question 'y'"."""
    if not path:
        return "the file"
    steps = trail(data, path).split(" › ")
    if path[0] not in NAMES or len(path) == 1:
        return f"'{steps[-1]}'" + (f" of '{steps[0]}'" if len(path) > 1 else "")
    number = isinstance(path[1], int) and steps[1] == str(path[1] + 1)
    top = f"{NAMES[str(path[0])]} {steps[1] if number else repr(steps[1])}"
    if len(path) == 2:
        return top
    counted = isinstance(path[-1], int) and steps[-1] == str(path[-1] + 1)
    last = f"item {steps[-1]}" if counted else f"'{steps[-1]}'"
    return f"{last} of {top}" if len(path) == 3 else f"{last} in '{steps[-2]}' of {top}"


def label(path: Path) -> str:
    """A value as messages call it: "'weight'", "item 2 of 'tags'"."""
    if not path:
        return "the file"
    last = path[-1]
    if isinstance(last, int):
        return f"item {last + 1} of {label(path[:-1])}" if path[:-1] else f"item {last + 1}"
    return quote(last)
