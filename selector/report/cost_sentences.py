"""A monthly bill in words: its arithmetic line by line. For the page, the command line and the decision record."""

from __future__ import annotations

from fractions import Fraction

from selector.guide.guide import Guide
from selector.plan.cost import Bill, Line, bill
from selector.scoring.recommend import RankedStrategy, Recommendation


def plain(value: Fraction) -> str:
    """Whole numbers with thousands apart, others with as many digits as matter."""
    return f"{int(value):,}" if value.denominator == 1 else f"{float(value):,.4g}"


def spread(low: Fraction, high: Fraction) -> str:
    """One number, or "low to high"."""
    return plain(low) if low == high else f"{plain(low)} to {plain(high)}"


def money(low: Fraction, high: Fraction, currency: str) -> str:
    """An amount with two decimals, or an interval of two, with its currency."""
    return f"{float(low):,.2f} {currency}" if low == high else f"{float(low):,.2f} to {float(high):,.2f} {currency}"


def total(found: Bill) -> str:
    """What the priced lines add up to."""
    return money(found.low, found.high, found.currency)


def arithmetic(line: Line) -> str:
    """How the quantity of a line comes about: "30 things × 4 places − 10 free"."""
    top = " × ".join(_number(name, value) for name, value in line.factors)
    bottom = " ÷ ".join(_number(name, value) for name, value in line.divisors)
    return top + (f" ÷ {bottom}" if bottom else "") + (f" − {plain(line.free)} free" if line.free else "")


def _number(name: str, value: Fraction) -> str:
    return f"{plain(value)} {name}".strip() if name else plain(value)


def unit_price(guide: Guide, line: Line) -> str:
    """The price of one: "0.40 USD per thing and month"."""
    return f"{spread(line.unit_low, line.unit_high)} {line.currency} {guide.entry('prices', line.price)['unit']}"


def bill_lines(result: Recommendation, place: RankedStrategy) -> list[str]:
    """The bill of a strategy as lines of text, its sum first; nothing when the guide has no prices. No figure stands
    there for what has no known price."""
    guide = result.guide
    if not guide.data.get("prices"):
        return []
    found = bill(guide, place.strategy, result.situation.quantities, result.situation.owned)
    unpriced = " and ".join(guide.option(member).name for member in found.unpriced)
    lines = [_sum(found, unpriced)]
    for line in (*found.lines, *found.foreign):
        price = guide.entry("prices", line.price)
        amount = money(line.low, line.high, line.currency)
        lines.append(
            f"{guide.option(line.option).name}, {line.label}: {arithmetic(line)} = {plain(line.quantity)},"
            f" times {unit_price(guide, line)} = {amount} (price of {price['verified']})"
        )
    lines += [
        f"{guide.criterion(item.criterion).name}: {spread(item.low, item.high)} {item.unit}" for item in found.upkeep
    ]
    return lines


def _sum(found: Bill, unpriced: str) -> str:
    if found.lines or found.foreign:
        return f"{total(found)} a month at list price" + (f", not counting {unpriced}" if unpriced else "")
    if unpriced:
        return f"we know no price list for {unpriced}, so there is no figure"
    return "no charges for it itself; what it takes is time"
