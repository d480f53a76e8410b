"""Requirements, three-valued, and what to do when nothing meets them all (method section 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selector.guide.guide import Guide
from selector.guide.values import ValueTable

from .situation import Situation

FEASIBLE, UNVERIFIED, EXCLUDED = "feasible", "unverified", "excluded"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a strategy stands against requirements and exclusions.

    `failed` names every requirement and exclusion that it fails, `unverified` those that an unknown cell leaves open.
    """

    failed: frozenset[str]
    unverified: frozenset[str]

    @property
    def status(self) -> str:
        """feasible, unverified or excluded."""
        if self.failed:
            return EXCLUDED
        return UNVERIFIED if self.unverified else FEASIBLE


def switched_off_id(option: str) -> str:
    """Id under which an option that takes part only when enabled is reported as ruled out."""
    return f"off.{option}"


class Judge:
    """Judges strategies by the requirements and exclusions of a situation that are not set aside."""

    def __init__(self, guide: Guide, situation: Situation, table: ValueTable, relax: frozenset[str]) -> None:
        self._strategies = guide.strategies
        self._table = table
        self._bars = [
            (item.id, guide.column(item.criterion), guide.criterion(item.criterion).value_of_level(item.level))
            for item in situation.requirements
            if not item.relaxed
        ]
        self._out: dict[str, list[str]] = {}
        for item in situation.exclusions:
            if not item.relaxed:
                self._out.setdefault(item.option, []).append(item.id)
        for option in guide.off:
            if option.id not in situation.enabled and switched_off_id(option.id) not in relax:
                self._out.setdefault(option.id, []).append(switched_off_id(option.id))

    def verdict(self, row: int) -> Verdict:
        """How the strategy of that row stands."""
        low, high = self._table.low[row], self._table.high[row]
        failed = {name for member in self._strategies[row].members for name in self._out.get(member, ())}
        failed.update(name for name, column, bar in self._bars if high[column] < bar)
        open_ = frozenset(name for name, column, bar in self._bars if low[column] < bar <= high[column])
        return Verdict(frozenset(failed), open_)

    def meets_all(self, row: int, low: Sequence[int] | None = None) -> bool:
        """True when the strategy of that row is feasible, found out faster than by its verdict. `low` are its lower
        values, when they are supposed to be others than in the table."""
        low = self._table.low[row] if low is None else low
        return all(low[column] >= bar for _, column, bar in self._bars) and self._out.keys().isdisjoint(
            self._strategies[row].members
        )


def judge(guide: Guide, situation: Situation, table: ValueTable, relax: frozenset[str]) -> list[Verdict]:
    """One verdict per strategy, in the order of `Guide.strategies`."""
    found = Judge(guide, situation, table, relax)
    return [found.verdict(row) for row in range(len(guide.strategies))]


@dataclass(frozen=True, slots=True)
class Near:
    """The nearest misses when nothing is feasible.

    Attributes:
        alone: per requirement id that is the only obstacle of some strategies, their ids, best first.
        minimal: the inclusion-minimal sets of requirements whose relaxing brings something back, and what.
    """

    alone: Mapping[str, tuple[str, ...]]
    minimal: tuple[tuple[frozenset[str], tuple[str, ...]], ...]


def nearest(ids: Sequence[str], verdicts: Sequence[Verdict], order: Mapping[str, int]) -> Near:
    """Which relaxations bring strategies back.

    Args:
        ids: strategy ids, aligned with `verdicts`.
        verdicts: one per strategy.
        order: strategy id to sort key, best first (its total negated, say).
    """
    sets: dict[frozenset[str], list[str]] = {}
    for name, verdict in zip(ids, verdicts, strict=True):
        if verdict.failed:
            sets.setdefault(verdict.failed, []).append(name)
    minimal = [found for found in sets if not any(other < found for other in sets)]

    def best_first(names: list[str]) -> tuple[str, ...]:
        return tuple(sorted(names, key=lambda name: (order[name], name)))

    ranked = sorted(minimal, key=lambda found: (len(found), min(order[name] for name in sets[found]), sorted(found)))
    return Near(
        alone={next(iter(found)): best_first(sets[found]) for found in ranked if len(found) == 1},
        minimal=tuple((found, best_first(sets[found])) for found in ranked),
    )
