"""The way from what a visitor has today to a strategy, through declared moves: fewest first, then safest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

from selector.guide.guide import Guide
from selector.guide.strategies import Strategy

RISKS = {"low": 0, "medium": 1, "high": 10}
"""A high risk weighs more than all medium ones of a way: of ways with equally many moves the one without is taken."""

MOST_STATES = 5000

Route = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MovesPlan:
    """A way, as options by id.

    Attributes:
        moves: plain entries of the guide, in order.
        added: what is set up anew, without a declared move.
        unchanged: what is in use today and stays.
        removed: what is in use at the end and is not needed any more. What only fills optional roles does its job beside
            any strategy, so it is neither kept by this one nor left over.
    """

    moves: tuple[Mapping[str, Any], ...]
    added: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def find_moves(guide: Guide, today: Iterable[str], strategy: Strategy) -> MovesPlan:
    """The fewest moves, then the least risk, from the options in use today to the members and nothing else.

    A move applies when all its `from` options are in use; after it, its `to` options are, and those of `from` that
    `to` does not repeat no longer are. What no move leads to is set up anew, which is always possible and comes last
    in preference. What moves cannot exchange for members is left over; no move is taken only to have less of it.

    Raises:
        KeyError: an option in `today` that the guide does not have.
    """
    start = _ids(guide, today)
    goal = frozenset(strategy.members)
    moves = list(guide.data.get("moves", ()))
    steps = [(_ids(guide, move["from"]), _ids(guide, move["to"]), RISKS[move["risk"]]) for move in moves]
    best: tuple[tuple[int, ...], frozenset[str], Route] | None = None
    seen: set[frozenset[str]] = set()
    order: list[tuple[tuple[int, int], Route, frozenset[str]]] = [((0, 0), (), start)]
    while order and len(seen) < MOST_STATES:
        (count, risk), taken, state = heappop(order)
        if state in seen:
            continue
        seen.add(state)
        key = (len(goal - state), state != goal, count, risk)
        if best is None or key < best[0]:
            best = (key, state, taken)
        if goal == state:
            break  # states come out fewest moves and least risk first
        for number, (source, target, more) in enumerate(steps if count < len(goal) + 2 else ()):
            after = (state - source) | target
            if source <= state and after not in seen:
                heappush(order, ((count + 1, risk + more), (*taken, number), after))
    assert best is not None
    _, state, taken = best
    return MovesPlan(
        moves=tuple(moves[number] for number in taken),
        added=tuple(sorted(goal - state)),
        unchanged=tuple(sorted(start & goal)),
        removed=tuple(sorted(name for name in state - goal if not _is_addition(guide, name))),
    )


def _is_addition(guide: Guide, name: str) -> bool:
    optional = {role.id for role in guide.roles if role.optional}
    return set(guide.option(name).provides) <= optional


def _ids(guide: Guide, names: Iterable[str]) -> frozenset[str]:
    return frozenset(guide.option(name).id for name in names)
