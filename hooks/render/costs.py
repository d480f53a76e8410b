"""The monthly bill of one option on the guide's own figures, with its arithmetic in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from selector import Guide
from selector.guide.reading import exact
from selector.plan.cost import Line, bill


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line: what is counted, the arithmetic ("50 things x 3 places"), the price and the amount a month."""

    label: str
    arithmetic: str
    price: str
    amount: str


@dataclass(frozen=True, slots=True)
class Bill:
    """Lines of a month; none when it is free of charge. `figures` are the figures used, in words."""

    lines: tuple[BillLine, ...]
    total: str
    figures: str


def option_bill(guide: Guide, option: Mapping[str, Any]) -> Bill | None:
    """The bill of an option, or None when the guide knows no price or no strategy has the option."""
    strategy = next((item for item in guide.strategies if option["id"] in item.members), None)
    if "costs" not in option or strategy is None:
        return None
    quantities = {entry["id"]: exact(entry["default"]) for entry in guide.data.get("quantities", ())}
    whole = bill(guide, strategy, quantities)
    lines = [line for line in (*whole.lines, *whole.foreign) if line.option == option["id"]]
    if option["costs"] and not lines and option["id"] in whole.unpriced:
        return None
    own = [line for line in lines if line.currency == whole.currency]
    low, high = sum((line.low for line in own), Fraction(0)), sum((line.high for line in own), Fraction(0))
    return Bill(
        lines=tuple(_line(guide, line) for line in lines),
        total=f"{span(low, high)} {whole.currency}",
        figures=", ".join(
            f"{entry['name']}: {number(exact(entry['default']))}" for entry in guide.data.get("quantities", ())
        ),
    )


def _line(guide: Guide, line: Line) -> BillLine:
    price = guide.entry("prices", line.price)
    text = " × ".join(_factor(name, value) for name, value in line.factors) or "1"
    for name, value in line.divisors:
        text += f" ÷ {_factor(name, value)}"
    if line.free:
        text += f", {number(line.free)} free"
    return BillLine(
        label=line.label,
        arithmetic=text,
        price=f"{span(line.unit_low, line.unit_high)} {line.currency} {price['unit']}",
        amount=f"{span(line.low, line.high)} {line.currency}",
    )


def _factor(name: str, value: Fraction) -> str:
    return f"{number(value)} {name}" if name else number(value)


def number(value: Fraction) -> str:
    """A figure for reading: thousands apart, at most two decimals, but never a price rounded to nothing."""
    shown = round(float(value), 2)
    if value and not shown:
        return f"{float(value):.2g}"
    return f"{int(shown):,}" if shown == int(shown) else f"{shown:,.2f}"


def span(low: Fraction, high: Fraction) -> str:
    """One figure, or two when only a range is known."""
    return number(low) if low == high else f"{number(low)} to {number(high)}"
