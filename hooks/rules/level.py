"""Levels named in ratings and requirements are levels of that criterion.

PASS
    ratings: {effort: {level: low}}
    require: {effort: low}
    ratings: {effort: {level: unknown}}
    ratings: {effort: {level: [high, low]}}   # from the worse to the better one
    ratings: {effort: {level: {free: high, paid: low}}}
FAIL
    ratings: {effort: {level: lwo}}
    require: {effort: unknown}
    ratings: {effort: {level: [low, high]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.alike import nearest
from hooks.source.problems import Problem, one_of, quote

from .common.draft import Draft, Node

UNKNOWN = "unknown"


def check(draft: Draft) -> Iterator[Problem]:
    """Ratings of options, overrides of strategies, requirements of answers."""
    for ratings in (*draft.each("options.*.ratings"), *draft.each("strategies.*.overrides")):
        for name in ratings.fields():
            level = ratings.at(name, "level")
            for one in level.items() if isinstance(level.value, dict) else (level,):
                yield from _range(draft, one, name) if isinstance(one.value, list) else _level(draft, one, name, True)
    for require in draft.each("questions.*.answers.*.effects.*.require"):
        for name in require.fields():
            yield from _level(draft, require.at(name), name, False)


def levels_of(draft: Draft, criterion: str) -> list[str]:
    """Ids of a criterion's levels, worst first; none when there is no such criterion."""
    entry = draft.entries("criteria").get(criterion)
    return [level.id for level in entry.at("levels").items() if level.id] if entry else []


def _level(draft: Draft, node: Node, criterion: str, may_be_unknown: bool) -> Iterator[Problem]:
    known = levels_of(draft, criterion)
    if not known or not node.text or node.text in known or (may_be_unknown and node.text == UNKNOWN):
        return
    levels = draft.entries("criteria")[criterion].at("levels")
    is_named = node.text == UNKNOWN and not may_be_unknown
    yield draft.problem(
        node,
        f"'{UNKNOWN}' can be neither required nor the end of a range"
        if is_named
        else f"unknown level {quote(node.text)} for criterion '{criterion}'",
        expected=one_of([*known, UNKNOWN] if may_be_unknown and UNKNOWN not in known else known, node.text),
        nearest=nearest(node.text, known),
        related=draft.declared(levels, f"levels of '{criterion}'"),
        cause=f"levels of {criterion}/{node.text}",
    )


def _range(draft: Draft, node: Node, criterion: str) -> Iterator[Problem]:
    known = levels_of(draft, criterion)
    for item in node.items():
        yield from _level(draft, item, criterion, False)
    names = node.texts()
    if len(names) == 2 and all(name in known for name in names) and known.index(names[0]) >= known.index(names[1]):
        better = sorted(names, key=known.index)
        right = f"[{better[0]}, {better[1]}]" if better[0] != better[1] else better[0]
        yield draft.problem(
            node,
            f"the range [{names[0]}, {names[1]}] does not run from the worse level to the better one",
            expected=f"two levels of '{criterion}', the worse one first",
            nearest=right,
        )
