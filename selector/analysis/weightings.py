"""Nearby weightings: how the points of criteria are drawn (method section 6.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from typing import Protocol

    from selector.scoring.problem import Problem

FINEST, COARSEST = 4096, 64
"""Steps per unit of the multiplier; even numbers, so that half of one is whole."""

FINE = 2**30
"""The same for tables of any numbers, whose totals are large anyway."""

LIMIT = 2**31
"""Totals above this leave the fast path of a C long on 32-bit WebAssembly. Still exact, only slower."""

Bounds = tuple[Sequence[int], Sequence[int]]
Additions = tuple[tuple[int, int], ...]


def stream(seed: int, kind: str, name: str) -> Random:
    """One stream of random numbers per criterion and per unknown, the same in every Python and every order.

    `Random.random` is the one method that Python keeps stable; the seed is a CRC, as `hash` is salted per process.
    """
    return Random(crc32(f"{seed}/{kind}/{name}".encode()))


if TYPE_CHECKING:

    class Sampler(Protocol):
        """Draws points per criterion; `Weightings` is one, `selector.bare.statements` has others."""

        @property
        def least(self) -> Sequence[int]:
            """Fewest points that a criterion can get, on one scale with what is drawn."""

        @property
        def most(self) -> Sequence[int]:
            """Most points that a criterion can get; 0 for one that never counts."""

        def bases(self, count: int) -> list[list[int]] | None:
            """What the next draws of all criteria have in common, if anything."""

        def column(self, column: int, count: int, bases: Sequence[Sequence[int]] | None) -> list[int]:
            """The next draws of one criterion's points; `bases` are those of the same draws."""

    class Statement(Protocol):
        """What is known about weights."""

        def sampler(self, problem: Problem, seed: int) -> Sampler:
            """Weights of this problem that agree with the statement, all alike."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Questions answered "not sure": each draw takes one of their answers, all alike.

    Attributes:
        known: points per criterion before those questions, not clipped, on the scale of the problem's points.
        sets: per question its id and, per answer, (column, points) for what it would add.
    """

    known: tuple[int, ...]
    sets: tuple[tuple[str, tuple[Additions, ...]], ...]

    def pick(self, draws: Sequence[float]) -> list[int]:
        """Points for one draw per question, clipped once at 0; all ones when all are 0."""
        sums = list(self.known)
        for (_, possible), draw in zip(self.sets, draws, strict=True):
            for column, add in possible[int(draw * len(possible))]:
                sums[column] += add
        points = [value if value > 0 else 0 for value in sums]
        return points if any(points) else [1] * len(points)

    def bounds(self) -> Bounds:
        """Fewest and most points that each criterion may get."""
        least, most = list(self.known), list(self.known)
        for _, possible in self.sets:
            answers = [dict(additions) for additions in possible]
            for column in {column for additions in answers for column in additions}:
                added = [additions.get(column, 0) for additions in answers]
                least[column] += min(added)
                most[column] += max(added)
        # When all are 0 each counts one, so with nothing certain each may.
        top = [max(0, value) for value in most] if any(value > 0 for value in least) else [max(1, v) for v in most]
        return [max(0, value) for value in least], top


class Weightings:
    """Draws weightings near the given points: each criterion's points times its own multiplier from half to double,
    half of the draws below one, f(u) = 1/2 + u below one half, else 2u. Whole numbers, in steps of 1/resolution.

    Each criterion and each "not sure" has a separate stream, so that drawing for some criteria only, or in another
    order, changes nothing for the others.

    Attributes:
        least, most: bounds of what is drawn per criterion, both times the same factor.
    """

    def __init__(
        self,
        criteria: Sequence[str],
        points: Sequence[int],
        seed: int,
        choices: Choices | None = None,
        *,
        fine: bool = False,
    ) -> None:
        self._points = points
        self._choices = choices
        fewest, most = (points, points) if choices is None else choices.bounds()
        self.least = tuple(fewest)
        self.most = tuple(4 * value for value in most)
        self._resolution = FINE if fine else _resolution(most)
        self._answers = [stream(seed, "answer", name).random for name, _ in choices.sets] if choices else []
        self._sources = [stream(seed, "points", name).random for name in criteria]

    def bases(self, count: int) -> list[list[int]] | None:
        """Points per criterion before the multipliers, for each of the next draws; None when they are always the
        same, as no answer is "not sure"."""
        if self._choices is None:
            return None
        pick, answers = self._choices.pick, self._answers
        return [pick([random() for random in answers]) for _ in range(count)]

    def column(self, column: int, count: int, bases: Sequence[Sequence[int]] | None) -> list[int]:
        """The next draws of one criterion's points; `bases` are those of the same draws."""
        random = self._sources[column]
        resolution, half, double = self._resolution, self._resolution // 2, 2 * self._resolution
        drawn = [random() for _ in range(count)]
        if bases is None:
            weight = self._points[column]
            return [weight * (half + int(resolution * u) if u < 0.5 else int(double * u)) for u in drawn]
        return [
            points[column] * (half + int(resolution * u) if u < 0.5 else int(double * u))
            for points, u in zip(bases, drawn, strict=True)
        ]


def _resolution(points: Sequence[int]) -> int:
    """Steps per unit of the multiplier: as fine as keeps totals on the fast path."""
    resolution = FINEST
    while resolution > COARSEST and sum(points) * 2 * resolution * 1000 >= LIMIT:
        resolution //= 2
    return resolution
