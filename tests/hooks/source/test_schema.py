"""The schema explains every field, and names exactly the fields that the selector and the press read."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

from hooks import ROOT
from hooks.checked import check_guide
from hooks.render.site import render_site
from hooks.source.load import SCHEMA, load
from selector import Guide, GuideError, recommend
from selector.analysis.steps import Analysis
from selector.plan.drift import decision

RAW = json.loads(SCHEMA.read_text(encoding="utf-8"))
DAY = date(2026, 11, 23)

NOT_READ = {("format",), ("examples", "*", "close")}
"""The version of the file's layout, of which there is one so far; and what the tests of the data alone judge by."""

ASKED_OF_ALL = {"id", "aliases", "version", "inferred"}
"""Fields that helpers for any entry ask for, also of entries that cannot have them."""


def fields(schema: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every field of the schema with the way to it, `*` for entries of lists and for free keys."""
    if not isinstance(schema, dict):
        return
    if "$ref" in schema:
        yield from fields(RAW["$defs"][schema["$ref"].rpartition("/")[2]], path)
    for name, field in schema.get("properties", {}).items():
        yield (*path, name), field
        yield from fields(field, (*path, name))
    for inner in (schema.get("items"), schema.get("additionalProperties")):
        yield from fields(inner, (*path, "*"))
    for word in ("oneOf", "anyOf", "allOf"):
        for branch in schema.get(word, ()):
            yield from fields(branch, path)


FIELDS = dict(fields(RAW))


def test_every_field_has_a_description_of_its_own_that_reads_as_help() -> None:
    assert len(FIELDS) > 150
    silent = [".".join(path) for path, field in FIELDS.items() if len(field.get("description", "")) < 8]
    assert silent == []
    for path, field in FIELDS.items():
        assert field["description"].rstrip("`)")[-1] in ".!?:0123456789", path
        assert field["description"][0].isupper() or field["description"][0] in "`0123456789", path


class Watched(dict[str, Any]):
    """Data that notes which of its fields are asked for, and by which name."""

    def __init__(self, data: dict[str, Any], path: tuple[str, ...], seen: set[tuple[str, ...]]) -> None:
        super().__init__({name: watched(value, (*path, name), seen) for name, value in data.items()})
        self._path, self._seen = path, seen

    def _note(self, name: object) -> None:
        if isinstance(name, str):
            self._seen.add((*self._path, name))

    def __getitem__(self, name: str) -> Any:
        self._note(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self._note(name)
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self._note(name)
        return super().get(name, default)


def watched(value: Any, path: tuple[str, ...], seen: set[tuple[str, ...]]) -> Any:
    if isinstance(value, dict):
        return Watched(value, path, seen)
    if isinstance(value, list):
        return [watched(item, (*path, "*"), seen) for item in value]
    return value


@cache
def second() -> dict[str, Any]:
    data = load(ROOT / "tests" / "guides" / "second.yml").data
    assert data is not None
    option, strategy = data["options"][0], data["strategies"][0]
    option["first"] = option["failure"] | {"inferred": "From the licence.", "version": "1"}
    strategy["overrides"] = {
        data["criteria"][0]["id"]: next(iter(option["ratings"].values())) | {"inferred": "So.", "version": "1"}
    }
    strategy["starter"] = [other["starter"] for other in data["options"] if "starter" in other][-1]
    return data


def is_known(path: tuple[str, ...]) -> bool:
    """True for a field of the schema, or for a free key, as a criterion in ratings."""
    wanted = {()}
    for step in path:
        wanted = {(*way, name) for way in wanted for name in (step, "*")}
        wanted = {way for way in wanted if any(known[: len(way)] == way for known in WAYS)}
    return bool(wanted)


def ways(schema: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The same for values of any form: ways that end in a list or in a free key too."""
    yield path
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield from ways(RAW["$defs"][schema["$ref"].rpartition("/")[2]], path)
        for name, field in schema.get("properties", {}).items():
            yield from ways(field, (*path, name))
        for inner in (schema.get("items"), schema.get("additionalProperties")):
            if isinstance(inner, dict):
                yield from ways(inner, (*path, "*"))
        if "propertyNames" in schema:
            yield (*path, "*")
        for word in ("oneOf", "anyOf", "allOf"):
            for branch in schema.get(word, ()):
                yield from ways(branch, path)


WAYS = set(ways(RAW))


@cache
def asked_for() -> set[tuple[str, ...]]:
    """All fields that were asked for by name while a whole site was printed and every example answered in full."""
    seen: set[tuple[str, ...]] = set()
    guide = Guide.from_data(watched(copy.deepcopy(second()), (), seen))
    render_site(guide, checked_on=DAY, repo_url="https://code.test/guide")
    for example in second()["examples"]:
        result = recommend(guide, example["answers"])
        decision(result, "2026-11-23")
        for _ in Analysis(result).steps():
            pass
    return seen


def test_nothing_is_read_that_the_schema_does_not_name() -> None:
    """A field that was misspelt in the code, or renamed in the schema alone, would be read as missing for ever."""
    unknown = sorted(".".join(path) for path in asked_for() if path[-1] not in ASKED_OF_ALL and not is_known(path))
    assert unknown == []


def shared(path: tuple[str, ...]) -> tuple[str, ...]:
    """The way to a field; one place reads the details of all passages, whatever quotes them."""
    return path[path.index("passage") :] if "passage" in path[:-1] else path


def test_nothing_is_in_the_schema_that_nobody_reads() -> None:
    """An editor would write it, and no reader would ever see it."""
    read = {shared(path) for path in asked_for()}

    def is_read(path: tuple[str, ...]) -> bool:
        path = shared(path)
        return any(
            len(path) == len(other) and all(a in ("*", b) for a, b in zip(path, other, strict=True)) for other in read
        )

    idle = sorted(".".join(path) for path in FIELDS if path not in NOT_READ and not is_read(path))
    assert idle == []


REQUIRED = [
    ("guide", "goals"),
    ("roles", 0, "name"),
    ("criteria", 0, "weight"),
    ("criteria", 0, "aggregate"),
    ("criteria", 0, "levels", 0, "label"),
    ("options", 0, "provides"),
    ("options", 0, "ratings"),
    ("questions", 0, "kind"),
    ("questions", 0, "answers", 0, "label"),
]
"""Fields without which nothing can be scored."""


@pytest.mark.parametrize("path", REQUIRED, ids=lambda path: ".".join(map(str, path)))
def test_what_the_scoring_needs_the_schema_requires(path: tuple[Any, ...], tmp_path: Any) -> None:
    data = copy.deepcopy(second())
    *way, last = path
    node = data
    for step in way:
        node = node[step]
    del node[last]
    with pytest.raises(GuideError):
        Guide.from_data(data)
    file = tmp_path / "guide.yml"
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    messages = [problem.message for problem in check_guide(file, today=DAY).problems]
    assert any(f"missing '{last}'" in message or f"'{last}'" in message for message in messages), messages[:5]
