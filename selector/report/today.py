"""What a repository shows today, beside a recommendation: what runs, and what is risky whatever is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from selector.detect.conclusion import Reading
from selector.detect.found import Found
from selector.scoring.recommend import Recommendation

from .detected import headline, place_text, plain, sources, urgent, urgent_first, warnings_data
from .terminal import Paint

MOST_PLACES = 3
"""Places of a warning that are named."""

MOST_LOW = 3
"""Warnings that can wait and are named in a record."""


def today_markdown(reading: Reading, result: Recommendation) -> str:
    """A section of the decision record."""
    warnings = urgent_first(reading.warnings)
    pressing = [one for one in warnings if urgent(one)]
    waiting = [one for one in warnings if not urgent(one)]
    lines = ["## What the Repository Shows Today", "", f"- {headline(reading)}"]
    lines += [f"- **Urgent:** {_code(reading, one, result)}" for one in pressing]
    lines += [f"- To know: {_code(reading, one, result)}" for one in waiting[:MOST_LOW]]
    if len(waiting) > MOST_LOW:
        lines.append(f"- {len(waiting) - MOST_LOW} more that can wait; `selector detect` lists all.")
    return "\n".join(lines)


def _code(reading: Reading, one: Found, result: Recommendation) -> str:
    places = ", ".join(f"`{place.path.replace('`', '')}:{place.line}`" for place in one.tally.places[:MOST_PLACES])
    more = f" and {one.count - MOST_PLACES:,} more" if one.count > MOST_PLACES else ""
    links = "".join(f" ([{source['title']}]({source['url']}))" for source in sources(reading.guide, one)[:1])
    return f"{one.text}: {places}{more}. {' '.join(says(one, result))}{links}"


def today_terminal(reading: Reading, result: Recommendation, paint: Paint) -> str:
    """The same below a recommendation on a terminal."""
    lines = [paint.bold("What the repository shows today:"), f"   {headline(reading)}"]
    for one in urgent_first(reading.warnings):
        places = ", ".join(place_text(place) for place in one.tally.places[:MOST_PLACES])
        more = f" and {one.count - MOST_PLACES:,} more" if one.count > MOST_PLACES else ""
        lines.append(f"   {'Urgent' if urgent(one) else 'To know'}: {one.text}. {plain(' '.join(says(one, result)))}")
        lines.append(paint.dim(f"      {places}{more}"))
    return "\n".join(lines)


def today_data(reading: Reading, result: Recommendation) -> dict[str, Any]:
    """The same as plain JSON data; `repository` of `recommendation` in api.schema.json."""
    texts = {one.evidence.id: " ".join(says(one, result)) for one in reading.warnings}
    return {
        "headline": headline(reading),
        "uses": sorted(use.option for use in reading.uses),
        "likely": sorted(use.option for use in reading.likely),
        "warnings": [{**one, "text": texts[one["id"]]} for one in warnings_data(reading)],
    }


def says(one: Found, result: Recommendation) -> Iterator[str]:
    """What a warning says, and what it says where the recommendation has one of the options that it names."""
    yield " ".join(one.evidence.warning.split())
    chosen = one.evidence.entry["warning"].get("chosen")
    if chosen and result.winner is not None:
        wanted = set(result.guide.targets(chosen["options"]))
        if wanted & set(result.winner.strategy.members):
            yield " ".join(chosen["text"].split())
