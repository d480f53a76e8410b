"""A page per worked example: the situation, its answers, and what the selector makes of them today."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from hooks.evaluation.outcomes import outcome
from hooks.render.context import Edition, Entry
from hooks.render.markdown import unfenced
from hooks.render.wizard_links import share_link
from selector import recommend
from selector.guide.strategies import Strategy
from selector.report.sentences import said
from selector.web import REGIONS, regions_html

LEFT_OUT = frozenset({"notice", "share", "record", "files"})
"""Regions that say nothing here or stand on the strategy's own page."""


def pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """examples/index.md and examples/<id>.md."""
    guide, sheet = edition.guide, edition.sheet("examples/index.md")
    entries = guide.data.get("examples", ())
    outcomes = [outcome(guide, entry["answers"]) for entry in entries]
    yield (
        sheet.path,
        sheet.print(
            "examples.md",
            title="Examples",
            description=f"{len(entries)} real situations with their answers and what the guide recommends.",
            examples=[
                (entry, [guide.strategy(standing.strategy) for standing in found.leaders])
                for entry, found in zip(entries, outcomes, strict=True)
            ],
        ),
    )
    for entry, found in zip(entries, outcomes, strict=True):
        name, make = entry["id"], partial(_page, edition, entry)
        told = [guide.strategy(name) for name in found.told]
        options = {member for strategy in told for member in strategy.members} or edition.all("options")
        named = [strategy.named for strategy in told if strategy.named]
        yield edition.page(
            f"examples/{name}.md",
            make,
            examples=[name],
            options=sorted(options),
            strategies=named,
            criteria=edition.all("criteria"),
            questions=edition.all("questions"),
        )


def _page(edition: Edition, entry: Entry) -> str:
    guide, sheet = edition.guide, edition.sheet(f"examples/{entry['id']}.md")
    path, result = edition.path("examples", entry["id"]), recommend(guide, entry["answers"])
    regions = regions_html(guide, result, edition.texts, sheet.links, stamp=edition.revision)
    return sheet.print(
        "example.md",
        title=entry["title"],
        description=entry["situation"],
        entry=entry,
        path=path if "verified" in entry else None,
        answers=list(said(result)),
        acceptable=[_strategy(edition, name) for name in entry["acceptable"]],
        regions=[(name, unfenced(regions[name])) for name in REGIONS if name not in LEFT_OUT and regions[name]],
        wizard=sheet.link("wizard.md") + "#" + share_link(guide, entry["answers"], edition.revision),
        edit=edition.reports.edit_address(path),
    )


def _strategy(edition: Edition, name: str) -> tuple[Strategy, str | None]:
    """A strategy and its page, if it has one."""
    strategy = edition.guide.strategy(name)
    if strategy.named:
        return strategy, f"strategies/{strategy.named}.md"
    return strategy, f"options/{strategy.members[0]}.md" if len(strategy.members) == 1 else None
