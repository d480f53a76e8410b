"""The whole way from answers to a recommendation."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from selector.case.answers import AnswerError, Case, check_case
from selector.case.effects import Assumption
from selector.case.fixed import with_fixed
from selector.case.own import with_facts
from selector.case.requirements import Gates, Yielded, families_off, preference_id
from selector.case.situation import Situation, interpret
from selector.case.verdict import EXCLUDED, FEASIBLE, UNVERIFIED, Near, Verdict, nearest
from selector.guide.editions import Cell, Editions, Rated, in_editions
from selector.guide.guide import Guide
from selector.guide.model import Criterion
from selector.guide.overruled import with_own
from selector.guide.strategies import Strategy
from selector.guide.values import ValueTable, strategy_cell

from . import differences
from .totals import Totals, dominates, percent, rank_bounds, ranks, totals


@dataclass(frozen=True, slots=True)
class RankedStrategy:
    """The place of one strategy.

    Attributes:
        row: its row in the value table and in `Guide.strategies`.
        rank: 1 for the first; equal totals share a rank; None when ruled out or when nothing was answered.
            Strategies that are not verified are ranked among those and the feasible ones, but listed below.
        total: exact score bounds.
        tier: 0 for what no preference puts behind; ranks go by tier first, then by total.
        editions: which edition of which member it is taken in, where editions differ.
    """

    strategy: Strategy
    row: int
    rank: int | None
    total: Totals
    verdict: Verdict
    tier: int = 0
    editions: Editions = ()


@dataclass(frozen=True)
class Recommendation:
    """The answer to a case. `selector.recommendation_data` gives it as plain JSON data.

    Attributes:
        places: all strategies: feasible ones best first, then not verified ones, then ruled out ones; in the order
            of their names while nothing was answered.
        points: whole points per criterion, in guide order.
        gates: what ruled strategies out and which preferences put some first.
    """

    guide: Guide
    case: Case
    situation: Situation
    table: ValueTable
    points: tuple[int, ...]
    places: tuple[RankedStrategy, ...]
    notices: tuple[str, ...]
    gates: Gates

    @property
    def yielded(self) -> tuple[Yielded, ...]:
        """Assumptions and bindings that were given up because with them nothing would be left."""
        return tuple(self.gates.yielded)

    @cached_property
    def assumed(self) -> tuple[Assumption, ...]:
        """Assumptions in force: neither set aside nor given up."""
        out = {item.id for item in self.yielded} | self.case.relax
        return tuple(item for item in self.situation.assumptions if item.id not in out)

    @cached_property
    def gates_in_force(self) -> tuple[str, ...]:
        """Ids of the assumptions, bindings and preferences that hold, as `relax` takes them."""
        given_up = {item.id for item in self.yielded}
        bound = [item.id for item in self.situation.bindings if not item.relaxed and item.id not in given_up]
        preferred = [preference_id(preference.id) for preference, _ in self.gates.behind]
        return (*(item.id for item in self.assumed), *bound, *preferred)

    @property
    def crowned(self) -> bool:
        """True once an answer or a slider says something; until then nothing ranks first."""
        return bool(self.situation.informed or self.case.weights)

    @cached_property
    def feasible(self) -> tuple[RankedStrategy, ...]:
        """Places of the strategies that meet every requirement."""
        return tuple(place for place in self.places if place.verdict.status == FEASIBLE)

    @cached_property
    def contenders(self) -> tuple[RankedStrategy, ...]:
        """The feasible ones that no preference puts behind others: among them the scores decide."""
        return tuple(place for place in self.feasible if not place.tier)

    @cached_property
    def leaders(self) -> tuple[RankedStrategy, ...]:
        """The strategies that share the first rank; several when totals are equal, none when nothing is feasible."""
        if not self.crowned:
            return ()
        best = self.contenders[0].total.twice if self.contenders else 0
        return tuple(place for place in self.contenders if place.total.twice == best)

    @property
    def winner(self) -> RankedStrategy | None:
        """The first of the leaders."""
        return self.leaders[0] if self.leaders else None

    @property
    def runner_up(self) -> RankedStrategy | None:
        """The named rival that the winner is explained against: the next feasible strategy."""
        return self.feasible[1] if self.crowned and len(self.feasible) > 1 else None

    @cached_property
    def rank_bounds(self) -> dict[int, tuple[int, int]]:
        """By row, the best and the worst rank that a strategy may turn out to have once all facts are known, among
        those that are not ruled out."""
        alive = [place for place in self.places if place.rank is not None]
        found = rank_bounds([place.total for place in alive])
        return {place.row: bounds for place, bounds in zip(alive, found, strict=True)}

    def place(self, strategy: str) -> RankedStrategy:
        """The place of a strategy by id, named id or alias. Raises KeyError."""
        found = self.guide.strategy(strategy)
        return next(place for place in self.places if place.strategy is found)

    def values(self, place: RankedStrategy) -> tuple[Sequence[int], Sequence[int]]:
        """Lower and upper values of a strategy, in criteria order."""
        return self.table.low[place.row], self.table.high[place.row]

    def rated(self, strategy: Strategy) -> Rated:
        """The guide with the editions of its members in which a strategy is taken."""
        return in_editions(self.guide, self._editions[strategy.id])

    def cell(self, strategy: Strategy, criterion: Criterion) -> Cell:
        """The value of a strategy on a criterion, as it is for this visitor."""
        return strategy_cell(self.rated(strategy), strategy, criterion, self.situation.free)

    @cached_property
    def _editions(self) -> dict[str, Editions]:
        return {place.strategy.id: place.editions for place in self.places}

    def differences(self, place: RankedStrategy, rival: RankedStrategy) -> list[differences.Difference]:
        """What each criterion adds to the lead of one strategy over a rival, largest first."""
        return differences.differences(
            [criterion.id for criterion in self.guide.criteria],
            self.points,
            self.values(place),
            self.values(rival),
        )

    def warnings(self, place: RankedStrategy) -> list[str]:
        """Criteria among the visitor's top ones on which a strategy has the worst value."""
        columns = differences.at_the_bottom(self.points, self.table.low[place.row])
        found = [(-self.points[column], self.guide.criteria[column].id) for column in columns]
        return [name for _, name in sorted(found)]

    @cached_property
    def near(self) -> Near | None:
        """What to relax when nothing is left; None when something is."""
        if any(place.verdict.status != EXCLUDED for place in self.places):
            return None
        # Visitors cannot allow what stands for something else, or is stood for: an answer says which of them takes part.
        families = families_off(self.guide)
        by_row = [
            place
            for place in sorted(self.places, key=lambda place: place.row)
            if not families.intersection(place.verdict.failed)
        ]
        order = {place.strategy.id: -place.total.twice for place in by_row}
        return nearest([place.strategy.id for place in by_row], [place.verdict for place in by_row], order)

    def dominated_by(self, place: RankedStrategy) -> list[str]:
        """Ids of feasible strategies that are certainly at least as good on every criterion with points, and better
        on one; best first."""
        high, most = self.table.high[place.row], place.total.high
        return [
            other.strategy.id
            for other in self.feasible
            if other.row != place.row
            and other.total.low >= most
            and dominates(self.table.low[other.row], high, self._counting)
        ]

    @cached_property
    def _counting(self) -> tuple[int, ...]:
        """Columns of the criteria with points."""
        return tuple(column for column, points in enumerate(self.points) if points)


