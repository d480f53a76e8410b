"""`mkdocs serve`: quick builds while an editor works, and problems on top of the page that is open.

`DevServer` works between MkDocs and its server. It builds again what a save changes and reuses the rest; when a build
is stopped, the last good site stays up, and every page that is sent shows the problems until they are fixed.
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

from hooks.page_editor import PageEditor
from hooks.render.csp import with_policy
from hooks.render.reuse import PageCache
from hooks.render.site import RenderedFile
from hooks.source.locate import guide_file

from .incremental import IncrementalBuild

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("mkdocs.hooks")

STYLE = Path(__file__).parent / "templates" / "problems.css"
BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
POLL_SECONDS = 0.1
"""Between two looks for saved files."""

RELOAD = re.compile(r"<script>\s*var livereload\b.*?</script>", re.DOTALL)
"""What MkDocs' server adds to a page so that it loads again after a build."""


class DevServer:
    """The state of `mkdocs serve` between two builds, and what its server sends.

    Attributes:
        error_panel: HTML that says what stopped the last build; empty when nothing did.
        has_site: False until a first build is complete.
        page_cache: pages that need not be rendered again; None when everything has to be.
    """

    def __init__(self) -> None:
        self.error_panel = ""
        self.has_site = False
        self.page_cache: PageCache | None = None
        self._build = IncrementalBuild()
        self._files: Mapping[str, RenderedFile] = {}

    def reset(self) -> None:
        """Code has changed: the next build is a full one."""
        self._build.reset()
        self.page_cache = None

    # A build, in the order of its events

    def begin(
        self, files: Mapping[str, RenderedFile], shared: str, folder: str, *, revision: str, guide_file: str
    ) -> None:
        """Everything is rendered; see `IncrementalBuild.begin`. Files that are not part of the site any more go."""
        self._files = files
        self._build.begin(files, shared, revision=revision, guide_file=guide_file)
        if self._build.full:
            clean_directory(folder)
        for path in self._build.removed:
            Path(folder, path).unlink(missing_ok=True)
        log.info("%d of %d files have changed", len(self._build.changed), len(files))

    def begin_without_guide(self, panel: str, folder: str) -> None:
        """There is no guide yet that can be rendered."""
        self.error_panel = panel
        self._build.reset()
        clean_directory(folder)

    def is_changed(self, path: str) -> bool:
        """True when a rendered file is not what it was in the last build."""
        return path in self._build.changed or not self._build.running

    def name_reused_pages(self, files: Files) -> None:
        """Other pages call a page by its title, which MkDocs reads with the page; reused pages are not read."""
        for file in files.documentation_pages():
            page = file.page
            if page and page.title is None and not self.is_changed(file.src_uri):
                page.title = meta.get_data(str(self._files[file.src_uri].content))[1]["title"]

    def before_search(self, page: Page, config: MkDocsConfig) -> None:
        """The search plugin is about to read a page."""
        page.meta["entries"] = len(_search_entries(config))

    def page_built(self, page: Page, html: str, config: MkDocsConfig) -> None:
        """A page is finished."""
        if self._build.running:
            entries = _search_entries(config)[page.meta.pop("entries") :]
            self._build.page_built(page.file.src_uri, html, entries)

    def complete(self, pages: Iterable[Page], config: MkDocsConfig) -> None:
        """All changed pages are written: write new values into the reused ones, and complete the search index."""
        if not self._build.running:
            return
        for page in pages:
            path = page.file.src_uri
            if self._build.values_changed(path):
                Path(page.file.abs_dest_path).write_bytes(self._build.updated_html(path).encode("utf-8"))
        self._build.finish()
        _search_entries(config)[:] = [
            entry for page in pages for entry in self._build.search_entries(page.file.src_uri)
        ]
        self.has_site = True

    # The server

    def take_over(self, server: LiveReloadServer, config: MkDocsConfig) -> None:
        """From now on a save is built by `rebuild`, and what the server sends goes through `_served`."""
        logging.getLogger(build.__module__).addFilter(_not_about_dirty_builds)
        server.builder = lambda: self.rebuild(config)
        editor = PageEditor(lambda: guide_file(config.extra["guide"]))
        server.set_app(self._served(server.get_app(), server.mount_path, editor))
        _poll_often(server, [config.docs_dir, config.config_file_path])

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
            self.error_panel = self.error_panel or self.panel_of(error)
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

    def _served(self, site: WSGIApplication, root: str, editor: PageEditor) -> WSGIApplication:
        """The server's pages with the editor, the problems on top, and a policy that lets them load again."""

        def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            if editor.answers(environ):
                return editor.answer(environ, start_response)
            status, headers, body = _ask(site, environ)
            kind = next((value for name, value in headers if name.lower() == "content-type"), "")
            if kind.startswith("text/html"):
                html = body.decode("utf-8")
                if not RELOAD.search(html):  # a page for a wrong address: it may be right after the next save
                    _, _, home = _ask(site, {**environ, "PATH_INFO": root})
                    found = RELOAD.search(home.decode("utf-8"))
                    html = html.replace("</body>", f"{found[0] if found else ''}</body>")
                if self.error_panel:
                    html = with_panel(html, self.error_panel)
                body = with_policy(editor.added_to(html, environ)).encode("utf-8")
                headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
                headers.append(("Content-Length", str(len(body))))
            start_response(status, headers)
            return [body]

        return answer


def _poll_often(server: LiveReloadServer, watched: Iterable[str]) -> None:
    """MkDocs looks for saves twice a second. A look takes 4 ms, and looking more often saves a fifth of a second."""
    for path in watched:
        server.unwatch(path)
    server.observer = PollingObserver(timeout=POLL_SECONDS)
    for path in watched:
        server.watch(path)


def with_panel(html: str, panel: str) -> str:
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


def _search_entries(config: MkDocsConfig) -> list[Any]:
    """What the search plugin has read in this build; no one's list when there is no such plugin."""
    plugin = config.plugins.get("material/search")
    found = getattr(plugin, "search_index", None)
    return found.entries if found is not None else []


def _not_about_dirty_builds(record: logging.LogRecord) -> bool:
    """False for MkDocs' warning that a build which reuses pages may be inaccurate: incremental.py sees to that."""
    return "'dirty' build" not in record.getMessage()
