"""Why: contributions against a named rival, what the winner lacks, and where the weights come from."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from selector.case.answers import UNSURE
from selector.report.sentences import asked_for
from selector.report.tradeoffs import catch, losses, single_fact
from selector.scoring.differences import Difference, sufficient
from selector.scoring.recommend import RankedStrategy, Recommendation, score
from selector.scoring.totals import percent
from selector.web.forms import WEIGHT, link_of
from selector.web.marks import counted, joined, level_html, one_decimal, signed
from selector.web.page import Page

from .context import ResultContext

FOLD = 5
"""Contributions context before the rest folds away."""

MOST_COMPARED = 4
"""Options that the page of comparisons takes."""

MOST_LOSSES = 3
"""Disadvantages that are listed."""

MOST_CAUTIONS = 1
"""Cautions that are shown where there is no other disadvantage; the others fold away."""

HEAVIEST = 6
"""Weights context before the rest folds away."""


def reasons(page: Page, context: ResultContext) -> Markup:
    """Why the winner rather than the rival, the fewest reasons that outweigh all others first."""
    result, winner, rival = context.result, context.result.winner, context.rival
    if winner is None or rival is None or not context.named:
        return Markup()
    gaps = result.differences(winner, rival)
    enough = sufficient(gaps)
    widest = max((abs(gap.twice) for gap in gaps), default=1)
    rows = [_reason(page, result, gap, (winner, rival)) | {"width": _width(gap, widest)} for gap in gaps]
    speaks_for = sorted(
        (row for row in rows if row["for"]), key=lambda row: (row["criterion"] not in enough, -row["width"])
    )
    return page.render(
        "reasons.html",
        winner=winner.strategy.name,
        rival=rival.strategy.name,
        chosen=result.runner_up is not None and rival is not result.runner_up,
        failed=asked_for(result, rival.verdict.failed),
        unverified=asked_for(result, rival.verdict.unverified),
        others=_others(page, result),
        compare=_side_by_side(page, winner, rival),
        scores=(one_decimal(score(winner, result.points)), one_decimal(score(rival, result.points))),
        verdict=_verdict(page, gaps, enough, rival.strategy.name),
        speaks_for=speaks_for,
        speaks_against=[row for row in reversed(rows) if not row["for"]],
        fold=max(FOLD, len(enough)),
        widths=FOLD,
    )


def _side_by_side(page: Page, winner: RankedStrategy, rival: RankedStrategy) -> str:
    """The address of the comparison of the options in which the two differ; empty when it would not take them."""
    mine, theirs = winner.strategy.members, rival.strategy.members
    apart = [name for name in mine if name not in theirs] + [name for name in theirs if name not in mine]
    if not 2 <= len(apart) <= MOST_COMPARED:
        return ""
    return f"{page.links('compare/index.md')}#compare={'+'.join(apart)}"


def _others(page: Page, result: Recommendation) -> list[dict[str, Any]]:
    """Every option that the winner does without, in the order of names: each with the strategy that ranks highest of
    those that have it, and None where no strategy does."""
    assert result.winner is not None
    highest: dict[str, str] = {}
    for place in result.places:
        for member in place.strategy.members:
            highest.setdefault(member, place.strategy.id)
    left = [option for option in page.guide.options if option.id not in result.winner.strategy.members]
    left.sort(key=lambda option: (result.guide.by_name(option.name), option.id))
    return [{"name": option.name, "strategy": highest.get(option.id)} for option in left]


def _width(gap: Difference, widest: int) -> int:
    """A bar's length, 1..100: even the smallest difference shows."""
    return max(1, 100 * abs(gap.twice) // widest)


def _reason(
    page: Page, result: Recommendation, gap: Difference, pair: tuple[RankedStrategy, RankedStrategy]
) -> dict[str, Any]:
    criterion = page.guide.criterion(gap.criterion)
    mine, theirs = (level_html(page.guide, criterion.id, result.cell(place.strategy, criterion)) for place in pair)
    return {
        "criterion": criterion.id,
        "name": criterion.name,
        "address": page.links(f"criteria/{criterion.id}.md"),
        "for": gap.twice > 0,
        "score": signed(percent(gap.twice, result.points) / 2),
        "mine": mine,
        "theirs": theirs,
    }


def _verdict(page: Page, gaps: list[Difference], enough: list[str], rival: str) -> str:
    """The reasons that decide, in one sentence."""
    names = joined([page.name("criteria", criterion) for criterion in enough])
    if not gaps:
        return "The two are equal on everything that matters here."
    if not enough:
        return f"{rival} has advantages at least as large."
    if all(gap.twice > 0 for gap in gaps):
        return f"{rival} has no advantage on anything that matters here."
    return f"{names} {'alone outweighs' if len(enough) == 1 else 'together outweigh'} all advantages of {rival}."


def warnings(page: Page, context: ResultContext) -> Markup:
    """What the winner lacks where the visitor cares, and what to understand before choosing it."""
    result = context.result
    if result.winner is None or not context.named:
        return Markup()
    strategy = result.winner.strategy
    declared = page.entry("strategies", strategy.named) if strategy.named else {}
    cautions, lost, holes = declared.get("cautions", ()), _losses(page, result), result.warnings(result.winner)
    shown = 0 if lost or holes else MOST_CAUTIONS
    members = [
        (entry["name"], page.links(f"options/{entry['id']}.md"), entry["limitations"])
        for entry in (page.entry("options", member) for member in strategy.members)
        if entry.get("limitations")
    ]
    return page.render(
        "warnings.html",
        losses=lost,
        holes=[_hole(page, result, criterion) for criterion in holes],
        cautions=cautions[:shown],
        more=cautions[shown:],
        members=members,
        summary=_folded(len(cautions[shown:]), [(name, len(found)) for name, _, found in members]),
    )


def _folded(more: int, members: list[tuple[str, int]]) -> str:
    """What the fold of trade-offs holds: "2 more, and the limitations of A (7) and B (5)"."""
    named = f"limitations of {joined([f'{name} ({count})' for name, count in members])}" if members else ""
    parts = [*([f"{more} more"] if more else []), *([named] if named else [])]
    text = ", and the ".join(parts)
    return text[:1].upper() + text[1:]


def _losses(page: Page, result: Recommendation) -> list[dict[str, Any]]:
    """Where the winner loses most against the best that meets the requirements; its lowest levels are said above, and
    the card says the fact behind its catch."""
    winner, guide = result.winner, page.guide
    assert winner is not None
    said, above = set(result.warnings(winner)), catch(result)
    lost = [guide.criterion(name) for name in losses(result) if name not in said]
    return [
        {
            "id": criterion.id,
            "name": criterion.name,
            "address": page.links(f"criteria/{criterion.id}.md"),
            "level": level_html(guide, criterion.id, result.cell(winner.strategy, criterion)),
            "facts": ()
            if above and above.criterion == criterion.id
            else single_fact(guide, winner.strategy, criterion.id),
        }
        for criterion in lost[:MOST_LOSSES]
    ]


def _hole(page: Page, result: Recommendation, criterion: str) -> dict[str, Any]:
    assert result.winner is not None
    found = page.guide.criterion(criterion)
    cell = result.cell(result.winner.strategy, found)
    return {
        "id": criterion,
        "name": found.name,
        "address": page.links(f"criteria/{criterion}.md"),
        "level": level_html(page.guide, criterion, cell),
        "unknown": cell.low != cell.high,
    }


def weights(page: Page, context: ResultContext) -> Markup:
    """The points of every criterion and which answers drove them, quoting why; sliders for those who want them."""
    result = context.result
    if not context.named:
        return Markup()
    rows = [_weight(page, result, index) for index in range(len(page.guide.criteria))]
    # By what the answers say, not by what a slider says: a row must not run away while its slider is pulled.
    rows.sort(key=lambda row: (-row["answered"], row["id"]))
    return page.render(
        "weights.html",
        first=rows[:HEAVIEST],
        rest=rows[HEAVIEST:],
        summary=f"{counted(sum(1 for row in rows if row['exact']), 'criterion has', 'criteria have')} a weight",
        own=len(result.case.weights),
        clear=link_of(replace(result.case, weights={}), page.revision),
        nothing=not any(result.situation.points),
    )


def _weight(page: Page, result: Recommendation, index: int) -> dict[str, Any]:
    criterion, points, most = page.guide.criteria[index], result.situation.points[index], max(result.situation.points)
    reasons_here = [reason for reason in result.situation.reasons if reason.criterion == criterion.id and reason.add]
    return {
        "id": criterion.id,
        "name": criterion.name,
        "address": page.links(f"criteria/{criterion.id}.md"),
        "exact": points,
        "points": _plain(points),
        "slider": round(points),
        "limit": max(30, 2 * round(most)),
        "width": int(100 * points / most) if most else 0,
        "base": criterion.base,
        "reason": page.entry("criteria", criterion.id)["reason"],
        "field": WEIGHT + criterion.id,
        "own": criterion.id in result.case.weights,
        "answered": sum((reason.add for reason in reasons_here), Fraction(criterion.base)),
        "drivers": [
            {
                "add": _added(reason.add),
                "question": page.entry("questions", reason.question)["text"],
                "answer": _answer_label(page, reason.question, reason.answer),
                "because": reason.because,
            }
            for reason in reasons_here
        ],
    }


def _plain(number: int | Fraction) -> str:
    """A whole number as it is, any other with one decimal."""
    return str(number.numerator) if number.denominator == 1 else one_decimal(float(number))


def _added(number: Fraction) -> str:
    text = _plain(abs(number))
    return f"+{text}" if number > 0 else f"\N{MINUS SIGN}{text}"


def _answer_label(page: Page, question: str, answer: str) -> str | None:
    """The answer in the guide's words; None for "not sure"."""
    if answer == UNSURE:
        return None
    return next(
        (str(item["label"]) for item in page.entry("questions", question)["answers"] if item["id"] == answer), answer
    )
