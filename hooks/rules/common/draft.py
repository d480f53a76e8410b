"""The data that rules judge: perhaps incomplete or of the wrong shape, so every reader here passes over what is not
there. What a shape should be is said elsewhere; rules may look at any field without asking whether it exists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from hooks.source.alike import nearest
from hooks.source.lines import split_lines
from hooks.source.load import Loaded
from hooks.source.positions import NAMES, Mark, Path, trail
from hooks.source.problems import Problem, Related, errors, one_of, quote
from hooks.source.yaml_tree import BROKEN
from selector import Guide, GuideError
from selector.guide.strategies import Enumeration

ID = re.compile(r"[a-z0-9-]+\Z")
"""The letters of an id."""


class Node(NamedTuple):
    """A value and its path; `value` is None when there is none. `is_key` when it is the key that is meant.

    Rules look at hundreds of thousands of them: a tuple is made in a quarter of the time of a dataclass.
    """

    path: Path
    value: Any
    is_key: bool = False

    def at(self, *steps: str | int) -> Node:
        """What is below, at these keys or positions."""
        value = self.value
        for step in steps:
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                value = None
        return _new(Node, (self.path + steps, None if value is BROKEN else value, False))

    @property
    def exists(self) -> bool:
        """True when there is a value."""
        return self.value is not None

    @property
    def text(self) -> str:
        """The text, or "" when it is none."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def number(self) -> float | None:
        """The number, or None when it is none."""
        return self.value if isinstance(self.value, int | float) and not isinstance(self.value, bool) else None

    @property
    def id(self) -> str:
        """The id of an entry, or "" when it has none."""
        return self.at("id").text

    def items(self) -> Iterator[Node]:
        """Items of a list, or values of a mapping."""
        steps: Any = range(len(self.value)) if isinstance(self.value, list) else self.fields()
        for step in steps:
            yield self.at(step)

    def keys(self) -> Iterator[Node]:
        """Keys of a mapping, as nodes that stand for the key."""
        for key in self.fields():
            yield Node((*self.path, key), key, is_key=True)

    def fields(self) -> Sequence[str]:
        """Keys of a mapping."""
        return list(self.value) if isinstance(self.value, dict) else []

    def texts(self) -> list[str]:
        """A text, or all texts of a list."""
        return [self.text] if self.text else [item.text for item in self.items() if item.text]


_new = tuple.__new__  # without the check of the fields, which takes as long again


def well_formed(names: Iterable[str]) -> list[str]:
    """Ids that can be offered for a wrong one: another problem says what is wrong with the others."""
    return [name for name in names if ID.match(name)]


