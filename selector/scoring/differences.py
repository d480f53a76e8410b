"""Why X rather than Y: differences between two alternatives, criterion by criterion (method section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """What one criterion adds to the lead of X over Y.

    `twice` is 2 * s_j * (v_Xj - v_Yj), exact, with mid-points where cells are intervals; negative favours Y.
    """

    criterion: str
    twice: int


def differences(
    criteria: Sequence[str],
    points: Sequence[int],
    mine: tuple[Sequence[int], Sequence[int]],
    theirs: tuple[Sequence[int], Sequence[int]],
) -> list[Difference]:
    """d_j = s_j * (v_Xj - v_Yj) for every criterion with a difference, largest first; they add up to S_X - S_Y.

    Args:
        criteria: ids.
        points: whole points s_j.
        mine, theirs: (lower values, upper values) of X and of Y.
    """
    found = [
        Difference(criterion, weight * (low + high - other_low - other_high))
        for criterion, weight, low, high, other_low, other_high in zip(criteria, points, *mine, *theirs, strict=True)
    ]
    return sorted((item for item in found if item.twice), key=lambda item: (-item.twice, item.criterion))


def sufficient(found: Sequence[Difference]) -> list[str]:
    """The fewest arguments for X that together outweigh everything that favours Y.

    Positive differences, largest first, until their sum reaches the sum of the negative ones. Empty when X is not
    ahead. Taking the largest first is exact for "fewest", as only sums of positive numbers are compared.
    """
    against = -sum(item.twice for item in found if item.twice < 0)
    chosen: list[str] = []
    gathered = 0
    for item in sorted(found, key=lambda item: (-item.twice, item.criterion)):
        if item.twice <= 0:
            break
        chosen.append(item.criterion)
        gathered += item.twice
        if gathered > against:
            return chosen
    return []


def at_the_bottom(points: Sequence[int], low: Sequence[int], most: int = 5) -> list[int]:
    """Columns on which an alternative has (or may have) the worst value although the visitor cares about them.

    "Cares" means: with more points than the mean of all, and among the `most` criteria with the most points; all that
    have as many as the last of those are among them, so that the order of criteria decides nothing. A warning, never
    a veto: an additive model lets small gains buy a serious hole, and the reader must see the hole (section 4).
    """
    mean = sum(points) / len(points)
    least = sorted(points, reverse=True)[:most][-1]
    top = [column for column, value in enumerate(points) if value > mean and value >= least]
    return sorted((column for column in top if low[column] == 0), key=lambda column: -points[column])
