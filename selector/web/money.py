"""What the recommended strategy costs a month, with its arithmetic."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from markupsafe import Markup

from ..cost import Bill, Line, bill
from .page import Page
from .shown import Shown


def cost(page: Page, shown: Shown) -> Markup:
    """The bill of the strategy that comes first; charges without a price source are named, not guessed."""
    winner = shown.result.winner
    if winner is None or not page.guide.data.get("prices"):
        return Markup()
    found = bill(page.guide, winner.strategy, shown.result.situation.quantities)
    return page.render(
        "cost.html",
        name=winner.strategy.name,
        total=_total(found),
        lines=[_line(page, line) for line in (*found.lines, *found.foreign)],
        unpriced=[page.name("options", member) for member in found.unpriced],
        free=not found.lines and not found.foreign and not found.unpriced,
        upkeep=[
            {"name": page.name("criteria", item.criterion), "text": f"{_range(item.low, item.high)} {item.unit}"}
            for item in found.upkeep
        ],
        quantities=_quantities(page, shown),
    )


def money(amount: Fraction, currency: str) -> str:
    """An amount with two decimals and its currency."""
    return f"{float(amount):,.2f} {currency}"


def _total(found: Bill) -> str:
    low, high = found.low, found.high
    text = money(low, found.currency)
    return text if low == high else f"{float(low):,.2f} to {money(high, found.currency)}"


def _line(page: Page, line: Line) -> dict[str, Any]:
    price = page.entry("prices", line.price)
    source = price["source"] if isinstance(price["source"], str) else price["source"][0]
    top = " × ".join(_number(name, value) for name, value in line.factors)
    bottom = " ÷ ".join(_number(name, value) for name, value in line.divisors)
    amount = (
        f"{float(line.low):,.2f}" if line.low == line.high else f"{float(line.low):,.2f} to {float(line.high):,.2f}"
    )
    return {
        "key": f"{line.option} {line.price}",
        "option": page.name("options", line.option),
        "label": line.label,
        "arithmetic": top + (f" ÷ {bottom}" if bottom else "") + (f" − {_plain(line.free)} free" if line.free else ""),
        "quantity": _plain(line.quantity),
        "price": f"{_range(line.unit_low, line.unit_high)} {line.currency} {price['unit']}",
        "amount": f"{amount} {line.currency}",
        "source": (page.entry("sources", source)["title"], page.entry("sources", source)["url"]),
        "verified": price["verified"],
        "region": price.get("region"),
    }


def _number(name: str, value: Fraction) -> str:
    return f"{_plain(value)} {name}".strip() if name else _plain(value)


def _plain(value: Fraction) -> str:
    """Whole numbers with thousands apart, others with as many digits as matter."""
    return f"{int(value):,}" if value.denominator == 1 else f"{float(value):,.4g}"


def _range(low: Fraction, high: Fraction) -> str:
    return _plain(low) if low == high else f"{_plain(low)} to {_plain(high)}"


def _quantities(page: Page, shown: Shown) -> list[tuple[str, str]]:
    figures = shown.result.situation.quantities
    return [
        (str(entry["name"]), f"{_plain(figures[entry['id']])} {entry['unit']}")
        for entry in page.guide.data.get("quantities", ())
    ]
