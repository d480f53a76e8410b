"""The press: a checked guide in, all files of the site out. Pure, and ignorant of every site engine.

A new page family is a module in `hooks/pages` with a function `pages(edition)`, and one line in `FAMILIES`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date

from selector import Guide
from selector.web import wizard_data

from . import exports
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
from .reports import Lines, Reports, no_lines
from .sheet import Edition
from .texts import Texts

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


def print_site(
    guide: Guide,
    *,
    checked_on: date,
    repo_url: str | None = None,
    file: str = "data/guide.yml",
    lines: Lines = no_lines,
    directories: bool = True,
    runtime: str = MANIFEST,
    site_url: str | None = None,
) -> dict[str, Content]:
    """Print every page and export of a guide.

    Args:
        guide: a checked guide.
        checked_on: the day by which facts are judged stale; the only thing that is not in the data.
        repo_url: where reports about wrong facts go; without it there are no such links.
        file: the guide's file in that repository.
        lines: finds the line of that file on which a path stands.
        directories: True when the engine serves pages as folders.
        runtime: address of the runtime's manifest, below the site's root.
        site_url: where the site will stand; without it, files for machines hold addresses below its root.

    Returns:
        Content by path below the documentation folder: Markdown pages with front matter, and files for machines.
        The same arguments give the same bytes.
    """
    edition = Edition(guide, Texts(), checked_on, Reports(guide, repo_url, file, lines), directories, runtime, site_url)
    site: dict[str, Content] = {}
    for family in FAMILIES:
        for path, content in family(edition):
            if path in site:
                raise ValueError(f"two families print {path}")
            site[path] = content
    return site


def wizard_json(guide: Guide, *, directories: bool = True) -> str:
    """What the wizard is started with: the guide and its rendered texts, as compact JSON."""
    root = "../" if directories else ""
    data = wizard_data(guide, Texts(), root=root, directories=directories)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
