"""Totals of alternatives, draw by draw: points as drawn times values, unknown cells drawn once for all who share one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from math import sumprod
from operator import add
from random import Random

from selector.scoring.problem import Draw, Problem

from .weightings import stream

Sources = Sequence[tuple[int, Random]]

dot: Callable[[Sequence[int], Sequence[int]], int] = sumprod  # type: ignore[assignment]
"""sum_j s_j * v_j: whole for whole numbers, without a call in between, as it is called ten thousand times."""


class SampledValues:
    """The values of some rows in the columns that tell them apart, and their totals, draw by draw.

    Unknown cells that follow from the draws by the same function are worked out once: each such function has a
    column and a lower value, and a row's total is the one at its lower values plus what its functions add.
    """

    def __init__(self, problem: Problem, rows: list[int], columns: list[int]) -> None:
        self._known = [tuple(problem.low[row][column] for column in columns) for row in rows]
        self._width = len(columns)
        self._drivers = len(problem.drivers)
        functions: dict[tuple[Draw, int, int], int] = {}
        parts: dict[int, list[int]] = {}
        places = {row: place for place, row in enumerate(rows)}
        where = {column: place for place, column in enumerate(columns)}
        for cell in problem.uncertain:
            if cell.row in places and cell.column in where:
                key = cell.value, where[cell.column], problem.low[cell.row][cell.column]
                parts.setdefault(places[cell.row], []).append(functions.setdefault(key, len(functions)))
        self._functions = list(functions)
        self._parts = list(parts.items())
        needed = sorted(_reads([value for value, _, _ in functions], self._drivers))
        self._needed = [(driver, problem.drivers[driver]) for driver in needed]

    @property
    def work(self) -> int:
        """About how much work one draw is."""
        return len(self._known) * (10 + self._width) + 2 * len(self._functions)

    @property
    def moving(self) -> bool:
        """True when some cell is unknown."""
        return bool(self._functions)

    def sources(self, seed: int, kind: str) -> Sources:
        """A separate stream for each unknown that can make a difference among the rows."""
        return [(driver, stream(seed, kind, name)) for driver, name in self._needed]

    def totals(self, columns: Sequence[Sequence[int]], sources: Sources, count: int) -> list[list[int]]:
        """Totals of every row, draw by draw, for `count` draws.

        Whole columns at a time, as a call per draw is what takes time in Pyodide.

        Args:
            columns: drawn points, one column per column of the values.
            sources: where the unknowns are drawn from, as `sources` gives them.
            count: how many draws.
        """
        drawn = list(zip(*columns, strict=True)) if columns else [()] * count
        rows = [list(map(dot, drawn, repeat(known))) for known in self._known]
        if self._functions:
            draws = self._draws(sources, count)
            more = [
                [points * (moved - low) for points, moved in zip(columns[column], value(draws), strict=True)]
                for value, column, low in self._functions
            ]
            for row, parts in self._parts:
                for part in parts:
                    rows[row] = list(map(add, rows[row], more[part]))
        return rows

    def _draws(self, sources: Sources, count: int) -> list[list[float]]:
        """A column of draws per unknown; zeros are where none is needed."""
        drawn = [[0.0] * count] * self._drivers
        for driver, source in sources:
            random = source.random
            drawn[driver] = [random() for _ in range(count)]
        return drawn


def telling_columns(problem: Problem, rows: Sequence[int]) -> list[int]:
    """Columns that can make a difference among these rows: not equal all the way down.

    Dropping a constant column changes no comparison, so it changes no count.
    """
    kept = set(rows)
    uncertain = {cell.column for cell in problem.uncertain if cell.row in kept}
    return [
        column
        for column in range(len(problem.criteria))
        if column in uncertain or len({problem.low[row][column] for row in rows}) > 1
    ]


class _Watched(list[list[float]]):
    """Columns of one draw that remember which of them were looked at."""

    def __init__(self, count: int) -> None:
        super().__init__([[0.0]] * count)
        self.seen: set[int] = set()

    def __getitem__(self, index: int) -> list[float]:  # type: ignore[override]
        self.seen.add(index)
        return [0.0]


def _reads(functions: Iterable[Draw], count: int) -> set[int]:
    """Which draws these functions follow from. They look at the same ones whatever the draws are."""
    draws = _Watched(count)
    for value in functions:
        value(draws)
    return draws.seen
