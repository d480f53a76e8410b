"""How the scoring works, shown on a worked example that is computed when the page is rendered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from markupsafe import Markup

from hooks.render.context import BuildContext, Entry
from selector import recommend
from selector.analysis.confidence import (
    AHEAD,
    CLEAR,
    CLOSE,
    FIRM,
    HALF,
    LEAD,
    LOOSE,
    NARROW,
    OPEN,
    SAID,
    SETTLED,
    SURE,
    TIE,
)
from selector.analysis.near_ties import NEAR
from selector.analysis.next_question import TRIES
from selector.analysis.robustness import DRAWS, guaranteed_factor
from selector.analysis.uncertainty import problem_of
from selector.group.joint import TOLERANCE
from selector.guide.values import counted, override_of
from selector.report import verdicts
from selector.scoring.differences import differences
from selector.scoring.problem import Problem
from selector.scoring.recommend import RankedStrategy, Recommendation, score
from selector.web.marks import one_decimal, signed

TELLING = 5
"""Criteria on which the two strategies of the worked example should differ."""


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
    winner: RankedStrategy
    rival: RankedStrategy
    rows: tuple[Row, ...]
    equal: int
    scores: tuple[str, str]
    total: str
    lead: str
    points: str


@dataclass(frozen=True, slots=True)
class Sum:
    """A strategy whose burdens add up, worked through."""

    criterion: str
    capacity: int
    strategy: str
    parts: str
    burden: str
    value: int


@dataclass(frozen=True, slots=True)
class Firm:
    """The guaranteed factor of the worked example: what favours the first, for the rival, and the factor."""

    pro: str
    con: str
    value: str
    rival: str


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """scoring.md."""
    reads = {section: build.all(section) for section in ("criteria", "questions", "examples")}
    yield build.reusable_page("scoring.md", partial(_page, build), **reads)


def _page(build: BuildContext) -> str:
    guide, page = build.guide, build.page("scoring.md")
    worked = _worked(build)
    return page.print(
        "scoring.md",
        title="How the scoring works",
        description="From answers to a recommendation: scales, points, requirements, and what an unknown does."
        if guide.questions
        else "From levels to a score: scales, points, and what an unknown does.",
        worked=worked,
        sum=_sum(build, worked.winner) if worked else None,
        factor=_factor(worked.result) if worked else None,
        bands=list(_bands(len(guide.core))),
        draws=f"{DRAWS:,}",
        tries=TRIES,
        visitors=f"{build.audiences.profiles:,}",
        examples=len(guide.data.get("examples", ())),
        core=[guide.question(name).text for name in guide.core],
        strategies=len(guide.strategies),
        split=any(strategy.parts for strategy in guide.strategies),
        owned_free=any(criterion.owned_free for criterion in guide.criteria),
        support=any(role.support for role in guide.roles),
        rules={criterion["aggregate"]["rule"] for criterion in guide.data["criteria"]},
        roles=guide.data["roles"],
        near=NEAR,
        tolerance=TOLERANCE,
        assumed=list(_assumed(build)),
        bindings=_bindings(build),
        preferences=list(dict.fromkeys((item["name"], item["because"]) for item in guide.data.get("preferences", ()))),
        families=[
            (entry, [guide.option(name).name for name in entry["stands_for"]], guide.question(entry["question"]).text)
            for entry in guide.data.get("families", ())
        ],
    )


def _assumed(build: BuildContext) -> Iterator[tuple[str, str, str, bool]]:
    """Questions with the answer that is assumed, its reason, and whether it holds in any case."""
    for question in build.guide.questions:
        if question.assumed is not None:
            name, because = question.assumed
            answer = question.answer(name)
            yield question.text, answer.label if answer else name, because, question.firm


def _bindings(build: BuildContext) -> list[tuple[str, str, list[str]]]:
    """Questions with each reason for which an answer binds, and the answers that it stands for."""
    found: dict[tuple[str, str], list[str]] = {}
    for question in build.guide.questions:
        for answer in question.answers:
            for effect in answer.effects:
                if "bind" in effect:
                    found.setdefault((question.text, str(effect["because"])), []).append(answer.label)
    return [(text, because, list(dict.fromkeys(labels))) for (text, because), labels in found.items()]


def _bands(core: int) -> Iterator[tuple[str, str]]:
    """When each word is used; of several that fit the one further down."""
    sure, firm, half = (f"{round(100 * share)}%" for share in (SURE, FIRM, HALF))
    said = f"{min(SAID, core)} core question{'s' if min(SAID, core) > 1 else ''}"
    rules = {
        CLEAR: f"{sure} or more, at least {AHEAD} points of 100 ahead, at least {said} answered, and the"
        f" open ones change at most {SETTLED}",
        LEAD: f"{firm} or more, and at least {AHEAD} points ahead",
        NARROW: f"{half} to {firm}, or fewer than {AHEAD} points ahead",
        OPEN: f"fewer than {said} answered, or the open ones change more than {LOOSE}",
        CLOSE: f"less than {half}, or another ranks first more often, or facts that are missing could put another ahead",
        TIE: "equal scores",
    }
    yield from ((text, verdicts.SENTENCES[word]) for word, text in rules.items())


def _sum(build: BuildContext, place: RankedStrategy) -> Sum | None:
    """A criterion on which several members of a strategy add burden points."""
    guide, strategy = build.guide, place.strategy
    for criterion in guide.criteria:
        if criterion.rule != "points" or override_of(guide, strategy, criterion) is not None:
            continue
        ratings = [guide.option(member).ratings[criterion.id] for member in counted(strategy, criterion, frozenset())]
        if len(ratings) > 1 and all(rating.light == rating.heavy for rating in ratings):
            burden = sum((rating.heavy for rating in ratings), Fraction(0))
            return Sum(
                criterion.name,
                criterion.capacity,
                strategy.name,
                " + ".join(fraction(rating.heavy) for rating in ratings),
                fraction(burden),
                criterion.value_of_burden(burden),
            )
    return None


def _factor(result: Recommendation) -> Firm | None:
    """The guaranteed factor of a result with the two sums behind it, in the unit of the worked table."""
    problem = problem_of(result, result.contenders)
    found = guaranteed_factor(problem, 0)
    if found.value is None or found.rival is None:
        return None
    unit = sum(result.situation.points, Fraction(0)) / sum(result.points)
    pro, con = _sides(problem, found.rival)
    return Firm(
        fraction(pro * unit),
        fraction(con * unit),
        f"{found.value:.2f}",
        result.guide.strategy(problem.ids[found.rival]).name,
    )


def _sides(problem: Problem, rival: int) -> tuple[int, int]:
    """What favours the first alternative and what for its rival, at the worst for the first."""
    mine, theirs = problem.low[0], problem.high[rival]
    twice = [gap.twice for gap in differences(problem.criteria, problem.points, (mine, mine), (theirs, theirs))]
    return sum(gap for gap in twice if gap > 0) // 2, -sum(gap for gap in twice if gap < 0) // 2


def _worked(build: BuildContext) -> Worked | None:
    """The first example in which two strategies can be compared; if possible one in which burdens add up and that has
    something to tell."""
    found: Worked | None = None
    for entry in build.guide.data.get("examples", ()):
        result = recommend(build.guide, entry["answers"])
        if not (result.winner and result.runner_up) or len(result.contenders) < 2:
            continue  # what a preference puts second is no example of a score
        telling = len(result.differences(result.winner, result.runner_up)) >= TELLING
        if telling and _sum(build, result.winner) is not None and _factor(result) is not None:
            return _compare(build, entry, result, result.winner, result.runner_up)
        found = found or _compare(build, entry, result, result.winner, result.runner_up)
    return found


def _compare(
    build: BuildContext, entry: Entry, result: Recommendation, winner: RankedStrategy, rival: RankedStrategy
) -> Worked:
    order = {gap.criterion: abs(gap.twice) for gap in result.differences(winner, rival)}
    rows = [_row(build, result, column, winner, rival) for column in range(len(build.guide.criteria))]
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


def _row(
    build: BuildContext, result: Recommendation, column: int, winner: RankedStrategy, rival: RankedStrategy
) -> Row:
    criterion = build.guide.criteria[column]
    points = Fraction(result.situation.points[column])
    (low, high), (other_low, other_high) = (
        tuple(side[column] for side in result.values(place)) for place in (winner, rival)
    )
    gap = points * (low + high - other_low - other_high) / 2
    cells = [result.cell(place.strategy, criterion) for place in (winner, rival)]
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
        my_level=build.level(criterion.id, cells[0]),
        their_level=build.level(criterion.id, cells[1]),
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
