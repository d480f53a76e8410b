"""What a recommendation says to a reader who has to decide: why this one, what the catch is, when another is better.

For the page and the decision record: the same reasons in both, each with the answer that caused it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from selector.analysis.sensitivity import Flip
from selector.case.answers import UNSURE, chosen
from selector.guide.guide import Guide
from selector.guide.model import FULL
from selector.guide.strategies import Strategy
from selector.scoring.recommend import RankedStrategy, Recommendation

from .sentences import and_, answer_text
from .tradeoffs import cell_text, is_good, level_text

MOST_REASONS = 3
"""Reasons that are given for a recommendation."""

MOST_ALTERNATIVES = 3
"""Alternatives that are named beside it."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a recommendation.

    Attributes:
        text: what favours it, in a few words: "Operational effort: Low".
        because: why that matters here, a sentence of the guide; may be empty.
        question, answer: what the visitor said, in words; empty when it was not said.
        criterion: the criterion that it is about, None for what is in use or preferred.
    """

    text: str
    because: str
    question: str
    answer: str
    criterion: str | None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another strategy.

    Attributes:
        when: one sentence on when it would be the better one, or why it is listed later.
        lacks: where it is behind the recommendation most, as a level against a level; empty when it is nowhere.
        behind: by how many points of 100; negative where a preference alone lists an option with more points later.
    """

    place: RankedStrategy
    when: str
    lacks: str
    behind: Fraction


def reasons(result: Recommendation, most: int = MOST_REASONS) -> list[Reason]:
    """The strongest reasons for the winner: what is in use, what is preferred, then what matters most to the visitor
    and sets it apart from the field."""
    if result.winner is None:
        return []
    found: list[Reason] = []
    for reason in (*_in_use(result), *_preferred(result), *_ahead(result)):
        if any(reason.text == other.text or reason.because == other.because != "" for other in found):
            continue
        found.append(reason)
        if len(found) == most:
            break
    return found


def _in_use(result: Recommendation) -> Iterator[Reason]:
    """A member that the visitor has already, and that the answers ask for."""
    guide, winner = result.guide, result.winner
    assert winner is not None
    for binding in result.situation.bindings:
        held = [name for name in winner.strategy.members if name in binding.options]
        if held and not binding.relaxed:
            question = guide.question(binding.question)
            given = and_([answer.label for answer in question.answers if answer.id in binding.answers])
            names = and_([guide.option(name).name for name in held])
            yield Reason(f"Uses {names}", binding.because, question.text, given, None)
            return


def _preferred(result: Recommendation) -> Iterator[Reason]:
    """The most important preference that the winner keeps and something else does not."""
    guide, winner = result.guide, result.winner
    assert winner is not None
    for preference, _ in result.gates.behind:
        kept = [name for name in winner.strategy.members if name in preference.preferred]
        if not kept:
            continue
        question, answer = "", ""
        for name, _wanted in preference.when:
            question, answer = guide.question(name).text, answer_text(guide, name, result.case.answers.get(name))
            break
        names = and_([guide.option(name).name for name in kept])
        yield Reason(f"Uses {names}", preference.because, question, answer, None)
        return


def _ahead(result: Recommendation) -> Iterator[Reason]:
    """Criteria on which the winner is good and better than the field, by how much that weighs here."""
    winner = result.winner
    assert winner is not None
    guide, field = result.guide, result.feasible
    sums = [0] * len(guide.criteria)
    for place in field:
        for column, value in enumerate(result.table.twice[place.row]):
            sums[column] += value
    mine = result.table.twice[winner.row]
    driven = {item.criterion for item in result.situation.reasons if item.add > 0}
    driven.update(item.criterion for item in result.situation.requirements if not item.relaxed)
    gains = [
        (criterion.id in driven, points * (len(field) * mine[column] - sums[column]), points, criterion.id)
        for column, (criterion, points) in enumerate(zip(guide.criteria, result.points, strict=True))
        if points and is_good(result, criterion.id)
    ]
    for _, gain, _, criterion in sorted(gains, key=lambda item: (-item[0], -item[1], -item[2], item[3])):
        if gain >= 0:
            yield _weighed(result, criterion)


def _weighed(result: Recommendation, criterion: str) -> Reason:
    """A criterion with the answer that made it count most."""
    guide, winner = result.guide, result.winner
    assert winner is not None
    text = cell_text(result, winner.strategy, criterion)
    required = [item for item in result.situation.requirements if item.criterion == criterion and not item.relaxed]
    drivers = [item for item in result.situation.reasons if item.criterion == criterion and item.add > 0]
    if required:
        driver_question, driver_answer, because = required[0].question, required[0].answer, required[0].because
    elif drivers:
        driver = max(drivers, key=lambda item: item.add)
        driver_question, driver_answer, because = driver.question, driver.answer, driver.because
    else:
        return Reason(text, "", "", "", criterion)
    question = guide.question(driver_question)
    answer = question.answer(driver_answer)
    label = "Not sure" if driver_answer == UNSURE else answer.label if answer else ""
    return Reason(text, because, question.text, label, criterion)


