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

State = tuple[frozenset[str], frozenset[str]]
"""What is in use, and which of it also does what it can do besides."""


@dataclass(frozen=True, slots=True)
class MovesPlan:
    """A way, as options by id.

    Attributes:
        moves: plain entries of the guide, in order.
        added: what is set up anew, without a declared move.
        unchanged: what is in use today and stays.
        wider: of what is kept, what takes on a further job: a store that applications come to read themselves.
        removed: what is in use at the end and is not needed any more. What only fills optional roles does its job beside
            any strategy, so it is neither kept by this one nor left over.
    """

    moves: tuple[Mapping[str, Any], ...]
    added: tuple[str, ...]
    unchanged: tuple[str, ...]
    wider: tuple[str, ...]
    removed: tuple[str, ...]


def find_moves(guide: Guide, today: Iterable[str], strategy: Strategy, also: Iterable[str] | None = None) -> MovesPlan:
    """The fewest moves, then the least risk, from the options in use today to the members and nothing else.

    A move applies when all its `from` options are in use; after it, its `to` options are, and those of `from` that
    `to` does not repeat no longer are. Where `from` is a strategy in which an option does more than it is made for (a
    store that applications read themselves), it applies only when the option is in use in that way. What no move
    leads to is set up anew, which is always possible and comes last in preference. What moves cannot exchange for
    members is left over; no move is taken only to have less of it.

    Args:
        guide: the guide with its moves.
        today: options in use.
        strategy: where to go.
        also: those of them that also do what they can do besides, as `Situation.used_besides` has them; None for all.

    Raises:
        KeyError: an option in `today` that the guide does not have.
    """
    have = _ids(guide, today)
    start: State = have, have if also is None else have & _ids(guide, also)
    goal = frozenset(strategy.members)
    wide = _wide(guide, strategy)
    moves = list(guide.data.get("moves", ()))
    steps = [_step(guide, move) for move in moves]
    best: tuple[tuple[int, ...], State, Route] | None = None
    seen: set[State] = set()
    order: list[tuple[tuple[int, int], Route, State]] = [((0, 0), (), start)]
    while order and len(seen) < MOST_STATES:
        (count, risk), taken, state = heappop(order)
        if state in seen:
            continue
        seen.add(state)
        used, besides = state
        key = (len(goal - used), len(wide - besides), used != goal, count, risk)
        if best is None or key < best[0]:
            best = (key, state, taken)
        if goal == used and wide <= besides:
            break  # states come out fewest moves and least risk first
        for number, step in enumerate(steps if count < len(goal) + 2 else ()):
            after = ((used - step.source) | step.target, (besides - step.source) | step.target_besides)
            if step.source <= used and step.besides <= besides and after not in seen:
                heappush(order, ((count + 1, risk + step.risk), (*taken, number), after))
    assert best is not None
    _, (used, besides), taken = best
    return MovesPlan(
        moves=tuple(moves[number] for number in taken),
        added=tuple(sorted(goal - used)),
        unchanged=tuple(sorted(have & goal)),
        wider=tuple(sorted((wide - besides) & used)),
        removed=tuple(sorted(name for name in used - goal if not _is_addition(guide, name))),
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """A move: what it takes and gives, and which of that does what it can do besides."""

    source: frozenset[str]
    besides: frozenset[str]
    target: frozenset[str]
    target_besides: frozenset[str]
    risk: int


def _step(guide: Guide, move: Mapping[str, Any]) -> _Step:
    source, target = _ids(guide, move["from"]), _ids(guide, move["to"])
    return _Step(source, _wide_set(guide, source), target, _wide_set(guide, target), RISKS[move["risk"]])


def _wide_set(guide: Guide, members: frozenset[str]) -> frozenset[str]:
    """What does more than it is made for where these options are a strategy; nothing where they are none."""
    try:
        return _wide(guide, guide.strategy("+".join(sorted(members))))
    except KeyError:
        return frozenset()


def _wide(guide: Guide, strategy: Strategy) -> frozenset[str]:
    """Members that fill a goal which they only can fill besides what they are made for."""
    ways = [part.filling.filled for part in strategy.parts] or [strategy.filled]
    return frozenset(
        who for filled in ways for role, who in filled.items() if role in guide.goals and _besides(guide, who, role)
    )


def _besides(guide: Guide, name: str, role: str) -> bool:
    option = guide.option(name)
    return role in option.can_also and role not in option.provides


def _is_addition(guide: Guide, name: str) -> bool:
    optional = {role.id for role in guide.roles if role.optional}
    return set(guide.option(name).provides) <= optional


def _ids(guide: Guide, names: Iterable[str]) -> frozenset[str]:
    return frozenset(guide.option(name).id for name in names)
