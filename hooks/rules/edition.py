"""Levels by edition name each edition of the option once, and make a difference.

PASS
    editions: [{id: free, name: Free}, {id: paid, name: Paid}]
    ratings: {effort: {level: {free: high, paid: low}}}
FAIL
    ratings: {effort: {level: {free: high, padi: low}}}
    ratings: {effort: {level: {free: high}}}
    ratings: {effort: {level: {free: low, paid: low}}}   # holds for all editions: level: low
    overrides: {effort: {level: {free: high, paid: low}}} # of a strategy, which has no editions
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.alike import nearest
from hooks.source.problems import Problem, Related, join_words, one_of, quote

from .common.draft import Draft, Node


def check(draft: Draft) -> Iterator[Problem]:
    """Editions of each option, what names them, and ratings of strategies."""
    for option in draft.root.at("options").items():
        editions = {edition.id: edition for edition in option.at("editions").items() if edition.id}
        ratings = list(option.at("ratings").items())
        for rating in ratings:
            if isinstance(rating.at("level").value, dict):
                yield from _levels(draft, option, rating, list(editions))
        if editions and not any(isinstance(rating.at("level").value, dict) for rating in ratings):
            said = f"the editions of '{option.id}' differ in no rating"
            yield draft.problem(option.at("editions"), said, at_key=True, expected="levels by edition, or no editions")
        for cost in option.at("costs").items():
            yield from _known(draft, option, cost.at("edition"), list(editions))
    for override in draft.each("strategies.*.overrides.*"):
        if isinstance(override.at("level").value, dict):
            said = "a setup's own rating holds for all editions"
            yield draft.problem(override.at("level"), said, at_key=True, expected="one level, or a range")


def _levels(draft: Draft, option: Node, rating: Node, editions: list[str]) -> Iterator[Problem]:
    level = rating.at("level")
    if not editions:
        said = f"'{option.id}' has no editions"
        yield draft.problem(level, said, at_key=True, expected="one level, or 'editions' of the option")
        return
    for key in level.keys():  # noqa: SIM118  not a dict
        yield from _known(draft, option, key, editions)
    missing = [name for name in editions if name not in level.fields()]
    guessed = {nearest(name, editions) for name in level.fields() if name not in editions}
    if set(missing) - guessed:
        named = join_words([f"'{name}'" for name in missing])
        yield draft.problem(level, f"no level for {named}", at_key=True, expected="a level for each edition")
    elif not missing and all(level.value[name] == level.value[editions[0]] for name in editions):
        said = "all editions have the same level"
        yield draft.problem(level, said, at_key=True, expected=f"level: {_written(level.value[editions[0]])}")
    if rating.at("amount").exists:
        said = "an amount holds for all editions"
        yield draft.problem(rating.at("amount"), said, at_key=True, expected="one level, or no amount")


def _known(draft: Draft, option: Node, name: Node, editions: list[str]) -> Iterator[Problem]:
    if name.text and name.text not in editions:
        yield draft.problem(
            name,
            f"'{option.id}' has no edition {quote(name.text)}",
            expected=one_of(editions, name.text) if editions else "no edition",
            nearest=nearest(name.text, editions),
            related=(Related(draft.line(option.at("editions")), "its editions"),) if editions else (),
        )


def _written(level: object) -> str:
    return f"[{', '.join(map(str, level))}]" if isinstance(level, list) else str(level)
