"""A bare decision problem: alternatives, criteria, points and values, without a guide.

Every calculation of robustness works on this. Any published table can be run through it:

>>> problem = Problem.of(values=[[8, 3], [5, 9]], weights=[2, 1], ids=["a", "b"])
>>> [problem.ids[row] for row in problem.order()]
['a', 'b']
>>> problem.scores()
[19.0, 19.0]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from selector.guide.reading import exact

from .totals import Totals, ranks, totals

Draws = Sequence[Sequence[float]]
"""Per driver a column of draws, each in [0, 1)."""

Draw = Callable[[Draws], list[int]]
"""The values of a cell, draw by draw."""


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A cell that is an interval: `value(draws)` gives its values, draw by draw, from the draws of all drivers."""

    row: int
    column: int
    value: Draw


@dataclass(frozen=True)
class Problem:
    """Alternatives to rank.

    Attributes:
        ids: names of the alternatives, one per row.
        criteria: names of the criteria, one per column.
        points: whole points per criterion, at least 0; only their ratios matter.
        low, high: whole values per row and column, low <= high, larger is better.
        scale: what one unit of the values as given is in whole values; scores are divided by it.
        drivers: names of the independent unknowns behind the interval cells.
        uncertain: how each interval cell follows from them; alternatives that share an unknown share its driver.
    """

    ids: tuple[str, ...]
    criteria: tuple[str, ...]
    points: tuple[int, ...]
    low: tuple[tuple[int, ...], ...]
    high: tuple[tuple[int, ...], ...]
    scale: int = 1
    drivers: tuple[str, ...] = ()
    uncertain: tuple[Uncertain, ...] = ()

    @classmethod
    def of(
        cls,
        values: Sequence[Sequence[Any]],
        weights: Sequence[Any],
        *,
        high: Sequence[Sequence[Any]] | None = None,
        ids: Sequence[str] | None = None,
        criteria: Sequence[str] | None = None,
    ) -> Problem:
        """Make a problem from any rational numbers; nothing is rounded.

        Args:
            values: one row per alternative; whole numbers, decimals, Fractions or text such as "1/3". Larger is
                better: turn a cost around (subtract it from a fixed bound) before.
            weights: one per criterion, at least 0.
            high: upper values, where some cells are intervals whose lower values stand in `values`.
            ids, criteria: names; default to numbers from 1.

        Raises:
            ValueError: rows of different lengths, a negative weight, an upper value below its lower one, or a number
                that is not finite.
        """
        lower = [[_rational(cell) for cell in row] for row in values]
        upper = [[_rational(cell) for cell in row] for row in (values if high is None else high)]
        shares = [_rational(weight) for weight in weights]
        _check(lower, upper, shares)
        scale = lcm(*(cell.denominator for row in (*lower, *upper) for cell in row), 1)
        whole = lcm(*(share.denominator for share in shares), 1)
        low = tuple(tuple(int(cell * scale) for cell in row) for row in lower)
        top = tuple(tuple(int(cell * scale) for cell in row) for row in upper)
        names = tuple(ids or (str(number) for number in range(1, len(low) + 1)))
        columns = tuple(criteria or (str(number) for number in range(1, len(shares) + 1)))
        drivers, uncertain = _own_drivers(names, columns, low, top)
        return cls(names, columns, lowest_terms([int(share * whole) for share in shares]), low, top, scale,
                   drivers, uncertain)  # fmt: skip

    def totals(self) -> list[Totals]:
        """Exact score bounds per alternative, in points times whole values."""
        return totals(self.points, self.low, self.high)

    def ranks(self) -> list[int]:
        """Rank per alternative by mid-point total; equal totals share a rank."""
        return ranks([total.twice for total in self.totals()])

    def order(self) -> list[int]:
        """Rows, best first; equals in the order of their names."""
        sums = self.totals()
        return sorted(range(len(self.ids)), key=lambda row: (-sums[row].twice, self.ids[row]))

    def scores(self) -> list[float]:
        """Weighted means in the unit of the values as given, for display."""
        whole = sum(self.points) * self.scale * 2
        return [total.twice / whole for total in self.totals()] if whole else [0.0] * len(self.ids)


def _rational(number: Any) -> Fraction:
    try:
        return number if isinstance(number, Fraction) else exact(number)
    except (ValueError, TypeError, ZeroDivisionError) as error:
        raise ValueError(f"not a finite number: {number!r}") from error


def _check(lower: list[list[Fraction]], upper: list[list[Fraction]], weights: list[Fraction]) -> None:
    if any(len(row) != len(weights) for row in (*lower, *upper)) or len(lower) != len(upper):
        raise ValueError("every row needs one value per weight")
    if any(weight < 0 for weight in weights):
        raise ValueError("weights must not be negative")
    if any(left > right for low, high in zip(lower, upper, strict=True) for left, right in zip(low, high, strict=True)):
        raise ValueError("an upper value lies below its lower one")


def lowest_terms(points: Sequence[int]) -> tuple[int, ...]:
    """The same ratios with the smallest whole numbers; all ones when all are zero."""
    common = gcd(*points)
    return tuple(value // common for value in points) if common else (1,) * len(points)


def between(low: int, high: int, draws: Sequence[float]) -> list[int]:
    """Whole numbers uniform over low..high from draws in [0, 1)."""
    span = high - low + 1
    return [low + int(draw * span) for draw in draws]


def _own_drivers(
    ids: Sequence[str], criteria: Sequence[str], low: Sequence[Sequence[int]], high: Sequence[Sequence[int]]
) -> tuple[tuple[str, ...], tuple[Uncertain, ...]]:
    """One independent driver per interval cell."""
    drivers: list[str] = []
    cells: list[Uncertain] = []
    for row, name in enumerate(ids):
        for column, criterion in enumerate(criteria):
            least, most = low[row][column], high[row][column]
            if least < most:
                cells.append(Uncertain(row, column, _uniform(least, most, len(drivers))))
                drivers.append(f"{name}/{criterion}")
    return tuple(drivers), tuple(cells)


def _uniform(low: int, high: int, driver: int) -> Draw:
    return lambda draws: between(low, high, draws[driver])
