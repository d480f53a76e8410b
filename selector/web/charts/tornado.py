"""How far each answer moves the lead: one bar for each question, the longest first."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from selector.analysis.tornado import Swing, Trial
from selector.report.sensitivity import Sensitivity
from selector.report.sensitivity_text import swing_text
from selector.report.sentences import answer_text
from selector.web.diagram import wrap
from selector.web.marks import signed
from selector.web.page import Page

from .axes import WIDTH, Axis, axis

LEFT, RIGHT, TOP, LINE, BAR, GAP = 40, 40, 22, 15, 14, 12

TEXT_CHARACTERS = 48
"""What fits in one line at 12 units, in wide fonts too."""

MOST_BARS = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One question: its lines of text from `top` on, its bar at `y` from `left` to `right` over the present lead, the leads
    at its ends, and whether an answer takes the strategy out of the ranking."""

    text: tuple[str, ...]
    top: float
    y: float
    left: float
    right: float
    ends: tuple[str, str]
    out: bool


def tornado_chart(page: Page, found: Sensitivity) -> Markup:
    """The chart, the answer that moves most in words, and every answer's lead as a table. Where nothing competes with what
    ranks first, a sentence says so; empty until all answers were tried."""
    if found.swings is None or found.result.winner is None:
        return Markup()
    now, name = found.lead.points, found.result.winner.strategy.name
    moving = [swing for swing in found.swings if now is not None and (swing.movement(now) or swing.out)]
    if now is None or not moving:
        return page.render("chart_tornado.html", instead=_none(found, name), name=name)
    bars, height, across = _bars(page, moving[:MOST_BARS], now)
    return page.render(
        "chart_tornado.html",
        instead="",
        name=name,
        text=swing_text(found.result, moving, now),
        now=(across.at(float(now)), signed(float(now))),
        level=across.at(0) if across.low <= 0 <= across.high else None,
        bars=bars,
        marks=across.marks,
        rows=[_row(page, swing) for swing in moving[:MOST_BARS]],
        more=len(moving) - len(bars),
        still=len(found.swings) - len(moving),
        size=(WIDTH, height),
        bottom=height - 38,
        bar=BAR,
    )


def _none(found: Sensitivity, name: str) -> str:
    if found.lead.points is None:
        return f"Nothing competes with “{name}”, so there is no lead to move. “What would change it” lists the answers that rule it out."
    return f"No single answer of yours changes how far “{name}” is ahead."


def _bars(page: Page, swings: list[Swing], now: Fraction) -> tuple[list[Bar], float, Axis]:
    leads = [float(now), 0.0] + [
        float(trial.lead.points) for swing in swings for trial in swing.trials if trial.lead.points is not None
    ]
    across = axis(leads, LEFT, WIDTH - RIGHT)
    top, bars = float(TOP), []
    for swing in swings:
        text = tuple(wrap(page.guide.question(swing.question).text, TEXT_CHARACTERS))
        ends = [*(end.lead.points for end in (swing.lowest, swing.highest) if end is not None), now]
        least, most = min(end for end in ends if end is not None), max(end for end in ends if end is not None)
        y = top + LINE * len(text) + 4
        bars.append(
            Bar(
                text,
                top + LINE - 3,
                y,
                across.at(float(least)),
                across.at(float(most)),
                (signed(float(least)), signed(float(most))),
                bool(swing.out),
            )
        )
        top = y + BAR + GAP
    return bars, top + 38, across


def _row(page: Page, swing: Swing) -> tuple[str, list[tuple[str, str]]]:
    """The question, and every other answer with the lead that it gives, the smallest first."""
    trials = sorted(swing.trials, key=lambda trial: (not trial.lead.out, trial.lead.points or 0))
    return page.guide.question(swing.question).text, [
        (answer_text(page.guide, swing.question, trial.answer), _lead(trial)) for trial in trials
    ]


def _lead(trial: Trial) -> str:
    if trial.lead.out:
        return "ruled out or listed later"
    return "nothing competes" if trial.lead.points is None else signed(float(trial.lead.points))
