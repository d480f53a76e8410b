"""The guide's file with other values: what differs, which problems that brings, and the writing."""

from __future__ import annotations

import difflib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from hooks.checked import check_loaded, new_problems
from hooks.source.edits import applied
from hooks.source.lines import split_lines
from hooks.source.positions import Path
from hooks.source.problems import ERROR, Problem, errors
from hooks.source.rewrite import CannotWrite, rewritten
from hooks.source.yaml_tree import Plain

from .document import Document
from .form import as_typed, is_fixed


class Change(NamedTuple):
    """Another value for the scalar at a path."""

    path: Path
    value: str


class Impossible(Exception):  # noqa: N818  reads as what it says
    """A value cannot be written; the message says why, `path` where."""

    def __init__(self, path: Path, words: str) -> None:
        super().__init__(words)
        self.path = path


@dataclass(frozen=True)
class Found:
    """A problem that a change brings.

    Attributes:
        problem: the problem.
        path: the changed value that it comes from; None when it may come from any of several.
        is_elsewhere: True when it is about another place than the value that it comes from.
    """

    problem: Problem
    path: Path | None
    is_elsewhere: bool = False

    @property
    def stops(self) -> bool:
        """True for a problem that stops a build."""
        return self.problem.severity == ERROR


@dataclass(frozen=True)
class Verdict:
    """What the check says of a change.

    Attributes:
        found: the problems and warnings that it brings.
        others: how many problems that stop a build the file had before and still has.
        is_shown: False when nothing can be built of the file, so that pages stay as they are.
    """

    found: list[Found]
    others: int
    is_shown: bool

    @property
    def stops(self) -> bool:
        """True when the change brings a problem that stops a build."""
        return any(one.stops for one in self.found)


def changed(document: Document, changes: Iterable[Change]) -> Document:
    """The file with other values and nothing else changed. Values that are there already are left as they are.

    Raises:
        Impossible: a value cannot be written at its place.
    """
    wanted, edits = [], []
    for given in changes:
        typed, now = as_typed(given.path, given.value), document.at(given.path)
        one = given if typed is None else Change(given.path, typed)
        if now == one.value and (typed is None or isinstance(now, Plain)):
            continue
        wanted.append(one)
        if is_fixed(one.path):
            raise Impossible(one.path, "this name is used in other places: `guide rename` changes it everywhere")
        try:
            edits.append(rewritten(document.spans, one.path, one.value, plain=typed is not None))
        except CannotWrite as error:
            raise Impossible(one.path, str(error)) from error
    after = document.with_text(applied(document.text, edits)) if edits else document
    expected = document.data
    for one in wanted:
        expected = _with(expected, one.path, one.value)
    if after.data != expected:  # each value was tried alone; together they must give this and nothing else
        raise Impossible(wanted[0].path, "this text cannot be written at this place")
    return after


def _with(node: Any, path: Path, value: str) -> Any:
    """A copy of the data with another value at a path."""
    if not path:
        return value
    copied = list(node) if isinstance(node, list) else dict(node)
    copied[path[0]] = _with(node[path[0]], path[1:], value)  # type: ignore[index]
    return copied


def difference(before: Document, after: Document) -> list[str]:
    """The lines of a unified difference, without the names of the files."""
    was, now = (split_lines(one.text.removesuffix("\n")) for one in (before, after))
    lines = difflib.unified_diff(was, now, n=1, lineterm="")
    return list(lines)[2:]


def verdict_of(before: Document, after: Document, changes: Sequence[Change]) -> Verdict:
    """What the check says of a change, each problem with its field. A single change is the cause of all that are new."""
    only = changes[0].path if len(changes) == 1 else None
    checked = check_loaded(after.loaded)
    found = []
    for one in new_problems(before.loaded, checked):
        field = _field(after, one, changes)
        found.append(Found(one, field or only, field is None))
    others = len(errors(checked.problems)) - sum(one.stops for one in found)
    return Verdict(found, others, checked.preview is not None)


def _field(after: Document, problem: Problem, changes: Iterable[Change]) -> Path | None:
    for one in changes:
        mark = after.loaded.marks.get(one.path)
        if mark is None or not mark.line <= problem.line <= mark.last:
            continue
        if mark.last > mark.line or mark.column <= problem.column < mark.column + max(1, mark.length):
            return one.path
    return None


def write(document: Document, file: FilePath) -> None:
    """Put the content in the file's place at once, so that no reader ever sees half of it."""
    target = file.resolve()  # a link stays a link
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(document.content)
        shutil.copymode(target, name)
        FilePath(name).replace(target)
    except BaseException:
        FilePath(name).unlink(missing_ok=True)
        raise


def key(path: Path) -> str:
    """A path as text, for fields of a form."""
    return json.dumps(path, ensure_ascii=False, separators=(",", ":"))
