"""Which strategies may turn out to be ahead once unknown facts are known, all of them counted together.

Two strategies that share a member share what is unknown about it: what would lift the one lifts the other as well. A
completion gives every unknown cell one of its levels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from math import prod
from typing import Any

from selector.guide.guide import Guide
from selector.guide.model import Criterion, Level, Option, Rating
from selector.guide.strategies import Strategy
from selector.guide.values import Cell, Rated, counted, override_of, strategy_cell
from selector.scoring.recommend import RankedStrategy, Recommendation

MOST_COMPLETIONS = 4096
"""Completions tried for two strategies on one criterion; beyond it their shared unknowns are taken as independent."""


def may_pass(result: Recommendation) -> tuple[RankedStrategy, ...]:
    """The contenders, other than the leaders, that some completion puts ahead of the winner."""
    winner = result.winner
    if winner is None:
        return ()
    return tuple(
        place
        for place in result.contenders
        if place not in result.leaders
        and place.total.high >= winner.total.low
        and most_ahead(result, place, winner) > 0
    )


def most_ahead(result: Recommendation, rival: RankedStrategy, winner: RankedStrategy) -> int:
    """The largest lead that a completion gives one strategy over another, in points times values."""
    found = 0
    for column, points in enumerate(result.points):
        if points:
            found += points * _most_apart(result, rival.row, winner.row, column)
    return found


def _most_apart(result: Recommendation, rival: int, winner: int, column: int) -> int:
    """The same on one criterion. Each criterion has its own unknowns, so that the parts add up."""
    guide, table, free = result.guide, result.table, result.situation.free
    apart = table.high[rival][column] - table.low[winner][column]
    criterion = guide.criteria[column]
    pair = guide.strategies[rival], guide.strategies[winner]
    mine, theirs = (_unknown(guide, strategy, criterion, free) for strategy in pair)
    shared = [name for name in mine if name in theirs]
    choices = [_completions(criterion, mine[name]) for name in shared]
    if not shared or prod(map(len, choices)) > MOST_COMPLETIONS:
        return apart
    found = []
    for known in product(*choices):
        supposed = Supposed(guide, {(name, criterion.id): rating for name, rating in zip(shared, known, strict=True)})
        ahead, behind = (strategy_cell(supposed, strategy, criterion, free) for strategy in pair)
        found.append(ahead.high - behind.low)
    return max(found)


class Supposed:
    """A guide in which some cells are known: of options by (option, criterion), and one of a named strategy."""

    def __init__(
        self, guide: Guide, options: Mapping[tuple[str, str], Rating], own: tuple[str, str, str] | None = None
    ) -> None:
        self._guide = guide
        self._options: dict[str, Option] = {}
        for (name, criterion), known in options.items():
            option = self._options.get(name, guide.option(name))
            self._options[name] = replace(option, ratings={**option.ratings, criterion: known})
        self._own = own

    def entry(self, section: str, id_or_alias: str) -> Mapping[str, Any]:
        """As in the guide, but for the strategy with the known cell: (its name, criterion, level)."""
        found = self._guide.entry(section, id_or_alias)
        if self._own is None or section != "strategies" or found["id"] != self._own[0]:
            return found
        _, criterion, level = self._own
        return {**found, "overrides": {**found["overrides"], criterion: {"level": level}}}

    def option(self, id_or_alias: str) -> Option:
        """As in the guide, but for options with a known cell."""
        return self._options.get(id_or_alias) or self._guide.option(id_or_alias)

    def cell(self, option: str, criterion: str) -> Cell:
        """The value of one option on one criterion."""
        rating = self.option(option).ratings[criterion]
        return Cell(rating.low, rating.high, rating.level, (option,))


def _unknown(guide: Rated, strategy: Strategy, criterion: Criterion, free: frozenset[str]) -> dict[str, Rating]:
    """Unknown ratings of members that a strategy's value follows from."""
    members = counted(strategy, criterion, free) if criterion.adds_up else strategy.members
    if not members or override_of(guide, strategy, criterion) is not None:
        return {}
    ratings = {member: guide.option(member).ratings[criterion.id] for member in members}
    return {
        member: rating
        for member, rating in ratings.items()
        if (rating.low, rating.light) != (rating.high, rating.heavy)
    }


def _completions(criterion: Criterion, rating: Rating) -> list[Rating]:
    """What an unknown rating may turn out to be: its ends, and the levels between them."""
    ends = [
        Rating(rating.low, rating.low, rating.heavy, rating.heavy, None),
        Rating(rating.high, rating.high, rating.light, rating.light, None),
    ]
    between = [
        Rating(level.value, level.value, level.burden, level.burden, level.id)
        for level in levels_within(criterion, rating)
        if rating.low < level.value < rating.high
    ]
    return ends + between


def levels_within(criterion: Criterion, rating: Rating) -> list[Level]:
    """The levels that an unknown cell may turn out to have."""
    return [level for level in criterion.levels if rating.low <= level.value <= rating.high]
