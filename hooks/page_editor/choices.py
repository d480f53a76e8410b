"""What can be written at a place of the guide's file: levels, answers, entries of a section, words of the schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from hooks.rules.level import UNKNOWN
from hooks.rules.references import REFERENCES, SOURCES
from hooks.source.positions import Path

from .document import Document

Choices = tuple[tuple[str, str], ...]
"""Each value with its words."""

RATED = ("ratings", "overrides")
"""Fields that hold levels by the id of a criterion."""

ANSWERED = ("answers", "when", "unless")
"""Fields that hold answers by the id of a question."""

NAMED_BY = ("name", "title", "label", "text")
"""Fields with the words of an entry, the first that it has."""


def choices_at(document: Document, path: Path, schemas: Iterable[Mapping[str, Any]]) -> Choices:
    """All values that can be written at a path, or none where any text can. `schemas`: what the schema says of the place."""
    criterion = _criterion(path)
    if criterion:
        levels = _levels(document, criterion)
        known = tuple((one["id"], one.get("label", one["id"])) for one in levels)
        return (*known, (UNKNOWN, "Not known")) if known and "require" not in path else known
    question = _question(path)
    if question:
        return _entries(_inner(document, "questions", question, "answers"))
    for section in _sections(path):
        found = _entries(document.at((section,)))
        if section == "options":
            found += _entries(document.at(("families",)))
        if found:
            return found
    for schema in schemas:
        if "enum" in schema:
            return tuple((str(value), str(value)) for value in schema["enum"])
        if schema.get("type") == "boolean":
            return (("true", "true"), ("false", "false"))
    return ()


def meaning_of_levels(document: Document, path: Path) -> str:
    """When an option has which level, for a place that holds one; "" for other places."""
    criterion = _criterion(path)
    levels = _levels(document, criterion) if criterion else []
    return " ".join(f"{one.get('label', one['id'])}: {str(one.get('meaning', '')).rstrip('.')}." for one in levels)


def _criterion(path: Path) -> str:
    """The criterion of which a level is at a path, or ""."""
    for number, step in enumerate(path[:-1]):
        if step in RATED and path[number + 2 : number + 3] == ("level",):
            return str(path[number + 1])
        if step == "require" and number == len(path) - 2:
            return str(path[-1])
    return ""


def _question(path: Path) -> str:
    """The question of which an answer is at a path, or ""."""
    inner = path[:-1] if isinstance(path[-1], int) else path
    return str(inner[-1]) if inner[-2:-1] and inner[-2] in ANSWERED and isinstance(inner[-1], str) else ""


def _levels(document: Document, criterion: str) -> Sequence[Mapping[str, str]]:
    return [one for one in _inner(document, "criteria", criterion, "levels") if isinstance(one, dict) and "id" in one]


def _inner(document: Document, section: str, name: str, field: str) -> Sequence[Any]:
    entries = document.at((section,)) or ()
    return next((one.get(field) or () for one in entries if isinstance(one, dict) and one.get("id") == name), ())


def _entries(entries: Any) -> Choices:
    listed = [one for one in entries or () if isinstance(one, dict) and isinstance(one.get("id"), str)]
    return tuple(
        (one["id"], next((str(one[field]) for field in NAMED_BY if field in one), one["id"])) for one in listed
    )


def _sections(path: Path) -> Iterator[str]:
    """The section of which ids are at a path, if there is one."""
    for section, patterns in REFERENCES.items():
        if any(_fits(path, pattern) for pattern in patterns):
            yield section
    if any(_fits(path, pattern) or _fits(path, f"{pattern}.*") for pattern in SOURCES):
        yield "sources"


def _fits(path: Path, pattern: str) -> bool:
    """True for a path of a pattern such as "options.*.needs|provides.*"."""
    steps = pattern.split(".")
    return len(steps) == len(path) and all(
        step == "*" or str(one) in step.split("|") for step, one in zip(steps, path, strict=True)
    )
