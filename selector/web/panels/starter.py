"""Starter files: the smallest set that gets one result."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from selector.plan.starters import StarterSet, starter_sets
from selector.web.page import Page

from .context import ResultContext


def files(page: Page, context: ResultContext) -> Markup:
    """The smallest set of files that gets one result, without those for what the visitor already runs."""
    if context.result.winner is None or not context.named:
        return Markup()
    strategy = context.result.winner.strategy
    sets = starter_sets(page.guide, strategy)
    owned = context.result.situation.owned
    new = [one for one in sets if not owned.issuperset(one.members)] or list(sets)
    running = [member for one in sets if one not in new for member in one.members]
    if not new:
        return Markup()
    return page.render(
        "files.html",
        name=strategy.name,
        sets=[_set(page, one) for one in new],
        running=[(page.name("options", name), page.links(f"options/{name}.md")) for name in running],
    )


def _set(page: Page, found: StarterSet) -> dict[str, Any]:
    return {
        "title": found.of,
        "files": [{**starter, "sources": _sources(page, starter.get("source", ()))} for starter in found.files],
    }


def _sources(page: Page, given: str | list[str]) -> list[tuple[str, str]]:
    names = [given] if isinstance(given, str) else given
    return [(entry["title"], entry["url"]) for entry in (page.entry("sources", name) for name in names)]
