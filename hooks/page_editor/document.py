"""The guide's file as it is now: its data as text, places, and a digest by which a change is noticed."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path as FilePath
from typing import Any

import yaml

from hooks.source.edits import Spans, spans
from hooks.source.load import Loaded, load_bytes
from hooks.source.positions import Path, trail
from hooks.source.yaml_tree import read_tree


class CannotRead(Exception):  # noqa: N818  reads as what it says
    """The file cannot be edited on a page; the message says why."""


@dataclass(frozen=True)
class Document:
    """A guide's file.

    Attributes:
        content: its bytes.
        name: what problems call it.
    """

    content: bytes
    name: str

    @cached_property
    def base(self) -> str:
        """A digest of the content."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def loaded(self) -> Loaded:
        """The file as it is read."""
        return load_bytes(self.content, self.name)

    @property
    def text(self) -> str:
        """Its text, without a byte order mark."""
        return self.loaded.text

    @cached_property
    def data(self) -> Any:
        """What the file holds, each value as the text that is written there."""
        return read_tree(self.text, self.name).data

    @cached_property
    def spans(self) -> Spans:
        """Where everything is."""
        return spans(self.text)

    def at(self, path: Path) -> Any:
        """The value at a path, None where there is none."""
        node = self.data
        for step in path:
            inside = isinstance(node, dict) and step in node
            if not inside and not (isinstance(node, list) and isinstance(step, int) and 0 <= step < len(node)):
                return None
            node = node[step]
        return node

    def trail(self, path: Path) -> str:
        """A path as readers know it: "options › x › limitations › 2"."""
        return trail(self.data, path)

    def place_of(self, path: Path, other: Document) -> Path | None:
        """Where a value of another state of the file is now, whatever it is now; None where there is none any more."""
        here, there = self.data, other.data
        found: list[str | int] = []
        for step in path:
            now = _step_of(here, there, step)
            if now is None:
                return None
            found.append(now)
            here, there = here[now], there[step]
        return tuple(found) if isinstance(here, str) else None

    def with_text(self, text: str) -> Document:
        """The file with another text; a byte order mark stays."""
        mark = codecs.BOM_UTF8 if self.content.startswith(codecs.BOM_UTF8) else b""
        return Document(mark + text.encode("utf-8"), self.name)


def _step_of(here: Any, there: Any, step: str | int) -> str | int | None:
    """The step that leads to the same entry: the same key, the same id, or the same place in a list as long as before."""
    if isinstance(step, str):
        return step if isinstance(here, dict) and step in here else None
    if not isinstance(here, list):
        return None
    item = there[step]
    if isinstance(item, dict) and "id" in item:
        ids = [one.get("id") if isinstance(one, dict) else None for one in here]
        return ids.index(item["id"]) if item["id"] in ids else None
    if len(here) == len(there):
        return step
    return here.index(item) if item in here else None


def read_document(file: FilePath, name: str) -> Document:
    """The file as it is now; read again only when it has changed.

    Raises:
        CannotRead: there is no such file, or it is no YAML.
    """
    try:
        return _document(file.read_bytes(), name)
    except OSError as error:
        raise CannotRead(f"{name} cannot be read: {error.strerror}") from error


def read_text(text: str, name: str) -> Document:
    """A former state of the file, as `read_document` reads the one of now.

    Raises:
        CannotRead: the text is no YAML.
    """
    return _document(text.encode("utf-8"), name)


@lru_cache(maxsize=2)
def _document(content: bytes, name: str) -> Document:
    document = Document(content, name)
    try:
        found = document.spans if document.data is not None else None
    except yaml.YAMLError:
        found = None
    if not found or document.loaded.draft is None:
        raise CannotRead(f"{name} has an error that hides what it holds. Correct it in a text editor first.")
    return document
