"""From checked answers to what they do: points, requirements, exclusions, what is owned, quantities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from selector.guide.guide import Guide
from selector.guide.model import Answer, Question
from selector.guide.reading import exact

from .answers import UNSURE, Case, Exclusion, Reason, Requirement, Value, chosen, in_force

Points = int | Fraction
"""Whole numbers where they are whole: fractions are slow, and few answers need them."""


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

    points: tuple[Points, ...]
    known: tuple[Points, ...]
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
    owned: frozenset[str]
    enabled: frozenset[str]
    quantities: Mapping[str, Fraction]


def interpret(guide: Guide, case: Case) -> Situation:
    """All effects of a case: points (clipped once at 0, after the sum), requirements, exclusions and so on."""
    asked = [name for name in in_force(guide, case) if name in case.answers]
    parts = [_said(guide, name, case.answers[name]) for name in asked]
    known = _points(guide, case, (part.added for part in parts if not part.unsure))
    total = _points(guide, case, (part.added for part in parts)) if any(part.unsure for part in parts) else known
    enabled = frozenset[str]().union(*(part.enabled for part in parts))
    out = (item for part in parts for item in part.exclusions if item.option not in enabled)
    quantities = _quantities(guide, case, asked)
    for part in parts:
        quantities.update(part.quantities)
    return Situation(
        points=tuple(value if value.numerator > 0 else 0 for value in total),
        known=known,
        reasons=tuple(reason for part in parts for reason in part.reasons),
        unsure=tuple(
            (name, tuple(_additions(answer) for answer in guide.question(name).answers))
            for name, part in zip(asked, parts, strict=True)
            if part.unsure
        ),
        requirements=tuple(
            replace(item, relaxed=True) if item.id in case.relax else item
            for part in parts
            for item in part.requirements
        ),
        exclusions=tuple(replace(item, relaxed=True) if item.id in case.relax else item for item in out),
        owned=frozenset[str]().union(*(part.owned for part in parts)),
        enabled=enabled,
        quantities=quantities,
        said=tuple(asked),
    )


_NONE = Fraction(0)


def _points(guide: Guide, case: Case, added: Iterable[Mapping[str, Points]]) -> tuple[Points, ...]:
    """Points per criterion: what the visitor set by hand, else the base and what was added. Not clipped."""
    sums: dict[str, Points] = {criterion.id: criterion.base for criterion in guide.criteria}
    for part in added:
        for criterion_id, points in part.items():
            sums[criterion_id] += points
    sums.update(case.weights)
    return tuple(sums.values())


def _said(guide: Guide, name: str, value: Value) -> _Said:
    """What an answered question does, kept with the guide: the same answers are judged over and over."""
    kept: dict[tuple[str, Value], _Said] = guide.__dict__.setdefault("_said", {})
    key = name, value
    if key not in kept:
        question = guide.question(name)
        kept[key] = _unsure(question) if value == UNSURE else _effects(guide, question, chosen(question, value))
    return kept[key]


def _unsure(question: Question) -> _Said:
    """ "Not sure" counts as the mean of all answers, and does nothing else."""
    sums = _sums(question.answers)
    reasons = tuple(
        Reason(criterion, question.id, UNSURE, total / len(question.answers), "")
        for criterion, total in sums.items()
        if total
    )
    return _Said(True, reasons, _added(reasons), (), (), frozenset(), frozenset(), {})


def _effects(guide: Guide, question: Question, answers: tuple[Answer, ...]) -> _Said:
    reasons = tuple(_reasons(question, answers))
    found = _Collector(guide)
    for answer in answers:
        for effect in answer.effects:
            found.take(question, answer, effect)
    return _Said(
        unsure=False,
        reasons=reasons,
        added=_added(reasons),
        requirements=tuple(found.requirements),
        exclusions=tuple(found.exclusions),
        owned=frozenset(found.owned),
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
        self.owned: set[str] = set()
        self.enabled: set[str] = set()
        self.quantities: dict[str, Fraction] = {}

    def take(self, question: Question, answer: Answer, effect: Mapping[str, Any]) -> None:
        """Take in one effect of one answer."""
        because = str(effect["because"])
        for criterion, level in effect.get("require", {}).items():
            name = f"{question.id}.{answer.id}.{criterion}"
            self.requirements.append(Requirement(name, criterion, level, question.id, answer.id, because, False))
        for option in self.guide.targets(effect.get("exclude", ())):
            name = f"{question.id}.{answer.id}.{option}"
            self.exclusions.append(Exclusion(name, option, question.id, answer.id, because, False))
        self.owned.update(self.guide.targets(effect.get("have", ())))
        self.enabled.update(self.guide.targets(effect.get("enable", ())))
        self.quantities.update((name, exact(number)) for name, number in effect.get("set", {}).items())


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
