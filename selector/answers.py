"""From a visitor's answers to what they do: points, requirements, exclusions, what is owned, quantities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from .errors import AnswerError
from .model import Answer, Guide, Question
from .reading import exact

UNSURE = "unsure"
"""The answer "not sure", allowed for every question."""

MOST_POINTS = 1000
"""The most points that a visitor may give to one criterion."""

Value = str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What a visitor said, checked: answers by question id, points that replace the computed ones, and
    the ids of requirements and exclusions set aside ("allow it anyway")."""

    answers: Mapping[str, Value] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)
    relax: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a criterion has its points: an answer added `add` points because of something."""

    criterion: str
    question: str
    answer: str
    add: Fraction
    because: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """A least level on a criterion, asked for by an answer."""

    id: str
    criterion: str
    level: str
    question: str
    answer: str
    because: str
    relaxed: bool


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An option that an answer rules out."""

    id: str
    option: str
    question: str
    answer: str
    because: str
    relaxed: bool


@dataclass(frozen=True)
class Situation:
    """All effects of a case.

    Attributes:
        points: exact points per criterion, in guide order, never negative.
        known: the same before questions answered "not sure" and before clipping at 0.
        unsure: per question answered "not sure", the points that each of its answers would add, for sampling.
        owned: option ids that the visitor already runs.
        enabled: option ids that an answer switched on.
        quantities: figures for the cost model, by id.
        said: ids of questions whose answer is in force (hidden ones are not).
    """

    points: tuple[Fraction, ...]
    known: tuple[Fraction, ...]
    reasons: tuple[Reason, ...]
    unsure: tuple[tuple[str, tuple[Mapping[str, Fraction], ...]], ...]
    requirements: tuple[Requirement, ...]
    exclusions: tuple[Exclusion, ...]
    owned: frozenset[str]
    enabled: frozenset[str]
    quantities: Mapping[str, Fraction]
    said: tuple[str, ...]

    def whole_points(self) -> tuple[int, ...]:
        """The points as whole numbers in lowest terms: only their ratios matter.

        When all are zero, every criterion counts the same (method section 3).
        """
        if not any(self.points):
            return (1,) * len(self.points)
        scale = lcm(*(value.denominator for value in self.points))
        whole = [int(value * scale) for value in self.points]
        common = gcd(*whole)
        return tuple(value // common for value in whole)


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
        answers: question id (or alias) to answer id, several ids, a whole number, or "unsure".
        weights: criterion id to whole points, 0..1000, replacing the computed points.
        relax: ids of requirements and exclusions to set aside; unknown ones are harmless.
        notices: when given, bad parts are set aside and described here instead of raised.

    Raises:
        AnswerError: unknown ids, wrong types, numbers out of range.
    """
    checked: dict[str, Value] = {}
    for name, given in dict(answers).items():
        try:
            question = _question(guide, name)
            checked[question.id] = _answer(guide, question, given)
        except AnswerError as error:
            _set_aside(error, notices)
    points: dict[str, int] = {}
    for name, given in dict(weights or {}).items():
        try:
            points[_criterion(guide, name)] = _points(name, given)
        except AnswerError as error:
            _set_aside(error, notices)
    return Case(checked, points, frozenset(str(item) for item in relax))


def _set_aside(error: AnswerError, notices: list[str] | None) -> None:
    if notices is None:
        raise error
    notices.append(str(error))


def _question(guide: Guide, name: object) -> Question:
    try:
        return guide.question(str(name))
    except KeyError:
        raise AnswerError(f"there is no question '{_clip(name)}'", str(name)) from None


def _criterion(guide: Guide, name: object) -> str:
    try:
        return guide.criterion(str(name)).id
    except KeyError:
        raise AnswerError(f"there is no criterion '{_clip(name)}'", None, name) from None


def _points(name: str, given: object) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= MOST_POINTS:
        raise AnswerError(f"points for '{_clip(name)}' must be a whole number from 0 to {MOST_POINTS}", None, given)
    return given


def _answer(guide: Guide, question: Question, given: Any) -> Value:
    if given == UNSURE:
        return UNSURE
    if question.kind == "number":
        return _number(question, given)
    if question.kind == "many":
        if isinstance(given, str) or not isinstance(given, list | tuple | set | frozenset):
            raise AnswerError(f"question '{question.id}' takes a list of answers", question.id, given)
        chosen = {_answer_id(guide, question, item) for item in given}
        return tuple(answer.id for answer in question.answers if answer.id in chosen)
    return _answer_id(guide, question, given)


def _number(question: Question, given: object) -> int:
    low = question.minimum if question.minimum is not None else question.answers[0].start or 0
    high = question.maximum if question.maximum is not None else 10**9
    if isinstance(given, bool) or not isinstance(given, int) or not low <= given <= high:
        raise AnswerError(f"question '{question.id}' takes a whole number from {low} to {high}", question.id, given)
    return given


def _answer_id(guide: Guide, question: Question, given: Any) -> str:
    entry = guide.entry("questions", question.id)
    for answer in entry["answers"]:
        if given == answer["id"] or given in answer.get("aliases", ()):
            return str(answer["id"])
    raise AnswerError(f"question '{question.id}' has no answer '{_clip(given)}'", question.id, given)


def _clip(value: object) -> str:
    """Foreign text for a message: short, on one line."""
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"


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


def interpret(guide: Guide, case: Case) -> Situation:
    """All effects of a case: points (clipped once at 0, after the sum), requirements, exclusions and so on."""
    asked = [name for name in in_force(guide, case) if name in case.answers]
    reasons: list[Reason] = []
    unsure: list[tuple[str, tuple[Mapping[str, Fraction], ...]]] = []
    pairs: list[tuple[Question, Answer]] = []
    for name in asked:
        question, value = guide.question(name), case.answers[name]
        if value == UNSURE:
            unsure.append((name, tuple(_additions(answer) for answer in question.answers)))
            reasons.extend(_mean_reasons(question))
        else:
            said = chosen(question, value)
            pairs.extend((question, answer) for answer in said)
            reasons.extend(_reasons(question, said))
    effects = _Effects(guide, case.relax)
    for question, answer in pairs:
        for effect in answer.effects:
            effects.apply(question, answer, effect)
    quantities = _quantities(guide, case, asked) | effects.quantities
    return Situation(
        points=tuple(max(Fraction(0), value) for value in _total(guide, case, reasons)),
        known=_total(guide, case, [reason for reason in reasons if reason.answer != UNSURE]),
        reasons=tuple(reasons),
        unsure=tuple(unsure),
        requirements=tuple(effects.requirements),
        exclusions=tuple(item for item in effects.exclusions if item.option not in effects.enabled),
        owned=frozenset(effects.owned),
        enabled=frozenset(effects.enabled),
        quantities=quantities,
        said=tuple(asked),
    )


class _Effects:
    """Collects what answers do beside points."""

    def __init__(self, guide: Guide, relax: frozenset[str]) -> None:
        self.guide = guide
        self.relax = relax
        self.requirements: list[Requirement] = []
        self.exclusions: list[Exclusion] = []
        self.owned: set[str] = set()
        self.enabled: set[str] = set()
        self.quantities: dict[str, Fraction] = {}

    def apply(self, question: Question, answer: Answer, effect: Mapping[str, Any]) -> None:
        """Take in one effect of one answer."""
        because = str(effect["because"])
        for criterion, level in effect.get("require", {}).items():
            name = f"{question.id}.{answer.id}.{criterion}"
            self.requirements.append(
                Requirement(name, criterion, level, question.id, answer.id, because, name in self.relax)
            )
        for option in self.guide.targets(effect.get("exclude", ())):
            name = f"{question.id}.{answer.id}.{option}"
            self.exclusions.append(Exclusion(name, option, question.id, answer.id, because, name in self.relax))
        self.owned.update(self.guide.targets(effect.get("have", ())))
        self.enabled.update(self.guide.targets(effect.get("enable", ())))
        self.quantities.update((name, exact(number)) for name, number in effect.get("set", {}).items())


def _additions(answer: Answer) -> dict[str, Fraction]:
    """Points that one answer adds, by criterion."""
    added: dict[str, Fraction] = {}
    for effect in answer.effects:
        for criterion, points in effect.get("weight", {}).items():
            added[criterion] = added.get(criterion, Fraction(0)) + points
    return added


def _reasons(question: Question, said: tuple[Answer, ...]) -> Iterator[Reason]:
    """One reason per answer and criterion; scaled down where a many-question passes its cap."""
    sums: dict[str, Fraction] = {}
    for answer in said:
        for criterion, points in _additions(answer).items():
            sums[criterion] = sums.get(criterion, Fraction(0)) + points
    for answer in said:
        for effect in answer.effects:
            for criterion, points in effect.get("weight", {}).items():
                total = abs(sums[criterion])
                share = Fraction(question.cap, total) if question.cap and total > question.cap else Fraction(1)
                yield Reason(criterion, question.id, answer.id, points * share, str(effect["because"]))


def _mean_reasons(question: Question) -> Iterator[Reason]:
    """ "Not sure" counts as the mean of all answers."""
    sums: dict[str, Fraction] = {}
    for answer in question.answers:
        for criterion, points in _additions(answer).items():
            sums[criterion] = sums.get(criterion, Fraction(0)) + points
    for criterion, total in sums.items():
        if total:
            yield Reason(criterion, question.id, UNSURE, total / len(question.answers), "")


def _total(guide: Guide, case: Case, reasons: list[Reason]) -> tuple[Fraction, ...]:
    added: dict[str, Fraction] = {}
    for reason in reasons:
        added[reason.criterion] = added.get(reason.criterion, Fraction(0)) + reason.add
    return tuple(
        Fraction(case.weights[criterion.id])
        if criterion.id in case.weights
        else criterion.base + added.get(criterion.id, Fraction(0))
        for criterion in guide.criteria
    )


def _quantities(guide: Guide, case: Case, asked: list[str]) -> dict[str, Fraction]:
    """Defaults of the guide, replaced by the numbers that the visitor gave."""
    quantities = {entry["id"]: exact(entry["default"]) for entry in guide.data.get("quantities", ())}
    for name in asked:
        question, value = guide.question(name), case.answers[name]
        if question.sets is not None and isinstance(value, int):
            quantities[question.sets] = Fraction(value)
    return quantities
