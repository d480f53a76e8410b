"""Near-twins: strategies that an answer hardly tells apart, and that should be named together (method section 9).

A copy of an option splits the share of nearby weightings in which the two rank first: each alone looks less firm than
they are together. Two strategies are near-twins when they differ in one member, both members do the same jobs, and all
that sets the two apart, whichever of them it favours, weighs at most `NEAR` of 100 points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from selector.guide.model import FULL
from selector.guide.strategies import Strategy
from selector.scoring.recommend import RankedStrategy, Recommendation

NEAR = 3
"""Points of 100 that all differences of two near-twins together may weigh. About one step on one criterion."""


def swapped(one: Strategy, other: Strategy) -> tuple[str, str] | None:
    """The members in which two strategies differ, when it is one each and both fill the same roles; else None."""
    mine, theirs = set(one.members) - set(other.members), set(other.members) - set(one.members)
    if len(mine) != 1 or len(theirs) != 1 or one.pattern != other.pattern:
        return None
    before, after = mine.pop(), theirs.pop()
    filled = {role: after if member == before else member for role, member in one.filled.items()}
    return (before, after) if filled == dict(other.filled) else None


def distance(result: Recommendation, one: RankedStrategy, other: RankedStrategy) -> Fraction:
    """All differences of two strategies together, on the scale of scores (0..100).

    The sum over all criteria of points times the difference of values (mid-points where cells are intervals), without
    signs: what favours one does not make up for what favours the other. Never less than the difference of scores.
    """
    mine, theirs = result.table.twice[one.row], result.table.twice[other.row]
    apart = sum(points * abs(a - b) for points, a, b in zip(result.points, mine, theirs, strict=True))
    return Fraction(100 * apart, 2 * FULL * sum(result.points))


def near_ties(result: Recommendation) -> list[tuple[RankedStrategy, Fraction]]:
    """Feasible near-twins of the winner with their distance from it, nearest first."""
    winner = result.winner
    if winner is None:
        return []
    found = [
        (place, distance(result, winner, place))
        for place in result.contenders
        if place is not winner and swapped(winner.strategy, place.strategy)
    ]
    near = [(place, apart) for place, apart in found if apart <= NEAR]
    return sorted(near, key=lambda item: (item[1], item[0].strategy.id))


def joint_share(shares: Mapping[str, Fraction], places: Iterable[RankedStrategy]) -> Fraction:
    """The share of nearby weightings in which one or another of some strategies ranks first."""
    return sum((shares.get(place.strategy.id, Fraction()) for place in places), Fraction())
