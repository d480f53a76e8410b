"""The smallest change of one cell that makes two alternatives tie (method section 7)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from selector.guide.guide import Guide
from selector.scoring.problem import Problem
from selector.scoring.recommend import Recommendation
from selector.scoring.totals import dot

from .uncertainty import problem_of


def level_changes(problem: Problem, one: int, other: int) -> dict[str, Fraction]:
    """Per criterion with weight, by how much one value of two rows has to change for equal scores, in the unit of values.

    |S_one - S_other| / s_j: taken from the value of the row that is ahead, or added to that of the other. Intervals count
    with their mid-points. A change may be larger than the scale.
    """
    apart = abs(_total(problem, one) - _total(problem, other))
    return {
        name: Fraction(apart, 2 * points * problem.scale)
        for name, points in zip(problem.criteria, problem.points, strict=True)
        if points
    }


def _total(problem: Problem, row: int) -> int:
    """Two times the mid-point total of a row."""
    return dot(problem.points, problem.low[row]) + dot(problem.points, problem.high[row])


@dataclass(frozen=True, slots=True)
class CellChange:
    """One rating that, changed alone, puts another strategy level with the first one or ahead of it.

    Attributes:
        criterion: its id.
        strategy: whose rating it is: the first one's, or that of `rival`.
        rival: the strategy that ties.
        now: the value as it is (0..1000), the mid-point of an interval.
        needed: the value at which the two tie, 0..1000; lower than `now` for the first one's rating.
        level: id of the nearest level at which they are level or the rival is ahead; None when no level reaches it.
    """

    criterion: str
    strategy: str
    rival: str
    now: Fraction
    needed: Fraction
    level: str | None

    @property
    def change(self) -> Fraction:
        """How far the value has to move."""
        return abs(self.needed - self.now)


def cell_changes(result: Recommendation) -> list[CellChange]:
    """Every criterion's smallest change of one rating of the first strategy and of one of its rivals, smallest first.

    Rivals are the other contenders. A rating counts as the strategy has it; that members share it with other strategies is
    left aside. Nothing while the first place is shared: then no change is needed.
    """
    if result.winner is None or len(result.leaders) > 1 or len(result.contenders) < 2:
        return []
    problem = problem_of(result, result.contenders)
    changes = [level_changes(problem, 0, row) for row in range(1, len(problem.ids))]
    found = [*_falls(result.guide, problem, changes[0]), *_rises(result.guide, problem, changes)]
    return sorted(found, key=lambda item: (item.change, item.criterion, item.strategy))


def _falls(guide: Guide, problem: Problem, changes: dict[str, Fraction]) -> list[CellChange]:
    """Ratings of the first one: if they fall, it is the second that passes."""
    found = []
    for criterion, change in changes.items():
        now = _middle(problem, 0, criterion)
        needed = now - change
        if needed >= 0:
            levels = [level for level in guide.criterion(criterion).levels if level.value <= needed]
            best = max(levels, key=lambda level: level.value).id if levels else None
            found.append(CellChange(criterion, problem.ids[0], problem.ids[1], now, needed, best))
    return found


def _rises(guide: Guide, problem: Problem, changes: list[dict[str, Fraction]]) -> list[CellChange]:
    """Per criterion the rival whose rating has to rise least."""
    found = []
    for criterion in changes[0]:
        able = []
        for row, needs in enumerate(changes, start=1):
            now = _middle(problem, row, criterion)
            top = max(level.value for level in guide.criterion(criterion).levels)
            if now + needs[criterion] <= top:
                able.append((needs[criterion], row, now))
        if able:
            change, row, now = min(able)
            needed = now + change
            levels = [level for level in guide.criterion(criterion).levels if level.value >= needed]
            nearest = min(levels, key=lambda level: level.value).id
            found.append(CellChange(criterion, problem.ids[row], problem.ids[row], now, needed, nearest))
    return found


def _middle(problem: Problem, row: int, criterion: str) -> Fraction:
    column = problem.criteria.index(criterion)
    return Fraction(problem.low[row][column] + problem.high[row][column], 2)
