"""Equal evidence gives equal levels within a column: what says the same of two options rates them alike (a notice).

PASS
    a: {effort: {level: low, text: Two hours a month, source: manual}}
    b: {effort: {level: low, text: Two hours a month, source: manual}}
    c: {effort: {level: high, text: Two hours a month, source: manual, unlike: {a: It needs a specialist., b: It needs a specialist.}}}
FAIL
    a: {effort: {level: low, text: Two hours a month, source: manual}}
    b: {effort: {level: high, text: Two hours a month, source: manual}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from hooks.source.problems import NOTICE, Problem, Related

from .common.draft import Draft, Node

ALIKE, WITH_ONE_SOURCE = 0.65, 0.5
"""Shares of words in common from which two texts say the same: fewer are enough where they come from one source."""

COMMON = 4
"""Words that they have in common at least; two or three are a form of words."""

SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "but",
        "by",
        "each",
        "for",
        "from",
        "if",
        "in",
        "is",
        "it",
        "its",
        "no",
        "not",
        "of",
        "on",
        "only",
        "or",
        "so",
        "that",
        "the",
        "to",
        "with",
    ]
)
"""Words that say nothing of what is rated."""


def check(draft: Draft) -> Iterator[Problem]:
    """Column by column, every pair of options; and reasons for pairs that have none of it any more."""
    options = draft.entries("options")
    for criterion in draft.entries("criteria"):
        column = {name: option.at("ratings", criterion) for name, option in options.items()}
        found = set[tuple[str, str]]()
        for one, other in combinations(column, 2):
            if _same(column[one], column[other]) and _levels(column[one]) != _levels(column[other]):
                found |= {(one, other), (other, one)}
                if not (column[one].at("unlike", other).exists or column[other].at("unlike", one).exists):
                    yield _problem(draft, criterion, (one, column[one]), (other, column[other]))
        for name, rating in column.items():
            for key in rating.at("unlike").keys():  # noqa: SIM118  not a dict
                if key.text in options and (name, key.text) not in found:
                    said = f"'{name}' and '{key.text}' have other evidence, or the same level"
                    yield draft.problem(key, said, expected=f"no 'unlike' for '{key.text}': delete it", severity=NOTICE)


def _problem(draft: Draft, criterion: str, first: tuple[str, Node], second: tuple[str, Node]) -> Problem:
    (one, before), (other, after) = first, second
    return draft.problem(
        after.at("level"),
        f"'{other}' and '{one}' have the same evidence and different levels on '{criterion}'",
        expected="one level for both, a text that says what differs, or the reason in 'unlike'",
        related=(Related(draft.line(before.at("level")), f"the level of '{one}'"),),
        severity=NOTICE,
    )


def _same(one: Node, other: Node) -> bool:
    """Whether the texts of two ratings say the same. What does not apply is no evidence."""
    if one.at("applies").value is False or other.at("applies").value is False:
        return False
    mine, theirs = _words(one.at("text").text), _words(other.at("text").text)
    common, every = mine & theirs, mine | theirs
    if len(common) < COMMON:
        return False
    shared = set(one.at("source").texts()) & set(other.at("source").texts())
    return len(common) >= (WITH_ONE_SOURCE if shared else ALIKE) * len(every)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+(?:[.-][a-z0-9]+)*", text.casefold())) - SMALL


def _levels(rating: Node) -> object:
    return rating.at("level").value
