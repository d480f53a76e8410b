"""The decision: what is recommended and how sure that is, why, the catch and the cost; and its short forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from selector.analysis.confidence import Verdict
from selector.analysis.sensitivity import with_answer
from selector.case.core import core_open
from selector.case.link import encode
from selector.case.verdict import EXCLUDED
from selector.plan.drift import link_snapshot
from selector.report import verdicts
from selector.report.advice import MOST_REASONS, reasons, when_better
from selector.report.cost_sentences import short_bill
from selector.report.edition_sentences import edition_texts
from selector.report.sentences import asked_for, near_tie_text
from selector.report.tradeoffs import catch, single_fact
from selector.scoring.recommend import RankedStrategy, Recommendation
from selector.scoring.totals import percent
from selector.web.diagram import drawing_html
from selector.web.forms import link_of, presets
from selector.web.marks import counted, joined, one_decimal
from selector.web.page import Entry, Page

from .context import ResultContext
from .jumps import jumps
from .near_misses import _misses
from .own_mark import counting, rests_on
from .progress import progress
from .trades import trade_off

MOST_PRESETS = 6
"""Worked examples offered where nothing was answered yet; the form and the examples' page have them all."""

MOST_CARDS = 3
"""Strategies context side by side when none is ahead."""


MOST_NARROWING = 3
"""Questions named that would narrow a shortlist."""

OFF = "off."
"""How the ids of options that only an answer enables begin, where they are ruled out."""


def leader(page: Page, context: ResultContext) -> Markup:
    """The recommendation with what is needed to decide; several when none is ahead; or why there is none.

    Before the core answers that decide it no strategy is named, but how many are left and what would narrow them.
    """
    result = context.result
    state = state_of(context)
    if state == "open":
        examples = len(page.guide.data.get("examples", ()))
        return page.render("open.html", presets=presets(page, MOST_PRESETS), all_presets=examples)
    if state == "held":
        return page.render("held.html", **_held(page, context))
    if state == "nothing":
        return page.render(
            "nothing.html", misses=_misses(page, context), needed=len(_asked_for(result)), own=counting(result)
        )
    if state == "leader":
        assert result.winner is not None
        return page.render(
            "leader.html",
            card=_card(page, context, result.winner),
            confidence=confidence(context),
            longest=verdicts.longest_sentence(result),
            twin=near_tie_text(result),
            caveat=page.guide.data["guide"].get("caveat"),
            link=encode(result.case, page.revision, link_snapshot(result)),
            jumps=jumps(page, context),
        )
    return page.render(
        "close.html",
        state=state,
        doubt=doubt(context),
        cards=[_close_card(page, context, place) for place in headline_strategies(context)],
        trade=trade_off(page, context) if state == "close" else None,  # one question at a time
        decide=_deciding(page, context) if state == "close" else None,
        waiting=state == "close" and context.analysis is not None and not context.analysis.complete,
        link=encode(result.case, page.revision, link_snapshot(result)) if state == "close" else "",
        jumps=jumps(page, context),
    )


def state_of(context: ResultContext) -> str:
    """Which way the headline goes.

    open: nothing was answered. held: core answers that decide it are missing. leader: one strategy is recommended.
    close: several may be. unverified: only what may qualify is left. nothing: everything is ruled out.
    """
    result = context.result
    if not result.crowned:
        return "open"
    if all(place.verdict.status == EXCLUDED for place in result.places):
        return "nothing"
    if context.missing:
        return "held"
    if result.winner is not None:
        return "leader" if len(contenders(context)) == 1 else "close"
    return "unverified"


def contenders(context: ResultContext) -> tuple[RankedStrategy, ...]:
    """The winner and whatever is not clearly behind it, as the verdict has them. Until that is known: equal
    totals, and what missing facts may put ahead."""
    result = context.result
    if result.winner is None:
        return ()
    verdict = verdict_of(context)
    return verdict.contenders if verdict is not None else (*result.leaders, *context.passing)


def verdict_of(context: ResultContext) -> Verdict | None:
    """The verdict, once nothing changes it any more."""
    analysis = context.analysis
    return analysis.judged if analysis is not None and analysis.settled else None


def headline_strategies(context: ResultContext) -> tuple[RankedStrategy, ...]:
    """The strategies that the headline shows."""
    if not context.named:
        return ()
    found = contenders(context) or tuple(place for place in context.result.places if place.rank is not None)
    return found[:MOST_CARDS]


def confidence(context: ResultContext) -> str:
    """How sure the recommendation is, in words; empty until that is worked out."""
    verdict = verdict_of(context)
    return "" if verdict is None else verdicts.sentence(context.result, verdict)


def _asked_for(result: Recommendation) -> list[str]:
    situation = result.situation
    requirements = [item.id for item in situation.requirements if not item.relaxed]
    return requirements + [item.id for item in situation.exclusions if not item.relaxed]


def _card(page: Page, context: ResultContext, place: RankedStrategy) -> dict[str, Any]:
    """All that the card of the one recommendation shows."""
    result, strategy = context.result, place.strategy
    declared = page.entry("strategies", strategy.named) if strategy.named else {}
    found = catch(result)
    shown = reasons(result)[:MOST_REASONS]
    about = {item.criterion for item in (*shown, *([found] if found else ())) if item.criterion}
    caution = "" if found else next(iter(_cautions(page, strategy.members, declared)), "")
    return {
        "id": strategy.id,
        "name": strategy.name,
        "address": page.strategy_page(strategy.named, strategy.members),
        "travels": declared.get("travels"),
        "editions": edition_texts(result, place),
        "reasons": shown,
        "sources": {None: "", **{name: _source(page, place, name) for name in sorted(about)}},
        "catch": found,
        "facts": single_fact(page.guide, strategy, found.criterion) if found else (),
        "caution": caution,
        "cost": short_bill(result, place),
        "own": rests_on(result, place),
        "drawing": drawing_html(page.guide, strategy),
    }


