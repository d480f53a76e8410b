"""Scores as one criterion gets more of the weight, and where another strategy takes the lead (method section 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from selector.guide.model import FULL
from selector.scoring.recommend import RankedStrategy, Recommendation
from selector.scoring.totals import dot


@dataclass(frozen=True, slots=True)
class Line:
    """The score of a strategy (0..100) as a function of one criterion's share of all weight: a straight line, as the
    other weights keep their ratios.

    Attributes:
        none, all: the score when the criterion has no weight, and when it has all of it; mid-points of intervals.
    """

    place: RankedStrategy
    none: Fraction
    all: Fraction

    @property
    def slope(self) -> Fraction:
        """What all of the weight adds."""
        return self.all - self.none

    def at(self, share: Fraction) -> Fraction:
        """The score at a share of 0..1."""
        return self.none + share * self.slope


@dataclass(frozen=True, slots=True)
class Crossing:
    """The share (0..1) from which on, as the criterion gets more weight, another strategy has the highest score."""

    share: Fraction
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WeightLines:
    """Every contender's line over the weight of one criterion.

    Attributes:
        criterion: its id.
        now: its share of all weight (0..1) with the answers as they are.
        near: its share at half and at double the weight, the others staying as they are.
        lines: one per contender, in the order of the ranking.
        crossings: every change of the leader from no weight to all of it, in that order.
    """

    criterion: str
    now: Fraction
    near: tuple[Fraction, Fraction]
    lines: tuple[Line, ...]
    crossings: tuple[Crossing, ...]

    @property
    def leaders(self) -> tuple[str, ...]:
        """Ids of the strategies that lead at some weight, from no weight to all of it."""
        found = [self.crossings[0].before, *(item.after for item in self.crossings)] if self.crossings else []
        return tuple(dict.fromkeys(found))


def adjustable(result: Recommendation) -> list[str]:
    """Ids of the criteria whose share can change and that do not rate all contenders alike; the heaviest first."""
    rows = [result.table.twice[place.row] for place in result.contenders]
    whole = sum(result.points)
    found = [
        (-points, column)
        for column, points in enumerate(result.points)
        if points < whole and len({row[column] for row in rows}) > 1
    ]
    return [result.guide.criteria[column].id for _, column in sorted(found)]


def weight_lines(result: Recommendation, criterion: str) -> WeightLines:
    """The contenders' lines over one weight. A line is (1 - w) * R + w * v: R the score by the other criteria, v the value
    on this one, w its share of all weight (Goodwin & Wright 2014, chapter 3, sensitivity analysis).

    Raises:
        KeyError: an unknown criterion.
        ValueError: the criterion has all the weight, so its share cannot change.
    """
    column = result.guide.column(criterion)
    mine, whole = result.points[column], sum(result.points)
    rest = whole - mine
    if not rest:
        raise ValueError(f"'{criterion}' has all the weight, so its share cannot change")
    lines = []
    for place in result.contenders:
        twice = result.table.twice[place.row]
        others = dot(result.points, twice) - mine * twice[column]
        unit = Fraction(100, 2 * FULL)
        lines.append(Line(place, unit * others / rest, unit * twice[column]))
    return WeightLines(
        criterion=result.guide.criteria[column].id,
        now=Fraction(mine, whole),
        near=(Fraction(mine, mine + 2 * rest), Fraction(2 * mine, 2 * mine + rest)),
        lines=tuple(lines),
        crossings=tuple(_crossings(lines)),
    )


def _crossings(lines: Sequence[Line]) -> list[Crossing]:
    """The upper envelope of the lines, walked from no weight to all of it. Of equal lines the better ranked leads."""
    found: list[Crossing] = []
    if not lines:
        return found
    share = Fraction(0)
    leader = max(lines, key=lambda line: (line.none, line.slope))
    while True:
        steeper = [(_meet(leader, line), line) for line in lines if line.slope > leader.slope]
        ahead = [(at, line) for at, line in steeper if share <= at < 1]
        if not ahead:
            return found
        share = min(at for at, _ in ahead)
        following = max((line for at, line in ahead if at == share), key=lambda line: line.slope)
        found.append(Crossing(share, leader.place.strategy.id, following.place.strategy.id))
        leader = following


def _meet(one: Line, other: Line) -> Fraction:
    """The share at which two lines of different slope meet."""
    return (one.none - other.none) / (other.slope - one.slope)
