"""No two criteria order the options alike unless one says why, as that would count one concern twice (a warning).

PASS
    effort orders a < b < c, cost orders b < a < c
FAIL
    effort and cost both order a < b < c < d < e < f < g < h
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import sqrt

from hooks.source.problems import WARNING, Problem, Related

from .common.draft import Draft
from .counted_twice import contribute_alike
from .level import levels_of

TOO_ALIKE = 0.9
"""Spearman's rank correlation above which two criteria look like one."""

NOT_ALIKE = 0.8
"""Below this a reason for being alike is out of date. Lower than the other limit, so that one more option does not
make a warning of a reason."""

ENOUGH = 8
"""Options that must be rated on both; with fewer, chance alone makes criteria look alike."""


def check(draft: Draft) -> Iterator[Problem]:
    """Every pair of criteria over the options whose levels are known on both."""
    criteria = draft.entries("criteria")
    places = {name: _places(draft, name) for name in criteria}
    for one, other in combinations(places, 2):
        common = [option for option in places[one] if option in places[other]]
        if len(common) < ENOUGH:
            continue
        alike = spearman([places[one][option] for option in common], [places[other][option] for option in common])
        reasons = [node for node in (criteria[one].at("alike", other), criteria[other].at("alike", one)) if node.exists]
        if alike > TOO_ALIKE and not reasons:
            yield draft.problem(
                criteria[other].at("id"),
                f"criteria '{one}' and '{other}' order the options alike (rank correlation {alike:.2f})",
                expected="different concerns; one of them removed, or made one with the other; or the reason in 'alike'",
                related=(Related(draft.line(criteria[one].at("id")), f"'{one}' is declared there"),),
                severity=WARNING,
            )
        stale = reasons and alike < NOT_ALIKE and not contribute_alike(draft, one, other)
        for node in reasons if stale else ():
            said = f"criteria '{one}' and '{other}' no longer order the options alike (rank correlation {alike:.2f})"
            yield draft.problem(node, said, at_key=True, expected="no reason in 'alike': delete it", severity=WARNING)


def _places(draft: Draft, criterion: str) -> dict[str, int]:
    """Per option the position of its level, 0 = worst, where it is known and no matter of the edition."""
    levels = levels_of(draft, criterion)
    found = {}
    for name, option in draft.entries("options").items():
        level = option.at("ratings", criterion, "level").text
        if level in levels:
            found[name] = levels.index(level)
    return found


def spearman(first: Sequence[float], second: Sequence[float]) -> float:
    """Rank correlation, -1 to 1, ties sharing their mean rank; 0 when one side does not vary."""
    one, other = mean_ranks(first), mean_ranks(second)
    middle = (len(one) + 1) / 2
    spread = sqrt(sum((x - middle) ** 2 for x in one) * sum((y - middle) ** 2 for y in other))
    return sum((x - middle) * (y - middle) for x, y in zip(one, other, strict=True)) / spread if spread else 0.0


def mean_ranks(values: Sequence[float]) -> list[float]:
    """Rank of each value from 1, equal values sharing the mean of their ranks."""
    ordered = sorted(values)
    mean = {value: ordered.index(value) + 1 + (ordered.count(value) - 1) / 2 for value in set(values)}
    return [mean[value] for value in values]
