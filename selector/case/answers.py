"""A visitor's answers, checked, and the records of what answers do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from selector.guide.guide import Guide
from selector.guide.model import Answer, Question
from selector.guide.own import OwnFact

from .errors import AnswerError, clipped
from .trades import TRADE, Trade, read_trades

__all__ = [
    "MOST_POINTS",
    "NOTHING",
    "UNSURE",
    "AnswerError",
    "Case",
    "Value",
    "check_case",
    "chosen",
    "clipped",
    "in_force",
    "judged",
    "wish_today",
]

UNSURE = "unsure"
"""The answer "not sure", allowed for every question."""

NOTHING = (UNSURE, ())
"""Answers that say nothing: "not sure", and none of several."""

MOST_POINTS = 1000
"""The most points that a visitor may give to one criterion."""

Value = str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What a visitor said, checked: answers by question id, points that replace the computed ones, the ids of
    requirements and exclusions set aside ("allow it anyway"), trade-offs by their ids, and the visitor's own facts (see
    `own`)."""

    answers: Mapping[str, Value] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)
    relax: frozenset[str] = frozenset()
    trades: tuple[Trade, ...] = ()
    own: tuple[OwnFact, ...] = ()


def check_case(
    guide: Guide,
    answers: Mapping[str, Any],
    weights: Mapping[str, Any] | None = None,
    relax: Any = (),
    *,
    notices: list[str] | None = None,
) -> Case:
    """Check what a visitor said against the guide.

    Args:
        guide: the guide.
        answers: question id (or alias) to answer id, several ids, a whole number, or "unsure"; also trade-offs, as
            `selector.case.trades` has them.
        weights: criterion id to whole points, 0..1000, replacing the computed points.
        relax: ids of requirements and exclusions to set aside; unknown ones are harmless.
        notices: when given, bad parts are set aside and described here instead of raised. Of several answers to one
            question only the bad ones are.

    Raises:
        AnswerError: unknown ids, wrong types, numbers out of range, two answers to one question under two names.
    """
    if notices is None:
        return judged(guide, answers, weights, relax)
    aside: list[AnswerError] = []
    case = judged(guide, answers, weights, relax, aside=aside)
    notices.extend(map(str, aside))
    return case


def judged(
    guide: Guide,
    answers: Mapping[str, Any],
    weights: Mapping[str, Any] | None = None,
    relax: Any = (),
    *,
    aside: list[AnswerError] | None = None,
) -> Case:
    """The same for callers that have other words for what is set aside."""
    checked: dict[str, Value] = {}
    trades: dict[str, Any] = {}
    for name, given in _mapping("answers", answers, aside).items():
        if str(name).startswith(TRADE):
            trades[str(name)] = given
            continue
        try:
            question = _question(guide, name)
            value = _answer(guide, question, given, aside)
            if checked.setdefault(question.id, value) != value:
                raise AnswerError(
                    f"question '{question.id}' has two answers under two names", question.id, given, "twice"
                )
        except AnswerError as error:
            _set_aside(error, aside)
    points: dict[str, int] = {}
    for name, given in _mapping("weights", {} if weights is None else weights, aside).items():
        try:
            criterion, value = _criterion(guide, name), _points(name, given)
            if points.setdefault(criterion, value) != value:
                raise AnswerError(f"criterion '{criterion}' has two weights under two names", None, given)
        except AnswerError as error:
            _set_aside(error, aside)
    relaxed = frozenset(wish_today(guide, name) for name in _relaxed(relax, aside))
    return Case(checked, points, relaxed, read_trades(guide, trades, aside))


def _set_aside(error: AnswerError, aside: list[AnswerError] | None) -> None:
    if aside is None:
        raise error
    aside.append(error)


def _mapping(what: str, given: object, aside: list[AnswerError] | None) -> Mapping[Any, Any]:
    if isinstance(given, Mapping):
        return given
    _set_aside(AnswerError(f"{what} must map ids to values, not '{clipped(given)}'", None, given), aside)
    return {}


def _relaxed(given: object, aside: list[AnswerError] | None) -> frozenset[str]:
    if isinstance(given, list | tuple | set | frozenset) and all(isinstance(item, str) for item in given):
        return frozenset(given)
    _set_aside(AnswerError(f"relax must be a list of ids, not '{clipped(given)}'", None, given), aside)
    return frozenset()


