"""Looks for evidence in files, one after the other, and keeps where it was: paths, lines, kinds and names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from selector.text.encodings import tolerant_text
from selector.text.visible import visible

from .evidence import Evidence, Pattern, Rules
from .fields import STEP, Field, read_fields
from .files import LARGEST, MOST_BYTES

MOST_PLACES = 50
"""Places of one piece of evidence that are kept. All are counted."""

MOST_FIELDS = 400_000
"""Fields of one file that are read."""

MOST_LINE = 400
"""Characters of a line that expressions see."""

OPENS = re.compile(r"\{\{-?\s*(if|with|range|else|end|define|block)\b")
KIND = re.compile(r"""(?:\A|\n)["']?kind["']?[ \t]*:[ \t]*["']?([A-Za-z][\w.-]*)""")
API = re.compile(r"""(?:\A|\n)["']?apiVersion["']?[ \t]*:[ \t]*["']?([\w./-]+)""")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
ITEM = re.compile(r"\n( *)- ")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found: the path as it is shown, the line from 1, kind and name "" where there is none."""

    path: str
    line: int
    kind: str = ""
    name: str = ""


@dataclass
class Tally:
    """How often one piece of evidence was found; `firm` is how often under no condition of a template, `called` what the
    patterns call it."""

    count: int = 0
    firm: int = 0
    places: list[Place] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Document:
    text: str
    line: int
    kind: str
    api: str
    conditional: bool = False


