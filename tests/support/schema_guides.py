"""Guides of every legal shape, from a seed: optional fields and sections there or not, ids and texts of every form.

A guide that has every section is taken apart by the schema: any field, item or section that the schema lets go may go,
with all that names it (as `guide remove` works it out). Then ids are renamed and texts replaced. What comes out has the
right shape; whether it means something is for the rules to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from functools import cache
from random import Random
from typing import Any

from hooks.cli.removal import removal_of, without_paths
from hooks.cli.rename import CannotEdit
from hooks.cli.uses import Use, declared, uses
from hooks.rules import Draft
from hooks.source.load import SCHEMA, Loaded, expanded_schema, load
from hooks.source.positions import Path, Positions
from tests.support.broken_edits import GUIDES
from tests.support.grown_guides import grow
from tests.support.random_guides import add_gates, make_guide, name_some

Data = dict[str, Any]
DAY = date(2026, 11, 27)

ODD_IDS = ("0", "a", "x" * 80, "1-2-3", "all", "none", "not-known", "true", "null", "new", "edit", "data", "search",
           "assets", "api", "home", "toc", "title", "rating", "page", "constructor", "to-string", "items", "keys", "values",
           "get", "update", "content", "on-a", "a-vs", "vs-b", "undefined", "1e5", "0x1f")  # fmt: skip
"""Ids that mean something to YAML, Python, JavaScript, Jinja, a file system or a page of the site."""

ODD_TEXTS = ("*", "_", "#", "1.", "- a", "> b", "|", "a|b", "[", "[a](https://example.org/)", "{{ x }}", "{% x %}",
             "&amp; & <", "\\", "~~~", "---", "==", "a: b", "“q”", "0", "ß", "İ", "名前", "שם", "🗝️", "a\u00a0b", "é" * 80,
             "word " * 15, "x" * 80, "Ends: here", "What?", "yes", "e.g. 3 < 4", "$1", "%s", "1) a", "a  \nb")  # fmt: skip
"""Texts that mean something to Markdown, YAML, Jinja, HTML or a reader's language."""

WHOLE = {"levels", "provides", "goals", "aggregate", "find", "parts"}
"""Fields of which no part is taken out alone: a rule would ask for it."""

LEFT_TO_RULES = {"source", "verified", "from", "reason", "unit", "cap", "sets", "values", "works_with"}
"""Fields that the schema lets go, and a rule mostly does not."""

RARELY = {"roles", "groups", "criteria", "options", "questions", "sources"}
"""Sections that every guide has: their entries go one by one."""


@cache
def _donors() -> tuple[Data, ...]:
    files = [load(GUIDES / name) for name in ("small.yml", "second.yml")]
    return (*(file.draft for file in files), *(_random(seed) for seed in range(4)))


def _random(seed: int) -> Data:
    """A guide of `make_guide` that also passes the rules which its makers do not know."""
    data = add_gates(name_some(make_guide(seed, options=4, criteria=3), seed), seed)
    for question in data["questions"]:
        for answer in question["answers"]:
            answer["effects"] = [effect for effect in answer["effects"] if "exclude" not in effect]
    for family in data["families"]:
        family |= {"question": data["questions"][0]["id"], "because": "They are alike."}
    return data


def guide_of(seed: int) -> Data:
    """A guide that conforms to the schema, if the seed gives one that can be taken apart in the way that it says."""
    random = Random(seed)
    data = deepcopy(random.choice(_donors()))
    if random.random() < 0.6:
        grow(random, data, random.choice((0.03, 0.1, 0.3)))
    data = _used(_reduced(random, data, random.choice((0, 0.02, 0.1, 0.3, 0.6, 1))))
    if random.random() < 0.5:
        data = _renamed(random, data, random.choice((0.1, 0.5)))
    if random.random() < 0.5:
        _reworded(random, data, random.choice((0.05, 0.5)))
    return data


def draft(data: Data) -> Draft:
    """Data as rules see it, without a file."""
    return Draft(Loaded("guide.yml", "", data, (), Positions("guide.yml"), {}), DAY)


