"""One build with MkDocs: what its events do between the guide's file and the finished site."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from hooks import ROOT
from hooks.assets import AssetError, join_assets, named_by_content, read_asset
from hooks.checked import Checked, check_loaded
from hooks.evaluation.impact import NoSuchRevision, load_revision
from hooks.offline import FOLDER, make_copies, turn_to_disk
from hooks.overlay import check_with_own, own_file
from hooks.render.cards.images import cards_of
from hooks.render.context import label
from hooks.render.csp import with_policy
from hooks.render.head import first_things_first, styles_inside, styles_last
from hooks.render.language import direction, in_language, language, theme_language
from hooks.render.limits import left_out
from hooks.render.nav import nav, pages_in
from hooks.render.offered import asks
from hooks.render.pages import since
from hooks.render.passages import findings_file, read_findings
from hooks.render.site import Content, RenderedFile, render_files, wizard_json
from hooks.runtime import RuntimePackError, ensure_packages, pack
from hooks.source.load import Loaded
from hooks.source.locate import guide_file, path_in_repository, public_name
from hooks.source.problems import plural

from .broken import BrokenGuideError, broken_guide
from .finish import NO_REPO_URL, build_day
from .html_blocks import for_search
from .mkdocs_yml import theme_languages
from .rules_process import Judging, RulesProcess

if TYPE_CHECKING:
    from selector import Guide

    from .serve import DevServer

__all__ = [
    "Content",
    "add_files",
    "content_for_search",
    "finished",
    "make_offline_copies",
    "render",
    "start_contents_with_page",
]

log = logging.getLogger("mkdocs.hooks")

WIZARD = "<decision-wizard"
"""What the wizard's page holds."""

type Before = tuple[Guide, str] | None
"""A former state of the guide to compare with, and what it is called."""


def render(config: MkDocsConfig, server: DevServer | None) -> dict[str, Content]:
    """Every generated file of the site by path; MkDocs' settings are filled in from the guide.

    Raises:
        BrokenGuideError: the guide has problems, and there is a last good site or no editor is at work.
        PluginError: the guide's file or the revision to compare with is not there, the runtime for the page cannot be
            packed, or style sheets and scripts cannot be joined.
    """
    if server:
        server.rendering()
    quick = server is not None and server.first is not None
    file = guide_file(config.extra["guide"])
    if not (file.is_file() or (server and server.has_site)):
        raise PluginError(f"there is no file '{public_name(file)}'; set GUIDE to the guide's file")
    before = _before(file, str(config.extra["since"] or ""))
    judging = _judging(server, file) if server else None
    if server and judging and (files := _tried(config, server, file, judging.loaded, judging.draft, before)):
        server.judging = judging
        return files
    day, name = build_day(), public_name(file)
    checked = judging.checked() if judging else check_with_own(file, today=day, name=name, quick=quick)
    if checked.guide is not None:
        if checked.problems and not quick:
            count = len(checked.problems)
            them = "it" if count == 1 else "them"
            log.info("%s: %s; `guide check` shows %s", name, plural(count, "warning"), them)
        return _rendered(config, server, file, checked.loaded, checked.guide, before)
    broken = broken_guide(checked)
    if server is None:
        raise broken
    return _previewed(config, server, file, checked, broken, before)


def _judging(server: DevServer, file: Path) -> Judging | None:
    """The guide while a second process judges it; None for all pages, or with a file over it that needs it judged."""
    if own_file(file).is_file():
        return None
    if not (server.rules and server.rules.is_alive):
        server.rules = RulesProcess()
    return server.rules.judge(file, public_name(file), build_day()) if server.first is not None else None


def _previewed(
    config: MkDocsConfig, server: DevServer, file: Path, checked: Checked, broken: BrokenGuideError, before: Before
) -> dict[str, Content]:
    """Under `mkdocs serve`: what can be built of a guide with problems, with the problems on top of every page."""
    if files := _tried(config, server, file, checked.loaded, checked.preview, before):
        server.error_panel = broken.shown_all_the_same()
        return files
    if server.has_site:
        raise broken
    return _without_guide(config, server, broken)


