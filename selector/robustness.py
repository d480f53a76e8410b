"""How firm a recommendation is: the guaranteed factor and the share of nearby weightings (method section 6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt, sumprod
from operator import add
from random import Random

from .problem import Draw, Problem
from .weightings import Bounds, Choices, Weightings, stream

DRAWS = 10_000
"""Nearby weightings tried: +-1 point at 95 % in the worst case (method section 6.3)."""

SURE_DRAWS = 1000
"""Draws of the unknown cells for a confidence factor."""

CHUNK = 500
"""Draws per step at most, so that a first figure shows at once and a new answer never waits long."""

STEP = 100_000
"""Work per step at most, as `Sampling.chunk` counts it."""

FINE = 1_000_000
"""Parts into which the whole of a weighting is cut for central weights."""


@dataclass(frozen=True, slots=True)
class Factor:
    """The factor by which every weight may be off, in the worst direction, before `rival` passes the winner.

    `squared` is P / N, exact; None when nothing speaks for any rival (no limit). Below 1 the winner is not ahead for
    certain, which happens only with unknown cells.
    """

    squared: Fraction | None
    rival: int | None

    @property
    def value(self) -> float | None:
        """The factor itself, for display."""
        return None if self.squared is None else sqrt(self.squared)


def guaranteed_factor(problem: Problem, winner: int, rivals: Sequence[int] | None = None) -> Factor:
    """min over rivals Y of sqrt(P / N): P what speaks for the winner, N for Y, lower values against upper ones.

    Pairwise dominance under interval weight ratios (Salo & Hamalainen 1992, PAIRS): with every weight off by rho in
    either direction the worst case is P / rho - N * rho, so the winner stays ahead iff rho <= sqrt(P / N).
    """
    best = Factor(None, None)
    for rival in range(len(problem.ids)) if rivals is None else rivals:
        if rival == winner:
            continue
        gaps = [
            points * (mine - theirs)
            for points, mine, theirs in zip(problem.points, problem.low[winner], problem.high[rival], strict=True)
        ]
        against = -sum(gap for gap in gaps if gap < 0)
        if against == 0:
            continue
        squared = Fraction(sum(gap for gap in gaps if gap > 0), against)
        if best.squared is None or squared < best.squared:
            best = Factor(squared, rival)
    return best


RIVALS = 40
"""The most alternatives that another one is measured against when looking for those that can come first at all."""


def contenders(problem: Problem, bounds: Bounds | None = None) -> list[int]:
    """Rows that can come first in some nearby weighting, and perhaps some that cannot.

    A row is left out when another one is ahead of it whatever the weights within their bounds and the unknown cells
    turn out to be, so that leaving it out changes no count of who comes first.

    Args:
        problem: the problem.
        bounds: fewest and most points per criterion, on one scale; default half to double.
    """
    least, most = bounds or (problem.points, [4 * points for points in problem.points])
    sums = problem.totals()
    kept: list[int] = []

    def beaten(row: int, rival: int) -> bool:
        """True when the largest lead of a row over its rival is negative."""
        gaps = zip(problem.high[row], problem.low[rival], least, most, strict=True)
        return sum((mine - theirs) * (many if mine > theirs else few) for mine, theirs, few, many in gaps) < 0

    # Only a row with a larger total can beat another; and who is beaten by a row that is beaten is beaten by its
    # better as well, so that only kept ones need be asked.
    for row in sorted(range(len(problem.ids)), key=lambda row: -sums[row].twice):
        if not any(beaten(row, rival) for rival in kept[:RIVALS]):
            kept.append(row)
    return sorted(kept)


class Sampling:
    """SMAA-2 over nearby weightings, in steps; ties share a rank evenly (Lahdelma & Salminen 2001, ties as split).

    Rows that cannot come first are left out unless `every_rank` is asked for, which also keeps the full rank matrix
    and pairwise winning. Counts are exact; where `ties` occur they are fractions. However the draws are cut into
    steps, the result after the same number of draws is the same.
    """

    def __init__(
        self, problem: Problem, seed: int, *, every_rank: bool = False, choices: Choices | None = None
    ) -> None:
        self.problem = problem
        self.every_rank = every_rank
        self._seed = seed
        self._weightings = Weightings(problem.criteria, problem.points, seed, choices)
        bounds = self._weightings.least, self._weightings.most
        self.rows = list(range(len(problem.ids))) if every_rank else contenders(problem, bounds)
        telling = [column for column in _telling_columns(problem, self.rows) if bounds[1][column]]
        rest = [column for column, most in enumerate(bounds[1]) if most and column not in telling]
        self._columns = telling + rest
        self._weightings.take(self._columns)
        self._values = _Values(problem, self.rows, telling)
        self._cells = [stream(seed, "cell", name) for name in problem.drivers]
        self.draws = 0
        self.first: list[Fraction | int] = [0] * len(self.rows)
        self.rank_counts: list[list[Fraction | int]] = [[0] * len(self.rows) for _ in self.rows]
        self.wins = [[0] * len(self.rows) for _ in self.rows]
        self._weight_sums = [[0] * len(self._columns) for _ in self.rows]
        self._weight_draws = [0] * len(self.rows)

    @property
    def chunk(self) -> int:
        """Draws for one step: fewer for large problems, from their size alone, so that all see the same figures."""
        return max(10, min(CHUNK, STEP // self._values.work))

    def run(self, draws: int) -> None:
        """Take so many more draws."""
        for _ in range(draws):
            points = self._weightings.draw()
            self._count(points, self._values.totals(points, self._cells))
        self.draws += draws

    def _count(self, points: list[int], sums: list[int]) -> None:
        best = max(sums)
        winners = (
            [row for row, total in enumerate(sums) if total == best] if sums.count(best) > 1 else [sums.index(best)]
        )
        share: Fraction | int = Fraction(1, len(winners)) if len(winners) > 1 else 1
        whole = sum(points)
        shares = [weight * FINE // whole for weight in points]
        for row in winners:
            self.first[row] += share
            self._weight_draws[row] += 1
            self._weight_sums[row] = list(map(add, self._weight_sums[row], shares))
        if self.every_rank:
            self._count_ranks(sums)

    def _count_ranks(self, sums: list[int]) -> None:
        for mine, total in enumerate(sums):
            better = sum(other > total for other in sums)
            equal = sums.count(total)
            for rank in range(better, better + equal):
                self.rank_counts[mine][rank] += Fraction(1, equal) if equal > 1 else 1
            wins = self.wins[mine]
            for theirs, other in enumerate(sums):
                if total > other:
                    wins[theirs] += 1

    def shares(self) -> dict[str, Fraction]:
        """Share of draws in which each alternative comes first, ties split; all alternatives, 0 for those left out."""
        found = dict.fromkeys(self.problem.ids, Fraction(0))
        for row, count in zip(self.rows, self.first, strict=True):
            found[self.problem.ids[row]] = Fraction(count) / max(1, self.draws)
        return found

    def acceptability(self) -> list[list[Fraction]]:
        """b_i^r: share of draws in which row i has rank r + 1. Rows and columns sum to 1. Needs `every_rank`."""
        return [[Fraction(count) / max(1, self.draws) for count in row] for row in self.rank_counts]

    def pairwise(self) -> list[list[Fraction]]:
        """p_ik: share of draws in which row i is ahead of row k. Needs `every_rank`."""
        return [[Fraction(count, max(1, self.draws)) for count in row] for row in self.wins]

    def central_weights(self, name: str) -> list[Fraction] | None:
        """The mean share of each criterion over the draws in which an alternative is first; None when it never is."""
        row = self._row(name)
        if row is None or not self._weight_draws[row]:
            return None
        sums = dict(zip(self._columns, self._weight_sums[row], strict=True))
        whole = sum(sums.values())
        return [Fraction(sums.get(column, 0), whole) for column in range(len(self.problem.criteria))]

    def confidence(self, name: str) -> Fraction | None:
        """Confidence factor: share of draws of the unknown cells in which an alternative is best at its own central
        weights. 1 by theorem when no cell is unknown (method section 6.2); None when it is never first."""
        steps = list(self.confidence_steps(name))
        return steps[-1] if steps else None

    def confidence_steps(self, name: str) -> Iterator[Fraction]:
        """The same in steps; the last figure is the one. Nothing when the alternative is never first."""
        row = self._row(name)
        if row is None or not self._weight_draws[row]:
            return
        if not self._values.moving:
            yield Fraction(1)
            return
        points = [total // self._weight_draws[row] for total in self._weight_sums[row]]
        sources = [stream(self._seed, "confidence", driver) for driver in self.problem.drivers]
        hits = done = 0
        while done < SURE_DRAWS:
            for _ in range(min(self.chunk, SURE_DRAWS - done)):
                sums = self._values.totals(points, sources)
                hits += sums[row] == max(sums)
                done += 1
            yield Fraction(hits, done)

    def _row(self, name: str) -> int | None:
        found = self.problem.ids.index(name)
        return self.rows.index(found) if found in self.rows else None


class _Values:
    """The values of some rows in the columns that tell them apart, and their totals, draw by draw.

    Unknown cells that follow from the draws by the same function are worked out once: each such function has a
    column and a lower value, and a row's total is the one at its lower values plus what its functions add.
    """

    def __init__(self, problem: Problem, rows: list[int], columns: list[int]) -> None:
        self._known = [[problem.low[row][column] for column in columns] for row in rows]
        self._width = len(columns)
        functions: dict[tuple[Draw, int, int], int] = {}
        parts: dict[int, list[int]] = {}
        places = {row: place for place, row in enumerate(rows)}
        for cell in problem.uncertain:
            if cell.row in places and cell.column in columns:
                key = cell.value, columns.index(cell.column), problem.low[cell.row][cell.column]
                parts.setdefault(places[cell.row], []).append(functions.setdefault(key, len(functions)))
        self._functions = list(functions)
        self._parts = list(parts.items())

    @property
    def work(self) -> int:
        """About how much work one draw is."""
        return len(self._known) * (10 + self._width) + 20 * len(self._functions)

    @property
    def moving(self) -> bool:
        """True when some cell is unknown."""
        return bool(self._functions)

    def totals(self, points: Sequence[int], sources: Sequence[Random]) -> list[int]:
        """Totals per row. `points` begins with those of the columns; each unknown is drawn once from its source and
        shared by all rows that it is part of."""
        telling = points[: self._width]
        sums = [int(sumprod(telling, row)) for row in self._known]
        if self._functions:
            draws = [source.random() for source in sources]
            more = [telling[column] * (value(draws) - low) for value, column, low in self._functions]
            for row, parts in self._parts:
                sums[row] += sum([more[part] for part in parts])
        return sums


def _telling_columns(problem: Problem, rows: Sequence[int]) -> list[int]:
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
