"""Every option is rated on every criterion; what is not known says so.

PASS
    ratings: {effort: {level: unknown, text: Not measured, verified: 2026-01-01}}
FAIL
    ratings: {}
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.problems import Problem, join_words

from .common.draft import Draft


def check(draft: Draft) -> Iterator[Problem]:
    """One problem per option, with all criteria that it lacks."""
    for option in draft.root.at("options").items():
        ratings = option.at("ratings")
        missing = [name for name in draft.entries("criteria") if name not in ratings.fields()]
        if missing and isinstance(ratings.value, dict):
            named = join_words([f"'{name}'" for name in missing])
            yield draft.problem(
                ratings,
                f"option '{option.id}' is not rated on {named}",
                at_key=True,
                expected="a rating for each criterion; level: unknown where it is not known",
                cause=f"ratings/{named}",
            )
