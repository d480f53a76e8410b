"""Guides with one section absent, single or full: for sentences that depend on how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from hooks.cli.removal import removal_of, without_paths
from hooks.cli.rename import CannotEdit
from hooks.rules.unreachable import check as unreachable
from hooks.source.load import SCHEMA, expanded_schema, load
from hooks.source.positions import Path
from selector import Guide
from tests.support.broken_edits import GUIDES
from tests.support.schema_guides import Data, draft

SECTIONS = tuple(name for name, part in expanded_schema(SCHEMA)["properties"].items() if part["type"] == "array")
COUNTS = ("absent", "single")


@cache
def full(name: str = "second.yml") -> Data:
    """A guide that has every section."""
    found: Data = load(GUIDES / name).draft
    return found


def without(data: Data, paths: list[Path]) -> Data:
    """Without these paths and what needs them, nor options that then take part in nothing."""
    data = without_paths(data, removal_of(draft(data), paths).gone)
    idle = [problem.where.split(" › ")[1] for problem in unreachable(draft(data)) if problem.where.endswith("id")]
    gone = [("options", index) for index, entry in enumerate(data["options"]) if entry["id"] in idle]
    return without(data, list(gone)) if gone else data


def guides(name: str = "second.yml", sections: Iterable[str] = SECTIONS) -> Iterator[tuple[str, Guide]]:
    """The full guide, then each section absent and single, where a guide can be so."""
    yield "full", Guide.from_data(full(name))
    for section in sections:
        for count in COUNTS:
            entries = full(name).get(section, ())
            keep = 0 if count == "absent" else 1
            if len(entries) <= keep:
                continue
            try:
                paths: list[Path] = [(section, index) for index in range(keep, len(entries))]
                guide = Guide.from_data(without(full(name), paths))
                assert guide.strategies
            except (CannotEdit, LookupError, AssertionError, ValueError):
                continue
            yield f"{section} {count}", guide
