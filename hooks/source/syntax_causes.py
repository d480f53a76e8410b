"""Why YAML stops where it stops: the slips that editors make, told from the lines around the parser's mark.

A parser says what it cannot go on with. The slip is often before that: a colon or bracket in a text without quotes, a
comment that takes the closing bracket with it, one space too few. What is known here is said with its cure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .cause import MOST_LINES, Cause
from .comments import SPACE_AND_HASH
from .dashes import first_without, one_too_many
from .positions import Mark
from .problems import Related, plural, quote
from .scalars import decimal_comma, quoted
from .shifted import moved_line, text_line

LONGEST = 80
"""Characters of a text that is shown in full with the quotes that it needs."""

MOST_CHARACTERS = 1_000
"""Characters of a line that are looked at for the end of a text."""

KEY = re.compile(r"(?<![\w-])[\w-]+:(?=[ \t]|\Z)")
BEGINNING = re.compile(r"( *)((?:- +)*)(-\s*\Z)?")
FIELD = re.compile(r"\s*(?:- +)*([\w-]+):\s+(\S.*?)\s*\Z")
NO_SPACE = re.compile(r"\s*(?:- +)*([\w-]+):(?![ \t]|//)(.+)")
NO_SPACE_AFTER_DASH = re.compile(r"\s*-(?=[A-Za-z_][\w-]*:(?:[ \t]|\Z))")
END_OF_TEXT = {
    "mapping": re.compile(r"(.*?)\s*(?=,\s+['\"]?[\w-]+['\"]?:(?:\s|\Z)|[}\]]+,?\s*(?: #.*)?\Z|\Z)"),
    "list": re.compile(r"(.*?)\s*(?=,\s|\]|\Z)"),
}
"""A text within brackets, up to the next field or item, or the closing bracket."""


STARTS = (
    # what the parser says of a character that begins a value, and our words
    ("cannot start any token", "cannot begin a text without quotes"),
    ("mapping keys are not allowed", "and a space cannot begin a text without quotes"),
    ("block sequence entries are not allowed", "and a space in the middle of a line begin no list item"),
    ("sequence entries are not allowed", "and a space in the middle of a line begin no list item"),
    ("node content", "cannot begin a text without quotes"),
)


class Place(NamedTuple):
    """Where the parser stopped, `line` counted from 1 and `column` from 0; and where what it was reading began."""

    line: int
    column: int
    begun: Mark


def cause(lines: Sequence[str], place: Place, context: str, said: str) -> Cause | None:
    """The slip behind a complaint of the parser, or None when it is none that is known.

    Args:
        lines: of the file.
        place: where the parser stopped.
        context: what it was doing, in its words.
        said: what it complains of, in its words.
    """
    if not 1 <= place.line <= len(lines):
        return None
    line = lines[place.line - 1]
    started = next((words for part, words in STARTS if part in said), "")
    found: Cause | None = None
    if started:
        found = _special_start(line, place, started)
    elif context.endswith((" alias", " anchor")):
        begun = place.begun
        found = _special_start(
            lines[begun.line - 1], place._replace(line=begun.line, column=begun.column - 1), STARTS[0][1]
        )
    elif "flow" in context:
        found = _in_brackets(lines, place, "mapping" if "mapping" in context else "list")
    elif "mapping values are not allowed" in said:
        first = KEY.search(line)
        found = _swallowed(lines, place) if first and first.end() - 1 == place.column else None
    elif "simple key" in context:
        number = place.begun.line
        found = _no_space(lines[number - 1], number) or text_line(lines, number)
    elif "block" in context and "scalar" not in context:
        at_start = not line[: place.column].strip()
        found = _bracket_left(line, place) or (_indented(lines, place) if at_start else _after_bracket(line, place))
    return found


def as_quoted(text: str, key: str = "") -> str:
    """The end of "quotes around the whole text": how it is written, where it is short."""
    return f", as in {key and f'{key}: '}{quoted(text)}" if text and len(text) <= LONGEST else ""


def text_within(line: str, column: int, key: str) -> str:
    """The same for the text of a field within brackets that begins in a column (from 0)."""
    found = END_OF_TEXT["mapping"].match(line[column : column + MOST_CHARACTERS])
    return as_quoted(found[1] if found else "", key)


def words_after_comma(words: str, before: str, sample: str) -> tuple[str, str]:
    """What is said of words between commas in { }, and what to write; `before` is the value before the comma."""
    name, colon, rest = words.partition(":")
    if colon and rest:
        return f"no space after the colon of {quote(name)}, so YAML sees no field", f"{name}: {rest}"[:60]
    if number := decimal_comma(before, words):
        return f"the comma in {before},{words} ends the number", number
    said = f"{quote(words)} has no value: within {{ }}, a comma ends a text without quotes"
    return said, f"quotes around the whole text{sample}; or a value for it"


def _special_start(line: str, place: Place, words: str) -> Cause | None:
    """A value that begins with a character which means something to YAML."""
    char, before = line[place.column : place.column + 1], line[: place.column].rstrip()
    if not char.strip() or char in ",}]:":
        return None
    field = re.search(r"([\w-]+):\Z", before[-LONGEST:])
    inside = re.search(r"[{\[]", line[: place.column])
    text = line[place.column : place.column + MOST_CHARACTERS].strip()
    if inside:
        found = END_OF_TEXT["mapping" if field else "list"].match(text)
        text = found[1] if found else ""
    mark = Mark(place.line, place.column + 1, 1, place.line)
    other = "; or the item on the next line" if char == "-" else ""
    sample = as_quoted(text, field[1] if field else "")
    return Cause(f"{quote(char)} {words}", f"quotes around the whole text{sample}{other}", mark)


# Within brackets


def _in_brackets(lines: Sequence[str], place: Place, kind: str) -> Cause | None:
    comment = next(_comments(lines, place), None)
    if comment is not None:
        words = lines[comment.line - 1][comment.column - 1 :]
        said = f"YAML takes {quote(words)} for a comment, so this {kind} does not end"
        return Cause(said, "quotes around the whole text that holds the #", comment)
    line = lines[place.line - 1]
    char = line[place.column : place.column + 1]
    mark = Mark(place.line, place.column + 1, 1, place.line)
    closing = "}" if kind == "mapping" else "]"
    if char in ("}", "]"):
        opened = line[: place.column].count("{[]}"["}]".index(char)]) if place.begun.line == place.line else 0
        said = f"a {char} where this {kind} should end with {closing}"
        other = Related(place.begun.line, f"the {kind} begins there")
        return Cause(said, f"{closing} before it" if opened else closing, mark, (other,))
    return _mark_in_text(line, place, char, kind, mark) if char else None


def _comments(lines: Sequence[str], place: Place) -> Iterator[Mark]:
    """Comments between the opening bracket and the place that hold a closing one."""
    for number in range(place.begun.line, min(place.line, place.begun.line + MOST_LINES)):
        start = place.begun.column - 1 if number == place.begun.line else 0
        found = SPACE_AND_HASH.search(lines[number - 1], start)
        if found and re.search(r"[}\]]", lines[number - 1][found.end() :]):
            yield Mark(number, found.end(), len(lines[number - 1]) - found.end() + 1, number)


def _mark_in_text(line: str, place: Place, char: str, kind: str, mark: Mark) -> Cause | None:
    """A colon, bracket or another mark in the middle of a text within brackets."""
    start = place.begun.column if place.begun.line == place.line else 0
    start = max([start, *(found.end() for found in re.finditer(r"[{\[,]", line[: place.column]))])
    field = re.match(r"\s*([\w-]+):\s+(?=\S)", line[start : place.column])
    if not field and (kind == "mapping" or char == ":"):
        return None  # a field of the next line: what is before it does not end
    key, begins = (field[1], start + field.end()) if field else ("", start)
    before = line[begins : place.column].strip()
    if not before or before.startswith(("- ", "'", '"')):
        return None
    found = END_OF_TEXT[kind].match(line[begins : begins + MOST_CHARACTERS].strip())
    sample = as_quoted(found[1] if found else "", key)
    word = re.search(r"\s([\w-]+)\Z", before[-LONGEST:]) if char == ":" and kind == "mapping" else None
    comma = f"; or a comma before {quote(word[1])}, if that is the next field" if word else ""
    named = "a colon" if char == ":" else quote(char)
    return Cause(f"{named} in a text without quotes", f"quotes around the whole text{sample}{comma}", mark)


# Brackets in lines without any open


def _bracket_left(line: str, place: Place) -> Cause | None:
    char = line[place.column : place.column + 1]
    if char not in ("}", "]"):
        return None
    mark = Mark(place.line, place.column + 1, 1, place.line)
    return Cause(f"a {char} that closes nothing", f"no {char} here: delete it; or quotes around the whole text"
                 " if it is part of one", mark)  # fmt: skip


def _after_bracket(line: str, place: Place) -> Cause | None:
    """A value that begins with a bracket and goes on after it."""
    closing = line[: place.column].rstrip()[-1:]
    if closing not in ("}", "]"):
        return None
    mark = Mark(place.line, place.column + 1, max(1, len(line.rstrip()) - place.column), place.line)
    field = FIELD.match(line[:MOST_CHARACTERS])
    sample = as_quoted(field[2], field[1]) if field else ""
    said = f"text after a closing {closing}"
    return Cause(said, f"quotes around the whole text{sample}; or nothing after the {closing}", mark)


# Indentation


def _swallowed(lines: Sequence[str], place: Place) -> Cause | None:
    """A field that YAML reads as more of the line above."""
    above = _above(lines, place.line)
    found = _no_space(lines[above - 1], above) if above else None
    if found:
        return found
    if moved := moved_line(lines, place.line):
        return moved
    wrong = _indented(lines, place)
    more = "; or quotes around the whole text above, if this line is part of it"
    return wrong and wrong._replace(expected=wrong.expected + more)


def _no_space(line: str, number: int) -> Cause | None:
    """A line with no space behind its dash or its first colon."""
    dash = NO_SPACE_AFTER_DASH.match(line)
    if dash:
        mark = Mark(number, dash.end(), 1, number)
        return Cause("no space after the dash, so YAML sees no list item", "a space between the dash and the key", mark)
    found = NO_SPACE.match(line)
    if not found or KEY.search(line):
        return None
    mark = Mark(number, found.start(1) + 1, len(found[1]) + 1, number)
    odd = f"a space that YAML does not know (U+{ord(found[2][0]):04X})" if found[2][0].isspace() else "no space"
    said = f"{odd} after the colon of {quote(found[1])}, so YAML sees no field"
    return Cause(said, quote(f"{found[1]}: {found[2].strip()}").strip("'"), mark)


def _indented(lines: Sequence[str], place: Place) -> Cause | None:
    """A line that begins in a column in which nothing above begins; or what follows a comment within a text."""
    line = lines[place.line - 1]
    above = _above(lines, place.line)
    start = BEGINNING.match(line)
    column = len(start[1]) if start else 0
    if NO_SPACE_AFTER_DASH.match(line):
        return _no_space(line, place.line)
    is_item = line[column:].startswith("- ") or line[column:] == "-"
    if not is_item and not KEY.match(line[column:]):
        return (_after_comment(lines[above - 1], above) if above else None) or text_line(lines, place.line)
    if is_item and (other := first_without(lines, place.line)):
        return other
    known = list(_columns(lines, place.line, items=is_item))
    if not known or any(other == column for other, _ in known):
        return None
    if other := None if is_item else one_too_many(lines, place.line) or moved_line(lines, place.line):
        return other
    wanted, neighbour = min(known, key=lambda one: (abs(one[0] - column), one[0] < column))
    mark = Mark(place.line, column + 1, max(1, len(line.rstrip()) - column), place.line)
    said = f"an indentation of {plural(column, 'space')} fits nothing above"
    spaces = plural(wanted, "space") if wanted else "no indentation"
    return Cause(said, spaces, mark, (Related(neighbour, f"the nearest line above, which has {spaces}"),))


def _after_comment(line: str, number: int) -> Cause | None:
    found = SPACE_AND_HASH.search(line)
    if not found or found.start() == 0:
        return None
    mark = Mark(number, found.end(), max(1, len(line.rstrip()) - found.end() + 1), number)
    said = f"YAML takes {quote(line[found.end() - 1 :])} for a comment, so the text ends before it"
    return Cause(said, "quotes around the whole text", mark)


def _above(lines: Sequence[str], number: int) -> int:
    """The number of the line with something on it before this one, or 0."""
    for above in range(number - 1, max(0, number - MOST_LINES), -1):
        if lines[above - 1].strip() and not lines[above - 1].lstrip().startswith("#"):
            return above
    return 0


def _columns(lines: Sequence[str], number: int, *, items: bool) -> Iterator[tuple[int, int]]:
    """Columns in which the neighbours of a line may begin, each with the nearest line that does."""
    limit = len(lines[number - 1]) + 1_000
    while limit and (number := _above(lines, number)):
        start = BEGINNING.match(lines[number - 1])
        if start is None:
            continue
        dashes = [found.start() for found in re.finditer("-", start[0])]
        field = [start.end()] if KEY.match(lines[number - 1][start.end() :]) else []
        for column in reversed(dashes if items else field):
            if column < limit:
                yield column, number
        limit = min(limit, len(start[1]))
