"""Scores over the weight of one criterion, with the weight as it is and each change of the leader marked."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase

from markupsafe import Markup

from selector.analysis.weight_lines import Line, WeightLines
from selector.report.sensitivity import Sensitivity
from selector.report.sensitivity_text import crossing_texts, lines_text, share_text
from selector.web.page import Page

from .axes import WIDTH, Axis, apart, axis

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 250, 34, 30, 26, 42

MOST_LINES = 6
"""Strategies with a line: those that lead at some weight, then those that rank highest."""

CLEAR = 44
"""Units from either end at which the weight as it is has its label: the axis has its own name in the corner."""

CROWDED = 16
"""Units between two letters that are beside each other."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line: its number, its dashes by number, its ends, and where its number is."""

    number: int
    left: float
    right: float
    label: float


def line_chart(page: Page, found: Sensitivity, criterion: str = "") -> Markup:
    """The chart for one criterion with a list to pick another from, and its figures as a table. Where there are no two
    contenders, a sentence says so."""
    lines = found.lines(criterion) or found.lines()
    result = found.result
    if lines is None:
        return page.render("chart_lines.html", instead=_none(found))
    shown = _shown(lines)
    across = axis([0, 100], LEFT, WIDTH - RIGHT, zero=True)
    up = axis([float(end) for line in shown for end in (line.none, line.all)], HEIGHT - BOTTOM, TOP, most=100)
    ends = [up.at(float(line.all)) for line in shown]
    labels = apart(ends, 13, TOP, HEIGHT - BOTTOM)
    return page.render(
        "chart_lines.html",
        instead="",
        text=lines_text(result, lines),
        name=page.name("criteria", lines.criterion),
        criteria=[(name, page.name("criteria", name)) for name in found.criteria],
        chosen=lines.criterion,
        across=across,
        up=up,
        lines=[
            Drawn(number, up.at(float(line.none)), right, label)
            for number, (line, right, label) in enumerate(zip(shown, ends, labels, strict=True), start=1)
        ],
        now=(across.at(float(100 * lines.now)), share_text(lines.now)),
        now_label=min(max(across.at(float(100 * lines.now)), LEFT + CLEAR), WIDTH - CLEAR),
        near=[across.at(float(100 * share)) for share in lines.near],
        crossings=_crossings(lines, across, up),
        told=list(zip(ascii_uppercase, crossing_texts(page.guide, lines), strict=False)),
        rows=[
            (
                number,
                line.place.strategy.name,
                *(f"{float(score):.1f}" for score in (line.none, line.at(lines.now), line.all)),
            )
            for number, line in enumerate(shown, start=1)
        ],
        now_text=share_text(lines.now),
        more=len(lines.lines) - len(shown),
        size=(WIDTH, HEIGHT),
    )


def _none(found: Sensitivity) -> str:
    """Why no weight can change anything."""
    result, terms = found.result, found.result.guide.terms
    if len(result.contenders) > 1:
        return f"No weight can be changed in a way that tells the {terms.strategies} apart that compete."
    others = len(result.feasible) > 1
    why = (
        f"Every other {terms.strategy} is ruled out or listed later by a preference"
        if others
        else (f"No other {terms.strategy} meets all your requirements")
    )
    return f"{why}, so no weight changes the recommendation of “{result.contenders[0].strategy.name}”."


def _shown(lines: WeightLines) -> list[Line]:
    """In the order of the ranking."""
    leading = set(lines.leaders)
    order = sorted(
        range(len(lines.lines)), key=lambda index: (lines.lines[index].place.strategy.id not in leading, index)
    )
    return [lines.lines[index] for index in sorted(order[:MOST_LINES])]


def _crossings(lines: WeightLines, across: Axis, up: Axis) -> list[tuple[str, float, float, float]]:
    """Letter and place of each change of the leader, and the height of its letter: of two that are close, one is below."""
    by_id = {line.place.strategy.id: line for line in lines.lines}
    found: list[tuple[str, float, float, float]] = []
    for letter, item in zip(ascii_uppercase, lines.crossings, strict=False):
        x, y = across.at(float(100 * item.share)), up.at(float(by_id[item.after].at(item.share)))
        crowded = bool(found) and x - found[-1][1] < CROWDED and found[-1][3] < found[-1][2]
        found.append((letter, x, y, round(y + 20 if crowded or y < up.end + 16 else y - 10, 1)))
    return found
