"""Fixes what is mechanical in the guide's file: where a problem leaves no doubt what was meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hooks.source.problems import Problem
from hooks.source.scalars import is_address, is_date

SURE: dict[str, Callable[[str], bool]] = {
    "date": is_date,  # a day in another order
    "type": lambda text: True,  # a number in quotes, yes for true
    "value": is_address,  # an address without https://
    "url": is_address,
}
"""Codes of problems whose nearest form is the one that was meant, and the form that it must have. Misspelt names are
not among them: the nearest one is a guess."""


def can_fix(problem: Problem) -> bool:
    """True when the text at the problem's place may be replaced by its nearest form."""
    form = SURE.get(problem.code)
    single = problem.nearest and not problem.nearest.startswith("[") and problem.end > problem.column
    return bool(form and single and form(problem.nearest))


def fixed(text: str, problems: Iterable[Problem]) -> tuple[str, int]:
    """The text with everything mechanical fixed, and how many problems that were.

    Besides, spaces at the ends of lines go, except within a literal text (after `|`), and the file ends with a line
    break.
    """
    lines = text.split("\n")
    done = 0
    for problem in sorted(filter(can_fix, problems), key=lambda one: (-one.line, -one.column)):
        line = lines[problem.line - 1]
        lines[problem.line - 1] = line[: problem.column - 1] + problem.nearest + line[problem.end - 1 :]
        done += 1
    return "\n".join(_trimmed(lines)).rstrip("\n") + "\n", done


def _trimmed(lines: list[str]) -> list[str]:
    """Without spaces at ends of lines; lines of a literal text are left as they are."""
    found: list[str] = []
    literal: int | None = None
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if literal is not None and line.strip() and indent <= literal:
            literal = None
        found.append(line if literal is not None else line.rstrip(" \t\r") + ("\r" if line.endswith("\r") else ""))
        opens = line.split(" #")[0].rstrip().endswith(("|", "|-", "|+", ">", ">-", ">+"))
        if literal is None and opens:
            literal = indent
    return found
