"""No single answer moves more than 40 % of all points (a warning), or the other answers hardly count.

PASS
    weight: {effort: 5}         # of 60 points before any answer
FAIL
    weight: {effort: 30}
"""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import WARNING, Problem
from .draft import Draft

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
        if total and amount > SHARE * max(total, after):
            yield draft.problem(
                answer.at("id"),
                f"this answer moves {amount:g} points of {max(total, after):g}",
                expected="at most 40 %; a requirement, if it must decide alone",
                severity=WARNING,
            )
