"""A monthly bill in words: its arithmetic line by line. For the page, the command line and the decision record."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import floor
from typing import Any

from selector.guide.guide import Guide
from selector.guide.reading import exact
from selector.plan.cost import Bill, Line, bill
from selector.scoring.recommend import RankedStrategy, Recommendation

from .sentences import and_


def plain(value: Fraction) -> str:
    """Whole numbers with thousands apart, others with as many digits as matter."""
    return f"{int(value):,}" if value.denominator == 1 else f"{float(value):,.4g}"


def spread(low: Fraction, high: Fraction) -> str:
    """One number, or "low to high"."""
    return plain(low) if low == high else f"{plain(low)} to {plain(high)}"


def money(low: Fraction, high: Fraction, currency: str) -> str:
    """An amount with two decimals, or an interval of two, with its currency."""
    return f"{float(low):,.2f} {currency}" if low == high else f"{float(low):,.2f} to {float(high):,.2f} {currency}"


def stated(guide: Guide, quantities: Mapping[str, Fraction], found: Bill) -> list[str]:
    """Figures in the bill that the visitor did not give and that it depends on, each with its reason."""
    used = {name for line in (*found.lines, *found.foreign) for name, _ in (*line.factors, *line.divisors) if name}
    return [
        f"{entry['name']}: {plain(quantities[entry['id']])}, {entry['because']}"
        for entry in guide.data.get("quantities", ())
        if "because" in entry and entry["name"] in used and quantities[entry["id"]] == exact(entry["default"])
    ]


def increment(result: Recommendation, place: RankedStrategy) -> str:
    """Says that figures come on top of what is in use; empty where nothing of a strategy is."""
    names = [result.guide.option(name).name for name in place.strategy.members if name in result.situation.owned]
    if not names:
        return ""
    return (
        f"You already use {and_(names)}. The effort is what comes on top of that. Charges count all your values,"
        " including those that you pay for today."
    )


def total(found: Bill) -> str:
    """What the priced lines add up to."""
    return money(found.low, found.high, found.currency)


def arithmetic(line: Line) -> str:
    """How the quantity of a line comes about: "30 things × 4 places − 10 free"."""
    top = " × ".join(_number(name, value) for name, value in line.factors) or "1"
    bottom = " ÷ ".join(_number(name, value) for name, value in line.divisors)
    product = top + (f" ÷ {bottom}" if bottom else "")
    if line.covered:
        return f"{product}, all covered by a free plan"
    return product + (f" − {plain(line.free)} free" if line.free else "")


def _number(name: str, value: Fraction) -> str:
    return f"{plain(value)} {name}".strip() if name else plain(value)


def at_price(guide: Guide, found: Bill) -> str:
    """By which prices a bill goes: those that are published, or the reader's own ones too."""
    own = any("own" in guide.entry("prices", line.price) for line in (*found.lines, *found.foreign) if line.quantity)
    return "with own prices" if own else "at list price"


def _priced(price: Mapping[str, Any]) -> str:
    return "own price" if "own" in price else f"price of {price['verified']}"


def unit_price(guide: Guide, line: Line) -> str:
    """The price of one: "0.40 USD per thing and month"."""
    return f"{spread(line.unit_low, line.unit_high)} {line.currency} {guide.entry('prices', line.price)['unit']}"


def bill_lines(result: Recommendation, place: RankedStrategy) -> list[str]:
    """The bill of a strategy as lines of text, its sum first; nothing when the guide has no prices. No figure is
    there for what has no known price."""
    guide = result.guide
    if not guide.data.get("prices"):
        return []
    found = bill(guide, place.strategy, result.situation.quantities, result.situation.free, place.editions)
    lines = [_sum(guide, found), *filter(None, [increment(result, place)])]
    for line in (*found.lines, *found.foreign):
        price = guide.entry("prices", line.price)
        amount = money(line.low, line.high, line.currency)
        lines.append(
            f"{guide.option(line.option).name}, {line.label}: {arithmetic(line)} = {plain(line.quantity)},"
            f" times {unit_price(guide, line)} = {amount} ({_priced(price)})"
        )
    lines += [
        f"{guide.criterion(item.criterion).name}: {spread(item.low, item.high)} {item.unit}" for item in found.upkeep
    ]
    return lines + stated(guide, result.situation.quantities, found)


def amount(low: Fraction, high: Fraction, currency: str) -> str:
    """An amount without false precision: "About USD 24", "About USD 20 to 38", "Less than USD 1"."""
    least, most = floor(low + Fraction(1, 2)), floor(high + Fraction(1, 2))  # halves go up, as readers expect
    if 0 < high < 1:
        return f"Less than {currency} 1"
    return f"About {currency} {least:,}" if least == most else f"About {currency} {least:,} to {most:,}"


def short_bill(result: Recommendation, place: RankedStrategy) -> str:
    """A month of a strategy in one sentence: charges, hours, and what it comes on top of. Empty without prices."""
    guide = result.guide
    if not guide.data.get("prices"):
        return ""
    found = bill(guide, place.strategy, result.situation.quantities, result.situation.free, place.editions)
    if found.lines:
        charges = (
            f"{amount(found.low, found.high, found.currency)} a month {at_price(guide, found)}{_without(guide, found)}"
        )
    elif found.foreign:
        charges = "Charges in another currency"
    else:
        charges = charges_unknown(guide, found) or guide.terms.free
    hours = [f"{spread(item.low, item.high)} {item.unit}" for item in found.upkeep if item.high]
    held = [guide.option(name).name for name in place.strategy.members if name in result.situation.owned]
    extra = f" This is on top of {' and '.join(held)}, which you already use." if held else ""
    return f"{charges}{', plus ' if hours else ''}{' and '.join(hours)}.{extra}"


def charges_unknown(guide: Guide, found: Bill) -> str:
    """Why a bill lacks charges, without a full stop: nothing public says them, or they depend on which option of a
    family is chosen. Empty when every member has a price."""
    names = " and ".join(guide.option(member).name for member in found.unpriced)
    if names and {family.id for family in guide.families}.issuperset(found.unpriced):
        return f"Charges depend on the {guide.terms.option} behind “{names}”"
    return f"No public price list for {names}" if names else ""


def _without(guide: Guide, found: Bill) -> str:
    names = " and ".join(guide.option(member).name for member in found.unpriced)
    return f", without {names}" if names else ""


def _sum(guide: Guide, found: Bill) -> str:
    if found.lines or found.foreign:
        return f"{total(found)} a month {at_price(guide, found)}{_without(guide, found)}"
    if unknown := charges_unknown(guide, found):
        return f"{unknown[0].lower()}{unknown[1:]}"
    return f"{guide.terms.free}. {guide.terms.free_note}".rstrip(" .")
