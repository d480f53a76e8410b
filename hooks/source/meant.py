"""What a text was meant to be that YAML reads as a list or a mapping, because of a bracket or a colon in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from .problems import Problem, quote, split_lines
from .scalars import NAMES, quoted
from .syntax_causes import LONGEST, MOST_CHARACTERS

COLLECTION = re.compile(r" is a (list|mapping)\Z")
KEY = re.compile(r"([^\s:{}\[\],#'\"][^:{}\[\],#'\"]*): ")
IN_BRACKETS = re.compile(r"(.*?)\s*(?=,\s|\]|\Z)")


def explained(problems: Iterable[Problem], text: str) -> Iterator[Problem]:
    """The problems, with quotes suggested where a mark within a text made something else of it."""
    lines = split_lines(text)
    for problem in problems:
        found = (
            COLLECTION.search(problem.message)
            if problem.code == "type" and problem.expected == NAMES["string"]
            else None
        )
        yield _explained(problem, lines[problem.line - 1]) if found else problem


def _explained(problem: Problem, line: str) -> Problem:
    written = line[problem.column - 1 :][:MOST_CHARACTERS].strip()
    if written.startswith(("[", "{")):
        said = f"{problem.message}, as it begins with {written[0]}"
        whole = written if written.endswith(("]", "}", ".")) else ""
        return replace(problem, message=said, expected=_in_quotes(whole))
    key = KEY.match(written)
    if not key:
        return problem
    before = line[: problem.column - 1]
    found = IN_BRACKETS.match(written) if before.count("[") > before.count("]") else None
    said = f"{problem.message}, as YAML takes {quote(key[1])} before the colon for a key"
    return replace(problem, message=said, expected=_in_quotes(found[1] if found else written))


def _in_quotes(text: str) -> str:
    """What to write, in full where it is short."""
    return f"text: quotes around the whole of it{f', as in {quoted(text)}' if text and len(text) <= LONGEST else ''}"
