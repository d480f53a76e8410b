"""The value of a strategy on a criterion, from its members, by the criterion's rule (method section 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .model import Criterion, Guide, Rating
from .reading import read_rating
from .strategies import Strategy

NOTHING: frozenset[str] = frozenset()


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


def strategy_cell(guide: Guide, strategy: Strategy, criterion: Criterion, owned: frozenset[str] = NOTHING) -> Cell:
    """The value of a strategy on a criterion.

    Args:
        guide: the guide.
        strategy: one of its strategies.
        criterion: one of its criteria.
        owned: option ids that the visitor already runs; they add no burden where the criterion says so.
    """
    override = override_of(guide, strategy, criterion)
    if override is not None:
        return Cell(override.low, override.high, override.level, ())
    if criterion.adds_up:
        return _sum(guide, counted(strategy, criterion, owned), criterion)
    if strategy.parts:
        return _split(guide, strategy, criterion)
    main = tuple(member for member in strategy.members if member not in strategy.support)
    return _compare(guide, main, strategy.filled, criterion)


def override_of(guide: Guide, strategy: Strategy, criterion: Criterion) -> Rating | None:
    """The cell that a named strategy declares for itself, or None."""
    if strategy.named is None:
        return None
    entry = guide.entry("strategies", strategy.named).get("overrides", {}).get(criterion.id)
    return None if entry is None else read_rating(entry, criterion)


def counted(strategy: Strategy, criterion: Criterion, owned: frozenset[str]) -> tuple[str, ...]:
    """Members whose burdens add up: all, but for owned ones where the criterion says that those are free."""
    return tuple(member for member in strategy.members if not (criterion.owned_free and member in owned))


def _sum(guide: Guide, members: tuple[str, ...], criterion: Criterion) -> Cell:
    """Burdens of all members, each counted once."""
    ratings = [guide.option(member).ratings[criterion.id] for member in members]
    low = criterion.value_of_burden(sum((rating.heavy for rating in ratings), Fraction(0)))
    high = criterion.value_of_burden(sum((rating.light for rating in ratings), Fraction(0)))
    return Cell(low, high, criterion.level_of_value(low) if low == high else None, members)


def _split(guide: Guide, strategy: Strategy, criterion: Criterion) -> Cell:
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


def _compare(guide: Guide, main: tuple[str, ...], filled: Mapping[str, str], criterion: Criterion) -> Cell:
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

    Rows follow `Guide.strategies`, columns `Guide.criteria`. `certain` is True when no cell is an interval.
    """

    low: tuple[tuple[int, ...], ...]
    high: tuple[tuple[int, ...], ...]
    certain: bool

    @classmethod
    def of(cls, guide: Guide, owned: frozenset[str] = NOTHING) -> ValueTable:
        """The table for a visitor who already runs `owned`; kept with the guide, as few such sets occur."""
        cache: dict[frozenset[str], ValueTable] = guide.__dict__.setdefault("_value_tables", {})
        if owned not in cache:
            cells = [
                [strategy_cell(guide, strategy, criterion, owned) for criterion in guide.criteria]
                for strategy in guide.strategies
            ]
            low = tuple(tuple(cell.low for cell in row) for row in cells)
            high = tuple(tuple(cell.high for cell in row) for row in cells)
            cache[owned] = cls(low, high, low == high)
        return cache[owned]
