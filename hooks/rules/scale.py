"""Levels run from worst to best, and carry the figures that the criterion's rule needs.

PASS
    aggregate: {rule: best}
    levels: [{id: bad, value: 0}, {id: good, value: 1000}]
    aggregate: {rule: points, capacity: 12}
    levels: [{id: heavy, points: 5}, {id: light, points: 1}]
    aggregate: {rule: points, capacity: 12, unit: hours a month}
    levels: [{id: heavy, points: 5, typical: [10, 20]}, {id: light, points: 1, typical: 2}]
    aggregate: {rule: units, unit: hours a month}
    levels: [{id: much, value: 0, units: 8}, {id: little, value: 1000, units: 1}]
FAIL
    levels: [{id: good, value: 1000}, {id: bad, value: 0}]
    aggregate: {rule: points}
    aggregate: {rule: best, capacity: 12}
    aggregate: {rule: points, capacity: 12, unit: hours a month}
    levels: [{id: heavy, points: 5}, {id: light, points: 1}]
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hooks.source.problems import Problem, Related

from .common.draft import Draft, Node

COMPARE = {"best", "worst", "role"}

FIELDS = {
    # field of a level: the rules under which it is, and +1 when it grows from worst to best, -1 when it shrinks
    "value": ({*COMPARE, "units"}, 1),
    "points": ({"points"}, -1),
    "units": ({"units"}, -1),
}

SETTINGS = {
    # field of `aggregate`: the rules that need it, the rules that allow it, what it is
    "role": ({"role"}, {"role"}, "the roles asked, first choice first"),
    "capacity": ({"points"}, {"points"}, "the sum of points at which the value is 0"),
    "unit": ({"units"}, {"points", "units"}, "what is counted"),
    "basis": (set[str](), {"points", "units"}, "where the figures come from"),
    "owned": (set[str](), {"points", "units"}, "whether a member that the visitor already runs counts"),
}


def check(draft: Draft) -> Iterator[Problem]:
    """Each criterion: its rule's settings, its levels' fields, their order."""
    for criterion in draft.root.at("criteria").items():
        rule = criterion.at("aggregate", "rule").text
        if not rule:
            continue
        yield from _settings(draft, criterion.at("aggregate"), rule)
        yield from _typical(draft, criterion, told=rule == "points" and criterion.at("aggregate", "unit").exists)
        for field, (rules, direction) in FIELDS.items():
            levels = list(criterion.at("levels").items())
            if rule in rules:
                yield from _present(draft, levels, field, rule)
                yield from _ordered(draft, levels, field, direction)
            else:
                yield from _absent(draft, levels, field, rule)


def _settings(draft: Draft, aggregate: Node, rule: str) -> Iterator[Problem]:
    for field, (needed, allowed, meaning) in SETTINGS.items():
        node = aggregate.at(field)
        if rule in needed and field not in aggregate.fields():
            yield draft.problem(draft.first(aggregate), f"rule '{rule}' needs '{field}'", expected=meaning)
        if node.exists and rule not in allowed:
            yield draft.problem(
                node, f"'{field}' has no meaning under rule '{rule}'", at_key=True, expected=f"no '{field}': delete it"
            )


def _typical(draft: Draft, criterion: Node, *, told: bool) -> Iterator[Problem]:
    """Points that have a unit say on each level what is typical in it."""
    levels = list(criterion.at("levels").items())
    if told:
        yield from _present(draft, levels, "typical", "points with a unit")
    else:
        yield from _absent(draft, levels, "typical", "points without a unit")


def _present(draft: Draft, levels: list[Node], field: str, rule: str) -> Iterator[Problem]:
    for level in levels:
        if isinstance(level.value, dict) and field not in level.value:  # a refused one is told there
            yield draft.problem(draft.first(level), f"level '{level.id}' has no '{field}', which rule '{rule}' needs",
                                expected=f"a number for '{field}'")  # fmt: skip


def _absent(draft: Draft, levels: list[Node], field: str, rule: str) -> Iterator[Problem]:
    for level in levels:
        if level.at(field).exists:
            yield draft.problem(level.at(field), f"'{field}' has no meaning under rule '{rule}'", at_key=True,
                                expected=f"no '{field}': delete it")  # fmt: skip


def _ordered(draft: Draft, levels: list[Node], field: str, direction: int) -> Iterator[Problem]:
    """Neighbours against each other, so that one wrong level is one problem."""
    numbered = [level for level in levels if level.at(field).number is not None]
    for before, after in pairwise(numbered):
        low, high = before.at(field).number or 0, after.at(field).number or 0
        if (high - low) * direction <= 0:
            way = "rising" if direction > 0 else "falling"
            each = f"{field} {low:g}" if low == high else f"{field} {low:g} and then {high:g}"
            yield draft.problem(
                after.at(field),
                f"levels '{before.id}' and '{after.id}' {'both have' if low == high else 'have'} {each}",
                expected=f"{way} {field.removesuffix('s')}s, as levels run from worst to best",
                related=(Related(draft.line(before), f"level '{before.id}' is there"),),
            )
