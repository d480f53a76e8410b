"""What the figures of trade-offs and sensitivity say, as sentences: the same words on the page and in the record."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from selector.analysis.cell_changes import CellChange
from selector.analysis.tornado import Swing
from selector.analysis.weight_lines import WeightLines, adjustable, weight_lines
from selector.guide.guide import Guide
from selector.plan.frontier import MONEY, Point, TradeOff
from selector.scoring.recommend import Recommendation
from selector.scoring.totals import percent

from .cost_sentences import amount, spread
from .sentences import and_, answer_text, name_of, points_text

MOST_NAMED = 4
"""Strategies named in one sentence."""

MOST_IN_RECORD = 3
"""Strategies named on a line of the record."""

SMALL = 10
"""Money below which cents tell amounts apart."""


def measure_name(guide: Guide, off: TradeOff) -> str:
    """What a trade-off counts: "Monthly cost", or the criterion's name."""
    return "Monthly cost" if off.measure == MONEY else guide.criterion(off.measure).name


def cost_text(off: TradeOff, point: Point, *, unit: bool = True) -> str:
    """What a strategy costs a month: "about USD 24", "2 to 6 hours a month"; without `unit`, "2 to 6"."""
    if off.measure != MONEY:
        return spread(point.low, point.high) + (f" {off.unit}" if unit else "")
    if not point.high or (point.low == point.high and point.high < SMALL):
        return f"{off.unit} {f'{float(point.high):.2f}' if point.high else '0'}"
    text = amount(point.low, point.high, off.unit)
    return text[:1].lower() + text[1:]


def score_text(result: Recommendation, point: Point) -> str:
    """A score out of 100 with one decimal."""
    return f"{percent(point.place.total.twice, result.points) / 2:.1f}"


def frontier_text(result: Recommendation, off: TradeOff) -> str:
    """The efficient frontier in words, cheapest first; empty when nothing has a known cost."""
    terms, front = result.guide.terms, off.frontier
    if not front:
        return ""
    cheap, cheapest = ("lower cost", "lowest cost") if off.measure == MONEY else ("less effort", "least effort")
    if len(off.points) == 1:
        which = "whose cost is known" if off.missing else "that meets all your requirements"
        return f"“{front[0].place.strategy.name}” is the only {terms.strategy} {which}."
    if len(front) == 1:
        name = front[0].place.strategy.name
        return f"“{name}” has the highest score at the {cheapest}: no other {terms.strategy} is better on either."
    named = [
        f"“{point.place.strategy.name}” ({score_text(result, point)} at {cost_text(off, point, unit=not index)})"
        for index, point in enumerate(front[:MOST_NAMED])
    ]
    more = len(front) - len(named)
    text = f"Efficient frontier: {and_([*named, *([f'{more} more'] if more else [])])}."
    if len(front) == len(off.points):
        return text
    return f"{text} For each of the others, one of these has at least the score at the same or {cheap}."


def frontier_line(result: Recommendation, off: TradeOff) -> str:
    """The frontier on one line of a record, cheapest first; empty where it is one strategy, which leaves no choice."""
    if len(off.frontier) < 2:
        return ""
    named = [
        f"“{point.place.strategy.name}” ({score_text(result, point)}, {cost_text(off, point)})"
        for point in off.frontier[:MOST_IN_RECORD]
    ]
    more = len(off.frontier) - len(named)
    return f"Efficient on score and cost: {and_([*named, *([f'{more} more'] if more else [])])}."


def nearest_weight(result: Recommendation) -> str:
    """The criterion whose weight, at half to double of what it is, puts another strategy first, in words; the one that
    has to change least. Empty when none does."""
    found: list[tuple[Fraction, str]] = []
    for name in adjustable(result) if result.winner else ():
        lines = weight_lines(result, name)
        for item in lines.crossings:
            mine = result.leaders[0].strategy.id
            leaves, enters = (
                item.before == mine and item.share >= lines.now,
                item.after == mine and item.share <= lines.now,
            )
            if not (leaves or enters) or not lines.near[0] <= item.share <= lines.near[1]:
                continue
            change = item.share / lines.now if leaves else lines.now / item.share
            other, where = (item.after, "more") if leaves else (item.before, "less")
            found.append(
                (
                    change,
                    f"Weight of “{result.guide.criterion(name).name}” at {share_text(item.share)} or {where}"
                    f" (now {share_text(lines.now)}): then {name_of(result.guide, other)}.",
                )
            )
    return min(found, default=(Fraction(0), ""))[1]


def share_text(share: Fraction) -> str:
    """A share of all weight: "31%", with a decimal where it is small."""
    figure = float(100 * share)
    return f"{figure:.1f}%" if figure < 10 and figure != round(figure) else f"{figure:.0f}%"


def crossing_texts(guide: Guide, found: WeightLines) -> list[str]:
    """Each change of the leader as one criterion gets more of the weight."""
    return [
        f"At {share_text(item.share)} of the weight, “{name_of(guide, item.after)}” takes the lead from"
        f" “{name_of(guide, item.before)}”."
        for item in found.crossings
    ]


def lines_text(result: Recommendation, found: WeightLines) -> str:
    """What the lines over one weight show, in a sentence."""
    name = result.guide.criterion(found.criterion).name
    now = f"“{name}” has {share_text(found.now)} of the weight."
    if found.crossings:
        return now
    best = found.lines[0].place.strategy.name
    return f"{now} Whatever its weight, “{best}” has the highest score."


def swing_text(result: Recommendation, found: list[Swing], now: Fraction) -> str:
    """The answer that moves the lead most, in words; empty when none moves it."""
    best = found[0] if found else None
    if best is None or not best.movement(now) or result.winner is None:
        return ""
    end = max(
        (trial for trial in best.trials if trial.lead.points is not None),
        key=lambda trial: abs((trial.lead.points or 0) - now),
    )
    points = end.lead.points or Fraction(0)
    question = result.guide.question(best.question).text
    return (
        f"The answer that moves the lead most: {question} With “{answer_text(result.guide, best.question, end.answer)}”,"
        f" {ahead_text(result.winner.strategy.name, points)}."
    )


def ahead_text(name: str, points: Fraction) -> str:
    """A lead in words: "X is 3.2 points ahead"."""
    if not points:
        return f"“{name}” shares the first place"
    return f"“{name}” is {points_text(abs(points))} {'ahead' if points > 0 else 'behind'}"


def reachable(found: list[CellChange]) -> Iterator[CellChange]:
    """Changes that some level of the criterion makes."""
    return (item for item in found if item.level is not None)


def cell_text(result: Recommendation, item: CellChange) -> str:
    """One rating that alone would change the first place, in words; for changes that some level makes."""
    guide = result.guide
    criterion = guide.criterion(item.criterion)
    labels = {level.id: level.label for level in criterion.levels}
    now = result.cell(result.place(item.strategy).strategy, criterion).level
    verb = "worse" if item.needed < item.now else "better"
    rival = "it" if item.strategy == item.rival else f"“{name_of(guide, item.rival)}”"
    return (
        f"{criterion.name} of “{name_of(guide, item.strategy)}”: “{labels[item.level or '']}” or {verb}"
        f"{f' (now “{labels[now]}”)' if now in labels else ''}. Then {rival} is first, or level."
    )
