"""A page per worked example: the situation, its answers, and what the selector makes of them today."""

from __future__ import annotations

from collections.abc import Iterator

from selector import Case, recommend
from selector.answers import Value, check_case
from selector.link import encode
from selector.phrases import said
from selector.recommend import Recommendation
from selector.strategies import Strategy
from selector.web import REGIONS, regions_html

from ..sheet import Edition, Entry
from ..texts import unfenced

LEFT_OUT = frozenset({"notice", "share", "record", "files"})
"""Regions that say nothing here or stand on the strategy's own page."""


def pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """examples/index.md and examples/<id>.md."""
    sheet = edition.sheet("examples/index.md")
    found = [(entry, recommend(edition.guide, entry["answers"])) for entry in edition.guide.data.get("examples", ())]
    yield (
        sheet.path,
        sheet.print(
            "examples.md",
            title="Examples",
            description=f"{len(found)} real situations with their answers and what the guide recommends.",
            examples=[(entry, result.leaders) for entry, result in found],
        ),
    )
    for entry, result in found:
        yield _page(edition, entry, result)


def _page(edition: Edition, entry: Entry, result: Recommendation) -> tuple[str, str]:
    guide, sheet = edition.guide, edition.sheet(f"examples/{entry['id']}.md")
    path = edition.path("examples", entry["id"])
    regions = regions_html(guide, result, edition.texts, sheet.links)
    return (
        sheet.path,
        sheet.print(
            "example.md",
            title=entry["title"],
            description=entry["situation"],
            entry=entry,
            path=path if "verified" in entry else None,
            answers=list(said(result)),
            acceptable=[_strategy(edition, name) for name in entry["acceptable"]],
            regions=[(name, unfenced(regions[name])) for name in REGIONS if name not in LEFT_OUT and regions[name]],
            wizard=sheet.link("wizard.md") + "#" + share_link(edition, entry["answers"]),
            edit=edition.reports.edit_address(path),
        ),
    )


def share_link(edition: Edition, answers: dict[str, Value]) -> str:
    """The fragment with which the wizard opens with these answers."""
    case: Case = check_case(edition.guide, answers)
    return encode(case, edition.guide.revision)


def _strategy(edition: Edition, name: str) -> tuple[Strategy, str | None]:
    """A strategy and its page, if it has one."""
    strategy = edition.guide.strategy(name)
    if strategy.named:
        return strategy, f"strategies/{strategy.named}.md"
    return strategy, f"options/{strategy.members[0]}.md" if len(strategy.members) == 1 else None
