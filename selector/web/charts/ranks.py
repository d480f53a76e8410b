"""How often each strategy has each rank, as a table with a bar in each cell."""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from selector.analysis.ranks import Ranks
from selector.web.page import Page

MOST_ROWS = 6
"""Strategies and ranks that are shown; lower ranks are added up."""


def rank_table(page: Page, found: Ranks | None, *, waiting: bool) -> Markup:
    """The table; a sentence while weightings are still drawn; nothing when there are no two contenders."""
    if found is None:
        return page.render("chart_ranks.html", waiting=True) if waiting else Markup()
    ranks = min(MOST_ROWS, len(found.places))
    lower = len(found.places) > ranks
    rows = []
    for row, place in list(enumerate(found.places))[:MOST_ROWS]:
        shares = list(found.shares[row])
        cells = shares[:ranks] + ([sum(shares[ranks:], Fraction(0))] if lower else [])
        rows.append(
            (place.strategy.name, [_cell(share) for share in cells], _cell(found.ahead[0][row])[0] if row else "")
        )
    return page.render(
        "chart_ranks.html",
        waiting=False,
        heads=[str(rank + 1) for rank in range(ranks)] + ([f"{ranks + 1} or lower"] if lower else []),
        rows=rows,
        first=found.places[0].strategy.name,
        draws=f"{found.draws:,}",
        more=len(found.places) - len(rows),
    )


def _cell(share: Fraction) -> tuple[str, float]:
    """A share in words, and how wide its bar is, 0..100."""
    figure = float(100 * share)
    text = "0" if not share else "<1%" if figure < 0.5 else ">99%" if figure > 99.5 and share < 1 else f"{figure:.0f}%"
    return text, round(figure, 1)
