"""Causes first: problems that follow from another one are told in one line with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from .problems import Problem

FEW = 3
"""Problems with the same cause, besides the first, that are still shown one by one."""


RENAMED = "If its id was changed, change it back and use `guide rename`, which changes it at every place."


def folded(problems: Iterable[Problem]) -> list[Problem]:
    """The problems without those that follow from another one, which then says how many do and on which lines.

    What names an entry of a section that was not read follows from the problem of that section. What names the same
    unknown entry as a problem before has the same cause as that.
    """
    listed = list(problems)
    sections = _broken_sections(listed)
    groups: dict[str, list[Problem]] = {}
    for problem in listed:
        section = problem.cause.partition("/")[0]
        groups.setdefault(section if section in sections else problem.cause, []).append(problem)
    leads: dict[Problem, list[Problem]] = {}
    for key, group in groups.items():
        if key in sections:
            leads.setdefault(sections[key], []).extend(group)
        elif key and len(group) > FEW + 1:
            leads[group[0]] = group[1:]
    gone = {id(one) for group in leads.values() for one in group}
    kept = [_leading(one, leads.get(one, [])) for one in listed if id(one) not in gone]
    return sorted(kept, key=lambda one: not (one.follows and not one.cause))


def _leading(problem: Problem, group: list[Problem]) -> Problem:
    """The problem with the lines of those that follow, and what to do when an id was changed at one place only."""
    if not group:
        return problem
    renamed = problem.cause and problem.message.startswith("unknown ") and not problem.help
    return replace(problem, follows=tuple(one.line for one in group), help=RENAMED if renamed else problem.help)


def _broken_sections(problems: Iterable[Problem]) -> Mapping[str, Problem]:
    """Sections that were not read, with the problem that says so: misspelt, missing, or of the wrong kind."""
    found: dict[str, Problem] = {}
    for problem in problems:
        if problem.code == "unknown-field" and problem.nearest and "›" not in problem.where:
            found.setdefault(problem.nearest, problem)
        elif problem.code == "missing-field" and not problem.where:
            for name in re.findall(r"'([a-z_]+)'", problem.message):
                found.setdefault(name, problem)
        elif problem.code in ("type", "duplicate-key") and problem.where and "›" not in problem.where:
            found.setdefault(problem.where, problem)
    return found
