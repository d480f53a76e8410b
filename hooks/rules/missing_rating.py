"""Every option is rated on every criterion; what is not known says so.

PASS
    ratings: {effort: {level: unknown, text: Not measured, verified: 2026-01-01}}
FAIL
    ratings: {}
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.alike import nearest
from hooks.source.problems import Problem, join_words

from .common.draft import Draft, Node


def check(draft: Draft) -> Iterator[Problem]:
    """One problem per option, with all criteria that it lacks."""
    for option in draft.root.at("options").items():
        ratings = option.at("ratings")
        meant = _meant(draft, ratings)
        missing = [name for name in draft.entries("criteria") if name not in ratings.fields() and name not in meant]
        if missing and isinstance(ratings.value, dict):
            named = join_words([f"'{name}'" for name in missing])
            yield draft.problem(
                ratings,
                f"option '{option.id}' is not rated on {named}",
                at_key=True,
                expected="a rating for each criterion; level: unknown where it is not known",
                cause=f"ratings/{named}",
            )


def _meant(draft: Draft, ratings: Node) -> set[str]:
    """Criteria for which a misspelt or former id is here: that key is the problem, and another rule says so."""
    known, former = draft.entries("criteria"), draft.former("criteria")
    free = [name for name in known if name not in ratings.fields()]
    return {former.get(key) or nearest(key, free) for key in ratings.fields() if key not in known}
