"""From checked answers to what they do: points, requirements, exclusions, what is owned, quantities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd, lcm

from selector.guide.guide import Guide
from selector.guide.model import Condition
from selector.guide.reading import exact

from .answers import NOTHING, UNSURE, Case, chosen, in_force
from .effects import (
    Assumption,
    Binding,
    Contradiction,
    Exclusion,
    Points,
    Reason,
    Requirement,
    additions,
    answers_by_id,
    effects_of,
    holds,
)
from .trades import Moved, apply_trades


@dataclass(frozen=True)
class Situation:
    """All effects of a case.

    Attributes:
        points: exact points per criterion, in guide order, never negative.
        known: the same before questions answered "not sure", before clipping at 0 and before trade-offs.
        moved: what each trade-off did to the points.
        unsure: per question answered "not sure", the points that each of its answers would add, for sampling; in the
            order of the answers' ids, so that shares do not depend on how the guide lists them.
        bindings: sets of options of which one has to be a member, one per question.
        assumptions: answers taken as given while a question is open.
        contradictions: pairs of answers that cannot be meant together.
        owned: option ids that the visitor already runs.
        spared: option ids that add no burden although they are not in use, because others run them for the visitor.
        used_besides: of the owned ones those that also do what they can do besides what they are made for: a store
            that applications read themselves. Owning it does not say so.
        enabled: option ids that an answer switched on.
        quantities: figures for the cost model, by id.
        said: ids of questions whose answer is in force (hidden ones are not).
        informed: True when one of these answers says more than "not sure".
    """

    points: tuple[Points, ...]
    known: tuple[Points, ...]
    moved: tuple[Moved, ...]
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
    informed: bool
    answers: Mapping[str, frozenset[str]]

    @property
    def free(self) -> frozenset[str]:
        """Options that add no burden."""
        return self.owned | self.spared

    @property
    def factors(self) -> Mapping[str, Fraction]:
        """By criterion, what trade-offs multiplied its points by; those that were moved only."""
        changes = (change for item in self.moved for change in item.changes)
        return {name: Fraction(after) / before for name, before, after in changes if after != before}

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


def interpret(guide: Guide, case: Case) -> Situation:
    """All effects of a case: points (clipped once at 0, after the sum), requirements, exclusions and so on."""
    in_question = in_force(guide, case)
    asked = [name for name in in_question if name in case.answers]
    answers = {
        name: frozenset(answer.id for answer in chosen(guide.question(name), case.answers[name])) for name in asked
    }
    parts = [effects_of(guide, name, case.answers[name], answers) for name in asked]
    known = _points(guide, case, (part.added for part in parts if not part.unsure))
    total = _points(guide, case, (part.added for part in parts)) if any(part.unsure for part in parts) else known
    enabled = frozenset[str]().union(*(part.enabled for part in parts))
    owned = frozenset[str]().union(*(part.owned for part in parts))
    out = (item for part in parts for item in part.exclusions if not (item.only_new and item.option in owned))
    points, moved = apply_trades(
        guide, case.trades, case.weights, [value if value.numerator > 0 else 0 for value in total]
    )
    relax = case.relax
    quantities = _quantities(guide, case, asked)
    for part in parts:
        quantities.update(part.quantities)
    return Situation(
        points=points,
        known=known,
        moved=moved,
        reasons=tuple(reason for part in parts for reason in part.reasons),
        unsure=tuple(
            (name, tuple(additions(answer) for answer in answers_by_id(guide.question(name))))
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
        informed=any(case.answers[name] not in NOTHING for name in asked),
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
        said = effects_of(guide, name, (assumed,), answers)
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


def _points(guide: Guide, case: Case, added: Iterable[Mapping[str, Points]]) -> tuple[Points, ...]:
    """Points per criterion: what the visitor set by hand, else the base and what was added. Not clipped."""
    sums: dict[str, Points] = {criterion.id: criterion.base for criterion in guide.criteria}
    for part in added:
        for criterion_id, points in part.items():
            sums[criterion_id] += points
    sums.update(case.weights)
    return tuple(sums.values())


def _quantities(guide: Guide, case: Case, asked: list[str]) -> dict[str, Fraction]:
    """Defaults of the guide, replaced by the numbers that the visitor gave."""
    quantities = dict(_defaults(guide))
    for name in asked:
        question, value = guide.question(name), case.answers[name]
        if question.sets is not None and isinstance(value, int):
            quantities[question.sets] = Fraction(value)
    return quantities


def _defaults(guide: Guide) -> Mapping[str, Fraction]:
    """What each quantity is until it is said; kept with the guide."""
    kept: dict[str, Fraction] | None = guide.__dict__.get("_defaults")
    if kept is None:
        kept = {entry["id"]: exact(entry["default"]) for entry in guide.data.get("quantities", ())}
        guide.__dict__["_defaults"] = kept
    return kept
