"""What the server of MkDocs has no public way for: to show pages before a build is complete. MkDocs 1.6 is its last version."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserver

POLL_SECONDS = 0.1
"""Between two looks for saved files."""


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


def poll_often(server: LiveReloadServer, watched: Iterable[str]) -> None:
    """MkDocs looks for saves twice a second. A look takes 4 ms, and looking more often saves a fifth of a second."""
    for path in watched:
        server.unwatch(path)
    server.observer = PollingObserver(timeout=POLL_SECONDS)
    for path in watched:
        server.watch(path)
