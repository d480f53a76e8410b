"""The value of a strategy on a criterion, from its members, by the criterion's rule (method section 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from operator import add
from typing import Protocol

from .editions import Cell, Rated, Variant, in_editions
from .model import Criterion
from .option import Option, Rating
from .reading import read_rating
from .strategies import Part, Strategy

NOTHING: frozenset[str] = frozenset()

Row = tuple[int, ...]


class Enumerated(Rated, Protocol):
    """The same with all its criteria and strategies."""

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The columns of the table of values."""

    @property
    def variants(self) -> tuple[Variant, ...]:
        """The rows of the table of values: strategies in the first edition of each member, then in others."""


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
        return Cell(override.low, override.high, override.level, (), own=override.own)
    if criterion.adds_up:
        return _sum(burdens(guide, strategy, criterion, owned), criterion)
    if strategy.parts:
        return _split(guide, strategy, criterion)
    main = tuple([member for member in strategy.members if member not in strategy.support])
    return _compare(guide, main, strategy.filled, criterion)


def class_cell(
    guide: Rated, strategy: Strategy, criterion: Criterion, cls: str, owned: frozenset[str] = NOTHING
) -> Cell:
    """The value of a strategy for one class of things: of the part that it goes, where the strategy is split."""
    part = next((part for part in strategy.parts if part.cls == cls), None)
    if part is None or criterion.adds_up:
        return strategy_cell(guide, strategy, criterion, owned)
    return _way(guide, part, criterion)


def override_of(guide: Rated, strategy: Strategy, criterion: Criterion) -> Rating | None:
    """The cell that a named strategy declares for itself, or None."""
    if strategy.named is None:
        return None
    entry = guide.entry("strategies", strategy.named).get("overrides", {}).get(criterion.id)
    return None if entry is None else read_rating(entry, criterion)


def counted(strategy: Strategy, criterion: Criterion, owned: frozenset[str]) -> tuple[str, ...]:
    """Members whose burdens add up: all, but for owned ones where the criterion says that those are free."""
    return tuple(member for member in strategy.members if not (criterion.owned_free and member in owned))


def burdens(
    guide: Rated, strategy: Strategy, criterion: Criterion, owned: frozenset[str] = NOTHING
) -> list[tuple[Option, Rating]]:
    """Members whose burdens add up, with what each adds.

    Nobody says which edition of an owned option is in use: the first adds nothing, and another one nothing or its own
    burden.
    """
    found = []
    for option in map(guide.option, strategy.members):
        rating = option.ratings[criterion.id]
        if criterion.owned_free and option.id in owned:
            if criterion.id not in option.by_edition or option.edition == option.editions[0].id:
                continue
            rating = replace(rating, light=min(rating.light, Fraction(0)), level=None)
        found.append((option, rating))
    return found


def _sum(added: Sequence[tuple[Option, Rating]], criterion: Criterion) -> Cell:
    """Burdens of all members, each counted once."""
    heavy = sum([rating.heavy for _, rating in added], Fraction(0))
    is_known = all(rating.light is rating.heavy for _, rating in added)  # adding fractions takes long
    light = heavy if is_known else sum([rating.light for _, rating in added], Fraction(0))
    low = criterion.value_of_burden(heavy)
    high = low if light == heavy else criterion.value_of_burden(light)
    level = criterion.level_of_value(low) if low == high else None
    editions = _together(option.edition_name(criterion.id) for option, _ in added)
    own = any(rating.own for _, rating in added)
    return Cell(low, high, level, tuple(option.id for option, _ in added), editions, own)


def _together(editions: Iterable[str]) -> str:
    """The names of the editions for which a value holds."""
    return ", ".join(dict.fromkeys(name for name in editions if name))


def _split(guide: Rated, strategy: Strategy, criterion: Criterion) -> Cell:
    """The way of the class that the criterion asks about, else the worst way."""
    asked = next((part for part in strategy.parts if part.cls == criterion.cls), None)
    if asked is not None:
        return _way(guide, asked, criterion)
    return _pick(criterion, [_way(guide, part, criterion) for part in strategy.parts], min)


def _way(guide: Rated, part: Part, criterion: Criterion) -> Cell:
    """The value of one part of a strategy."""
    main = tuple([member for member in part.members if member not in part.filling.support])
    return _compare(guide, main, part.filling.filled, criterion)


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
    if len(cells) == 1:
        return cells[0]
    low, high = choose([cell.low for cell in cells]), choose([cell.high for cell in cells])
    deciding = [cell for cell in cells if cell.low == low or cell.high == high]
    members = dict.fromkeys(member for cell in deciding for member in cell.members)
    level = criterion.level_of_value(low) if low == high else None
    own = any(cell.own for cell in deciding)
    return Cell(low, high, level, tuple(members), _together(cell.edition for cell in deciding), own)


def _owned_cell(guide: Enumerated, row: int, criterion: Criterion, owned: frozenset[str]) -> Cell:
    """The value of a variant of which these members are in use; kept with the guide, as few such sets occur."""
    kept: dict[tuple[int, str, frozenset[str]], Cell] = guide.__dict__.setdefault("_owned_cells", {})
    key = row, criterion.id, owned
    if key not in kept:
        variant = guide.variants[row]
        kept[key] = strategy_cell(in_editions(guide, variant.editions), variant.strategy, criterion, owned)
    return kept[key]


def _first_row(guide: Enumerated, variant: Variant) -> list[Cell]:
    """The values of a strategy in the first edition of each member: what the guide's own ratings say."""
    return [strategy_cell(guide, variant.strategy, criterion) for criterion in guide.criteria]


def _other_row(guide: Enumerated, variant: Variant, first: Sequence[Cell]) -> list[Cell]:
    """The same in other editions, which differ on some criteria only."""
    rated = in_editions(guide, variant.editions)
    differing = {criterion for member, _ in variant.editions for criterion in guide.option(member).by_edition}
    return [
        strategy_cell(rated, variant.strategy, criterion) if criterion.id in differing else known
        for criterion, known in zip(guide.criteria, first, strict=True)
    ]


@dataclass(frozen=True)
class ValueTable:
    """Values of all strategies on all criteria: `low[i][j]` and `high[i][j]`, whole numbers 0..1000.

    Rows follow `Guide.strategies`, columns `Guide.criteria`. What `of` gives has more rows: the same strategies in other
    editions, as `Guide.variants` has them; `rows` takes one for each strategy.
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
        rows: list[list[Cell]] = []
        for variant in guide.variants:
            is_first = variant.row == len(rows)  # all others come after these
            rows.append(_first_row(guide, variant) if is_first else _other_row(guide, variant, rows[variant.row]))
        return cls._of_rows(
            [tuple([cell.low for cell in row]) for row in rows], [tuple([cell.high for cell in row]) for row in rows]
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
                    row: _owned_cell(guide, row, criterion, owned.intersection(variant.strategy.members))
                    for row, variant in enumerate(guide.variants)
                    if not owned.isdisjoint(variant.strategy.members)
                }
                table = table.with_cells(column, cells)
        return table

    def rows(self, chosen: tuple[int, ...]) -> ValueTable:
        """Only these rows, in this order; kept, as few choices occur."""
        if chosen == tuple(range(len(self.low))):
            return self
        kept: dict[tuple[int, ...], ValueTable] = self.__dict__.setdefault("_rows", {})
        if chosen not in kept:
            kept[chosen] = ValueTable._of_rows([self.low[row] for row in chosen], [self.high[row] for row in chosen])
        return kept[chosen]

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
