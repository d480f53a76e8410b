"""What comes first and how sure that is: the leader's region and its short forms."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from ..answers import Case
from ..recommend import Place, Recommendation, score
from ..scoring import percent
from .drawing import drawing_html
from .forms import link_of
from .marks import counted, joined, one_decimal
from .page import Page
from .shown import Shown

MOST_CARDS = 3
"""Strategies shown side by side when none is ahead."""


def notice(page: Page, shown: Shown) -> Markup:
    """What was set aside, and what the reader should know about the link."""
    return page.render("notice.html", notices=shown.notices) if shown.notices else Markup()


def progress(page: Page, shown: Shown) -> Markup:
    """How many questions are answered."""
    said = len(shown.result.situation.said)
    return Markup("{} of {} answered").format(said, len(page.guide.questions))


def leader(page: Page, shown: Shown) -> Markup:
    """The strategy that comes first, several when none is ahead, or why there is none."""
    result = shown.result
    state = state_of(result)
    cards = [_card(page, result, place) for place in _heads(result)]
    return page.render(
        "leader.html",
        state=state,
        cards=cards,
        sure=sure(result),
        caveat=page.guide.data["guide"].get("caveat"),
        misses=_misses(page, result),
        needed=counted(len(_asked_for(result)), "requirement", "requirements"),
    )


def state_of(result: Recommendation) -> str:
    """open: nothing was answered. leader, tie: something comes first. unverified: only what may qualify is left.
    nothing: everything is ruled out."""
    if not result.crowned:
        return "open"
    if result.leaders:
        return "leader" if len(result.leaders) == 1 else "tie"
    return "unverified" if any(place.rank is not None for place in result.places) else "nothing"


def _heads(result: Recommendation) -> tuple[Place, ...]:
    if result.leaders:
        return result.leaders[:MOST_CARDS]
    return tuple(place for place in result.places if place.rank is not None)[:MOST_CARDS]


def _asked_for(result: Recommendation) -> list[str]:
    situation = result.situation
    requirements = [item.id for item in situation.requirements if not item.relaxed]
    return requirements + [item.id for item in situation.exclusions if not item.relaxed]


def _card(page: Page, result: Recommendation, place: Place) -> dict[str, Any]:
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
        "drawing": drawing_html(page.guide, strategy),
        "open": [page.name("criteria", name.rsplit(".", 1)[-1]) for name in sorted(place.verdict.unverified)],
    }


def sure(result: Recommendation) -> str:
    """How far ahead the first is, in words that do not oversell (method section 12)."""
    winner, rival = result.winner, result.runner_up
    if winner is None:
        return ""
    if rival is None:
        return "Nothing else meets your requirements."
    names = joined([place.strategy.name for place in result.leaders])
    if len(result.leaders) > 1:
        return f"Too close to call: {names} have equal totals."
    lead = one_decimal((percent(winner.total.twice, result.points) - percent(rival.total.twice, result.points)) / 2)
    shown = "less than 0.1" if lead == "0.0" else lead
    unsettled = [place for place in result.feasible[1:] if place.total.high >= winner.total.low]
    if unsettled and any(place.total.low != place.total.high for place in (winner, *unsettled)):
        others = counted(len(unsettled), "other could overtake it", "others could overtake it")
        return f"Ahead on what is known, by {shown} points of 100. Facts are missing, and {others}: too close to call."
    return f"{shown} points of 100 ahead of {rival.strategy.name}."


def summary(page: Page, shown: Shown) -> Markup:
    """One polite sentence for those who listen to the page."""
    result = shown.result
    state = state_of(result)
    if state == "open":
        return Markup()
    if state == "nothing":
        return Markup("Nothing meets all your requirements.")
    names = joined([place.strategy.name for place in _heads(result)])
    if state == "unverified":
        return Markup("Nothing is known to meet all your requirements. {} may.").format(names)
    first = "comes first on your answers." if state == "leader" else "share the first place."
    return Markup("{} {} {}").format(names, first, sure(result))


def bar(page: Page, shown: Shown) -> Markup:
    """The leader in one line, for the bar that stays on a phone's screen."""
    result = shown.result
    names = [place.strategy.name for place in _heads(result)]
    return page.render("bar.html", state=state_of(result), names=joined(names), count=len(names))


def _misses(page: Page, result: Recommendation) -> list[dict[str, Any]]:
    """The nearest misses: what to allow, and what that brings back."""
    if result.near is None:
        return []
    case = result.case
    return [
        {
            "requirements": [requirement_text(page, result, name) for name in sorted(names)],
            "strategies": [result.place(found).strategy.name for found in strategies[:3]],
            "more": max(0, len(strategies) - 3),
            "link": link_of(page.guide, Case(case.answers, case.weights, case.relax | names)),
        }
        for names, strategies in result.near.minimal[:5]
    ]


def requirement_text(page: Page, result: Recommendation, name: str) -> str:
    """A requirement or exclusion by id, in words."""
    for item in result.situation.requirements:
        if item.id == name:
            criterion = page.guide.criterion(item.criterion)
            level = criterion.levels[criterion.level_index(item.level)]
            return f"{criterion.name}: at least “{level.label}”"
    option = name.rsplit(".", 1)[-1]
    return f"without {page.name('options', option)}"
