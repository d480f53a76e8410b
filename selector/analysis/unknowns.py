"""Which unknown facts would change a recommendation, once known (method sections 7 and 8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from selector.case.requirements import Judge
from selector.guide.guide import Guide
from selector.guide.model import Criterion, Option, Rating
from selector.guide.reading import read_rating
from selector.guide.strategies import Strategy
from selector.guide.values import Cell, strategy_cell
from selector.scoring.recommend import Recommendation

from .sensitivity import Leaders


@dataclass(frozen=True, slots=True)
class UnknownImpact:
    """An unknown cell and who would come first at each of its levels, where that is somebody else."""

    option: str
    criterion: str
    changes: Mapping[str, Leaders]


def impactful_unknowns(result: Recommendation) -> list[UnknownImpact]:
    """Unknown cells of options whose levels, once known, change the leaders; those that change most first."""
    return by_impact(item for item in unknown_impacts(result) if item.changes)


def unknown_impacts(result: Recommendation) -> Iterator[UnknownImpact]:
    """Every unknown cell of an option, in the guide's order, also when no level of it changes anything."""
    trial = _Trial(result)
    for option in result.guide.options:
        for column, criterion in enumerate(result.guide.criteria):
            rating = option.ratings[criterion.id]
            if rating.low < rating.high:
                yield UnknownImpact(option.id, criterion.id, trial.changes(option, column))


def by_impact(found: Iterable[UnknownImpact]) -> list[UnknownImpact]:
    """Those that change most first."""
    return sorted(found, key=lambda item: (-len(item.changes), item.option, item.criterion))


class _Supposed:
    """A guide in which one cell of one option is known."""

    def __init__(self, guide: Guide, option: Option, criterion: Criterion, known: Rating) -> None:
        self._guide = guide
        self._option = replace(option, ratings={**option.ratings, criterion.id: known})

    def entry(self, section: str, id_or_alias: str) -> Mapping[str, object]:
        """As in the guide."""
        return self._guide.entry(section, id_or_alias)

    def option(self, id_or_alias: str) -> Option:
        """As in the guide, but for the option with the known cell."""
        return self._option if id_or_alias == self._option.id else self._guide.option(id_or_alias)

    def cell(self, option: str, criterion: str) -> Cell:
        """The value of one option on one criterion."""
        rating = self.option(option).ratings[criterion]
        return Cell(rating.low, rating.high, rating.level, (option,))


class _Trial:
    """Who would come first if one cell were known: only strategies with that option have to be looked at again."""

    def __init__(self, result: Recommendation) -> None:
        self._result = result
        guide = result.guide
        self._now = frozenset(place.strategy.id for place in result.leaders)
        self._judge = Judge(guide, result.situation, result.table, result.case.relax)
        self._total = {place.row: place.total.twice for place in result.places}
        self._ranked = [place.row for place in result.feasible]
        if not result.crowned:
            self._ranked.sort(key=lambda row: -self._total[row])
        self._having: dict[str, list[tuple[int, Strategy]]] = {}
        for row, strategy in enumerate(guide.strategies):
            for member in strategy.members:
                self._having.setdefault(member, []).append((row, strategy))

    def changes(self, option: Option, column: int) -> dict[str, Leaders]:
        """Level to leaders, for the levels that change them."""
        criterion, changes = self._result.guide.criteria[column], {}
        rating = option.ratings[criterion.id]
        for level in criterion.levels:
            if rating.low <= level.value <= rating.high:
                known = read_rating({"level": level.id}, criterion)
                leaders = self._leaders(_Supposed(self._result.guide, option, criterion, known), option.id, column)
                if leaders != self._now:
                    changes[level.id] = leaders
        return changes

    def _leaders(self, supposed: _Supposed, option: str, column: int) -> Leaders:
        result, table = self._result, self._result.table
        criterion, weight = result.guide.criteria[column], result.points[column]
        touched = self._having.get(option, [])
        rows = {row for row, _ in touched}
        best, found = -1, list[int]()
        for row in self._ranked:
            if row not in rows:
                if self._total[row] < best:
                    break
                best = self._total[row]
                found.append(row)
        for row, strategy in touched:
            cell = strategy_cell(supposed, strategy, criterion, result.situation.owned)
            total = self._total[row] + weight * (cell.low + cell.high - table.twice[row][column])
            low = table.low[row]
            if total >= best and self._judge.meets_all(row, (*low[:column], cell.low, *low[column + 1 :])):
                if total > best:
                    best, found = total, []
                found.append(row)
        return frozenset(result.guide.strategies[row].id for row in found)
