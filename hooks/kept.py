"""Which pages of the last build may stay as they are while somebody edits. Knows no site engine.

What becomes of a page depends on its own Markdown and on what all pages share: navigation, settings, style sheets. What
is filled in late (late.py) moves with almost every save and changes nothing else: a page in which only that moved is
kept, and the new values are written in their places.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from .press import Content, Printed


@dataclass(frozen=True, slots=True)
class Made:
    """A page that was built.

    Attributes:
        form: its Markdown with marks for what moves.
        moving: the values that stood in it, in order.
        exact: True when the finished page holds the same values in the same order, and its entries hold none.
        entries: what the search index says of it.
    """

    form: Content
    moving: tuple[str, ...]
    exact: bool = False
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
        self._moving = self._moved = re.compile("(?!)")
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
        self._moved, self._moving = self._moving, _moving(revision, file)
        self._next = {path: Made(printed.form, printed.moving) for path, printed in pages.items()}
        self.changed = {path for path, made in self._next.items() if not self._same(self._pages.get(path), made)}
        self.changed |= {path for path, content in files.items() if self._files.get(path) != content}
        self.gone = self._files.keys() - files.keys()
        if self.whole:
            self.changed = set(site)
        self._files, self._last, self.begun = files, shared, True

    @staticmethod
    def _same(old: Made | None, new: Made) -> bool:
        return old is not None and old.form == new.form and (old.exact or old.moving == new.moving)

    def built(self, path: str, page: str, entries: list[Any]) -> None:
        """Note what became of a page."""
        made = self._next[path]
        found = tuple(place[2] or place[0] for place in self._moving.finditer(page))
        exact = found == made.moving and not self._moving.search(repr(entries))
        self._next[path] = replace(made, exact=exact, entries=tuple(entries))

    def has_moved(self, path: str) -> bool:
        """True for a kept page in which values moved."""
        return path not in self.changed and self._next[path].moving != self._pages[path].moving

    def renewed(self, path: str, page: str) -> str:
        """A finished page of the last build with the values of today, one by one."""
        values = iter(self._next[path].moving)
        return self._moved.sub(lambda place: (place[1] or "") + next(values), page)

    def finish(self) -> None:
        """The build is complete, and the next one may keep its pages."""
        for path in self._next.keys() - self.changed:
            old = self._pages[path]
            self._next[path] = replace(self._next[path], exact=old.exact, entries=old.entries)
        self._pages, self._shared, self.begun = self._next, self._last, False

    def entries(self, path: str) -> tuple[Any, ...]:
        """What the search index says of a page, after `finish`."""
        return self._pages[path].entries if path in self._pages else ()


def _moving(revision: str, file: str) -> re.Pattern[str]:
    """The revision; or the guide's file, as links call it, and in a second group the line there."""
    names = "|".join(re.escape(name) for name in dict.fromkeys((file, quote(file, safe=""))))
    return re.compile(rf"{re.escape(revision)}|({names})((?:%3A|#L)\d+)(?!\d)")


def _title(text: str) -> str:
    """The title in a page's front matter, by which other pages may call it."""
    found = re.search(r"^title: (.*)$", text[:2000], re.MULTILINE)
    return found[1] if found else ""
