"""How firm a recommendation is: the guaranteed factor and the share of nearby weightings (method section 6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from operator import eq, sub
from typing import TYPE_CHECKING

from selector.scoring.problem import Problem

from .sampling import SampledValues, dot, telling_columns
from .weightings import Bounds, Choices, Weightings

if TYPE_CHECKING:
    from .weightings import Sampler, Statement

DRAWS = 10_000
"""Nearby weightings tried: +-1 point at 95 % in the worst case (method section 6.3)."""

SURE_DRAWS = 1000
"""Draws of the unknown cells for a confidence factor."""

CHUNK = 500
"""Draws per step at most, so that a new answer never waits long."""

STEP = 250_000
"""Work per step at most, as `Sampling.chunk` counts it."""

FINE = 1_000_000
"""Parts into which the whole of a weighting is cut for central weights."""


@dataclass(frozen=True, slots=True)
class Factor:
    """The factor by which every weight may be off, in the worst direction, before `rival` passes the winner.

    `squared` is P / N, exact; None when nothing favours any rival (no limit). Below 1 the winner is not ahead for
    certain, which happens only with unknown cells.
    """

    squared: Fraction | None
    rival: int | None

    @property
    def value(self) -> float | None:
        """The factor itself, for display."""
        return None if self.squared is None else sqrt(self.squared)


def guaranteed_factor(problem: Problem, winner: int, rivals: Sequence[int] | None = None) -> Factor:
    """min over rivals Y of sqrt(P / N): P what favours the winner, N for Y, lower values against upper ones.

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
"""The most alternatives that another one is measured against when looking for those that can rank first at all."""


def contenders(problem: Problem, bounds: Bounds | None = None) -> list[int]:
    """Rows that can rank first in some nearby weighting, and perhaps some that cannot.

    A row is left out when another one is ahead of it whatever the weights within their bounds and the unknown cells
    turn out to be, so that leaving it out changes no count of who ranks first.

    Args:
        problem: the problem.
        bounds: fewest and most points per criterion, on one scale; default half to double.
    """
    least, most = bounds or (problem.points, [4 * points for points in problem.points])
    counted = [column for column, points in enumerate(most) if points]
    fewest = [least[column] for column in counted]
    spread = [most[column] - least[column] for column in counted]
    low = [[row[column] for column in counted] for row in problem.low]
    high = low if problem.low is problem.high else [[row[column] for column in counted] for row in problem.high]
    sums = problem.totals()
    kept: list[int] = []

    def beaten(row: int, rival: int) -> bool:
        """True when the largest lead of a row over its rival is negative."""
        gaps = list(map(sub, high[row], low[rival]))
        lead = dot(fewest, gaps)
        return lead < 0 and lead + dot(spread, [gap if gap > 0 else 0 for gap in gaps]) < 0

    # Only a row with a larger total can beat another; and who is beaten by a row that is beaten is beaten by its
    # better as well, so that only kept ones need be asked.
    for row in sorted(range(len(problem.ids)), key=lambda row: -sums[row].twice):
        if not any(beaten(row, rival) for rival in kept[:RIVALS]):
            kept.append(row)
    return sorted(kept)


@dataclass(frozen=True, slots=True)
class _SampledTotals:
    """The last draws: how many, points before multipliers (None: always the same), points per telling column, and
    per row the numbers of the draws in which it was first."""

    draws: int
    bases: list[list[int]] | None
    columns: list[list[int]]
    won: list[list[int]]


