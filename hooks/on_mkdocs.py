"""Hands what the press printed to MkDocs. With hooks/engines/serve.py, the only file that knows MkDocs.

Everything is printed before MkDocs touches its output folder: a broken guide leaves the last good site as it was.
Under `mkdocs serve`, pages that would come out as they are stay (engines/incremental.py), and problems stand on top of the open page.
"""

from __future__ import annotations

import gc
import logging
import re
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path[:1]:
    sys.path.insert(0, str(ROOT))  # MkDocs runs from a script, which does not look for modules where it is started

if TYPE_CHECKING:
    from hooks.checked import Checked
    from hooks.engines.serve import Desk

log = logging.getLogger("mkdocs.hooks")

_printed: dict[str, str | bytes] = {}
_seen: dict[str, float] = {}
_order: list[Page] = []
_desk: list[Desk] = []
"""What is known between the builds of `mkdocs serve`; empty under `mkdocs build`."""


class BrokenGuideError(PluginError):
    """The guide has problems. `panel` shows them on a page."""

    def __init__(self, said: str, panel: str) -> None:
        super().__init__(said)
        self.panel = panel


def on_startup(*, command: str, dirty: bool) -> None:
    """Once, before the first build."""
    from hooks.engines.serve import Desk

    # A build makes millions of small objects that stay: looking for garbage among them takes a fifth of its time.
    gc.set_threshold(200_000, 50, 1_000)
    _desk[:] = [Desk()] if command == "serve" else []


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    """After the first build: from here on, what is saved is built by the desk, and what is sent passes it."""
    for desk in _desk:
        desk.take_over(server, config)
        guide = ROOT / config.extra["guide"]
        if not any(guide.is_relative_to(folder) for folder in config.watch):  # else one save would count twice
            server.watch(str(guide))
    return server


def on_build_error(error: Exception) -> None:
    """Under `mkdocs serve` what stopped a build is shown on top of the pages that are there."""
    for desk in _desk:
        desk.trouble = error.panel if isinstance(error, BrokenGuideError) else desk.panel_of(error)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the guide, print everything, and set what MkDocs has to know before it begins."""
    _forget_changed_code()
    from hooks.engines import reload
    from hooks.engines.finish import NO_REPO_URL, printing_day
    from hooks.offline import FOLDER
    from hooks.render.cards.images import cards_of
    from hooks.render.context import label
    from hooks.render.limits import left_out
    from hooks.render.nav import nav
    from hooks.render.reuse import Reprints
    from hooks.render.site import Printed, print_forms, wizard_json
    from hooks.runtime import RuntimePackError, pack

    for desk in _desk:
        desk.trouble, desk.reprints = "", desk.reprints or Reprints()
    try:
        checked = _read_guide(config.extra["guide"])
    except BrokenGuideError as broken:
        if not _desk or _desk[0].has_site:
            raise
        return _without_guide(config, broken)
    guide = checked.guide
    directories = config.use_directory_urls
    repo_url = str(config.extra["repo_url"] or "").rstrip("/") or None
    if repo_url is None and not _desk:
        log.info(NO_REPO_URL)
    try:
        runtime = pack(ROOT, wizard_json(guide, directories=directories))
    except RuntimePackError as error:
        raise PluginError(str(error)) from error
    site = print_forms(
        guide,
        checked_on=printing_day(),
        repo_url=repo_url,
        file=config.extra["guide"],
        lines=checked.loaded.line,
        directories=directories,
        runtime=runtime.manifest,
        site_url=config.site_url or None,
        reprints=_desk[0].reprints if _desk else None,
    )
    for said in left_out(guide):
        log.info(said)
    _printed.clear()
    _printed.update({path: printed.content for path, printed in site.items()})
    others = {**runtime.files, **cards_of(guide, _printed, config.site_url, ROOT)}
    _printed.update(others)
    about = guide.data["guide"]
    config.site_name, config.site_description = label(about["title"]), label(about["summary"])
    config.nav = nav(guide)
    if _copied(config):
        config.extra["copies"] = f"{FOLDER}/{_copy_name(config)}.zip"
    _name_by_content(config)
    _seen.update(reload.stamps())
    for desk in _desk:
        shared = repr([config.nav, config.site_name, config.site_description, config.extra_css, _settings(config)])
        pages = site | {path: Printed(content, content) for path, content in others.items()}
        desk.begin(pages, shared, config.site_dir, revision=guide.revision, file=config.extra["guide"])
    return config


def _settings(config: MkDocsConfig) -> list[object]:
    """What else every page depends on: settings, scripts and our changes of the theme."""
    overrides = sorted(Path(config.docs_dir, "overrides").rglob("*.*"))
    files = [Path(config.config_file_path), *overrides]
    return [[script.path for script in config.extra_javascript], *((str(file), file.read_bytes()) for file in files)]


def _without_guide(config: MkDocsConfig, broken: BrokenGuideError) -> MkDocsConfig:
    """`mkdocs serve` begins with a broken guide: one page to show the problems on, until they are mended."""
    print(broken, file=sys.stderr)
    text = "# Nothing to show yet\n\nThe site is built as soon as the guide has no problems left.\n"
    _printed.clear()
    _printed["index.md"] = text
    config.nav = [{"Home": "index.md"}]
    _name_by_content(config)
    _desk[0].begin_without_guide(broken.panel, config.site_dir)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what was printed. Pages that are many are not in the navigation, and reached from their list."""
    from hooks.render.nav import pages_in

    named = pages_in(config.nav)
    for path, content in _printed.items():
        hidden = path.endswith(".md") and path not in named
        inclusion = InclusionLevel.NOT_IN_NAV if hidden else InclusionLevel.UNDEFINED
        files.append(Printed.generated(config, path, content=content, inclusion=inclusion))
    return files


