"""The navigation: sections in reading order, each with its pages."""

from __future__ import annotations

from typing import Any

from selector import Guide
from selector.guide.terms import upfirst

from .context import Entry, label
from .hidden import with_hidden
from .offered import asks, compares

Nav = list[dict[str, Any]]

MOST = 120
"""Entries of a section in the navigation. Every page of a section carries all of them, so a longer list is left to the
section's own page: else the site would grow with the square of its entries."""


def nav(guide: Guide, *, since: bool = False) -> Nav:
    """The navigation as MkDocs and its relatives read it: its sections, and the home page, which the logo leads to.

    Pair pages are reached from their list only: there are many. `since` is for a preview of an edit.
    """
    data = guide.data
    return [
        {"Home": "index.md"},
        *_recommending(guide),
        {
            "Compare": [
                {label(f"All {guide.terms.options}"): "matrix.md"},
                *([{label(f"Two to four {guide.terms.options}"): "compare/index.md"}] if compares(guide) else []),
                {"Criteria": ["criteria/index.md", *_criteria(data)]},
            ]
        },
        {
            label(upfirst(guide.terms.options)): [
                "options/index.md",
                *_entries(
                    "options",
                    sorted(
                        (entry for entry in data["options"] if not entry.get("hidden")),
                        key=lambda entry: (guide.by_name(entry["name"]), entry["id"]),
                    ),
                ),
            ]
        },
        *(
            [
                {
                    label(upfirst(guide.terms.strategies)): [
                        "strategies/index.md",
                        *_entries("strategies", [one for one in data["strategies"] if not with_hidden(guide, one)]),
                    ]
                }
            ]
            if data.get("strategies")
            else []
        ),
        *_migrating(data),
        {
            "How it works": [
                *([{"What this edit changes": "since.md"}] if since else []),
                {"How the scoring works": "scoring.md"},
                *([{"Published decisions": "decisions.md"}] if data.get("decisions") else []),
                *([{"How answers count": "effects.md"}] if asks(guide) else []),
                {"How the scoring was set": "settings.md"},
                {"What we don't know": "unknowns.md"},
                *([{"Not covered, and why": "not-covered.md"}] if data.get("not_covered") else []),
                {"Sources": "sources.md"},
                *([{"What is read from your files": "recognised.md"}] if data.get("evidence") else []),
                {"Data for machines": "data.md"},
                {"Edit this guide": "edit.md"},
            ]
        },
    ]


def _recommending(guide: Guide) -> Nav:
    """The section on answers and what follows from them, with the pages that have something on them."""
    examples = guide.data.get("examples", ())
    found: Nav = []
    if asks(guide):
        found += [
            {"Questions and result": "wizard.md"},
            {"Decide together": "together.md"},
            {"What if": "what-if.md"},
        ]
    if examples:
        found += [{"Worked examples": ["examples/index.md", *_entries("examples", examples)]}]
    return [{"Get a recommendation" if asks(guide) else "Examples": found}] if found else []


def _migrating(data: Entry) -> Nav:
    """The section on changing over, with the pages that have something on them."""
    found = [{"Migrations": "migrate.md"}] if data.get("moves") else []
    found += [{"Stages": "stages.md"}] if data.get("stages") else []
    return [{"Migrate": found}] if found else []


def pages_in(items: Any) -> set[str]:
    """Paths of all pages of a navigation or of a part of one."""
    if isinstance(items, str):
        return {items}
    inner = items.values() if isinstance(items, dict) else items
    return {path for item in inner for path in pages_in(item)}


def _entries(folder: str, entries: Any) -> list[dict[str, str]]:
    """An entry each; none when they are too many."""
    if len(entries) > MOST:
        return []
    return [{label(entry.get("name") or entry["title"]): f"{folder}/{entry['id']}.md"} for entry in entries]


def _criteria(data: Entry) -> Nav:
    groups = (
        (group, [entry for entry in data["criteria"] if entry["group"] == group["id"]]) for group in data["groups"]
    )
    return [{label(group["name"]): _entries("criteria", entries)} for group, entries in groups if entries]
