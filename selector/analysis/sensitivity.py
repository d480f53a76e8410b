"""What would change a recommendation: answers, gates and single weights (method section 7). All exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from selector.case.answers import UNSURE, Case, Value, in_force
from selector.case.choice import each_row
from selector.case.fixed import fixed_answers
from selector.case.requirements import Gates
from selector.case.situation import Situation, interpret
from selector.guide.guide import Guide
from selector.guide.model import FULL, Question
from selector.guide.values import ValueTable
from selector.scoring.recommend import RankedStrategy, Recommendation
from selector.scoring.totals import dot

Leaders = frozenset[str]


@dataclass(frozen=True, slots=True)
class Flip:
    """One answer that changes who ranks first. `answer` is None for skipping the question."""

    question: str
    answer: Value | None
    leaders: Leaders


REACH = 6
"""Points of 100 behind the first from which on a strategy is not counted on to rank first. Among 600 problems the
first one's share of nearby weightings was 0.69 with two to four points ahead and 0.98 above eight (method 6.2)."""

WHOLE = 1_000_000
"""Parts of all chances together."""

Chances = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FirstPlace:
    """Who ranks first in a case, and how firmly: the leaders, and who could rank first with what chance, in parts of
    WHOLE. The chance falls with the distance from the first, to none at REACH points; "" stands for nothing at all."""

    leaders: Leaders
    chances: Chances


def leaders_of(guide: Guide, case: Case) -> Leaders:
    """Ids of the strategies that share the first rank: the whole pipeline without the explanations."""
    situation = interpret(guide, case)
    if not (situation.informed or case.weights):
        return frozenset()
    _, totals = _totals(guide, case, situation)
    return _first(guide, totals)


def contender_totals(guide: Guide, case: Case) -> tuple[tuple[int, ...], dict[int, int]]:
    """The points in a case, and by row two times the total of each contender: what no requirement rules out and no
    preference lists later."""
    return _totals(guide, case, interpret(guide, case))


def first_place_of(guide: Guide, case: Case) -> FirstPlace:
    """The leaders and how firmly they lead. Before any answer nothing leads, but the guide's own weights have a say."""
    situation = interpret(guide, case)
    points, totals = _totals(guide, case, situation)
    said = situation.informed or case.weights
    return FirstPlace(_first(guide, totals) if said else frozenset(), _chances(guide, points, totals))


def _totals(guide: Guide, case: Case, situation: Situation) -> tuple[tuple[int, ...], dict[int, int]]:
    """The points, and the totals of the contenders by row."""
    points = situation.whole_points()
    gates = Gates(guide, situation, ValueTable.of(guide, situation.free), case.relax)
    return points, {row: dot(points, gates.table.twice[row]) for row in each_row(gates.contenders)}


def _first(guide: Guide, totals: Mapping[int, int]) -> Leaders:
    best = max(totals.values(), default=0)
    return frozenset(guide.strategies[row].id for row, total in totals.items() if total == best)


def _chances(guide: Guide, points: Sequence[int], totals: Mapping[int, int]) -> Chances:
    """Whole numbers: the same in every Python."""
    if not totals:
        return {"": WHOLE}
    least = max(totals.values()) - REACH * sum(points) * 2 * FULL // 100
    near = {row: (total - least) ** 2 for row, total in totals.items() if total > least}
    every = sum(near.values())
    return {guide.strategies[row].id: WHOLE * part // every for row, part in near.items()}


def apart(one: Chances, other: Chances) -> Fraction:
    """How much the chances of two cases differ, 0..1: 1 when nothing that could rank first in one can in the
    other, and little when two that were close change places."""
    names = one.keys() | other.keys()
    return Fraction(sum(abs(one.get(name, 0) - other.get(name, 0)) for name in names), 2 * WHOLE)


def alternatives(question: Question, given: Value | None) -> Iterator[Value | None]:
    """Every other single answer to a question, and skipping it.

    For a many-question: each answer added or taken away; "none of these" goes with no other. For a number: the first number of every other band.
    """
    if given is not None:
        yield None
    if question.kind == "many" and given != UNSURE:
        have = set(given) if isinstance(given, tuple) else set()
        alone = {answer.id for answer in question.answers if answer.alone}
        for answer in question.answers:
            fresh = {answer.id} if answer.id in alone - have else (have ^ {answer.id}) - (alone - {answer.id})
            if fresh and fresh != have:
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
        yield from changing(name, tries(guide, case, name), now)


def changing(question: str, tried: Iterable[tuple[Value | None, FirstPlace]], now: Leaders) -> list[Flip]:
    """Of the answers that were tried to one question, those that change the set of leaders from `now`."""
    return [Flip(question, answer, first.leaders) for answer, first in tried if first.leaders != now]


def tries(guide: Guide, case: Case, question: str) -> Iterator[tuple[Value | None, FirstPlace]]:
    """Every other answer to one question, skipping included, with who ranks first then."""
    if question in fixed_answers(guide):
        return
    for answer in alternatives(guide.question(question), case.answers.get(question)):
        yield answer, first_place_of(guide, with_answer(case, question, answer))


@dataclass(frozen=True, slots=True)
class Lift:
    """An assumption, a binding or a preference (its id as `relax` takes it) that alone keeps others from the first
    place, and who would rank first without it."""

    gate: str
    leaders: Leaders


def lifts(result: Recommendation) -> Iterator[Lift]:
    """Every gate in force whose setting aside changes who ranks first."""
    now = frozenset(place.strategy.id for place in result.leaders)
    for gate in result.gates_in_force:
        leaders = leaders_of(result.guide, replace(result.case, relax=result.case.relax | {gate}))
        if leaders != now:
            yield Lift(gate, leaders)


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
    """Per criterion the smallest change of its weight that lets a rival tie, nearest first. Rivals are those
    that no preference puts behind: no weight changes that.

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
    """The smallest change of the whole points of one criterion that lets a rival tie, and which."""
    twice, have = result.table.twice, result.points[column]
    mine = twice[winner.row][column]
    # The change is -lead / gap. Compared by multiplying crosswise: a fraction for each pair would take long.
    best: tuple[int, int, str] | None = None
    for rival in result.contenders:
        gap = mine - twice[rival.row][column]
        if rival is winner or not gap:
            continue
        lead = winner.total.twice - rival.total.twice
        if gap > 0 and lead > have * gap:
            continue  # points cannot fall below 0
        if best is None or (lead * abs(best[1]), rival.strategy.id) < (best[0] * abs(gap), best[2]):
            best = lead, gap, rival.strategy.id
    return None if best is None else (Fraction(-best[0], best[1]), best[2])
