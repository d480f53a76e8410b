"""The events of MkDocs, in their order; what is done is in hooks/engines.

Everything is rendered before MkDocs touches its output folder: a broken guide leaves the last good site as it was.
Under `mkdocs serve`, code of ours that was edited is loaded again between two builds, so events import what they use.
"""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path[:1]:
    sys.path.insert(0, str(ROOT))  # MkDocs runs from a script, which does not look for modules where it is started

if TYPE_CHECKING:
    from hooks.engines.mkdocs_build import Content
    from hooks.engines.serve import DevServer


@dataclass
class State:
    """What lasts from event to event.

    Attributes:
        server: the development server's state; None under `mkdocs build`.
        files: what was rendered, by path.
        pages: all pages, in the order in which they are built.
        stamps: when the files of our loaded code were last changed.
    """

    server: DevServer | None = None
    files: dict[str, Content] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    stamps: dict[str, float] = field(default_factory=dict)


_state = State()


def _engine(module: str) -> Any:
    """A module of hooks/engines as it is now."""
    return import_module(f"hooks.engines.{module}")


def on_startup(*, command: str, dirty: bool) -> None:
    """Once, before the first build."""
    # A build makes millions of small objects that stay: looking for garbage among them takes a fifth of its time.
    gc.set_threshold(200_000, 50, 1_000)
    _state.server = _engine("serve").DevServer() if command == "serve" else None


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    """After the first build: from here on our development server builds what is saved, and adds to what is sent."""
    if _state.server:
        _state.server.take_over(server, config)
        guide = import_module("hooks.source.locate").guide_file(config.extra["guide"]).resolve()
        if not any(guide.is_relative_to(folder) for folder in config.watch):  # else one save would count twice
            server.watch(str(guide))
            own = import_module("hooks.overlay").own_file(guide)
            if own.is_file():
                server.watch(str(own))
    return server


def on_shutdown() -> None:
    """The server ends."""
    if _state.server:
        _state.server.end()


def on_build_error(error: Exception) -> None:
    """Under `mkdocs serve` what stopped a build is shown on top of the pages that are there."""
    if _state.server:
        _state.server.error_panel = getattr(error, "panel", "") or _state.server.panel_of(error)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the guide, render everything, and set what MkDocs has to know before it begins."""
    reload = _engine("reload")
    if reload.has_changed(_state.stamps):
        _state.stamps.clear()
        if _state.server:
            _state.server.reset()
        reload.forget()
    files = _engine("mkdocs_build").render(config, _state.server)
    _state.files.clear()
    _state.files.update(files)
    # What was edited while this was rendered keeps its old stamp, so that the next build loads it.
    _state.stamps.update(_engine("reload").stamps() | _state.stamps)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what was rendered."""
    _engine("mkdocs_build").add_files(files, _state.files, config, _state.server)
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Other pages call a reused page by its title, which MkDocs does not read then."""
    if _state.server:
        _state.server.name_reused_pages(files)
    return nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """All pages are known now, in the order in which they are built. Templates of the theme are compiled once."""
    folder = ROOT / ".cache" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(folder), f"theme-{version('jinja2')}-%s")
    if _state.server and _state.server.first is not None:  # the page for wrong addresses comes with all others
        config.theme.static_templates.clear()
    _state.pages[:] = [file.page for file in files.documentation_pages() if file.page]
    return env


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Finished HTML is taken out while Markdown runs."""
    text, page.meta["html_blocks"] = _engine("html_blocks").take_out(markdown)
    return text


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Finished HTML is put back."""
    return _engine("html_blocks").put_back(html, page.meta.pop("html_blocks"))


@event_priority(100)
def _before_search(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
    """The search plugin indexes `page.content` in this event; it gets a version that is quick to read."""
    if _state.server:
        _state.server.before_search(page, config)
    page.meta["content"] = page.content
    page.content = _engine("mkdocs_build").content_for_search(page)
    return context


@event_priority(-100)
def _after_search(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
    page.content = page.meta.pop("content")
    _engine("mkdocs_build").start_contents_with_page(page)
    return context


on_page_context = CombinedEvent(_before_search, _after_search)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Give each page its Content-Security-Policy."""
    output = _engine("mkdocs_build").finished(output, config)
    if _state.server:
        _state.server.page_built(page, output, config)
    return output


@event_priority(100)
def _before_index(config: MkDocsConfig) -> None:
    """Before the search plugin writes its index: reused pages are part of it too."""
    if _state.server:
        _state.server.complete(_state.pages, config)


@event_priority(-100)
def _after_index(config: MkDocsConfig) -> None:
    """Make the copies for reading without a network; not while an editor works."""
    if not _state.server:
        _engine("mkdocs_build").make_offline_copies(config)


on_post_build = CombinedEvent(_before_index, _after_index)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The page for wrong addresses is a template to MkDocs."""
    return (
        _engine("mkdocs_build").finished(output_content, config) if template_name.endswith(".html") else output_content
    )
