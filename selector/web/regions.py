"""A recommendation as HTML, region by region: which view fills which region.

A new panel is a function from (Page, ResultContext) to HTML, a template, and one line in `FIRST` or `LATER`. A view with
nothing to say gives empty markup.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from .page import Page
from .panels.context import ResultContext
from .panels.cost import cost
from .panels.headline import bar, leader, notice, progress, summary
from .panels.moves import path, record
from .panels.ranking import excluded, ranking, requirements
from .panels.reasons import reasons, warnings, weights
from .panels.robustness import change, robustness
from .panels.share import files, share

View = Callable[[Page, ResultContext], Markup]

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

FIRST: Mapping[str, View] = {
    "notice": notice,
    "progress": progress,
    "summary": summary,
    "bar": bar,
    "leader": leader,
    "reasons": reasons,
    "requirements": requirements,
    "excluded": excluded,
    "ranking": ranking,
}
"""What a visitor waits for after an answer."""

LATER: Mapping[str, View] = {
    "cost": cost,
    "warnings": warnings,
    "weights": weights,
    "path": path,
    "files": files,
    "share": share,
}
"""What stands further down and may come a moment later, so that the ranking does not wait for it."""

FIGURES: Mapping[str, View] = {"robustness": robustness, "change": change, "record": record}
"""What takes time to work out and grows from part to part."""

HEADLINE: Mapping[str, View] = {"leader": leader, "summary": summary, "bar": bar}
"""What the figures may turn around: a leader that is too close to call."""


def render(page: Page, context: ResultContext, views: Mapping[str, View]) -> dict[str, Markup]:
    """The regions that these views fill."""
    return {region: view(page, context) for region, view in views.items()}


def render_all(page: Page, context: ResultContext) -> dict[str, Markup]:
    """All regions that have a view."""
    return render(page, context, FIRST) | render(page, context, LATER) | render(page, context, FIGURES)
