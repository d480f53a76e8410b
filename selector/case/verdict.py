"""How a strategy stands against what was asked for, and the nearest misses where nothing meets it all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selector.guide.editions import Variant

FEASIBLE, UNVERIFIED, EXCLUDED = "feasible", "unverified", "excluded"


@dataclass(frozen=True, slots=True)
class Way:
    """A strategy with one choice of editions, and what it fails then."""

    variant: Variant
    failed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a strategy stands against requirements and exclusions.

    `failed` names every requirement, exclusion, binding and assumption that it fails, `unverified` those that an
    unknown cell leaves open, `behind` the preferences that list it after others. `ways` has what it fails in each choice
    of editions, where there are several and it fails in all.
    """

    failed: frozenset[str]
    unverified: frozenset[str]
    behind: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()

    @property
    def status(self) -> str:
        """feasible, unverified or excluded."""
        if self.failed:
            return EXCLUDED
        return UNVERIFIED if self.unverified else FEASIBLE


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
        for failed in dict.fromkeys(way.failed for way in verdict.ways) or [verdict.failed]:
            if failed:
                sets.setdefault(failed, []).append(name)
    minimal = [found for found in sets if not any(other < found for other in sets)]

    def best_first(names: list[str]) -> tuple[str, ...]:
        return tuple(sorted(names, key=lambda name: (order[name], name)))

    ranked = sorted(minimal, key=lambda found: (len(found), min(order[name] for name in sets[found]), sorted(found)))
    return Near(
        alone={next(iter(found)): best_first(sets[found]) for found in ranked if len(found) == 1},
        minimal=tuple((found, best_first(sets[found])) for found in ranked),
    )
