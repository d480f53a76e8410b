"""What one answer would change, said before it is given."""

from __future__ import annotations

from fractions import Fraction

from selector.analysis.sensitivity import Leaders, alternatives, leaders_of, with_answer
from selector.case.answers import UNSURE, Case, Value
from selector.case.core import core_missing
from selector.case.requirements import Gates
from selector.case.situation import Situation, interpret
from selector.guide.guide import Guide
from selector.guide.model import Question
from selector.guide.values import ValueTable
from selector.web.marks import counted, joined

from .context import ResultContext

MOST_CRITERIA = 2
"""Criteria named whose weight would change most."""

LONGEST = 12
"""Digits of a number that are read."""


def preview(guide: Guide, context: ResultContext | None, question: str, answer: str) -> str:
    """One or two sentences on what choosing an answer would do, or taking it back where it is chosen.

    Args:
        guide: the guide.
        context: what is on the page; None before the first answer.
        question: id of a question.
        answer: id of one of its answers, "unsure", or for a number its digits. What the guide does not know gives "".
    """
    case = context.result.case if context is not None else Case()
    try:
        asked = guide.question(question)
        value = _value(asked, case.answers.get(question), answer)
    except (KeyError, ValueError):
        return ""
    given = case.answers.get(question)
    if value == given:
        return "This is your answer."
    fresh = with_answer(case, question, value)
    before, after = interpret(guide, case), interpret(guide, fresh)
    if not (after.said or fresh.weights):
        return "This is your only answer. Clearing it clears the result."
    if core_missing(guide, fresh):
        text = f"{_left(guide, fresh, after)}."
    elif context is None or not context.named:
        text = "leads to a recommendation." if leaders_of(guide, fresh) else nothing(guide)
    else:
        now = frozenset(place.strategy.id for place in context.result.leaders)
        text = _sentence(guide, now, _then(guide, context, fresh, asked, value), before, after)
    return f"Without it: {text}" if _less(value, given) else text[:1].upper() + text[1:]


def nothing(guide: Guide) -> str:
    """Says that a click would leave nothing."""
    return f"no {guide.terms.strategy} would meet all your requirements."


def change_text(guide: Guide, before: ResultContext | None, after: ResultContext) -> str:
    """One sentence on what the last answer changed, for those who could not look before; names nothing too early."""
    result = after.result
    if not result.crowned:
        return ""
    if not result.leaders:
        return (
            f"No {guide.terms.strategy} meets all your requirements."
            if not after.missing or not result.feasible
            else ""
        )
    if after.missing:
        text = _left(guide, result.case, result.situation)
        return f"{text[:1].upper()}{text[1:]}."
    names = joined(sorted(place.strategy.name for place in result.leaders))
    if (
        before is not None
        and before.named
        and {place.strategy.id for place in before.result.leaders} == {place.strategy.id for place in result.leaders}
    ):
        return f"Still recommended: {names}."
    return f"Now recommended: {names}."


def _left(guide: Guide, case: Case, situation: Situation) -> str:
    """How many strategies are left."""
    left = Gates(guide, situation, ValueTable.of(guide, situation.free), case.relax).feasible.bit_count()
    total = counted(len(guide.strategies), guide.terms.strategy, guide.terms.strategies)
    return f"leaves {left} of {total}" if left else nothing(guide).rstrip(".")


def _value(question: Question, given: Value | None, answer: str) -> Value | None:
    """The answers to the question after a click on one: chosen, added, or taken back. Raises KeyError, ValueError."""
    if question.kind == "number" and answer != UNSURE:
        if len(answer) > LONGEST:
            raise ValueError(answer)
        return int(answer)
    known = [item.id for item in question.answers]
    if answer != UNSURE and answer not in known:
        raise KeyError(answer)
    if question.kind != "many" or answer == UNSURE:
        return None if given == answer else answer
    have = set(given) if isinstance(given, tuple) else set()
    return tuple(name for name in known if name in have ^ {answer}) or None


def _then(guide: Guide, context: ResultContext | None, fresh: Case, question: Question, value: Value | None) -> Leaders:
    """Who ranks first then: from the analysis, when it has tried all answers, else worked out now."""
    if context is not None and context.analysis is not None and context.analysis.flips_done:
        result = context.result
        if value in alternatives(question, result.case.answers.get(question.id)):
            flips = {(flip.question, flip.answer): flip.leaders for flip in context.analysis.flips}
            return flips.get((question.id, value), frozenset(place.strategy.id for place in result.leaders))
    return leaders_of(guide, fresh)


def _less(value: Value | None, given: Value | None) -> bool:
    """True when a click would take something back."""
    return value is None or (isinstance(given, tuple) and isinstance(value, tuple) and set(value) < set(given))


def _sentence(guide: Guide, now: Leaders, then: Leaders, before: Situation, after: Situation) -> str:
    names = joined(sorted(guide.strategy(name).name for name in then))
    if not then:
        return nothing(guide)
    if then != now:
        return f"{names} would be {'recommended' if len(then) == 1 else 'level'}."
    effect = _effect(guide, before, after)
    stays = f"{names} {'stays' if len(then) == 1 else 'stay'} recommended."
    return f"{stays} {effect}" if effect else f"{stays} No effect on the result."


def _effect(guide: Guide, before: Situation, after: Situation) -> str:
    """What changes although the recommendation does not: requirements that come or go, else the weights."""
    bars, fresh = _bars(before), _bars(after)
    if bars != fresh:
        return "Adds a requirement." if fresh - bars else "Removes a requirement."
    if before.enabled != after.enabled:
        return f"More {guide.terms.options} are considered."
    moved: list[tuple[Fraction, str]] = [
        (Fraction(new - old), criterion.name)
        for old, new, criterion in zip(before.points, after.points, guide.criteria, strict=True)
        if new != old
    ]
    if moved:
        return _weights(sorted(moved, key=lambda item: -abs(item[0]))[:MOST_CRITERIA])
    if before.owned != after.owned:
        return "What you already run is taken into account."
    return "" if before.quantities == after.quantities else "Changes the cost estimate."


def _weights(moved: list[tuple[Fraction, str]]) -> str:
    more = joined([name for change, name in moved if change > 0])
    less = joined([name for change, name in moved if change < 0])
    if not more:
        return f"Less weight on {less}."
    return f"More weight on {more}{f', less on {less}' if less else ''}."


def _bars(situation: Situation) -> set[str]:
    """Requirements, exclusions and bindings in force, by id."""
    return (
        {item.id for item in situation.bindings if not item.relaxed}
        | {item.id for item in situation.requirements if not item.relaxed}
        | {item.id for item in situation.exclusions if not item.relaxed}
    )
