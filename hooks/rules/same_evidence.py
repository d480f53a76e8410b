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
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

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
        for one, other in _same(column):
            if _levels(column[one]) != _levels(column[other]):
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


class Evidence(NamedTuple):
    """What a rating rests on: the words of its text that say something, and its sources."""

    words: frozenset[str]
    sources: frozenset[str]


def _same(column: Mapping[str, Node]) -> Iterator[tuple[str, str]]:
    """The pairs of options whose texts say the same, in their order. What does not apply is no evidence."""
    evidence = {
        name: Evidence(_words(rating.at("text").text), frozenset(rating.at("source").texts()))
        for name, rating in column.items()
        if rating.at("applies").value is not False
    }
    having = defaultdict[str, list[str]](list)  # word -> options, in order: few pairs have words in common at all
    for name, one in evidence.items():
        for word in one.words:
            having[word].append(name)
    common = Counter(pair for names in having.values() for pair in combinations(names, 2))
    place = {name: number for number, name in enumerate(column)}
    alike = [pair for pair, count in common.items() if count >= COMMON]
    for pair in sorted(alike, key=lambda pair: (place[pair[0]], place[pair[1]])):
        one, other = (evidence[name] for name in pair)
        least = WITH_ONE_SOURCE if one.sources & other.sources else ALIKE
        if common[pair] >= least * len(one.words | other.words):
            yield pair


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+(?:[.-][a-z0-9]+)*", text.casefold())) - SMALL


def _levels(rating: Node) -> object:
    return rating.at("level").value
