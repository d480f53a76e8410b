"""The points of no strategy reach a criterion's capacity, or strategies beyond it look alike (a warning).

PASS
    aggregate: {rule: points, capacity: 12}      # and the heaviest strategy has 9
FAIL
    aggregate: {rule: points, capacity: 8}       # and the heaviest strategy has 9
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.problems import WARNING, Problem

from .common.draft import Draft


def check(draft: Draft) -> Iterator[Problem]:
    """Criteria that add up points, against the heaviest strategy."""
    if draft.guide is None or draft.enumeration is None:
        return
    for criterion in draft.guide.criteria:
        if criterion.rule != "points" or not draft.enumeration.strategies:
            continue
        heaviest, points = max(
            (
                (strategy, sum(draft.guide.option(member).ratings[criterion.id].heavy for member in strategy.members))
                for strategy in draft.enumeration.strategies
            ),
            key=lambda pair: pair[1],
        )
        if points >= criterion.capacity:
            node = draft.entries("criteria")[criterion.id].at("aggregate", "capacity")
            yield draft.problem(
                node,
                f"capacity {criterion.capacity} of '{criterion.id}' is too small: '{heaviest.id}' has {points} points,"
                " and all that have as many count as equally bad",
                expected=f"capacity: {points + 1} or more",
                severity=WARNING,
            )
