"""Causes first: problems that follow from another one are told in one line with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from .problems import Problem

SLIP = 0.8
"""How similar a name is to a known one (0..1, as difflib counts) when it is taken for that one, misspelt."""

FEW = 3
"""Problems with the same cause, besides the first, that are still shown one by one."""


DUPLICATE = "duplicate-id"

RENAMED = "If its id was changed, change it back and use `guide rename`, which changes it at every place."


def folded(problems: Iterable[Problem]) -> list[Problem]:
    """The problems without those that follow from another one, which then says how many do and on which lines.

    What names an entry of a section that was not read follows from the problem of that section. What names the same
    unknown entry as a problem before has the same cause as that. Where two entries have one id, what names the id that
    one of them had before follows from that.
    """
    listed = list(problems)
    sections = _broken_sections(listed)
    groups: dict[str, list[Problem]] = {}
    for problem in listed:
        section = problem.cause.partition("/")[0]
        groups.setdefault(section if section in sections else problem.cause, []).append(problem)
    leads = _of_duplicates(listed)
    told = {id(one) for group in leads.values() for one in group}
    groups = {key: [one for one in group if id(one) not in told] for key, group in groups.items()}
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
    if problem.code == DUPLICATE:
        former = next((one.cause.rpartition("/")[2] for one in group if one.cause.startswith(_section(problem))), "")
        return replace(problem, follows=tuple(one.line for one in group), nearest=former)
    renamed = problem.cause and problem.message.startswith("unknown ") and not problem.help
    return replace(problem, follows=tuple(one.line for one in group), help=RENAMED if renamed else problem.help)


def _of_duplicates(problems: list[Problem]) -> dict[Problem, list[Problem]]:
    """For each id that two entries have: what names an id that no entry has any more, and parts of the one that is hidden."""
    found: dict[Problem, list[Problem]] = {}
    for problem in problems:
        steps = problem.where.split(" › ")
        if problem.code != DUPLICATE or steps[-1] != "id":
            continue
        section = _section(problem)
        named = Counter(one.cause for one in problems if one.cause.rpartition("/")[0] == section)
        slips = {one.cause for one in problems if one.cause in named and _is_slip(one)}
        former = next((cause for cause, count in named.most_common() if count > 1 or cause not in slips), "")
        parts = tuple(f"{kind}/" for kind in (f"levels of {steps[-2]}", f"answers to {steps[-2]}"))
        group = [one for one in problems if one.cause and (one.cause == former or one.cause.startswith(parts))]
        if group:
            found[problem] = [one for one in group if not any(one in others for others in found.values())]
    return found


def _is_slip(problem: Problem) -> bool:
    """True for a name that is a known one with a letter or two amiss."""
    name = problem.cause.rpartition("/")[2]
    return bool(problem.nearest) and SequenceMatcher(None, name, problem.nearest).ratio() > SLIP


def _section(problem: Problem) -> str:
    """What the causes of problems begin with that name an entry beside the one of a problem at its id."""
    section, owner, *inner = problem.where.split(" › ")
    kinds = {"levels": f"levels of {owner}", "answers": f"answers to {owner}"}
    return kinds.get(inner[0], section) if len(inner) > 1 else {"families": "options"}.get(section, section)


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