def optional(data: Any, schema: Mapping[str, Any], path: Path = ()) -> Iterator[Path]:
    """Every field and item that the schema lets go, outer ones first."""
    schema = _branch(schema, data)
    if isinstance(data, dict):
        for key, value in data.items():
            below = schema.get("properties", {}).get(key) or schema.get("additionalProperties") or {}
            if key not in schema.get("required", ()) and len(data) > schema.get("minProperties", 0):
                yield (*path, key)
            yield from optional(value, below, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            if len(data) > schema.get("minItems", 0):
                yield (*path, index)
            yield from optional(value, schema.get("items", {}), (*path, index))


def _branch(schema: Mapping[str, Any], value: Any) -> Mapping[str, Any]:
    kind = "object" if isinstance(value, dict) else "array" if isinstance(value, list) else ""
    return next((one for one in schema.get("oneOf", ()) if one.get("type") == kind), schema)


def _reduced(random: Random, data: Data, share: float) -> Data:
    """Without a share of what may go: first whole sections, or all but one entry, then entries, then fields."""
    for name in [name for name, value in data.items() if isinstance(value, list) and name not in RARELY]:
        if len(data.get(name, ())) > 1 and random.random() < 0.2:
            kept = random.randrange(len(data[name]))
            data = _without(data, [(name, index) for index in range(len(data[name])) if index != kept])
    for depths in (range(2), range(2, 3), range(3, 99)):
        paths = [path for path in optional(data, expanded_schema(SCHEMA)) if len(path) in depths]
        chosen = [path for path in paths if random.random() < _chance(share, path)]
        for path in chosen if depths.stop < 99 else ():
            data = _without(data, [path])
        if depths.stop == 99:
            data = _without(data, chosen)
    return data


def _without(data: Data, paths: list[Path]) -> Data:
    """The same where every guide needs one of them, or it went with another one before."""
    try:
        return dict(without_paths(data, removal_of(draft(data), paths).gone))
    except (CannotEdit, LookupError, TypeError):
        return data


def _chance(share: float, path: Path) -> float:
    """Entries of sections that every guide has go less often; what a rule always asks for stays."""
    if WHOLE & set(path) or (LEFT_TO_RULES & set(path[-1:]) and path[0] not in ("examples", "changes")):
        return 0
    if {"ratings", "overrides"} & set(path) and path[-1] not in ("note", "inferred", "version", "amount"):
        return 0
    if path[0] == "roles" or path[2:] == ("answers", 0):
        return share / 20
    return share / 3 if path[0] in RARELY and len(path) == 2 else share


def _used(data: Data) -> Data:
    """Without options that no strategy has any more, and without what needs those."""
    for _ in range(4):
        here = draft(data)
        if here.guide is None or here.enumeration is None:
            return data
        used = {member for strategy in here.enumeration.strategies for member in strategy.members}
        idle = [("options", index) for index, entry in enumerate(data["options"]) if entry["id"] not in used]
        if not idle or len(idle) == len(data["options"]):
            return data
        data = _without(data, list(idle))
    return data


def _renamed(random: Random, data: Data, share: float) -> Data:
    """Some ids of another form."""
    for number in range(len(list(declared(draft(data))))):
        if random.random() < share:
            here = draft(data)
            entry = list(declared(here))[number]
            new = random.choice((*ODD_IDS, f"{entry.id}-2", str(number)))
            if not any(new == one.id and one.path[:-1] == entry.path[:-1] for one in declared(here)):
                for use in uses(here, entry):
                    _replace(data, use, new)
                _at(data, entry.path)["id"] = new
    return data


def _replace(data: Data, use: Use, new: str) -> None:
    above, last = _at(data, use.path[:-1]), use.path[-1]
    if use.node.is_key:
        fields = {use.replaced(key, new) if key == last else key: value for key, value in above.items()}
        above.clear()
        above.update(fields)
    else:
        above[last] = use.replaced(above[last], new)


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _reworded(random: Random, data: Data, share: float) -> None:
    """Some texts that readers read."""
    for path in _texts(data, expanded_schema(SCHEMA)):
        if random.random() < share:
            _at(data, path[:-1])[path[-1]] = random.choice(ODD_TEXTS)


def _texts(data: Any, schema: Mapping[str, Any], path: Path = ()) -> Iterator[Path]:
    schema = _branch(schema, data)
    if isinstance(data, dict):
        for key, value in data.items():
            below = schema.get("properties", {}).get(key) or schema.get("additionalProperties") or {}
            yield from _texts(value, below, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(value, schema.get("items", {}), (*path, index))
    elif "minLength" in schema and "pattern" not in schema:
        yield path
