"""The way from what the visitor has today, and the decision to keep."""

from __future__ import annotations

from markupsafe import Markup

from selector.case.link import encode
from selector.plan.drift import link_snapshot
from selector.plan.moves import find_moves
from selector.plan.starters import starter_sets
from selector.web.page import Page

from .context import ResultContext


def path(page: Page, context: ResultContext) -> Markup:
    """Declared moves from what is in use today, fewest and safest first, with how to go back."""
    result, winner = context.result, context.result.winner
    if winner is None or not context.named or not page.guide.data.get("moves"):
        return Markup()
    today = sorted(result.situation.owned)
    found = find_moves(page.guide, today, winner.strategy, result.situation.used_besides)

    def names(ids: object) -> list[str]:
        return [page.name("options", str(name)) for name in ids]  # type: ignore[attr-defined]

    return page.render(
        "path.html",
        name=winner.strategy.name,
        today=names(today),
        moves=[
            {
                "key": "+".join(move["from"]) + ">" + "+".join(move["to"]),
                "summary": move["summary"],
                "risk": move["risk"],
                "steps": move["steps"],
                "side_by_side": move["side_by_side"],
                "roll_back": move["roll_back"],
            }
            for move in found.moves
        ],
        fresh=names(found.added),
        kept=names(found.unchanged),
        wider=names(found.wider),
        starters=bool(starter_sets(page.guide, winner.strategy)),
        stages=page.links("stages.md") if result.guide.data.get("stages") else "",
    )


def record(page: Page, context: ResultContext) -> Markup:
    """The decision to keep: a record in Markdown and as data, and the link to it."""
    result = context.result
    if result.winner is None or not context.named:
        return Markup()
    return page.render(
        "record.html",
        link=encode(result.case, page.revision, link_snapshot(result)) if page.live else "",
        revision=page.revision,
        file=f"{page.guide.data['guide']['id']}-result.json",
    )
