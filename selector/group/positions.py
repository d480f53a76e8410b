"""Who said what: where answers agree, where they differ, and where some have given none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selector.case.answers import NOTHING, UNSURE, Value, in_force
from selector.case.trades import Trade
from selector.guide.guide import Guide

from .persons import Person

AGREE, DIFFER, MISSING = "agree", "differ", "missing"


@dataclass(frozen=True, slots=True)
class Position:
    """One question that a person answered.

    Attributes:
        status: agree (all said the same), differ (two said different things), or missing (those who answered agree, and
            a person who is asked has not answered or is not sure).
        said: name to answer, for those who are asked and answered; "unsure" is an answer here.
        silent: names of those who are asked and have not answered.
        not_asked: names of those for whom the question does not arise.
    """

    question: str
    status: str
    said: Mapping[str, Value]
    silent: tuple[str, ...]
    not_asked: tuple[str, ...]

    @property
    def proposals(self) -> tuple[Value, ...]:
        """The different answers that say something, in no order that depends on people."""
        known = {str(value): value for value in self.said.values() if value not in NOTHING}
        return tuple(known[key] for key in sorted(known))


@dataclass(frozen=True, slots=True)
class Weighed:
    """A criterion whose points a person set by hand: name to points, and who left them to the answers."""

    criterion: str
    set_by: Mapping[str, int]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Traded:
    """One trade-off that a person answered: its id, name to answer, who was silent, and whether they agree."""

    id: str
    status: str
    said: Mapping[str, Trade]
    silent: tuple[str, ...]


def traded(persons: Sequence[Person]) -> tuple[Traded, ...]:
    """All trade-offs that a person answered, by id. Answers differ where another situation was chosen, whichever levels
    were offered."""
    by_id: dict[str, dict[str, Trade]] = {}
    for person in persons:
        for trade in person.case.trades:
            by_id.setdefault(trade.id, {})[person.name] = trade
    found = []
    for name in sorted(by_id):
        silent = tuple(person.name for person in persons if person.name not in by_id[name])
        chosen = {trade.rather for trade in by_id[name].values()}
        status = DIFFER if len(chosen) > 1 else MISSING if silent else AGREE
        found.append(Traded(name, status, by_id[name], silent))
    return tuple(found)


def positions(guide: Guide, persons: Sequence[Person]) -> tuple[Position, ...]:
    """All questions that a person answered, in the guide's order."""
    asked = {person.name: frozenset(in_force(guide, person.case)) for person in persons}
    found = []
    for question in guide.questions:
        said = {
            person.name: person.case.answers[question.id]
            for person in persons
            if question.id in asked[person.name] and question.id in person.case.answers
        }
        if any(value not in NOTHING for value in said.values()):
            others = [person.name for person in persons if person.name not in said]
            silent = tuple(name for name in others if question.id in asked[name])
            not_asked = tuple(name for name in others if question.id not in asked[name])
            found.append(Position(question.id, _status(said, silent), said, silent, not_asked))
    return tuple(found)


def _status(said: Mapping[str, Value], silent: Sequence[str]) -> str:
    if len({value for value in said.values() if value != UNSURE}) > 1:
        return DIFFER
    return MISSING if silent or UNSURE in said.values() else AGREE


def weighed(guide: Guide, persons: Sequence[Person]) -> tuple[Weighed, ...]:
    """Criteria whose points a person set by hand, in the guide's order."""
    found = []
    for criterion in guide.criteria:
        set_by = {
            person.name: person.case.weights[criterion.id] for person in persons if criterion.id in person.case.weights
        }
        if set_by:
            left = tuple(person.name for person in persons if person.name not in set_by)
            found.append(Weighed(criterion.id, set_by, left))
    return tuple(found)
