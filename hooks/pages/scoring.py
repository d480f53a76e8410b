"""How the scoring works, shown on a worked example that is computed when the page is printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from selector import recommend
from selector.recommend import Place, Recommendation, score
from selector.twins import NEAR
from selector.values import strategy_cell
from selector.web.marks import one_decimal, signed

from ..sheet import Edition, Entry


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion of the worked example. Values are 0..1000, `gap` is points times the difference of values, exact."""

    criterion: str
    name: str
    base: int
    added: str
    points: str
    mine: str
    theirs: str
    gap: Fraction
    difference: str
    my_level: Markup
    their_level: Markup


@dataclass(frozen=True, slots=True)
class Worked:
    """A worked example: two strategies of one situation, criterion by criterion."""

    example: Entry
    result: Recommendation
    winner: Place
    rival: Place
    rows: tuple[Row, ...]
    equal: int
    scores: tuple[str, str]
    total: str
    lead: str
    points: str


def pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """scoring.md."""
    guide, sheet = edition.guide, edition.sheet("scoring.md")
    yield (
        sheet.path,
        sheet.print(
            "scoring.md",
            title="How the scoring works",
            description="From answers to a recommendation: scales, points, requirements, and what an unknown does.",
            worked=_worked(edition),
            strategies=len(guide.strategies),
            rules={criterion["aggregate"]["rule"] for criterion in guide.data["criteria"]},
            roles=guide.data["roles"],
            near=NEAR,
        ),
    )


def _worked(edition: Edition) -> Worked | None:
    """The first example in which two strategies can be compared."""
    for entry in edition.guide.data.get("examples", ()):
        result = recommend(edition.guide, entry["answers"])
        if result.winner and result.runner_up:
            return _compare(edition, entry, result, result.winner, result.runner_up)
    return None


def _compare(edition: Edition, entry: Entry, result: Recommendation, winner: Place, rival: Place) -> Worked:
    order = {gap.criterion: abs(gap.twice) for gap in result.differences(winner, rival)}
    rows = [_row(edition, result, column, winner, rival) for column in range(len(edition.guide.criteria))]
    telling = sorted((row for row in rows if row.criterion in order), key=lambda row: -order[row.criterion])
    mine, theirs = score(winner, result.points), score(rival, result.points)
    return Worked(
        example=entry,
        result=result,
        winner=winner,
        rival=rival,
        rows=tuple(telling),
        equal=len(rows) - len(telling),
        scores=(one_decimal(mine), one_decimal(theirs)),
        total=_signed(sum((row.gap for row in telling), Fraction(0))),
        lead=signed(mine - theirs),
        points=fraction(sum(result.situation.points, Fraction(0))),
    )


def _row(edition: Edition, result: Recommendation, column: int, winner: Place, rival: Place) -> Row:
    criterion = edition.guide.criteria[column]
    points = Fraction(result.situation.points[column])
    (low, high), (other_low, other_high) = (
        tuple(side[column] for side in result.values(place)) for place in (winner, rival)
    )
    gap = points * (low + high - other_low - other_high) / 2
    owned = result.situation.owned
    cells = [strategy_cell(edition.guide, place.strategy, criterion, owned) for place in (winner, rival)]
    return Row(
        criterion=criterion.id,
        name=criterion.name,
        base=criterion.base,
        added=_signed(points - criterion.base),
        points=fraction(points),
        mine=_range(low, high),
        theirs=_range(other_low, other_high),
        gap=gap,
        difference=_signed(gap),
        my_level=edition.level(criterion.id, cells[0]),
        their_level=edition.level(criterion.id, cells[1]),
    )


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"


def _signed(value: Fraction) -> str:
    if not value:
        return "0"
    return f"+{fraction(value)}" if value > 0 else f"\N{MINUS SIGN}{fraction(-value)}"


def fraction(value: Fraction) -> str:
    """A whole number as it is, any other with one decimal."""
    return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,.1f}"
