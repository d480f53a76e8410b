"""The schema explains every field, and names exactly the fields that the selector and the press read."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import fields as dataclass_fields
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest

from hooks import ROOT
from hooks.checked import check_guide
from hooks.cli.words import avoided
from hooks.evaluation.agreement import comparisons, drops
from hooks.render.citations import Quote
from hooks.render.exports.own_schema import NAMES
from hooks.render.site import render_site
from hooks.source.load import SCHEMA, load
from selector import Guide, GuideError, recommend
from selector.analysis.steps import Analysis
from selector.detect.folder import read_folder
from selector.guide.families import _expand
from selector.plan.drift import decision
from selector.report.today import today_data

RAW = json.loads(SCHEMA.read_text(encoding="utf-8"))
DAY = date(2026, 11, 23)

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

NOT_READ = {
    ("format",),  # there is one layout of the file so far
    *(("accepted", "*", field) for field in ("notice", "where", "because")),  # `guide check` goes by them
    ("examples", "*", "close"),  # the tests of the data judge by it
    ("questions", "*", "answers", "*", "effects", "*", "against"),  # `guide check` judges by it, and exports copy it
    # What the members of a family have in common is stated with theirs.
    *(
        path
        for path in FIELDS
        if path[:3] == ("families", "*", "hop") and set(path) & {"source", "verified", "passage"}
    ),
    ("strategies", "*", "overrides", "*", "applies"),  # options' ratings have the same form, and use it
    *((*rated, "unlike") for rated in (("options", "*", "ratings", "*"), ("strategies", "*", "overrides", "*"))),
    # `guide check` judges by them
}


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


def add_what_the_guide_does_without(data: dict[str, Any]) -> None:
    """Sections and fields of the schema for which the second guide has no use."""
    option = data["options"][0]
    option["in_setups"] = option["name"]
    data["zones"] = [{"id": "desk", "name": "At a desk"}]
    data["guide"]["end"] = {"name": "Readers", "zone": "desk", "acts_as": "a person", "plaintext": "on paper"}
    leaves = {"name": "A list", "zone": "desk", "plaintext": "always", "gives": "By post"}
    data["roles"].append({"id": "list", "name": "A list", "description": "Names all files.", "leaves": leaves})
    data["options"][1]["provides"].append("list")
    hop = {"zone": "desk", "holds": "A file", "accepts": "Anybody", "acts_as": "itself", "interval": "Never",
           "plaintext": "in it", "handover": "As a file", "source": "spdx", "verified": "2026-11-23"}  # fmt: skip
    for other in data["options"]:
        other["hop"] = dict(hop)
    data["families"] = [
        {"id": "short", "aliases": ["brief"], "name": "A short licence", "short": "Short", "kind": option["kind"],
         "off": "Until an answer allows it.", "stands_for": ["mit", "apache-2-0"], "question": "companies",
         "summary": "Either of two.", "because": "They are alike.", "hop": dict(hop)},
    ]  # fmt: skip
    data["preferences"] = [
        {"id": "few", "aliases": ["less"], "name": "Little paper", "prefer": ["mit"], "over": ["cla"],
         "when": {"thing": ["service"]}, "unless": {"changes": ["no"]}, "because": "Paper is work."},
    ]  # fmt: skip
    data["strategies"].append({**data["strategies"][0], "id": "in-short", "aliases": [], "members": ["short", "dco"]})
    data["questions"][1]["core"] = True
    data["reading"]["headline"] = {"question": data["questions"][0]["id"], "answers": {"library": "for a library"}}
    data["topics"] = [{"id": "you", "aliases": ["we"], "name": "About you"}]
    question, answer = data["questions"][0], data["questions"][0]["answers"][0]
    question |= {"topic": "you", "assumed": {"answer": "library", "because": "Most are.", "firm": True}}
    answer["contradicts"] = [{"answers": {"changes": ["service"]}, "because": "A library is no service."}]
    answer["effects"][0]["against"] = ["cla"]
    add_passages(data)


def add_passages(value: Any) -> None:
    """The words of a source beside everything that names one, with all details that they can have."""
    if isinstance(value, dict):
        if "source" in value:
            first = value["source"] if isinstance(value["source"], str) else value["source"][0]
            words = {"words": "so", "prefix": "and", "suffix": "on", "url": "https://code.test/page"}
            value["passage"] = {first: words}
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        add_passages(inner)


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
    add_what_the_guide_does_without(data)
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


def with_editions(data: dict[str, Any]) -> dict[str, Any]:
    """The same guide with two editions of its first option, which differ on one criterion."""
    option, scale = data["options"][0], data["criteria"][0]
    option["editions"] = [
        {"id": "plain", "name": "Plain", "tags": ["bare"]},
        {"id": "full", "name": "Full", "unpriced": True},
    ]
    option["ratings"][scale["id"]]["level"] = {"plain": scale["levels"][0]["id"], "full": scale["levels"][-1]["id"]}
    return data


@cache
def asked_for() -> set[tuple[str, ...]]:
    """All fields that were asked for by name while a whole site was printed, each example answered in full, files read,
    and the guide compared with what others decided and with the words that it avoids."""
    seen: set[tuple[str, ...]] = set()
    of_families: set[tuple[str, ...]] = set()  # the selector copies them, with what members have in common

    def expand(*given: Any) -> Watched:
        return Watched(_expand(*given), ("families", "*"), of_families)

    with patch("selector.guide.families._expand", expand):
        guide = Guide.from_data(watched(with_editions(copy.deepcopy(second())), (), seen))
    render_site(guide, checked_on=DAY, repo_url="https://code.test/guide")
    for example in second()["examples"]:
        result = recommend(guide, example["answers"])
        decision(result, "2026-11-23")
        for _ in Analysis(result).steps():
            pass
    with TemporaryDirectory() as folder:
        (Path(folder) / "package.json").write_text('{"name": "one", "license": "MIT"}', "utf-8")
        assert [found.text for found in read_folder(guide, Path(folder)).found]
        (Path(folder) / "package.json").write_text('{"name": "one"}', "utf-8")
        reading = read_folder(guide, Path(folder))
        results = [recommend(guide, example["answers"]) for example in second()["examples"]]
        assert any("Write MIT" in one["text"] for result in results for one in today_data(reading, result)["warnings"])
    drops(guide, comparisons(guide))
    avoided(guide.data["words"])
    quoted = [path for path in seen if path[-2:-1] == ("passage",)]
    details = {
        (*path, field.name) for path in quoted for field in dataclass_fields(Quote)
    }  # all are given to it at once
    return seen | {path for path in of_families | details if is_known(path)}


def test_nothing_is_read_that_the_schema_does_not_name() -> None:
    """A field that was misspelt in the code, or renamed in the schema alone, would be read as missing for ever."""
    passed = ASKED_OF_ALL | NAMES  # hooks.overlay writes these, never an author
    unknown = sorted(".".join(path) for path in asked_for() if path[-1] not in passed and not is_known(path))
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
    assert any(f"no '{last}'" in message or f"'{last}'" in message for message in messages), messages[:5]
