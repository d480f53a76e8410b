"""What the answers to each question do: to the points of criteria, to options, and how many strategies are left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from selector import Guide, recommend
from selector.guide.model import Answer, Question

from .effects import TARGETS, Effect, effects_of

REQUIRED_COUNTS = 12
"""Points that a requirement counts as when we ask what a question is mainly about."""


@dataclass(frozen=True, slots=True)
class CriterionEffect:
    """What a question does to one criterion: the most points added and taken by one answer (both 0 or more)."""

    up: int
    down: int
    required: bool


@dataclass(frozen=True, slots=True)
class AnswerEffects:
    """One answer: its effects, and how many strategies stay when it is the only answer given."""

    answer: Answer
    effects: tuple[Effect, ...]
    left: int

    @property
    def limits(self) -> bool:
        """True when it can change which strategies may take part."""
        return any(effect.kind in ("require", "exclude", "enable") for effect in self.effects)

    @property
    def moves(self) -> tuple[Effect, ...]:
        """Effects on points: those that add, then those that take; largest first."""
        moves = [effect for effect in self.effects if effect.kind == "weight" and effect.amount]
        return tuple(sorted(moves, key=lambda effect: (effect.amount < 0, -abs(effect.amount))))

    @property
    def rest(self) -> tuple[Effect, ...]:
        """All other effects, in the order of the data."""
        return tuple(effect for effect in self.effects if effect.kind != "weight")


@dataclass(frozen=True, slots=True)
class QuestionEffects:
    """One question. `number` is its place among all questions, counted from 1; `group` the id of the group of
    criteria that it is mainly about, None when it moves no points and requires nothing."""

    number: int
    question: Question
    by_answer: tuple[AnswerEffects, ...]
    on_criteria: Mapping[str, CriterionEffect]
    options: tuple[str, ...]
    group: str | None

    @property
    def fewest(self) -> int:
        """Strategies that stay after the answer that leaves fewest."""
        return min(given.left for given in self.by_answer)

    @property
    def limits(self) -> bool:
        """True when some answer can change which strategies may take part."""
        return any(given.limits for given in self.by_answer)


def effects_of_questions(guide: Guide) -> list[QuestionEffects]:
    """All questions in the order in which they are asked."""
    asked = _unconditional(guide)
    return [
        _effects_of_question(guide, asked, number, question) for number, question in enumerate(guide.questions, start=1)
    ]


def grouped(guide: Guide, found: list[QuestionEffects]) -> list[tuple[str, list[QuestionEffects]]]:
    """Questions by what they are mainly about, in the order of the groups; one that depends on another follows it.

    Names of groups with their questions. What moves nothing comes last.
    """
    by_id = {asked.question.id: asked for asked in found}

    def root(asked: QuestionEffects) -> QuestionEffects:
        while asked.question.condition:
            asked = by_id[asked.question.condition[0]]
        return asked

    names = {group["id"]: str(group["name"]) for group in guide.data["groups"]} | {None: "Other things"}
    order = {name: place for place, name in enumerate(names)}
    listed = sorted(found, key=lambda asked: (order[root(asked).group], root(asked).number, asked.number))
    return [
        (title, members)
        for name, title in names.items()
        if (members := [asked for asked in listed if root(asked).group == name])
    ]


def _effects_of_question(guide: Guide, asked: Guide, number: int, question: Question) -> QuestionEffects:
    given = tuple(
        AnswerEffects(answer, effects_of(guide, answer), _left(asked, question, answer)) for answer in question.answers
    )
    on_criteria = {
        criterion.id: on_criterion
        for criterion in guide.criteria
        if (on_criterion := _criterion_effect(criterion.id, given)) is not None
    }
    options = [name for one in given for effect in one.effects if effect.kind in TARGETS for name in effect.options]
    return QuestionEffects(
        number, question, given, on_criteria, tuple(dict.fromkeys(options)), _mainly(guide, on_criteria)
    )


def _criterion_effect(criterion: str, given: tuple[AnswerEffects, ...]) -> CriterionEffect | None:
    sums = [
        int(sum(effect.amount for effect in one.effects if effect.kind == "weight" and effect.about == criterion))
        for one in given
    ]
    required = any(effect.kind == "require" and effect.about == criterion for one in given for effect in one.effects)
    up, down = max(0, *sums), -min(0, *sums)
    return CriterionEffect(up, down, required) if up or down or required else None


def _mainly(guide: Guide, on_criteria: Mapping[str, CriterionEffect]) -> str | None:
    """The group with the most points at stake; the earlier one of equals."""
    stakes: dict[str, int] = {group["id"]: 0 for group in guide.data["groups"]}
    for criterion, on_criterion in on_criteria.items():
        stakes[guide.criterion(criterion).group] += (
            on_criterion.up + on_criterion.down + REQUIRED_COUNTS * on_criterion.required
        )
    return max(stakes, key=lambda group: stakes[group]) if any(stakes.values()) else None


def _left(guide: Guide, question: Question, answer: Answer) -> int:
    """How many strategies are not ruled out when this is the only answer."""
    given: Any = answer.id
    if question.kind == "number":
        given = answer.start or question.minimum or 0
    elif question.kind == "many":
        given = [answer.id]
    result = recommend(guide, {question.id: given})
    return sum(not place.verdict.failed for place in result.places)


def _unconditional(guide: Guide) -> Guide:
    """The guide with every question asked at once, so that one answer can be judged alone."""
    asked = replace(guide, questions=tuple(replace(question, condition=None) for question in guide.questions))
    asked.__dict__["enumeration"] = guide.enumeration  # the same strategies, not searched for again
    return asked
