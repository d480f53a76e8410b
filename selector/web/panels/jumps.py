"""Which regions of the result have something, so that a button never leads to an empty one."""

from __future__ import annotations

from selector.guide.option import Option
from selector.guide.strategies import Strategy
from selector.scoring.recommend import Recommendation
from selector.web.page import Entry, Page

from .context import ResultContext

FILES, EXCLUDED = "files", "excluded"
"""The regions to which the card of the verdict leads and that can be empty. That of own facts never is."""


def jumps(page: Page, context: ResultContext) -> frozenset[str]:
    """The regions with content among those to which the card of the verdict leads."""
    result, situation = context.result, context.result.situation
    filled = {
        FILES: result.winner is not None and bool(starters(page, result.winner.strategy)),
        EXCLUDED: bool(situation.requirements or situation.exclusions or switched_off(page, result)),
    }
    return frozenset(region for region, has in filled.items() if has and context.named)


def starters(page: Page, strategy: Strategy) -> list[Entry]:
    """The entries whose starter files a strategy shows: the strategy's own, else those of its members, in the order of
    setting them up. Empty when there are no files."""
    declared = [page.entry("strategies", strategy.named)] if strategy.named else []
    if any(entry.get("starter") for entry in declared):
        return declared
    by_role = [strategy.filled[role.id] for role in page.guide.roles if role.id in strategy.filled]
    members = [page.entry("options", name) for name in dict.fromkeys([*by_role, *strategy.members])]
    return [entry for entry in members if entry.get("starter")]


def switched_off(page: Page, result: Recommendation) -> list[Option]:
    """The options that take part only when an answer asks for them, and none did. Hidden ones are never offered."""
    return [
        option
        for option in page.guide.candidates
        if option.off
        and option.id not in result.situation.enabled
        and not page.entry("options", option.id).get("hidden")
    ]
