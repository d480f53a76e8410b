"""The press: a checked guide in, all files of the site out. Pure, and ignorant of every site engine.

A new page family is a module in `hooks/pages` with a function `pages(edition)`, and one line in `FAMILIES`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Required, TypedDict, Unpack

from hooks.source.positions import Path
from selector import Guide
from selector.web import wizard_data

from . import exports
from .context import Edition
from .markdown import Texts
from .pages import (
    criteria,
    edit,
    effects,
    examples,
    home,
    machine,
    matrix,
    options,
    pairs,
    redirects,
    scoring,
    settings,
    sources,
    stages,
    strategies,
    unknowns,
    wizard,
)
from .placeholders import START, Lines, filled, moving
from .report_links import Reports
from .reuse import Reprints

Content = str | bytes
Family = Callable[[Edition], Iterator[tuple[str, Content]]]

FAMILIES: tuple[Family, ...] = (
    home.pages,
    wizard.pages,
    matrix.pages,
    options.pages,
    strategies.pages,
    criteria.pages,
    pairs.pages,
    stages.pages,
    examples.pages,
    scoring.pages,
    effects.pages,
    settings.pages,
    unknowns.pages,
    sources.pages,
    machine.pages,
    edit.pages,
    redirects.files,
    exports.files,
)

MANIFEST = "assets/runtime/manifest.json"


@dataclass(frozen=True, slots=True)
class Printed:
    """A page or file.

    Attributes:
        content: as the site has it.
        form: the same before anything was filled in late; pages with equal forms differ in what moves only.
        moving: what was filled in, in its order.
    """

    content: Content
    form: Content
    moving: tuple[str, ...] = ()


def no_lines(path: Path) -> int | None:
    """For data that was not read from a file."""
    return None


class Settings(TypedDict, total=False):
    """How a guide is printed.

    Attributes:
        checked_on: the day by which facts are judged stale; the only thing that is not in the data.
        repo_url: where reports about wrong facts go; without it there are no such links.
        file: the guide's file in that repository.
        lines: finds the line of that file on which a path stands.
        directories: True when the engine serves pages as folders.
        runtime: address of the runtime's manifest, below the site's root.
        site_url: where the site will stand; without it, files for machines hold addresses below its root.
        reprints: pages of the last edition, which are taken from there where they would come out the same.
    """

    checked_on: Required[date]
    repo_url: str | None
    file: str
    lines: Lines
    directories: bool
    runtime: str
    site_url: str | None
    reprints: Reprints | None


def print_site(guide: Guide, **settings: Unpack[Settings]) -> dict[str, Content]:
    """Print every page and export of a checked guide.

    Returns:
        Content by path below the documentation folder: Markdown pages with front matter, and files for machines.
        The same arguments give the same bytes, whatever was printed before.
    """
    return {path: printed.content for path, printed in print_forms(guide, **settings).items()}


def print_forms(guide: Guide, **settings: Unpack[Settings]) -> dict[str, Printed]:
    """The same, each with what it was before anything was filled in late."""
    file, lines = settings.get("file", "data/guide.yml"), settings.get("lines", no_lines)
    repo_url, reprints = settings.get("repo_url"), settings.get("reprints")
    edition = Edition(
        guide,
        Texts(),
        settings["checked_on"],
        Reports(guide, repo_url, file),
        settings.get("directories", True),
        settings.get("runtime", MANIFEST),
        settings.get("site_url"),
        reprints,
    )
    if reprints:
        reprints.begin(guide, (edition.checked_on, repo_url, file, edition.directories, edition.site_url))
    site: dict[str, Printed] = {}
    for family in FAMILIES:
        for path, content in family(edition):
            if path in site:
                raise ValueError(f"two families print {path}")
            site[path] = _finished(content, guide.revision, lines)
    return site


def _finished(form: Content, revision: str, lines: Lines) -> Printed:
    if isinstance(form, bytes) or START not in form:
        return Printed(form, form)
    values = moving(form, revision, lines)
    return Printed(filled(form, values), form, tuple(values))


def wizard_json(guide: Guide, *, directories: bool = True) -> str:
    """What the wizard is started with: the guide and its rendered texts, as compact JSON."""
    root = "../" if directories else ""
    data = wizard_data(guide, Texts(), root=root, directories=directories)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
