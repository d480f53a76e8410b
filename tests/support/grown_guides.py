"""Fields that a guide has not yet, made from the schema: values of the right form, names that are declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from hooks.rules.effect import KINDS
from hooks.source.load import SCHEMA, expanded_schema

Data = dict[str, Any]
Schema = Mapping[str, Any]

NAMED = {"zone": "zones", "topic": "topics", "class": "classes", "when_fills": "roles", "unless_fills": "roles",
         "source": "sources", "shown": "examples", "about": "options", "price": "prices", "evidence": "evidence",
         "members": "options", "stands_for": "options", "question": "questions", "group": "groups"}  # fmt: skip
"""Fields that hold the id of an entry, with its section."""

NOT_GROWN = {*KINDS, "cap", "sets", "min", "max", "example", "unit", "owned", "role", "capacity", "points", "units", "value",
             "off", "parts", "pattern", "ask_when", "overrides", "amount", "applies", "can_also", "needs", "families",
             "strategies", "decisions", "evidence", "from", "assumed", "examples", "moves", "costs", "preferences",
             "rules_of_thumb", "synonyms", "values", "unless", "counts", "per", "but", "least", "most", "uses", "differs",
             "api", "has", "single", "lacks", "line", "contains", "kind", "tags"}  # fmt: skip
"""Fields that mean something only together with others; the guides that are taken apart have them."""


def grow(random: Random, data: Data, share: float) -> None:
    """Give a share of all objects' absent optional fields a value; sections first, so that others can name entries."""
    schema = expanded_schema(SCHEMA)
    for name in (
        "zones",
        "accepted",
        "topics",
        "classes",
        "disagreements",
        "changes",
        "stages",
        "words",
        "quantities",
        "categories",
    ):
        if name not in data and random.random() < share * 3:
            data[name] = _made(random, schema["properties"][name], name, data)
    for owner, below in list(_objects(data, schema)):
        for field, inner in below.get("properties", {}).items():
            absent = field not in owner and field not in NOT_GROWN and field not in below.get("required", ())
            if owner is not data and absent and _fits(owner, field) and random.random() < share:
                value = _made(random, inner, field, data)
                if value not in (None, [], {}):
                    owner[field] = value


def _fits(owner: Data, field: str) -> bool:
    """False for a field of an effect, or of a scale, that has no meaning beside what is there."""
    if "because" in owner and set(owner) & set(KINDS):
        wants = {"against": "weight", "only_new": "exclude", "class": "require"}
        return wants.get(field, "because") in owner and not (field == "when" and {"weight", "set"} & set(owner))
    return field != "typical" or "points" in owner


def _objects(data: Any, schema: Schema) -> Iterator[tuple[Data, Schema]]:
    kind = "object" if isinstance(data, dict) else "array"
    schema = next((one for one in schema.get("oneOf", ()) if one.get("type") == kind), schema)
    if isinstance(data, dict):
        yield data, schema
        for key, value in data.items():
            yield from _objects(
                value, schema.get("properties", {}).get(key) or schema.get("additionalProperties") or {}
            )
    elif isinstance(data, list):
        for value in data:
            yield from _objects(value, schema.get("items", {}))


def _made(random: Random, schema: Schema, field: str, data: Data) -> Any:
    """A value of the form that the schema asks for; None when it would name something that the guide has not."""
    if schema.get("ref") == "answers_of":
        return _answers(random, data)
    if schema.get("ref") in ("targets", "targets_or_pattern"):
        return [random.choice(data["options"])["id"]]
    if "oneOf" in schema:
        return _made(random, random.choice(schema["oneOf"]), field, data)
    make = {"object": _object, "array": _array}.get(schema.get("type", "string"), _scalar)
    return make(random, schema, field, data)


def _array(random: Random, schema: Schema, field: str, data: Data) -> Any:
    count = random.randint(max(1, schema.get("minItems", 0)), min(3, schema.get("maxItems", 3)))
    items = [_made(random, schema["items"], field, data) for _ in range(count)]
    unique = [item for number, item in enumerate(items) if item is not None and item not in items[:number]]
    return unique if len(unique) >= schema.get("minItems", 1) else None


def _scalar(random: Random, schema: Schema, field: str, data: Data) -> Any:
    kind = schema.get("type", "string")
    if kind == "boolean":
        return random.random() < 0.5
    if kind in ("integer", "number"):
        return random.randint(int(schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)), 9)
    return _text(random, schema, field, data)


def _object(random: Random, schema: Schema, field: str, data: Data) -> Any:
    if "additionalProperties" in schema and not schema.get("properties"):
        return {random.choice(data["criteria"])["id"]: "They are alike."} if field == "alike" else None
    made = {
        name: _made(random, below, name, data)
        for name, below in schema["properties"].items()
        if name in schema.get("required", ()) or (name not in NOT_GROWN and random.random() < 0.5)
    }
    made = {name: value for name, value in made.items() if value not in (None, {}) and (value or name == "members")}
    return made if set(schema.get("required", ())) <= set(made) else None


def _answers(random: Random, data: Data) -> Any:
    asked = [question for question in data["questions"] if question["kind"] == "one"]
    if not asked:
        return None
    question = random.choice(asked)
    return {question["id"]: [random.choice(question["answers"])["id"]]}


def _text(random: Random, schema: Schema, field: str, data: Data) -> Any:
    if "enum" in schema:
        return random.choice(schema["enum"])
    if schema.get("format") == "date":
        return f"2026-0{random.randint(1, 9)}-11"
    if schema.get("format") == "uri":
        return "https://example.org/grown"
    if field in NAMED and "pattern" in schema:
        known = [entry["id"] for entry in data.get(NAMED[field], ())]
        return random.choice(known) if known else None
    if schema.get("ref") == "id":
        return f"grown-{random.randrange(10**6)}"
    return {"currency": "USD", "icon": "material/lock", "where": "questions"}.get(
        field, f"Grown text {random.randrange(10**4)}."
    )
