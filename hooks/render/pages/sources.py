"""Sources with the dates on which facts were checked against them, stale and oldest first; prices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hooks.render.context import BuildContext, Entry
from hooks.render.costs import span
from hooks.render.facts import Fact
from hooks.render.passages import coverage
from hooks.render.plain_text import counted
from selector.guide.reading import interval


@dataclass(frozen=True, slots=True)
class Source:
    """A source, the facts that cite it, and the oldest and newest day on which one of them was checked."""

    entry: Entry
    facts: tuple[Fact, ...]
    oldest: date | None
    newest: date | None
    stale: int


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """sources.md."""
    page = build.page("sources.md")
    found = _sources(build)
    stale = [fact for fact in build.facts.values() if build.stale(fact)]
    quoted = coverage(build.guide)
    prices = build.guide.data.get("prices", ())
    yield (
        page.path,
        page.print(
            "sources.md",
            title="Sources",
            description=f"{counted(len(found), 'source')} for {counted(len(build.facts), 'fact')}, with the dates of the last checks.".capitalize(),
            sources=found,
            stale=sorted(stale, key=lambda fact: fact.verified),
            changed=[fact for fact in build.facts.values() if build.changed(fact)],
            quoted=quoted,
            quoted_share=round(100 * quoted[0] / max(1, quoted[1])),
            total=len(build.facts),
            oldest=min((fact.verified for fact in build.facts.values()), default=None),
            limit=build.guide.data["guide"]["stale_after_days"],
            quantities=[(entry, span(*interval(entry["default"]))) for entry in build.guide.data.get("quantities", ())],
            prices=[(price, span(*interval(price["amount"])), ("prices", index)) for index, price in enumerate(prices)],
        ),
    )


def _sources(build: BuildContext) -> list[Source]:
    resting: dict[str, list[Fact]] = {entry["id"]: [] for entry in build.guide.data["sources"]}
    for fact in build.facts.values():
        for source in fact.sources:
            resting[build.guide.entry("sources", source)["id"]].append(fact)
    found = []
    for entry in build.guide.data["sources"]:
        facts = resting[entry["id"]]
        days = [fact.verified for fact in facts]
        stale = sum(build.stale(fact) for fact in facts)
        found.append(Source(entry, tuple(facts), min(days, default=None), max(days, default=None), stale))
    return sorted(
        found, key=lambda item: (not item.stale, item.oldest or date.max, build.guide.by_name(item.entry["title"]))
    )
