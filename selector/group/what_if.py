"""What if: several cases of one visitor side by side, in the order given, and what changes from each to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from selector.analysis.sensitivity import Leaders, leaders_of, with_answer
from selector.analysis.trade_off import with_trade, without_trade
from selector.case.answers import Case, Value, in_force
from selector.case.own import checked_own
from selector.case.trades import Trade
from selector.case.verdict import EXCLUDED
from selector.guide.guide import Guide
from selector.guide.overruled import with_own
from selector.guide.own import OwnFact
from selector.scoring.recommend import Recommendation, recommend_case

from .persons import MOST_PERSONS, GroupError, Person

ANSWER, WEIGHT, RELAXED, TRADED, OWN = "answer", "weight", "relaxed", "trade-off", "own fact"
"""Kinds of things that a case says."""

Said = Value | Trade | OwnFact | bool | None
"""What a case says of one of them: None where it says nothing, True for a requirement that is relaxed."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that cases may say differently: a question, a weight set directly, a requirement, a trade-off, a fact; by id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Change:
    """What two neighbouring cases say differently.

    Attributes:
        before, after: what each says.
        alone: who would rank first in the earlier case with this change and no other.
        without: who would rank first in the later case without this change.
    """

    subject: Subject
    before: Said
    after: Said
    alone: Leaders
    without: Leaders


@dataclass(frozen=True, slots=True)
class Step:
    """From one case to the next.

    Attributes:
        changes: what the later case says differently.
        leaders_before, leaders_after: who ranks first.
        out, back: ids of the strategies that only the later, or only the earlier case rules out; best rank first.
    """

    changes: tuple[Change, ...]
    leaders_before: Leaders
    leaders_after: Leaders
    out: tuple[str, ...]
    back: tuple[str, ...]

    def enough(self, change: Change) -> bool:
        """True for a change that alone brings about the later first place, where that is another one."""
        return self.leaders_before != self.leaders_after == change.alone

    def needed(self, change: Change) -> bool:
        """True for a change without which the later first place would be another one."""
        return self.leaders_before != self.leaders_after != change.without


@dataclass(frozen=True)
class WhatIf:
    """Cases side by side; `what_if` makes it.

    Attributes:
        cases: in the order given.
        results: the recommendation for each.
    """

    guide: Guide
    cases: tuple[Person, ...]
    results: tuple[Recommendation, ...]

    @cached_property
    def strategies(self) -> tuple[str, ...]:
        """Ids of the strategies that some case leaves, by their best rank in any case, then by the sum of their ranks."""
        last = len(self.guide.strategies) + 1
        ranks: dict[str, list[int]] = {}
        for result in self.results:
            for place in result.places:
                if place.verdict.status != EXCLUDED:
                    ranks.setdefault(place.strategy.id, []).append(place.rank or last)
        missing = {name: (len(self.cases) - len(found)) * last for name, found in ranks.items()}
        return tuple(sorted(ranks, key=lambda name: (min(ranks[name]), sum(ranks[name]) + missing[name], name)))

    @cached_property
    def differing(self) -> tuple[tuple[Subject, tuple[Said, ...]], ...]:
        """What the cases do not all say alike, with what each says; in the order of the guide."""
        said = [_said(self.guide, one.case) for one in self.cases]
        subjects = sorted({subject for one in said for subject in one}, key=lambda item: _order(self.guide, item))
        rows = ((subject, tuple(one.get(subject) for one in said)) for subject in subjects)
        return tuple((subject, row) for subject, row in rows if any(item != row[0] for item in row))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What changes from each case to the next."""
        return tuple(self._step(number) for number in range(len(self.cases) - 1))

    def _step(self, number: int) -> Step:
        guide = self.guide
        earlier, later = (self.cases[at].case for at in (number, number + 1))
        changes = tuple(
            Change(
                subject,
                row[number],
                row[number + 1],
                _leaders(guide, _with(guide, earlier, subject, row[number + 1])),
                _leaders(guide, _with(guide, later, subject, row[number])),
            )
            for subject, row in self.differing
            if row[number] != row[number + 1]
        )
        first = [frozenset(place.strategy.id for place in result.leaders) for result in self.results]
        out, back = self._only_in(number, number + 1), self._only_in(number + 1, number)
        return Step(changes, first[number], first[number + 1], out, back)

    def _only_in(self, here: int, there: int) -> tuple[str, ...]:
        """Strategies that one case leaves and another one rules out."""
        out = {place.strategy.id for place in self.results[there].places if place.verdict.status == EXCLUDED}
        left = (place.strategy.id for place in self.results[here].places if place.verdict.status != EXCLUDED)
        return tuple(name for name in left if name in out)


def what_if(guide: Guide, cases: Sequence[Person]) -> WhatIf:
    """Put cases side by side.

    Args:
        guide: the guide.
        cases: one to nine, each under its name, in the order in which they are to be read.

    Raises:
        GroupError: none, more than MOST_PERSONS, or two of one name.
    """
    if not 1 <= len(cases) <= MOST_PERSONS:
        raise GroupError(f"1 to {MOST_PERSONS} cases can be compared, not {len(cases)}")
    names = [case.name for case in cases]
    if len(set(names)) < len(names):
        twin = next(name for name in names if names.count(name) > 1)
        raise GroupError(f"two cases are called '{twin}'")
    return WhatIf(guide, tuple(cases), tuple(recommend_case(guide, one.case) for one in cases))


def _said(guide: Guide, case: Case) -> Mapping[Subject, Said]:
    """All that a case says and that counts: answers to questions that are not asked do not."""
    asked = in_force(guide, case)
    found: dict[Subject, Said] = {
        Subject(ANSWER, name): value for name, value in case.answers.items() if name in asked and value != ()
    }
    found.update({Subject(WEIGHT, name): points for name, points in case.weights.items()})
    found.update({Subject(RELAXED, name): True for name in case.relax})
    found.update({Subject(TRADED, trade.id): trade for trade in case.trades})
    found.update({Subject(OWN, fact.name): fact for fact in case.own})
    return found


def _leaders(guide: Guide, case: Case) -> Leaders:
    """Who ranks first with the own facts of a case."""
    return leaders_of(with_own(guide, case.own), case)


def _order(guide: Guide, subject: Subject) -> tuple[Any, ...]:
    """Questions first, as the guide asks them, then weights as it lists criteria, then the rest by name."""
    if subject.kind == ANSWER:
        return 0, [question.id for question in guide.questions].index(subject.id), ""
    if subject.kind == WEIGHT:
        return 1, guide.column(subject.id), ""
    return 2 + (RELAXED, TRADED, OWN).index(subject.kind), 0, subject.id


def _with(guide: Guide, case: Case, subject: Subject, said: Said) -> Case:
    """The case, saying this of one subject and of all others what it did."""
    name = subject.id
    if subject.kind == ANSWER:
        assert not isinstance(said, Trade | OwnFact)
        return with_answer(case, name, said)
    if subject.kind == WEIGHT:
        left = {key: points for key, points in case.weights.items() if key != name}
        return replace(case, weights=left | ({name: said} if isinstance(said, int) else {}))
    if subject.kind == RELAXED:
        return replace(case, relax=case.relax | {name} if said else case.relax - {name})
    if subject.kind == OWN:
        others = [fact for fact in case.own if fact.name != name]
        # Values of levels that are in order in each case may not be so mixed: then they can't hold, and are left out.
        return replace(case, own=checked_own(guide, [*others, *([said] if isinstance(said, OwnFact) else [])], []))
    return with_trade(case, said) if isinstance(said, Trade) else without_trade(case, name)
