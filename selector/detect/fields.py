"""A tolerant reader of YAML and JSON: fields with their lines, from text that need not be either.

It never fails, never expands an alias and never builds a tree: templates, broken indentation and tabs cost at most the
fields around them. Text inside block scalars is one value, never fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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

Path = tuple[str, ...]


class Field(NamedTuple):
    """A field: keys from the outermost, positions in lists left out; its value, "" for nothing; its line, from 0."""

    path: Path
    value: str
    line: int


def read_fields(text: str) -> tuple[list[Field], bool]:
    """The fields of one document, and whether all of it was read."""
    lines = text.split("\n", MOST_LINES)
    complete = len(lines) <= MOST_LINES
    fields: list[Field] = []
    for field in _fields(lines[:MOST_LINES]):
        if len(fields) == MOST_FIELDS:
            return fields, False
        fields.append(field)
    return fields, complete


def _fields(lines: list[str]) -> Iterator[Field]:
    parents: list[tuple[int, str]] = []
    number = 0
    while number < len(lines):
        line = lines[number][:LONGEST_LINE].rstrip()
        start, number = number, number + 1
        body = line.lstrip(" \t")
        if not body or body[0] in "#%" or (body.startswith("{{") and body.endswith("}}")):
            continue
        column = len(line) - len(body)
        while body[:2] == "- " or body == "-":
            rest = body[1:].lstrip(" ")
            column += len(body) - len(rest)
            body = rest
        if not body:
            continue
        while parents and parents[-1][0] >= column:
            parents.pop()
        above = tuple(key for _, key in parents)
        if body[0] in "{[" and body[:2] != "{{":
            taken, found = _flow(lines, start, line.index(body), above)
            number = max(number, taken)
            yield from found
            continue
        key, value = _split(body)
        if key is None:
            yield Field(above, _plain(body), start)
            continue
        value = _without_marks(value)
        path = (*above, key)
        if value[:1] in ("|", ">") and len(value) < 12:
            number, value = _block(lines, number, column)
        elif value[:1] in ("{", "[") and value[:2] != "{{" and value not in NOTHING:
            taken, found = _flow(lines, start, line.rindex(value) if value in line else 0, path)
            number = max(number, taken)
            yield Field(path, "", start)
            yield from found
            continue
        elif value[:1] in ('"', "'") and not _closed(value):
            number = _until_closed(lines, number, value[0])
        elif len(parents) < DEEPEST:
            parents.append((column, key))
        yield Field(path, _plain(value), start)


def _split(body: str) -> tuple[str | None, str]:
    """Key and value of a line; no key when it has none."""
    if body[0] in "\"'":
        end = body.find(body[0], 1)
        after = body[end + 1 :].lstrip(" ")
        if end > 0 and after[:1] == ":" and after[1:2] in ("", " ", "\t"):
            return body[1:end], after[1:].strip()
        return None, body
    at = body.find(": ")
    if at < 0:
        if not body.endswith(":"):
            return None, body
        at = len(body) - 1
    key = body[:at].rstrip()
    return (None, body) if "#" in key and " #" in key else (key, body[at + 1 :].strip())


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


def _flow(lines: list[str], start: int, column: int, above: Path) -> tuple[int, list[Field]]:
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

    def __init__(self, above: Path) -> None:
        self.found: list[Field] = []
        self.path = list(above)
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
            self.found.append(Field(tuple(self.path), _plain(self.pending), number))
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
    """Which fields are meant: `a.b`, `*` any key, `**` any keys, `a|b` one of them, `!a|b` none of them, `[a.b/c]` a key
    with dots."""

    def __init__(self, text: str) -> None:
        steps = [bracketed or plain for bracketed, plain in re.findall(r"\[([^\]]+)\]|([^.\[]+)", text)]
        self.words = tuple(tuple(step.split("|")) for step in steps if step[0] not in "*!")
        self._match = re.compile("".join(_step(step) for step in steps) + "(?P<below>\x1f|$)", re.DOTALL).match

    def matches(self, path: Path, *, below: bool = False) -> bool:
        """True when the field is meant; with `below` also for what stands under a field that is."""
        found = self._match("\x1f" + "\x1f".join(path))
        return found is not None and (below or found["below"] == "")


def _step(step: str) -> str:
    if step == "**":
        return "(?:\x1f[^\x1f]*)*?"
    if step == "*":
        return "\x1f[^\x1f]*"
    words = "|".join(re.escape(word) for word in step.lstrip("!").split("|"))
    return f"\x1f(?!(?:{words})(?:\x1f|$))[^\x1f]*" if step[0] == "!" else f"\x1f(?:{words})"
