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
        share = f"{amount / max(total, after, 1):.0%} of the {max(total, after):g} points of all criteria"
        if total and much and not answer.at("sway").exists:
            yield draft.problem(
                answer.at("id"),
                f"this answer alone moves {amount:g} points, {share}"
                if len(moved) == 1
                else f"this answer alone moves {amount:g} points in all, {share}",
                expected=f"at most {_most(base, moved):g} points; or the effect 'require', if it must decide alone;"
                " or the field 'sway' of the answer, with the reason",
                severity=WARNING,
            )
        if total and not much and answer.at("sway").exists:
            yield draft.problem(
                answer.at("sway"),
                f"this answer moves only {share}, which needs no reason",
                at_key=True,
                expected="no 'sway': delete it",
                severity=WARNING,
            )


def _most(base: dict[str, float], moved: dict[str, float]) -> int:
    """The largest whole sum of the same moves, in the same proportions, that needs no reason."""
    amount, total = sum(abs(points) for points in moved.values()), sum(base.values())
    for less in range(int(amount), 0, -1):
        after = sum(max(0, points + moved.get(name, 0) * less / amount) for name, points in base.items())
        if less <= SHARE * max(total, after):
            return less
    return 0
