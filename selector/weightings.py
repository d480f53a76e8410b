"""Nearby weightings: how the points of criteria are drawn (method section 6.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from zlib import crc32

FINEST, COARSEST = 4096, 64
"""Steps per unit of the multiplier; even numbers, so that half of one is whole."""

LIMIT = 2**31
"""Totals above this leave the fast path of a C long on 32-bit WebAssembly. Still exact, only slower."""

Bounds = tuple[Sequence[int], Sequence[int]]
Additions = tuple[tuple[int, int], ...]


def stream(seed: int, kind: str, name: str) -> Random:
    """One stream of random numbers per criterion and per unknown, the same in every Python and every order.

    `Random.random` is the one method that Python keeps stable; the seed is a CRC, as `hash` is salted per process.
    """
    return Random(crc32(f"{seed}/{kind}/{name}".encode()))


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

    Attributes:
        least, most: bounds of what `draw` gives per criterion, both times the same factor.
    """

    def __init__(self, criteria: Sequence[str], points: Sequence[int], seed: int, choices: Choices | None) -> None:
        self._points = points
        self._choices = choices
        fewest, most = (points, points) if choices is None else choices.bounds()
        self.least = tuple(fewest)
        self.most = tuple(4 * value for value in most)
        self._resolution = _resolution(most)
        self._answers = [stream(seed, "answer", name).random for name, _ in choices.sets] if choices else []
        self._sources = [stream(seed, "points", name).random for name in criteria]
        self.take(range(len(criteria)))

    def take(self, columns: Sequence[int]) -> None:
        """Draw only for these criteria from now on, in this order. Others have streams of their own, so that leaving
        them out changes nothing."""
        self._columns = columns
        self._drawn = [self._sources[column] for column in columns]
        self._taken = [self._points[column] for column in columns]

    def draw(self) -> list[int]:
        """One weighting."""
        taken = self._taken
        if self._choices is not None:
            points = self._choices.pick([random() for random in self._answers])
            taken = [points[column] for column in self._columns]
        half, double = self._resolution // 2, 2 * self._resolution
        resolution = self._resolution
        return [
            weight * (half + int(resolution * draw) if draw < 0.5 else int(double * draw))
            for weight, draw in zip(taken, [random() for random in self._drawn], strict=True)
        ]


def _resolution(points: Sequence[int]) -> int:
    """Steps per unit of the multiplier: as fine as keeps totals on the fast path."""
    resolution = FINEST
    while resolution > COARSEST and sum(points) * 2 * resolution * 1000 >= LIMIT:
        resolution //= 2
    return resolution
