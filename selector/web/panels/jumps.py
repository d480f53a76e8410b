"""Which regions of the result have something, so that a button never leads to an empty one."""

from __future__ import annotations

from selector.guide.option import Option
from selector.plan.starters import starter_sets
from selector.scoring.recommend import Recommendation
from selector.web.page import Page

from .context import ResultContext

FILES, EXCLUDED = "files", "excluded"
"""The regions to which the card of the verdict leads and that can be empty. That of own facts never is."""


def jumps(page: Page, context: ResultContext) -> frozenset[str]:
    """The regions with content among those to which the card of the verdict leads."""
    result, situation = context.result, context.result.situation
    filled = {
        FILES: result.winner is not None and bool(starter_sets(page.guide, result.winner.strategy)),
        EXCLUDED: bool(situation.requirements or situation.exclusions or switched_off(page, result)),
    }
    return frozenset(region for region, has in filled.items() if has and context.named)


def switched_off(page: Page, result: Recommendation) -> list[Option]:
    """The options that take part only when an answer asks for them, and none did. Hidden ones are never offered."""
    return [
        option
        for option in page.guide.candidates
        if option.off
        and option.id not in result.situation.enabled
        and not page.entry("options", option.id).get("hidden")
    ]
