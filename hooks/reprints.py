"""Pages of the last edition that need not be printed again, because nothing that they read has changed.

A family that prints many pages says of each which entries it reads. Everything else that a page may show is shared by
all pages: other sections, what counts in a decision, and the names by which pages call each other's entries.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

from selector import Guide

from .remembered import deciding

Read = tuple[str, str]
"""A section and the id of an entry in it."""

OWN = ("options", "strategies", "examples")
"""Sections whose entries have pages of their own."""

NAMES = ("id", "aliases", "name", "short", "title", "kind", "off", "costs")
"""What pages show of entries that they do not read: how these are called, and what lines of a bill are made from."""


class Reprints:
    """What was printed last, by path. An edition goes `begin`, then `page` for each page of such a family."""

    def __init__(self) -> None:
        self._shared = ""
        self._guide: Guide | None = None
        self._digests: dict[Read, str] = {}
        self._pages: dict[str, tuple[tuple[str, ...], str]] = {}

    def begin(self, guide: Guide, settings: object) -> None:
        """Forget everything when something has changed that all pages share.

        Args:
            guide: what is printed now.
            settings: whatever else pages depend on; its `repr` counts.
        """
        shared = _shared(guide) + repr(settings)
        if shared != self._shared:
            self._pages.clear()
        self._shared, self._guide, self._digests = shared, guide, {}

    def page(self, path: str, reads: Iterable[Read], make: Callable[[], str]) -> str:
        """The page of the last edition if its entries are the same, or a new one."""
        key = tuple(self._digest(read) for read in reads)
        known = self._pages.get(path)
        if known is None or known[0] != key:
            known = self._pages[path] = key, make()
        return known[1]

    def _digest(self, read: Read) -> str:
        assert self._guide is not None
        if read not in self._digests:
            self._digests[read] = _digest(self._guide.entry(*read))
        return self._digests[read]


def _shared(guide: Guide) -> str:
    data = guide.data
    named = {name: [[entry.get(field) for field in NAMES] for entry in data.get(name, ())] for name in OWN}
    others = {name: value for name, value in data.items() if name not in OWN}
    return deciding(guide) + _digest([named, others])


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