class Draft:
    """What a file holds, for rules.

    Attributes:
        today: the day by which dates are judged.
        has_shape: False when something is missing or of the wrong type.
        texts: paths of all values that readers read, with "text" or "markdown".
    """

    def __init__(self, loaded: Loaded, today: date) -> None:
        self.root = Node((), loaded.draft)
        self.lines = split_lines(loaded.text)
        self.positions = loaded.positions
        self._entries: dict[str, Mapping[str, Node]] = {}
        self.texts = loaded.texts
        self.has_shape = not errors(loaded.problems)
        self.today = today

    def each(self, pattern: str) -> Iterator[Node]:
        """All nodes on a path such as "options.*.needs|provides.*"; `*` is any item, `{}` any key."""
        nodes: list[Node] = [self.root]
        for step in pattern.split("."):
            if step == "*":
                nodes = [below for node in nodes for below in node.items()]
            elif step == "{}":
                nodes = [below for node in nodes for below in node.keys()]  # noqa: SIM118  not a dict
            else:
                nodes = [node.at(name) for node in nodes for name in step.split("|")]
        yield from (node for node in nodes if node.exists)

    def entries(self, section: str) -> Mapping[str, Node]:
        """Entries of a section by id; of equal ids the first."""
        if section not in self._entries:
            self._entries[section] = self._by_id(section)
        return self._entries[section]

    def former(self, section: str) -> Mapping[str, str]:
        """Former ids of a section's entries, with the ids that they have now."""
        aliases = {
            alias: name for name, entry in self.entries(section).items() for alias in entry.at("aliases").texts()
        }
        return {alias: name for alias, name in aliases.items() if alias not in self.entries(section)}

    def _by_id(self, section: str) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for entry in self.root.at(section).items():
            if entry.id:
                found.setdefault(entry.id, entry)
        return found

    @cached_property
    def guide(self) -> Guide | None:
        """The guide as scoring sees it, or None while the data is not good enough for that."""
        try:
            return Guide.from_data(self.root.value)
        except (GuideError, AttributeError, LookupError, TypeError, ValueError, ArithmeticError):
            return None

    @cached_property
    def enumeration(self) -> Enumeration | None:
        """All strategies, or None while they cannot be formed."""
        try:
            return self.guide.enumeration if self.guide is not None else None
        except (GuideError, LookupError, TypeError, ValueError):
            return None

    # Problems

    def mark(self, node: Node) -> Mark:
        """Where a node is."""
        return self.positions.key(node.path) if node.is_key else self.positions.value(node.path)

    def line(self, node: Node) -> int:
        """The line on which a node, with its key, begins."""
        return self.positions.line(node.path)

    def problem(self, node: Node, message: str, **more: Any) -> Problem:
        """A problem at a node; the rule's code is filled in when the rule is run."""
        at_key = more.pop("at_key", node.is_key)
        where = trail(self.root.value, node.path)
        return self.positions.problem(node.path, "", message, at_key=at_key, where=where, **more)

    def snippet(self, path: Path, snippet: str, message: str, *, skip: int = 0, **more: Any) -> Problem:
        """A problem at a part of a text: where the part is in the file, if it is there as it is. `skip`: how many
        lines that hold it to pass over."""
        node = self.root.at(*path)
        mark = self._within(self.mark(node), snippet.partition("\n")[0], skip)
        return self.problem(node, message, mark=mark, **more)

    def _within(self, mark: Mark, part: str, skip: int) -> Mark:
        for number in range(mark.line, min(mark.last, len(self.lines)) + 1):
            at = self.lines[number - 1].find(part, mark.column - 1 if number == mark.line else 0)
            if at >= 0 and part:
                if not skip:
                    return Mark(number, at + 1, len(part), number)
                skip -= 1
        return mark

    def first(self, node: Node) -> Node:
        """The first key of a mapping: where a missing field is shown."""
        return next(node.keys(), node)

    def unknown(self, node: Node, section: str) -> Iterator[Problem]:
        """One problem when a text is no id of a section: unknown, or a former id."""
        name, known = node.text, self.entries(section)
        if section == "options":  # a family takes part as an option does
            known = {**known, **self.entries("families")}
        if not name or name in known:
            return
        what, offered = NAMES[section], well_formed(known)
        if name in self.former(section):
            now = self.former(section)[name]
            message = f"{quote(name)} is a former id of {what} '{now}'; old links use it, this file does not"
            yield self.problem(node, message, nearest=now, cause=f"{section}/{name}")
            return
        yield self.problem(
            node,
            f"unknown {what} {quote(name)}",
            expected=one_of(offered, name),
            nearest=self._nearest(node, offered),
            related=self.declared(self.root.at(section), section),
            cause=f"{section}/{name}",
        )

    def _nearest(self, node: Node, known: Sequence[str]) -> str:
        """The id that is most like a text. A key was rather meant for an id that is not beside it yet."""
        beside = self.root.at(*node.path[:-1]).fields() if node.is_key else ()
        return nearest(node.text, [name for name in known if name not in beside]) or nearest(node.text, known)

    def declared(self, node: Node, what: str) -> tuple[Related, ...]:
        """Where names are declared, as a second place for a problem."""
        return (Related(self.line(node), f"{what} are declared there"),) if node.exists else ()
