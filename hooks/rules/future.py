"""Nothing was verified, and nothing changed, later than today.

PASS
    verified: 2026-01-01
FAIL
    verified: 2126-01-01
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from hooks.source.problems import Problem
from hooks.source.scalars import is_date

from .common.draft import Draft, Node

AHEAD = timedelta(days=1)
"""Somewhere it is tomorrow already."""


def check(draft: Draft) -> Iterator[Problem]:
    """Every field `verified`, wherever it is, and the days of changes."""
    changed = [entry.at("date") for entry in draft.root.at("changes").items()]
    for node in (*_days(draft.root), *changed):
        if is_date(node.text) and date.fromisoformat(node.text) > draft.today + AHEAD:
            yield draft.problem(node, f"{node.text} is in the future", expected=f"{draft.today} or earlier")


def _days(node: Node) -> Iterator[Node]:
    if isinstance(node.value, dict) and "verified" in node.value:
        yield node.at("verified")
    for below in node.items():
        if isinstance(below.value, dict | list):
            yield from _days(below)
