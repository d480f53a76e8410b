"""The value of a strategy on a criterion, from its members, by the criterion's rule (method section 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from operator import add
from typing import Any, Protocol

from .model import Criterion, Option, Rating
from .reading import read_rating
from .strategies import Strategy

NOTHING: frozenset[str] = frozenset()

Row = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """An interval of values, 0..1000, low <= high; a known cell has low == high.

    `level` is the level's id when the value is exactly one level's. `members` are the option ids that decide it;
    empty when the cell is declared for the combination itself.
    """

    low: int
    high: int
    level: str | None
    members: tuple[str, ...]


class Rated(Protocol):
    """What values are worked out from: a guide, or one in which something is supposed to be known."""

    def entry(self, section: str, id_or_alias: str, /) -> Mapping[str, Any]:
        """The plain entry of a section."""

    def option(self, id_or_alias: str, /) -> Option:
        """An option with its ratings."""

    def cell(self, option: str, criterion: str, /) -> Cell:
        """The value of one option on one criterion."""


class Enumerated(Rated, Protocol):
    """The same with all its criteria and strategies."""

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The columns of the table of values."""

    @property
    def strategies(self) -> tuple[Strategy, ...]:
        """The rows of the table of values."""


def strategy_cell(guide: Rated, strategy: Strategy, criterion: Criterion, owned: frozenset[str] = NOTHING) -> Cell:
    """The value of a strategy on a criterion.

    Args:
        guide: the guide.
        strategy: one of its strategies.
        criterion: one of its criteria.
        owned: option ids that the visitor already runs; they add no burden where the criterion says so.
    """
    override = override_of(guide, strategy, criterion)
    if override is not None and not (criterion.adds_up and not counted(strategy, criterion, owned)):
        return Cell(override.low, override.high, override.level, ())
    if criterion.adds_up:
        return _sum(guide, counted(strategy, criterion, owned), criterion)
    if strategy.parts:
        return _split(guide, strategy, criterion)
    main = tuple(member for member in strategy.members if member not in strategy.support)
    return _compare(guide, main, strategy.filled, criterion)


def class_cell(
    guide: Rated, strategy: Strategy, criterion: Criterion, cls: str, owned: frozenset[str] = NOTHING
) -> Cell:
    """The value of a strategy for one class of things: of the part that it goes, where the strategy is split."""
    part = next((part for part in strategy.parts if part.cls == cls), None)
    if part is None or criterion.adds_up:
        return strategy_cell(guide, strategy, criterion, owned)
    main = tuple(member for member in part.members if member not in part.filling.support)
    return _compare(guide, main, part.filling.filled, criterion)


def override_of(guide: Rated, strategy: Strategy, criterion: Criterion) -> Rating | None:
    """The cell that a named strategy declares for itself, or None."""
    if strategy.named is None:
        return None
    entry = guide.entry("strategies", strategy.named).get("overrides", {}).get(criterion.id)
    return None if entry is None else read_rating(entry, criterion)


def counted(strategy: Strategy, criterion: Criterion, owned: frozenset[str]) -> tuple[str, ...]:
    """Members whose burdens add up: all, but for owned ones where the criterion says that those are free."""
    return tuple(member for member in strategy.members if not (criterion.owned_free and member in owned))


def _sum(guide: Rated, members: tuple[str, ...], criterion: Criterion) -> Cell:
    """Burdens of all members, each counted once."""
    ratings = [guide.option(member).ratings[criterion.id] for member in members]
    heavy = sum((rating.heavy for rating in ratings), Fraction(0))
    light = sum((rating.light for rating in ratings), Fraction(0))
    low = criterion.value_of_burden(heavy)
    high = low if light == heavy else criterion.value_of_burden(light)
    return Cell(low, high, criterion.level_of_value(low) if low == high else None, members)