class Scan:
    """One reading of a repository. Give it files in the order of the plan, then read `tallies`.

    Attributes:
        limits: what was not read, in sentences.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.tallies: dict[str, Tally] = {one.id: Tally() for one in rules.evidence}
        self.units: set[str] = set()
        self.files = self.bytes = 0
        self.cut: list[str] = []
        self.unread = 0
        pairs = [(one, pattern) for one in rules.evidence for pattern in one.patterns]
        self._paths = [pair for pair in pairs if not pair[1].reads_documents and pair[1].line is None]
        self._lines = [pair for pair in pairs if pair[1].line is not None]
        documents: list[tuple[Evidence | None, Pattern]] = [pair for pair in pairs if pair[1].reads_documents]
        documents += [(None, unit) for unit in rules.units]
        self._by_kind: dict[str, list[tuple[Evidence | None, Pattern]]] = {}
        self._any_kind = [pair for pair in documents if not pair[1].kinds]
        for pair in documents:
            for kind in pair[1].kinds:
                self._by_kind.setdefault(kind, []).append(pair)

    def add(self, path: str, content: bytes, size: int | None = None) -> None:
        """Read one file; `size` is that of the whole file when `content` is its beginning. Raises nothing."""
        size = len(content) if size is None else size
        if self.bytes + len(content) > MOST_BYTES:
            self.unread += 1
            return
        self.files += 1
        self.bytes += len(content)
        if size > LARGEST:
            self.cut.append(visible(path))
            content = content[:LARGEST]
        for one, pattern in self._paths:
            if pattern.fits_path(path):
                self._found(one, pattern, path, 0)
        text = tolerant_text(content)
        if text is None:
            return
        lines = [pair for pair in self._lines if pair[1].fits_path(path) and pair[1].may_be_in(text)]
        if lines:
            self._read_lines(path, text, lines)
        if self.rules.documents.fullmatch(path):
            self._read_documents(path, text)

    def _read_lines(self, path: str, text: str, pairs: list[tuple[Evidence, Pattern]]) -> None:
        open_pairs = [(one, pattern) for one, pattern in pairs if pattern.line is not None]
        for number, line in enumerate(text.split("\n")):
            for pair in open_pairs:
                one, pattern = pair
                if pattern.line is not None and pattern.line.search(line[:MOST_LINE]):
                    self._found(one, pattern, path, number)
                    open_pairs = [other for other in open_pairs if other is not pair]  # once a file
            if not open_pairs:
                return

    def _read_documents(self, path: str, text: str) -> None:
        untyped = [pair for pair in self._any_kind if pair[1].fits_path(path) and pair[1].may_be_in(text)]
        if not untyped and not any(kind in text for kind in self._by_kind):
            return
        text = text.replace("\r\n", "\n")
        left = MOST_FIELDS
        depth = 0
        for document in _documents(text):
            depth, before = _depth(document.text, depth)
            if before > 0:
                document = replace(document, conditional=True)  # noqa: PLW2901
            pairs = [*self._by_kind.get(document.kind, ()), *untyped]
            pairs = [pair for pair in pairs if _may_fit(pair[1], path, document)]
            if not pairs:
                continue
            fields: list[Field] | None = None
            for one, pattern in pairs:
                line: int | None = 0
                if pattern.needs_fields:
                    if fields is None:
                        fields, complete = read_fields(document.text) if left > 0 else ([], False)
                        left -= len(fields)
                        if not complete and visible(path) not in self.cut[-1:]:
                            self.cut.append(visible(path))
                    line = pattern.line_in(fields)
                if line is None:
                    continue
                if one is None:
                    self.units.add(path.rpartition("/")[0])
                else:
                    self._found(one, pattern, path, document.line + (line or _kind_line(document.text)), document)

    def _found(self, one: Evidence, pattern: Pattern, path: str, line: int, document: _Document | None = None) -> None:
        tally = self.tallies[one.id]
        if one.per is not None:
            part = _part(one.per, path)
            if part is None or part in tally.parts or one.but.fullmatch(part.rpartition("/")[2]):
                return
            tally.parts.add(part)
        tally.count += 1
        tally.firm += document is None or not document.conditional
        if pattern.called:
            tally.called.add(pattern.called)
        tally.folders.add(path.rpartition("/")[0])
        if len(tally.places) < MOST_PLACES:
            kind, name = ("", "") if document is None else (document.kind, _name(document.text))
            tally.places.append(Place(visible(path), line + 1, kind, name))


def _may_fit(pattern: Pattern, path: str, document: _Document) -> bool:
    if pattern.api is not None and not pattern.api.fullmatch(document.api):
        return False
    return pattern.fits_path(path) and pattern.may_be_in(document.text)


def _documents(text: str) -> Iterator[_Document]:
    """The documents of a text, those inside lists of documents too."""
    line = 0
    if text[:1] in "{[":
        yield from _typed(text, 0)
        return
    start = 0
    while start <= len(text):
        end = text.find("\n---", start)
        while end >= 0 and text[end + 4 : end + 5] not in ("", " ", "\t", "\n", "\r", "#"):
            end = text.find("\n---", end + 4)
        piece = text[start:] if end < 0 else text[start : end + 1]
        yield from _typed(piece, line)
        if end < 0:
            return
        line += piece.count("\n")
        start = end + 1


def _typed(text: str, line: int) -> Iterator[_Document]:
    if text.startswith("---\n{"):
        text, line = text[4:], line + 1
    kind, api = KIND.search(text), API.search(text)
    if kind is None and text[:1] in "{[":
        yield from _json(text, line)
    elif kind is not None and kind[1] == "List":
        yield from _items(text, line)
    else:
        yield _Document(text, line, kind[1] if kind else "", api[1] if api else "")


def _json(text: str, line: int) -> Iterator[_Document]:
    fields = read_fields(text)[0] if '"kind"' in text and '"apiVersion"' in text else []
    kind = next((one.value for one in fields if one.path == f"{STEP}kind"), "")
    api = next((one.value for one in fields if one.path == f"{STEP}apiVersion"), "")
    yield _Document(text, line, kind, api)


def _items(text: str, line: int) -> Iterator[_Document]:
    """Each item of a list of documents, moved to the left."""
    start = text.find("\nitems:")
    first = ITEM.search(text, start) if start >= 0 else None
    if first is None:
        return
    indent = first[1]
    marks = [found.start() for found in re.compile(rf"\n{indent}- ").finditer(text, start)]
    number = line + text.count("\n", 0, marks[0] + 1)
    for begin, end in zip(marks, [*marks[1:], len(text)], strict=True):
        piece = text[begin + 1 : end]
        body = "\n".join(one[len(indent) + 2 :] for one in piece.split("\n"))
        kind, api = KIND.search(body), API.search(body)
        yield _Document(body, number, kind[1] if kind else "", api[1] if api else "")
        number += text.count("\n", begin + 1, end + 1)


def _depth(text: str, depth: int) -> tuple[int, int]:
    """How deep in conditions of a template the text ends and its kind is, when it begins at this depth."""
    if "{{" not in text:
        return depth, depth
    found = KIND.search(text)
    at, before = found.start() if found else 0, depth
    for mark in OPENS.finditer(text):
        if mark[1] == "end":
            depth = max(0, depth - 1)
        elif mark[1] != "else":
            depth += 1
        if mark.start() <= at:
            before = depth
    return depth, before


def _kind_line(text: str) -> int:
    found = KIND.search(text)
    return text.count("\n", 0, found.start(1)) if found else 0


def _name(text: str) -> str:
    """The document's name, when it is one."""
    for one in read_fields(text[:4000])[0]:
        if one.path == f"{STEP}metadata{STEP}name":
            return one.value if NAME.fullmatch(one.value) else ""
    return ""


def _part(pattern: re.Pattern[str], path: str) -> str | None:
    """The shortest beginning of a path that the pattern matches."""
    steps = path.split("/")
    for length in range(1, len(steps) + 1):
        part = "/".join(steps[:length])
        if pattern.fullmatch(part):
            return part
    return None
