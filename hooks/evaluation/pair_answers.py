"""Answers that decide between two options: they rule one of them out, or name it. Read from the effects of answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from selector import Guide
from selector.case.answers import Value, check_case
from selector.case.requirements import Gates, switched_off_id
from selector.case.situation import interpret
from selector.guide.model import Answer, Question
from selector.guide.strategies import Strategy
from selector.guide.values import ValueTable

from .cache import cached_result

Pair = tuple[str, str]

REQUIRED_COUNTS = 12
"""Points that a requirement counts as when we ask which criterion an answer is mainly about."""

RULES_OUT, ENABLES, IN_USE = "rules out", "enables", "in use"
KINDS = {"enable": ENABLES, "have": IN_USE}


@dataclass(frozen=True, slots=True)
class Deciding:
    """An answer that decides between two options.

    Attributes:
        question: its id.
        answer: its id.
        favours: 0 or 1, the place in the pair.
        kind: RULES_OUT the other one, ENABLES this one, or says that this one is IN_USE.
        criterion: the id of the criterion that the answer is mainly about; None when it moves none.
        because: the guide's own reason.
    """

    question: str
    answer: str
    favours: int
    kind: str
    criterion: str | None
    because: str


def deciding_answers(guide: Guide, pair: Pair) -> list[Deciding]:
    """Answers that decide between two options: what rules out first, core questions first, then in guide order."""
    possible = _possible(guide)
    core = {entry["id"] for entry in guide.data["questions"] if entry.get("core")}
    found = []
    for question in guide.questions:
        for answer in question.answers:
            left = possible[question.id, answer.id]
            here = [option in left for option in pair]
            if here[0] != here[1]:
                loser = here.index(False)
                because = _because(guide, answer, pair[loser])
                found.append(Deciding(question.id, answer.id, 1 - loser, RULES_OUT, _mainly(guide, answer), because))
            elif all(here):
                found += _named(guide, question, answer, pair)
    order = (RULES_OUT, ENABLES, IN_USE)
    return sorted(found, key=lambda item: (order.index(item.kind), item.question not in core))


def _possible(guide: Guide) -> Mapping[tuple[str, str], frozenset[str]]:
    """By question and answer, the options of which some setup is left when this is the only answer given."""
    return cached_result(guide, "possible options", lambda: dict(_each_possible(guide)))


def _each_possible(guide: Guide) -> Iterator[tuple[tuple[str, str], frozenset[str]]]:
    # Options that are off, and members of families, count as switched on: what is asked is what an answer rules out.
    everything = frozenset(switched_off_id(option.id) for option in (*guide.options, *guide.families))
    for question in guide.questions:
        for answer in question.answers:
            # Nothing is assumed, and what binds only says what ranks first: neither rules an option out.
            situation = replace(
                interpret(guide, check_case(guide, {question.id: _value(question, answer)})),
                bindings=(),
                assumptions=(),
            )
            gates = Gates(guide, situation, ValueTable.of(guide, situation.free), everything)
            gone = 0
            for rows in gates.failing.values():
                gone |= rows
            left = (strategy for row, strategy in enumerate(guide.strategies) if not gone >> row & 1)
            yield (question.id, answer.id), frozenset(name for strategy in left for name in _judged(strategy))


def _judged(strategy: Strategy) -> Iterator[str]:
    """The members that a setup says something about: those of its only path that do more than to support the others."""
    if not strategy.parts:
        yield from (member for member in strategy.members if member not in strategy.support)


def _value(question: Question, answer: Answer) -> Value:
    if question.kind == "number":
        return max(answer.start or 0, question.minimum or 0)
    return (answer.id,) if question.kind == "many" else answer.id


def _because(guide: Guide, answer: Answer, option: str) -> str:
    """Why the answer rules the option out: the exclusion that names it, else a requirement, else any exclusion."""
    kinds: list[list[str]] = [[], [], []]
    for effect in answer.effects:
        if "exclude" in effect:
            kinds[0 if option in guide.targets(effect["exclude"]) else 2].append(str(effect["because"]))
        elif "require" in effect:
            missed = any(_misses(guide, option, *wanted) for wanted in effect["require"].items())
            kinds[1 if missed else 2].append(str(effect["because"]))
    return next((reasons[0] for reasons in kinds if reasons), "")


def _misses(guide: Guide, option: str, criterion: str, level: str) -> bool:
    found = guide.criterion(criterion)
    return guide.cell(option, found.id).low < found.value_of_level(level)


def _mainly(guide: Guide, answer: Answer) -> str | None:
    """The criterion that the answer moves most; the first of equals."""
    stakes: dict[str, int] = {}
    for effect in answer.effects:
        for name, points in effect.get("weight", {}).items():
            criterion = guide.criterion(name).id
            stakes[criterion] = stakes.get(criterion, 0) + abs(int(points))
        for name in effect.get("require", {}):
            criterion = guide.criterion(name).id
            stakes[criterion] = stakes.get(criterion, 0) + REQUIRED_COUNTS
    return max(stakes, key=lambda criterion: stakes[criterion], default=None)


def _named(guide: Guide, question: Question, answer: Answer, pair: Pair) -> Iterator[Deciding]:
    """The answer switches on or says to be in use exactly one of the two, whatever else is answered."""
    named: list[tuple[set[str], str, Mapping[str, Any]]] = [
        (set(guide.targets(effect[kind])), kind, effect)
        for kind in ("have", "enable")
        for effect in answer.effects
        if kind in effect and "when" not in effect
    ]
    here = [any(option in options for options, _, _ in named) for option in pair]
    if here[0] != here[1]:
        winner = here.index(True)
        kind, because = next(
            (kind, str(effect["because"])) for options, kind, effect in named if pair[winner] in options
        )
        yield Deciding(question.id, answer.id, winner, KINDS[kind], None, because)
