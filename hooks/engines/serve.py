"""`mkdocs serve`: quick builds while an editor works, and problems on top of the page that is open.

`DevServer` works between MkDocs and its server. It builds again what a save changes and reuses the rest: first the pages
that are open in a browser, then, while these are sent already, all others; the next save ends that. When a build is
stopped, the last good site stays up, and every page that is sent shows the problems until they are fixed.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import clean_directory

from hooks.page_editor import PageEditor
from hooks.render.csp import with_policy
from hooks.render.reuse import PageCache
from hooks.render.site import RenderedFile
from hooks.source.locate import guide_file
from hooks.source.problems_html import panel

from .broken import broken_guide
from .incremental import IncrementalBuild
from .live_reload import Superseded, is_saved_again, load_again, poll_often, show
from .open_pages import POLL, OpenPages
from .reused import Templates, search_entries, title_of
from .rules_process import Judging, RulesProcess
from .sent import ask, with_panel

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("mkdocs.hooks")

KEEP = Path(__file__).parent / "templates" / "keep.js"
PAUSE = 3.0
"""Seconds for which a build waits at most until a browser has loaded an open page: it would slow the browser down."""
DETOURS = 5
"""Times that a build of all pages is put off for a page that a browser opens."""

PAUSES = 30
"""Looks for the next save meanwhile."""

RELOAD = re.compile(r"<script>\s*var livereload\b.*?</script>", re.DOTALL)
"""What MkDocs' server adds to a page so that it loads again after a build."""


