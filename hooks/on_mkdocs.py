"""Hands what the press printed to MkDocs. The only file that knows MkDocs.

Everything is printed before MkDocs touches its output folder: a broken guide leaves the last good site as it was.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
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
    from hooks.check import Checked

log = logging.getLogger("mkdocs.hooks")

_printed: dict[str, str | bytes] = {}
_seen: dict[str, float] = {}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the guide, print everything, and set what MkDocs has to know before it begins."""
    _forget_changed_code()
    from hooks.nav import nav
    from hooks.press import print_site, wizard_json
    from hooks.runtime import RuntimePackError, pack

    checked = _read_guide(config.extra["guide"])
    guide = checked.guide
    directories = config.use_directory_urls
    try:
        runtime = pack(ROOT, wizard_json(guide, directories=directories))
    except RuntimePackError as error:
        raise PluginError(str(error)) from error
    site = print_site(
        guide,
        checked_on=_today(),
        repo_url=config.extra["repo_url"] or None,
        file=config.extra["guide"],
        lines=checked.loaded.line,
        directories=directories,
        runtime=runtime.manifest,
    )
    _printed.clear()
    _printed.update(site, **runtime.files)
    if _offline(config):
        worker = (Path(config.docs_dir) / "assets" / "worker.js").read_text("utf-8")
        _printed["assets/runtime/carried.js"] = runtime.carried(worker)
    about = guide.data["guide"]
    config.site_name, config.site_description = about["title"], about["summary"]
    config.nav = nav(guide)
    _name_by_content(config)
    _seen.update(_stamps())
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what was printed. Pair pages are many, and reached from their list."""
    for path, content in _printed.items():
        hidden = path.startswith("compare/") and not path.endswith("index.md")
        inclusion = InclusionLevel.NOT_IN_NAV if hidden else InclusionLevel.UNDEFINED
        files.append(File.generated(config, path, content=content, inclusion=inclusion))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Finished HTML waits outside while Markdown runs."""
    from hooks.shortcuts import set_aside

    text, page.meta["aside"] = set_aside(markdown)
    return text


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Finished HTML comes back."""
    from hooks.shortcuts import put_back

    return put_back(html, page.meta.pop("aside"))


@event_priority(100)
def _before_search(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
    """The search plugin indexes `page.content` in this event; it gets a version that is quick to read."""
    from hooks.shortcuts import for_search

    path = page.file.src_uri
    repeats = path == "matrix.md" or (path.startswith("compare/") and not path.endswith("index.md"))
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


def on_post_page(output: str, page: object, config: MkDocsConfig) -> str:
    """Give each page its Content-Security-Policy."""
    from hooks.policy import with_policy

    return with_policy(output, offline=_offline(config))


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The page for wrong addresses is a template to MkDocs."""
    from hooks.policy import with_policy

    return with_policy(output_content, offline=_offline(config)) if template_name.endswith(".html") else output_content


def _read_guide(name: str) -> Checked:
    """The checked guide and its file; stops the build with all problems when it is broken."""
    from hooks.check import check_guide

    checked = check_guide(ROOT / name, today=_today(), name=name)
    if checked.guide is None:
        raise PluginError(f"{name} has problems, and nothing was built:\n\n{checked.report()}")
    if checked.problems:
        log.info("%s: %d warnings; `guide check` shows them", name, len(checked.problems))
    return checked


def _today() -> date:
    """The day of the build; SOURCE_DATE_EPOCH makes a build repeatable."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return date.fromtimestamp(int(epoch)) if epoch else date.today()


def _offline(config: MkDocsConfig) -> bool:
    plugin = config.plugins.get("material/offline")
    return bool(plugin and plugin.config.enabled)


def _name_by_content(config: MkDocsConfig) -> None:
    """Style sheets and scripts of ours carry a version, so that no cache shows an old one."""
    docs = Path(config.docs_dir)

    def versioned(path: str) -> str:
        return f"{path}?v={hashlib.sha256((docs / path).read_bytes()).hexdigest()[:8]}"

    config.extra_css = [versioned(path) for path in config.extra_css]
    for script in config.extra_javascript:
        script.path = versioned(script.path)


def _forget_changed_code() -> None:
    """Under `mkdocs serve` a changed module of ours is loaded anew, as templates and data are."""
    if any(_seen.get(file, stamp) != stamp for file, stamp in _stamps().items()):
        _seen.clear()
        for name in [name for name in sys.modules if _is_ours(name)]:
            del sys.modules[name]


def _stamps() -> dict[str, float]:
    """When each file of our loaded code was last changed."""
    files = [getattr(module, "__file__", None) for name, module in sys.modules.items() if _is_ours(name)]
    return {file: Path(file).stat().st_mtime for file in files if file and Path(file).exists()}


def _is_ours(module: str) -> bool:
    return module.split(".", maxsplit=1)[0] in ("hooks", "selector")