def wish_today(guide: Guide, name: str) -> str:
    """A name "question.answer.criterion", "question.answer.option", "off.option", "assumed.question", "bind.question"
    or "prefer.preference" with the ids of today."""
    *source, target = name.split(".")
    section = {"assumed": "questions", "bind": "questions", "prefer": "preferences"}.get(".".join(source))
    if section is not None:
        return f"{source[0]}.{guide.today(section).get(target, target)}"
    known = guide.today("options"), guide.today("criteria")
    if all(names.get(target) != target for names in known):
        target = next((names[target] for names in known if target in names), target)
    if len(source) == 2:
        question = guide.today("questions").get(source[0], source[0])
        answers = guide.entry("questions", question)["answers"] if question in guide.today("questions") else ()
        answer = next((entry["id"] for entry in answers if source[1] in entry.get("aliases", ())), source[1])
        source = [question, answer]
    return ".".join([*source, target])


def _question(guide: Guide, name: object) -> Question:
    try:
        return guide.question(str(name))
    except KeyError:
        raise AnswerError(f"there is no question '{clipped(name)}'", str(name), None, "question") from None


def _criterion(guide: Guide, name: object) -> str:
    try:
        return guide.criterion(str(name)).id
    except KeyError:
        raise AnswerError(f"there is no criterion '{clipped(name)}'", None, name, "criterion") from None


def _points(name: str, given: object) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= MOST_POINTS:
        text = f"points for '{clipped(name)}' must be a whole number from 0 to {MOST_POINTS}"
        raise AnswerError(text, None, name, "points")
    return given


def _answer(guide: Guide, question: Question, given: Any, aside: list[AnswerError] | None) -> Value:
    if isinstance(given, str) and given == UNSURE:
        return UNSURE
    if question.kind == "number":
        return _number(question, given)
    if question.kind == "many":
        if isinstance(given, str):
            given = [given]  # links from before a question took several answers
        if not isinstance(given, list | tuple | set | frozenset):
            raise AnswerError(f"question '{question.id}' takes a list of answers", question.id, given, "list")
        if given and all(item == UNSURE for item in given):
            return UNSURE
        chosen: set[str] = set()
        for item in given:
            try:
                if item == UNSURE:
                    text = f"question '{question.id}': answer '{UNSURE}' goes with no other answer"
                    raise AnswerError(text, question.id, item, "alone")
                chosen.add(_answer_id(guide, question, item))
            except AnswerError as error:
                _set_aside(error, aside)
        return _without_contradiction(question, chosen, aside)
    return _answer_id(guide, question, given)


def _without_contradiction(question: Question, chosen: set[str], aside: list[AnswerError] | None) -> tuple[str, ...]:
    """The answers in the question's order. One that goes with no other, "none of these", is set aside beside others."""
    alone = {answer.id for answer in question.answers if answer.alone and answer.id in chosen}
    if alone and len(chosen) > 1:
        text = f"question '{question.id}': answer '{min(alone)}' goes with no other answer"
        _set_aside(AnswerError(text, question.id, min(alone), "alone"), aside)
        chosen = chosen - alone
    return tuple(answer.id for answer in question.answers if answer.id in chosen)


def _number(question: Question, given: object) -> int:
    low = question.minimum if question.minimum is not None else question.answers[0].start or 0
    high = question.maximum if question.maximum is not None else 10**9
    if isinstance(given, bool) or not isinstance(given, int) or not low <= given <= high:
        text = f"question '{question.id}' takes a whole number from {low} to {high}"
        raise AnswerError(text, question.id, given, "number")
    return given


def _answer_id(guide: Guide, question: Question, given: Any) -> str:
    if isinstance(given, str):
        for answer in guide.entry("questions", question.id)["answers"]:
            if given == answer["id"] or given in answer.get("aliases", ()):
                return str(answer["id"])
    if isinstance(given, list | tuple | set | frozenset) and question.kind == "one":
        raise AnswerError(f"question '{question.id}' takes one answer, not a list", question.id, given, "list")
    raise AnswerError(f"question '{question.id}' has no answer '{clipped(given)}'", question.id, given, "answer")


def in_force(guide: Guide, case: Case) -> tuple[str, ...]:
    """Ids of the questions that are asked in this case: those without condition, or whose condition holds.

    A condition on a question that is itself not asked does not hold.
    """
    asked: list[str] = []
    for question in guide.questions:
        if question.condition is not None:
            other, wanted = question.condition
            said = chosen(guide.question(other), case.answers.get(other, ())) if other in asked else ()
            if not any(answer.id in wanted for answer in said):
                continue
        asked.append(question.id)
    return tuple(asked)


def chosen(question: Question, value: Value) -> tuple[Answer, ...]:
    """The answers meant by a checked value: none for "not sure", the band for a number."""
    if value == UNSURE:
        return ()
    if isinstance(value, int):
        bands = [answer for answer in question.answers if (answer.start or 0) <= value]
        return tuple(bands[-1:])
    ids = {value} if isinstance(value, str) else set(value)
    return tuple(answer for answer in question.answers if answer.id in ids)
