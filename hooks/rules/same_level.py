"""Options differ on every criterion (a warning: it may be so for now).

PASS
    a: {effort: {level: low}}, b: {effort: {level: high}}
FAIL
    a: {effort: {level: low}}, b: {effort: {level: low}}
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.problems import WARNING, Problem

from .common.draft import Draft


def check(draft: Draft) -> Iterator[Problem]:
    """Criteria on which all options have the same level."""
    options = list(draft.entries("options").values())
    for name, criterion in draft.entries("criteria").items():
        levels = [option.at("ratings", name, "level").value for option in options]
        if len(levels) > 1 and isinstance(levels[0], str) and all(level == levels[0] for level in levels):
            yield draft.problem(
                criterion.at("id"),
                f"all options have level '{levels[0]}' on criterion '{name}', so it decides nothing today",
                expected="options that differ, or no such criterion",
                severity=WARNING,
            )