def _tried(
    config: MkDocsConfig, server: DevServer, file: Path, loaded: Loaded, guide: Guide | None, before: Before
) -> dict[str, Content] | None:
    """Every generated file from a guide that may have problems; None when it cannot be rendered."""
    try:
        return _rendered(config, server, file, loaded, guide, before) if guide is not None else None
    except Exception as error:  # what a problem may lead to has no end; the last good site is still there
        log.debug("a guide that may have problems cannot be rendered: %r", error)
        return None


def _rendered(
    config: MkDocsConfig, server: DevServer | None, file: Path, loaded: Loaded, guide: Guide, before: Before
) -> dict[str, Content]:
    """Every generated file, from a guide that can be rendered."""
    directories = config.use_directory_urls
    repo_url = str(config.extra["repo_url"] or "").rstrip("/") or None
    if repo_url is None and server is None:
        log.info(NO_REPO_URL)
    try:
        runtime = pack(ROOT, wizard_json(guide, directories=directories), image=server is None)
        assets = join_assets(Path(config.docs_dir))
    except (RuntimePackError, AssetError) as error:
        raise PluginError(str(error)) from error
    rendered = render_files(
        guide,
        checked_on=build_day(),
        repo_url=repo_url,
        file=public_name(file),
        editable=path_in_repository(file) is not None,
        lines=loaded.line,
        directories=directories,
        runtime=runtime.manifest,
        site_url=config.site_url or None,
        page_cache=server.page_cache if server else None,
        findings=read_findings(findings_file(file)),
        before=before,
    )
    for sentence in left_out(guide):
        log.info(sentence)
    files = {path: file.content for path, file in rendered.items()}
    others = {**assets.files, **runtime.files, **cards_of(guide, files, config.site_url, ROOT)}
    about = guide.data["guide"]
    config.site_name, config.site_description = label(about["title"]), label(about["summary"])
    _speak(config, about)
    config.nav = nav(guide, since=since.PATH in files)
    config.extra["asks"] = asks(guide)  # for the page for wrong addresses
    if not (server or config.extra["offline"]):
        config.extra["copies"] = f"{FOLDER}/{_copy_name(config)}.zip"
    _name_assets_by_content(config)
    if server:
        server.shown_text = loaded.text
        about_site = [config.nav, config.site_name, config.site_description]
        shared = [*about_site, config.extra_css, _settings(config), config.extra["lang"]]
        everything = rendered | {path: RenderedFile(content, content) for path, content in others.items()}
        server.begin(everything, repr(shared), config.site_dir, revision=guide.revision, guide_file=public_name(file))
    return files | others


def _speak(config: MkDocsConfig, about: Mapping[str, Any]) -> None:
    """The theme says its own words in the language of the guide, where it has them, and runs as its script does."""
    tag, way = config.extra["lang"] = language(about), direction(about)
    config.theme["language"], config.theme["direction"] = theme_language(tag, theme_languages()), way


def finished(html: str, config: MkDocsConfig) -> str:
    """A page with its language, its style sheets where its first paint comes soonest, and its Content-Security-Policy."""
    html = first_things_first(html)
    html = in_language(html, *config.extra.get("lang", ("en", "ltr")))
    if WIZARD in html:
        # Links that people share lead here: most of its visitors have no style sheet of the site yet.
        html = styles_inside(html, partial(_style_sheet, config))
    return with_policy(styles_last(html))


def _style_sheet(config: MkDocsConfig, path: str) -> str:
    """A style sheet of ours or of the theme, by its path below the site's root."""
    folders = [Path(config.docs_dir), *map(Path, config.theme.dirs)]
    folder = next(folder for folder in folders if (folder / path).is_file())
    return read_asset(folder, path).decode()


