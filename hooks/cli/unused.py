"""Entries that are there for others to name, and that nothing names: what a removed option leaves behind."""

from __future__ import annotations

from collections.abc import Iterator

from hooks.rules import Draft, draft_of
from hooks.rules.references import REFERENCES, SOURCES
from hooks.source.load import Loaded
from hooks.source.positions import trail
from hooks.source.problems import NOTICE, Problem

from .uses import Declared, declared

CODE = "unused"

SERVING = ("prices", "quantities", "sources", "groups", "classes", "topics", "zones", "decision_kinds", "roles")
"""Sections of which the entries say nothing that others do not use."""

TOLD = {"prices": "no option has a line of costs with it", "quantities": "nothing sets it or counts it in costs"}
"""Sections for which the check says so, and how: sources may be listed for readers to go on."""


def unused(draft: Draft) -> list[Declared]:
    """Such entries, in the order of the file."""
    named = {section: set(_named(draft, section)) for section in SERVING}
    return [
        entry for entry in declared(draft) if len(entry.path) == 2 and entry.id not in named.get(str(entry.path[0]), {entry.id})
    ]  # fmt: skip


def _named(draft: Draft, section: str) -> Iterator[str]:
    for pattern in (*REFERENCES.get(section, ()), *(SOURCES if section == "sources" else ())):
        for node in draft.each(pattern):
            yield from node.texts()
    for node in draft.each("synonyms.*.page"):
        yield node.text.removeprefix(f"{section}/")


def findings(loaded: Loaded) -> Iterator[Problem]:
    """A notice for each price and each quantity that nothing uses."""
    for entry in unused(draft_of(loaded)):
        section = str(entry.path[0])
        if section in TOLD:
            yield loaded.positions.problem(
                (*entry.path, "id"),
                CODE,
                f"{entry.what} '{entry.id}' is used nowhere: {TOLD[section]}",
                expected=f"a use of it, or no such entry: `guide remove {entry.name}`",
                where=trail(loaded.draft, (*entry.path, "id")),
                severity=NOTICE,
            )
