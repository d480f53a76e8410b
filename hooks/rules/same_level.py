"""Options differ on every criterion (a warning: it may be so for now).

PASS
    a: {effort: {level: low}}, b: {effort: {level: high}}
FAIL
    a: {effort: {level: low}}, b: {effort: {level: low}}
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.problems import WARNING, Problem, on_lines

from .common.draft import Draft


def check(draft: Draft) -> Iterator[Problem]:
    """Criteria on which all options have the same level."""
    options = list(draft.entries("options").values())
    for name, criterion in draft.entries("criteria").items():
        nodes = [option.at("ratings", name, "level") for option in options]
        levels = [node.value for node in nodes]
        if len(levels) > 1 and isinstance(levels[0], str) and all(level == levels[0] for level in levels):
            yield draft.problem(
                criterion.at("id"),
                f"all options have level '{levels[0]}' on criterion '{name}'"
                f" ({on_lines(draft.line(node) for node in nodes)}), so it decides nothing today",
                expected="a rating that differs; or no such criterion; or an entry in 'accepted' that says why it stays",
                severity=WARNING,
            )
