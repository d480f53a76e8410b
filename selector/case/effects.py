"""What answers do: reasons for points, requirements, exclusions, what is in use, quantities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from selector.guide.guide import Guide
from selector.guide.model import Answer, Condition, Question
from selector.guide.reading import exact

from .answers import UNSURE, Value, chosen

Points = int | Fraction
"""Whole numbers where they are whole: fractions are slow, and few answers need them."""

_NONE = Fraction(0)


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
    """A least level on a criterion, asked for by an answer. With `cls` it is asked of that class of things only."""

    id: str
    criterion: str
    level: str
    question: str
    answer: str
    because: str
    relaxed: bool
    cls: str | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """Options of which one has to be a member, because of one or several answers to a question."""

    id: str
    options: frozenset[str]
    question: str
    answers: tuple[str, ...]
    because: str
    relaxed: bool


@dataclass(frozen=True, slots=True)
class Assumption:
    """An answer that is taken as given while the visitor has not answered: only its requirements and exclusions hold.

    One that is not `firm` yields where it alone leaves nothing.
    """

    question: str
    answer: str
    because: str
    requirements: tuple[Requirement, ...]
    exclusions: tuple[Exclusion, ...]
    firm: bool = False

    @property
    def id(self) -> str:
        """The name under which it can be set aside."""
        return f"assumed.{self.question}"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two answers that cannot be meant together."""

    question: str
    answer: str
    other: str
    other_answers: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An option that an answer rules out. With `only_new` it is not ruled out where the visitor runs it already; where
    `editions` are named, only those are."""

    id: str
    option: str
    question: str
    answer: str
    because: str
    relaxed: bool
    only_new: bool = False
    editions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerEffects:
    """What one question does with these of its answers chosen: the same for every visitor, so worked out once."""

    unsure: bool
    reasons: tuple[Reason, ...]
    added: Mapping[str, Points]
    requirements: tuple[Requirement, ...]
    exclusions: tuple[Exclusion, ...]
    bindings: tuple[Binding, ...]
    owned: frozenset[str]
    spared: frozenset[str]
    used_besides: frozenset[str]
    enabled: frozenset[str]
    quantities: Mapping[str, Fraction]


def holds(answers: Mapping[str, frozenset[str]], when: Condition, unless: Condition) -> bool:
    """Whether a condition on answers (question id to ids of its chosen answers) is met."""
    nothing = frozenset[str]()
    return all(answers.get(name, nothing) & wanted for name, wanted in when) and not any(
        answers.get(name, nothing) & wanted for name, wanted in unless
    )


def _condition(effect: Mapping[str, Any], field: str) -> Condition:
    return tuple((name, frozenset(wanted)) for name, wanted in effect.get(field, {}).items())


def effects_of(guide: Guide, name: str, value: Value, answers: Mapping[str, frozenset[str]]) -> AnswerEffects:
    """What an answered question does, kept with the guide: the same answers are judged over and over.

    Effects with a condition depend on the other answers, so these are part of the key where there are any.
    """
    kept: dict[tuple[object, ...], AnswerEffects] = guide.__dict__.setdefault("_said", {})
    question = guide.question(name)
    others = _questions_of_conditions(guide, question)
    key = name, value, *(answers.get(other) for other in others)
    if key not in kept:
        kept[key] = (
            _unsure(question) if value == UNSURE else chosen_effects(guide, question, chosen(question, value), answers)
        )
    return kept[key]


def _questions_of_conditions(guide: Guide, question: Question) -> tuple[str, ...]:
    """Ids of the questions on which effects of this one depend."""
    kept: dict[str, tuple[str, ...]] = guide.__dict__.setdefault("_questions_of_conditions", {})
    if question.id not in kept:
        effects = [effect for answer in question.answers for effect in answer.effects]
        names = (name for effect in effects for key in ("when", "unless") for name in effect.get(key, ()))
        kept[question.id] = tuple(sorted(set(names)))
    return kept[question.id]


def _unsure(question: Question) -> AnswerEffects:
    """ "Not sure" counts as the mean of all answers, and does nothing else."""
    sums = _sums(question.answers)
    reasons = tuple(
        Reason(criterion, question.id, UNSURE, total / len(question.answers), "")
        for criterion, total in sums.items()
        if total
    )
    return AnswerEffects(
        True, reasons, _added(reasons), (), (), (), frozenset(), frozenset(), frozenset(), frozenset(), {}
    )


def chosen_effects(
    guide: Guide, question: Question, answers: tuple[Answer, ...], said: Mapping[str, frozenset[str]]
) -> AnswerEffects:
    """All that these answers to a question do, given what else was said."""
    reasons = tuple(_reasons(question, answers))
    found = _Collector(guide)
    for answer in answers:
        for effect in answer.effects:
            if holds(said, _condition(effect, "when"), _condition(effect, "unless")):
                found.take(question, answer, effect)
    return AnswerEffects(
        unsure=False,
        reasons=reasons,
        added=_added(reasons),
        requirements=tuple(found.requirements),
        exclusions=tuple(found.exclusions),
        bindings=tuple(found.bindings(question)),
        owned=frozenset(found.owned),
        spared=frozenset(found.spared),
        used_besides=frozenset(found.used_besides),
        enabled=frozenset(found.enabled),
        quantities=found.quantities,
    )


def _added(reasons: Iterable[Reason]) -> dict[str, Points]:
    sums: dict[str, Fraction] = {}
    for reason in reasons:
        sums[reason.criterion] = sums.get(reason.criterion, _NONE) + reason.add
    return {name: value.numerator if value.denominator == 1 else value for name, value in sums.items()}


class _Collector:
    """Collects what answers do beside points."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.requirements: list[Requirement] = []
        self.exclusions: list[Exclusion] = []
        self.bound: dict[str, tuple[list[str], str]] = {}
        self.owned: set[str] = set()
        self.spared: set[str] = set()
        self.used_besides: set[str] = set()
        self.enabled: set[str] = set()
        self.quantities: dict[str, Fraction] = {}

    def take(self, question: Question, answer: Answer, effect: Mapping[str, Any]) -> None:
        """Take in one effect of one answer."""
        because = str(effect["because"])
        for criterion, level in effect.get("require", {}).items():
            name = f"{question.id}.{answer.id}.{criterion}"
            cls = effect.get("class")
            self.requirements.append(Requirement(name, criterion, level, question.id, answer.id, because, False, cls))
        for option, editions in self.guide.excluded(effect.get("exclude", ())):
            name = f"{question.id}.{answer.id}.{option}"
            only_new = bool(effect.get("only_new", False))
            self.exclusions.append(Exclusion(name, option, question.id, answer.id, because, False, only_new, editions))
        if bound := self.guide.targets(effect.get("bind", ())):
            self.bound[answer.id] = (bound, because)
        self.owned.update(self.guide.targets(effect.get("have", ())))
        self.used_besides.update(self.guide.targets(effect.get("besides", ())))
        self.spared.update(self.guide.targets(effect.get("spare", ())))
        self.enabled.update(self.guide.targets(effect.get("enable", ())))
        self.quantities.update((name, exact(number)) for name, number in effect.get("set", {}).items())

    def bindings(self, question: Question) -> Iterator[Binding]:
        """One for all answers to the question: who names several things in use is bound to any of them."""
        if self.bound:
            options = frozenset(name for names, _ in self.bound.values() for name in names)
            because = " ".join(dict.fromkeys(reason for _, reason in self.bound.values()))
            yield Binding(f"bind.{question.id}", options, question.id, tuple(self.bound), because, False)


def answers_by_id(question: Question) -> list[Answer]:
    """The answers of a question in the order of their ids: sums must not depend on the order of the file."""
    return sorted(question.answers, key=lambda answer: answer.id)


def additions(answer: Answer) -> dict[str, Fraction]:
    """Points that one answer adds, by criterion."""
    return _sums([answer])


def _sums(answers: Iterable[Answer]) -> dict[str, Fraction]:
    """Points that these answers add together, by criterion, without a cap."""
    sums: dict[str, Fraction] = {}
    for answer in answers:
        for effect in answer.effects:
            for criterion, points in effect.get("weight", {}).items():
                sums[criterion] = sums.get(criterion, _NONE) + points
    return sums


def _reasons(question: Question, answers: tuple[Answer, ...]) -> Iterator[Reason]:
    """One reason per effect and criterion; scaled down where a many-question passes its cap."""
    sums = _sums(answers)
    for answer in answers:
        for effect in answer.effects:
            for criterion, points in effect.get("weight", {}).items():
                total = abs(sums[criterion])
                share = Fraction(question.cap, total) if question.cap and total > question.cap else Fraction(1)
                yield Reason(criterion, question.id, answer.id, points * share, str(effect["because"]))