def _before(file: Path, revision: str) -> Before:
    """The guide at a git revision, when the build is asked to compare with one that can be rendered."""
    if not revision:
        return None
    try:
        guide = check_loaded(load_revision(file, revision)).guide
    except NoSuchRevision as error:
        said = " ".join(str(error).split()).rstrip(".")
        raise PluginError(
            f"SINCE={revision}: {said}; set SINCE to a branch, tag or commit that has the file"
        ) from error
    if guide is None:
        log.info("SINCE=%s: the guide had problems then, so nothing is compared", revision)
    return (guide, revision) if guide else None


def _without_guide(config: MkDocsConfig, server: DevServer, broken: BrokenGuideError) -> dict[str, Content]:
    """`mkdocs serve` begins with a broken guide: one page to show the problems on, until they are fixed."""
    print(broken, file=sys.stderr)
    config.nav = [{"Home": "index.md"}]
    _name_assets_by_content(config)
    server.begin_without_guide(broken.panel, config.site_dir)
    ensure_packages(ROOT)  # scripts of theirs are parts of ours
    text = "# Nothing to show yet\n\nThe site is built as soon as the guide has no problems left.\n"
    return {"index.md": text} | join_assets(Path(config.docs_dir)).files


def _settings(config: MkDocsConfig) -> list[object]:
    """What else every page depends on: settings, scripts and our changes of the theme."""
    overrides = sorted(Path(config.docs_dir, "overrides").rglob("*.*"))
    files = [Path(config.config_file_path), *overrides]
    return [[script.path for script in config.extra_javascript], *((str(file), file.read_bytes()) for file in files)]


def _name_assets_by_content(config: MkDocsConfig) -> None:
    """Style sheets and scripts of ours carry a version, so that no cache shows an old one."""
    docs = Path(config.docs_dir)
    config.extra_css = [named_by_content(docs, path) for path in config.extra_css]
    for script in config.extra_javascript:
        script.path = named_by_content(docs, script.path)


class GeneratedFile(File):
    """A file of the site that was rendered. A build that reuses pages asks whether it is to be written again."""

    server: DevServer | None = None

    def is_modified(self) -> bool:
        return self.server is None or self.server.is_changed(self.src_uri)


def add_files(files: Files, rendered: Mapping[str, Content], config: MkDocsConfig, server: DevServer | None) -> None:
    """Add what was rendered. Pages of large families are not in the navigation, and reached from their list."""
    for path in join_assets(Path(config.docs_dir)).sources:
        files.remove(files.src_uris[path])
    named = pages_in(config.nav)
    for path, content in rendered.items():
        hidden = path.endswith(".md") and path not in named
        inclusion = InclusionLevel.NOT_IN_NAV if hidden else InclusionLevel.UNDEFINED
        file = GeneratedFile.generated(config, path, content=content, inclusion=inclusion)
        file.server = server
        files.append(file)


def content_for_search(page: Page) -> str:
    """What the search plugin should read of a page; pages that repeat others are read briefly."""
    path = page.file.src_uri
    repeats = path == "matrix.md" or (path.startswith("compare/") and not path.endswith("index.md"))
    return for_search(page.content or "", briefly=repeats)


def start_contents_with_page(page: Page) -> None:
    """The theme's link "Skip to content" leads to the first entry of the table of contents: make that the whole page."""
    if not page.toc or next(iter(page.toc)).id != "content":
        whole = AnchorLink(page.title or "", "content", 1)
        whole.children = list(page.toc)
        page.toc = TableOfContents([whole])


def make_offline_copies(config: MkDocsConfig) -> None:
    """The copies for reading without a network, from the finished site; `offline` turns the site itself into one."""
    site = Path(config.site_dir)
    if config.extra["offline"]:
        turn_to_disk(site)
    else:
        make_copies(site, _copy_name(config))


def _copy_name(config: MkDocsConfig) -> str:
    return re.sub(r"[^a-z0-9]+", "-", config.site_name.lower()).strip("-") or "site"
