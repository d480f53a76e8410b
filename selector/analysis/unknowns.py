"""Which unknown facts would change a recommendation, once known (method sections 7 and 8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from selector.case.choice import each_row
from selector.case.requirements import Gates
from selector.guide.editions import Cell, in_editions
from selector.guide.option import Option, Rating
from selector.guide.reading import read_rating
from selector.guide.values import ValueTable, override_of, strategy_cell
from selector.scoring.recommend import Recommendation
from selector.scoring.totals import dot

from .completions import Supposed, levels_within
from .sensitivity import Leaders


@dataclass(frozen=True, slots=True)
class UnknownImpact:
    """An unknown cell and what would be first at each of its levels, where that is another strategy.

    The cell is an option's, or one that a named strategy declares for itself: then `strategy` is its name in the guide
    and `option` is empty.
    """

    option: str
    criterion: str
    changes: Mapping[str, Leaders]
    strategy: str = ""


def impactful_unknowns(result: Recommendation) -> list[UnknownImpact]:
    """Unknown cells whose levels, once known, change the leaders; those that change most first."""
    return by_impact(item for item in unknown_impacts(result) if item.changes)


def unknown_impacts(result: Recommendation) -> Iterator[UnknownImpact]:
    """Every unknown cell of an option, then of a named strategy, in the guide's order, also when no level of it
    changes anything. A family's cells are left out: they are ranges because its members differ, which is known."""
    trial, guide = _Trial(result), result.guide
    for option in guide.options:
        for column, criterion in enumerate(guide.criteria):
            rating = option.unknown(criterion.id)
            if rating is not None and rating.low < rating.high:
                yield UnknownImpact(option.id, criterion.id, trial.of_option(option, column))
    for row, strategy in enumerate(guide.strategies):
        for column, criterion in enumerate(guide.criteria if strategy.named else ()):
            own = override_of(guide, strategy, criterion)
            if own is not None and own.low < own.high and strategy.named:
                yield UnknownImpact("", criterion.id, trial.of_strategy(row, column, own), strategy.named)


def by_impact(found: Iterable[UnknownImpact]) -> list[UnknownImpact]:
    """Those that change most first."""
    return sorted(found, key=lambda item: (-len(item.changes), item.option, item.strategy, item.criterion))


class _Trial:
    """Who would rank first if one cell were known: only strategies that it concerns have to be looked at again."""

    def __init__(self, result: Recommendation) -> None:
        self._result = result
        guide, situation = result.guide, result.situation
        self._now = frozenset(place.strategy.id for place in result.leaders)
        self._total = {place.row: place.total.twice for place in result.places}
        self._having: dict[str, list[int]] = {}
        for row, strategy in enumerate(guide.strategies):
            for member in strategy.members:
                self._having.setdefault(member, []).append(row)
        asked = [*situation.requirements, *(item for one in situation.assumptions for item in one.requirements)]
        self._asked = {item.criterion for item in asked}

    def of_option(self, option: Option, column: int) -> dict[str, Leaders]:
        """Level to leaders, for the levels of an option's cell that change them."""
        guide = self._result.guide
        criterion = guide.criteria[column]
        rows, rating = self._having.get(option.id, []), option.unknown(guide.criteria[column].id)
        assert rating is not None  # only those are tried
        supposed = {
            level.id: Supposed(guide, {(option.id, criterion.id): read_rating({"level": level.id}, criterion)})
            for level in levels_within(criterion, rating)
        }
        return self._changes(supposed, rows, column)

    def of_strategy(self, row: int, column: int, own: Rating) -> dict[str, Leaders]:
        """The same for a cell that a named strategy declares for itself."""
        guide = self._result.guide
        criterion, named = guide.criteria[column], guide.strategies[row].named
        assert named is not None  # only those declare cells
        supposed = {
            level.id: Supposed(guide, {}, (named, criterion.id, level.id)) for level in levels_within(criterion, own)
        }
        return self._changes(supposed, [row], column)

    def _changes(self, supposed: Mapping[str, Supposed], rows: list[int], column: int) -> dict[str, Leaders]:
        found = {level: self._leaders(known, rows, column) for level, known in supposed.items()}
        return {level: leaders for level, leaders in found.items() if leaders != self._now}

    def _leaders(self, supposed: Supposed, rows: list[int], column: int) -> Leaders:
        result, gates = self._result, self._result.gates
        guide, table = result.guide, result.table
        if guide.criteria[column].id in self._asked:
            # What is feasible decides as well which preferences, bindings, assumptions and editions hold.
            gates = self._gates(supposed, rows, column)
        twice = {row: sum(self._bounds(supposed, gates.used[row], column)) for row in rows}
        best, found = -1, list[int]()
        for row in each_row(gates.contenders):
            total = self._total[row]
            if gates.used[row] != result.gates.used[row]:
                total = dot(result.points, gates.table.low[row]) + dot(result.points, gates.table.high[row])
            elif row in twice:
                total += result.points[column] * (twice[row] - table.twice[row][column])
            if total >= best:
                if total > best:
                    best, found = total, []
                found.append(row)
        return frozenset(guide.strategies[row].id for row in found)

    def _gates(self, supposed: Supposed, rows: list[int], column: int) -> Gates:
        """What is feasible with one cell known, in any edition."""
        guide, situation = self._result.guide, self._result.situation
        cells = {
            number: self._cell(supposed, number, column)
            for number, variant in enumerate(guide.variants)
            if variant.row in rows
        }
        table = ValueTable.of(guide, situation.free).with_cells(column, cells)
        known = guide.criteria[column].id, supposed
        return Gates(guide, situation, table, self._result.case.relax, known)

    def _cell(self, supposed: Supposed, number: int, column: int) -> Cell:
        """The value of a variant with one cell known."""
        guide, variant = self._result.guide, self._result.guide.variants[number]
        rated = in_editions(supposed, variant.editions)
        return strategy_cell(rated, variant.strategy, guide.criteria[column], self._result.situation.free)

    def _bounds(self, supposed: Supposed, number: int, column: int) -> tuple[int, int]:
        cell = self._cell(supposed, number, column)
        return cell.low, cell.high
