"""What comes first and how sure that is: the leader's region and its short forms."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from selector.analysis.confidence import CLOSE
from selector.case.answers import Case
from selector.report.sentences import near_tie_text
from selector.scoring.recommend import RankedStrategy, Recommendation, score
from selector.scoring.totals import percent
from selector.web.diagram import drawing_html
from selector.web.forms import link_of, presets
from selector.web.marks import counted, joined, one_decimal
from selector.web.page import Page

from .context import ResultContext

TELLING = Fraction(1, 10)
"""The share of nearby weightings from which on a rival stands beside a leader that is too close to call."""

MOST_PRESETS = 8
"""Worked examples offered where nothing was answered yet; the form and the examples' page have them all."""

MOST_CARDS = 3
"""Strategies shown side by side when none is ahead."""


def notice(page: Page, context: ResultContext) -> Markup:
    """What was set aside, and what the reader should know about the link."""
    return page.render("notice.html", notices=context.notices) if context.notices else Markup()


def progress(page: Page, context: ResultContext) -> Markup:
    """How many questions are answered."""
    said = len(context.result.situation.said)
    return Markup("{} of {} answered").format(said, len(page.guide.questions))


def leader(page: Page, context: ResultContext) -> Markup:
    """The strategy that comes first, several when none is ahead, or why there is none.

    Before any answer nothing is crowned: the options stand in the order of their names.
    """
    result = context.result
    state = state_of(context)
    if state == "open":
        known = presets(page)
        return page.render("open.html", options=_options(page), presets=known[:MOST_PRESETS], all_presets=len(known))
    return page.render(
        "leader.html",
        state=state,
        cards=[_card(page, result, place) for place in headline_strategies(context)],
        lead_text=lead_text(result) if state == "leader" else "",
        tie_text=tie_text(context) if state == "close" else "",
        twin=near_tie_text(result),
        caveat=page.guide.data["guide"].get("caveat"),
        misses=_misses(page, result),
        needed=counted(len(_asked_for(result)), "requirement", "requirements"),
    )


def _options(page: Page) -> list[dict[str, Any]]:
    return [
        {
            "name": entry["name"],
            "address": page.links(f"options/{entry['id']}.md"),
            "kind": entry["kind"],
            "summary": entry["summary"],
        }
        for entry in sorted(page.guide.data["options"], key=lambda entry: (entry["name"].casefold(), entry["id"]))
    ]


def state_of(context: ResultContext) -> str:
    """Which way the headline goes.

    open: nothing was answered. leader: one strategy comes first. close: several may, on equal totals or because facts
    are missing. unverified: only what may qualify is left. nothing: everything is ruled out.
    """
    result = context.result
    if not result.crowned:
        return "open"
    if result.winner is not None:
        return "leader" if len(contenders(context)) == 1 else "close"
    return "unverified" if any(place.rank is not None for place in result.places) else "nothing"


def contenders(context: ResultContext) -> tuple[RankedStrategy, ...]:
    """The winner and whatever does not stand clearly behind it: equal totals, overlapping intervals, or, where the
    share of nearby weightings says that it is too close to call, those that come first most often."""
    result, winner = context.result, context.result.winner
    if winner is None:
        return ()
    found = [place for place in result.feasible if place.total.high >= winner.total.low or place in result.leaders]
    if len(found) == 1 and context.analysis is not None and context.analysis.verdict == CLOSE:
        shares = context.analysis.shares
        rivals = [place for place in result.feasible if place is not winner and shares[place.strategy.id] >= TELLING]
        rivals.sort(key=lambda place: (-shares[place.strategy.id], place.strategy.id))
        found += rivals or list(result.feasible[1:2])
    return tuple(found)


def headline_strategies(context: ResultContext) -> tuple[RankedStrategy, ...]:
    """The strategies that the headline shows."""
    result = context.result
    found = contenders(context) or tuple(place for place in result.places if place.rank is not None)
    return found[:MOST_CARDS] if result.crowned else ()


def _asked_for(result: Recommendation) -> list[str]:
    situation = result.situation
    requirements = [item.id for item in situation.requirements if not item.relaxed]
    return requirements + [item.id for item in situation.exclusions if not item.relaxed]


