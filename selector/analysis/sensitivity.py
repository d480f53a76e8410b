"""What would change a recommendation: answers, weights, cells and unknowns (method section 7). All exact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from selector.case.answers import UNSURE, Case, Value, in_force
from selector.case.requirements import Judge
from selector.case.situation import Situation, interpret
from selector.guide.guide import Guide
from selector.guide.model import Question
from selector.guide.values import ValueTable
from selector.scoring.recommend import RankedStrategy, Recommendation
from selector.scoring.totals import dot

Leaders = frozenset[str]


@dataclass(frozen=True, slots=True)
class Flip:
    """One answer that changes who comes first. `answer` is None for skipping the question."""

    question: str
    answer: Value | None
    leaders: Leaders


def leaders_of(guide: Guide, case: Case) -> Leaders:
    """Ids of the strategies that share the first rank: the whole pipeline without the explanations."""
    situation = interpret(guide, case)
    if not (situation.said or case.weights):
        return frozenset()
    return _leaders(guide, case, situation, ValueTable.of(guide, situation.owned))


def _leaders(guide: Guide, case: Case, situation: Situation, table: ValueTable) -> Leaders:
    points = situation.whole_points()
    judge = Judge(guide, situation, table, case.relax)
    best, found = -1, list[int]()
    for row, values in enumerate(table.twice):
        total = dot(points, values)
        if total >= best and judge.meets_all(row):
            if total > best:
                best, found = total, []
            found.append(row)
    return frozenset(guide.strategies[row].id for row in found)


def alternatives(question: Question, given: Value | None) -> Iterator[Value | None]:
    """Every other single answer to a question, and skipping it.

    For a many-question: each answer added or taken away. For a number: the first number of every other band.
    """
    if given is not None:
        yield None
    if question.kind == "many" and given != UNSURE:
        have = set(given) if isinstance(given, tuple) else set()
        for answer in question.answers:
            fresh = have ^ {answer.id}
            if fresh:
                yield tuple(item.id for item in question.answers if item.id in fresh)
        return
    for answer in question.answers:
        if question.kind == "number":
            number = max(answer.start or 0, question.minimum or 0)
            if not (isinstance(given, int) and _band(question, given) == answer.id):
                yield number
        elif question.kind == "many":
            yield (answer.id,)
        elif answer.id != given:
            yield answer.id


def _band(question: Question, number: int) -> str | None:
    bands = [answer.id for answer in question.answers if (answer.start or 0) <= number]
    return bands[-1] if bands else None


def with_answer(case: Case, question: str, answer: Value | None) -> Case:
    """The same case with one answer replaced, or skipped when None."""
    answers = {name: value for name, value in case.answers.items() if name != question}
    if answer is not None:
        answers[question] = answer
    return replace(case, answers=answers)


def flips(guide: Guide, case: Case) -> Iterator[Flip]:
    """Every single answer that changes the set of leaders, skipping included.

    Exhaustive over all questions in force, so that an empty result is a proof.
    """
    now = leaders_of(guide, case)
    for name in in_force(guide, case):
        yield from flips_of(guide, case, name, now)


def flips_of(guide: Guide, case: Case, question: str, now: Leaders) -> Iterator[Flip]:
    """Every other answer to one question that changes the set of leaders from `now`, skipping included."""
    for answer in alternatives(guide.question(question), case.answers.get(question)):
        leaders = leaders_of(guide, with_answer(case, question, answer))
        if leaders != now:
            yield Flip(question, answer, leaders)


@dataclass(frozen=True, slots=True)
class Crossover:
    """The number of points at which one criterion alone makes a rival tie; one point further the rival is ahead.

    `points` is exact and on the scale of the situation's points; `now` is what the criterion has.
    """

    criterion: str
    rival: str
    now: Fraction
    points: Fraction


def crossovers(result: Recommendation) -> list[Crossover]:
    """Per criterion the smallest change of its weight that lets a feasible rival draw level, nearest first.

    Closed form: with D = S_X - S_Y and d = v_Xj - v_Yj, raising s_j by t flips at t = D / -d when d < 0, lowering at
    t = D / d when d > 0 and t <= s_j (mid-points where cells are intervals).
    """
    winner = result.winner
    if winner is None:
        return []
    # From whole points, which are in lowest terms, back to the scale of the answers.
    unit = sum(result.situation.points) / Fraction(sum(result.points)) or Fraction(1)
    found = []
    for column, criterion in enumerate(result.guide.criteria):
        best = _nearest_rival(result, winner, column)
        if best is not None:
            change, rival = best
            now = result.points[column]
            found.append(Crossover(criterion.id, rival, now * unit, (now + change) * unit))
    return sorted(found, key=lambda item: (abs(item.points - item.now), item.criterion))


def _nearest_rival(result: Recommendation, winner: RankedStrategy, column: int) -> tuple[Fraction, str] | None:
    """The smallest change of the whole points of one criterion that lets a rival draw level, and which."""
    twice, have = result.table.twice, result.points[column]
    mine = twice[winner.row][column]
    # The change is -lead / gap. Compared by multiplying crosswise: a fraction for each pair would take long.
    best: tuple[int, int, str] | None = None
    for rival in result.feasible:
        gap = mine - twice[rival.row][column]
        if rival is winner or not gap:
            continue
        lead = winner.total.twice - rival.total.twice
        if gap > 0 and lead > have * gap:
            continue  # points cannot fall below 0
        if best is None or (lead * abs(best[1]), rival.strategy.id) < (best[0] * abs(gap), best[2]):
            best = lead, gap, rival.strategy.id
    return None if best is None else (Fraction(-best[0], best[1]), best[2])


@dataclass(frozen=True, slots=True)
class CellChange:
    """The smallest change of one value that lets a rival draw level: `strategy` would need `value` (0..1000, may lie
    outside when no level reaches it) instead of `now` on `criterion`."""

    strategy: str
    criterion: str
    now: int
    value: Fraction


def cell_changes(result: Recommendation) -> list[CellChange]:
    """Per criterion, how far the runner-up would have to rise, or the winner to fall, to draw level.

    Only changes that stay within 0..1000, nearest first: where a second source is worth its while.
    """
    winner, rival = result.winner, result.runner_up
    if winner is None or rival is None:
        return []
    lead = winner.total.twice - rival.total.twice
    found = []
    for column, criterion in enumerate(result.guide.criteria):
        weight = result.points[column]
        if not weight:
            continue
        step = Fraction(lead, 2 * weight)
        for place, sign in ((rival, 1), (winner, -1)):
            low, high = result.values(place)
            now = Fraction(low[column] + high[column], 2)
            if 0 <= now + sign * step <= 1000:
                found.append(CellChange(place.strategy.id, criterion.id, int(now), now + sign * step))
    return sorted(found, key=lambda item: (abs(item.value - item.now), item.criterion, item.strategy))
