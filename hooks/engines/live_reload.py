"""What the server of MkDocs has no public way for: to show pages before a build is complete. MkDocs 1.6 is its last version."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserver

GUIDE_SECONDS, CODE_SECONDS = 0.05, 0.2
"""Between two looks for saves. A look at the few files beside the guide takes nothing, one into folders of code takes some
milliseconds, also while a build runs."""


class Superseded(BaseException):
    """A build ends because the file was saved again. No error: MkDocs must not report one."""


def show(server: LiveReloadServer) -> None:
    """Browsers load their page again, and requests are answered, while the builder goes on."""
    with server._epoch_cond:
        server._visible_epoch = server._wanted_epoch
        server._epoch_cond.notify_all()


def load_again(server: LiveReloadServer) -> None:
    """Browsers load their page once more when the builder returns."""
    server._wanted_epoch += 1


def is_saved_again(server: LiveReloadServer) -> bool:
    """True when a watched file has changed since the build began."""
    return server._want_rebuild


def poll_often(server: LiveReloadServer, watched: Iterable[str], guide: Path) -> None:
    """MkDocs looks for saves twice a second. Looking more often saves a fifth of a second."""
    for path in watched:
        server.unwatch(path)
    server.observer = _OftenAtGuide(guide)
    for path in watched:
        server.watch(path)


class _OftenAtGuide(PollingObserver):
    """Looks where the guide is more often than into other folders."""

    def __init__(self, guide: Path) -> None:
        super().__init__(timeout=CODE_SECONDS)
        self._beside = (guide.resolve(), guide.resolve().parent)

    def schedule(self, event_handler: Any, path: str, **more: Any) -> Any:
        self._timeout = GUIDE_SECONDS if Path(path).resolve() in self._beside else CODE_SECONDS  # of this watch
        return super().schedule(event_handler, path, **more)
