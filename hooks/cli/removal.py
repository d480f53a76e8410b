"""What goes with an entry: everything that names it, and what cannot be without that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from hooks.rules import Draft
from hooks.rules.effect import KINDS
from hooks.source.edits import Edit, applied, spans, without
from hooks.source.load import SCHEMA, Loaded, expanded_schema, load_bytes
from hooks.source.positions import Path

from .rename import CannotEdit
from .uses import Declared, declared, uses

PARTS_OF_ONE = {"when", "ask_when", "from", "to", "multiply", "divide"}
"""Fields that mean something else without one of their parts, so that what has the field goes with it."""

MEMBERS = ("strategies", "members")
"""A named combination without one of its members is another one; other sections only list members."""


@dataclass
class Removal:
    """What goes.

    Attributes:
        entries: entries with ids, the first is the one that was named.
        uses: by entry, the paths of what names it.
        gone: paths of all that goes, none of them below another.
        because: by path, why that cannot be without what goes below it.
    """

    entries: list[Declared] = field(default_factory=list)
    uses: dict[str, list[Path]] = field(default_factory=dict)
    gone: set[Path] = field(default_factory=set)
    because: dict[Path, str] = field(default_factory=dict)


def removal(draft: Draft, entry: Declared) -> Removal:
    """Work out what goes with an entry, and with what goes with it.

    Raises:
        CannotEdit: the guide would lose something that every guide has.
    """
    return _Walk(draft).run([entry.path])


def removal_of(draft: Draft, paths: Iterable[Path]) -> Removal:
    """The same for any parts of the data. Raises what `removal` raises."""
    return _Walk(draft).run(paths)


class _Walk:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.schema = expanded_schema(SCHEMA)
        self.known = {one.path: one for one in declared(draft)}
        self.done = Removal()

    def run(self, paths: Iterable[Path]) -> Removal:
        waiting = list(paths)
        while waiting:
            self._drop(waiting.pop(0), waiting)
        self.done.gone = {path for path in self.done.gone if not self._covered(path)}
        return self.done

    def _covered(self, path: Path) -> bool:
        return any(path[:length] in self.done.gone for length in range(1, len(path)))

    def _drop(self, path: Path, waiting: list[Path]) -> None:
        """Take out one value; what it was part of goes too where it cannot be without."""
        if path in self.done.gone or self._covered(path):
            return
        if not path:
            raise CannotEdit("the guide cannot be without it")
        self.done.gone.add(path)
        for inner, entry in self.known.items():
            if inner[: len(path)] == path and entry not in self.done.entries:
                found = [use.path for use in uses(self.draft, entry)]
                self.done.entries.append(entry)
                self.done.uses[entry.name] = [one for one in found if one[: len(path)] != path]
                for use in self.done.uses[entry.name]:
                    self.done.because.setdefault(use, f"names '{entry.id}'")
                    waiting.append(use)
        above = path[:-1]
        if why := self._needs(above, path[-1]):
            self._say(above, why, path)
            self._drop(above, waiting)
        elif self._owner(above):
            self._say(above[:-1], f"means something else with other '{above[-1]}'", path)
            self._drop(above[:-1], waiting)

    def _say(self, owner: Path, why: str, part: Path) -> None:
        """Keep the reason for which the owner of a part goes, with that of the part."""
        inner = self.done.because.get(part, "")
        joint = ", which " if isinstance(part[-1], str) else ", as the last one "
        is_section = len(owner) == 1  # of which all entries are listed with their reasons
        self.done.because.setdefault(owner, why + (joint + inner if inner and not is_section else ""))

    def _needs(self, above: Path, step: str | int) -> str:
        """Why a collection cannot be without what is below it at this step, after all that went before; "" when it can
        be."""
        value = self.draft.root.at(*above).value
        schema = self._schema(above, value)
        left = len(value) - sum(one[:-1] == above for one in self.done.gone)
        if isinstance(value, list):
            optional = left == 0 and not self._required(above)
            if left == 0 and optional:
                return "would have no entry left"
            least = schema.get("minItems", 0)
            return f"must have at least {least} {'entry' if least == 1 else 'entries'}" if left < least else ""
        if above[-2:-1] and isinstance(above[-1], int) and above[-2] == "effects" and step in KINDS:
            return f"does nothing without '{step}'"
        if step in schema.get("required", ()):
            return f"must have '{step}'"
        return "would be empty" if left < schema.get("minProperties", 0) else ""

    def _required(self, path: Path) -> bool:
        above = self._schema(path[:-1], self.draft.root.at(*path[:-1]).value)
        return path[-1] in above.get("required", ())

    def _owner(self, above: Path) -> bool:
        """True when what has this field is another thing without a part of it."""
        if above and above[-1] in PARTS_OF_ONE:
            return True
        return (above[:1] + above[-1:]) == MEMBERS

    def _schema(self, path: Path, value: Any) -> Mapping[str, Any]:
        schema: Mapping[str, Any] = self.schema
        for step in path:
            schema = self._branch(schema, "array" if isinstance(step, int) else "object")
            if isinstance(step, int):
                schema = schema["items"]
            else:
                schema = schema.get("properties", {}).get(step) or schema["additionalProperties"]
        return self._branch(schema, "array" if isinstance(value, list) else "object")

    @staticmethod
    def _branch(schema: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
        return next((one for one in schema.get("oneOf", ()) if one.get("type") == kind), schema)


def without_paths(data: Any, gone: Iterable[Path]) -> Any:
    """A copy of the data without these paths."""
    copy = deepcopy(data)
    for path in sorted(gone, key=lambda one: [(isinstance(step, int), step) for step in one], reverse=True):
        node = copy
        for step in path[:-1]:
            node = node[step]
        del node[path[-1]]
    return copy


def text_without(loaded: Loaded, gone: set[Path]) -> str:
    """The file's text without these paths.

    Raises:
        CannotEdit: the text is written in a way that this would not leave whole.
    """
    found = spans(loaded.text)
    emptied = {path[:-1] for path in gone if all((*path[:-1], step) in gone for step in found.below[path[:-1]])}
    edits = without(found, [path for path in gone if path[:-1] not in emptied])
    for path in emptied:
        edits.append(Edit(*found.values[path], "[]" if isinstance(path and found.below[path][0], int) else "{}"))
    text = applied(loaded.text, edits)
    if load_bytes(text.encode(), loaded.file).draft != without_paths(loaded.draft, gone):
        raise CannotEdit("the lines cannot be taken out without changing others; take them out by hand")
    return text
