"""A checked guide in, all files of the site out. Pure: the same guide gives the same bytes, for any site engine.

A new page family is a module in `hooks/render/pages` with a function `pages(build)`, and one line in `FAMILIES`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Required, TypedDict, Unpack

from hooks.source.positions import Path
from selector import Guide
from selector.web import wizard_data

from . import exports
from .citations import without_passages
from .context import BuildContext
from .markdown import Texts
from .own_notice import with_own_notice
from .pages import (
    criteria,
    decisions,
    edit,
    effects,
    examples,
    families,
    home,
    machine,
    matrix,
    migrate,
    not_covered,
    options,
    own_facts,
    pairs,
    recognised,
    redirects,
    scoring,
    settings,
    since,
    sources,
    stages,
    strategies,
    together,
    unknowns,
    what_if,
    wizard,
)
from .passages import Findings
from .placeholders import PREFIX, Content, LineFinder, RenderedFile, fill_placeholders, placeholder_values
from .report_links import ReportLinks
from .reuse import PageCache

Family = Callable[[BuildContext], Iterator[tuple[str, Content]]]

FAMILIES: tuple[Family, ...] = (
    home.pages,
    wizard.pages,
    together.pages,
    what_if.pages,
    matrix.pages,
    options.pages,
    families.pages,
    strategies.pages,
    criteria.pages,
    pairs.pages,
    stages.pages,
    migrate.pages,
    examples.pages,
    scoring.pages,
    decisions.pages,
    effects.pages,
    own_facts.pages,
    settings.pages,
    unknowns.pages,
    not_covered.pages,
    sources.pages,
    recognised.pages,
    machine.pages,
    edit.pages,
    redirects.files,
    exports.files,
)

MANIFEST = "assets/runtime/manifest.json"


def unknown_line(path: Path) -> int | None:
    """For data that was not read from a file."""
    return None


class RenderSettings(TypedDict, total=False):
    """How a guide is rendered.

    Attributes:
        checked_on: the day by which facts are judged stale; the only thing that is not in the data.
        repo_url: where reports about wrong facts go; without it there are no such links.
        file: the guide's file in that repository, or its name.
        editable: False when the file is in no repository.
        lines: finds the line of a path in that file.
        directories: True when the engine serves pages as folders.
        runtime: address of the runtime's manifest, below the site's root.
        site_url: where the site will be published; without it, files for machines hold addresses below its root.
        page_cache: pages of the last build, which are taken from there where they would come out the same.
        findings: passages that their sources no longer have, as the last look at them found.
        before: a former state of the guide and what it is called; one more page says what has changed since.
    """

    checked_on: Required[date]
    repo_url: str | None
    file: str
    editable: bool
    lines: LineFinder
    directories: bool
    runtime: str
    site_url: str | None
    page_cache: PageCache | None
    findings: Findings
    before: tuple[Guide, str] | None


def render_site(guide: Guide, **settings: Unpack[RenderSettings]) -> dict[str, Content]:
    """Every page and export of a checked guide.

    Returns:
        Content by path below the documentation folder: Markdown pages with front matter, and files for machines.
        The same arguments give the same bytes, whatever was rendered before.
    """
    return {path: file.content for path, file in render_files(guide, **settings).items()}


def render_files(guide: Guide, **settings: Unpack[RenderSettings]) -> dict[str, RenderedFile]:
    """The same, each with its placeholders and their values."""
    file, lines = settings.get("file", "data/guide.yml"), settings.get("lines", unknown_line)
    repo_url, page_cache = settings.get("repo_url"), settings.get("page_cache")
    editable, findings = settings.get("editable", True), settings.get("findings", {})
    build = BuildContext(
        guide,
        Texts(),
        settings["checked_on"],
        ReportLinks(guide, repo_url, file, editable),
        settings.get("directories", True),
        settings.get("runtime", MANIFEST),
        settings.get("site_url"),
        page_cache,
        findings,
    )
    if page_cache:
        settled = (build.checked_on, repo_url, file, editable, build.directories, build.site_url, findings)
        page_cache.begin(guide, settled)
    site: dict[str, RenderedFile] = {}
    for family in FAMILIES:
        for path, rendered in _family(build, family, lines).items():
            if path in site:
                raise ValueError(f"two families render {path}")
            site[path] = rendered
    if former := settings.get("before"):
        last = page_cache.put_off(since.__name__) if page_cache else {}
        site |= last or {since.PATH: _filled(_since(build, site, former, settings), guide.revision, lines)}
        if page_cache:
            page_cache.rendered[since.__name__] = {since.PATH: site[since.PATH]}
    return site


def _family(build: BuildContext, family: Family, lines: LineFinder) -> dict[str, RenderedFile]:
    """The files of a family; those that no browser waits for now may be what they were."""
    cache, name = build.page_cache, family.__module__
    last = cache.put_off(name) if cache else {}
    if cache and last and len(last) == len(cache.rendered[name]):
        return dict(last)
    files: dict[str, RenderedFile] = {}
    for path, content in family(build):
        if path in files:
            raise ValueError(f"{name} renders {path} twice")
        kept = last.get(path)
        files[path] = kept or _filled(with_own_notice(build, path, content), build.guide.revision, lines)
    if cache:
        cache.rendered[name] = files
    return files


def _since(
    build: BuildContext, site: Mapping[str, RenderedFile], former: tuple[Guide, str], settings: RenderSettings
) -> str:
    """The page on what has changed since a former state. Lines of the file and the revision are no changes."""
    guide, name = former
    others: RenderSettings = {**settings, "before": None, "page_cache": None}
    was, now = (
        {path: str(file.source) for path, file in files.items() if path.endswith(".md")}
        for files in (render_files(guide, **others), site)
    )
    return since.page(build, guide, name, was, now)


def _filled(source: Content, revision: str, lines: LineFinder) -> RenderedFile:
    if isinstance(source, bytes) or PREFIX not in source:
        return RenderedFile(source, source)
    values = placeholder_values(source, revision, lines)
    return RenderedFile(fill_placeholders(source, values), source, tuple(values))


PAGES_ONLY = frozenset(
    ("decisions", "decision_kinds", "not_covered", "changes", "accepted", "words", "synonyms", "disagreements")
)
"""Sections of a guide that no panel of the wizard reads."""


def wizard_json(guide: Guide, *, directories: bool = True) -> str:
    """What the wizard is started with: the guide and its rendered texts, as compact JSON."""
    root = "../" if directories else ""
    data = wizard_data(guide, Texts(), root=root, directories=directories)
    # Pages show the rest; the wizard links to these pages.
    data["guide"] = {
        section: entries for section, entries in without_passages(data["guide"]).items() if section not in PAGES_ONLY
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
