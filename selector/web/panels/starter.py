"""Starter files: the smallest set that gets one result."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from selector.web.page import Entry, Page

from .context import ResultContext
from .jumps import starters


def files(page: Page, context: ResultContext) -> Markup:
    """The smallest set of files that gets one result: the strategy's own, else those of its members."""
    if context.result.winner is None or not context.named:
        return Markup()
    strategy = context.result.winner.strategy
    sets = [_set(page, entry) for entry in starters(page, strategy)]
    return page.render("files.html", name=strategy.name, sets=sets) if sets else Markup()


def _set(page: Page, entry: Entry) -> dict[str, Any]:
    files = [{**starter, "sources": _sources(page, starter.get("source", ()))} for starter in entry["starter"]]
    return {"title": entry["name"], "files": files}


def _sources(page: Page, given: str | list[str]) -> list[tuple[str, str]]:
    names = [given] if isinstance(given, str) else given
    return [(entry["title"], entry["url"]) for entry in (page.entry("sources", name) for name in names)]