class Sampling:
    """SMAA-2 over nearby weightings, in steps; ties share a rank evenly (Lahdelma & Salminen 2001, ties as split).

    `weights` says what else is known about the weights than that they are anywhere from half to double: see
    `selector.bare.statements`.

    Rows that cannot rank first are left out unless `every_rank` is asked for, which also keeps the full rank matrix
    and pairwise winning. Counts are exact; where `ties` occur they are fractions. However the draws are cut into
    steps, the result after the same number of draws is the same.
    """

    def __init__(
        self,
        problem: Problem,
        seed: int,
        *,
        every_rank: bool = False,
        choices: Choices | None = None,
        weights: Statement | None = None,
    ) -> None:
        self.problem = problem
        self.every_rank = every_rank
        self._seed = seed
        self._weightings: Sampler = (
            Weightings(problem.criteria, problem.points, seed, choices, fine=problem.fine)
            if weights is None
            else weights.sampler(problem, seed)
        )
        bounds = self._weightings.least, self._weightings.most
        self.rows = list(range(len(problem.ids))) if every_rank else contenders(problem, bounds)
        counted = [column for column, most in enumerate(bounds[1]) if most]
        telling = set(telling_columns(problem, self.rows))
        self._columns = [column for column in counted if column in telling]
        self._rest = [column for column in counted if column not in telling]
        self._values = SampledValues(problem, self.rows, self._columns)
        self._cells = self._values.sources(seed, "cell")
        self.draws = 0
        self.first: list[Fraction | int] = [0] * len(self.rows)
        self.rank_counts: list[list[Fraction | int]] = [[0] * len(self.rows) for _ in self.rows]
        self.wins = [[0] * len(self.rows) for _ in self.rows]
        self._weight_sums = [[0] * len(problem.criteria) for _ in self.rows]
        self._weight_draws = [0] * len(self.rows)
        self._pending: _SampledTotals | None = None

    @property
    def chunk(self) -> int:
        """Draws for one step: fewer for large problems, from their size alone, so that all see the same figures."""
        return max(10, min(CHUNK, STEP // self._values.work))

    def run(self, draws: int) -> None:
        """Take so many more draws."""
        for done in range(0, draws, CHUNK):
            self._run(min(CHUNK, draws - done))

    def _run(self, draws: int) -> None:
        self._centre()
        bases = self._weightings.bases(draws)
        columns = [self._weightings.column(column, draws, bases) for column in self._columns]
        totals = self._values.totals(columns, self._cells, draws)
        won: list[list[int]] = [[] for _ in self.rows]
        for number, sums in enumerate(zip(*totals, strict=True)):
            best = max(sums)
            if sums.count(best) == 1:
                won[sums.index(best)].append(number)
            else:
                self._share([row for row, total in enumerate(sums) if total == best], number, won)
            if self.every_rank:
                self._count_ranks(sums)
        for row, numbers in enumerate(won):
            self.first[row] += len(numbers)
        self._pending = _SampledTotals(draws, bases, columns, won)
        self.draws += draws

    def _share(self, winners: list[int], number: int, won: list[list[int]]) -> None:
        """Ties share the first rank evenly."""
        for row in winners:
            won[row].append(number)
            self.first[row] += Fraction(1, len(winners)) - 1

    def _centre(self) -> None:
        """Add the last draws to the sums behind central weights: callers that want only shares need not wait for them."""
        last, self._pending = self._pending, None
        if last is None:
            return
        points = dict(zip(self._columns, last.columns, strict=True)) | {
            column: self._weightings.column(column, last.draws, last.bases) for column in self._rest
        }
        wholes = [sum(weights) for weights in zip(*points.values(), strict=True)]
        won = [(row, numbers) for row, numbers in enumerate(last.won) if numbers]
        for column, weights in points.items():
            shares = [weight * FINE // whole for weight, whole in zip(weights, wholes, strict=True)]
            for row, numbers in won:
                self._weight_sums[row][column] += sum([shares[number] for number in numbers])
        for row, numbers in won:
            self._weight_draws[row] += len(numbers)

    def _count_ranks(self, sums: Sequence[int]) -> None:
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
        """Share of draws in which each alternative ranks first, ties split; all alternatives, 0 for those left out."""
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
        if row is None:
            return None
        whole = sum(self._weight_sums[row])
        return [Fraction(total, whole) for total in self._weight_sums[row]]

    def confidence(self, name: str) -> Fraction | None:
        """Confidence factor: share of draws of the unknown cells in which an alternative is best at its own central
        weights. 1 by theorem when no cell is unknown (method section 6.2); None when it is never first."""
        steps = list(self.confidence_steps(name))
        return steps[-1] if steps else None

    def confidence_steps(self, name: str) -> Iterator[Fraction]:
        """The same in steps; the last figure is the one. Nothing when the alternative is never first."""
        row = self._row(name)
        if row is None:
            return
        if not self._values.moving:
            yield Fraction(1)
            return
        points = [self._weight_sums[row][column] // self._weight_draws[row] for column in self._columns]
        sources = self._values.sources(self._seed, "confidence")
        hits = done = 0
        while done < SURE_DRAWS:
            count = min(self.chunk, SURE_DRAWS - done)
            totals = self._values.totals([[weight] * count for weight in points], sources, count)
            hits += sum(map(eq, totals[row], map(max, zip(*totals, strict=True))))
            done += count
            yield Fraction(hits, done)

    def _row(self, name: str) -> int | None:
        """The row of an alternative that was first in some draw, else None."""
        self._centre()
        found = self.problem.ids.index(name)
        row = self.rows.index(found) if found in self.rows else None
        return row if row is not None and self._weight_draws[row] else None
