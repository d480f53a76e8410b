"""What one answer would change, said before it is given."""

from __future__ import annotations

from fractions import Fraction

from selector.analysis.sensitivity import Leaders, alternatives, leaders_of, with_answer
from selector.case.answers import UNSURE, Case, Value
from selector.case.situation import Situation, interpret
from selector.guide.guide import Guide
from selector.guide.model import Question
from selector.web.marks import joined

from .context import ResultContext

MOST_CRITERIA = 2
"""Criteria named whose weight would change most."""

LONGEST = 12
"""Digits of a number that are read."""


def preview(guide: Guide, context: ResultContext | None, question: str, answer: str) -> str:
    """One or two sentences on what choosing an answer would do, or taking it back where it is chosen.

    Args:
        guide: the guide.
        context: what stands on the page; None before the first answer.
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
        return "Without it there is no answer, and nothing comes first."
    now = (
        leaders_of(guide, case) if context is None else frozenset(place.strategy.id for place in context.result.leaders)
    )
    text = _sentence(guide, now, _then(guide, context, fresh, asked, value), before, after)
    return f"Without it: {text}" if _less(value, given) else text[:1].upper() + text[1:]


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
    """Who comes first then: from the analysis, when it has tried all answers, else worked out now."""
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
    if then == now:
        effect = _effect(guide, before, after)
        if not effect:
            return "changes nothing." if not now else f"{names} stays first, and nothing moves."
        return f"{names} {'stays' if len(then) == 1 else 'stay'} first. {effect}" if names else effect
    if not then:
        return "nothing would meet all you ask for."
    return f"{names} would {'come first' if len(then) == 1 else 'share the first place'}."


def _effect(guide: Guide, before: Situation, after: Situation) -> str:
    """What moves although the first stays: requirements that come or go, else the weights that change most."""
    bars, fresh = _bars(before), _bars(after)
    if bars != fresh:
        return "It adds a requirement." if fresh - bars else "A requirement goes."
    if before.enabled != after.enabled:
        return "Other options take part."
    moved: list[tuple[Fraction, str]] = [
        (Fraction(new - old), criterion.name)
        for old, new, criterion in zip(before.points, after.points, guide.criteria, strict=True)
        if new != old
    ]
    if moved:
        return _weights(sorted(moved, key=lambda item: -abs(item[0]))[:MOST_CRITERIA])
    if before.owned != after.owned:
        return "What is in use already counts."
    return "" if before.quantities == after.quantities else "The bill changes."


def _weights(moved: list[tuple[Fraction, str]]) -> str:
    more = joined([name for change, name in moved if change > 0])
    less = joined([name for change, name in moved if change < 0])
    if not more:
        return f"Less weight on {less}."
    return f"More weight on {more}{f', less on {less}' if less else ''}."


def _bars(situation: Situation) -> set[str]:
    """Requirements and exclusions in force, by id."""
    return {item.id for item in situation.requirements if not item.relaxed} | {
        item.id for item in situation.exclusions if not item.relaxed
    }
