"""Own facts: what the visitor overrules, the way back to the guide's, and the choice of what else is different.

What is being changed is picked first, an option or a criterion; its ratings, prices and values then have a control each. An
own fact that has no control is carried by a hidden field, so the form always says all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from selector import Guide
from selector.case.own import OWN
from selector.case.own_words import OURS, about, in_words
from selector.guide.model import FULL
from selector.guide.own import PRICE, RATING, VALUE, OwnFact, guide_text, value_field
from selector.guide.reading import UNKNOWN
from selector.web.forms import PICK, link_of
from selector.web.page import Entry, Page

from .context import ResultContext

OPTION, CRITERION = "option:", "criterion:"
"""How what is picked begins."""


def own(page: Page, context: ResultContext) -> Markup:
    """Empty until something is recommended, unless a link brought own facts."""
    facts = context.result.case.own
    if not (facts or (page.live and context.named)):
        return Markup()
    rows = [_with_refused(row, context) for row in _rows(page, context)] if page.live else []
    return page.render(
        "own.html",
        facts=[_fact(page, fact, {row["name"] for row in rows}) for fact in facts],
        groups=_groups(page, context.picked) if page.live else [],
        field=PICK,
        picked=_name(page, context.picked) if rows else "",
        rows=[row for row in rows if not row["less"]],
        less=[row for row in rows if row["less"]],
        clear=link_of(replace(context.result.case, own=()), page.revision),
        mark=OURS,
    )


def _with_refused(row: dict[str, Any], context: ResultContext) -> dict[str, Any]:
    """A control with what was typed in it and can't be used: it stays there, and is told why."""
    refused = context.refused.get(row["name"])
    given = {"typed": refused.typed, "wrong": refused.text} if refused else {"typed": row["value"], "wrong": ""}
    return row | given


def _fact(page: Page, fact: OwnFact, shown: set[str]) -> dict[str, Any]:
    return {
        "name": OWN + fact.name,
        "about": about(page.guide, fact),
        "value": in_words(page.guide, fact, fact.value),
        "text": fact.value,
        "guide": in_words(page.guide, fact, fact.guide),
        "same": fact.same,
        "hidden": OWN + fact.name not in shown,
    }


def _groups(page: Page, picked: str) -> Markup:
    """What can be picked, as the options of a list; kept with the guide, as only the picked one differs."""
    guide = page.guide.base or page.guide
    kept: dict[str, Markup] = guide.__dict__.setdefault("_own_groups", {})
    if picked not in kept:
        if len(kept) > len(guide.options) + len(guide.criteria):
            kept.clear()
        kept[picked] = page.render(
            "own_groups.html",
            groups=[
                (page.guide.terms.options, [(f"{OPTION}{one.id}", one.name) for one in _sorted(guide, guide.options)]),
                ("criteria", [(f"{CRITERION}{one.id}", one.name) for one in guide.criteria]),
            ],
            picked=picked,
        )
    return kept[picked]


def _sorted(guide: Guide, options: Iterable[Any]) -> list[Any]:
    shown = (one for one in options if not guide.entry("options", one.id).get("hidden"))
    return sorted(shown, key=lambda one: (guide.by_name(one.name), one.id))


def _name(page: Page, picked: str) -> str:
    kind, _, name = picked.partition(":")
    return page.name("options" if kind == OPTION.rstrip(":") else "criteria", name)


def _rows(page: Page, context: ResultContext) -> list[dict[str, Any]]:
    """The controls for what is picked; none when the guide does not have it."""
    guide = page.guide.base or page.guide
    kind, _, name = context.picked.partition(":")
    facts = {fact.name: fact for fact in context.result.case.own}
    if f"{kind}:" == OPTION and name in {one.id for one in guide.options}:
        return list(_of_option(page, guide, guide.entry("options", name), facts))
    if f"{kind}:" == CRITERION and name in {one.id for one in guide.criteria}:
        return list(_of_criterion(page, context, guide, name, facts))
    return []


def _of_option(page: Page, guide: Guide, entry: Entry, facts: Mapping[str, OwnFact]) -> Iterator[dict[str, Any]]:
    for criterion in guide.criteria:
        level = entry["ratings"][criterion.id]["level"]
        yield _rating_row(page, guide, (entry["id"], criterion.id), criterion.name, level, facts)
    for price in dict.fromkeys(cost["price"] for cost in entry.get("costs", ())):
        yield _price_row(guide, guide.entry("prices", price), facts)


def _of_criterion(
    page: Page, context: ResultContext, guide: Guide, criterion: str, facts: Mapping[str, OwnFact]
) -> Iterator[dict[str, Any]]:
    """Ratings of what is compared first, the others behind a fold with those of named strategies and levels' values."""
    places = [place for place in (context.result.winner, context.rival) if place is not None]
    first = {member for place in places for member in place.strategy.members}
    named = {place.strategy.named for place in places}
    for option in sorted(_sorted(guide, guide.options), key=lambda one: one.id not in first):
        level = guide.entry("options", option.id)["ratings"][criterion]["level"]
        yield _rating_row(page, guide, (option.id, criterion), option.name, level, facts, less=option.id not in first)
    for entry in guide.data.get("strategies", ()):
        if criterion in entry.get("overrides", {}):
            level, less = entry["overrides"][criterion]["level"], entry["id"] not in named
            title = f"{entry['name']}, as a whole"
            yield _rating_row(page, guide, (entry["id"], criterion), title, level, facts, less=less)
    scale = guide.entry("criteria", criterion)
    for level in scale["levels"]:
        yield _value_row(scale, level, facts)


def _row(fact: OwnFact, facts: Mapping[str, OwnFact], label: str, **more: Any) -> dict[str, Any]:
    mine = facts.get(fact.name)
    row = {"name": OWN + fact.name, "label": label, "value": mine.value if mine else "", "choices": [], "less": False}
    return {**row, **more}


def _rating_row(
    page: Page,
    guide: Guide,
    about_: tuple[str, str],
    label: str,
    level: Any,
    facts: Mapping[str, OwnFact],
    *,
    less: bool = False,
) -> dict[str, Any]:
    fact = OwnFact(RATING, *about_, "", guide_text(level))
    levels = [level.id for level in guide.criterion(about_[1]).levels]
    ranges = [f"{worse},{better}" for worse, better in pairwise(levels)] if len(levels) > 2 else []
    mine = facts[fact.name].value if fact.name in facts else ""
    given = [*levels, *ranges, UNKNOWN]
    choices = [
        (text, in_words(guide, fact, text)) for text in [*given, *([mine] if mine and mine not in given else [])]
    ]
    return _row(fact, facts, label, guide=in_words(guide, fact, fact.guide), choices=choices, less=less)


def _price_row(guide: Guide, price: Entry, facts: Mapping[str, OwnFact]) -> dict[str, Any]:
    fact = OwnFact(PRICE, price["id"], "", "", guide_text(price["amount"]))
    unit = f"{price['currency']} {price['unit']}"
    row = _row(fact, facts, price["name"], guide=in_words(guide, fact, fact.guide), unit=unit, number="decimal")
    return {**row, "value": row["value"].replace(",", " to ")}


def _value_row(scale: Entry, level: Entry, facts: Mapping[str, OwnFact]) -> dict[str, Any]:
    field = value_field(scale)
    fact = OwnFact(VALUE, scale["id"], level["id"], "", guide_text(level[field]))
    unit = "points of burden, fewer are better" if field == "points" else f"of {FULL}, more is better"
    label = f"Value of “{level['label']}”"
    return _row(fact, facts, label, guide=fact.guide, unit=unit, number="numeric", less=True)
