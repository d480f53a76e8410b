"""Synonyms lead to pages that there are.

PASS
    criteria: [{id: effort}], synonyms: [{words: [work], page: criteria/effort}, {words: [move], page: migrate}]
FAIL
    criteria: [{id: effort}], synonyms: [{words: [work], page: criteria/efort}]
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.alike import nearest
from hooks.source.problems import Problem, one_of, quote

from .common.draft import Draft

FOLDERS = ("options", "families", "criteria", "strategies", "examples")
"""Sections whose entries have pages."""

PAGES = (
    *("wizard", "matrix", "compare", "options", "strategies", "criteria", "examples", "stages", "migrate"),
    *("scoring", "effects", "settings", "unknowns", "sources", "data", "edit"),
)
"""Pages that every guide has."""


def check(draft: Draft) -> Iterator[Problem]:
    """The page of each synonym."""
    for node in draft.each("synonyms.*.page"):
        folder, _, name = node.text.partition("/")
        if not name:
            known = list(PAGES)
        elif folder in FOLDERS:
            known = [f"{folder}/{entry}" for entry in draft.entries(folder)]
        else:
            known = [f"{folder}/" for folder in FOLDERS]
        if node.text and node.text not in known:
            yield draft.problem(
                node,
                f"no page {quote(node.text)}",
                expected=one_of(known, node.text),
                nearest=nearest(node.text, known),
                cause=f"{'options' if folder == 'families' else folder}/{name}" if name else "",
            )
