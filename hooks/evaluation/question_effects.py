"""What each question reaches: criteria with how far their points move, options, and how many strategies stay."""

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
class Touch:
    """How a question touches one criterion: the most points added and taken by one answer (both 0 or more)."""

    up: int
    down: int
    required: bool


@dataclass(frozen=True, slots=True)
class Said:
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
class Reach:
    """One question. `number` is its place among all questions, counted from 1; `group` the id of the group of
    criteria that it is mainly about, None when it moves no points and requires nothing."""

    number: int
    question: Question
    said: tuple[Said, ...]
    touches: Mapping[str, Touch]
    options: tuple[str, ...]
    group: str | None

    @property
    def fewest(self) -> int:
        """Strategies that stay after the answer that leaves fewest."""
        return min(said.left for said in self.said)

    @property
    def limits(self) -> bool:
        """True when some answer can change which strategies may take part."""
        return any(said.limits for said in self.said)


def reaches(guide: Guide) -> list[Reach]:
    """All questions in the order in which they are asked."""
    asked = _unconditional(guide)
    return [_reach(guide, asked, number, question) for number, question in enumerate(guide.questions, start=1)]


def grouped(guide: Guide, found: list[Reach]) -> list[tuple[str, list[Reach]]]:
    """Questions by what they are mainly about, in the order of the groups; one that depends on another follows it.

    Names of groups with their questions. What moves nothing comes last.
    """
    by_id = {reach.question.id: reach for reach in found}

    def root(reach: Reach) -> Reach:
        while reach.question.condition:
            reach = by_id[reach.question.condition[0]]
        return reach

    names = {group["id"]: str(group["name"]) for group in guide.data["groups"]} | {None: "Other things"}
    order = {name: place for place, name in enumerate(names)}
    listed = sorted(found, key=lambda reach: (order[root(reach).group], root(reach).number, reach.number))
    return [
        (title, members)
        for name, title in names.items()
        if (members := [reach for reach in listed if root(reach).group == name])
    ]


def _reach(guide: Guide, asked: Guide, number: int, question: Question) -> Reach:
    said = tuple(Said(answer, effects_of(guide, answer), _left(asked, question, answer)) for answer in question.answers)
    touches = {criterion.id: touch for criterion in guide.criteria if (touch := _touch(criterion.id, said)) is not None}
    options = [name for one in said for effect in one.effects if effect.kind in TARGETS for name in effect.options]
    return Reach(number, question, said, touches, tuple(dict.fromkeys(options)), _mainly(guide, touches))


def _touch(criterion: str, said: tuple[Said, ...]) -> Touch | None:
    sums = [
        int(sum(effect.amount for effect in one.effects if effect.kind == "weight" and effect.about == criterion))
        for one in said
    ]
    required = any(effect.kind == "require" and effect.about == criterion for one in said for effect in one.effects)
    up, down = max(0, *sums), -min(0, *sums)
    return Touch(up, down, required) if up or down or required else None


def _mainly(guide: Guide, touches: Mapping[str, Touch]) -> str | None:
    """The group with the most points at stake; the earlier one of equals."""
    stakes: dict[str, int] = {group["id"]: 0 for group in guide.data["groups"]}
    for criterion, touch in touches.items():
        stakes[guide.criterion(criterion).group] += touch.up + touch.down + REQUIRED_COUNTS * touch.required
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
    """The guide with every question asked at once, so that one answer can be judged by itself."""
    asked = replace(guide, questions=tuple(replace(question, condition=None) for question in guide.questions))
    asked.__dict__["enumeration"] = guide.enumeration  # the same strategies, not searched for again
    return asked
