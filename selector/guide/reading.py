"""From plain JSON data to the records of `model`. The only place that knows the file's field names for scoring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from .errors import GuideError
from .families import expand_families
from .model import (
    FULL,
    Answer,
    Condition,
    Criterion,
    GuideData,
    Level,
    Preference,
    Question,
    Role,
    revision_of,
)
from .option import Edition, Option, Rating

UNKNOWN = "unknown"

PATTERN = "pattern:"
"""What names all strategies of a pattern, among ids of options."""

Entry = Mapping[str, Any]


def read_guide[G: GuideData](cls: type[G], data: Entry, revision: str = "") -> G:
    """Read all records, of data of this revision or of its own; a missing field or dangling reference becomes one GuideError."""
    try:
        index = _index(data)
        criteria = tuple(_criterion(entry) for entry in data["criteria"])
        families = expand_families(data, criteria, _pairs(data["options"], index["options"]))
        index["options"].update({entry["id"]: entry for entry in families})
        options = [*data["options"], *families]
        pairs = _pairs(options, index["options"])
        return cls(
            data=data,
            revision=revision or revision_of(data),
            goals=tuple(data["guide"]["goals"]),
            max_members=data["guide"].get("max_members", 4),
            roles=tuple(_role(entry) for entry in data["roles"]),
            criteria=criteria,
            options=tuple(_option(entry, criteria, pairs) for entry in data["options"]),
            families=tuple(
                replace(_option(entry, criteria, pairs), stands_for=tuple(entry["stands_for"])) for entry in families
            ),
            questions=tuple(_question(entry, index, criteria) for entry in data["questions"]),
            preferences=tuple(_preference(entry, index, options) for entry in data.get("preferences", ())),
            _index=index,
        )
    except GuideError:
        raise
    except (LookupError, TypeError, AttributeError, ValueError, ArithmeticError) as error:
        what = f"it has no '{error.args[0]}'" if isinstance(error, KeyError) else "a part of it has another form"
        raise GuideError(f"the guide is not complete: {what}") from error


def _index(data: Entry) -> dict[str, dict[str, Entry]]:
    """Per section: id and aliases to entry. Ids win over aliases."""
    index: dict[str, dict[str, Entry]] = {}
    for section, entries in data.items():
        if not isinstance(entries, list):
            continue
        found: dict[str, Entry] = {}
        for entry in entries:
            for alias in entry.get("aliases", ()):
                found.setdefault(alias, entry)
        found.update({entry["id"]: entry for entry in entries if "id" in entry})
        index[section] = found
    return index


def _pairs(options: list[Entry], index: Mapping[str, Entry]) -> dict[str, set[str]]:
    """Who works with whom, made symmetric."""
    pairs: dict[str, set[str]] = {entry["id"]: set() for entry in options}
    for entry in options:
        for name in entry.get("works_with", ()):
            other = index[name]["id"]
            pairs[entry["id"]].add(other)
            pairs[other].add(entry["id"])
    return pairs


def _role(entry: Entry) -> Role:
    return Role(entry["id"], entry["name"], entry.get("optional", False), entry.get("support", False))


def _criterion(entry: Entry) -> Criterion:
    aggregate = entry["aggregate"]
    rule, capacity = aggregate["rule"], aggregate.get("capacity", 1)
    levels = tuple(_level(level, rule, capacity) for level in entry["levels"])
    return Criterion(
        id=entry["id"],
        name=entry["name"],
        group=entry["group"],
        base=entry["weight"],
        rule=rule,
        roles=tuple(aggregate.get("role", ())),
        capacity=capacity,
        owned_free=aggregate.get("owned") == "free",
        cls=entry.get("class"),
        levels=levels,
        anchors=tuple(sorted((level.burden, level.value) for level in levels)),
    )


def _level(entry: Entry, rule: str, capacity: int) -> Level:
    if rule == "points":
        burden = Fraction(entry["points"])
        value = max(0, FULL - FULL * entry["points"] // capacity)
    else:
        burden = exact(entry["units"]) if rule == "units" else Fraction(0)
        value = entry["value"]
    return Level(entry["id"], entry["label"], value, burden, "own" in entry)


def exact(number: float | str) -> Fraction:
    """A number as it was written (0.05 is 1/20, not the nearest binary fraction)."""
    return Fraction(str(number))


def interval(amount: Any) -> tuple[Fraction, Fraction]:
    """A number, or [low, high], as an exact interval."""
    low, high = amount if isinstance(amount, list | tuple) else (amount, amount)
    return exact(low), exact(high)


def read_rating(entry: Entry, criterion: Criterion) -> Rating:
    """One rating: a level, a range of levels, or unknown (the whole scale); of levels by edition the first."""
    level = entry["level"]
    if isinstance(level, Mapping):
        level = next(iter(level.values()))
    if level == UNKNOWN:
        worst, best = criterion.levels[0], criterion.levels[-1]
    elif isinstance(level, list | tuple):
        worst, best = sorted(
            (criterion.levels[criterion.level_index(name)] for name in level), key=lambda found: found.value
        )
    else:
        worst = best = criterion.levels[criterion.level_index(level)]
    light, heavy, low, high = best.burden, worst.burden, worst.value, best.value
    if "amount" in entry and criterion.rule == "units":
        light, heavy = interval(entry["amount"])
        low, high = criterion.value_of_burden(heavy), criterion.value_of_burden(light)
    own = "own" in entry or worst.own or best.own
    return Rating(low, high, light, heavy, worst.id if worst is best else None, own)


def _edition(entry: Entry) -> Edition:
    return Edition(entry["id"], entry["name"], frozenset(entry.get("tags", ())), entry.get("unpriced", False))


def _by_edition(entry: Entry, criterion: Criterion, editions: tuple[Edition, ...]) -> dict[str, Rating]:
    """The ratings of all editions, in their order. Raises KeyError for one without a level."""
    return {edition.id: read_rating({**entry, "level": entry["level"][edition.id]}, criterion) for edition in editions}


def _option(entry: Entry, criteria: tuple[Criterion, ...], pairs: Mapping[str, set[str]]) -> Option:
    editions = tuple(map(_edition, entry.get("editions", ())))
    rated = {criterion.id: (entry["ratings"][criterion.id], criterion) for criterion in criteria}
    apart = {
        name: _by_edition(rating, criterion, editions)
        for name, (rating, criterion) in rated.items()
        if isinstance(rating["level"], Mapping)
    }
    first = {name: next(iter(ratings.values())) for name, ratings in apart.items() if ratings}
    return Option(
        id=entry["id"],
        name=entry["name"],
        tags=frozenset(entry.get("tags", ())),
        provides=frozenset(entry["provides"]),
        can_also=frozenset(entry.get("can_also", ())),
        needs=frozenset(entry.get("needs", ())),
        works_with=frozenset(pairs[entry["id"]]),
        off="off" in entry,
        ratings={
            name: first.get(name) or read_rating(rating, criterion) for name, (rating, criterion) in rated.items()
        },
        editions=editions,
        by_edition=apart,
        edition=editions[0].id if editions else "",
        in_setups=entry.get("in_setups", entry["name"]),
    )


def _preference(entry: Entry, index: Mapping[str, Mapping[str, Entry]], options: list[Entry]) -> Preference:
    return Preference(
        id=entry["id"],
        preferred=_targets(entry.get("prefer", ()), index, options),
        over=_targets((name for name in entry["over"] if not name.startswith(PATTERN)), index, options),
        patterns=frozenset(name.removeprefix(PATTERN) for name in entry["over"] if name.startswith(PATTERN)),
        when=_condition(entry.get("when", {}), index),
        unless=_condition(entry.get("unless", {}), index),
        because=entry["because"],
    )


def _targets(names: Iterable[str], index: Mapping[str, Mapping[str, Entry]], options: list[Entry]) -> frozenset[str]:
    """Option ids meant by ids and `tag:word`s. Raises KeyError for an unknown id."""
    found: set[str] = set()
    for name in names:
        if name.startswith("tag:"):
            found.update(entry["id"] for entry in options if name[4:] in entry.get("tags", ()))
        else:
            found.add(index["options"][name]["id"])
    return frozenset(found)


def _condition(entry: Entry, index: Mapping[str, Mapping[str, Entry]]) -> Condition:
    """Answers by question, with ids in place of aliases. Raises KeyError for an unknown question or answer."""
    found = []
    for name, wanted in entry.items():
        question = index["questions"][name]
        answers = {alias: answer["id"] for answer in question["answers"] for alias in answer.get("aliases", ())}
        answers.update({answer["id"]: answer["id"] for answer in question["answers"]})
        found.append((question["id"], frozenset(answers[answer] for answer in wanted)))
    return tuple(found)


def _question(entry: Entry, index: Mapping[str, Mapping[str, Entry]], criteria: tuple[Criterion, ...]) -> Question:
    scales = {criterion.id: criterion for criterion in criteria}
    condition = entry.get("ask_when")
    return Question(
        id=entry["id"],
        text=entry["text"],
        kind=entry["kind"],
        answers=tuple(
            Answer(
                answer["id"],
                answer["label"],
                answer.get("from"),
                tuple(_effect(effect, index, scales) for effect in answer.get("effects", ())),
                answer.get("alone", False),
                tuple((_condition(item["answers"], index), item["because"]) for item in answer.get("contradicts", ())),
            )
            for answer in entry["answers"]
        ),
        condition=(index["questions"][condition["question"]]["id"], frozenset(condition["any"])) if condition else None,
        cap=entry.get("cap"),
        sets=entry.get("sets"),
        minimum=entry.get("min"),
        maximum=entry.get("max"),
        assumed=(entry["assumed"]["answer"], entry["assumed"]["because"]) if "assumed" in entry else None,
        core=entry.get("core", False),
        fact=entry.get("fact", False),
        firm=entry.get("assumed", {}).get("firm", False),
    )


def _effect(entry: Entry, index: Mapping[str, Mapping[str, Entry]], scales: Mapping[str, Criterion]) -> Entry:
    """The effect with ids in place of aliases. Raises KeyError or GuideError for what the guide does not have."""
    effect = dict(entry)
    for field in ("weight", "require"):
        if field in entry:
            effect[field] = {index["criteria"][name]["id"]: value for name, value in entry[field].items()}
    for criterion, level in effect.get("require", {}).items():
        scales[criterion].level_index(level)
    for field in ("when", "unless"):
        if field in entry:
            effect[field] = {name: sorted(wanted) for name, wanted in _condition(entry[field], index)}
    for field in ("exclude", "have", "enable", "bind", "spare", "besides"):
        if field in entry:
            effect[field] = [name if name.startswith("tag:") else index["options"][name]["id"] for name in entry[field]]
    if "set" in entry:
        effect["set"] = {index["quantities"][name]["id"]: number for name, number in entry["set"].items()}
    return effect
