"""From what was measured to a value: directions, and functions that are linear between reference points.

Larger values are better. A function may rise, fall, or do both ("20 degrees are best").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from selector.guide.reading import exact

BENEFIT, COST = "benefit", "cost"
"""More is better: the value is the number as given. Less is better: it is the number with the other sign."""

REFUSE, CLIP, EXTEND = "refuse", "clip", "extend"
"""What happens outside the reference points: an error, the value of the nearest one, or the nearest line goes on."""

Knots = list[tuple[Fraction, Fraction]]
"""Where on the way from the lower to the upper end of a cell (0..1), and the value there; linear in between."""


@dataclass(frozen=True, slots=True)
class ValueFunction:
    """Values by linear interpolation: `points` are (measurement, value), in ascending order of measurements."""

    points: tuple[tuple[Fraction, Fraction], ...]
    outside: str = REFUSE

    def value(self, measured: Fraction) -> Fraction:
        """The value of a measurement.

        Raises:
            ValueError: it is outside the reference points, which `outside` refuses.
        """
        (first, lowest), (last, highest) = self.points[0], self.points[-1]
        if not first <= measured <= last and self.outside != EXTEND:
            if self.outside == REFUSE:
                raise ValueError(f"{float(measured):g} is outside {float(first):g} to {float(last):g}")
            return lowest if measured < first else highest
        lines = list(pairwise(self.points))
        (left, before), (right, after) = next((line for line in lines if measured <= line[1][0]), lines[-1])
        return before + (after - before) * (measured - left) / (right - left)


def linear(worst: Any, best: Any, *, outside: str = REFUSE) -> ValueFunction:
    """0 at the worst measurement, 1 at the best one; for a cost the worst is the larger."""
    return piecewise([(worst, 0), (best, 1)], outside=outside)


def piecewise(points: Sequence[tuple[Any, Any]], *, outside: str = REFUSE) -> ValueFunction:
    """Linear between (measurement, value) pairs, in any order.

    The partial value functions of SMAA's implementations (R package smaa, `smaa.pvf`).

    Raises:
        ValueError: fewer than two points, one measurement twice, or a number that is not finite.
    """
    if outside not in (REFUSE, CLIP, EXTEND):
        raise ValueError(f"outside is '{REFUSE}', '{CLIP}' or '{EXTEND}', not {outside!r}")
    known = sorted((rational(measured), rational(value)) for measured, value in points)
    if len({measured for measured, _ in known}) < max(2, len(known)):
        raise ValueError("a value function needs two different measurements or more")
    return ValueFunction(tuple(known), outside)


Scale = str | ValueFunction


def knots(scale: Scale, low: Fraction, high: Fraction) -> Knots:
    """How the value moves while the measurement goes from low to high; one knot where they are the same.

    Raises:
        ValueError: an unknown scale, or a measurement outside the function.
    """
    ends = [low] if low == high else [low, high]
    if isinstance(scale, ValueFunction):
        between = [measured for measured, _ in scale.points if low < measured < high]
        places = [ends[0], *between, *ends[1:]]
        return [((place - low) / ((high - low) or 1), scale.value(place)) for place in places]
    if scale not in (BENEFIT, COST):
        raise ValueError(f"a scale is '{BENEFIT}', '{COST}', linear(...) or piecewise(...), not {scale!r}")
    sign = 1 if scale == BENEFIT else -1
    return [(Fraction(place), sign * end) for place, end in enumerate(ends)]


def rational(number: Any) -> Fraction:
    """A number as it was written, exact.

    Raises:
        ValueError: it is no finite number.
    """
    try:
        return number if isinstance(number, Fraction) else exact(number)
    except (ValueError, TypeError, ZeroDivisionError) as error:
        raise ValueError(f"not a finite number: {number!r}") from error
