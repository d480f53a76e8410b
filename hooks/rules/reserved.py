"""Ids that mean something to the machinery are not used for anything else.

PASS
    levels: [{id: none}]
FAIL
    levels: [{id: unknown}]        # means that a rating is not known
    answers: [{id: unsure}]        # means "not sure", which every question accepts
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.problems import Problem

from .common.draft import Draft

RESERVED = {
    "criteria.*.levels.*": ("unknown", "level", "ratings that are not known"),
    "questions.*.answers.*": ("unsure", "answer", "visitors who are not sure"),
}


def check(draft: Draft) -> Iterator[Problem]:
    """Levels and answers, with their former ids."""
    for pattern, (word, what, use) in RESERVED.items():
        for entry in draft.each(pattern):
            for name in (entry.at("id"), *entry.at("aliases").items()):
                if name.text == word:
                    said = f"'{word}' is built in: the {what} for {use}"
                    yield draft.problem(name, said, expected=f"no such {what}: delete it; or another id")