def alternatives(
    result: Recommendation, flips: Iterable[Flip] = (), most: int = MOST_ALTERNATIVES
) -> list[Alternative]:
    """The next strategies that are something else than those before them, each with when it would be better."""
    winner = result.winner
    if winner is None:
        return []
    flips, found = list(flips), list[Alternative]()
    seen = {_core(result.guide, winner.strategy)}
    for place in result.feasible:
        core = _core(result.guide, place.strategy)
        if core in seen:
            continue
        seen.add(core)
        behind = points_behind(result, place)
        when = when_better(result, place, flips)
        if when in (other.when for other in found):
            when = _does_better(result, place)
        found.append(Alternative(place, when, _lacks(result, place), behind))
        if len(found) == most:
            break
    return found


def points_behind(result: Recommendation, place: RankedStrategy) -> Fraction:
    """By how many points of 100 a strategy is behind the recommendation; negative when it has more."""
    winner = result.winner
    assert winner is not None
    return Fraction(100 * (winner.total.twice - place.total.twice), 2 * FULL * sum(result.points))


def _core(guide: Guide, strategy: Strategy) -> frozenset[str]:
    """The members that do the main jobs: two strategies with the same are one alternative."""
    extra = {strategy.filled[role.id] for role in guide.roles if role.optional and role.id in strategy.filled}
    main = frozenset(strategy.members) - strategy.support - extra
    return main or frozenset(strategy.members)


def when_better(result: Recommendation, place: RankedStrategy, flips: Iterable[Flip] = ()) -> str:
    """One sentence: why it is listed later, the answer that would recommend it, or what it does better."""
    guide = result.guide
    for name in place.verdict.behind[:1]:
        return f"Ranked lower{_in_favour(result, name)}: {guide.entry('preferences', name)['because'].strip().rstrip('.')}."
    for flip in in_their_hands(guide, flips):
        if place.strategy.id in flip.leaders:
            answer = answer_text(guide, flip.question, flip.answer)
            return f"Recommended if you answer “{answer}” to “{guide.question(flip.question).text}”."
    return _does_better(result, place)


def _in_favour(result: Recommendation, preference: str) -> str:
    """Whom the reason of a preference is about, where the recommendation has it."""
    assert result.winner is not None
    kept = next((one.preferred for one, _ in result.gates.behind if one.id == preference), frozenset())
    names = [result.guide.option(name).name for name in result.winner.strategy.members if name in kept]
    return f" in favour of {and_(names)}" if names else ""


def _does_better(result: Recommendation, place: RankedStrategy) -> str:
    """What it does better than the recommendation, by how much that weighs."""
    guide = result.guide
    assert result.winner is not None
    gaps = [gap for gap in result.differences(result.winner, place) if gap.twice < 0]
    if not gaps:
        return "It has no advantage on anything that matters here."
    criterion = gaps[-1].criterion
    its, recommended = _level(result, place, criterion), _level(result, result.winner, criterion)
    levels = f"{its} instead of {recommended}" if its != recommended else f"better within the same level, {its}"
    return f"Better if you give more weight to {guide.criterion(criterion).name}: {levels}."


def _lacks(result: Recommendation, place: RankedStrategy) -> str:
    """What speaks most for the recommendation, from this strategy's side."""
    assert result.winner is not None
    gaps = [gap for gap in result.differences(result.winner, place) if gap.twice > 0]
    if not gaps:
        return ""
    criterion = gaps[0].criterion
    name = result.guide.criterion(criterion).name
    its, recommended = _level(result, place, criterion), _level(result, result.winner, criterion)
    if its == recommended:
        return f"{name}: not as good within the same level, {its}."
    return f"{name}: {its} instead of {recommended}."


def _level(result: Recommendation, place: RankedStrategy, criterion: str) -> str:
    found = result.guide.criterion(criterion)
    cell = result.cell(place.strategy, found)
    return f"“{level_text(result.guide, criterion, cell)}”"


def in_their_hands(guide: Guide, flips: Iterable[Flip]) -> list[Flip]:
    """Changes of answers that lead to another result: decisions of the team first, facts of the world last. Taking an
    answer back and "not sure" are no findings."""
    found = [flip for flip in flips if flip.answer not in (None, UNSURE) and flip.leaders]
    return sorted(found, key=lambda flip: (guide.question(flip.question).fact, _taken_back(guide, flip)))


def _taken_back(guide: Guide, flip: Flip) -> bool:
    """True for "none of these" of several answers: the least telling change."""
    return isinstance(flip.answer, tuple) and any(
        answer.alone for answer in chosen(guide.question(flip.question), flip.answer)
    )
