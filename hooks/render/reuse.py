"""Which pages need not be rendered to Markdown again, because nothing that they read has changed.

A family of many pages says of each which entries it reads: it may show all that they say, and the sources that
they name. Everything else that a page may show is shared by all pages: other sections, what counts in a decision, and
what entries are called.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hooks.evaluation.cache import decision_digest
from selector import Guide

from .citations import sources_in
from .placeholders import RenderedFile

Read = tuple[str, str]
"""A section and the id of an entry in it."""

READ = ("options", "strategies", "examples", "criteria", "questions")
"""Sections whose entries a page has to read to show more than what they are called."""

CALLED = ("id", "aliases", "name", "short", "in_setups", "title", "kind", "off", "costs", "editions")
"""What pages show of entries that they do not read: how these and their editions are called, and what bills are made from. Of
levels it is their labels."""


class PageCache:
    """What was rendered last, by name: pages by their path, and parts of pages. A build goes `begin`, then `get`.

    Attributes:
        first: pages that a browser waits for: only these are rendered now, others are what they were. None for all.
        rendered: the files of the last build by family.
        before_each: called before anything is rendered; what it raises ends the build.
    """

    def __init__(self) -> None:
        self.first: frozenset[str] | None = None
        self.rendered: dict[str, dict[str, RenderedFile]] = {}
        self.before_each: Callable[[], None] = lambda: None
        self._shared = ""
        self._guide: Guide | None = None
        self._digests: dict[Read, str] = {}
        self._last: dict[str, tuple[tuple[str, ...], str]] = {}

    def begin(self, guide: Guide, settings: object) -> None:
        """Forget everything when something has changed that all pages share.

        Args:
            guide: what is rendered now.
            settings: whatever else pages depend on; its `repr` counts.
        """
        shared = _shared(guide) + repr(settings)
        if shared != self._shared:
            self._last.clear()
        self._shared, self._guide, self._digests = shared, guide, {}

    def put_off(self, family: str) -> dict[str, RenderedFile]:
        """The files of a family that no browser waits for now, as they were last."""
        if self.first is None:
            return {}
        return {path: file for path, file in self.rendered.get(family, {}).items() if path not in self.first}

    def kept(self, path: str) -> str | None:
        """A page that no browser waits for now, as it was last; None for one that has to be rendered."""
        if self.first is None or path in self.first:
            return None
        found = next((files[path] for files in self.rendered.values() if path in files), None)
        return None if found is None else str(found.source)

    def get(self, name: str, reads: Iterable[Read], make: Callable[[], str]) -> str:
        """What the last build had under this name if its entries are the same, or what is made now."""
        self.before_each()
        if (kept := self.kept(name)) is not None:
            return kept
        key = tuple(self._digest(read) for read in reads)
        known = self._last.get(name)
        if known is None or known[0] != key:
            known = self._last[name] = key, make()
        return known[1]

    def _digest(self, read: Read) -> str:
        assert self._guide is not None
        if read not in self._digests:
            self._digests[read] = _digest(self._guide, self._guide.entry(*read))
        return self._digests[read]


def _shared(guide: Guide) -> str:
    called = {name: [_called(entry) for entry in guide.data.get(name, ())] for name in READ}
    others = {name: value for name, value in guide.data.items() if name not in (*READ, "sources")}
    return decision_digest(guide) + _digest(guide, {"called": called, **others})


def _called(entry: Mapping[str, Any]) -> list[Any]:
    labels = [level["label"] for level in entry.get("levels", ())]
    return [*(entry.get(field) for field in CALLED), labels]


def _digest(guide: Guide, value: Any) -> str:
    """A digest of data and of the sources that it names. What a field `source` names may be something else, as evidence."""
    named = set(sources_in(value))
    sources = [
        one for one in guide.data.get("sources", ()) if not named.isdisjoint((one["id"], *one.get("aliases", ())))
    ]
    return hashlib.sha256(json.dumps([value, sources], sort_keys=True).encode()).hexdigest()
