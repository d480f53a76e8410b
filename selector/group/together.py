"""Several people's answers compared: rankings, what all can accept, the least regret, whose requirement rules out what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from selector.case.choice import each_row
from selector.case.requirements import families_off
from selector.case.verdict import Near, Verdict, nearest
from selector.guide.guide import Guide
from selector.scoring.recommend import RankedStrategy, Recommendation, recommend_case

from .facts import shared
from .joint import Joint, View
from .persons import Person, checked, distinct
from .positions import Position, Traded, Weighed, positions, traded, weighed


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement, exclusion, binding or assumption, by the id that `relax` takes.

    Attributes:
        persons: names of those for whom it rules something out.
        rules_out: ids of the strategies that fail it.
        alone: of these the ones that nobody's other requirement rules out: with this one relaxed by everyone they come
            back.
    """

    id: str
    persons: tuple[str, ...]
    rules_out: tuple[str, ...]
    alone: tuple[str, ...]


@dataclass(frozen=True)
class Together:
    """What several people's answers have in common, and what not. `together` makes it.

    Nothing here depends on the order of the people. One who says exactly what another says changes no more than the
    names and counts: `joint` knows each case once.

    Attributes:
        persons: by name.
        results: the recommendation for each, by name.
        joint: what is possible for all, and the losses.
    """

    guide: Guide
    persons: tuple[Person, ...]
    results: Mapping[str, Recommendation]
    joint: Joint

    @property
    def names(self) -> tuple[str, ...]:
        """Of the people, in order."""
        return tuple(person.name for person in self.persons)

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """All questions that a person answered."""
        return positions(self.guide, self.persons)

    @cached_property
    def weighed(self) -> tuple[Weighed, ...]:
        """Criteria whose points a person set by hand."""
        return weighed(self.guide, self.persons)

    @cached_property
    def traded(self) -> tuple[Traded, ...]:
        """Trade-offs that a person answered."""
        return traded(self.persons)

    @cached_property
    def acceptable(self) -> tuple[str, ...]:
        """Ids of the strategies that all can accept, smallest largest loss first; see `Joint.acceptable`."""
        return self._ids(self.joint.acceptable)

    @cached_property
    def possible(self) -> tuple[str, ...]:
        """Ids of the strategies that meet everyone's requirements, smallest largest loss first.

        Those that a person's preference puts behind others come last.
        """
        largest = self.joint.largest
        rest = [row for row in each_row(self.joint.possible) if row not in largest]
        return self._ids([*sorted(largest, key=largest.__getitem__), *rest])

    @cached_property
    def least_regret(self) -> tuple[str, ...]:
        """Ids of the strategies on which the largest loss of any person is smallest; several when equal."""
        return self._ids(self.joint.least_regret)

    @property
    def regret(self) -> Fraction | None:
        """That loss, in points of 100; None when nothing meets everyone's requirements."""
        return self.joint.regret

    def losses(self, strategy: str) -> dict[str, Fraction]:
        """What each person loses on a possible strategy, in points of 100 on their own scale, by name.

        The strategy is taken in the editions that meet everyone's requirements, so its score may be another than in a
        person's own ranking.
        """
        row = next(row for row, found in enumerate(self.guide.strategies) if found.id == strategy)
        losses = list(zip(self.joint.views, self.joint.losses(row), strict=True))
        return {person.name: next(loss for view, loss in losses if view.case == person.case) for person in self.persons}

    @cached_property
    def first(self) -> dict[str, tuple[str, ...]]:
        """Who puts which strategy first: id to names, most people first. Ties of a person count for each."""
        by: dict[str, list[str]] = {}
        for name, result in self.results.items():
            for place in result.leaders:
                by.setdefault(place.strategy.id, []).append(name)
        return {found: tuple(by[found]) for found in sorted(by, key=lambda name: (-len(by[name]), name))}

    @property
    def most_first(self) -> tuple[str, ...]:
        """Ids of the strategies that most people put first; this counts heads, so agreeing people count each."""
        most = max(map(len, self.first.values()), default=0)
        return tuple(found for found, names in self.first.items() if len(names) == most)

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """Everything that rules something out, with whose it is; what rules out most first."""
        by_id: dict[str, tuple[list[str], dict[str, None]]] = {}
        for name, result in self.results.items():
            for place in sorted(result.places, key=lambda place: place.row):
                for failed in self._failed_by(result, place):
                    persons, strategies = by_id.setdefault(failed, ([], {}))
                    if name not in persons:
                        persons.append(name)
                    strategies[place.strategy.id] = None
        switched = {f"off.{option.id}" for option in self.guide.candidates}
        everyone = len(self.persons)
        found = [
            Asked(
                failed,
                tuple(persons),
                tuple(sorted(strategies)),
                tuple(name for name in sorted(strategies) if self._failed[name] == {failed}),
            )
            for failed, (persons, strategies) in by_id.items()
            # What takes part only when it is named is nobody's requirement while nobody names it.
            if failed not in switched or len(persons) < everyone
        ]
        return tuple(sorted(found, key=lambda item: (-len(item.alone), -len(item.rules_out), item.id)))

    @cached_property
    def _failed(self) -> dict[str, frozenset[str]]:
        """What anybody's case rules each strategy out by."""
        found: dict[str, frozenset[str]] = {strategy.id: frozenset() for strategy in self.guide.strategies}
        for result in self.results.values():
            for place in result.places:
                found[place.strategy.id] |= self._failed_by(result, place)
        return found

    def _failed_by(self, result: Recommendation, place: RankedStrategy) -> frozenset[str]:
        return frozenset(self.joint.asked_id(result.situation, failed) for failed in place.verdict.failed)

    def plain_id(self, result: Recommendation, name: str) -> str | None:
        """What one person's result calls a requirement of all; None for a binding that this person does not have."""
        bound = {self.joint.asked_id(result.situation, item.id): item.id for item in result.situation.bindings}
        return bound.get(name) if name.startswith("bind.") else name

    @cached_property
    def unconfirmed(self) -> dict[str, tuple[str, ...]]:
        """Strategies that nobody's requirement rules out, and what is not verified of them: ids by id."""
        found: dict[str, set[str]] = {name: set() for name, failed in self._failed.items() if not failed}
        for result in self.results.values():
            for place in result.places:
                if place.strategy.id in found:
                    found[place.strategy.id] |= place.verdict.unverified
        return {name: tuple(sorted(ids)) for name, ids in found.items() if ids}

    @property
    def apart(self) -> tuple[str, ...]:
        """Ids of the strategies that meet each person's requirements, but no one edition meets all of them."""
        return self._ids(each_row(self.joint.apart))

    @cached_property
    def near(self) -> Near | None:
        """What to relax, no matter who asked for it, when nothing meets everyone's requirements; None when something does."""
        if self.joint.possible:
            return None
        hidden = families_off(self.guide)
        kept = {name: failed for name, failed in self._failed.items() if not hidden & failed}
        verdicts = [Verdict(failed, frozenset()) for failed in kept.values()]
        return nearest(list(kept), verdicts, dict.fromkeys(kept, 0))

    def _ids(self, rows: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.guide.strategies[row].id for row in rows)


def together(guide: Guide, persons: Iterable[Person]) -> Together:
    """Compare the answers of one to nine people.

    Raises:
        GroupError: too many, two of one name, or one who has answered nothing.
    """
    guide, found = shared(guide, checked(guide, persons))
    joint = Joint(guide, [View(guide, case) for case in distinct(found)])
    results: dict[str, Recommendation] = {}
    for person in found:
        same = next((other for other in results.values() if other.case == person.case), None)
        results[person.name] = same or recommend_case(guide, person.case)
    return Together(guide, found, results, joint)
