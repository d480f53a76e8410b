"""The guide's file, read: checked plain data, or problems. Never raises, whatever the bytes; takes bounded time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path as FilePath
from typing import Any

from hooks import ROOT

from .comments import cut_texts
from .lines import line_feeds, split_lines
from .meant import explained
from .odd_spaces import odd_spaces
from .positions import TOP, Mark, Path, Positions
from .problems import Problem, Related, errors, in_order
from .schema import Shape, expand
from .unseen import unseen_characters
from .yaml_tree import MOST_PROBLEMS, Tree, read_tree

SCHEMA = ROOT / "data" / "guide.schema.json"

MOST_BYTES = 24 * 1024 * 1024
"""A larger file is refused: a guide of 500 options has about half of this."""

MOST_PIECES = 5_000
"""Entries looked at one by one for more errors of syntax."""


@dataclass(frozen=True)
class Loaded:
    """What a file holds.

    Attributes:
        file: its name in problems.
        text: its text, without a byte order mark; undecodable bytes replaced.
        draft: the data as far as it could be read, perhaps of the wrong shape; for rules.
        problems: what is wrong with form and shape, in the order of the file.
        positions: lines and columns of everything.
        texts: paths of all values that readers read, with "text" or "markdown".
    """

    file: str
    text: str
    draft: Any
    problems: tuple[Problem, ...]
    positions: Positions
    texts: Mapping[Path, str]

    @property
    def data(self) -> dict[str, Any] | None:
        """Plain data that conforms to the schema, or None when there are problems."""
        return None if errors(self.problems) else self.draft

    @property
    def marks(self) -> Mapping[Path, Mark]:
        """Path of a value to its place."""
        return self.positions.values

    def line(self, path: Path) -> int | None:
        """The line on which an entry or value begins; None for a path that the file does not have."""
        known = path in self.positions.keys or path in self.positions.values
        return self.positions.line(path) if known else None


def load(path: FilePath | str, schema: FilePath = SCHEMA, name: str | None = None) -> Loaded:
    """Read a guide's file.

    Args:
        path: the YAML file.
        schema: the JSON Schema that it must conform to.
        name: how problems call the file; by default as short as the working folder allows.
    """
    shown = name or short_name(FilePath(path))
    try:
        size = FilePath(path).stat().st_size
        content = b"" if size > MOST_BYTES else FilePath(path).read_bytes()
    except (OSError, ValueError) as error:
        positions = Positions(shown)
        words = getattr(error, "strerror", None) or error
        return Loaded(
            shown, "", None, (positions.problem((), "file", f"the file cannot be read: {words}"),), positions, {}
        )
    return load_bytes(b" " * (MOST_BYTES + 1) if size > MOST_BYTES else content, shown, schema)


def load_bytes(content: bytes, name: str = "guide.yml", schema: FilePath = SCHEMA) -> Loaded:
    """The same for the content of a file."""
    positions = Positions(name)
    if len(content) > MOST_BYTES:
        said = f"the file has more than {MOST_BYTES // 1024 // 1024} MB"
        return Loaded(name, "", None, (positions.problem((), "size", said, expected="a smaller guide"),), positions, {})
    text, problems = decode(content, positions)
    problems = problems or list(odd_spaces(text, positions))
    if problems:
        return Loaded(name, text, None, tuple(in_order(problems)), positions, {})
    tree = read_tree(text, name)
    if tree.data is None:
        return Loaded(
            name, text, None, tuple(in_order([*tree.problems, *_more_syntax(text, tree)])), tree.positions, {}
        )
    shape = Shape(expanded_schema(schema), tree.positions)
    draft = shape.read(tree.data)
    broken = {problem.line for problem in tree.problems}  # what is there cannot have its right shape either
    problems = [*tree.problems, *(problem for problem in shape.problems if problem.line not in broken)]
    problems = list(explained(problems, text))
    problems += cut_texts(text, tree.positions, tree.data, shape.texts)
    return Loaded(name, text, draft, tuple(in_order(problems)), tree.positions, shape.texts)


def short_name(path: FilePath) -> str:
    """The path from the working folder, where it is below it."""
    try:
        return path.resolve().relative_to(FilePath.cwd()).as_posix()
    except (OSError, ValueError, RuntimeError):
        return path.as_posix()


@lru_cache(maxsize=4)
def expanded_schema(path: FilePath) -> dict[str, Any]:
    """The schema of a file without references."""
    return expand(_whole(json.loads(path.read_text(encoding="utf-8")), path))


def _whole(schema: dict[str, Any], path: FilePath) -> dict[str, Any]:
    """The schema with what its properties take from a schema beside it: "other.schema.json#/properties/name"."""
    properties, definitions = dict(schema["properties"]), schema.get("$defs", {})
    for name, node in schema["properties"].items():
        file, _, inner = str(node.get("$ref", "")).partition("#/properties/")
        if inner:
            other = json.loads(path.with_name(file).read_text(encoding="utf-8"))
            properties[name], definitions = other["properties"][inner], {**other["$defs"], **definitions}
    return {**schema, "properties": properties, "$defs": definitions}


def decode(content: bytes, positions: Positions) -> tuple[str, list[Problem]]:
    """Bytes as text in which every line ends with a line feed, and problems with its characters."""
    if wide := _wide(content):
        said, text = f"the file is {wide}", content.decode("utf-8", errors="replace").replace("\0", "")
        return text, [positions.problem((), "encoding", said, mark=TOP, expected="a file saved as UTF-8")]
    try:
        text = line_feeds(content.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except UnicodeDecodeError as error:
        text = line_feeds(content.decode("utf-8", errors="replace"))
        before = content[: error.start]
        mark = _mark_after(before.decode("utf-8", errors="replace"))
        said = f"byte 0x{content[error.start]:02x} is not UTF-8"
        return text, [positions.problem((), "encoding", said, mark=mark, expected="a file saved as UTF-8")]
    return text, list(unseen_characters(text, positions))


def _wide(content: bytes) -> str:
    """UTF-16 or UTF-32, by the mark at the beginning or, without one, by the bytes 0 of its letters; else ""."""
    start = content[:400]
    zeros = [start[at::4].count(0) * 4 / max(4, len(start)) for at in range(4)]
    if start.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")) or sum(zeros) > 2.5:
        return "UTF-32"
    is_wide = min(zeros[0], zeros[2]) > 0.8 > max(zeros[1], zeros[3]) or min(zeros[1], zeros[3]) > 0.8 > max(zeros[::2])
    return "UTF-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) or is_wide else ""


def _mark_after(text: str) -> Mark:
    """The place right after a text."""
    lines = split_lines(text)
    return Mark(len(lines), len(lines[-1]) + 1, 1, len(lines))


def _more_syntax(text: str, tree: Tree) -> Iterator[Problem]:
    """More errors of syntax than the first: each entry of each section is read alone.

    The parser stops at its first error. Sections begin in the first column and entries with a dash in the column of
    their section's first one, so a text can be taken apart there without understanding it.
    """
    if not tree.problems or tree.problems[-1].code not in ("syntax", "tab"):
        return
    first = tree.problems[-1].line
    found = 0
    for start, piece in islice(pieces(text), MOST_PIECES):
        if start <= first < start + piece.count("\n"):
            continue
        last = read_tree(piece, tree.positions.file).problems[-1:]
        for problem in last:
            line = problem.line + start - 1
            if problem.code in ("syntax", "tab") and line > first:
                found += 1
                related = tuple(Related(other.line + start - 1, other.words) for other in problem.related)
                yield replace(problem, line=line, related=related)
        if found >= MOST_PROBLEMS:
            return


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Sections and, where a section is a list, its entries: number of the first line, and text."""
    lines = text.split("\n")
    heads = [number for number, line in enumerate(lines) if re.match(r"[A-Za-z_][\w-]*:(\s|$)", line)]
    for head, end in pairwise([*heads, len(lines)]):
        body = [line for line in lines[head + 1 : end] if line.strip() and not line.lstrip().startswith("#")]
        dash = re.match(r" *- ", body[0]) if body else None
        starts = [head]
        if dash:
            starts += [number for number in range(head + 1, end) if lines[number].startswith(dash[0])]
        for start, stop in pairwise([*starts, end]):
            yield start + 1, "\n".join(lines[start:stop]) + "\n"
