"""What follows from a table at its own weights: differences, sufficient reasons, dominance, rank bounds. All exact.

Cells that are intervals count with the middle of their values, except where "certain" is said.
"""

from __future__ import annotations

from fractions import Fraction

from selector.analysis.cell_changes import level_changes
from selector.scoring import differences as gaps
from selector.scoring import totals
from selector.scoring.problem import Problem


def row_of(problem: Problem, name: str) -> int:
    """The row of an alternative.

    Raises:
        ValueError: there is none of this name.
    """
    if name not in problem.ids:
        raise ValueError(f"there is no alternative '{name}'")
    return problem.ids.index(name)


def differences(problem: Problem, mine: str, theirs: str) -> dict[str, Fraction]:
    """What each criterion adds to the lead of one alternative over another, in the unit of scores, largest first.

    They add up to the difference of the two scores. Criteria without a difference are left out.
    """
    unit = 2 * problem.scale * sum(problem.points)
    return {item.criterion: Fraction(item.twice, unit) for item in _gaps(problem, mine, theirs)}


def sufficient_reasons(problem: Problem, mine: str, theirs: str) -> list[str]:
    """The fewest criteria that together outweigh everything that favours the other; empty when it is not behind."""
    return gaps.sufficient(_gaps(problem, mine, theirs))


def _gaps(problem: Problem, mine: str, theirs: str) -> list[gaps.Difference]:
    sides = [(problem.low[row], problem.high[row]) for row in (row_of(problem, mine), row_of(problem, theirs))]
    return gaps.differences(problem.criteria, problem.points, *sides)


def dominated(problem: Problem, *, every: bool = False) -> dict[str, list[str]]:
    """Alternatives that are certainly no better than another one on any criterion and worse on one, with those others.

    Only criteria with weight count, unless `every` is asked for.
    """
    columns = [column for column, points in enumerate(problem.points) if points or every]
    found = {
        name: [
            other
            for better, other in enumerate(problem.ids)
            if better != row and totals.dominates(problem.low[better], problem.high[row], columns)
        ]
        for row, name in enumerate(problem.ids)
    }
    return {name: others for name, others in found.items() if others}


def rank_bounds(problem: Problem) -> dict[str, tuple[int, int]]:
    """The best and the worst rank that each alternative can have once the uncertain cells are known, at the problem's
    own weights. Conservative where alternatives share an unknown."""
    return dict(zip(problem.ids, totals.rank_bounds(problem.totals()), strict=True))


def cell_changes(problem: Problem, mine: str, theirs: str) -> dict[str, Fraction]:
    """Per criterion with weight, the change of one value that makes two alternatives tie, smallest first.

    In the unit of values: added to the value of the one that is behind, or taken from the one that is ahead. A change
    may be larger than the scale of the criterion; then this value alone cannot do it.
    """
    found = level_changes(problem, row_of(problem, mine), row_of(problem, theirs))
    return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))
