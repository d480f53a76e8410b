"""Several people's answers compared, in words: for the page, the terminal and the decision record."""

from __future__ import annotations

from selector.group.positions import Position, Traded
from selector.group.settling import Outcome, Settling
from selector.group.together import Asked, Together
from selector.guide.terms import upfirst

from .sentences import and_, answer_text, points_text, quoted
from .together_data import asked_text, saying, whose_largest
from .trade_sentences import question_between, situation_text

MOST_QUESTIONS = 3
"""Disagreements of which is said what settling them would do."""

MOST_ASKED = 5
"""Requirements, or ways to relax some, that are named."""

MOST_NAMED = 4


def acceptable_text(found: Together) -> str:
    """What all can accept, or why there is nothing."""
    if found.acceptable:
        more = len(found.acceptable) - MOST_NAMED
        several = quoted(found.guide, found.acceptable[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        return f"Acceptable to all: {several}."
    if not found.possible:
        return "Nothing meets the requirements of all."
    return (
        f"Nothing is acceptable to all: with every {found.guide.terms.strategy} that meets the requirements of all, someone"
        " loses too much or prefers another one."
    )


def regret_text(found: Together) -> str:
    """The strategies of least regret, and whose loss is the largest there; empty when nothing is possible."""
    said = regret_sentence(found)
    return f"Least regret: {quoted(found.guide, found.least_regret)}. {said}" if said else ""


def regret_sentence(found: Together) -> str:
    """How large the largest loss is on the strategies of least regret, and whose; empty when nothing is possible."""
    if found.regret is None:
        return ""
    if not found.regret:
        return "It ranks first for everyone." if len(found.persons) > 1 else ""
    whose = sorted({name for strategy in found.least_regret for name in whose_largest(found, strategy)[1]})
    return f"The largest loss is {points_text(found.regret)} of 100, for {and_(whose)}."


def first_text(found: Together) -> str:
    """What most people put first."""
    if not found.first:
        return ""
    listed = [f"{quoted(found.guide, [name])} by {and_(found.first[name])}" for name in found.most_first]
    return f"Put first by most: {'; '.join(listed)}."


def position_text(found: Together, item: Position) -> str:
    """One question with who said what."""
    said = [f"{and_(names)}: “{answer_text(found.guide, item.question, value)}”" for value, names in saying(item)]
    if item.silent:
        said.append(f"{and_(item.silent)}: no answer")
    return f"{found.guide.question(item.question).text} {'; '.join(said)}."


def traded_text(found: Together, item: Traded) -> str:
    """One trade-off with who would rather have what."""
    by: dict[str, list[str]] = {}
    for name, trade in item.said.items():
        by.setdefault(situation_text(found.guide, trade), []).append(name)
    said = [f"{and_(names)}: “{text}”" for text, names in sorted(by.items())]
    if item.silent:
        said.append(f"{and_(item.silent)}: no answer")
    return f"{question_between(found.guide, item.id)} {'; '.join(said)}."


def settling_text(found: Together, item: Settling) -> str:
    """What settling one disagreement does, answer by answer."""
    parts = []
    for outcome in item.outcomes:
        answer = answer_text(found.guide, item.question, outcome.answer)
        parts.append(f"all “{answer}”: {left_text(found, outcome)}")
    return f"{found.guide.question(item.question).text} {'; '.join(parts)}."


def today_text(found: Together) -> str:
    """How far apart people are as answers are, to compare with what settling does."""
    apart = found.joint.distance
    if apart.requirements:
        return f"As answers are, {_until(apart.requirements)}."
    return f"As answers are, the largest loss is {points_text(apart.loss)} of 100."


def _until(requirements: int) -> str:
    return f"nothing is possible until you relax {requirements} requirement{'' if requirements == 1 else 's'}"


def left_text(found: Together, outcome: Outcome) -> str:
    """How far apart people are after everyone gave one answer."""
    left, strategies = outcome.left, outcome.strategies
    if left.requirements:
        return _until(left.requirements)
    more = len(strategies) - MOST_NAMED
    names = quoted(found.guide, strategies[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"{names}, largest loss {points_text(left.loss)}" if left.loss else f"{names}, first for everyone"


def asked_sentence(found: Together, item: Asked) -> str:
    """Whose requirement rules out how much."""
    count = len(item.rules_out)
    alone = f", {len(item.alone)} of them alone" if item.alone else ""
    text = asked_text(found, item.id)
    terms = found.guide.terms
    what = terms.strategy if count == 1 else terms.strategies
    return f"{upfirst(text)} ({and_(item.persons)}): rules out {count} {what}{alone}."


def near_texts(found: Together) -> list[str]:
    """What to relax, and whose it is, where nothing meets the requirements of all."""
    if found.near is None:
        return []
    whose = {item.id: item.persons for item in found.asked}
    texts = []
    for names, back in found.near.minimal[:MOST_ASKED]:
        parts = [f"{asked_text(found, name)} ({and_(whose.get(name, ()))})" for name in sorted(names)]
        more = len(back) - MOST_NAMED
        several = quoted(found.guide, back[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        texts.append(f"Relax {and_(parts)}. That allows {several}.")
    if found.apart:
        texts.append(f"Each alone allows {quoted(found.guide, found.apart[:MOST_NAMED])}, but in different editions.")
    return texts
