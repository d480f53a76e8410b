"""Another value for a scalar of the guide's file, written as the one before it was: same quotes, block and comments.

Every way of writing is tried on the parser before it is taken, so what is written is read as the same text.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from .edits import Edit, Span, Spans
from .loader import Loader
from .positions import Path
from .unseen import UNSEEN

WIDTH = 120
"""Columns of a line in a folded text."""

BLOCK = re.compile(r"[|>][-+]?[ \t]*(#.*)?\Z")
"""The first line of a literal or folded text whose indentation is not given as a number."""

TEXT_TAG = "tag:yaml.org,2002:str"


class CannotWrite(Exception):  # noqa: N818  reads as what it says
    """A value cannot be written at this place; the message says why."""


class _Place(NamedTuple):
    """Where a value is.

    Attributes:
        source: what is written there.
        column: of its key or dash.
        mark: what is before it: a key, a dash or a bracket.
        ends_line: False within brackets and before a comment, where no block can be.
        indent: of the lines of a block.
    """

    source: str
    column: int
    mark: str
    ends_line: bool
    indent: int


def rewritten(found: Spans, path: Path, value: str, *, plain: bool = False) -> Edit:
    """The edit that puts a value at the place of the scalar at a path.

    Args:
        found: where everything is in the text.
        path: of a scalar.
        value: what is to be read there, with line breaks as "\\n".
        plain: True for a number and other values that are no text: they are written without quotes, also where a text
            was before.

    Raises:
        CannotWrite: the path has no scalar, or no way of writing gives the value.
    """
    span = found.values.get(path)
    if span is None or not path or path in found.below:
        raise CannotWrite("the file has no single value at this place")
    if unseen := UNSEEN.search(value):
        raise CannotWrite(f"the invisible character U+{ord(unseen[0]):04X} cannot be written; take it out")
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise CannotWrite("half of a character cannot be written; take it out")
    text = found.text
    span = Span(span.start, _end(text, span))
    place = _place(found, path, span)
    may_be_typed = plain or _tag(place, place.source) not in (TEXT_TAG, "")
    for written in dict.fromkeys(_ways(place, value, plain=plain)):
        if _reads(place, written, value, typed=may_be_typed):
            broken = written.replace("\n", "\r\n") if text[: found.line_end(0)].endswith("\r\n") else written
            is_empty = span.start == span.end and text[span.start - 1 : span.start] == ":"
            return Edit(span.start, _end_of_gap(text, span.end), f" {broken}") if is_empty else Edit(*span, broken)
    raise CannotWrite("this text cannot be written at this place")


def _end_of_gap(text: str, start: int) -> int:
    """The end of the spaces after a key without a value; those before a comment are its own."""
    end = start + len(text[start:]) - len(text[start:].lstrip(" "))
    return start if text[end : end + 1] == "#" else end


def _end(text: str, span: Span) -> int:
    """The end of a value: the parser counts empty lines and comments after a block to it."""
    source = text[span.start : span.end]
    if not source.startswith(("|", ">")):
        return span.end
    head, *lines = source.split("\n")
    indent = next((_indent(line) for line in lines if line.strip()), 0)
    end = last = span.start + len(head)
    for line in lines:
        if line.strip() and _indent(line) < indent:
            break
        end += 1 + len(line)
        last = end if line.strip() else last
    return last - (text[last - 1 : last] == "\r")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _place(found: Spans, path: Path, span: Span) -> _Place:
    text = found.text
    start = found.keys[path].start if path in found.keys else text.rfind("-", 0, span.start)
    in_brackets = any(path[:length] in found.flow for length in range(len(path)))
    column = 0 if in_brackets else start - found.line_start(start)
    source = text[span.start : span.end].replace("\r\n", "\n")
    lines = source.split("\n")[1:]
    indent = next((_indent(line) for line in lines if line.strip()), column + 2)
    mark = "[" if in_brackets else "k: " if path in found.keys else "- "
    ends_line = not in_brackets and not text[span.end : found.line_end(span.end)].strip()
    return _Place(source, column, mark, ends_line, indent)


def _node(place: _Place, written: str) -> yaml.ScalarNode | None:
    """What the parser makes of a way of writing at this place; None when it is no scalar."""
    end = "]" if place.mark == "[" else ""
    try:
        node = yaml.compose(f"{' ' * place.column}{place.mark}{written}{end}\n", Loader=Loader)
    except yaml.YAMLError:
        return None
    items = node.value if isinstance(node, yaml.CollectionNode) else []
    if len(items) != 1:
        return None
    item = items[0][1] if isinstance(node, yaml.MappingNode) else items[0]
    return item if isinstance(item, yaml.ScalarNode) else None


def _tag(place: _Place, written: str) -> str:
    node = _node(place, written)
    return str(node.tag) if node else ""


def _reads(place: _Place, written: str, value: str, *, typed: bool) -> bool:
    """True when this is read as the value. Plain text that other programs take for a number or for nothing is not,
    unless what stood there was of that kind."""
    node = _node(place, written)
    return node is not None and node.value == value and (typed or node.tag == TEXT_TAG)


def _ways(place: _Place, value: str, *, plain: bool) -> Iterator[str]:
    """Ways to write a value, the one of the value before it first, unless it is to be without quotes."""
    head = place.source.split("\n", 1)[0]
    block = BLOCK.match(head)
    comment = f"  {block[1]}" if block and block[1] else ""
    if plain:
        yield value + comment
    if block:
        yield _literal(place, head, value) if head.startswith("|") else _folded(place, head, value)
    elif head.startswith("'"):
        yield _single(value)
    elif head.startswith('"'):
        yield _double(value)
    yield value + comment
    if place.ends_line and "\n" in value:
        yield _literal(place, ("|" if value.endswith("\n") else "|-") + comment, value)
    yield _single(value) + comment
    yield _double(value) + comment


def _literal(place: _Place, head: str, value: str) -> str:
    lines = value.removesuffix("\n").split("\n")
    return "\n".join([head, *(" " * place.indent + line if line else "" for line in lines)])


def _folded(place: _Place, head: str, value: str) -> str:
    """Paragraphs, folded where they were as far as the words are the same."""
    before = [line.removeprefix(" " * place.indent) for line in place.source.split("\n")[1:]]
    old = [part.split("\n") for part in "\n".join(before).split("\n\n")]
    new = value.removesuffix("\n").split("\n")
    known = old if len(old) == len(new) else [[] for _ in new]
    parts = [_wrapped(part, lines, WIDTH - place.indent) for part, lines in zip(new, known, strict=True)]
    lines = [line for number, part in enumerate(parts) for line in ([""] if number else []) + part]
    return "\n".join([head, *(" " * place.indent + line if line else "" for line in lines)])


def _wrapped(text: str, before: list[str], width: int) -> list[str]:
    """Lines of a text; those at its start and end that the text before it had too are kept."""
    first: list[str] = []
    last: list[str] = []
    rest = text
    while before and (rest == before[0] or rest.startswith(before[0] + " ")):
        first.append(before[0])
        rest, before = rest[len(before[0]) + 1 :], before[1:]
    while before and rest.endswith(" " + before[-1]):
        last.insert(0, before[-1])
        rest, before = rest[: -len(before[-1]) - 1], before[:-1]
    middle = textwrap.wrap(rest, width, break_long_words=False, break_on_hyphens=False) if rest else []
    return [*first, *middle, *last]


def _single(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _double(value: str) -> str:
    signs = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(signs.get(char, char) for char in value) + '"'
