"""A recommendation as HTML, region by region: which view fills which region.

A new panel is a function from (Page, Shown) to HTML, a template, and one line in `VIEWS`. A view with nothing to say
gives empty markup.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from .explained import reasons, warnings, weights
from .headline import bar, leader, notice, progress, summary
from .page import Page
from .shown import Shown
from .standing import excluded, ranking, requirements
from .takeaway import files, share

View = Callable[[Page, Shown], Markup]

REGIONS = (
    "notice",
    "leader",
    "robustness",
    "reasons",
    "requirements",
    "cost",
    "warnings",
    "change",
    "excluded",
    "ranking",
    "weights",
    "path",
    "files",
    "share",
    "record",
)
"""The regions of the result in the order in which they are read. Those without a view stay empty."""

VIEWS: Mapping[str, View] = {
    "notice": notice,
    "leader": leader,
    "reasons": reasons,
    "requirements": requirements,
    "warnings": warnings,
    "excluded": excluded,
    "ranking": ranking,
    "weights": weights,
    "files": files,
    "share": share,
    "progress": progress,
    "summary": summary,
    "bar": bar,
}


def render(page: Page, shown: Shown) -> dict[str, Markup]:
    """All regions that have a view."""
    return {region: view(page, shown) for region, view in VIEWS.items()}
