"""What `guide check` passes, the build renders: guides of every legal shape, generated from the schema."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from functools import cache

from benchmarks.any_guide import attempt
from hooks import ROOT
from hooks.cli.uses import declared
from hooks.runtime.fetch import ensure_pyodide
from hooks.source.load import SCHEMA, expanded_schema
from tests.support.schema_guides import ODD_IDS, draft, guide_of, optional

COUNT = 24
"""Guides of a run of all tests; `python -m benchmarks.any_guide 2000` tries as many as one has time for."""

STRICT = 2
"""Small guides that MkDocs builds; `python -m benchmarks.strict 24` builds more."""


@cache
def made(seed: int) -> Counter[str]:
    """The optional fields that a generated guide has."""
    found = optional(guide_of(seed), expanded_schema(SCHEMA))
    return Counter(".".join("*" if isinstance(step, int) else step for step in path) for path in found)


def test_what_the_check_passes_is_rendered() -> None:
    said = Counter(attempt(seed).partition(":")[0] for seed in range(COUNT))
    assert said["rendered"] >= COUNT / 4, said


def test_what_the_check_passes_is_built_strictly() -> None:
    """MkDocs has nothing to complain of, either: no link without a page, no page without a place."""
    ensure_pyodide(ROOT)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.strict", str(STRICT)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.count(": built (")) == (0, STRICT), done.stdout + done.stderr


def test_every_section_is_there_in_some_guides_and_not_in_others() -> None:
    """Most of the sections that a guide may leave out have several entries in one, a single one in another."""
    schema = expanded_schema(SCHEMA)
    sections = [name for name in schema["properties"] if name not in schema["required"]]
    counts = {name: {min(made(seed)[f"{name}.*"], 2) * made(seed)[name] for seed in range(60)} for name in sections}
    assert not [name for name in sections if not any(made(seed)[name] for seed in range(60))]
    assert all(0 in found for found in counts.values()), counts
    assert sum(found == {0, 1, 2} for found in counts.values()) > len(sections) / 2, counts


def test_ids_have_every_form() -> None:
    ids = {entry.id for seed in range(60) for entry in declared(draft(guide_of(seed)))}
    assert len(ids & set(ODD_IDS)) > len(ODD_IDS) / 2
