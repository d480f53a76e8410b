"""The way from what a visitor has today to a strategy, through declared moves: fewest first, then safest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

from .model import Guide
from .strategies import Strategy

RISKS = {"low": 1, "medium": 3, "high": 9}
"""A high risk weighs more than two medium ones: of ways with equally many moves the one without it is taken."""

MOST_STATES = 5000

Way = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """Moves (plain entries of the guide) in order, and the options that are set up anew without a declared move."""

    moves: tuple[Mapping[str, Any], ...]
    fresh: tuple[str, ...]
    kept: tuple[str, ...]


def find_path(guide: Guide, today: Iterable[str], strategy: Strategy) -> Path:
    """Fewest moves, then least risk, from the options in use today to one that holds all members.

    A move applies when all its `from` options are in use; after it, its `to` options are, and those of `from` that
    `to` does not repeat no longer are. What no move leads to counts as set up anew, which is always possible and
    comes last in preference.
    """
    start = frozenset(guide.option(name).id for name in today)
    goal = frozenset(strategy.members)
    moves = list(guide.data.get("moves", ()))
    best: tuple[tuple[int, int, int], frozenset[str], Way] | None = None
    seen: set[frozenset[str]] = set()
    order: list[tuple[tuple[int, int], Way, frozenset[str]]] = [((0, 0), (), start)]
    while order and len(seen) < MOST_STATES:
        (count, risk), taken, state = heappop(order)
        if state in seen:
            continue
        seen.add(state)
        key = (len(goal - state), count, risk)
        if best is None or key < best[0]:
            best = (key, state, taken)
        for number, move in enumerate(moves):
            source = frozenset(guide.option(name).id for name in move["from"])
            if source <= state and count < len(goal) + 2:
                after = (state - source) | {guide.option(name).id for name in move["to"]}
                heappush(order, ((count + 1, risk + RISKS[move["risk"]]), (*taken, number), after))
    assert best is not None
    _, state, taken = best
    return Path(
        moves=tuple(moves[number] for number in taken),
        fresh=tuple(sorted(goal - state)),
        kept=tuple(sorted(start & goal)),
    )
