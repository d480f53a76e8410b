"""Score against what a strategy costs: money a month, or an upkeep such as hours a month, with the efficient frontier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from selector.scoring.recommend import RankedStrategy, Recommendation

from .cost import Bill, bill

MONEY = ""
"""The measure that is money; any other is the id of a criterion whose upkeep is declared in units."""


@dataclass(frozen=True, slots=True)
class Point:
    """A strategy with its score and what it costs.

    Attributes:
        place: the strategy; its `total` is the score.
        low, high: least and most a month, in the unit of the measure. Between them the mid-point counts.
        better: ids of the strategies on the frontier that dominate this one: at least the score for at most the cost, and
            better on one of the two. Empty on the frontier itself.
    """

    place: RankedStrategy
    low: Fraction
    high: Fraction
    better: tuple[str, ...] = ()

    @property
    def efficient(self) -> bool:
        """True on the efficient frontier: no other strategy dominates this one."""
        return not self.better

    @property
    def cost(self) -> Fraction:
        """The mid-point."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class TradeOff:
    """Score against one measure, over all feasible strategies.

    Attributes:
        measure: MONEY, or the id of a criterion.
        unit: the guide's currency, or the unit of the criterion.
        points: in the order of the ranking, those that a preference lists later included.
        missing: strategies whose cost is not known, so that they are on neither side of the frontier.
    """

    measure: str
    unit: str
    points: tuple[Point, ...]
    missing: tuple[RankedStrategy, ...] = ()

    @property
    def frontier(self) -> tuple[Point, ...]:
        """The efficient points, cheapest first."""
        return tuple(sorted((point for point in self.points if point.efficient), key=lambda point: point.cost))


def trade_offs(result: Recommendation) -> list[TradeOff]:
    """Score against each thing that the guide has figures for: money where it has prices, then each upkeep."""
    guide, situation = result.guide, result.situation
    bills = [
        (place, bill(guide, place.strategy, situation.quantities, situation.free, place.editions))
        for place in result.feasible
    ]
    return [*(_money(bills) if guide.data.get("prices") else ()), *_upkeeps(bills)]


def _money(bills: list[tuple[RankedStrategy, Bill]]) -> Iterator[TradeOff]:
    known = [(place, found) for place, found in bills if not found.unpriced and not found.foreign]
    if bills:
        points = [Point(place, found.low, found.high) for place, found in known]
        missing = tuple(place for place, found in bills if found.unpriced or found.foreign)
        yield TradeOff(MONEY, bills[0][1].currency, _marked(points), missing)


def _upkeeps(bills: list[tuple[RankedStrategy, Bill]]) -> Iterator[TradeOff]:
    for number, upkeep in enumerate(bills[0][1].upkeep if bills else ()):
        spans = [(place, found.upkeep[number]) for place, found in bills]
        points = [Point(place, item.low, item.high) for place, item in spans]
        unit = next((item.unit for _, item in spans if item.own), upkeep.unit)
        yield TradeOff(upkeep.criterion, unit, _marked(points))


def _marked(points: list[Point]) -> tuple[Point, ...]:
    """The points with what dominates each, in the same order."""
    front: list[Point] = []
    for point in sorted(points, key=lambda point: (point.cost, -point.place.total.twice)):
        # Cheaper ones came before, so that only a higher score, or being the same in both, is on the frontier.
        if not front or not dominates(front[-1], point):
            front.append(point)
    return tuple(
        replace(point, better=tuple(other.place.strategy.id for other in front if dominates(other, point)))
        for point in points
    )


def dominates(one: Point, other: Point) -> bool:
    """True when `one` has at least the score for at most the cost, and is better on one of the two."""
    score, saved = one.place.total.twice - other.place.total.twice, other.cost - one.cost
    return score >= 0 and saved >= 0 and (score > 0 or saved > 0)
