"""Amounts are intervals from low to high, and are where something is counted.

PASS
    amount: [0, 0.4]
    aggregate: {rule: units}     # and ratings: {effort: {level: low, amount: 2}}
FAIL
    amount: [0.4, 0]
    aggregate: {rule: best}      # and ratings: {effort: {level: low, amount: 2}}
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.problems import Problem

from .common.draft import Draft

RATINGS = ("options.*.ratings.*.amount", "strategies.*.overrides.*.amount")


def check(draft: Draft) -> Iterator[Problem]:
    """Amounts of prices and ratings."""
    for pattern in ("prices.*.amount", *RATINGS):
        for node in draft.each(pattern):
            numbers = [item.number for item in node.items() if item.number is not None]
            if len(numbers) == 2 and numbers[0] >= numbers[1]:
                low, high = sorted(numbers)
                yield draft.problem(
                    node,
                    f"the interval [{numbers[0]:g}, {numbers[1]:g}] must go from low to high",
                    expected="two different numbers, the smaller one first; or one number",
                    nearest=f"[{low:g}, {high:g}]" if low != high else f"{low:g}",
                )
    for pattern in RATINGS:
        for node in draft.each(pattern):
            name = str(node.path[-2])
            criterion = draft.entries("criteria").get(name)
            rule = criterion.at("aggregate", "rule").text if criterion else "units"
            if rule and rule != "units":
                yield draft.problem(node, f"criterion '{name}' counts nothing, its rule is '{rule}'", at_key=True,
                                    expected="no 'amount'")  # fmt: skip
