"""Which own facts a strategy's figures depend on, so that whatever shows the strategy can say so."""

from __future__ import annotations

from dataclasses import dataclass

from selector.case.own_words import about, in_words
from selector.guide.guide import Guide
from selector.guide.own import PRICE, VALUE, OwnFact
from selector.plan.cost import bill
from selector.scoring.recommend import RankedStrategy, Recommendation

from .sentences import and_

MOST_NAMED = 3
"""Own facts that are named beside a strategy; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What of a strategy depends on own facts: names of criteria and prices, and the facts of this visit among them."""

    names: tuple[str, ...]
    facts: tuple[OwnFact, ...]

    def __bool__(self) -> bool:
        return bool(self.names)


def own_basis(result: Recommendation, place: RankedStrategy) -> Basis:
    """What of a strategy depends on own facts, of the visitor's or of an organisation's; empty where nothing does."""
    guide, strategy = result.guide, place.strategy
    if not result.case.own and "organisation" not in guide.data:
        return Basis((), ())
    own = {criterion.id for criterion in guide.criteria if result.cell(strategy, criterion).own}
    prices = _own_prices(result, place)
    names = [criterion.name for criterion in guide.criteria if criterion.id in own]
    names += [str(guide.entry("prices", price)["name"]) for price in prices]
    facts = (fact for fact in result.case.own if _concerns(guide, fact, place, own, prices))
    return Basis(tuple(names), tuple(facts))


def _own_prices(result: Recommendation, place: RankedStrategy) -> list[str]:
    guide, situation = result.guide, result.situation
    if not any("own" in price for price in guide.data.get("prices", ())):
        return []
    found = bill(guide, place.strategy, situation.quantities, situation.free, place.editions)
    used = dict.fromkeys(line.price for line in (*found.lines, *found.foreign) if line.quantity)
    return [price for price in used if "own" in guide.entry("prices", price)]


def _concerns(guide: Guide, fact: OwnFact, place: RankedStrategy, own: set[str], prices: list[str]) -> bool:
    """True when a fact is about one of these criteria or prices, and about this strategy."""
    if fact.kind == PRICE:
        return fact.subject in prices
    if fact.kind == VALUE:
        return fact.subject in own
    strategy = place.strategy
    meant = {name for member in strategy.members for name in (member, *guide.option(member).stands_for)}
    return fact.aspect in own and (fact.subject in meant or fact.subject == strategy.named)


def own_basis_text(result: Recommendation, place: RankedStrategy) -> str:
    """The same in words: "Tool, Operational effort: Low (the guide: High); Licence"; empty where nothing depends on any."""
    found = own_basis(result, place)
    guide = result.guide
    texts = [
        _as_said(guide, fact) + ("" if fact.same else f" (the guide: {in_words(guide, fact, fact.guide)})")
        for fact in found.facts
    ]
    # Those of an organisation are in the guide already: what they are about is said, and the pages have the rest.
    texts += [] if texts else list(found.names)
    return _few(texts)


def own_count_text(result: Recommendation) -> str:
    """How many own facts count in a result that names no strategy; empty where none do."""
    return _few([_as_said(result.guide, fact) for fact in result.case.own])


def _as_said(guide: Guide, fact: OwnFact) -> str:
    return f"{about(guide, fact)}: {in_words(guide, fact, fact.value)}"


def _few(texts: list[str]) -> str:
    more = len(texts) - MOST_NAMED
    return "; ".join(texts[:MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")


def own_names(result: Recommendation, place: RankedStrategy) -> str:
    """What of a strategy depends on own facts, by name, for a line in a list."""
    names = own_basis(result, place).names
    more = len(names) - MOST_NAMED
    return and_([*names[:MOST_NAMED], *([f"{more} more"] if more > 0 else [])])