class DevServer:
    """The state of `mkdocs serve` between two builds, and what its server sends.

    Attributes:
        error_panel: HTML that says what stopped the last build; empty when nothing did.
        shown_text: the guide's file as the last build had it that was not stopped; empty before there is one.
        has_site: False until a first build is complete.
        page_cache: pages that need not be rendered again; None when everything has to be.
        first: the pages to be built now because they are open; None for all.
        rules: the process that judges a save while this one renders it; None before there is one.
        judging: what it has been asked about the build under way.
    """

    def __init__(self) -> None:
        self.error_panel = self.shown_text = ""
        self.has_site = False
        self.page_cache: PageCache | None = None
        self.first: frozenset[str] | None = None
        self.rules: RulesProcess | None = None
        self.judging: Judging | None = None
        self._open = OpenPages()
        self._shown_panel = ""  # what pages show while others are being built
        self._detours = 0
        self._late_panel = ""  # what only the slow rules said last
        self._written: dict[str, Path] = {}
        self._build = IncrementalBuild()
        self._templates = Templates()
        self._files: Mapping[str, RenderedFile] = {}

    def reset(self) -> None:
        """Code has changed: the next build is a full one."""
        self._build.reset()
        self.page_cache = self.first = None
        self.end()

    def end(self) -> None:
        """The server ends, or its second process would go on with former code."""
        if self.rules:
            self.rules.stop()
        self.rules = None

    # A build, in the order of its events

    def begin(
        self, files: Mapping[str, RenderedFile], shared: str, folder: str, *, revision: str, guide_file: str
    ) -> None:
        """Everything is rendered; see `IncrementalBuild.begin`. Files that are not part of the site any more go."""
        self._files = files
        self._build.begin(files, shared, revision=revision, guide_file=guide_file, only=self.first)
        if self._build.full:
            clean_directory(folder)
        for path in self._build.removed:
            self._written.pop(path, Path(folder, path)).unlink(missing_ok=True)
        log.info("%d of %d files have changed", len(self._build.changed), len(files))

    def rendering(self) -> PageCache:
        """What the next build may reuse, and which pages it is to render."""
        self.error_panel, self.judging = "", None
        self.page_cache = self.page_cache or PageCache()
        self.page_cache.first, self.page_cache.before_each = self.first, self.give_way
        return self.page_cache

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
                page.title = title_of(str(self._files[file.src_uri].content))

    def before_search(self, page: Page, config: MkDocsConfig) -> None:
        """The search plugin is about to read a page."""
        self.give_way()
        page.meta["entries"] = len(search_entries(config))

    def page_built(self, page: Page, html: str, config: MkDocsConfig) -> None:
        """A page is finished."""
        if self._build.running:
            entries = search_entries(config)[page.meta.pop("entries") :]
            self._build.page_built(page.file.src_uri, html, entries)

    def complete(self, pages: Iterable[Page], config: MkDocsConfig) -> None:
        """All changed pages are written: write new values into the reused ones, and complete the search index."""
        if not self._build.running:
            return
        pages = list(pages)
        self._open.know(pages)
        self._written |= {page.file.src_uri: Path(page.file.abs_dest_path) for page in pages}
        for page in pages:
            path = page.file.src_uri
            if self._build.values_changed(path):
                Path(page.file.abs_dest_path).write_bytes(self._build.updated_html(path).encode("utf-8"))
        self._build.finish()
        search_entries(config)[:] = [entry for page in pages for entry in self._build.search_entries(page.file.src_uri)]
        self.has_site = True

    # The server

    def take_over(self, server: LiveReloadServer, config: MkDocsConfig) -> None:
        """From now on a save is built by `rebuild`, and what the server sends goes through `_served`."""
        logging.getLogger(build.__module__).addFilter(_not_about_dirty_builds)
        self._live = server
        self._open.serve_below(server.mount_path)
        server.builder = lambda: self.rebuild(config)
        editor = PageEditor(lambda: guide_file(config.extra["guide"]), lambda: self.shown_text)
        server.set_app(self._served(server.get_app(), server.mount_path, editor))
        poll_often(server, [config.docs_dir, config.config_file_path], guide_file(config.extra["guide"]))

    def rebuild(self, first: MkDocsConfig) -> None:
        """Build what has changed, open pages first. What stops a build is shown, and the server goes on."""
        was_shown = self._show(first, self._open.paths())
        early, self._detours = self.error_panel, DETOURS
        while True:
            try:
                is_built = self._build_all(first)
                break
            except Superseded:
                if is_saved_again(self._live):
                    return  # requests go on waiting: the next build follows at once
                self._detours -= 1
                self._show(first, self._open.paths() | self._open.wanted)
        if was_shown:
            self._late_panel = "" if early else self.error_panel
            opened = self._open.paths() if is_built else frozenset()
            if self.error_panel != self._shown_panel or not opened.isdisjoint(self._build.written):
                load_again(self._live)
        self._open.complete()

    def _show(self, first: MkDocsConfig, paths: frozenset[str]) -> bool:
        """Build these pages only, without what takes long, and send them; False when all has to come together."""
        if not (paths and self.page_cache and self.has_site):
            return False
        self.first = paths
        is_built = self._build_all(first)
        is_first, self.first = self.first is not None, None
        if not (is_built and is_first):  # broken, or code of ours was edited
            return False
        self._shown_panel = self.error_panel or self._late_panel
        self._open.finished(paths)
        show(self._live)
        for _ in range(PAUSES):
            if self._open.loaded.wait(PAUSE / PAUSES) or is_saved_again(self._live):
                break
        return True

    def _build_all(self, first: MkDocsConfig) -> bool:
        """One build with MkDocs; False when something stopped it."""
        try:
            config = load_config(
                config_file=first.config_file_path,
                site_dir=first.site_dir,
                strict=first.strict,
                use_directory_urls=first.use_directory_urls,
            )
            config.site_url = first.site_url
            self._templates.lend(config.theme, Path(config.docs_dir, "overrides"))
            build(config, serve_url=first.site_url, dirty=True)
            failed = None
        except (Exception, SystemExit) as error:
            failed = error
        if self.judging and (checked := self.judging.checked()).guide is None:
            self.error_panel = broken_guide(checked).shown_all_the_same()
        if failed is not None:
            self.error_panel = self.error_panel or self.panel_of(failed)
            if not isinstance(failed, SystemExit):
                log.error("The site could not be built; the last good one is still there.", exc_info=failed)
        return failed is None

    def give_way(self) -> None:
        """End a build that no browser waits for when there is a new save, or when a browser opens a page that is not built yet.

        Raises:
            Superseded: the open pages are shown already, and others are wanted now.
        """
        follows = self.first is None and not self._open.whole.is_set()
        if follows and (is_saved_again(self._live) or (self._open.wanted and self._detours)):
            raise Superseded

    @staticmethod
    def panel_of(error: BaseException) -> str:
        """A panel for what is no problem of the guide: a broken template, a wrong setting."""
        said = f"{type(error).__name__}: {error}"
        body = Markup('<pre class="problem-source no-copy"><code>{}</code></pre>').format(said)
        return str(panel("The site could not be built", body, [said]))

    def _served(self, site: WSGIApplication, root: str, editor: PageEditor) -> WSGIApplication:
        """The server's pages with the editor, the problems on top, and a policy that lets them load again."""

        def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            if editor.answers(environ):
                return editor.answer(environ, start_response)
            if environ["PATH_INFO"].startswith(POLL):
                with self._open.polling(environ):
                    return site(environ, start_response)
            status, headers, body = self._built(site, environ)
            kind = next((value for name, value in headers if name.lower() == "content-type"), "")
            if kind.startswith("text/html"):
                self._open.sent(environ)
                html = body.decode("utf-8")
                if not RELOAD.search(html):  # a page for a wrong address: it may be right after the next save
                    _, _, home = ask(site, {**environ, "PATH_INFO": root})
                    found = RELOAD.search(home.decode("utf-8"))
                    html = html.replace("</body>", f"{found[0] if found else ''}</body>")
                html = html.replace("</body>", f"<script>{KEEP.read_text('utf-8')}</script></body>")
                problems = self.error_panel if self._open.whole.is_set() else self._shown_panel
                if problems:
                    html = with_panel(html, problems)
                body = with_policy(editor.added_to(html, environ)).encode("utf-8")
                headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
                headers.append(("Content-Length", str(len(body))))
            start_response(status, headers)
            return [body]

        return answer

    def _built(self, site: WSGIApplication, environ: WSGIEnvironment) -> tuple[str, list[tuple[str, str]], bytes]:
        """What the site has at an address, once it is that of the last save."""
        while True:
            self._open.wait_for(environ)
            answer = ask(site, environ)  # waits, too, while open pages are being built
            if not self._open.has_to_wait(environ):
                return answer


def _not_about_dirty_builds(record: logging.LogRecord) -> bool:
    """False for MkDocs' warning that a build which reuses pages may be inaccurate: incremental.py sees to that."""
    return "'dirty' build" not in record.getMessage()
