"""What is known about the weights of a table, as statements that `Sampling` takes (method section 6.2).

Each draws exactly, without walking through the polytope: the spacings of sorted uniform numbers are uniform on the
simplex, and sorting them and handing them out by importance keeps that on every part that an order cuts out of it
(Devroye, Non-Uniform Random Variate Generation, 1986, chapter V.2; Tervonen & Lahdelma 2007 for SMAA).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any

from selector.analysis.weightings import FINE, stream
from selector.scoring.problem import Problem
from selector.scoring.value_functions import rational

if TYPE_CHECKING:
    from selector.analysis.weightings import Sampler


@dataclass(frozen=True)
class Bands:
    """Each weight anywhere from 1 / factor to factor times the problem's, half of the draws below it. `factor` is a
    number above 1; `Sampling` without a statement has 2."""

    factor: Any = 2

    def sampler(self, problem: Problem, seed: int) -> Sampler:
        """Draws of this problem's weights. Raises ValueError for a factor of 1 or less."""
        factor = rational(self.factor)
        if factor <= 1:
            raise ValueError(f"the factor of a band is above 1, not {self.factor}")
        return _Multiplied(problem, seed, factor.numerator, factor.denominator)


@dataclass(frozen=True)
class Fixed:
    """The problem's weights as they are: only uncertain cells are drawn."""

    def sampler(self, problem: Problem, seed: int) -> Sampler:
        """The same weights in each draw."""
        return _Same(problem.points)


@dataclass(frozen=True)
class Simplex:
    """Nothing is known: all weights that add up to the whole are alike. The problem's own weights do not count."""

    def sampler(self, problem: Problem, seed: int) -> Sampler:
        """Draws from the whole simplex."""
        return _Tiered(problem, seed, [problem.criteria])


@dataclass(frozen=True)
class Order:
    """A complete order of importance, the most important criterion first; the problem's own weights do not count.

    The mean of the draws is the rank order centroid.
    """

    criteria: Sequence[str]

    def sampler(self, problem: Problem, seed: int) -> Sampler:
        """Draws that keep the order. Raises ValueError when a criterion is missing, unknown or named twice."""
        return _Tiered(problem, seed, [[name] for name in self.criteria])


@dataclass(frozen=True)
class Tiers:
    """Classes of importance: each criterion of one counts at least as much as each of the next, and nothing more is
    known. The problem's own weights do not count."""

    tiers: Sequence[Sequence[str]]

    def sampler(self, problem: Problem, seed: int) -> Sampler:
        """Draws that keep the classes. Raises ValueError when a criterion is missing, unknown or named twice."""
        return _Tiered(problem, seed, self.tiers)


class _Multiplied:
    """Points times multipliers; the median is the given weight."""

    def __init__(self, problem: Problem, seed: int, over: int, under: int) -> None:
        # One unit is 1 / (over * under * FINE) of a point.
        self._points = problem.points
        self._floor, self._given, self._ceiling = under * under, over * under, over * over
        self._sources = [stream(seed, "points", name).random for name in problem.criteria]
        self.least = [points * self._floor * FINE for points in problem.points]
        self.most = [points * self._ceiling * FINE for points in problem.points]

    def bases(self, count: int) -> None:
        """Nothing: each criterion is drawn for itself."""

    def column(self, column: int, count: int, bases: object) -> list[int]:
        """The next draws of one criterion."""
        random, points = self._sources[column], self._points[column]
        floor, given, ceiling = self._floor, self._given, self._ceiling
        steps = [int(random() * 2 * FINE) for _ in range(count)]
        return [
            points * (floor * FINE + (given - floor) * step)
            if step < FINE
            else points * (given * FINE + (ceiling - given) * (step - FINE))
            for step in steps
        ]


class _Same:
    """The same points always."""

    def __init__(self, points: Sequence[int]) -> None:
        self.least = self.most = points

    def bases(self, count: int) -> None:
        """Nothing is drawn."""

    def column(self, column: int, count: int, bases: object) -> list[int]:
        """One criterion's points, so many times."""
        return [self.least[column]] * count


class _Tiered:
    """Spacings of sorted numbers, the largest for the first tier, in random order within a tier."""

    def __init__(self, problem: Problem, seed: int, tiers: Sequence[Sequence[str]]) -> None:
        named = [name for tier in tiers for name in tier]
        if sorted(named) != sorted(problem.criteria):
            wrong = set(named) ^ set(problem.criteria) or {name for name in named if named.count(name) > 1}
            raise ValueError(f"each criterion has to be named once: {', '.join(sorted(wrong))}")
        columns = {name: column for column, name in enumerate(problem.criteria)}
        # By name within a tier, so that the order in which criteria are listed changes nothing.
        self._tiers = [[columns[name] for name in sorted(tier)] for tier in tiers]
        self._keys = [stream(seed, "key", name).random for name in problem.criteria]
        self._cuts: Random = stream(seed, "cuts", str(len(columns)))
        self.least = [0] * len(columns)
        self.most = [FINE] * len(columns)

    def bases(self, count: int) -> list[list[int]]:
        """Whole weightings, each adding up to FINE."""
        return [self._weighting() for _ in range(count)]

    def _weighting(self) -> list[int]:
        random = self._cuts.random
        cuts = sorted([int(random() * FINE) for _ in self.least[1:]])
        parts = sorted((right - left for left, right in pairwise([0, *cuts, FINE])), reverse=True)
        found, used = [0] * len(parts), 0
        for tier in self._tiers:
            keys = {column: self._keys[column]() for column in tier}
            for column in sorted(tier, key=keys.__getitem__):
                found[column] = parts[used]
                used += 1
        return found

    def column(self, column: int, count: int, bases: Sequence[Sequence[int]] | None) -> list[int]:
        """One criterion's weights in these weightings."""
        assert bases is not None  # `bases` gives them
        return [weighting[column] for weighting in bases]
