"""What else there is: the next best strategies, and when each would be the better choice."""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from selector.case.own_words import OURS
from selector.report.advice import alternatives
from selector.report.cost_sentences import short_bill
from selector.report.own_basis import own_names
from selector.report.sentences import points_text
from selector.web.page import Page

from .context import ResultContext
from .headline import headline_strategies


def _distance(behind: Fraction) -> str:
    """How far behind the recommendation; with more points it is listed later all the same, which is said."""
    if behind < 0:
        return f"{points_text(-behind)} ahead, listed later"
    return f"{points_text(behind)} behind" if behind else ""


def others(page: Page, context: ResultContext) -> Markup:
    """The next three strategies, each with one sentence and the way to compare it."""
    result = context.result
    if not context.named or result.winner is None:
        return Markup()
    above = {place.strategy.id for place in headline_strategies(context)}
    flips = context.analysis.flips if context.analysis is not None else ()
    found = [item for item in alternatives(result, flips) if item.place.strategy.id not in above]
    return page.render(
        "alternatives.html",
        winner=result.winner.strategy.name,
        mark=OURS,
        coming=page.live and context.analysis is not None and not context.analysis.flips_done,
        rows=[
            {
                "id": item.place.strategy.id,
                "name": item.place.strategy.name,
                "address": page.strategy_page(item.place.strategy.named, item.place.strategy.members),
                "when": item.when,
                "distance": _distance(item.behind),
                "cost": short_bill(result, item.place),
                "own": own_names(result, item.place),
            }
            for item in found
        ],
    )
