"""What a text was meant to be that YAML reads as a list, a mapping or nothing, because of a bracket, a colon or a # in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from .lines import split_lines
from .problems import Problem, quote
from .scalars import LIST_OF_MAPPINGS, NAMES, quoted
from .syntax_causes import LONGEST, MOST_CHARACTERS

COLLECTION = re.compile(r" is a (list|mapping)\Z")
COMMENT = re.compile(r"(?:[\w-]+:|-)[ \t]+(#.*)")
KEY = re.compile(r"([^\s:{}\[\],#'\"][^:{}\[\],#'\"]*): ")
IN_BRACKETS = re.compile(r"(.*?)\s*(?=,\s|\]|\Z)")

WORDS_IN_BRACKETS = re.compile(r"\[\s*([^\W_][^\[\]{}:#'\"]*?)\s*\]\s*\Z")
"""A list of words on the one line of a field, which reads as a text without its brackets."""


def explained(problems: Iterable[Problem], text: str) -> Iterator[Problem]:
    """The problems, with quotes suggested where a mark within a text made something else of it."""
    lines = split_lines(text)
    for problem in problems:
        line = lines[problem.line - 1]
        if problem.code == "type" and problem.expected == NAMES["string"] and COLLECTION.search(problem.message):
            yield _explained(problem, line)
        elif problem.code == "type" and problem.expected.startswith(LIST_OF_MAPPINGS):
            yield _one_item(problem, line)
        elif problem.expected == NAMES["string"] and problem.message.endswith(" is empty"):
            yield _emptied(problem, line)
        else:
            yield problem


def _emptied(problem: Problem, line: str) -> Problem:
    """A value that a comment has taken the place of."""
    found = COMMENT.match(line[problem.column - 1 :][:MOST_CHARACTERS])
    if not found:
        return problem
    said = f"{problem.message}, as YAML takes {quote(found[1])} for a comment"
    return replace(problem, message=said, expected=_in_quotes(found[1].strip()))


def _one_item(problem: Problem, line: str) -> Problem:
    """A mapping that was meant as the one item of a list."""
    written = line[problem.column - 1 :][:MOST_CHARACTERS].strip()
    if not written.startswith("{"):
        return replace(problem, expected=f"{problem.expected}: '- ' before its first field, and the others below that")
    is_whole = (
        len(written) <= LONGEST and written.endswith("}") and not re.match(r"[^{]*[\[{]", line[: problem.column - 1])
    )
    return replace(problem, nearest=f"[{written}]" if is_whole else "[{…}]")


def _explained(problem: Problem, line: str) -> Problem:
    written = line[problem.column - 1 :][:MOST_CHARACTERS].strip()
    if written.startswith(("[", "{")):
        said = f"{problem.message}, as it begins with {written[0]}"
        if alone := re.match(r"\[\s*([\w-]+)\s*\]", written):
            return replace(problem, message=said, expected=f"{alone[1]}, without brackets around it")
        if items := WORDS_IN_BRACKETS.match(written):
            return replace(problem, message=said, expected=f"text without brackets around it: {items[1]}")
        before = line[: problem.column - 1]
        is_inside = before.count("[") > before.count("]") or before.count("{") > before.count("}")
        whole = written if written.endswith(("]", "}", ".")) and not is_inside else ""
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