def _card(page: Page, result: Recommendation, place: RankedStrategy) -> dict[str, Any]:
    strategy = place.strategy
    declared = page.entry("strategies", strategy.named) if strategy.named else {}
    members = [page.entry("options", member) for member in strategy.members]
    return {
        "id": strategy.id,
        "name": strategy.name,
        "address": page.strategy_page(strategy.named, strategy.members),
        "summary": declared.get("summary") or (members[0]["summary"] if len(members) == 1 else None),
        "travels": declared.get("travels"),
        "members": [(entry["name"], page.links(f"options/{entry['id']}.md"), entry["kind"]) for entry in members],
        "score": one_decimal(score(place, result.points)),
        "interval": interval(result, place),
        "drawing": drawing_html(page.guide, strategy),
        "open": [page.name("criteria", name.rsplit(".", 1)[-1]) for name in sorted(place.verdict.unverified)],
    }


def interval(result: Recommendation, place: RankedStrategy) -> str | None:
    """The score's bounds, when facts are missing."""
    if place.total.low == place.total.high:
        return None
    low, high = percent(place.total.low, result.points), percent(place.total.high, result.points)
    return f"{one_decimal(low)} to {one_decimal(high)}"


def lead_text(result: Recommendation) -> str:
    """How far ahead the first is, in words that do not oversell (method section 12). Goes on after "72.4 of 100,"."""
    winner, rival = result.winner, result.runner_up
    if winner is None:
        return ""
    if rival is None:
        return "and nothing else meets your requirements."
    lead = one_decimal((percent(winner.total.twice, result.points) - percent(rival.total.twice, result.points)) / 2)
    return f"{'less than 0.1' if lead == '0.0' else lead} ahead of {rival.strategy.name}."


def tie_text(context: ResultContext) -> str:
    """Why none of several contenders is put first."""
    result, found = context.result, contenders(context)
    count = len(found)
    if len(result.leaders) == count:
        return "Their totals are equal."
    if any(place.total.high < result.leaders[0].total.low for place in found):
        return "Small changes of the weights put one or the other first."
    more = f" {count - MOST_CARDS} more could also come first." if count > MOST_CARDS else ""
    return f"On what is known the first is ahead, but facts are missing that could change the order.{more}"


def summary(page: Page, context: ResultContext) -> Markup:
    """One polite sentence for those who listen to the page."""
    result = context.result
    state = state_of(context)
    if state == "open":
        return Markup()
    if state == "nothing":
        return Markup("Nothing meets all your requirements.")
    names = joined([place.strategy.name for place in headline_strategies(context)])
    if state == "unverified":
        return Markup("Nothing is known to meet all your requirements. {} may.").format(names)
    if state == "close":
        return Markup("Too close to call between {}. {}").format(names, tie_text(context))
    score_text = one_decimal(score(result.leaders[0], result.points))
    return Markup("{} comes first on your answers: {} of 100, {}").format(names, score_text, lead_text(result))


def bar(page: Page, context: ResultContext) -> Markup:
    """The leader in one line, for the bar that stays on a phone's screen."""
    names = [place.strategy.name for place in headline_strategies(context)]
    return page.render("bar.html", state=state_of(context), names=joined(names), count=len(names))


def _misses(page: Page, result: Recommendation) -> list[dict[str, Any]]:
    """The nearest misses: what to allow, and what that brings back."""
    if result.near is None:
        return []
    case = result.case
    return [
        {
            "requirements": requirement_texts(page, result, names),
            "strategies": [result.place(found).strategy.name for found in strategies[:3]],
            "more": max(0, len(strategies) - 3),
            "link": link_of(Case(case.answers, case.weights, case.relax | names), page.revision),
        }
        for names, strategies in result.near.minimal[:5]
    ]


def requirement_texts(page: Page, result: Recommendation, names: Iterable[str]) -> list[str]:
    """Requirements in words; two answers may ask for the same."""
    return list(dict.fromkeys(requirement_text(page, result, name) for name in sorted(names)))


def requirement_text(page: Page, result: Recommendation, name: str) -> str:
    """A requirement or exclusion by id, in words."""
    for item in result.situation.requirements:
        if item.id == name:
            criterion = page.guide.criterion(item.criterion)
            level = criterion.levels[criterion.level_index(item.level)]
            return f"{criterion.name}: at least “{level.label}”"
    option = name.rsplit(".", 1)[-1]
    return f"without {page.name('options', option)}"
