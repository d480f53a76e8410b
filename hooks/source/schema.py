"""Reads plain text values by the JSON Schema: checks the shape and gives integers, numbers and booleans their types.

One walk does both, as a scalar's type is only known where the schema is. It understands the part of JSON Schema (draft
2020-12) that guide.schema.json uses; tests compare its verdicts with those of the slower package `jsonschema`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from .alike import nearest
from .forms import form, odd_letter, plain_letters, seen, wrong_form
from .positions import Path, Positions, label, name_of, trail
from .problems import Problem, Related, join_words, one_of, plural, quote
from .scalars import (
    BOOLEANS,
    DECIMAL,
    FORMATS,
    LIST_OF_MAPPINGS,
    NAMES,
    SAID_YES_OR_NO,
    WHOLE,
    as_id,
    decimal_comma,
    digits_at_most,
    first_lower,
    fits,
    in_range,
    list_like,
    number_range,
    takes_mapping,
)
from .yaml_tree import BROKEN, MOST_PROBLEMS, Plain

Schema = Mapping[str, Any]

KEYWORDS = frozenset(
    {
        *("$schema", "$id", "$defs", "$ref", "title", "description", "default"),
        *("type", "const", "enum", "oneOf", "minLength", "maxLength", "pattern", "format"),
        *("properties", "required", "additionalProperties", "propertyNames", "minProperties"),
        *("items", "minItems", "maxItems", "uniqueItems", "minimum", "maximum", "exclusiveMinimum"),
    }
)
"""All that the walk understands or may ignore."""


def expand(schema: Schema) -> dict[str, Any]:
    """The schema with every `$ref` replaced by what it means; fields beside a `$ref` win.

    `form` keeps the definition's own description ("A day, as 2026-11-23.") for messages about its form.
    """
    definitions = schema.get("$defs", {})

    def open_(node: Any) -> Any:
        if isinstance(node, list):
            return [open_(item) for item in node]
        if not isinstance(node, dict):
            return node
        node = {key: open_(value) for key, value in node.items() if key != "$defs"}
        if "$ref" not in node:
            return node
        name = node.pop("$ref").removeprefix("#/$defs/")
        target = open_(definitions[name])
        return {"form": target.get("description", ""), "ref": name, **target, **node}

    expanded: dict[str, Any] = open_(dict(schema))
    return expanded


def unknown_keywords(schema: Any, *, names: bool = False) -> Iterator[str]:
    """Keywords that the walk would ignore although they may matter. `names`: the mapping's keys are not keywords."""
    if isinstance(schema, list):
        for item in schema:
            yield from unknown_keywords(item)
    elif isinstance(schema, dict):
        for key, value in schema.items():
            if not names and key not in KEYWORDS:
                yield key
            if names or key not in ("enum", "const", "default", "required"):
                yield from unknown_keywords(value, names=not names and key in ("properties", "$defs"))


