"""Axes: from figures to places in a chart, with round ticks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log10

WIDTH = 340
"""Units that every chart is wide: a phone's screen without its margins."""

STEPS = (1, 2, 2.5, 5, 10)
"""Distances of ticks, times a power of ten."""

MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class Axis:
    """Figures `low`..`high` over units `start`..`end`; for a vertical axis `start` is the lower end, so the larger one."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """The place of a figure, in tenths of a unit."""
        part = (value - self.low) / (self.high - self.low)
        return round(self.start + part * (self.end - self.start), 1)

    @property
    def marks(self) -> list[tuple[float, str]]:
        """Ticks as (place, label)."""
        return [(self.at(value), label(value)) for value in self.ticks]


def axis(values: Iterable[float], start: float, end: float, *, zero: bool = False, most: float | None = None) -> Axis:
    """An axis that holds all values between round ends.

    Args:
        values: the figures; at least one.
        zero: begin at 0.
        most: the figure above which it never ends: 100 for scores.
    """
    found = list(values)
    low, high = (0.0 if zero else min(found)), max(found)
    if high <= low:
        low, high = (low, low + 1) if zero else (low - 1, high + 1)
    step = _step((high - low) / (MOST_TICKS - 1))
    low, high = floor(round(low / step, 9)) * step, ceil(round(high / step, 9)) * step
    if most is not None and high > most:
        low, high = low - (high - most), most
    count = round((high - low) / step)
    return Axis(low, high, start, end, tuple(round(low + step * index, 9) for index in range(count + 1)))


def _step(least: float) -> float:
    """The smallest round distance that is not below `least`."""
    power = 10.0 ** floor(log10(least))
    return next(step * power for step in STEPS if step * power >= least * (1 - 1e-9))


def label(value: float) -> str:
    """A tick's figure: thousands apart, a true minus sign, no more digits than it needs."""
    text = f"{value:,.10g}" if abs(value) < 1000 else f"{value:,.0f}"
    return text.replace("-", "\N{MINUS SIGN}")


def apart(places: list[float], least: float, low: float, high: float) -> list[float]:
    """The same places moved as little as needed to be `least` apart within low..high, in the same order as given."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = [places[index] for index in order]
    for index in range(len(moved)):
        floor_ = low if index == 0 else moved[index - 1] + least
        moved[index] = max(moved[index], floor_)
    for index in reversed(range(len(moved))):
        ceiling = high if index == len(moved) - 1 else moved[index + 1] - least
        moved[index] = min(moved[index], ceiling)
    found = [0.0] * len(places)
    for index, value in zip(order, moved, strict=True):
        found[index] = round(value, 1)
    return found
