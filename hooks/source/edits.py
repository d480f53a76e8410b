"""Edits of the guide's text at paths of its data: what is not touched stays as it is, comments and order included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from .loader import Loader
from .positions import Path


class Edit(NamedTuple):
    """A part of the text, by the offsets of its characters, and what replaces it."""

    start: int
    end: int
    text: str


class Span(NamedTuple):
    """From the first character of a value or key to the one after its last."""

    start: int
    end: int


@dataclass
class Spans:
    """Where everything is in a text that can be read.

    Attributes:
        values: path to the span of a value.
        keys: path to the span of the key of a value.
        flow: paths of the collections that are written in brackets.
        below: path of a collection to the steps below it, in order.
    """

    text: str
    values: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)
    flow: set[Path] = field(default_factory=set)
    below: dict[Path, list[str | int]] = field(default_factory=dict)

    def start(self, path: Path) -> int:
        """Where an item, or a field with its key, begins."""
        return (self.keys.get(path) or self.values[path]).start

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """Where the line after the one of an offset begins."""
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found + 1


def spans(text: str) -> Spans:
    """Find everything in the text of a guide that has no errors of syntax."""
    found = Spans(text)
    node = yaml.compose(text, Loader=Loader)
    if node is not None:
        _walk(found, node, ())
    return found


def _walk(found: Spans, node: Any, path: Path) -> int:
    """Note the span of a node and of all below it. Returns its end: a block ends with its last value, not later."""
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode):
        found.values[path] = Span(start, end)
        return int(end)
    if node.flow_style:
        found.flow.add(path)
    last = start
    steps = found.below[path] = list[str | int]()
    for step, key, value in _children(node):
        steps.append(step)
        if key is not None:
            found.keys[(*path, step)] = Span(key.start_mark.index, key.end_mark.index)
            last = key.end_mark.index
        last = max(last, _walk(found, value, (*path, step)))
    found.values[path] = Span(start, end if node.flow_style else last)
    return found.values[path].end


def _children(node: Any) -> Iterator[tuple[str | int, Any, Any]]:
    if isinstance(node, yaml.SequenceNode):
        yield from ((number, None, value) for number, value in enumerate(node.value))
    else:
        yield from ((str(key.value), key, value) for key, value in node.value)


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits, none of which may overlap another."""
    for edit in sorted(set(edits), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def without(found: Spans, paths: Iterable[Path]) -> list[Edit]:
    """Edits that take out items of lists and fields of mappings.

    In brackets the comma goes too, in blocks the lines and a comment directly above. A collection of which everything
    goes is not handled here: its own path has to be named.
    """
    by_parent: dict[Path, list[str | int]] = {}
    for path in paths:
        by_parent.setdefault(path[:-1], []).append(path[-1])
    edits = []
    for parent, gone in by_parent.items():
        take = _from_brackets if parent in found.flow else _from_block
        edits += [take(found, parent, step, set(gone)) for step in found.below[parent] if step in gone]
    return edits


def _from_brackets(found: Spans, parent: Path, step: str | int, gone: set[str | int]) -> Edit:
    """An item up to the next one; without one, from the end of the last that stays."""
    steps = found.below[parent]
    place = steps.index(step)
    start = found.start((*parent, step))
    if any(later not in gone for later in steps[place + 1 :]):
        return Edit(start, found.start((*parent, steps[place + 1])), "")
    staying = [earlier for earlier in steps[:place] if earlier not in gone]
    before = found.values[(*parent, steps[place - 1])].end if staying else start
    return Edit(before, found.values[(*parent, step)].end, "")


def _from_block(found: Spans, parent: Path, step: str | int, gone: set[str | int]) -> Edit:
    """Whole lines. The first field of an item is beside its dash, which the next field then takes."""
    steps, text = found.below[parent], found.text
    start = found.start((*parent, step))
    end = found.values[(*parent, step)].end
    stop = end if text[end - 1 : end] == "\n" else found.line_end(end)
    line = found.line_start(start)
    if isinstance(step, int):
        start = text.rfind("-", 0, start)
        line = found.line_start(start)
    place = steps.index(step)
    if text[line:start].strip():  # beside a dash
        following = [later for later in steps[place + 1 :] if later not in gone]
        return Edit(start, found.start((*parent, following[0])) if following else stop, "")
    return Edit(_with_comment(text, line, start - line, first=place == 0), stop, "")


def _with_comment(text: str, line: int, indent: int, *, first: bool) -> int:
    """The start of a line, or of the comment above it that is as far in; what is above the first entry is of all."""
    begin = line
    while not first and begin > 0:
        above = text.rfind("\n", 0, begin - 1) + 1
        if not text[above:begin].startswith(" " * indent + "#"):
            break
        begin = above
    return begin
