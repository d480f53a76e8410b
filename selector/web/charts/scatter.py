"""Score against cost, with the efficient frontier as a stair line."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from selector.plan.frontier import MONEY, Point, TradeOff
from selector.report.cost_sentences import spread
from selector.report.sensitivity_text import frontier_text, measure_name, score_text
from selector.scoring.recommend import Recommendation
from selector.scoring.totals import percent
from selector.web.page import Page

from .axes import WIDTH, Axis, axis

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 250, 34, 14, 14, 42

MOST_POINTS = 14
"""Strategies in one chart: the frontier, then those with the highest scores."""

AROUND = (
    (11, 4),
    (-11, 4),
    (0, -9),
    (0, 17),
    (13, -8),
    (-13, -8),
    (13, 15),
    (-13, 15),
    (24, 4),
    (-24, 4),
    (0, -21),
    (0, 29),
)
"""Where a number may be from its mark, the best place first."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A strategy in the chart: its number, shape (leader, efficient, other, later), place, and where its number is.

    `least` and `most` are the ends of its cost where that is a range.
    """

    number: int
    shape: str
    x: float
    y: float
    least: float
    most: float
    label: tuple[float, float]


def scatter_chart(page: Page, result: Recommendation, off: TradeOff) -> Markup:
    """The chart, the finding in words, and its figures as a table; empty when no strategy has a known cost."""
    if not off.points:
        return Markup()
    name, text = measure_name(page.guide, off), frontier_text(result, off)
    if len(off.points) == 1:
        return page.render("chart_scatter.html", key=off.measure or "money", title=_title(name), text=text, alone=True)
    shown = _shown(off)
    scores = [_score(result, point) for point in shown]
    across = axis([float(point.high) for point in shown], LEFT, WIDTH - RIGHT, zero=True)
    up = axis(scores, HEIGHT - BOTTOM, TOP, most=100)
    marks = _marks(result, off, shown, across, up)
    numbers = {point.place.strategy.id: mark.number for point, mark in zip(shown, marks, strict=True)}
    return page.render(
        "chart_scatter.html",
        key=off.measure or "money",
        title=_title(name),
        text=text,
        alone=False,
        across=across,
        up=up,
        marks=marks,
        stairs=_stairs([mark for mark, point in zip(marks, shown, strict=True) if point.efficient], across, up),
        unit=off.unit if off.measure else f"{off.unit} a month, list price",
        rows=[_row(result, off, point, mark, numbers) for point, mark in zip(shown, marks, strict=True)],
        more=len(off.points) - len(shown),
        missing=[place.strategy.name for place in off.missing],
        shapes=sorted({mark.shape for mark in marks}, key=list(SHAPES).index),
        words=SHAPES,
        ranges=any(point.low < point.high for point in shown),
        size=(WIDTH, HEIGHT),
    )


def _title(name: str) -> str:
    return f"Score against {name[:1].lower() + name[1:]}"


SHAPES = {
    "leader": "recommended",
    "efficient": "on the efficient frontier",
    "other": "not on it",
    "later": "listed later by a preference, on the frontier",
    "later-other": "listed later by a preference, not on it",
}
"""Shapes and what they mean, in the order of the key."""


def _shown(off: TradeOff) -> list[Point]:
    """Points of the chart in the order of the ranking."""
    first = sorted(range(len(off.points)), key=lambda index: (not off.points[index].efficient, index))
    return [off.points[index] for index in sorted(first[:MOST_POINTS])]


def _score(result: Recommendation, point: Point) -> float:
    return percent(point.place.total.twice, result.points) / 2


def _shape(result: Recommendation, point: Point) -> str:
    if point.place in result.leaders:
        return "leader"
    if point.place.tier:
        return "later" if point.efficient else "later-other"
    return "efficient" if point.efficient else "other"


def _marks(result: Recommendation, off: TradeOff, shown: list[Point], across: Axis, up: Axis) -> list[Mark]:
    places = [(across.at(float(point.cost)), up.at(_score(result, point))) for point in shown]
    taken = [*places]
    marks = []
    for number, (point, (x, y)) in enumerate(zip(shown, places, strict=True), start=1):
        spot = _free(x, y, taken)
        taken.append((spot[0], spot[1] - 4))
        ends = across.at(float(point.low)), across.at(float(point.high))
        marks.append(Mark(number, _shape(result, point), x, y, *ends, spot))
    return marks


def _free(x: float, y: float, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """A place for a number beside a mark that hides nothing; the least crowded one when there is none."""

    def room(spot: tuple[float, float]) -> float:
        near = [abs(spot[0] - left) / 14 + abs(spot[1] - 4 - top) / 11 for left, top in taken if (left, top) != (x, y)]
        return min([*near, 9.0])

    inside = [
        (round(x + right, 1), round(y + down, 1))
        for right, down in AROUND
        if LEFT < x + right < WIDTH - 4 and TOP < y + down < HEIGHT - BOTTOM + 4
    ]
    return next((spot for spot in inside if room(spot) >= 1), max(inside, key=room))


def _stairs(front: list[Mark], across: Axis, up: Axis) -> str:
    """The frontier: from the cheapest to the right, and up where the next one is."""
    if not front:
        return ""
    ordered = sorted(front, key=lambda mark: (mark.x, -mark.y))
    steps = "".join(f"H{mark.x}V{mark.y}" for mark in ordered[1:])
    return f"M{ordered[0].x} {up.start}V{ordered[0].y}{steps}H{across.end}"


def _row(
    result: Recommendation, off: TradeOff, point: Point, mark: Mark, numbers: dict[str, int]
) -> tuple[int, str, str, str, str]:
    """Number, name, score, cost, and where it is to the frontier."""
    front = [other.place.strategy.id for other in off.frontier]
    better = sorted(numbers[name] for name in point.better if name in numbers and name in front)
    standing = "efficient" if point.efficient else f"behind {better[0]}"
    return mark.number, point.place.strategy.name, score_text(result, point), _cost(off, point), standing


def _cost(off: TradeOff, point: Point) -> str:
    if off.measure != MONEY:
        return spread(point.low, point.high)
    low, high = f"{float(point.low):,.2f}", f"{float(point.high):,.2f}"
    return low if low == high else f"{low} to {high}"
