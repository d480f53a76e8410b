"""A page at every address that an entry had under a former id, and at pairs in the other order: it leads on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hooks.render.context import BuildContext, environment, plain
from hooks.render.csp import with_policy
from hooks.render.language import direction, language
from selector import Guide

from .pairs import pairs_with_page

FOLDERS = ("options", "criteria", "strategies", "examples")
"""Sections whose entries have separate pages, in folders of the same names."""


def files(build: BuildContext) -> Iterator[tuple[str, str]]:
    """One HTML file for each former address; it is no page of the site's contents, so no engine renders it."""
    for old, new, title in moved(build.guide):
        page = build.page(f"{old}.md")
        html = (
            environment()
            .get_template("moved.html")
            .render(
                lang=language(build.guide.data["guide"]),
                dir=direction(build.guide.data["guide"]),
                title=plain(title),
                target=page.link(f"{new}.md"),
                script=page.link("assets/moved.js"),
            )
        )
        yield f"{old}/index.html" if build.directories else f"{old}.html", with_policy(html)


def moved(guide: Guide) -> Iterator[tuple[str, str, str]]:
    """Former and present address of every page that has moved, without endings, and what is there."""
    for folder in FOLDERS:
        for entry in guide.data.get(folder, ()):
            for name in entry.get("aliases", ()):
                yield f"{folder}/{name}", f"{folder}/{entry['id']}", entry.get("name") or entry["title"]
    for pair in pairs_with_page(guide):
        present = f"compare/{pair[0]}-vs-{pair[1]}"
        title = " vs ".join(guide.option(option).name for option in pair)
        for one, two in product(*((option, *guide.former("options", option)) for option in pair)):
            for names in ((one, two), (two, one)):
                if names != pair:
                    yield f"compare/{names[0]}-vs-{names[1]}", present, title
