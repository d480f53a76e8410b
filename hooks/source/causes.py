"""Causes first: problems that follow from another one are told in one line with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from .dashes import BEGINS
from .problems import Problem

SLIP = 0.8
"""How similar a name is to a known one (0..1, as difflib counts) when it is taken for that one, misspelt."""

FEW = 3
"""Problems with the same cause, besides the first, that are still shown one by one."""


DUPLICATE, DUPLICATE_KEY = "duplicate-id", "duplicate-key"

WRONG_FORM = ("value", "type", "length", "unfinished")

MISSING_RATING = "missing-rating"

type Above = dict[int, Problem]
"""What a problem follows from, by the `id()` of that problem: two problems can be equal."""

RENAMED = "If its id was changed, change it back and use `guide rename`, which changes it at every place."


def folded(problems: Iterable[Problem]) -> list[Problem]:
    """The problems without those that follow from another one, which then says how many do and on which lines.

    What names an entry of a section that was not read follows from the problem of that section. What names the same
    unknown entry as a problem before has the same cause as that. Where the id of an entry is wrong, or two entries have
    one id, what names the entry by its id of before follows from that. A rating that is missing follows from a wrong
    key among the ratings. Where the dash before an entry is missing, its keys are those of the entry before, and what
    names it is unknown.
    """
    listed = list(problems)
    above = _of_dashes(listed)
    for found in (_of_ids, _of_sections, _of_keys, _of_names):
        above |= found([one for one in listed if id(one) not in above])
    groups: dict[int, list[Problem]] = {}
    for one in listed:
        if id(one) in above:
            groups.setdefault(id(_first(one, above)), []).append(one)
    kept = [_leading(one, groups.get(id(one), [])) for one in listed if id(one) not in above]
    return sorted(kept, key=lambda one: not (one.follows and not one.cause))


def _first(problem: Problem, above: Above) -> Problem:
    """What a problem follows from in the end."""
    while id(problem) in above:
        problem = above[id(problem)]
    return problem


def _of_dashes(problems: list[Problem]) -> Above:
    """What is wrong with an entry that goes on with the keys of the next, and what names that one: the id without a dash."""
    found: Above = {}
    for first in problems:
        if first.code != DUPLICATE_KEY or not first.nearest.startswith(BEGINS):
            continue
        name = f"{_section(first.where.split(' › '))}/{first.nearest.removeprefix(BEGINS)}"
        for one in problems:
            is_within = f"{one.where} › ".startswith(f"{first.where} › ") and one.line > first.line
            if one is not first and not one.nearest.startswith(BEGINS) and (is_within or one.cause == name):
                found[id(one)] = first
    return found


def _of_sections(problems: list[Problem]) -> Above:
    """What names an entry of a section that was not read, and the problem of that section."""
    sections = _broken_sections(problems)
    named = [(one, one.cause.partition("/")[0]) for one in problems]
    return {id(one): sections[section] for one, section in named if section in sections}


def _of_keys(problems: list[Problem]) -> Above:
    """Ratings that are missing where as many keys among the ratings are wrong, and the first of these."""
    found: Above = {}
    for problem in problems:
        if problem.code != MISSING_RATING:
            continue
        keys = [one for one in problems if one.where.rpartition(" › ")[0] == problem.where and not one.nearest]
        keys += [one for one in problems if one.where == problem.where and one.code == DUPLICATE_KEY]
        if len(keys) >= len(re.findall(r"'[^']+'", problem.cause)):
            found[id(problem)] = keys[0]
    return found


def _of_names(problems: list[Problem]) -> Above:
    """Uses of one name that nothing has, after the first of them, where there are more than a few."""
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(problem.cause, []).append(problem)
    many = [group for cause, group in groups.items() if cause and len(group) > FEW + 1]
    return {id(one): group[0] for group in many for one in group[1:]}


def _leading(problem: Problem, group: list[Problem]) -> Problem:
    """The problem with the lines of those that follow, and what to do when an id was changed at one place only."""
    if not group:
        return problem
    follows = tuple(one.line for one in group)
    if entry := _entry(problem):
        section = _section(entry)
        former = next((one.cause.rpartition("/")[2] for one in group if one.cause.startswith(f"{section}/")), "")
        if problem.code == DUPLICATE:
            return replace(problem, follows=follows, nearest=former)
        renamed = bool(former) and former != problem.nearest and problem.code in WRONG_FORM
    else:
        renamed = bool(problem.cause) and problem.message.startswith("unknown ") and not problem.help
    return replace(problem, follows=follows, help=RENAMED if renamed else problem.help)


def _of_ids(problems: list[Problem]) -> Above:
    """What names an id that no entry has any more, and parts of an entry that is hidden: the wrong id that it comes from."""
    found: Above = {}
    for problem in problems:
        entry = _entry(problem)
        if not entry:
            continue
        section = _section(entry)
        written = re.search(r" is ('.+?')(?:, |\Z)", problem.message)
        former = _former(problem, section, problems)
        parts = tuple(f"{kind}/" for kind in (f"levels of {entry[-1]}", f"answers to {entry[-1]}"))
        for one in problems:
            names = one.cause and (_names(one, former) or one.cause.startswith(parts))
            # what names it as it is written has the same wrong form; a rating on it is missing by that name
            same = (
                written and not _entry(one) and (one.message.endswith(f" is {written[1]}") or written[1] in one.cause)
            )
            if one is not problem and (names or same):
                found.setdefault(id(one), problem)
    return found


def _names(problem: Problem, cause: str) -> bool:
    """True for a problem of this cause, also where an option or a criterion can be named."""
    either = problem.where.startswith("disagreements ") and cause.startswith("criteria/")
    return problem.cause == cause or (either and problem.cause.partition("/")[2] == cause.partition("/")[2])


def _entry(problem: Problem) -> list[str]:
    """The way to an entry with a wrong or no id, as steps of ids, for a problem that says so; else nothing."""
    steps = problem.where.split(" › ")
    if steps[-1] == "id" and (problem.code == DUPLICATE or problem.code in WRONG_FORM):
        return steps[:-1]
    if problem.code == "unknown-field" and problem.nearest == "id":
        return steps[:-1]
    return steps if problem.code == "missing-field" and "no 'id'" in problem.message else []


def _former(problem: Problem, section: str, problems: list[Problem]) -> str:
    """The cause of what names an entry by the id that it had before, probably: the id nearest to the wrong one, or else
    the one that is unknown most often; "" for none."""
    named = Counter(one.cause for one in problems if one.cause.rpartition("/")[0] == section)
    if problem.nearest and f"{section}/{problem.nearest}" in named:
        return f"{section}/{problem.nearest}"
    slips = {one.cause for one in problems if one.cause in named and _is_slip(one)}
    return next((cause for cause, count in named.most_common() if count > 1 or cause not in slips), "")


def _is_slip(problem: Problem) -> bool:
    """True for a name that is a known one with a letter or two amiss."""
    name = problem.cause.rpartition("/")[2]
    return bool(problem.nearest) and SequenceMatcher(None, name, problem.nearest).ratio() > SLIP


def _section(entry: list[str]) -> str:
    """What the causes of problems begin with that name an entry beside this one."""
    section, owner, *inner = [*entry, ""]
    kinds = {"levels": f"levels of {owner}", "answers": f"answers to {owner}"}
    return kinds.get(inner[0], section) if len(inner) > 1 else {"families": "options"}.get(section, section)


def _broken_sections(problems: Iterable[Problem]) -> Mapping[str, Problem]:
    """Sections that were not read, with the problem that says so: misspelt, missing, of the wrong kind, or empty."""
    found: dict[str, Problem] = {}
    for problem in problems:
        if problem.code == "unknown-field" and problem.nearest and "›" not in problem.where:
            found.setdefault(problem.nearest, problem)
        elif problem.code == "missing-field" and not problem.where:
            for name in re.findall(r"'([a-z_]+)'", problem.message):
                found.setdefault(name, problem)
        elif (
            problem.where
            and "›" not in problem.where
            and (problem.code in ("type", DUPLICATE_KEY) or _is_empty(problem))
        ):
            found.setdefault(problem.where, problem)
    return found


def _is_empty(problem: Problem) -> bool:
    """True for a section without an entry that must have some, or of which some are named."""
    return problem.message.endswith(" is an empty list")
