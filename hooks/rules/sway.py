"""No single answer moves more than 40 % of all points unless it says why (a warning), or the others hardly count.

PASS
    weight: {effort: 5}         # of 60 points before any answer
FAIL
    weight: {effort: 30}
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.problems import WARNING, Problem

from .common.draft import Draft

SHARE = 0.4


def check(draft: Draft) -> Iterator[Problem]:
    """Each answer's points, for and against, against the points of all criteria after it."""
    base = {name: criterion.at("weight").number or 0 for name, criterion in draft.entries("criteria").items()}
    total = sum(base.values())
    for answer in draft.each("questions.*.answers.*"):
        moved: dict[str, float] = {}
        for effect in answer.at("effects").items():
            for name in effect.at("weight").fields():
                moved[name] = moved.get(name, 0) + (effect.at("weight", name).number or 0)
        after = sum(max(0, points + moved.get(name, 0)) for name, points in base.items())
        amount = sum(abs(points) for points in moved.values())
        much = amount > SHARE * max(total, after)
        moves = f"this answer moves {amount:g} points of {max(total, after):g}"
        if total and much and not answer.at("sway").exists:
            yield draft.problem(
                answer.at("id"),
                moves,
                expected="at most 40 %; a requirement, if it must decide alone; or its reason in 'sway'",
                severity=WARNING,
            )
        if total and not much and answer.at("sway").exists:
            yield draft.problem(
                answer.at("sway"),
                f"{moves}, which needs no reason",
                at_key=True,
                expected="no 'sway'",
                severity=WARNING,
            )
