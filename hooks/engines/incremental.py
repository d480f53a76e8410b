"""Which pages need not be converted from Markdown to HTML again while an editor works. Knows no site engine.

What becomes of a page depends on its own Markdown and on what all pages share: navigation, settings, style sheets.
The values of placeholders (render/placeholders.py) change with almost every save and change nothing else: a page in
which only these changed is not built again, and the new values are written in their places.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from hooks.render.placeholders import Content, RenderedFile


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """A page that was built.

    Attributes:
        source: its Markdown with placeholders.
        shared: a digest of what all pages depended on then.
        values: the values of the placeholders, in order.
        html: what is between these values in the finished page; nothing when it does not hold the same values in the
            same order, or when its search entries hold any.
        search_entries: what the search index says of it.
    """

    source: Content
    values: tuple[str, ...]
    shared: str
    html: tuple[str, ...] = ()
    search_entries: tuple[Any, ...] = ()


class IncrementalBuild:
    """What was built last, and what has changed since. A build goes `begin`, `page_built` for each changed page, `finish`.

    A build may be given up after any page: what it wrote is known.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Nothing can be reused: the next build is a full one."""
        self._files: dict[str, Content] = {}
        self._pages: dict[str, BuiltPage] = {}
        self._next: dict[str, BuiltPage] = {}
        self._others: dict[str, Content] = {}
        self._patterns: tuple[re.Pattern[str], ...] = ()
        self.running = False
        self.full = True
        self.changed: set[str] = set()
        self.removed: set[str] = set()
        self.written: set[str] = set()

    def begin(
        self,
        files: Mapping[str, RenderedFile],
        shared: str,
        *,
        revision: str,
        guide_file: str,
        only: Collection[str] | None = None,
    ) -> None:
        """Find out what has to be built.

        Afterwards `full` says that nothing was built before, `changed` has the paths that differ from the last build, and
        `removed` those of pages and files that it had and this one has not. `written` gets those of pages that have
        become others.

        Args:
            files: what was rendered, by path.
            shared: everything else that pages depend on, as text.
            revision: of the data.
            guide_file: the guide's file, as links call it.
            only: the pages that may be built now; others stay as they are until the next build. None for all.
        """
        pages = {path: file for path, file in files.items() if path.endswith(".md")}
        others = {path: file.content for path, file in files.items() if path not in pages}
        shared = _digest(shared, [(path, _title(str(file.source))) for path, file in pages.items()])
        self.full = not self._pages
        self._patterns = _value_patterns(revision, guide_file)
        self._next = {path: BuiltPage(file.source, file.values, shared) for path, file in pages.items()}
        if only is not None:
            self._next |= {path: page for path, page in self._pages.items() if path not in only}
        self.changed = {path for path, page in self._next.items() if not _reusable(self._pages.get(path), page)}
        if only is not None:
            self.changed &= set(only)
        gone = [] if only is not None else [path for path in self._pages if path not in pages]
        self.removed = {*gone, *(self._files.keys() - others.keys())}
        self._others = {path: content for path, content in others.items() if self._files.get(path) != content}
        self.changed |= self._others.keys()
        for path in (*self.removed, *self._others):  # until they are written, what is there is unknown
            self._files.pop(path, None)
            self._pages.pop(path, None)
        self.written = set()
        self.running = True

    def page_built(self, path: str, html: str, search_entries: list[Any]) -> None:
        """Note what became of a page."""
        page = self._next[path]
        parts, values = _split(html, self._patterns)
        indexed = repr(search_entries)
        exact = values == page.values and not any(pattern.search(indexed) for pattern in self._patterns)
        page = replace(page, html=parts if exact else (), search_entries=tuple(search_entries))
        old = self._pages.get(path)
        if not (exact and old and (old.html, old.values) == (page.html, page.values)):
            self.written.add(path)
        self._next[path] = self._pages[path] = page

    def values_changed(self, path: str) -> bool:
        """True for a page that is not built again, but whose placeholders have new values."""
        return path in self._pages and path not in self.changed and self._next[path].values != self._pages[path].values

    def updated_html(self, path: str) -> str:
        """The finished page of the last build with the new values."""
        first, *others = self._pages[path].html
        values = self._next[path].values
        return "".join((first, *(part for pair in zip(values, others, strict=True) for part in pair)))

    def finish(self) -> None:
        """The build is complete, and the next one can reuse its pages."""
        for path in self._next.keys() & self._pages.keys() - self.changed:
            old = self._pages[path]
            self._pages[path] = replace(self._next[path], html=old.html, search_entries=old.search_entries)
        self._files |= self._others
        self.running = False

    def search_entries(self, path: str) -> tuple[Any, ...]:
        """What the search index says of a page, after `finish`."""
        return self._pages[path].search_entries if path in self._pages else ()


def _reusable(old: BuiltPage | None, new: BuiltPage) -> bool:
    if old is None or (old.source, old.shared) != (new.source, new.shared):
        return False
    return bool(old.html) or old.values == new.values


def _digest(*what: object) -> str:
    return hashlib.sha256(repr(what).encode()).hexdigest()


def _value_patterns(revision: str, guide_file: str) -> tuple[re.Pattern[str], ...]:
    """The revision, and the lines that follow the name of the guide's file in links; the value is the group.

    Each begins with letters to look for, which makes them twenty times as quick as one pattern with a choice.
    """
    names = dict.fromkeys((guide_file, quote(guide_file, safe="")))
    lines = (re.compile(rf"{re.escape(name)}((?:%3A|#L)\d+)(?!\d)") for name in names)
    return re.compile(f"({re.escape(revision)})"), *lines


def _split(html: str, patterns: Iterable[re.Pattern[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is between the values, and the values."""
    spans = sorted(match.span(1) for pattern in patterns for match in pattern.finditer(html))
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(html)]
    parts = tuple(html[end:start] for end, start in zip(ends, starts, strict=True))
    return parts, tuple(html[start:end] for start, end in spans)


def _title(text: str) -> str:
    """The title in a page's front matter, by which other pages may call it."""
    found = re.search(r"^title: (.*)$", text[:2000], re.MULTILINE)
    return found[1] if found else ""
