"""The fields of a place in the guide's file: what is there, what may be there, and what each is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hooks.source.load import SCHEMA, expanded_schema
from hooks.source.positions import Path
from hooks.source.scalars import BOOLEANS, DECIMAL, is_date
from hooks.source.yaml_tree import Plain

from .choices import choices_at, meaning_of_levels
from .document import CannotRead, Document

SHORT = 60
"""Characters up to which a text is edited on one line."""

BEGINNING = 40
"""Characters of a text of a list that say which one it is."""

SMALL = 2
"""Values of a mapping that are shown in the form above it."""

MOST_CHOICES = 40
"""Values to choose from in a list that opens; more are looked for by typing."""

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """A single value.

    Attributes:
        path: in the data.
        name: its key, with the one above it where that is not the form's own.
        kind: "text" (of several lines), "line", "number", "choice", or "known": one of so many that they are looked for
            by typing.
        value: what is written in the file, without its quotes unless they are wrong there.
        choices: where only some values can be written, each with its words.
        help: what it is for.
    """

    path: Path
    name: str
    kind: str
    value: str
    choices: tuple[tuple[str, str], ...]
    help: str


@dataclass(frozen=True)
class Form:
    """The values of one entry.

    Attributes:
        path: of the entry.
        title: the entry, as readers know it.
        line: where it begins in the file.
        fields: its values.
        inside: entries in it that have forms as well: path and title.
        above: the entry that it is part of; None at the top.
    """

    path: Path
    title: str
    line: int
    fields: tuple[Field, ...]
    inside: tuple[tuple[Path, str], ...]
    above: Path | None


def is_fixed(path: Path) -> bool:
    """True for ids, which other places of the file use."""
    return path[-1] in ("id", "format") or "aliases" in path


def as_typed(path: Path, value: str) -> str | None:
    """A value that is no text to the schema, as it is written: a number, true or false, or a day, without the spaces or
    quotes around it. None for any other value, and for a number where the schema has none."""
    bare, inside = value.strip(), value.strip().strip("'\"")
    for schema in _schemas(path):
        kind = schema.get("type")
        if (kind in ("integer", "number") and DECIMAL.match(inside)) or (kind == "boolean" and inside in BOOLEANS):
            return inside
        if schema.get("format") == "date" and is_date(bare):
            return bare
    return None


def _written(document: Document, path: Path) -> str:
    """A value as a form shows it. A number in quotes is shown with them: they are what is wrong with it."""
    value = document.at(path)
    quoted = f"'{value}'"
    return str(value) if isinstance(value, Plain) or as_typed(path, quoted) is None else quoted


def entry_of(document: Document, path: Path) -> Path:
    """The entry whose form shows the value at a path."""
    while path and (not isinstance(document.at(path), dict | list) or _is_small(document, path)):
        path = path[:-1]
    return path


def form_of(document: Document, path: Path) -> Form:
    """The form of the entry at a path, or of the one that the value there is part of.

    Raises:
        CannotRead: the file has no such entry.
    """
    if not path or document.at(path) is None:
        raise CannotRead("The file has no such entry any more. Reload the page.")
    path = entry_of(document, path)
    node = document.at(path)
    fields, inside = [], []
    for step in _steps(node):
        below, child = (*path, step), node[step]
        if isinstance(child, dict | list) and not _is_small(document, below):
            name = document.trail(below).removeprefix(document.trail(path)).removeprefix(" › ")
            inside.append((below, _of_list(path, name, child) if name.isdigit() else name))
        else:
            fields += [_field(document, leaf, path) for leaf in _leaves(child, below) if not is_fixed(leaf)]
    return Form(
        path,
        document.trail(path),
        document.loaded.positions.line(path),
        tuple(fields),
        tuple(inside),
        path[:-1] if len(path) > 1 else None,
    )


def _steps(node: Any) -> list[str | int]:
    return list(node) if isinstance(node, dict) else list(range(len(node)))


def _is_small(document: Document, path: Path) -> bool:
    """True for what has no form: a list of values that readers do not read, or a mapping of one or two values."""
    node = document.at(path)
    if not node or not all(isinstance(node[step], str) for step in _steps(node)):
        return False
    if isinstance(node, list):
        return (*path, 0) not in document.loaded.texts
    return len(node) <= SMALL and "id" not in node


def _leaves(node: Any, path: Path) -> Iterator[Path]:
    if isinstance(node, dict | list):
        for step in _steps(node):
            yield from _leaves(node[step], (*path, step))
    elif isinstance(node, str):
        yield path


def _field(document: Document, path: Path, entry: Path) -> Field:
    value = _written(document, path)
    schemas = list(_schemas(path))
    choices = choices_at(document, path, schemas)
    kinds = {schema.get("type") for schema in schemas}
    if choices and len(choices) <= MOST_CHOICES:
        kind = "choice"
        choices = choices if value in dict(choices) else ((value, value), *choices)
    elif choices:
        kind = "known"
    elif kinds and kinds <= {"integer", "number"}:
        kind = "number"
    else:
        kind = "text" if "\n" in value or len(value) > SHORT or path in document.loaded.texts else "line"
    name = " › ".join(str(step + 1) if isinstance(step, int) else step for step in path[len(entry) :])
    name = _of_list(entry, name, value) if name.isdigit() else name
    return Field(path, name, kind, value, choices, _help(document, path, entry))


def _of_list(path: Path, number: str, node: Any) -> str:
    """One of a list, told apart: the list, its number there and how it begins: "limitations 2: It needs …"."""
    while isinstance(node, dict | list) and node:
        node = node[_steps(node)[0]]
    text = " ".join(str(node or "").split())
    begins = text if len(text) <= BEGINNING else f"{text[:BEGINNING].rpartition(' ')[0] or text[:BEGINNING]} …"
    return f"{path[-1]} {number}" + (f": {begins}" if begins else "")


def _help(document: Document, path: Path, entry: Path) -> str:
    """What a value is for: of a level, what each means; else what the schema says of it, or of the list that it is in."""
    if meaning := meaning_of_levels(document, path):
        return meaning
    for end in range(len(path), len(entry), -1):
        for schema in _schemas(path[:end], above=True):
            said = str(schema.get("description", ""))
            if said and said != schema.get("form"):  # the form of an id says nothing about the field
                return said
    return ""


def _schemas(path: Path, *, above: bool = False) -> Iterator[Schema]:
    """What may be at a path: all alternatives that hold no other values. `above`: the field's own description too."""
    nodes: list[Schema] = [expanded_schema(SCHEMA)]
    for step in path:
        nodes = [inner for node in nodes for each in _alternatives(node) for inner in _below(each, step)]
    for node in nodes:
        if above:
            yield node
        yield from (
            each for each in _alternatives(node) if each.get("type") not in ("object", "array", None) or "enum" in each
        )


def _alternatives(schema: Schema) -> list[Schema]:
    return [inner for each in schema["oneOf"] for inner in _alternatives(each)] if "oneOf" in schema else [schema]


def _below(schema: Schema, step: str | int) -> list[Schema]:
    if isinstance(step, int):
        return [schema["items"]] if isinstance(schema.get("items"), dict) else []
    known = schema.get("properties", {}).get(step) or schema.get("additionalProperties")
    return [known] if isinstance(known, dict) else []
