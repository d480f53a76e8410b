"""YAML text -> plain data with every scalar as text, and a mark for everything. Never raises, takes bounded time.

Works on the parser's events, not on its loader: a loader turns `no` and `12:30` into other types, keeps the last of
two equal keys in silence, and follows aliases. Events let us refuse what the editor of a guide can only have meant
otherwise, with its place, and stop at a depth before any recursion does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from .dashes import twice
from .lines import split_lines
from .loader import Loader
from .open_quotes import unclosed
from .positions import Mark, Path, Positions, trail
from .problems import Problem, Related, quote
from .syntax_causes import text_within, words_after_comma
from .unseen import escaped
from .yaml_errors import syntax_problem

MOST_DEEP = 32
"""Containers within containers; the schema needs about ten."""

MOST_PROBLEMS = 500
"""After so many problems the rest of the file is not looked at."""

QUOTES = "put the whole text in quotes"


class Plain(str):
    """A scalar without quotes, whose type the schema decides. Quoted ones are ordinary text."""

    __slots__ = ()


class Broken:
    """Stands where a value was refused, so that nothing else complains about it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "BROKEN"


BROKEN = Broken()


@dataclass(slots=True)
class _Open:
    """A container whose end has not come yet. `key` is the key whose value is awaited, `broken` after a refused one."""

    path: Path
    content: Any
    key: str | None = None
    broken: bool = False

    @property
    def awaits_key(self) -> bool:
        return isinstance(self.content, dict) and self.key is None and not self.broken


@dataclass
class Tree:
    """What a text holds: data (dicts, lists, text; None when there is none), marks, problems."""

    positions: Positions
    data: Any = None
    problems: list[Problem] = field(default_factory=list)
    quoted: Mark | None = None


def read_tree(text: str, file: str) -> Tree:
    """Read one YAML document. Problems come in the order of the text, at most MOST_PROBLEMS of them."""
    tree = Tree(Positions(file))
    try:
        _Builder(tree, text).run(yaml.parse(text, Loader=Loader))
    except yaml.MarkedYAMLError as error:
        tree.data = None
        tree.problems.append(syntax_problem(tree.positions, text, error, tree.quoted))
    except yaml.YAMLError as error:  # a character that the parser refuses; those we know of are caught before
        tree.data = None
        tree.problems.append(tree.positions.problem((), "syntax", f"the file is not YAML: {quote(error)}"))
    except _Enough:
        tree.data = None
    return tree


class _Enough(Exception):  # noqa: N818  a way out, not an error
    """Stops reading after a problem that makes the rest meaningless."""


