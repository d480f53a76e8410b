"""Requirements, three-valued, and what to do when nothing meets them all (method section 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .answers import Situation
from .model import Guide
from .values import ValueTable

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


def off_id(option: str) -> str:
    """Id under which an option that takes part only when enabled is reported as ruled out."""
    return f"off.{option}"


def judge(guide: Guide, situation: Situation, table: ValueTable, relax: frozenset[str]) -> list[Verdict]:
    """One verdict per strategy, in the order of `Guide.strategies`."""
    columns = {criterion.id: index for index, criterion in enumerate(guide.criteria)}
    bars = [
        (item.id, columns[item.criterion], _bar(guide, item.criterion, item.level))
        for item in situation.requirements
        if not item.relaxed
    ]
    out: dict[str, list[str]] = {}
    for item in situation.exclusions:
        if not item.relaxed:
            out.setdefault(item.option, []).append(item.id)
    for option in guide.options:
        if option.off and option.id not in situation.enabled and off_id(option.id) not in relax:
            out.setdefault(option.id, []).append(off_id(option.id))
    verdicts = []
    for strategy, low, high in zip(guide.strategies, table.low, table.high, strict=True):
        failed = {name for member in strategy.members for name in out.get(member, ())}
        failed.update(name for name, column, bar in bars if high[column] < bar)
        open_ = frozenset(name for name, column, bar in bars if low[column] < bar <= high[column])
        verdicts.append(Verdict(frozenset(failed), open_))
    return verdicts


def _bar(guide: Guide, criterion: str, level: str) -> int:
    found = guide.criterion(criterion)
    return found.levels[found.level_index(level)].value


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