def _split(guide: Rated, strategy: Strategy, criterion: Criterion) -> Cell:
    """The way of the class that the criterion asks about, else the worst way."""
    cells = {
        part.cls: _compare(
            guide,
            tuple(member for member in part.members if member not in part.filling.support),
            part.filling.filled,
            criterion,
        )
        for part in strategy.parts
    }
    if criterion.cls in cells:
        return cells[criterion.cls]
    return _pick(criterion, list(cells.values()), min)


def _compare(guide: Rated, main: tuple[str, ...], filled: Mapping[str, str], criterion: Criterion) -> Cell:
    """Rules best, worst and role over the members that carry the value."""
    if criterion.rule == "role":
        who = next((filled[role] for role in criterion.roles if role in filled), None)
        if who is not None:
            return guide.cell(who, criterion.id)
    cells = [guide.cell(member, criterion.id) for member in main]
    return _pick(criterion, cells, max if criterion.rule == "best" else min)


def _pick(criterion: Criterion, cells: list[Cell], choose: Callable[[Iterable[int]], int]) -> Cell:
    """Best or worst of cells, bound by bound: both rules are monotone in every member (method section 5)."""
    low, high = choose(cell.low for cell in cells), choose(cell.high for cell in cells)
    deciding = [member for cell in cells if cell.low == low or cell.high == high for member in cell.members]
    level = criterion.level_of_value(low) if low == high else None
    return Cell(low, high, level, tuple(dict.fromkeys(deciding)))


@dataclass(frozen=True)
class ValueTable:
    """Values of all strategies on all criteria: `low[i][j]` and `high[i][j]`, whole numbers 0..1000.

    Rows follow `Guide.strategies`, columns `Guide.criteria`.
    """

    low: tuple[Row, ...]
    high: tuple[Row, ...]

    @classmethod
    def of(cls, guide: Enumerated, owned: frozenset[str] = NOTHING) -> ValueTable:
        """The table for a visitor who already runs `owned`; kept with the guide, as few such sets occur."""
        cache: dict[frozenset[str], ValueTable] = guide.__dict__.setdefault("_value_tables", {})
        if owned not in cache:
            cache[owned] = cls.of(guide)._with_owned(guide, owned) if owned else cls._fresh(guide)
        return cache[owned]

    @classmethod
    def _fresh(cls, guide: Enumerated) -> ValueTable:
        cells = [
            [strategy_cell(guide, strategy, criterion) for criterion in guide.criteria] for strategy in guide.strategies
        ]
        return cls._of_rows(
            [tuple(cell.low for cell in row) for row in cells], [tuple(cell.high for cell in row) for row in cells]
        )

    @classmethod
    def _of_rows(cls, low: Iterable[Row], high: Iterable[Row]) -> ValueTable:
        """Equal rows become one, so that what is known need not be added up twice."""
        below = tuple(low)
        above = tuple(least if least == most else most for least, most in zip(below, high, strict=True))
        return cls(below, below if below == above else above)

    def _with_owned(self, guide: Enumerated, owned: frozenset[str]) -> ValueTable:
        """Only burdens of owned members change, and only where the criterion says that those are free."""
        table = self
        for column, criterion in enumerate(guide.criteria):
            if criterion.adds_up and criterion.owned_free:
                cells = {
                    row: strategy_cell(guide, strategy, criterion, owned)
                    for row, strategy in enumerate(guide.strategies)
                    if not owned.isdisjoint(strategy.members)
                }
                table = table.with_cells(column, cells)
        return table

    def with_cells(self, column: int, cells: Mapping[int, Cell]) -> ValueTable:
        """The same table with other cells, by row, in one column."""
        low, high = list(self.low), list(self.high)
        for row, cell in cells.items():
            low[row] = (*low[row][:column], cell.low, *low[row][column + 1 :])
            high[row] = (*high[row][:column], cell.high, *high[row][column + 1 :])
        return ValueTable._of_rows(low, high)

    @cached_property
    def twice(self) -> tuple[Row, ...]:
        """low + high: two times the mid-points, so that halves stay whole. For ranking alone."""
        return tuple(tuple(map(add, low, high)) for low, high in zip(self.low, self.high, strict=True))
