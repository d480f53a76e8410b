"""Totals, ranks and dominance of strategies: the additive value function in whole numbers (method section 3)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import sumprod

Row = Sequence[int]


@dataclass(frozen=True, slots=True)
class Totals:
    """Score bounds of one alternative, exact: sums of points times value. `low` <= `high`.

    The nominal order uses the mid-point; `twice` is low + high, so that halves stay whole.
    """

    low: int
    high: int

    @property
    def twice(self) -> int:
        """Two times the mid-point."""
        return self.low + self.high


def totals(points: Row, low: Sequence[Row], high: Sequence[Row]) -> list[Totals]:
    """S_i = sum_j s_j * v_ij for every row, for the lower and the upper values.

    Args:
        points: whole points s_j per criterion, at least 0.
        low, high: values v_ij, 0..1000, one row per alternative.
    """
    if low is high or low == high:
        return [Totals(total, total) for total in (dot(points, row) for row in low)]
    found = []
    for worst, best in zip(low, high, strict=True):
        least = dot(points, worst)
        found.append(Totals(least, least if worst is best else dot(points, best)))
    return found


def dot(points: Row, values: Row) -> int:
    """sum_j s_j * v_j of whole numbers, exact."""
    return int(sumprod(points, values))


def percent(total: int, points: Row) -> float:
    """A total as a score from 0 to 100, divided once, for display only. 0 when there are no points."""
    whole = sum(points)
    return total / (10 * whole) if whole else 0.0


def ranks[Key: (int, tuple[int, ...])](keys: Sequence[Key]) -> list[int]:
    """r_i = 1 + number of larger keys. Equal keys share a rank."""
    first: dict[Key, int] = {}
    for place, key in enumerate(sorted(keys, reverse=True), start=1):
        first.setdefault(key, place)
    return [first[key] for key in keys]


def rank_bounds(sums: Sequence[Totals]) -> list[tuple[int, int]]:
    """The best and the worst rank that each alternative may turn out to have (method section 8).

    `1 + #{k : low_k > high_i}` and `1 + #{k != i : high_k > low_i}`. Conservative where alternatives share an unknown.
    """
    lows, highs = sorted(total.low for total in sums), sorted(total.high for total in sums)
    count = len(sums)
    return [
        (
            1 + count - bisect_right(lows, total.high),
            1 + count - bisect_right(highs, total.low) - (total.high > total.low),
        )
        for total in sums
    ]


def dominates(best: Row, worst: Row, columns: Sequence[int]) -> bool:
    """True when an alternative with at least `best` beats one with at most `worst` on these columns for certain.

    At least as good on all of them and better on one, whatever the unknown cells turn out to be.
    """
    better = False
    for column in columns:
        if best[column] < worst[column]:
            return False
        better = better or best[column] > worst[column]
    return better
