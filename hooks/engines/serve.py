"""`mkdocs serve`: quick builds while somebody edits, and problems on top of the page that is open.

A desk stands between MkDocs and its development server. It builds anew what a save changes and keeps the rest; when a
build is stopped, the last good site stays up, and every page that is sent carries the problems until they are mended.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import clean_directory, meta
from watchdog.observers.polling import PollingObserver

from hooks.render.csp import with_policy
from hooks.render.reuse import Reprints
from hooks.render.site import Printed

from .incremental import Kept

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("mkdocs.hooks")

STYLE = Path(__file__).parent / "templates" / "problems.css"
BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
LOOK = 0.1
"""Seconds between two looks for saves."""

RELOAD = re.compile(r"<script>\s*var livereload\b.*?</script>", re.DOTALL)
"""What MkDocs' server adds to a page so that it loads again after a build."""


class Desk:
    """What is known between builds.

    Attributes:
        trouble: a panel with what stopped the last build; empty when nothing did.
        has_site: False until a first build is complete.
        reprints: what the press need not print again; None when everything has to be printed.
    """

    def __init__(self) -> None:
        self.trouble = ""
        self.has_site = False
        self.reprints: Reprints | None = None
        self._kept = Kept()
        self._site: Mapping[str, Printed] = {}

    def forget(self) -> None:
        """Code has changed: the next build is a whole one."""
        self._kept.forget()
        self.reprints = None

    # A build, in the order of its events

    def begin(self, site: Mapping[str, Printed], shared: str, folder: str, *, revision: str, file: str) -> None:
        """The press is done; see `Kept.begin`. What is not part of the site any more goes."""
        self._site = site
        self._kept.begin(site, shared, revision=revision, file=file)
        if self._kept.whole:
            clean_directory(folder)
        for path in self._kept.gone:
            Path(folder, path).unlink(missing_ok=True)
        log.info("%d of %d files have changed", len(self._kept.changed), len(site))

    def begin_without_guide(self, panel: str, folder: str) -> None:
        """There is no guide yet that could be printed."""
        self.trouble = panel
        self._kept.forget()
        clean_directory(folder)

    def is_changed(self, path: str) -> bool:
        """True when a printed file is not what it was in the last build."""
        return path in self._kept.changed or not self._kept.begun

    def name_kept(self, files: Files) -> None:
        """MkDocs reads a title where it reads a page, and a kept page is not read."""
        for file in files.documentation_pages():
            page = file.page
            if page and page.title is None and not self.is_changed(file.src_uri):
                page.title = meta.get_data(str(self._site[file.src_uri].content))[1]["title"]

    def before_search(self, page: Page, config: MkDocsConfig) -> None:
        """The search plugin is about to read a page."""
        page.meta["entries"] = len(_entries(config))

    def built(self, page: Page, output: str, config: MkDocsConfig) -> None:
        """A page is finished."""
        if self._kept.begun:
            entries = _entries(config)[page.meta.pop("entries") :]
            self._kept.built(page.file.src_uri, output, entries)

    def complete(self, order: Iterable[Page], config: MkDocsConfig) -> None:
        """All pages are written: bring those that were kept up to date, and the search index together."""
        if not self._kept.begun:
            return
        for page in order:
            path = page.file.src_uri
            if self._kept.has_moved(path):
                Path(page.file.abs_dest_path).write_bytes(self._kept.renewed(path).encode("utf-8"))
        self._kept.finish()
        _entries(config)[:] = [entry for page in order for entry in self._kept.entries(page.file.src_uri)]
        self.has_site = True

    # The server

    def take_over(self, server: LiveReloadServer, config: MkDocsConfig) -> None:
        """From now on a save is built by `rebuild`, and what the server sends passes `_served`."""
        logging.getLogger(build.__module__).addFilter(_about_keeping)
        server.builder = lambda: self.rebuild(config)
        server.set_app(self._served(server.get_app(), server.mount_path))
        _look_often(server, [config.docs_dir, config.config_file_path])

    def rebuild(self, first: MkDocsConfig) -> None:
        """Build what has changed. What stops a build is shown, and the server goes on."""
        try:
            config = load_config(
                config_file=first.config_file_path,
                site_dir=first.site_dir,
                strict=first.strict,
                use_directory_urls=first.use_directory_urls,
            )
            config.site_url = first.site_url
            build(config, serve_url=first.site_url, dirty=True)
        except (Exception, SystemExit) as error:
            self.trouble = self.trouble or self.panel_of(error)
            if not isinstance(error, SystemExit):
                log.exception("The site could not be built; the last good one is still there.")

    @staticmethod
    def panel_of(error: BaseException) -> str:
        """A panel for what is no problem of the guide: a broken template, a wrong setting."""
        return str(
            Markup(
                '<section class="problems" role="alert" aria-labelledby="problems-title">'
                '<h2 id="problems-title">The site could not be built</h2>'
                '<pre class="problem-source"><code>{}: {}</code></pre></section>'
            ).format(type(error).__name__, error)
        )

    def _served(self, site: WSGIApplication, root: str) -> WSGIApplication:
        """The server's pages with the problems on top, and with a policy that lets them load again."""

        def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            status, headers, body = _ask(site, environ)
            kind = next((value for name, value in headers if name.lower() == "content-type"), "")
            if kind.startswith("text/html"):
                html = body.decode("utf-8")
                if not RELOAD.search(html):  # a page for a wrong address: it may be right after the next save
                    _, _, home = _ask(site, {**environ, "PATH_INFO": root})
                    found = RELOAD.search(home.decode("utf-8"))
                    html = html.replace("</body>", f"{found[0] if found else ''}</body>")
                if self.trouble:
                    html = on_top(html, self.trouble)
                body = with_policy(html).encode("utf-8")
                headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
                headers.append(("Content-Length", str(len(body))))
            start_response(status, headers)
            return [body]

        return answer


def _look_often(server: LiveReloadServer, watched: Iterable[str]) -> None:
    """MkDocs looks for saves twice a second. A look takes 4 ms, and looking more often saves a fifth of a second."""
    for path in watched:
        server.unwatch(path)
    server.observer = PollingObserver(timeout=LOOK)
    for path in watched:
        server.watch(path)


def on_top(html: str, panel: str) -> str:
    """The page with a panel as the first thing in its body."""
    style = f"<style>{STYLE.read_text('utf-8')}</style>"
    return BODY.sub(lambda body: f"{body[0]}\n{style}{panel}", html, count=1)


def _ask(site: WSGIApplication, environ: WSGIEnvironment) -> tuple[str, list[tuple[str, str]], bytes]:
    """Status, headers and content that an application answers with."""
    said: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], _: Any = None) -> Callable[[bytes], object]:
        said[:] = [status, headers]
        return written.write

    written = BytesIO()
    answer = site(environ, start)
    try:
        written.writelines(answer)
    finally:
        getattr(answer, "close", lambda: None)()
    return said[0], said[1], written.getvalue()


def _entries(config: MkDocsConfig) -> list[Any]:
    """What the search plugin has read in this build; nobody's list when there is no such plugin."""
    plugin = config.plugins.get("material/search")
    found = getattr(plugin, "search_index", None)
    return found.entries if found is not None else []


def _about_keeping(record: logging.LogRecord) -> bool:
    """False for MkDocs' warning that a build which keeps pages may be inaccurate: incremental.py sees to that."""
    return "'dirty' build" not in record.getMessage()
