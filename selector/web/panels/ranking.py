"""Where every strategy is: the ranking, what is not verified, and what is ruled out by what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from selector.case.effects import Exclusion, Requirement
from selector.case.requirements import switched_off_id
from selector.case.verdict import EXCLUDED, UNVERIFIED
from selector.report.edition_sentences import edition_texts, failed_text
from selector.report.own_basis import own_names
from selector.report.sentences import asked_for
from selector.report.verdicts import left_out_in_words
from selector.scoring.recommend import RankedStrategy, Recommendation, score
from selector.scoring.totals import percent
from selector.web.marks import counted, joined, one_decimal
from selector.web.page import Page

from .context import ResultContext
from .headline import interval
from .jumps import switched_off
from .matrix_filter import fitting, fitting_text

EXPLAINED = 12
"""Ranked strategies context with what puts them behind; the rest fold away."""


FOLD = 2
"""Reasons for requirements that are listed before the others fold away."""


def ranking(page: Page, context: ResultContext) -> Markup:
    """All strategies in order; nothing before any answer, as then there is none."""
    result = context.result
    if not context.named:
        return Markup()
    rows = {status: [] for status in ("feasible", UNVERIFIED, EXCLUDED)}  # type: dict[str, list[tuple[object, ...]]]
    for index, place in enumerate(result.places):
        rows[place.verdict.status].append(_row(page, context, place, explain=index < EXPLAINED))
    return page.render(
        "ranking.html",
        first=rows["feasible"][:EXPLAINED],
        rest=rows["feasible"][EXPLAINED:],
        unverified=rows[UNVERIFIED],
        excluded=rows[EXCLUDED],
        winner=result.winner.strategy.name if result.winner else None,
        left_out=left_out_in_words(page.guide.enumeration.left_out, complete=page.guide.enumeration.complete),
        fitting=counted(len(fitting(result)), page.guide.terms.option, page.guide.terms.options),
        matrix=page.links("matrix.md"),
        fits=fitting_text(result, page.revision),
    )


def _row(page: Page, context: ResultContext, place: RankedStrategy, *, explain: bool) -> tuple[object, ...]:
    """One row as the template unpacks it: plain values, as there are many rows and looking up names is slow."""
    result, strategy = context.result, place.strategy
    low, high = percent(place.total.low, result.points), percent(place.total.high, result.points)
    return (
        strategy.id,
        strategy.name,
        page.strategy_page(strategy.named, strategy.members),
        place.rank,
        one_decimal(low if low == high else score(place, result.points)),
        f"{low:.1f}",
        f"{high - low:.1f}" if low != high else "",
        context.rival is place,
        " ".join(_notes(page, result, place, explain=explain)),
    )


def _notes(page: Page, result: Recommendation, place: RankedStrategy, *, explain: bool) -> Iterator[str]:
    """Sentences on why a strategy has its rank."""
    if place.verdict.failed:
        yield f"Does not meet: {failed_text(result, place)}."
    elif place.rank is not None:
        yield from (text for text in edition_texts(result, place) if result.gates.passed_over(place.row))
    if place.verdict.unverified:
        yield f"Not confirmed: {'; '.join(asked_for(result, place.verdict.unverified))}."
    for name in place.verdict.behind[:1]:
        entry = page.entry("preferences", name)
        yield f"Ranked lower: {entry.get('name', name)}."
    behind = _behind(page, result, place) if explain and not place.verdict.failed else None
    if behind is not None:
        yield f"Weaker on {behind}."
    own = own_names(result, place) if explain else ""
    if own:
        yield f"Depends on own facts: {own}."
    better = result.dominated_by(place) if explain and not place.verdict.failed else []
    if better:
        yield f"No advantage over {page.guide.strategy(better[0]).name} on anything that matters here."
    between = interval(result, place)
    if between is not None:
        best, worst = result.rank_bounds.get(place.row, (0, 0))
        yield f"{between}, because some facts are unknown{f': rank {best} to {worst}' if best < worst else ''}."


def _behind(page: Page, result: Recommendation, place: RankedStrategy) -> str | None:
    """The two criteria that speak most against this strategy, when the winner is ahead of it."""
    if result.winner is None or place is result.winner:
        return None
    gaps = [gap for gap in result.differences(result.winner, place)[:2] if gap.twice > 0]
    return joined([page.name("criteria", gap.criterion) for gap in gaps]) or None


def requirements(page: Page, context: ResultContext) -> Markup:
    """Strategies that rank high and that only a missing fact keeps from qualifying."""
    result = context.result
    if not context.named:
        return Markup()
    waiting = [
        {
            "name": place.strategy.name,
            "address": page.strategy_page(place.strategy.named, place.strategy.members),
            "rank": place.rank,
            "open": asked_for(result, place.verdict.unverified),
        }
        for place in result.places
        if place.verdict.status == UNVERIFIED
    ]
    if not waiting:
        return Markup()
    return page.render("requirements.html", first=waiting[:4], rest=waiting[4:])


def excluded(page: Page, context: ResultContext) -> Markup:
    """Each requirement and exclusion in force: why it is there, what it rules out, and the way to allow it anyway."""
    result = context.result
    if not context.named:
        return Markup()
    groups = [_group(page, result, list(whys), items) for whys, items in _by_reasons(page, result).items()]
    off = [
        _group(page, result, [(page.entry("options", option.id)["off"], "")], [[switched_off_id(option.id)]])
        for option in switched_off(page, result)
    ]
    return page.render("excluded.html", groups=groups, off=off, fold=FOLD) if groups or off else Markup()


def _by_reasons(page: Page, result: Recommendation) -> dict[tuple[tuple[str, str], ...], list[list[str]]]:
    """What is asked for, by the reasons for it with the answers that gave them. What several answers ask for in the
    same words is one thing with several ids, unless only some of them are set aside."""
    ids: dict[tuple[str, bool], list[str]] = {}
    whys: dict[tuple[str, bool], list[tuple[str, str]]] = {}
    asked: list[Requirement | Exclusion] = [*result.situation.requirements, *result.situation.exclusions]
    for item in asked:
        same = asked_for(result, [item.id])[0], item.id in result.case.relax
        ids.setdefault(same, []).append(item.id)
        whys.setdefault(same, []).append((item.because, _answer_given(page, item.question, item.answer)))
    groups: dict[tuple[tuple[str, str], ...], list[list[str]]] = {}
    for same, names in ids.items():
        groups.setdefault(tuple(dict.fromkeys(whys[same])), []).append(names)
    return groups


def _group(page: Page, result: Recommendation, whys: list[tuple[str, str]], items: list[list[str]]) -> dict[str, Any]:
    """What is asked for, for the same reasons. Options that take part only when enabled have no answer behind them."""
    return {
        "whys": whys,
        "count": _ruled_out(result, [name for names in items for name in names])["count"],
        "items": [
            {
                "id": ",".join(dict.fromkeys(names)),
                "text": asked_for(result, names)[0],
                "relaxed": names[0] in result.case.relax,
                "out": _ruled_out(result, names),
            }
            for names in items
        ],
    }


def _ruled_out(result: Recommendation, names: list[str]) -> dict[str, Any]:
    """What a requirement rules out: by name a few, the simplest first, and how many in all."""
    hit = [place.strategy for place in result.places if not place.verdict.failed.isdisjoint(names)]
    hit.sort(key=lambda strategy: (len(strategy.members), strategy.name))
    return {
        "count": counted(len(hit), result.guide.terms.strategy, result.guide.terms.strategies) if hit else "nothing",
        "names": [strategy.name for strategy in hit[:4]],
        "more": max(0, len(hit) - 4),
    }


def _answer_given(page: Page, question: str, answer: str) -> str:
    """The answer that asks for something, in the guide's words."""
    found = page.entry("questions", question)["answers"]
    return next((str(item["label"]) for item in found if item["id"] == answer), answer)