class Shape:
    """Checks data against a schema.

    Attributes:
        problems: what is wrong, in the order found; at most MOST_PROBLEMS.
        texts: paths of all values that readers read, with "text" or "markdown".
    """

    def __init__(self, schema: Schema, positions: Positions) -> None:
        self.schema = schema
        self.positions = positions
        self.problems: list[Problem] = []
        self.texts: dict[Path, str] = {}
        self.data: Any = None

    def read(self, data: Any) -> Any:
        """The data with its types; values of the wrong kind are left out of it, as BROKEN."""
        self.data = data
        return self._walk(self.schema, data, ())

    def _walk(self, schema: Schema, value: Any, path: Path) -> Any:
        if value is BROKEN or len(self.problems) >= MOST_PROBLEMS:
            return value
        if "oneOf" in schema:
            found = self._branch(schema, value)
            if found is None:
                kinds = [NAMES[branch.get("type", "string")] for branch in schema["oneOf"]]
                whole, _, part = str(value).partition(",")
                number = decimal_comma(whole, part) if NAMES["number"] in kinds else ""
                return self._wrong_kind(schema, value, path, number or join_words(list(dict.fromkeys(kinds)), "or"))
            schema = {**found, "description": schema.get("description") or found.get("description", "")}
        kind = schema.get("type", "string")
        if kind == "object":
            return self._object(schema, value, path)
        if kind == "array":
            return self._array(schema, value, path)
        return self._scalar(schema, kind, value, path)

    def _branch(self, schema: Schema, value: Any) -> Schema | None:
        """The alternative meant by the kind of the value; their kinds differ."""
        branches: dict[str, Schema] = {branch.get("type", "string"): branch for branch in schema["oneOf"]}
        if isinstance(value, dict | list):
            return branches.get("object" if isinstance(value, dict) else "array")
        for kind, digits in (("integer", WHOLE), ("number", DECIMAL)):
            if kind in branches and isinstance(value, Plain) and digits.match(value):
                return branches[kind]
        return branches.get("string")

    # Containers

    def _object(self, schema: Schema, value: Any, path: Path) -> Any:
        if not isinstance(value, dict):
            return self._wrong_kind(schema, value, path, NAMES["object"])
        fields = schema.get("properties", {})
        rest = schema.get("additionalProperties", True)
        unknown = [] if rest is not False else [key for key in value if key not in fields]
        guessed = self._unknown_fields(fields, value, unknown, path)
        missing = [key for key in schema.get("required", ()) if key not in value and key not in guessed]
        if missing:
            self._missing(fields, missing, path)
        if len(value) < schema.get("minProperties", 0):
            self._problem(schema, path, "value", f"{label(path)} is empty", expected="at least one entry")
        read = {}
        for key, item in value.items():
            below = fields.get(key, rest if isinstance(rest, dict) else None)
            if "propertyNames" in schema:
                self._name(schema["propertyNames"], key, (*path, key))
            read[key] = item if below is None else self._walk(below, item, (*path, key))
        return read

    def _unknown_fields(self, fields: Schema, value: Schema, unknown: Sequence[str], path: Path) -> set[str]:
        """One problem per field that the schema does not know. Returns the fields that they probably stand for."""
        guessed = set()
        free = [name for name in fields if name not in value]
        for key in unknown[: MOST_PROBLEMS - len(self.problems)]:
            guess = nearest(key, free) or nearest(key, fields)
            guessed.add(guess)
            odd = odd_letter(key) if guess else ""
            said = f"unknown field {quote(key)}{odd and f', which has {odd}'}"
            self._problem({}, (*path, key), "unknown-field", said, at_key=True,
                          expected=one_of(free or list(fields), key), nearest=guess)  # fmt: skip
        return guessed

    def _missing(self, fields: Schema, missing: Sequence[str], path: Path) -> None:
        named = join_words([f"no '{name}'" for name in missing])
        about = fields.get(missing[0], {}).get("description", "") if len(missing) == 1 else ""
        empty = [f"'{name}: []'" for name in missing if fields.get(name, {}).get("default") == []]
        wanted = f"{'lists' if empty[1:] else 'a list'}, or {join_words(empty)} where there are none" if empty else ""
        self._problem({"description": about}, path, "missing-field", f"{name_of(self.data, path)} has {named}",
                      mark=self._first(path), expected=wanted)  # fmt: skip

    def _first(self, path: Path) -> Any:
        """The first key of a mapping: where a missing field is looked for."""
        node = self.data
        for step in path:
            node = node[step]
        first = next(iter(node), None) if isinstance(node, dict) else None
        return self.positions.key((*path, first)) if first is not None else self.positions.key(path)

    def _name(self, schema: Schema, key: str, path: Path) -> None:
        if "pattern" in schema and not fits(schema["pattern"], key):
            odd = odd_letter(key)
            said = f"the key {quote(key)} is no id{odd and f', as it has {odd}'}"
            self._problem({}, path, "value", said, at_key=True,
                          expected=first_lower(schema.get("form", "")), nearest=as_id(plain_letters(key)))  # fmt: skip

    def _array(self, schema: Schema, value: Any, path: Path) -> Any:
        if not isinstance(value, list):
            wanted = LIST_OF_MAPPINGS if takes_mapping(schema, value) else NAMES["array"]
            wanted += "; [] where there are none" if schema.get("default") == [] else ""
            return self._wrong_kind(schema, value, path, wanted, list_like(schema, value))
        least, most = schema.get("minItems", 0), schema.get("maxItems", len(value))
        if not least <= len(value) <= most:
            bound = f"at least {plural(least, 'item')}" if len(value) < least else f"at most {plural(most, 'item')}"
            numbers = pairwise(value) if len(value) > most else ()
            comma = next(filter(None, (decimal_comma(str(one), str(other)) for one, other in numbers)), "")
            bound += f"; a decimal is written {comma.rpartition(' ')[2]}" if comma else ""
            has = f"has {plural(len(value), 'item')}" if value else "is an empty list"
            self._problem(schema, path, "value", f"{label(path)} {has}", at_key=not value, expected=bound)
        if schema.get("uniqueItems"):
            self._unique(value, path)
        below = schema.get("items")
        if below is None:
            return value
        return [self._walk(below, item, (*path, index)) for index, item in enumerate(value)]

    def _unique(self, value: Sequence[Any], path: Path) -> None:
        seen: dict[str, int] = {}
        for index, item in enumerate(value):
            if isinstance(item, str):
                first = seen.setdefault(str(item), index)
                if first != index:
                    line = self.positions.line((*path, first))
                    said = f"{quote(item)} is twice in {label(path)}"
                    self._problem({}, (*path, index), "duplicate-item", said, expected="each item once",
                                  related=(Related(line, "it is there already"),))  # fmt: skip

    # Scalars

    def _scalar(self, schema: Schema, kind: str, value: Any, path: Path) -> Any:
        if not isinstance(value, str):
            wanted = one_of(schema["enum"]) if "enum" in schema else NAMES[kind]
            return self._wrong_kind(schema, value, path, wanted)
        if kind == "string":
            self._text(schema, value, path)
            return str(value)
        if kind == "boolean":
            if isinstance(value, Plain) and value in BOOLEANS:
                return BOOLEANS[value]
            return self._wrong_kind(schema, value, path, NAMES[kind], SAID_YES_OR_NO.get(value.casefold(), ""))
        return self._number(schema, kind, value, path)

    def _number(self, schema: Schema, kind: str, value: str, path: Path) -> Any:
        wanted = number_range(schema, kind)
        if not isinstance(value, Plain) or not (WHOLE if kind == "integer" else DECIMAL).match(value):
            close = value.strip().replace("_", "").replace(",", "").replace(" ", "")
            is_close = (WHOLE if kind == "integer" else DECIMAL).match(close) and "," not in value[-3:]
            limit = digits_at_most(value) if isinstance(value, Plain) else ""
            return self._wrong_kind(schema, value, path, f"{wanted}{limit}", close if is_close else "")
        number = int(value) if WHOLE.match(value) else float(value)
        if "const" in schema and number != schema["const"]:
            self._problem(schema, path, "value", f"{label(path)} is {value}", expected=str(schema["const"]))
        elif not in_range(schema, number):
            self._problem(schema, path, "value", f"{label(path)} is {value}", expected=wanted)
        return number

    def _text(self, schema: Schema, value: str, path: Path) -> None:
        """Text, an id, a date, an address or one of a few words."""
        if "enum" in schema:
            if value not in schema["enum"]:
                self._problem(schema, path, "value", f"unknown value {quote(value)} for {label(path)}",
                              expected=one_of(schema["enum"], value), nearest=nearest(value, schema["enum"]))  # fmt: skip
            return
        is_text = not schema.keys() & {"pattern", "format"} and "minLength" in schema
        if is_text:
            self.texts[path] = schema.get("ref", "text")
        if not seen(value) and (is_text or "pattern" in schema or "format" in schema):
            self._problem(schema, path, "value", f"{label(path)} is empty", at_key=isinstance(path[-1], str),
                          expected="text" if is_text else form(schema))  # fmt: skip
        elif isinstance(value, Plain) and value in ("~", "null") and is_text:
            self._problem(schema, path, "value", f"{label(path)} is {value}", expected="text, or no such field")
        elif len(value) > schema.get("maxLength", len(value)):
            self._problem(schema, path, "length", f"{label(path)} has {len(value)} characters",
                          expected=f"at most {schema['maxLength']}")  # fmt: skip
        elif ("pattern" in schema and not fits(schema["pattern"], value)) or not FORMATS[schema.get("format")](value):
            self._problem(schema, path, **wrong_form(schema, value, path))

    def _wrong_kind(self, schema: Schema, value: Any, path: Path, wanted: str, close: str = "") -> Any:
        """Say so, and give what stands for a value that must not be checked again."""
        if isinstance(value, dict | list):
            given = "a list" if isinstance(value, list) else "a mapping"
        elif isinstance(value, Plain) and value in ("", "~", "null"):
            given = "empty"
        else:
            given = quote(value) if isinstance(value, Plain) else f"the text {quote(value)}"
        at_key = given == "empty" and bool(path) and isinstance(path[-1], str)
        self._problem(schema, path, "type", f"{label(path)} is {given}", at_key=at_key, expected=wanted, nearest=close)
        return BROKEN

    def _problem(self, schema: Schema, path: Path, code: str, message: str, **more: Any) -> None:
        about = schema.get("description", "") or ""
        more["help"] = "" if first_lower(about) == more.get("expected", "") else about
        self.problems.append(self.positions.problem(path, code, message, where=trail(self.data, path), **more))
