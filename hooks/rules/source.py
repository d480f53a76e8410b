"""Every fact has a source and a day, and a source that is not the project's own has a reason.

PASS
    ratings: {effort: {level: low, text: An hour, source: manual, verified: 2026-01-01}}
    ratings: {effort: {level: unknown, text: Not measured, verified: 2026-01-01}}
    sources: [{id: blog, kind: other, reason: The only measurement there is.}]
FAIL
    ratings: {effort: {level: low, text: An hour, verified: 2026-01-01}}
    sources: [{id: blog, kind: other}]
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.problems import Problem

from .common.draft import Draft, Node

DATED = ("strategies.*", "moves.*", "examples.*")
"""Entries in which a source is optional; with one of source and day, the other is needed too."""


def check(draft: Draft) -> Iterator[Problem]:
    """Ratings, overrides, entries with an optional source, and the sources themselves."""
    for pattern in ("options.*.ratings.*", "strategies.*.overrides.*"):
        for rating in draft.each(pattern):
            if rating.at("level").exists and rating.at("level").text != "unknown":
                yield from _needs(draft, rating, "source", "a rating")
    for pattern in DATED:
        for entry in draft.each(pattern):
            if entry.at("source").exists:
                yield from _needs(draft, entry, "verified", "an entry with a source")
            elif entry.at("verified").exists:
                yield from _needs(draft, entry, "source", "an entry with a date")
    for entry in draft.root.at("sources").items():
        if entry.at("kind").text == "other" and not entry.at("reason").exists:
            yield draft.problem(
                entry.at("kind"),
                f"source '{entry.id}' is of kind 'other' and gives no reason",
                expected="'reason': why it is good enough although it is not the project's own",
            )


def _needs(draft: Draft, entry: Node, field: str, what: str) -> Iterator[Problem]:
    wanted = {"source": "the id of a source", "verified": "the day on which it was checked"}[field]
    if isinstance(entry.value, dict) and not entry.at(field).exists:
        yield draft.problem(draft.first(entry), f"{what} needs '{field}'", expected=wanted)
