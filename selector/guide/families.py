"""Families: one entry that takes the place of several options until an answer tells them apart.

A family is rated as the range of its members, so that nothing is claimed for it that does not hold for each of them.
Where members have editions that differ, so has the family: one for each choice of an edition of each member.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
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
    choices = [
        dict(zip((member["id"] for member in members), choice, strict=True))
        for choice in product(*(_editions(member) for member in members))
    ]
    ratings = {criterion.id: _rating(criterion, members, choices) for criterion in criteria}
    editions = [{"id": _name(choice), "name": _title(choice, members)} for choice in choices]
    return {**shared, **({"editions": editions} if len(editions) > 1 else {}), "ratings": ratings, **family}


def _editions(member: Entry) -> list[str]:
    """Ids of the editions in which ratings of a member differ; one empty id where none does."""
    differ = any(isinstance(rating["level"], Mapping) for rating in member["ratings"].values())
    return [str(edition["id"]) for edition in member["editions"]] if differ else [""]


def _name(choice: Mapping[str, str]) -> str:
    return ".".join(edition for edition in choice.values() if edition)


def _title(choice: Mapping[str, str], members: Sequence[Entry]) -> str:
    """The editions that are chosen, with whose they are."""
    return ", ".join(
        f"{member.get('short', member['name'])} {edition['name']}"
        for member in members
        for edition in member.get("editions", ())
        if edition["id"] == choice[member["id"]]
    )


def _rating(criterion: Criterion, members: Sequence[Entry], choices: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """The range over the members: one level, or one by edition where that makes a difference."""
    ratings = [(member, member["ratings"][criterion.id]) for member in members]
    found = _range(criterion, ratings)
    if any(isinstance(rating["level"], Mapping) for _, rating in ratings):
        levels = {
            _name(choice): _range(
                criterion, [(member, _in(rating, choice[member["id"]])) for member, rating in ratings]
            )
            for choice in choices
        }
        found["level"] = {name: rating["level"] for name, rating in levels.items()}
    return found


def _in(rating: Entry, edition: str) -> Entry:
    level = rating["level"]
    return {**rating, "level": level[edition]} if isinstance(level, Mapping) else rating


def _common(lists: Iterable[Sequence[str]]) -> list[str]:
    """What all lists contain, in the order of the first."""
    first, *others = lists
    return [item for item in first if all(item in other for other in others)]


def _range(criterion: Criterion, ratings: Sequence[tuple[Entry, Entry]]) -> dict[str, Any]:
    """The range of the members' levels; their texts, sources and oldest date go with it, and that one is own."""
    names: set[str] = set()
    for _, rating in ratings:
        level = rating["level"]
        if "unknown" in levels_in(level):
            names.update((criterion.levels[0].id, criterion.levels[-1].id))
        else:
            names.update(levels_in(level))
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
    if own := [rating["own"] for _, rating in ratings if "own" in rating]:
        found["own"] = " / ".join(own)
    if dates := [str(rating["verified"]) for _, rating in ratings if "verified" in rating]:
        found["verified"] = min(dates)
    return found


def levels_in(level: Any) -> list[str]:
    """Ids of all levels that a rating names: its own, the ends of its range, those of its editions."""
    if isinstance(level, Mapping):
        return [name for own in level.values() for name in levels_in(own)]
    return [level] if isinstance(level, str) else list(level)


def _listed(value: str | Sequence[str]) -> Sequence[str]:
    return [value] if isinstance(value, str) else value
