"""Families: one entry that takes the place of several options until an answer tells them apart.

A family is rated as the range of its members, so that nothing is claimed for it that does not hold for each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .model import Criterion

Entry = Mapping[str, Any]


def expand_families(data: Entry, criteria: Sequence[Criterion], pairs: Mapping[str, set[str]]) -> list[dict[str, Any]]:
    """An option entry for each family of the guide, with what its members have in common and ranges as ratings.

    Raises KeyError for a member that the guide does not have.
    """
    options = {entry["id"]: {**entry, "works_with": sorted(pairs[entry["id"]])} for entry in data["options"]}
    return [
        _expand(entry, [options[name] for name in entry["stands_for"]], criteria) for entry in data.get("families", ())
    ]


def _expand(family: Entry, members: Sequence[Entry], criteria: Sequence[Criterion]) -> dict[str, Any]:
    shared = {
        field: _common(member.get(field, ()) for member in members)
        for field in ("tags", "provides", "can_also", "needs", "works_with")
    }
    ratings = {
        criterion.id: _range(criterion, [(member, member["ratings"][criterion.id]) for member in members])
        for criterion in criteria
    }
    return {**shared, "ratings": ratings, **family}


def _common(lists: Iterable[Sequence[str]]) -> list[str]:
    """What all lists contain, in the order of the first."""
    first, *others = lists
    return [item for item in first if all(item in other for other in others)]


def _range(criterion: Criterion, ratings: Sequence[tuple[Entry, Entry]]) -> dict[str, Any]:
    """The range of the members' levels; their texts, sources and oldest date go with it."""
    names: set[str] = set()
    for _, rating in ratings:
        level = rating["level"]
        if level == "unknown":
            names.update((criterion.levels[0].id, criterion.levels[-1].id))
        else:
            names.update(level if isinstance(level, list | tuple) else (level,))
    order = [level.id for level in criterion.levels if level.id in names]
    texts = [
        f"{member.get('short', member['name'])}: {rating['text']}" for member, rating in ratings if "text" in rating
    ]
    sources = [name for _, rating in ratings for name in _listed(rating.get("source", ()))]
    found: dict[str, Any] = {"level": order[0] if len(order) == 1 else [order[0], order[-1]]}
    if texts:
        found["text"] = ". ".join(texts)
    if sources:
        found["source"] = list(dict.fromkeys(sources))
    if dates := [str(rating["verified"]) for _, rating in ratings if "verified" in rating]:
        found["verified"] = min(dates)
    return found


def _listed(value: str | Sequence[str]) -> Sequence[str]:
    return [value] if isinstance(value, str) else value
