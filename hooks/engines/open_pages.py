"""Which pages of the preview are open in a browser: these are built first, and sent while the others are being built."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from select import select
from threading import Event
from typing import Any
from urllib.parse import unquote, urlsplit

from mkdocs.structure.pages import Page

POLL = "/livereload/"
"""Where every open page asks for the next build; it is answered when there is one."""

LOOK = 0.1
"""Seconds after which a request that waits looks again whether its page is there."""

USED = ("assets/", "search/")
"""Folders of files that a page loads: what the open pages need of them is written with these."""


class OpenPages:
    """The pages that browsers show.

    Attributes:
        first: addresses of the pages that the build under way has finished already.
        loaded: set once one of these waits for the next build, which it does when it is there; or if none did before.
        wanted: pages that are asked for and not built yet.
        whole: set while the site is complete; cleared from the first finished page to the last.
    """

    def __init__(self) -> None:
        self.first: frozenset[str] = frozenset()
        self.loaded, self.whole = Event(), Event()
        self.whole.set()
        self.wanted: set[str] = set()
        self._root = "/"
        self._waiting: dict[int, tuple[str, Any]] = {}
        self._last: str | None = None
        self._paths: dict[str, str] = {}

    def serve_below(self, root: str) -> None:
        """The folder in which the site is served, with a slash at both ends."""
        self._root = root

    def know(self, pages: Iterable[Page]) -> None:
        """The pages of the site, by which an address is known."""
        self._paths = {_name(page.file.url): page.file.src_uri for page in pages}

    def paths(self) -> frozenset[str]:
        """The open pages as the site engine calls them: those that wait for a build, and the one that was sent last."""
        return frozenset(self._paths[name] for name in (*self._asking(), self._last) if name in self._paths)

    def _asking(self) -> list[str]:
        return [name for name, asked in list(self._waiting.values()) if _is_there(asked)]

    def finished(self, paths: Iterable[str]) -> None:
        """These pages are built, others are not yet."""
        built = set(paths)
        self.first = frozenset(name for name, path in self._paths.items() if path in built)
        self.wanted -= built
        self.whole.clear()
        if self._asking():
            self.loaded.clear()
        else:
            self.loaded.set()

    def sent(self, environ: Mapping[str, str]) -> None:
        """A page is sent to a browser."""
        self._last = self._named(environ["PATH_INFO"])

    def has_to_wait(self, environ: Mapping[str, str]) -> bool:
        """True for a request that is to be answered once all is built."""
        name = self._named(environ["PATH_INFO"])
        return not self.whole.is_set() and name not in self.first and not name.startswith(USED)

    def wait_for(self, environ: Mapping[str, str]) -> None:
        """Returns when a request can be answered. A page that is waited for is built before the others."""
        while self.has_to_wait(environ):
            if path := self._paths.get(self._named(environ["PATH_INFO"])):
                self.wanted.add(path)
            self.whole.wait(LOOK)

    def complete(self) -> None:
        """All pages are built."""
        self.wanted.clear()
        self.whole.set()

    @contextmanager
    def polling(self, environ: Mapping[str, Any]) -> Iterator[None]:
        """While a page waits for the next build."""
        name = self._named(unquote(urlsplit(environ.get("HTTP_REFERER", "")).path))
        self._waiting[id(environ)] = name, environ["wsgi.input"]
        if name in self.first:
            self.loaded.set()
        try:
            yield
        finally:
            del self._waiting[id(environ)]

    def _named(self, address: str) -> str:
        return _name(address.removeprefix(self._root))


def _is_there(request: Any) -> bool:
    """False when a browser has left the page that asked, or closed it: of its request only the end is left to read."""
    connection = getattr(getattr(request, "raw", None), "_sock", None)
    if not isinstance(connection, socket.socket):
        return True
    try:
        has_something, _, _ = select([connection], [], [], 0)
        return not has_something or connection.recv(1, socket.MSG_PEEK) != b""
    except (OSError, ValueError):  # closed
        return False


def _name(address: str) -> str:
    """An address of a page below the site's root as one of its forms."""
    return unquote(address).removesuffix("index.html").removeprefix("./").strip("/")
