"""No two criteria move the same strategies for the same visitors unless one says why, as an effect on one would count
again on the other (a warning).

PASS
    effort and cost move different strategies, or for different visitors
FAIL
    effort and cost both lift a and lower b, for all visitors
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import sqrt
from random import Random

from hooks.evaluation.cache import cached_result
from hooks.source.problems import WARNING, Problem, Related
from selector import Guide
from selector.analysis.audience import sample_case
from selector.analysis.weightings import stream
from selector.scoring.recommend import recommend_case

from .common.draft import Draft

TOO_ALIKE = 0.9
"""Correlation of contributions above which two criteria look like one concern."""

NOT_ALIKE = 0.8
"""Below this a reason for being alike is out of date."""

VISITORS = 60
"""Sampled visitors over which contributions are compared."""

ENOUGH = 8
"""Strategies that a visitor must be left with; among fewer, chance alone makes criteria look alike."""


def check(draft: Draft) -> Iterator[Problem]:
    """Every pair of criteria over sampled visitors and the strategies that are left to them."""
    guide, criteria = draft.guide, draft.entries("criteria")
    if guide is None or draft.enumeration is None:
        return
    for (one, other), alike in correlations(guide).items():
        reasons = criteria[one].at("alike", other).exists or criteria[other].at("alike", one).exists
        if alike > TOO_ALIKE and not reasons:
            yield draft.problem(
                criteria[other].at("id"),
                f"criteria '{one}' and '{other}' move the same strategies for the same {guide.terms.visitors} (correlation {alike:.2f})",
                expected="different concerns; one place for each effect; or the reason in 'alike'",
                related=(Related(draft.line(criteria[one].at("id")), f"'{one}' is declared there"),),
                severity=WARNING,
            )


def contribute_alike(draft: Draft, one: str, other: str) -> bool:
    """Whether two criteria move the same strategies, so that a reason for that is not out of date."""
    if draft.guide is None or draft.enumeration is None:
        return False
    found = correlations(draft.guide)
    return max(found.get((one, other), 0.0), found.get((other, one), 0.0)) > NOT_ALIKE


def correlations(guide: Guide) -> dict[tuple[str, str], float]:
    """By pair of criteria, how alike their contributions are: points times how much better or worse a strategy is than
    the mean of those that are left to the visitor."""
    return cached_result(guide, "contributions", lambda: _correlations(guide))


def _correlations(guide: Guide) -> dict[tuple[str, str], float]:
    source = stream(guide.data["guide"].get("seed", 1), "rules", "contributions")
    names = [criterion.id for criterion in guide.criteria]
    pairs = list(combinations(range(len(names)), 2))
    products, squares = dict.fromkeys(pairs, 0.0), [0.0] * len(names)
    for _ in range(VISITORS):
        columns = _contributions(guide, source)
        for column, values in enumerate(columns):
            squares[column] += sum(value * value for value in values)
        for one, other in pairs if columns else ():
            products[one, other] += sum(x * y for x, y in zip(columns[one], columns[other], strict=True))
    return {
        (names[one], names[other]): found / sqrt(squares[one] * squares[other])
        for (one, other), found in products.items()
        if squares[one] and squares[other]
    }


def _contributions(guide: Guide, source: Random) -> list[list[float]]:
    """Per criterion, the contributions of the strategies that are left to the next visitor, as shares of all points."""
    result = recommend_case(guide, sample_case(guide, source))
    rows = [result.values(place) for place in result.feasible]
    if len(rows) < ENOUGH or not result.crowned:
        return []
    every = sum(result.points)
    columns = []
    for column, points in enumerate(result.points):
        values = [points * (low[column] + high[column]) / (2 * every) for low, high in rows]
        mean = sum(values) / len(values)
        columns.append([value - mean for value in values])
    return columns