class _Builder:
    def __init__(self, tree: Tree, text: str) -> None:
        self.tree = tree
        self.positions = tree.positions
        self.lines = split_lines(text)
        self.stack: list[_Open] = []
        self.skip = 0
        self.documents = 0
        self.last_line = 1

    def run(self, events: Iterator[Any]) -> None:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                self.node(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.end()
            elif isinstance(event, yaml.DocumentStartEvent):
                self.document(event)
            if len(self.tree.problems) >= MOST_PROBLEMS:
                raise _Enough
        if self.positions.values.get(()) is None:
            self.problem(Mark(1, 1, 1, 1), (), "document", "the file is empty", expected="a guide")

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            mark = self.mark(event)
            self.problem(mark, (), "document", "a second document starts here",
                         expected="one document: delete this line")  # fmt: skip
            raise _Enough

    def node(self, event: Any) -> None:
        """A scalar, the start of a container, or an alias."""
        is_start = isinstance(event, yaml.CollectionStartEvent)
        if is_start and len(self.stack) + self.skip >= MOST_DEEP:
            self.problem(self.mark(event), self.path()[:1], "depth", "brackets or indentation nest too deep",
                         expected=f"at most {MOST_DEEP} levels")  # fmt: skip
            raise _Enough
        if self.skip:
            self.skip += is_start
            return
        top = self.stack[-1] if self.stack else None
        if top is not None and top.awaits_key:
            self.key(top, event)
        else:
            self.value(event)

    def key(self, top: _Open, event: Any) -> None:
        mark = self.mark(event)
        if not isinstance(event, yaml.ScalarEvent):
            self.refuse_key(top, event, mark)
            return
        if event.style and self.hides(event, mark, top.path):
            top.broken = True
            return
        path = (*top.path, event.value)
        self.decorated(event, mark, path)
        if event.value == "<<" and not event.style:
            self.problem(mark, top.path, "anchor", "merge key '<<'", expected="the fields themselves, written out")
            top.broken = True
        elif event.value in top.content:
            first = self.positions.keys[path].line
            self.problem(mark, top.path, "duplicate-key", f"{quote(event.value)} is written twice here",
                         related=(Related(first, "it is there already"),), **twice(self.lines[mark.line - 1], path))  # fmt: skip
            top.broken = True
        else:
            top.key = event.value
            self.positions.keys[path] = mark if mark.length else mark._replace(length=1)

    def refuse_key(self, top: _Open, event: Any, mark: Mark) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.alias(event, mark)
        else:
            self.problem(mark, top.path, "type", "a list or mapping where a key should be",
                         expected="text; put quotes around a value that starts with { or [")  # fmt: skip
            self.skip = 1
        top.broken = True

    def value(self, event: Any) -> None:
        """A value, or what follows a key that was refused."""
        mark, path = self.mark(event), self.path()
        is_alias, is_scalar = isinstance(event, yaml.AliasEvent), isinstance(event, yaml.ScalarEvent)
        if is_alias:
            self.alias(event, mark)
        else:
            self.decorated(event, mark, path)
        if self.stack and self.stack[-1].broken:
            self.stack[-1].broken = False
            self.skip = int(not (is_alias or is_scalar))
            return
        content: Any = BROKEN
        if is_scalar and self.is_no_field(path, event):
            self.no_field(path)
        elif is_scalar and not (event.style and self.hides(event, mark, path)):
            content = event.value if event.style else Plain(event.value)
        elif not (is_alias or is_scalar):
            content = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.put(path, content, mark)
        if not (is_alias or is_scalar):
            self.stack.append(_Open(path, content))

    def put(self, path: Path, content: Any, mark: Mark) -> None:
        if mark.length == 0:  # an empty value: show its key
            mark = self.positions.keys.get(path, mark._replace(length=1))
        self.positions.values[path] = mark
        if not self.stack:
            self.tree.data = content
            return
        top = self.stack[-1]
        if isinstance(top.content, list):
            top.content.append(content)
        else:
            top.content[path[-1]] = content
            top.key = None

    def end(self) -> None:
        if self.skip:
            self.skip -= 1
            return
        done = self.stack.pop()
        mark = self.positions.values[done.path]
        self.positions.values[done.path] = Mark(mark.line, mark.column, mark.length, max(mark.line, self.last_line))

    def path(self) -> Path:
        """Where the next value goes."""
        if not self.stack:
            return ()
        top = self.stack[-1]
        if isinstance(top.content, list):
            return (*top.path, len(top.content))
        return top.path if top.key is None else (*top.path, top.key)

    def mark(self, event: Any) -> Mark:
        """The event's place: the whole of a scalar on its first line, one character of anything else."""
        start, stop = event.start_mark, event.end_mark
        at, column, until = start.line, start.column + 1, stop.line
        if at >= len(self.lines):  # what is missing at the end: PyYAML names a line after the last one
            end = len(self.lines)
            self.last_line = max(self.last_line, end)
            return Mark(end, len(self.lines[-1]) + 1, 0, end)
        line = at + 1
        if not isinstance(event, yaml.ScalarEvent):
            self.last_line = max(self.last_line, line)
            return Mark(line, column, 1, line)
        last = until + 1 if until == at or stop.column else until
        self.last_line = max(self.last_line, last)
        if event.style in ("|", ">"):
            return Mark(line, column, 1, last)
        if until == at:
            return tuple.__new__(Mark, (line, column, stop.column - start.column, last))
        return Mark(line, column, max(1, len(self.lines[at]) - start.column), last)

    def is_no_field(self, path: Path, event: Any) -> bool:
        """True for an empty value right behind its key: within brackets, YAML takes words between commas for a key."""
        key = self.positions.keys.get(path)
        if event.value or event.style or key is None or not self.stack or self.stack[-1].key is None:
            return False
        start = event.start_mark
        return start.line + 1 == key.line and start.column == key.column - 1 + key.length

    def no_field(self, path: Path) -> None:
        """Words after a comma, which ends a text within brackets; a row of them is one problem."""
        top, key = self.stack[-1], self.positions.keys[path]
        before = next(reversed(top.content), None)
        if before is not None and top.content[before] is BROKEN:
            return
        mark = self.positions.values.get((*top.path, before)) if before is not None else None
        line = self.lines[key.line - 1]
        sample = text_within(line, mark.column - 1, str(before)) if mark is not None and mark.line == key.line else ""
        said, expected = words_after_comma(str(top.key), str(top.content.get(before, "")), sample)
        self.problem(key, path, "syntax", said, expected=expected)

    def hides(self, event: Any, mark: Mark, path: Path) -> bool:
        """True, and told, when an escape in double quotes means a character that cannot be seen."""
        if event.style in ("'", '"') and (said := unclosed(self.lines, mark)):
            self.problem(mark, path, "syntax", said[0], expected="the same quote at the end of the text",
                         related=said[1])  # fmt: skip
            raise _Enough
        self.tree.quoted = mark if event.style in ("'", '"') else self.tree.quoted
        found = escaped(event.value, self.lines, mark) if event.style == '"' else None
        if found:
            self.problem(found[1], path, "character", found[0], expected="no such character")
        return found is not None

    # What YAML has and a guide does not need

    def alias(self, event: Any, mark: Mark) -> None:
        self.problem(mark._replace(length=len(event.anchor) + 1), self.path(), "anchor",
                     f"YAML reads '*{event.anchor}' as a copy of what is marked &{event.anchor};"
                     f" {QUOTES}, or write the value itself")  # fmt: skip

    def decorated(self, event: Any, mark: Mark, path: Path) -> None:
        """Anchors and tags are refused; the value is taken as if they were not there."""
        if event.anchor is not None:
            self.problem(mark._replace(length=len(event.anchor) + 1), path, "anchor",
                         f"YAML reads '&{event.anchor}' as an anchor; delete it, or {QUOTES}")  # fmt: skip
        if event.tag is not None:
            written = quote(event.tag.replace("tag:yaml.org,2002:", "!!"))
            self.problem(mark, path, "tag", f"YAML reads {written} as a tag; delete it, or {QUOTES}")

    def problem(self, mark: Mark, path: Path, code: str, message: str, **more: Any) -> None:
        shown = mark._replace(length=max(1, mark.length))
        where = trail(self.tree.data, path)
        self.tree.problems.append(self.positions.problem(path, code, message, mark=shown, where=where, **more))
