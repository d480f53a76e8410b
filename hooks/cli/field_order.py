"""The order of fields: entries of one kind are read and compared more easily when they are written in the same order.

The schema gives the order; ratings are in the order of the criteria. Only mappings that are written on separate lines
are looked at: the lines of a field, with the comments above it, are moved as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hooks.source.load import SCHEMA, Loaded, expanded_schema, load_bytes
from hooks.source.positions import Path, trail
from hooks.source.problems import NOTICE, Problem, quote

CODE = "order"


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A mapping whose fields stand in another order than wanted: how they are, and how they should be."""

    path: Path
    fields: tuple[str, ...]
    wanted: tuple[str, ...]

    @property
    def first(self) -> str:
        """The first field that is too late, or else too early: the one to point at."""
        return next(want for has, want in zip(self.fields, self.wanted, strict=True) if has != want)


def misplaced(loaded: Loaded) -> list[Misplaced]:
    """All such mappings, outer ones first; none in a file that has the wrong shape."""
    if loaded.data is None:
        return []
    lines = loaded.text.split("\n")
    criteria = [entry["id"] for entry in loaded.data["criteria"]]
    return [
        found for found in _walk(loaded.data, expanded_schema(SCHEMA), criteria, ()) if _movable(loaded, lines, found)
    ]


def findings(loaded: Loaded) -> Iterator[Problem]:
    """A notice for each."""
    for found in misplaced(loaded):
        before = found.wanted[found.wanted.index(found.first) + 1]
        yield loaded.positions.problem(
            (*found.path, found.first),
            CODE,
            f"{quote(found.first)} is after {quote(before)}",
            at_key=True,
            expected=f"the order {', '.join(found.wanted)}",
            where=trail(loaded.draft, found.path),
            help="`guide check --fix` moves it.",
            severity=NOTICE,
        )


def ordered(loaded: Loaded) -> tuple[str, int]:
    """The text with all fields in their order, and how many mappings that fixes; nothing else is changed.

    A text that would not say the same afterwards is left as it is.
    """
    lines = loaded.text.split("\n")
    found = misplaced(loaded)
    for one in reversed(found):  # inner ones first: they move within the lines of the outer ones
        _sort(loaded, lines, one)
    text = "\n".join(lines)
    same = load_bytes(text.encode(), loaded.file).data == loaded.data
    return (text, len(found)) if found and same else (loaded.text, 0)


def _walk(value: Any, schema: Mapping[str, Any], criteria: Sequence[str], path: Path) -> Iterator[Misplaced]:
    if isinstance(value, dict):
        fields, below = schema.get("properties", {}), schema.get("additionalProperties")
        order = list(criteria if path[-1:] == ("ratings",) and not fields else fields)
        positions = {name: order.index(name) for name in value if name in order}
        if len(positions) == len(value) and list(positions.values()) != sorted(positions.values()):
            yield Misplaced(path, tuple(value), tuple(sorted(positions, key=lambda name: positions[name])))
        for name, inner in value.items():
            yield from _walk(inner, _meant(fields.get(name) or below, inner), criteria, (*path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _walk(inner, _meant(schema.get("items"), inner), criteria, (*path, index))


def _meant(schema: Any, value: Any) -> Mapping[str, Any]:
    """The schema of a value; of several, the one for a mapping or a list."""
    if not isinstance(schema, dict):
        return {}
    kind = "object" if isinstance(value, dict) else "array"
    return next((branch for branch in schema.get("oneOf", ()) if branch.get("type") == kind), schema)


# Lines


def _movable(loaded: Loaded, lines: Sequence[str], found: Misplaced) -> bool:
    """True when each field begins a line; the first one may be after the sign of a list."""
    marks = [loaded.positions.keys[(*found.path, name)] for name in found.fields]
    starts = [lines[mark.line - 1][: mark.column - 1] for mark in marks]
    below = all(one.line < two.line for one, two in pairwise(marks))
    return below and not starts[0].strip(" -") and all(start.isspace() or not start for start in starts[1:])


def _sort(loaded: Loaded, lines: list[str], found: Misplaced) -> None:
    """Move the lines of each field to their place."""
    marks = [loaded.positions.keys[(*found.path, name)] for name in found.fields]
    column = marks[0].column - 1
    head = lines[marks[0].line - 1][:column]
    starts = [marks[0].line - 1, *(_start(lines, mark.line - 1, column) for mark in marks[1:])]
    ends = [*starts[1:], loaded.positions.value(found.path).last]
    lines[starts[0]] = " " * column + lines[starts[0]][column:]
    parts = {name: lines[start:end] for name, start, end in zip(found.fields, starts, ends, strict=True)}
    comments = _comments(parts[found.wanted[0]])
    moved = [line for name in found.wanted for line in parts[name]]
    moved[comments] = head + moved[comments][column:]
    lines[starts[0] : ends[-1]] = moved


def _start(lines: Sequence[str], line: int, column: int) -> int:
    """Where a field begins with the comments that are above it, as far in as it does."""
    while lines[line - 1].startswith(" " * column + "#"):
        line -= 1
    return line


def _comments(part: Sequence[str]) -> int:
    """How many comments a field begins with."""
    return next(number for number, line in enumerate(part) if not line.lstrip().startswith("#"))
