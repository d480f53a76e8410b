"""Trade-offs and sensitivity: charts of what a recommendation costs, hangs on and could become."""

from __future__ import annotations

from markupsafe import Markup

from selector.report.sensitivity import Sensitivity
from selector.report.sensitivity_text import cell_text, reachable
from selector.web.charts import line_chart, rank_table, scatter_chart, tornado_chart
from selector.web.page import Page

MOST_RATINGS = 6
"""Changes of one rating that are listed."""


def sensitivity(page: Page, found: Sensitivity, criterion: str = "") -> Markup:
    """The charts as far as their figures are there; `criterion` is the one over whose weight lines are drawn."""
    result = found.result
    assert result.winner is not None
    charts = [
        *(scatter_chart(page, result, off) for off in found.offs),
        line_chart(page, found, criterion),
        rank_table(page, found.ranks, waiting=not found.complete and len(result.contenders) > 1),
        tornado_chart(page, found),
    ]
    able = list(reachable(found.cells))
    return page.render(
        "sensitivity.html",
        charts=[chart for chart in charts if chart],
        ratings=[cell_text(result, item) for item in able[:MOST_RATINGS]],
        more=max(0, len(able) - MOST_RATINGS),
        instead=_none(page, found),
    )


def _none(page: Page, found: Sensitivity) -> str:
    result, terms = found.result, page.guide.terms
    if len(result.leaders) > 1:
        return "Several share the first place, so the smallest change decides."
    if len(result.contenders) < 2:
        return f"No other {terms.strategy} competes, so no rating on its own changes what ranks first."
    return f"No single rating, at whichever level, would put another {terms.strategy} first."
