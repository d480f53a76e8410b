"""Which files are worth reading, by their paths alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from .evidence import Rules

NEVER = frozenset(
    {
        *(".git", ".hg", ".svn", ".terraform", ".direnv", ".idea", ".vscode", ".cache", ".tox", ".mypy_cache"),
        *(".venv", "venv", "__pycache__", ".pytest_cache", "node_modules", "bower_components", "vendor", "third_party"),
    }
)
"""Folders that hold nothing of a repository's own."""

MOST_FILES = 100_000
"""Paths that are looked at."""

LARGEST = 2_000_000
"""Bytes of one file that are read."""

DEEPEST = 100
"""Folders that a file may be inside of."""

MOST_BYTES = 500_000_000
"""Bytes that are read in all."""


class Plan(NamedTuple):
    """What to read: paths in order; how many were not looked at because there were too many; how many are left aside, in
    folders that hold examples, tests or others' files; and how many are too deep, a folder among them counted once."""

    paths: tuple[str, ...]
    left_out: int
    aside: int
    deep: int = 0


def never(folder: str) -> bool:
    """True for the name of a folder that is not worth looking into."""
    return folder in NEVER


def plan(rules: Rules, paths: Iterable[str]) -> Plan:
    """The files of a repository that evidence may be found in. Paths are relative, with `/`."""
    given = [path for path in paths if not NEVER.intersection(path.split("/")[:-1])]
    every = sorted(path for path in given if path.count("/") <= DEEPEST)
    kept, known = every[:MOST_FILES], set(every)
    wanted = _wanted(rules).fullmatch
    chosen: list[str] = []
    aside = 0
    for path in kept:
        if wanted(path) is None:
            continue
        if rules.aside.fullmatch(path) or _foreign(rules, path, known):
            aside += 1
        else:
            chosen.append(path)
    return Plan(tuple(chosen), len(every) - len(kept), aside, len(given) - len(every))


def _wanted(rules: Rules) -> re.Pattern[str]:
    parts = [rules.documents.pattern]
    parts += [pattern.path.pattern for one in rules.evidence for pattern in one.patterns if pattern.path]
    return re.compile("|".join(part for part in parts if part) or r"\b\B", re.DOTALL | re.IGNORECASE)


def _foreign(rules: Rules, path: str, known: set[str]) -> bool:
    steps = path.split("/")
    return any(
        steps[at] == folder and "/".join([*steps[:at], beside]) in known
        for folder, beside in rules.foreign
        for at in range(len(steps) - 1)
    )
