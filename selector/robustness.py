"""How firm a recommendation is: the guaranteed factor and the share of nearby weightings (method section 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt, sumprod
from random import Random
from zlib import crc32

from .problem import Draw, Problem
from .scoring import dominates

DRAWS = 10_000
"""Nearby weightings tried: +-1 point at 95 % in the worst case (method section 6.3)."""

CHUNK = 500
"""Draws per step, so that a first figure shows at once and a new answer never waits long."""

LIMIT = 2**31
"""Totals above this leave the fast path of a C long on 32-bit WebAssembly. Still exact, only slower."""


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


def stream(seed: int, kind: str, name: str) -> Random:
    """One stream of random numbers per criterion and per unknown, the same in every Python and every order.

    `Random.random` is the one method that Python keeps stable; the seed is a CRC, as `hash` is salted per process.
    """
    return Random(crc32(f"{seed}/{kind}/{name}".encode()))


def band(draw: float) -> float:
    """A multiplier from half to double, half of the draws below 1: f(u) = 1/2 + u below one half, else 2u."""
    return 0.5 + draw if draw < 0.5 else 2 * draw


def contenders(problem: Problem, counted: Sequence[bool] | None = None) -> list[int]:
    """Rows that can come first at all: those that no other certainly dominates on the criteria with points.

    `counted` says which criteria may have points, when answers left open may give some to others.
    """
    counts = [bool(points) for points in problem.points] if counted is None else counted
    columns = [column for column, yes in enumerate(counts) if yes]
    sums = problem.totals()
    order = sorted(range(len(problem.ids)), key=lambda row: -sums[row].low)

    def beaten(row: int) -> bool:
        return any(
            dominates(problem.low[other], problem.high[row], columns)
            for other in order
            if other != row and sums[other].low >= sums[row].high
        )

    return [row for row in range(len(problem.ids)) if not beaten(row)]


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
        counted = [
            bool(points) or (choices is not None and choices.may_count(column))
            for column, points in enumerate(problem.points)
        ]
        self.rows = list(range(len(problem.ids))) if every_rank else contenders(problem, counted)
        self.columns = _telling_columns(problem, self.rows)
        self.draws = 0
        self.first: list[Fraction | int] = [0] * len(self.rows)
        self.rank_counts: list[list[Fraction | int]] = [[0] * len(self.rows) for _ in self.rows]
        self.wins = [[0] * len(self.rows) for _ in self.rows]
        self.weight_sums = [[0] * len(problem.criteria) for _ in self.rows]
        self.weight_draws = [0] * len(self.rows)
        self._seed = seed
        self._resolution = _resolution(problem.points)
        self._weights = [stream(seed, "points", name) for name in problem.criteria]
        self._cells = [stream(seed, "cell", name) for name in problem.drivers]
        self._choices = choices
        self._answers = [stream(seed, "answer", name) for name, _ in choices.sets] if choices else []
        self._base = [[problem.low[row][column] for column in self.columns] for row in self.rows]
        self._values, self._moving = _moving(problem, self.rows, self.columns)

    def run(self, draws: int) -> None:
        """Take so many more draws."""
        for _ in range(draws):
            points = self._draw_points()
            self._count(points, self._sums([points[column] for column in self.columns], self._cells))
        self.draws += draws

    def _sums(self, telling: Sequence[int], sources: Sequence[Random]) -> list[int]:
        """Totals of the kept rows: at the lower values, and what the unknown cells of this draw add.

        Each unknown is drawn once and shared by all alternatives that it is part of.
        """
        sums = [int(sumprod(telling, row)) for row in self._base]
        if self._moving:
            draws = [source.random() for source in sources]
            values = [value(draws) for value in self._values]
            for row, column, low, index in self._moving:
                sums[row] += telling[column] * (values[index] - low)
        return sums

    def _draw_points(self) -> list[int]:
        """Every criterion's points times its own multiplier; a criterion without points draws too, so that the
        streams of the others stay where they are."""
        points: Sequence[int] = self.problem.points
        if self._choices is not None:
            points = self._choices.pick([source.random() for source in self._answers])
        resolution = self._resolution
        return [
            weight * int(resolution * (0.5 + draw if draw < 0.5 else 2 * draw))
            for weight, draw in zip(points, [source.random() for source in self._weights], strict=True)
        ]

    def _count(self, points: list[int], sums: list[int]) -> None:
        best = max(sums)
        winners = (
            [row for row, total in enumerate(sums) if total == best] if sums.count(best) > 1 else [sums.index(best)]
        )
        share: Fraction | int = Fraction(1, len(winners)) if len(winners) > 1 else 1
        whole = sum(points)
        for row in winners:
            self.first[row] += share
            self.weight_draws[row] += 1
            sink = self.weight_sums[row]
            for column, weight in enumerate(points):
                if weight:
                    sink[column] += weight * 1_000_000 // whole
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
        if row is None or not self.weight_draws[row]:
            return None
        sums = self.weight_sums[row]
        whole = sum(sums)
        return [Fraction(value, whole) for value in sums]

    def confidence(self, name: str, draws: int = 1000) -> Fraction | None:
        """Confidence factor: share of draws of the unknown cells in which an alternative is best at its own central
        weights. 1 by theorem when no cell is unknown (method section 6.2); None when it is never first."""
        row = self._row(name)
        if row is None or not self.weight_draws[row]:
            return None
        if not self._moving:
            return Fraction(1)
        points = [self.weight_sums[row][column] // self.weight_draws[row] for column in self.columns]
        sources = [stream(self._seed, "confidence", driver) for driver in self.problem.drivers]
        hits = 0
        for _ in range(draws):
            sums = self._sums(points, sources)
            hits += sums[row] == max(sums)
        return Fraction(hits, draws)

    def _row(self, name: str) -> int | None:
        found = self.problem.ids.index(name)
        return self.rows.index(found) if found in self.rows else None


@dataclass(frozen=True, slots=True)
class Choices:
    """Questions answered "not sure": each draw takes one of their answers, all alike.

    Attributes:
        known: points per criterion before those questions, not clipped, on the scale of the problem's points.
        sets: per question its id and the points that each of its answers would add.
        fixed: criteria whose points the visitor set by hand; nothing is added to them.
    """

    known: tuple[int, ...]
    sets: tuple[tuple[str, tuple[tuple[int, ...], ...]], ...]
    fixed: frozenset[int] = frozenset()

    def may_count(self, column: int) -> bool:
        """True when some answer may give points to this criterion."""
        return any(additions[column] > 0 for _, possible in self.sets for additions in possible)

    def pick(self, draws: Sequence[float]) -> list[int]:
        """Points for one draw per question, clipped once at 0; all ones when all are 0."""
        sums = list(self.known)
        for (_, possible), draw in zip(self.sets, draws, strict=True):
            for column, add in enumerate(possible[int(draw * len(possible))]):
                if column not in self.fixed:
                    sums[column] += add
        points = [max(0, value) for value in sums]
        return points if any(points) else [1] * len(points)


def _telling_columns(problem: Problem, rows: Sequence[int]) -> list[int]:
    """Columns that can make a difference among these rows: with points, and not equal all the way down.

    Dropping a constant column changes no comparison, so it changes no count.
    """
    uncertain = {(cell.row, cell.column) for cell in problem.uncertain}
    return [
        column
        for column in range(len(problem.criteria))
        if any((row, column) in uncertain for row in rows) or len({problem.low[row][column] for row in rows}) > 1
    ]


def _moving(
    problem: Problem, rows: list[int], columns: list[int]
) -> tuple[list[Draw], list[tuple[int, int, int, int]]]:
    """Interval cells among the kept rows and columns: the distinct functions behind them, and per cell its row and
    column in the kept table, its lower value and the number of its function."""
    functions: dict[Draw, int] = {}
    cells = []
    for cell in problem.uncertain:
        if cell.row in rows and cell.column in columns:
            number = functions.setdefault(cell.value, len(functions))
            low = problem.low[cell.row][cell.column]
            cells.append((rows.index(cell.row), columns.index(cell.column), low, number))
    return list(functions), cells


def _resolution(points: Sequence[int]) -> int:
    """Steps per unit of the multiplier: as fine as keeps totals on the fast path, between 64 and 4096."""
    resolution = 4096
    while resolution > 64 and sum(points) * 2 * resolution * 1000 >= LIMIT:
        resolution //= 2
    return resolution
