"""A recommendation as HTML, region by region: which view fills which region.

A new panel is a function from (Page, ResultContext) to HTML, a template, and one line in `FIRST` or `LATER`. A view with
nothing to say gives empty markup.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from selector.analysis.steps import Analysis

from .page import Page
from .panels.alternatives import others
from .panels.assumptions import assumptions
from .panels.cases import cases
from .panels.compared import compared
from .panels.context import ResultContext
from .panels.cost import cost
from .panels.found import found
from .panels.headline import bar, leader, summary
from .panels.invitation import invitation
from .panels.moves import path, record
from .panels.own import own
from .panels.progress import notice, progress
from .panels.ranking import excluded, ranking, requirements
from .panels.reasons import reasons, warnings, weights
from .panels.robustness import change, robustness
from .panels.starter import files
from .panels.trades import trades

View = Callable[[Page, ResultContext], Markup]

DECISION = (
    "notice",
    "compared",
    "leader",
    "alternatives",
    "warnings",
    "change",
    "excluded",
    "requirements",
    "files",
    "assumptions",
    "path",
    "record",
)
"""The regions of the result in the order in which they are read. Those without a view stay empty."""

CALCULATION = ("robustness", "reasons", "cost", "weights", "ranking")
"""What is behind the result, folded away below it."""

SENSITIVITY = "sensitivity"
"""The region of trade-offs and sensitivity, in a fold below that: worked out when the reader opens it."""

OWN, CASES = "own", "cases"
"""The regions of own facts and of saved cases, each in a fold below the decision."""

REGIONS = (*DECISION, OWN, CASES, *CALCULATION, SENSITIVITY)

FIRST: Mapping[str, View] = {
    "notice": notice,
    "progress": progress,
    "summary": summary,
    "bar": bar,
    "found": found,
    "trades": trades,
    "compared": compared,
    "leader": leader,
    "alternatives": others,
    "warnings": warnings,
    "excluded": excluded,
    "requirements": requirements,
    "files": files,
    "assumptions": assumptions,
    "own": own,
    "reasons": reasons,
}
"""What a visitor waits for after an answer, and what stands between: what came later would move what is below it."""

LATER: Mapping[str, View] = {
    "cases": cases,
    "path": path,
    "record": record,
    "ranking": ranking,
    "cost": cost,
    "weights": weights,
    SENSITIVITY: invitation,
}
"""What is further down and may come a moment later, so that the recommendation does not wait for it."""

FIGURES: Mapping[str, View] = {"robustness": robustness, "change": change}
"""What takes time to work out and grows from part to part."""

HEADLINE: Mapping[str, View] = {
    "leader": leader,
    "summary": summary,
    "bar": bar,
    "progress": progress,
    "alternatives": others,
}
"""What the figures may change: how sure the recommendation is, and when another would be better."""


def render(page: Page, context: ResultContext, views: Mapping[str, View]) -> dict[str, Markup]:
    """The regions that these views fill."""
    return {region: view(page, context) for region, view in views.items()}


def render_all(page: Page, context: ResultContext) -> dict[str, Markup]:
    """All regions that have a view."""
    return render(page, context, FIRST) | render(page, context, LATER) | render(page, context, FIGURES)


def telling(analysis: Analysis, *, told: bool) -> Mapping[str, View]:
    """The views that have something new to say.

    What would change it: only when all answers were tried, so that the list does not grow under the reader. The
    headline: once, when the verdict is known and no draw changes it any more, so that it does not turn to and fro.
    """
    views = {name: view for name, view in FIGURES.items() if name != "change" or analysis.flips_done}
    return {**views, **HEADLINE} if analysis.settled and not told else views
