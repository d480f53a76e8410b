"""What the recommended strategy costs a month, with its arithmetic."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from selector.plan.cost import Line, bill
from selector.report.cost_sentences import (
    arithmetic,
    at_price,
    charges_unknown,
    increment,
    money,
    plain,
    spread,
    stated,
    total,
    unit_price,
)
from selector.web.page import Page

from .context import ResultContext


def cost(page: Page, context: ResultContext) -> Markup:
    """The bill of the strategy that ranks first; charges without a price source are named, not guessed."""
    winner = context.result.winner
    if winner is None or not context.named or not page.guide.data.get("prices"):
        return Markup()
    found = bill(
        page.guide,
        winner.strategy,
        context.result.situation.quantities,
        context.result.situation.free,
        winner.editions,
    )
    return page.render(
        "cost.html",
        name=winner.strategy.name,
        total=total(found),
        lines=[_line(page, line) for line in (*found.lines, *found.foreign)],
        unpriced=[page.name("options", member) for member in found.unpriced],
        unknown=charges_unknown(page.guide, found),
        at_price=at_price(page.guide, found),
        free=not found.lines and not found.foreign and not found.unpriced,
        upkeep=[
            {
                "id": item.criterion,
                "name": page.name("criteria", item.criterion),
                "text": f"{spread(item.low, item.high)} {item.unit}",
            }
            for item in found.upkeep
        ],
        increment=increment(context.result, winner),
        stated=stated(page.guide, context.result.situation.quantities, found),
        quantities=_quantities(page, context),
    )


def _line(page: Page, line: Line) -> dict[str, Any]:
    price = page.entry("prices", line.price)
    sources = price.get("source", ())
    source = sources if isinstance(sources, str) else next(iter(sources), "")
    return {
        "key": f"{line.option} {line.price}",
        "option": page.name("options", line.option),
        "option_id": line.option,
        "label": line.label,
        "arithmetic": arithmetic(line),
        "quantity": plain(line.quantity),
        "price": unit_price(page.guide, line),
        "amount": money(line.low, line.high, line.currency),
        "source": (page.entry("sources", source)["title"], page.entry("sources", source)["url"]) if source else None,
        "verified": price.get("verified"),
        "region": price.get("region"),
    }


def _quantities(page: Page, context: ResultContext) -> list[tuple[str, str]]:
    """Figures by name, with their unit where that is not the name again: "Nodes 3", "Traffic 3 GB"."""
    figures = context.result.situation.quantities
    return [
        (
            name,
            plain(figures[entry["id"]]) + (f" {entry['unit']}" if entry["unit"].casefold() != name.casefold() else ""),
        )
        for entry in page.guide.data.get("quantities", ())
        for name in [str(entry["name"])]
    ]
