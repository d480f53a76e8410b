"""Strategies: sets of options in which every goal and every need is filled and no member is idle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from .errors import GuideError
from .model import GuideData
from .option import Option

MOST_STRATEGIES = 600
"""Derived strategies kept at most. A guide with more says so in `Enumeration.left_out`."""

MOST_LOOKED_AT = 60_000
"""Sets of options looked at, at most, while deriving."""


@dataclass(frozen=True, slots=True)
class Filling:
    """Who fills which role in a layered set. `support` members are only behind the others."""

    filled: Mapping[str, str]
    support: frozenset[str]


@dataclass(frozen=True, slots=True)
class Part:
    """One way of a split strategy: the class of things that goes it, its members and who fills what."""

    cls: str
    members: tuple[str, ...]
    filling: Filling


@dataclass(frozen=True, slots=True)
class Strategy:
    """Options that together fill every goal.

    `id` is the sorted member ids joined by `+`. `filled` maps role to member (for a split strategy: the roles of all
    parts, the first part winning). `parts` is empty unless `pattern` is "split".
    """

    id: str
    name: str
    members: tuple[str, ...]
    named: str | None
    pattern: str
    filled: Mapping[str, str]
    support: frozenset[str]
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Enumeration:
    """All strategies of a guide, and how many derived ones were left out because there were too many.

    `complete` is False when the search itself stopped early, so that even the number left out is a lower bound.
    """

    strategies: tuple[Strategy, ...]
    left_out: int
    complete: bool


def enumerate_strategies(guide: GuideData) -> Enumeration:
    """Named strategies and all that can be derived from roles, needs and compatibility.

    A set of members is one strategy; where a named one has the same members, its declaration decides the pattern.
    Raises GuideError when a named strategy leaves a goal or need open.
    """
    named = {strategy.members: strategy for strategy in _named(guide)}
    derived, complete = _derive(guide)
    fresh = [members for members in derived if members not in named]
    room = max(0, MOST_STRATEGIES - len(named))
    kept = [_layered(guide, members, derived[members]) for members in fresh[:room]]
    strategies = sorted([*named.values(), *kept], key=lambda strategy: (len(strategy.members), strategy.id))
    return Enumeration(tuple(strategies), len(fresh) - len(kept), complete)


def fill(guide: GuideData, members: Iterable[str]) -> Filling | None:
    """Who fills which role in this set of option ids; None when a goal or need stays open or a member is idle."""
    options = {member: guide.option(member) for member in sorted(members)}
    if not _connected(options):
        return None
    support_roles = {role.id for role in guide.roles if role.support}
    candidates = [member for member, option in options.items() if option.provides & support_roles]
    for size in range(len(candidates) + 1):
        for support in combinations(candidates, size):
            filled = _fill(guide, options, frozenset(support))
            if filled is not None:
                return Filling(filled, frozenset(support))
    return None


def _fill(guide: GuideData, options: Mapping[str, Option], support: frozenset[str]) -> dict[str, str] | None:
    """Fill goals, then optional roles, then needs; None unless all are filled and every member has a job."""
    main = {member: option for member, option in options.items() if member not in support}
    filled = _fill_goals(guide, main)
    if filled is None:
        return None
    used = set(filled.values())
    for role in (role.id for role in guide.roles if role.optional):
        providers = [member for member, option in main.items() if role in option.provides]
        if len(providers) > 1:
            return None
        for member in providers:
            filled[role] = member
            used.add(member)
    if not _fill_needs(guide, options, support, filled, used):
        return None
    # Who does nothing but stand behind others is support: it must not lend them its values.
    behind = {role.id for role in guide.roles if role.support}
    jobs = {member: {role for role, who in filled.items() if who == member} for member in main}
    return None if any(roles and roles <= behind for roles in jobs.values()) else filled


def _fill_goals(guide: GuideData, main: Mapping[str, Option]) -> dict[str, str] | None:
    """Each goal by the one member chosen for it, else by a member that can do it as well."""
    filled: dict[str, str] = {}
    for goal in guide.goals:
        chosen = [member for member, option in main.items() if goal in option.provides]
        spare = [member for member, option in main.items() if goal in option.can_also]
        if len(chosen) > 1 or not (chosen or spare):
            return None
        # A member that already has a job is the natural one to take on another.
        filled[goal] = chosen[0] if chosen else min(spare, key=lambda member: (member not in filled.values(), member))
    return filled


def _fill_needs(
    guide: GuideData,
    options: Mapping[str, Option],
    support: frozenset[str],
    filled: dict[str, str],
    used: set[str],
) -> bool:
    """Meet the needs of every used member by one it works with; True when all are met and no member is idle."""
    support_roles = {role.id for role in guide.roles if role.support}
    waiting = sorted(used)
    while waiting:
        member = waiting.pop()
        for need in sorted(options[member].needs):
            helpers = [
                other
                for other, option in options.items()
                if other != member
                and need in option.provides
                and other in options[member].works_with
                and (other in support) <= (need in support_roles)
            ]
            if not helpers:
                return False
            helper = min(helpers, key=lambda other: (other not in used, other))
            filled.setdefault(need, helper)
            if helper not in used:
                used.add(helper)
                waiting.append(helper)
    return used == set(options)


def _connected(options: Mapping[str, Option]) -> bool:
    """True when every member is linked to every other through members that work together."""
    if not options:
        return False
    start = next(iter(options))
    reached, waiting = {start}, [start]
    while waiting:
        fresh = options[waiting.pop()].works_with & options.keys() - reached
        reached |= fresh
        waiting.extend(fresh)
    return len(reached) == len(options)


def _derive(guide: GuideData) -> tuple[dict[tuple[str, ...], Filling], bool]:
    """Grow sets from single options by options that fill an open role, small sets first."""
    found: dict[tuple[str, ...], Filling] = {}
    first = guide.goals[0]
    layer: list[tuple[str, ...]] = sorted(
        (option.id,) for option in guide.candidates if first in option.provides | option.can_also
    )
    seen = set(layer)
    for _ in range(guide.max_members):
        following: set[tuple[str, ...]] = set()
        for members in layer:
            filling = fill(guide, members)
            if filling is not None:
                found[members] = filling
            if len(members) < guide.max_members:
                following.update(tuple(sorted((*members, other))) for other in _helpful(guide, members))
            if len(seen) + len(following) > MOST_LOOKED_AT:
                return found, False
        layer = sorted(following - seen)
        seen |= following
    return found, True


def _helpful(guide: GuideData, members: tuple[str, ...]) -> Iterator[str]:
    """Options that fill a role that these members leave open and that work with one of them."""
    options = [guide.option(member) for member in members]
    provided = {role for option in options for role in option.provides}
    optional = {role.id for role in guide.roles if role.optional}
    open_roles = (set(guide.goals) | optional) - provided
    support_roles = {role.id for role in guide.roles if role.support}
    for name in frozenset[str]().union(*(option.works_with for option in options)).difference(members):
        needed = {need for option in options if name in option.works_with for need in option.needs}
        wanted = (needed - provided) | (needed & support_roles)
        if guide.option(name).provides & (open_roles | wanted):
            yield name


def _layered(guide: GuideData, members: tuple[str, ...], filling: Filling) -> Strategy:
    names = [guide.option(member).in_setups for member in _by_role(guide, members, filling)]
    return Strategy("+".join(members), " + ".join(names), members, None, "layered", filling.filled, filling.support)


def _by_role(guide: GuideData, members: tuple[str, ...], filling: Filling) -> list[str]:
    """Members as readers name them: in the order of the goals that they fill, then additions and support."""
    order = [filling.filled.get(goal, "") for goal in guide.goals]
    return sorted(members, key=lambda member: (order.index(member) if member in order else len(order), member))


def _named(guide: GuideData) -> Iterator[Strategy]:
    for entry in guide.data.get("strategies", ()):
        members = tuple(sorted(guide.option(member).id for member in entry["members"]))
        pattern = entry.get("pattern", "layered")
        parts = tuple(_part(guide, entry["id"], part) for part in entry.get("parts", ()))
        if pattern == "split":
            filled = {role: who for part in reversed(parts) for role, who in part.filling.filled.items()}
            support = frozenset[str]().union(*(part.filling.support for part in parts))
        else:
            filling = _require(guide, entry["id"], members)
            filled, support = dict(filling.filled), filling.support
        yield Strategy("+".join(members), entry["name"], members, entry["id"], pattern, filled, support, parts)


def _part(guide: GuideData, name: str, entry: Mapping[str, list[str]]) -> Part:
    members = tuple(sorted(guide.option(member).id for member in entry["members"]))
    return Part(str(entry["class"]), members, _require(guide, name, members))


def _require(guide: GuideData, name: str, members: tuple[str, ...]) -> Filling:
    filling = fill(guide, members)
    if filling is None:
        raise GuideError(f"strategy '{name}': {' + '.join(members)} leave a goal or a need open, or one is idle")
    return filling
