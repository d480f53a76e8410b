"""From checked answers to what they do: points, requirements, exclusions, what is owned, quantities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from selector.guide.guide import Guide
from selector.guide.model import Answer, Condition, Question
from selector.guide.reading import exact

from .answers import (
    UNSURE,
    Assumption,
    Binding,
    Case,
    Contradiction,
    Exclusion,
    Reason,
    Requirement,
    Value,
    chosen,
    in_force,
)

Points = int | Fraction
"""Whole numbers where they are whole: fractions are slow, and few answers need them."""


@dataclass(frozen=True)
class Situation:
    """All effects of a case.

    Attributes:
        points: exact points per criterion, in guide order, never negative.
        known: the same before questions answered "not sure" and before clipping at 0.
        unsure: per question answered "not sure", the points that each of its answers would add, for sampling; in the
            order of the answers' ids, so that shares do not depend on how the guide lists them.
        bindings: sets of options of which one has to be a member, one per question.
        assumptions: answers taken as given while a question is open.
        contradictions: pairs of answers that cannot be meant together.
        owned: option ids that the visitor already runs.
        spared: option ids that add no burden although they are not in use, because somebody else runs them.
        used_besides: of the owned ones those that also do what they can do besides what they are made for: a store
            that applications read themselves. Owning it does not say so.
        enabled: option ids that an answer switched on.
        quantities: figures for the cost model, by id.
        said: ids of questions whose answer is in force (hidden ones are not).
    """

    points: tuple[Points, ...]
    known: tuple[Points, ...]
    reasons: tuple[Reason, ...]
    unsure: tuple[tuple[str, tuple[Mapping[str, Fraction], ...]], ...]
    requirements: tuple[Requirement, ...]
    exclusions: tuple[Exclusion, ...]
    bindings: tuple[Binding, ...]
    assumptions: tuple[Assumption, ...]
    contradictions: tuple[Contradiction, ...]
    owned: frozenset[str]
    spared: frozenset[str]
    used_besides: frozenset[str]
    enabled: frozenset[str]
    quantities: Mapping[str, Fraction]
    said: tuple[str, ...]
    answers: Mapping[str, frozenset[str]]

    @property
    def free(self) -> frozenset[str]:
        """Options that add no burden."""
        return self.owned | self.spared

    def holds(self, when: Condition, unless: Condition = ()) -> bool:
        """True when every question of `when` has one of the answers named there and none of `unless` has."""
        return holds(self.answers, when, unless)

    def whole_points(self) -> tuple[int, ...]:
        """The points as whole numbers in lowest terms: only their ratios matter.

        When all are zero, every criterion counts the same (method section 3).
        """
        if not any(self.points):
            return (1,) * len(self.points)
        scale = lcm(*(value.denominator for value in self.points))
        whole = [value.numerator * (scale // value.denominator) for value in self.points]
        common = gcd(*whole)
        return tuple(value // common for value in whole)


@dataclass(frozen=True, slots=True)
class _Said:
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


def interpret(guide: Guide, case: Case) -> Situation:
    """All effects of a case: points (clipped once at 0, after the sum), requirements, exclusions and so on."""
    in_question = in_force(guide, case)
    asked = [name for name in in_question if name in case.answers]
    answers = {
        name: frozenset(answer.id for answer in chosen(guide.question(name), case.answers[name])) for name in asked
    }
    parts = [_said(guide, name, case.answers[name], answers) for name in asked]
    known = _points(guide, case, (part.added for part in parts if not part.unsure))
    total = _points(guide, case, (part.added for part in parts)) if any(part.unsure for part in parts) else known
    enabled = frozenset[str]().union(*(part.enabled for part in parts))
    owned = frozenset[str]().union(*(part.owned for part in parts))
    out = (item for part in parts for item in part.exclusions if not (item.only_new and item.option in owned))
    relax = case.relax
    quantities = _quantities(guide, case, asked)
    for part in parts:
        quantities.update(part.quantities)
    return Situation(
        points=tuple(value if value.numerator > 0 else 0 for value in total),
        known=known,
        reasons=tuple(reason for part in parts for reason in part.reasons),
        unsure=tuple(
            (name, tuple(_additions(answer) for answer in _by_id(guide.question(name))))
            for name, part in zip(asked, parts, strict=True)
            if part.unsure
        ),
        requirements=tuple(_set_aside(item, relax) for part in parts for item in part.requirements),
        exclusions=tuple(_set_aside(item, relax) for item in out),
        bindings=tuple(_set_aside(item, relax) for part in parts for item in part.bindings),
        assumptions=tuple(_assumptions(guide, case, in_question, answers, owned)),
        contradictions=tuple(_contradictions(guide, answers)),
        owned=owned,
        spared=frozenset[str]().union(*(part.spared for part in parts)),
        used_besides=frozenset[str]().union(*(part.used_besides for part in parts)) & owned,
        enabled=enabled,
        quantities=quantities,
        said=tuple(asked),
        answers=answers,
    )


def _set_aside[T: (Requirement, Exclusion, Binding)](item: T, relax: frozenset[str]) -> T:
    return replace(item, relaxed=True) if item.id in relax else item


def _assumptions(
    guide: Guide, case: Case, asked: Iterable[str], answers: Mapping[str, frozenset[str]], owned: frozenset[str]
) -> Iterator[Assumption]:
    """What is taken as given for questions that have no answer, or "not sure"."""
    for name in asked:
        question = guide.question(name)
        if question.assumed is None or case.answers.get(name, UNSURE) != UNSURE:
            continue
        assumed, because = question.assumed
        answer = question.answer(assumed)
        assert answer is not None  # the reader has looked it up
        said = _effects(guide, question, (answer,), answers)
        yield Assumption(
            name,
            assumed,
            because,
            tuple(_set_aside(item, case.relax) for item in said.requirements),
            tuple(
                _set_aside(item, case.relax) for item in said.exclusions if not (item.only_new and item.option in owned)
            ),
            question.firm,
        )


def _contradictions(guide: Guide, answers: Mapping[str, frozenset[str]]) -> Iterator[Contradiction]:
    for name, given in answers.items():
        for answer in guide.question(name).answers:
            if answer.id not in given:
                continue
            for condition, because in answer.contradicts:
                for other, wanted in condition:
                    found = answers.get(other, frozenset()) & wanted
                    if found:
                        yield Contradiction(name, answer.id, other, tuple(sorted(found)), because)


_NONE = Fraction(0)


def _points(guide: Guide, case: Case, added: Iterable[Mapping[str, Points]]) -> tuple[Points, ...]:
    """Points per criterion: what the visitor set by hand, else the base and what was added. Not clipped."""
    sums: dict[str, Points] = {criterion.id: criterion.base for criterion in guide.criteria}
    for part in added:
        for criterion_id, points in part.items():
            sums[criterion_id] += points
    sums.update(case.weights)
    return tuple(sums.values())


def _said(guide: Guide, name: str, value: Value, answers: Mapping[str, frozenset[str]]) -> _Said:
    """What an answered question does, kept with the guide: the same answers are judged over and over.

    Effects with a condition depend on the other answers, so these are part of the key where there are any.
    """
    kept: dict[tuple[object, ...], _Said] = guide.__dict__.setdefault("_said", {})
    question = guide.question(name)
    others = _questions_of_conditions(guide, question)
    key = name, value, *(answers.get(other) for other in others)
    if key not in kept:
        kept[key] = (
            _unsure(question) if value == UNSURE else _effects(guide, question, chosen(question, value), answers)
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


def _unsure(question: Question) -> _Said:
    """ "Not sure" counts as the mean of all answers, and does nothing else."""
    sums = _sums(question.answers)
    reasons = tuple(
        Reason(criterion, question.id, UNSURE, total / len(question.answers), "")
        for criterion, total in sums.items()
        if total
    )
    return _Said(True, reasons, _added(reasons), (), (), (), frozenset(), frozenset(), frozenset(), frozenset(), {})


def _effects(
    guide: Guide, question: Question, answers: tuple[Answer, ...], said: Mapping[str, frozenset[str]]
) -> _Said:
    reasons = tuple(_reasons(question, answers))
    found = _Collector(guide)
    for answer in answers:
        for effect in answer.effects:
            if holds(said, _condition(effect, "when"), _condition(effect, "unless")):
                found.take(question, answer, effect)
    return _Said(
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
        for option in self.guide.targets(effect.get("exclude", ())):
            name = f"{question.id}.{answer.id}.{option}"
            only_new = bool(effect.get("only_new", False))
            self.exclusions.append(Exclusion(name, option, question.id, answer.id, because, False, only_new))
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


def _by_id(question: Question) -> list[Answer]:
    return sorted(question.answers, key=lambda answer: answer.id)


def _additions(answer: Answer) -> dict[str, Fraction]:
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


def _quantities(guide: Guide, case: Case, asked: list[str]) -> dict[str, Fraction]:
    """Defaults of the guide, replaced by the numbers that the visitor gave."""
    quantities = {entry["id"]: exact(entry["default"]) for entry in guide.data.get("quantities", ())}
    for name in asked:
        question, value = guide.question(name), case.answers[name]
        if question.sets is not None and isinstance(value, int):
            quantities[question.sets] = Fraction(value)
    return quantities
