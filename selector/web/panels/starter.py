"""Starter files: the smallest set that gets one result."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from selector.web.page import Entry, Page

from .context import ResultContext


def files(page: Page, context: ResultContext) -> Markup:
    """The smallest set of files that gets one result: the strategy's own, else those of its members."""
    if context.result.winner is None or not context.named:
        return Markup()
    strategy = context.result.winner.strategy
    own = page.entry("strategies", strategy.named).get("starter") if strategy.named else None
    sets = [_set(page, None, own)] if own else [_member_set(page, member) for member in _in_order(page, context)]
    sets = [found for found in sets if found["files"]]
    return page.render("files.html", name=strategy.name, sets=sets) if sets else Markup()


def _in_order(page: Page, context: ResultContext) -> list[str]:
    """Members in the order in which a value meets them, which is the order to set them up in."""
    assert context.result.winner is not None
    strategy = context.result.winner.strategy
    by_role = [strategy.filled[role.id] for role in page.guide.roles if role.id in strategy.filled]
    return list(dict.fromkeys([*by_role, *strategy.members]))


def _member_set(page: Page, member: str) -> dict[str, Any]:
    entry = page.entry("options", member)
    return _set(page, entry["name"], entry.get("starter", ()))


def _set(page: Page, title: str | None, starters: list[Entry] | tuple[Entry, ...]) -> dict[str, Any]:
    return {
        "title": title,
        "files": [{**starter, "sources": _sources(page, starter.get("source", ()))} for starter in starters],
    }


def _sources(page: Page, given: str | list[str]) -> list[tuple[str, str]]:
    names = [given] if isinstance(given, str) else given
    return [(entry["title"], entry["url"]) for entry in (page.entry("sources", name) for name in names)]
