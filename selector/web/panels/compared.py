"""Two options that a visitor wants to decide between: where each one is on these answers, and what is left to ask."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from selector.case.answers import in_force
from selector.case.effects import Exclusion, Requirement
from selector.case.verdict import EXCLUDED
from selector.report.advice import points_behind
from selector.report.sentences import and_, points_text
from selector.scoring.recommend import RankedStrategy, Recommendation
from selector.web.marks import counted
from selector.web.page import Page

from .context import ResultContext

MOST_ASKED = 5
"""Questions that are offered."""

MOST_REASONS = 2
"""Reasons why an option is ruled out."""


def compared(page: Page, context: ResultContext) -> Markup:
    """The two options, each with one sentence, and the open questions that decide between them."""
    pair = context.compared
    if pair is None:
        return Markup()
    result, guide = context.result, page.guide
    asked = in_force(guide, result.case)
    open_ = [name for name in pair.questions if name in asked and name not in result.case.answers]
    sides = [_side(page, context, option) for option in pair.options]
    return page.render(
        "compared.html",
        names=[side["name"] for side in sides],
        sides=sides,
        verdict=_verdict(context, sides, bool(open_)),
        questions=[(f"dw-q-{name}", page.entry("questions", name)["text"]) for name in open_[:MOST_ASKED]],
    )


def _side(page: Page, context: ResultContext, option: str) -> dict[str, Any]:
    """An option: its highest-ranked setup, or why there is none."""
    result = context.result
    places = [place for place in result.places if option in place.strategy.members]
    left = [place for place in places if place.verdict.status != EXCLUDED]
    return {
        "name": page.name("options", option),
        "address": page.links(f"options/{option}.md"),
        "out": bool(places) and not left,
        "best": left[0] if left else None,
        "text": _standing(context, places, left) if result.crowned else "",
        "reasons": _why_not(result, places) if places and not left else [],
        "rival": left[0].strategy.id if context.named and left and left[0] is not result.winner else None,
    }


def _standing(context: ResultContext, places: list[RankedStrategy], left: list[RankedStrategy]) -> str:
    result = context.result
    if not places:
        return "No setup in this guide has it."
    if not left:
        return "Ruled out."
    if not context.named or result.winner is None:
        return f"{counted(len(left), 'setup', 'setups')} with it {'fits' if len(left) == 1 else 'fit'} so far."
    best = left[0]
    if best is result.winner:
        return f"Recommended: {best.strategy.name}."
    behind = points_behind(result, best)
    distance = f", {points_text(behind)} behind {result.winner.strategy.name}" if behind > 0 else ""
    return f"First setup with it: {best.strategy.name}{distance}."


def _why_not(result: Recommendation, places: list[RankedStrategy]) -> list[str]:
    """The guide's reasons for what the nearest of the setups does not meet."""
    failed = min((place.verdict.failed for place in places), key=len)
    situation = result.situation
    asked: list[Requirement | Exclusion] = [*situation.requirements, *situation.exclusions]
    return list(dict.fromkeys(item.because for item in asked if item.id in failed))[:MOST_REASONS]


def _verdict(context: ResultContext, sides: list[dict[str, Any]], asking: bool) -> str:
    """The comparison in one sentence."""
    names = [side["name"] for side in sides]
    out = [side["name"] for side in sides if side["out"]]
    if not context.result.crowned:
        return f"{'Start with the questions below. They' if asking else 'Your answers'} decide between the two."
    if out:
        return f"Your answers rule out {and_(out)}."
    if not context.named or any(side["best"] is None for side in sides):
        return f"{and_(names)} both fit so far."
    one, two = (side["best"] for side in sides)
    if one is two:
        return f"They are used together in {one.strategy.name}."
    if one.rank == two.rank:
        return "Your answers don't distinguish between them."
    order = context.result.places
    return f"{names[0] if order.index(one) < order.index(two) else names[1]} fits your answers better."