def _source(page: Page, place: RankedStrategy, criterion: str) -> str:
    """The address of the cell that decides a value: its sources, and where to report an error, are there."""
    strategy = place.strategy
    members = page.guide.strategy_cell(strategy, criterion).members
    if members:  # a family's page has no cells: it names what the family stands for
        cell = "" if members[0] in {family.id for family in page.guide.families} else f"#on-{criterion}"
        return page.links(f"options/{members[0]}.md") + cell
    return f"{page.links(f'strategies/{strategy.named}.md')}#on-{criterion}" if strategy.named else ""


def _cautions(page: Page, members: Iterable[str], declared: Entry) -> Iterable[str]:
    yield from declared.get("cautions", ())
    for member in members:
        yield from (item["text"] for item in page.entry("options", member).get("limitations", ()))


def _close_card(page: Page, context: ResultContext, place: RankedStrategy) -> dict[str, Any]:
    """One of several candidates: what it is and when it would be the better one."""
    result, strategy = context.result, place.strategy
    flips = context.analysis.flips if context.analysis is not None else ()
    return {
        "id": strategy.id,
        "name": strategy.name,
        "address": page.strategy_page(strategy.named, strategy.members),
        "editions": edition_texts(result, place),
        "when": "" if place is result.winner or result.winner is None else when_better(result, place, flips),
        "reasons": [item.text for item in reasons(result)[:2]] if place is result.winner else [],
        "cost": short_bill(result, place),
        "own": rests_on(result, place),
        "open": asked_for(result, place.verdict.unverified),
        "drawing": drawing_html(page.guide, strategy),
    }


def _deciding(page: Page, context: ResultContext) -> dict[str, Any] | None:
    """The open question that decides most between the candidates."""
    analysis, result = context.analysis, context.result
    if analysis is None or not analysis.complete:
        return None
    case = result.case
    for item in analysis.open:
        entry = page.entry("questions", item.question)
        if item.gain and entry["kind"] == "one":
            answers = [
                (answer["label"], link_of(with_answer(case, entry["id"], answer["id"]), page.revision))
                for answer in entry["answers"]
            ]
            return {"text": entry["text"], "answers": answers}
    return None


def _held(page: Page, context: ResultContext) -> dict[str, Any]:
    """A shortlist without names: its size, what kinds of things are in it, and what would narrow it."""
    result, guide = context.result, page.guide
    left = [place.strategy for place in result.places if place.verdict.status != EXCLUDED]
    kinds: Counter[str] = Counter()
    for strategy in left:
        filled = (
            {part.filling.filled[guide.goals[0]] for part in strategy.parts}
            if strategy.parts
            else {strategy.filled[guide.goals[0]]}
        )
        kinds.update({str(page.entry("options", name)["kind"]) for name in filled})
    order = [item.question for item in context.analysis.open] if context.analysis is not None else []
    open_ = core_open(guide, result.case)
    open_.sort(key=lambda name: order.index(name) if name in order else len(order))
    return {
        "left": len(left),
        "all": len(result.places),
        "kinds": kinds.most_common(),
        "widest": max(kinds.values(), default=1),
        "missing": counted(context.missing, "more answer", "more answers"),
        "own": counting(result),
        "narrowing": [(f"dw-q-{name}", guide.question(name).text) for name in open_[:MOST_NARROWING]],
    }


def doubt(context: ResultContext) -> str:
    """Why none of several candidates is put first, in one sentence."""
    found, terms = contenders(context), context.result.guide.terms
    if not found:
        return f"We couldn't confirm that any {terms.strategy} meets every requirement. These might."
    if all(place.total.twice == found[0].total.twice for place in found):
        return f"Your answers don't distinguish between these {terms.strategies}."
    if context.passing:
        return "The leader is ahead on confirmed facts, but missing facts could change the order."
    return "The scores are so close that small changes in weighting swap the order."


def summary(page: Page, context: ResultContext) -> Markup:
    """One polite sentence for those who listen to the page."""
    state, one, many = state_of(context), page.guide.terms.strategy, page.guide.terms.strategies
    if state == "open":
        return Markup()
    if state == "nothing":
        return Markup("No {} meets all your requirements.").format(one)
    if state == "held":
        left = sum(1 for place in context.result.places if place.verdict.status != EXCLUDED)
        return Markup("{} left. {}").format(counted(left, f"{one} is", f"{many} are"), progress(page, context))
    names = joined([place.strategy.name for place in headline_strategies(context)])
    if state == "unverified":
        return Markup("No {} is confirmed to meet every requirement. {} might.").format(one, names)
    if state == "close":
        return Markup("Too close to call between {}. {}").format(names, doubt(context))
    return Markup("Recommended: {}.").format(names)


def bar(page: Page, context: ResultContext) -> Markup:
    """The verdict in one line and the switch between questions and result, for the bar that stays on a phone."""
    state = state_of(context)
    names = joined([place.strategy.name for place in headline_strategies(context)])
    left = sum(1 for place in context.result.places if place.verdict.status != EXCLUDED)
    return page.render("bar.html", state=state, names=names, left=left, missing=context.missing)


def interval(result: Recommendation, place: RankedStrategy) -> str | None:
    """The score's bounds, when facts are missing."""
    if place.total.low == place.total.high:
        return None
    low, high = percent(place.total.low, result.points), percent(place.total.high, result.points)
    return f"{one_decimal(low)} to {one_decimal(high)}"
