"""At which weight of one criterion, or of a group of them, another alternative ties (method section 7).

The weights within a group keep their ratios, and so do those outside: only how much the group has of the whole moves,
as in the sensitivity graphs of Goodwin & Wright, Decision Analysis for Management Judgment, chapter 3.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from selector.scoring.problem import Problem

from .findings import row_of


@dataclass(frozen=True, slots=True)
class Crossover:
    """Where a rival ties with the alternative in question.

    Attributes:
        rival: the other alternative.
        share: what the group then has of all weight, 0..1.
        factor: what the weights of the group are then multiplied by, the others staying as they are; None where they
            are all 0 now.
        ahead_above: True when more weight for the group puts the alternative ahead, False when it puts the rival ahead.
    """

    rival: str
    share: Fraction
    factor: Fraction | None
    ahead_above: bool


def crossovers(problem: Problem, group: Collection[str], name: str | None = None) -> list[Crossover]:
    """Every rival that ties at some weight of the group, by that weight.

    With T what the group adds to a lead and C what the rest adds, the lead is f * T + C at factor f: it is none at
    f = -C / T. A group that has no weight now is taken with equal weights, so that its share can be raised from 0.

    Args:
        problem: the table; intervals count with the middle of their values.
        group: names of criteria, one or several.
        name: the alternative in question; default the first one.

    Raises:
        ValueError: an unknown name, or a group without criteria, or of all that have weight.
    """
    row = problem.order()[0] if name is None else row_of(problem, name)
    inside, outside = _parts(problem, group)
    have = [problem.points[column] for column in inside]
    found = []
    for rival, other in enumerate(problem.ids):
        gap = [
            mine + top - theirs - best
            for mine, top, theirs, best in zip(
                problem.low[row], problem.high[row], problem.low[rival], problem.high[rival], strict=True
            )
        ]
        moving, fixed = (sum(points * gap[column] for column, points in part.items()) for part in (inside, outside))
        if rival != row and moving and -fixed * moving >= 0:
            factor = Fraction(-fixed, moving)
            share = _share(inside, outside, factor)
            found.append(Crossover(other, share, factor if any(have) else None, moving > 0))
    return sorted(found, key=lambda item: (item.share, item.rival))


def stays_first(problem: Problem, group: Collection[str]) -> tuple[Fraction, Fraction]:
    """Between which shares of all weight (0..1) the group may lie for the first alternative to stay (joint) first."""
    found = crossovers(problem, group)
    return (
        max([item.share for item in found if item.ahead_above], default=Fraction(0)),
        min([item.share for item in found if not item.ahead_above], default=Fraction(1)),
    )


def _parts(problem: Problem, group: Collection[str]) -> tuple[dict[int, int], dict[int, int]]:
    """Points by column of the group, and of the rest."""
    unknown = set(group) - set(problem.criteria)
    if unknown or not group:
        raise ValueError(f"there is no criterion '{min(unknown)}'" if unknown else "the group has no criteria")
    inside = {column: problem.points[column] for column, name in enumerate(problem.criteria) if name in group}
    outside = {column: points for column, points in enumerate(problem.points) if column not in inside}
    if not any(outside.values()):
        raise ValueError("the group has all the weight, so its share cannot change")
    return inside if any(inside.values()) else dict.fromkeys(inside, 1), outside


def _share(inside: dict[int, int], outside: dict[int, int], factor: Fraction) -> Fraction:
    weight = factor * sum(inside.values())
    return weight / (weight + sum(outside.values()))
