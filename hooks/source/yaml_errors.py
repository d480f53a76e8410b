"""What the YAML parser says, in words that an editor of the guide can use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .cause import Cause
from .lines import split_lines
from .open_quotes import opened
from .pasted import pasted
from .positions import Mark, Positions
from .problems import Problem, Related
from .scalars import quoted
from .syntax_causes import Place, cause

UNENDED = "does not end"

COLON = "a colon in a text without quotes"

NO_KEY = "this line is neither a key with"

QUOTES = "quotes around text that holds ': ' or starts with a special character"

CONFLICT = re.compile(r"<{7} |={7}\s*$|>{7} ")
"""How a line begins that Git writes between two sides that it could not merge."""

LONGEST = 120
"""Characters of a line that is shown in full with the quotes that it needs."""

WORDS = (
    # what the parser was doing, what it complains of, our message, what is expected; the first that fits
    ("", "tab character", "a tab in the indentation", "spaces"),
    ("quoted scalar", "end of stream", f"this quoted text {UNENDED}", "the same quote at its end"),
    ("quoted scalar", "document indicator", f"this quoted text {UNENDED}", "the same quote at its end"),
    ("quoted scalar", "", "a backslash in double quotes starts something that YAML does not know",
     "single quotes, or the backslash twice"),
    ("", "',' or ']'", f"this list {UNENDED}", "] or a comma"),
    ("", "',' or '}'", f"this mapping {UNENDED}", "} or a comma"),
    ("", "mapping values are not allowed", COLON, f"{QUOTES}, or the right indentation"),
    ("", "':'", f"{NO_KEY} a value nor part of the text above",
     "'key: value', or the indentation of the text that it continues"),
    ("mapping", "expected key", "this does not fit the mapping above",
     f"a key in the column of its neighbours; {QUOTES}"),
    ("mapping", "expected <block end>", "this does not fit the mapping above",
     f"a key in the column of its neighbours; {QUOTES}"),
    ("collection", "expected", "this does not fit the list above", "'- ' in the column of its neighbours"),
    ("", "block sequence entries are not allowed", "a list item in the middle of a line",
     "the item on a separate line"),
    ("block scalar", "", "| or > with something after it", "the text on the next line, or quotes around all of it"),
    ("", "document start", "the text goes on where the document has ended", "one document in the file"),
    ("tag", "", "text that starts with !", "quotes around it"),
    ("directive", "", "a line that starts with %", "quotes around text that starts with %"),
    ("", "directive", "a line that starts with %", "quotes around text that starts with %"),
    ("", "cannot start any token", "this character cannot start a value", "quotes around the value"),
    ("", "node content", "a value is missing or starts with a special character", "quotes around the value"),
    ("", "end of stream", "the file ends in the middle of something", "its end"),
)  # fmt: skip
"""LibYAML and PyYAML's own parser word some complaints differently; what is listed here is in both."""


def syntax_problem(positions: Positions, text: str, error: Any, quoted: Mark | None = None) -> Problem:
    """One problem for a parser's error, at the place where the broken thing begins or where it shows; `quoted` is the
    last text in quotes before it."""
    lines = split_lines(text)
    conflict = next((number for number, line in enumerate(lines, 1) if CONFLICT.match(line)), None)
    if conflict is not None:
        mark = Mark(conflict, 1, 1, conflict)
        return positions.problem((), "syntax", "a merge conflict of Git was left here", mark=mark,
                                 expected="one of its sides, without the lines of <, = and >")  # fmt: skip
    if copied := pasted(lines):
        mark = Mark(copied.line, 1, max(1, len(lines[copied.line - 1])), copied.line)
        return positions.problem((), "syntax", copied.message, mark=mark, expected=copied.expected)
    shown = _at(error.problem_mark or error.context_mark, lines)
    begun = _at(error.context_mark, lines) if error.context_mark is not None else shown
    quotes = opened(quoted, shown.line)
    if found := _cause(lines, error, begun):
        return positions.problem((), "syntax", found.message, mark=found.mark, expected=found.expected,
                                 related=(*found.related, *quotes))  # fmt: skip
    message, expected = _words(error, lines[shown.line - 1])
    related: tuple[Related, ...] = ()
    if message.startswith(NO_KEY):
        shown = begun
    elif message.endswith(UNENDED):
        if begun.line < shown.line:
            related = (Related(shown.line, "this was still taken as part of it"),)
        shown = begun
    elif begun.line + 1 < shown.line and not message.startswith("text after"):
        related = (Related(begun.line, f"{_begun(error.context)} begins there"),)
    code = "tab" if message.startswith("a tab") else "syntax"
    if quotes and quotes[0].line == shown.line:
        quotes = ()
    return positions.problem((), code, message, mark=shown, expected=expected, related=(*related, *quotes))


def _at(mark: Any, lines: Sequence[str]) -> Mark:
    """A parser's mark as ours; the end of the file shows nothing, so the last text before it is taken instead."""
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    while line > 1 and (line > len(lines) or not lines[line - 1].strip()):
        line -= 1
        column = len(lines[line - 1].rstrip()) + 1
    return Mark(line, column, 1, line)


def _cause(lines: Sequence[str], error: Any, begun: Mark) -> Cause | None:
    """The slip behind a parser's error, where it is a known one."""
    at = error.problem_mark
    if at is None:
        return None
    place = Place(at.line + 1, at.column, begun)
    return cause(lines, place, error.context or "", " ".join(str(error.problem or "").split()))


def _words(error: Any, line: str) -> tuple[str, str]:
    said = " ".join(str(error.problem or "").split())
    context = error.context or ""
    at = error.problem_mark
    if "cannot start any token" in said and at is not None and line[at.column : at.column + 1] == "\t":
        said = "tab character"
    before = line[: at.column].rstrip() if at is not None else ""
    if "mapping" in context and before[-1:] in ("'", '"'):
        return "text after a closing quote", "nothing there; within single quotes, ' is written twice"
    for begun, part, message, expected in WORDS:
        if begun in context and part in said:
            return message, _quotes(line, at.column) if message == COLON and at is not None else expected
    return said or "this is not YAML", ""


def _quotes(line: str, column: int) -> str:
    """What to write for a text with a colon in it, in full where it is short."""
    found = re.match(r"\s*(?:- )*([\w-]+): +([^\s'\"|>\[{].*?)\s*(?: #.*)?\Z", line[:LONGEST])
    if not found or found.start(2) > column or len(line) > LONGEST:
        return "quotes around the whole text, or no space after the colon"
    is_field = found[1] == found[1].lower()  # a text of a list may begin with a word and a colon, too
    whole = f"{found[1]}: {quoted(found[2])}" if is_field else quoted(f"{found[1]}: {found[2]}")
    return f"quotes around the whole text, as in {whole}"


def _begun(context: str) -> str:
    """ "while parsing a block mapping" -> "the mapping"."""
    for part, words in (("quoted", "the quoted text"), ("mapping", "the mapping"), ("sequence", "the list"),
                        ("collection", "the list"), ("simple key", "the key"), ("scalar", "the text")):  # fmt: skip
        if part in context:
            return words
    return "what is broken"