def recommend(
    guide: Guide,
    answers: Mapping[str, Any],
    *,
    weights: Mapping[str, Any] | None = None,
    relax: Collection[str] = (),
    own: object = None,
    lenient: bool = False,
) -> Recommendation:
    """Recommend strategies for a visitor's answers.

    Args:
        guide: the guide.
        answers: question id to answer id, list of answer ids, whole number, or "unsure"; questions may be left out.
        weights: criterion id to whole points (0..1000) that replace what the answers give.
        relax: ids of requirements and exclusions ("question.answer.criterion-or-option") to set aside.
        own: own facts that replace the guide's, by name: {"option.criterion": "level", "price.id": 0.4}; see `case.own`.
        lenient: set bad answers aside and describe them in `notices` instead of raising.

    Raises:
        AnswerError: an answer, weight or own fact that the guide does not know (unless lenient).
    """
    notices: list[str] = []
    case = check_case(guide, answers, weights, relax, notices=notices if lenient else None)
    aside: list[AnswerError] = []
    case = with_facts(guide, case, own, aside if lenient else None)
    return recommend_case(guide, case, (*notices, *map(str, aside)))


def recommend_case(guide: Guide, case: Case, notices: tuple[str, ...] = ()) -> Recommendation:
    """The same for a case that was checked before. The recommendation's guide has the case's own facts in it."""
    guide = with_own(guide, case.own)
    case, told = with_fixed(guide, case)
    notices = (*notices, *told)
    situation = interpret(guide, case)
    points = situation.whole_points()
    gates = Gates(guide, situation, ValueTable.of(guide, situation.free), case.relax)
    table = gates.table
    sums = totals(points, table.low, table.high)
    places = _rank(guide, gates, sums, crowned=bool(situation.informed or case.weights))
    return Recommendation(guide, case, situation, table, points, places, notices, gates)


def _rank(guide: Guide, gates: Gates, sums: list[Totals], *, crowned: bool) -> tuple[RankedStrategy, ...]:
    """Feasible first, then not verified, then ruled out; within each what preferences put first, then by total, equals
    in the order of their ids."""
    rows = range(len(guide.strategies))
    verdicts, tiers = [gates.verdict(row) for row in rows], [gates.tier(row) for row in rows]
    alive = [row for row in rows if not verdicts[row].failed]
    rank_of = dict(zip(alive, ranks([(-tiers[row], sums[row].twice) for row in alive]), strict=True)) if crowned else {}
    order = {FEASIBLE: 0, UNVERIFIED: 1, EXCLUDED: 2}
    editions = [guide.variants[number].editions for number in gates.used]
    places = [
        RankedStrategy(strategy, row, rank_of.get(row), sums[row], verdicts[row], tiers[row], editions[row])
        for row, strategy in enumerate(guide.strategies)
    ]
    if not crowned:
        return tuple(sorted(places, key=lambda place: (guide.by_name(place.strategy.name), place.strategy.id)))
    return tuple(
        sorted(
            places,
            key=lambda place: (order[place.verdict.status], place.tier, -place.total.twice, place.strategy.id),
        )
    )


def score(place: RankedStrategy, points: Sequence[int]) -> float:
    """The mid-point score of a strategy, 0..100, for display."""
    return percent(place.total.twice, points) / 2
