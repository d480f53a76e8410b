"""The consequences of a decision record, each with the source beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from selector.guide.guide import Guide
from selector.guide.strategies import Strategy
from selector.plan.cost import bill
from selector.plan.frontier import trade_offs
from selector.scoring.recommend import Recommendation

from .advice import reasons
from .cost_sentences import short_bill
from .sensitivity_text import frontier_line
from .tradeoffs import Catch, catch, cell_text, is_good, losses

MOST_DRIVERS = 4
"""Reasons that are given, one a line."""

MOST_GOOD, MOST_BAD, MOST_LIMITATIONS = 1, 2, 2
"""Consequences that are listed, of each kind. What is good is among the decision drivers
too, so there is more of it only where less is bad."""


SHORT = 160
"""Characters of a limitation up to which more than its first sentence is given."""


def _consequences(result: Recommendation) -> str:
    winner = result.winner
    if winner is None:
        return ""
    strategy = winner.strategy
    good = [item.criterion for item in reasons(result, MOST_DRIVERS) if item.criterion]
    main = catch(result)
    weak = [name for name in losses(result) if not is_good(result, name)]
    bad = list(dict.fromkeys([*([main.criterion] if main else []), *weak]))[:MOST_BAD]
    lines = ["### Consequences", ""]
    room = MOST_GOOD + MOST_BAD - len(bad)
    lines += [f"- Good: {_sourced(result, strategy, name)}" for name in good[:room]]
    lines += [f"- Bad: {_sourced(result, strategy, name)}{_lowest(main, name)}" for name in bad]
    if cost := short_bill(result, winner):
        lines.append(f"- Cost: {cost}{_price_sources(result)}")
        lines += [f"- {text}" for off in trade_offs(result)[:1] if (text := frontier_line(result, off))]
    limits = [
        (member, limit)
        for member in strategy.members
        for limit in result.guide.entry("options", member).get("limitations", ())[:1]
    ]
    lines += [
        f"- Limitation ({result.guide.option(member).name}): {_sentence(limit['text'])}{_links(result.guide, limit)}"
        for member, limit in limits[:MOST_LIMITATIONS]
    ]
    return "\n".join(dict.fromkeys(lines))


def _lowest(main: Catch | None, criterion: str) -> str:
    worst = main is not None and main.worst and main.criterion == criterion
    return " This is the lowest level, and it matters here." if worst else ""


def _plain(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def _sentence(text: str) -> str:
    """The first sentence of a text, and those after it while they are short together: a short one may only lead to
    what matters."""
    first, *more = re.split(r"(?<=[.!?])\s+(?=[A-Z`*])", _plain(text))
    for sentence in more:
        if len(first) + len(sentence) > SHORT:
            break
        first = f"{first} {sentence}"
    return first


def _sourced(result: Recommendation, strategy: Strategy, criterion: str) -> str:
    """A level with the facts behind it, each with its source beside it."""
    texts = [
        f"{_plain(rating['text']).rstrip('.')}{_links(result.guide, rating)}."
        for rating in cell_ratings(result.guide, strategy, criterion)[:2]
        if "text" in rating
    ]
    return " ".join([f"{cell_text(result, strategy, criterion)}.", *texts])


def _links(guide: Guide, entry: Mapping[str, Any]) -> str:
    """The first source of a fact as a link, with the day on which it was checked."""
    given = entry.get("source", ())
    for name in [given] if isinstance(given, str) else list(given)[:1]:
        source = guide.entry("sources", name)
        checked = f", {entry['verified']}" if "verified" in entry else ""
        return f" ([{source['title']}]({source['url']}){checked})"
    return ""


def _price_sources(result: Recommendation) -> str:
    """Where the prices of the bill are published."""
    assert result.winner is not None
    found = bill(
        result.guide,
        result.winner.strategy,
        result.situation.quantities,
        result.situation.free,
        result.winner.editions,
    )
    names = dict.fromkeys(line.price for line in (*found.lines, *found.foreign) if line.quantity)
    links = dict.fromkeys(_links(result.guide, result.guide.entry("prices", name)) for name in names)
    return "".join(list(links)[:2])


def cell_ratings(guide: Guide, strategy: Strategy, criterion: str) -> list[Mapping[str, Any]]:
    """The entries of the cells that decide a strategy's value."""
    cell = guide.strategy_cell(strategy, criterion)
    if not cell.members and strategy.named is not None:
        override = guide.entry("strategies", strategy.named).get("overrides", {}).get(criterion)
        if override is not None:
            return [override]
    return [guide.entry("options", member)["ratings"][criterion] for member in cell.members]
