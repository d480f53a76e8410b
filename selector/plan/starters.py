"""Which starter files set a strategy up: its own, or those of the largest part of it that has some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selector.guide.guide import Guide
from selector.guide.strategies import Strategy


@dataclass(frozen=True, slots=True)
class StarterSet:
    """Files that work together.

    Attributes:
        entry: section and id of the strategy or the option that they set up.
        of: its name.
        members: ids of the options that they set up.
        files: the entries of the guide.
    """

    entry: tuple[str, str]
    of: str
    members: tuple[str, ...]
    files: Sequence[Mapping[str, Any]]


def starter_sets(guide: Guide, strategy: Strategy) -> tuple[StarterSet, ...]:
    """The sets that together set a strategy up, in the order in which to use them.

    A set of several options is one that fits together: their own sets, side by side, each use something else.
    """
    covered = _largest_part(guide, strategy)
    found = [covered] if covered else []
    left = [name for name in _in_order(guide, strategy) if not covered or name not in covered.members]
    for name in left:
        entry = guide.entry("options", name)
        if entry.get("starter"):
            found.append(StarterSet(("options", name), entry["name"], (name,), entry["starter"]))
    return tuple(found)


def _largest_part(guide: Guide, strategy: Strategy) -> StarterSet | None:
    """The set of the named strategy with the most of these members, of itself if it has one."""
    members = set(strategy.members)
    parts = [
        entry
        for entry in guide.data.get("strategies", ())
        if entry.get("starter")
        and (entry["id"] == strategy.named or (len(entry["members"]) > 1 and members.issuperset(entry["members"])))
    ]
    best = max(parts, key=lambda entry: (entry["id"] == strategy.named, len(entry["members"])), default=None)
    if best is None:
        return None
    return StarterSet(("strategies", best["id"]), best["name"], tuple(best["members"]), best["starter"])


def _in_order(guide: Guide, strategy: Strategy) -> Iterator[str]:
    """Members in the order in which a value meets them, which is the order to set them up in."""
    by_role = [strategy.filled[role.id] for role in guide.roles if role.id in strategy.filled]
    yield from dict.fromkeys([*by_role, *strategy.members])