class Printed(File):
    """A file of the press. A build that keeps pages asks whether it is to be written again."""

    def is_modified(self) -> bool:
        return all(desk.is_changed(self.src_uri) for desk in _desk)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Other pages call a kept page by its title, which MkDocs does not read then."""
    for desk in _desk:
        desk.name_kept(files)
    return nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """All pages are known now, in the order in which they are built. Templates of the theme are compiled once."""
    folder = ROOT / ".cache" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(folder), f"theme-{version('jinja2')}-%s")
    _order[:] = [file.page for file in files.documentation_pages() if file.page]
    return env


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Finished HTML waits outside while Markdown runs."""
    from hooks.engines.html_blocks import set_aside

    text, page.meta["aside"] = set_aside(markdown)
    return text


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Finished HTML comes back."""
    from hooks.engines.html_blocks import put_back

    return put_back(html, page.meta.pop("aside"))


@event_priority(100)
def _before_search(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
    """The search plugin indexes `page.content` in this event; it gets a version that is quick to read."""
    from hooks.engines.html_blocks import for_search

    path = page.file.src_uri
    repeats = path == "matrix.md" or (path.startswith("compare/") and not path.endswith("index.md"))
    for desk in _desk:
        desk.before_search(page, config)
    page.meta["content"] = page.content
    page.content = for_search(page.content or "", briefly=repeats)
    return context


@event_priority(-100)
def _after_search(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
    page.content = page.meta.pop("content")
    _under_one_heading(page)
    return context


def _under_one_heading(page: Page) -> None:
    """The theme's link "Skip to content" leads to what the table of contents begins with: the page, not its second part."""
    if not page.toc or next(iter(page.toc)).id != "content":
        whole = AnchorLink(page.title or "", "content", 1)
        whole.children = list(page.toc)
        page.toc = TableOfContents([whole])


on_page_context = CombinedEvent(_before_search, _after_search)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Give each page its Content-Security-Policy."""
    from hooks.render.csp import with_policy

    output = with_policy(output)
    for desk in _desk:
        desk.built(page, output, config)
    return output


@event_priority(100)
def _before_index(config: MkDocsConfig) -> None:
    """Before the search plugin writes its index: kept pages belong into it too."""
    for desk in _desk:
        desk.complete(_order, config)


@event_priority(-100)
def _copies(config: MkDocsConfig) -> None:
    """Make the copies for reading without a network, from the site as it stands now; not while somebody edits."""
    from hooks.offline import make_copies, turn_to_disk

    if _copied(config):
        make_copies(Path(config.site_dir), _copy_name(config))
    elif config.extra["offline"] and not _desk:
        turn_to_disk(Path(config.site_dir))


on_post_build = CombinedEvent(_before_index, _copies)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The page for wrong addresses is a template to MkDocs."""
    from hooks.render.csp import with_policy

    return with_policy(output_content) if template_name.endswith(".html") else output_content


def _read_guide(name: str) -> Checked:
    """The checked guide and its file; stops the build with all problems when it is broken."""
    from hooks.checked import check_guide
    from hooks.engines.finish import printing_day
    from hooks.source.problems import as_html, as_text, errors, plural

    checked = check_guide(ROOT / name, today=printing_day(), name=name)
    if checked.guide is None:
        broken, texts = errors(checked.problems), {checked.loaded.file: checked.loaded.text}
        said = f"{name} has {plural(len(broken), 'problem')}, and nothing was built:\n\n{as_text(broken, texts)}"
        raise BrokenGuideError(said, str(as_html(broken, texts)))
    if checked.problems:
        log.info("%s: %d warnings; `guide check` shows them", name, len(checked.problems))
    return checked


def _copied(config: MkDocsConfig) -> bool:
    """True when the site gets copies: not while somebody edits, and not when it is a copy itself."""
    return not (_desk or config.extra["offline"])


def _copy_name(config: MkDocsConfig) -> str:
    return re.sub(r"[^a-z0-9]+", "-", config.site_name.lower()).strip("-") or "site"


def _name_by_content(config: MkDocsConfig) -> None:
    """Style sheets and scripts of ours carry a version, so that no cache shows an old one."""
    from hooks.engines.finish import named_by_content

    docs = Path(config.docs_dir)

    config.extra_css = [named_by_content(docs, path) for path in config.extra_css]
    for script in config.extra_javascript:
        script.path = named_by_content(docs, script.path)


def _forget_changed_code() -> None:
    """Under `mkdocs serve` a changed module of ours is loaded anew, as templates and data are."""
    from hooks.engines import reload

    if any(_seen.get(file, stamp) != stamp for file, stamp in reload.stamps().items()):
        _seen.clear()
        for desk in _desk:
            desk.forget()
        reload.forget()
