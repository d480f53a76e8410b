"""A tolerant reader of YAML and JSON: fields with their lines, from text that need not be either.

It never fails, never expands an alias and never builds a tree: templates, broken indentation and tabs cost at most the
fields around them. Text inside block scalars is one value, never fields.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MOST_LINES = 20_000
"""Lines of one document that are read."""

MOST_FIELDS = 20_000
"""Fields of one document that are kept."""

LONGEST_LINE = 4_000
"""Characters of a line that are read."""

LONGEST_VALUE = 500
"""Characters of a value that patterns see."""

DEEPEST = 64
"""Levels of nesting that are followed."""

NOTHING = frozenset(("", "~", "null", "{}", "[]", '""', "''"))

STEP = "\x1f"
"""Stands before each key of a path."""

USUAL = re.compile(r"""( *)((?:- +)*)([A-Za-z_][A-Za-z0-9_./-]*):(?: +([A-Za-z0-9/.$+=_<-][^#"']*?))?[ \t]*\Z""")
"""Most lines: a key, and perhaps a plain value without anything that needs a closer look."""


class Field(NamedTuple):
    """A field with a value: its keys from the outermost, each after a STEP, positions in lists left out; the line counts
    from 0."""

    path: str
    value: str
    line: int


def read_fields(text: str) -> tuple[list[Field], bool]:
    """The fields of one document, and whether all of it was read."""
    lines = text.split("\n", MOST_LINES)
    complete = len(lines) <= MOST_LINES
    fields = _fields(lines[:MOST_LINES])
    return fields[:MOST_FIELDS], complete and len(fields) <= MOST_FIELDS


def _fields(lines: list[str]) -> list[Field]:
    found: list[Field] = []
    parents: list[tuple[int, str]] = [(-1, "")]  # the column of a key, and the path that ends in it
    number, count = 0, len(lines)
    usual = USUAL.match
    while number < count and len(found) <= MOST_FIELDS:
        line = lines[number][:LONGEST_LINE]
        start, number = number, number + 1
        simple = usual(line)
        column, key, value = (simple.start(3), simple[3], simple[4] or "") if simple else _closer(line)
        if column < 0:
            continue
        while parents[-1][0] >= column:
            parents.pop()
        path = parents[-1][1] if key is None else f"{parents[-1][1]}{STEP}{key}"
        if simple is None and value[:1] in MARKED:
            number, value, inner = _marked(lines, start, column, path, value)
            found += inner
        elif not value and key is not None and len(parents) < DEEPEST:
            parents.append((column, path))
        value = _plain(value)
        if value:
            found.append(Field(path, value, start))
    return found


def _closer(line: str) -> tuple[int, str | None, str]:
    """Column, key and value of a line that is not as usual: no key when it has none, column -1 when it says nothing."""
    line = line.rstrip()
    body = line.lstrip(" \t")
    if not body or body[0] in "#%" or (body.startswith("{{") and body.endswith("}}")):
        return -1, None, ""
    column = len(line) - len(body)
    while body[:2] == "- " or body == "-":
        rest = body[1:].lstrip(" ")
        column += len(body) - len(rest)
        body = rest
    if not body:
        return -1, None, ""
    given = None if body[0] in "{[" and body[:2] != "{{" else _split(body)
    return (column, given[0], _without_marks(given[1])) if given else (column, None, body)


MARKED = ("|", ">", "{", "[", "'", '"')


def _marked(lines: list[str], start: int, column: int, path: str, value: str) -> tuple[int, str, list[Field]]:
    """What goes on over several lines: the line after it, its value, and fields in it."""
    if value[0] in "|>" and len(value) < 12:
        return *_block(lines, start + 1, column), []
    if value[0] in "{[" and value[:2] != "{{" and value not in NOTHING:
        at = lines[start].find(value)
        taken, inner = _flow(lines, start, max(at, 0), path)
        return max(start + 1, taken), "", inner
    if value[0] in "\"'" and not _closed(value):
        return _until_closed(lines, start + 1, value[0]), value, []
    return start + 1, value, []


def _split(body: str) -> tuple[str, str] | None:
    """Key and value of a line; None when it has no key."""
    if body[0] in "\"'":
        end = body.find(body[0], 1)
        after = body[end + 1 :].lstrip(" ")
        if end > 0 and after[:1] == ":" and after[1:2] in ("", " ", "\t"):
            return body[1:end], after[1:].strip()
        return None
    at = body.find(": ")
    if at < 0:
        if not body.endswith(":"):
            return None
        at = len(body) - 1
    key = body[:at].rstrip()
    return None if " #" in key else (key, body[at + 1 :].strip())


def _without_marks(value: str) -> str:
    """Without anchor, tag and comment."""
    while value[:1] in ("&", "!"):
        value = value.partition(" ")[2].lstrip(" ")
    if value[:1] == "#":
        return ""
    if value[:1] in ('"', "'"):
        end = value.rfind(value[0])
        return value[: end + 1] if end > 0 and value[end + 1 :].lstrip(" ")[:1] == "#" else value
    at = value.find(" #")
    return value[:at].rstrip() if at >= 0 else value


def _plain(value: str) -> str:
    if value in NOTHING:
        return ""
    if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]:
        value = value[1:-1]
    return value[:LONGEST_VALUE].strip()


def _closed(value: str) -> bool:
    quote = value[0]
    if len(value) < 2 or value[-1] != quote:
        return False
    if quote == '"':
        return (len(value) - 1 - len(value[:-1].rstrip("\\"))) % 2 == 0 or len(value) == 2
    return True


def _until_closed(lines: list[str], number: int, quote: str) -> int:
    """The line after a quoted text of several lines; a quote that is never closed ends where it began."""
    for ahead in range(number, min(number + 1000, len(lines))):
        if lines[ahead].rstrip().endswith(quote):
            return ahead + 1
    return number


def _block(lines: list[str], number: int, column: int) -> tuple[int, str]:
    """The line after a block, and its beginning."""
    kept: list[str] = []
    size = 0
    while number < len(lines):
        line = lines[number]
        body = line.strip()
        if body and len(line) - len(line.lstrip(" \t")) <= column:
            break
        if body and size < LONGEST_VALUE:
            kept.append(body[:LONGEST_VALUE])
            size += len(body)
        number += 1
    return number, "\n".join(kept)


TOKENS = re.compile(r'"((?:[^"\\]|\\.)*)"|\'([^\']*)\'|([{}\[\],])|(:)(?=[\s"\'\[{]|$)|#.*|([^\s{}\[\],"\']+)')


def _flow(lines: list[str], start: int, column: int, above: str) -> tuple[int, list[Field]]:
    """Fields of a flow collection that begins here, JSON among them: the line after it, and the fields."""
    flow = _Flow(above)
    for number in range(start, len(lines)):
        line = lines[number][column if number == start else 0 :][:LONGEST_LINE]
        for token in TOKENS.finditer(line):
            if flow.take(token, number):
                return number + 1, flow.found
    return len(lines), flow.found


class _Flow:
    """Takes the tokens of a flow collection one by one."""

    def __init__(self, above: str) -> None:
        self.found: list[Field] = []
        self.path = above.split(STEP)
        self.brackets: list[tuple[str, int]] = []  # each with the length of the path outside of it
        self.pending: str | None = None

    def take(self, token: re.Match[str], number: int) -> bool:
        """True when the collection ends here, or is too deep or too long."""
        quoted = token[1] if token[1] is not None else token[2]
        if token[3]:
            return self._mark(token[3], number)
        if token[4]:
            self._key()
        elif quoted is not None:
            self.pending = quoted
        elif token[5]:
            self._word(token[5])
        return False

    def _mark(self, mark: str, number: int) -> bool:
        if mark in "{[":
            self.brackets.append((mark, len(self.path)))
            return len(self.brackets) > DEEPEST
        if self.pending is not None:
            value = _plain(self.pending)
            if value:
                self.found.append(Field(STEP.join(self.path), value, number))
            self.pending = None
        if mark != "," and self.brackets:
            del self.path[self.brackets.pop()[1] :]
        if not self.brackets:
            return True
        if mark == "," or self.brackets[-1][0] == "{":
            del self.path[self.brackets[-1][1] :]
        return len(self.found) > MOST_FIELDS

    def _key(self) -> None:
        if self.pending is not None and len(self.path) < 2 * DEEPEST:
            self.path.append(self.pending)
        self.pending = None

    def _word(self, word: str) -> None:
        if word[0] == ":" and self.pending is not None:  # {"a":1}
            self._key()
            self.pending = word[1:]
        elif word.endswith(":") and len(word) > 1 and self.brackets and self.brackets[-1][0] == "{":
            self.pending = word[:-1]
            self._key()
        else:
            self.pending = word if self.pending is None else f"{self.pending} {word}"


class FieldPattern:
    """Which fields are meant: `a.b`, `*` any key, `**` any keys, `a|b` one of them, `!a|b` none of them, `*a` a key that
    ends so, `[a.b/c]` a key with dots."""

    def __init__(self, text: str) -> None:
        steps = [bracketed or plain for bracketed, plain in re.findall(r"\[([^\]]+)\]|([^.\[]+)", text)]
        named = [step.split("|") for step in steps if step.strip("*") and step[0] != "!"]
        self.words = tuple(tuple(max(word.split("*"), key=len) for word in words) for words in named)
        self._match = re.compile("".join(_step(step) for step in steps) + "(?P<below>\x1f|$)", re.DOTALL).match

    def matches(self, path: str, *, below: bool = False) -> bool:
        """True when the field is meant; with `below` also for what is under a field that is."""
        found = self._match(path)
        return found is not None and (below or found["below"] == "")


def _step(step: str) -> str:
    if step == "**":
        return "(?:\x1f[^\x1f]*)*?"
    if step == "*":
        return "\x1f[^\x1f]*"
    words = "|".join(re.escape(word).replace(r"\*", "[^\x1f]*") for word in step.lstrip("!").split("|"))
    return f"\x1f(?!(?:{words})(?:\x1f|$))[^\x1f]*" if step[0] == "!" else f"\x1f(?:{words})"
