"""Trade-offs: the one question where it is too close to call, and those that were answered."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from selector.analysis.trade_off import with_trade
from selector.case.trades import TRADE, Moved
from selector.report.trade_sentences import QUESTION, moved_text, situation_parts, situation_text
from selector.web.forms import link_of
from selector.web.page import Page

from .context import ResultContext


def trade_off(page: Page, context: ResultContext) -> dict[str, Any] | None:
    """The question between the first two; None unless it is settled that neither is ahead."""
    analysis, case = context.analysis, context.result.case
    asked = analysis.trade_off if analysis is not None else None
    if asked is None:
        return None
    return {
        "question": QUESTION,
        "names": [asked.leader.strategy.name, asked.rival.strategy.name],
        "answers": [
            {
                "parts": situation_parts(page.guide, trade),
                "text": situation_text(page.guide, trade),
                "link": link_of(with_trade(case, trade), page.revision, context.compared),
            }
            for trade in asked.answers
        ],
    }


def trades(page: Page, context: ResultContext) -> Markup:
    """The answered ones as questions of the form, to be changed and taken back."""
    moved = context.result.situation.moved
    return page.render("trades.html", trades=[_answered(page, item) for item in moved]) if moved else Markup()


def _answered(page: Page, moved: Moved) -> dict[str, Any]:
    trade = moved.trade
    return {
        "field": trade.id,
        "id": f"dw-q-{TRADE.rstrip('.')}-{trade.one}-{trade.other}",
        "text": QUESTION,
        "moved": moved_text(page.guide, moved),
        "answers": [
            {"value": one.text, "text": situation_text(page.guide, one), "given": one == trade}
            for one in sorted((trade, trade.answered(trade.given_up)))
        ],
    }
