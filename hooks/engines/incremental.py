"""Which pages of the last build may stay as they are while somebody edits. Knows no site engine.

What becomes of a page depends on its own Markdown and on what all pages share: navigation, settings, style sheets. What
is filled in late (render/placeholders.py) moves with almost every save and changes nothing else: a page in which only that moved is
kept, and the new values are written in their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from hooks.render.site import Content, Printed


@dataclass(frozen=True, slots=True)
class Made:
    """A page that was built.

    Attributes:
        form: its Markdown with marks for what moves.
        moving: the values that stood in it, in order.
        between: what stands between these values in the finished page; nothing when it does not hold the same values
            in the same order, or when its entries hold any.
        entries: what the search index says of it.
    """

    form: Content
    moving: tuple[str, ...]
    between: tuple[str, ...] = ()
    entries: tuple[Any, ...] = ()


class Kept:
    """What is known of the last build. A build goes `begin`, `built` for each changed page, `finish`."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Nothing can be kept: the next build is a whole one."""
        self._shared = ""
        self._files: Mapping[str, Content] = {}
        self._pages: dict[str, Made] = {}
        self._next: dict[str, Made] = {}
        self._moving: tuple[re.Pattern[str], ...] = ()
        self.begun = False
        self.whole = True
        self.changed: set[str] = set()
        self.gone: set[str] = set()

    def begin(self, site: Mapping[str, Printed], shared: str, *, revision: str, file: str) -> None:
        """Find out what has to be built.

        Afterwards `whole` says that nothing can be kept, `changed` has the paths that differ from the last build, and
        `gone` those of files that it had and this one has not.

        Args:
            site: what the press printed, by path.
            shared: everything else that pages depend on, as text.
            revision: of the data.
            file: the guide's file, as links call it.
        """
        pages = {path: printed for path, printed in site.items() if path.endswith(".md")}
        files = {path: printed.content for path, printed in site.items() if path not in pages}
        last, self._shared = self._shared, ""  # a build that breaks halfway leaves nothing to rely on
        shared += repr([(path, _title(str(printed.form))) for path, printed in pages.items()])
        self.whole = last != shared
        self._moving = _moving(revision, file)
        self._next = {path: Made(printed.form, printed.moving) for path, printed in pages.items()}
        self.changed = {path for path, made in self._next.items() if not self._same(self._pages.get(path), made)}
        self.changed |= {path for path, content in files.items() if self._files.get(path) != content}
        self.gone = self._files.keys() - files.keys()
        if self.whole:
            self.changed = set(site)
        self._files, self._last, self.begun = files, shared, True

    @staticmethod
    def _same(old: Made | None, new: Made) -> bool:
        return old is not None and old.form == new.form and (bool(old.between) or old.moving == new.moving)

    def built(self, path: str, page: str, entries: list[Any]) -> None:
        """Note what became of a page."""
        made = self._next[path]
        between, values = _split(page, self._moving)
        exact = values == made.moving and not any(moving.search(repr(entries)) for moving in self._moving)
        self._next[path] = replace(made, between=between if exact else (), entries=tuple(entries))

    def has_moved(self, path: str) -> bool:
        """True for a kept page in which values moved."""
        return path not in self.changed and self._next[path].moving != self._pages[path].moving

    def renewed(self, path: str) -> str:
        """The finished page of the last build with the values of today."""
        first, *others = self._pages[path].between
        values = self._next[path].moving
        return "".join((first, *(part for pair in zip(values, others, strict=True) for part in pair)))

    def finish(self) -> None:
        """The build is complete, and the next one may keep its pages."""
        for path in self._next.keys() - self.changed:
            old = self._pages[path]
            self._next[path] = replace(self._next[path], between=old.between, entries=old.entries)
        self._pages, self._shared, self.begun = self._next, self._last, False

    def entries(self, path: str) -> tuple[Any, ...]:
        """What the search index says of a page, after `finish`."""
        return self._pages[path].entries if path in self._pages else ()


def _moving(revision: str, file: str) -> tuple[re.Pattern[str], ...]:
    """The revision, and the lines that follow the name of the guide's file in links; what moves is the group.

    Each begins with letters to look for, which makes them twenty times as quick as one pattern with a choice.
    """
    names = dict.fromkeys((file, quote(file, safe="")))
    lines = (re.compile(rf"{re.escape(name)}((?:%3A|#L)\d+)(?!\d)") for name in names)
    return re.compile(f"({re.escape(revision)})"), *lines


def _split(page: str, patterns: Iterable[re.Pattern[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands between the places that move, and what stands in them."""
    spans = sorted(place.span(1) for pattern in patterns for place in pattern.finditer(page))
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(page)]
    between = tuple(page[end:start] for end, start in zip(ends, starts, strict=True))
    return between, tuple(page[start:end] for start, end in spans)


def _title(text: str) -> str:
    """The title in a page's front matter, by which other pages may call it."""
    found = re.search(r"^title: (.*)$", text[:2000], re.MULTILINE)
    return found[1] if found else ""
