"""A bare decision problem: alternatives, criteria, points and values, without a guide.

Every calculation of robustness works on this. Any published table can be run through it:

>>> problem = Problem.of(values=[[8, 3], [5, 9]], weights=[2, 2], ids=["a", "b"])
>>> [problem.ids[row] for row in problem.order()]
['b', 'a']
>>> problem.scores()
[5.5, 7.0]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast

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
        fine: True for a table of which nothing is known but its numbers: weights and cells are then drawn in steps too
            fine to matter. The values of a guide are whole numbers from 0 to 1000, for which coarser steps will do.
    """

    ids: tuple[str, ...]
    criteria: tuple[str, ...]
    points: tuple[int, ...]
    low: tuple[tuple[int, ...], ...]
    high: tuple[tuple[int, ...], ...]
    scale: int = 1
    drivers: tuple[str, ...] = ()
    uncertain: tuple[Uncertain, ...] = ()
    fine: bool = False

    @classmethod
    def of(
        cls,
        values: Sequence[Sequence[Any]],
        weights: Sequence[Any],
        *,
        high: Sequence[Sequence[Any]] | None = None,
        ids: Sequence[str] | None = None,
        criteria: Sequence[str] | None = None,
        scales: Sequence[Any] | None = None,
    ) -> Problem:
        """Make a problem from any rational numbers; nothing is rounded.

        Args:
            values: one row per alternative; whole numbers, decimals, Fractions or text such as "1/3". A cell that is
                not known is a pair (lower, upper), anywhere between which the number may be, all alike.
            weights: one per criterion, at least 0.
            high: upper numbers, where all cells are pairs whose lower numbers are in `values`.
            ids, criteria: names, each once; default to numbers from 1.
            scales: per criterion "benefit" (larger is better, the default), "cost" (smaller is better), or a value
                function: `linear(worst, best)`, `piecewise([(number, value), ...])`. A cost without a function counts
                with the other sign, so scores may be negative.

        Raises:
            ValueError: rows of different lengths, a negative weight, an upper number below its lower one, a number
                that is not finite or outside its value function, or names that do not fit. It says which cell.
        """
        # Called by a name that the page's packer does not follow: the wizard has its problems from a guide.
        tables = import_module("selector.scoring.tables")
        return cast(Problem, tables.problem_of_table(values, weights, high, ids, criteria, scales))

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
