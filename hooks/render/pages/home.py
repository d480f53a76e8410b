"""The home page: what this is, a real result as a picture, the problem, the tools by category, where to go on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from hooks.render.categories import categories
from hooks.render.context import BuildContext, Entry
from hooks.render.markdown import unfenced
from hooks.render.scores import option_scores, scored_groups
from hooks.render.wizard_links import share_link
from selector import recommend
from selector.analysis.steps import Analysis
from selector.plan.cost import bill
from selector.report import verdicts
from selector.report.cost_sentences import spread, total
from selector.scoring.recommend import RankedStrategy, Recommendation
from selector.web import level_html, reader_html

from .stages import left_behind

STARTS = 6
"""Examples to start from: the first of the data."""

REASONS = 3
"""Reasons on the picture of a result."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a worked example came to, for the picture of a result.

    Attributes:
        confidence: how firm it is, in words.
        reasons: criteria on which it is ahead of the next one, with its level.
        catch: the criterion on which it is furthest behind; None when there is none.
        rival: the name of the next one.
        cost: a month, in words; empty where the guide has no prices.
    """

    example: Entry
    name: str
    page: str | None
    confidence: str
    reasons: tuple[tuple[str, Markup], ...]
    catch: tuple[str, Markup] | None
    rival: str
    cost: str
    hours: str
    wizard: str


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """index.md."""
    guide, page = build.guide, build.page("index.md")
    about = guide.data["guide"]
    verified = [fact.verified for fact in build.facts.values()]
    yield (
        page.path,
        page.print(
            "home.md",
            title=about["title"],
            description=about["summary"],
            hide=("navigation", "toc"),
            result=_result(build),
            categories=categories(build),
            scores={option["id"]: option_scores(guide, option["id"]) for option in build.options},
            score_groups=scored_groups(guide),
            reader=unfenced(reader_html(guide, build.texts, page.links, runtime=page.link(build.runtime))),
            facts=len(verified),
            oldest=min(verified, default=None),
            starts=[
                (entry, share_link(guide, entry["answers"], build.revision))
                for entry in guide.data.get("examples", ())[:STARTS]
            ],
            left=[option for option in build.options if option["id"] in left_behind(build)],
        ),
    )


def _result(build: BuildContext) -> Result | None:
    """The result that the guide wants to show, else the first that one setup leads alone."""
    guide = build.guide
    entries = list(guide.data.get("examples", ()))
    if shown := guide.data["guide"].get("shown"):
        entries = [guide.entry("examples", shown)]
    for entry in entries:
        result = recommend(guide, entry["answers"])
        if result.winner and result.runner_up and len(result.leaders) == 1:
            return _result_card(build, entry, result, result.winner, result.runner_up)
    return None


def _result_card(
    build: BuildContext, entry: Entry, result: Recommendation, winner: RankedStrategy, rival: RankedStrategy
) -> Result:
    guide = build.guide
    gaps = result.differences(winner, rival)
    ahead = sorted((gap for gap in gaps if gap.twice > 0), key=lambda gap: -gap.twice)
    behind = min((gap for gap in gaps if gap.twice < 0), key=lambda gap: gap.twice, default=None)

    def level(criterion: str) -> tuple[str, Markup]:
        cell = result.cell(winner.strategy, guide.criterion(criterion))
        html = level_html(guide, criterion, cell).replace("\n", "")
        return guide.criterion(criterion).name, Markup(html)

    cost = _cost(build, result, winner)
    return Result(
        example=entry,
        name=winner.strategy.name,
        page=f"strategies/{winner.strategy.named}.md" if winner.strategy.named else None,
        confidence=_confidence(result),
        reasons=tuple(level(gap.criterion) for gap in ahead[:REASONS]),
        catch=level(behind.criterion) if behind else None,
        rival=rival.strategy.name,
        cost=cost["cost"],
        hours=cost["hours"],
        wizard=share_link(guide, entry["answers"], build.revision),
    )


def _confidence(result: Recommendation) -> str:
    """The verdict of the first draws, which the wizard shows first too."""
    analysis = Analysis(result)
    for _ in analysis.steps():
        if analysis.verdict:
            break
    return verdicts.SENTENCES[analysis.verdict] if analysis.verdict else ""


def _cost(build: BuildContext, result: Recommendation, winner: RankedStrategy) -> Mapping[str, str]:
    """What it costs a month and the time that it takes, where the guide knows them."""
    guide = build.guide
    if not guide.data.get("prices"):
        return {"cost": "", "hours": ""}
    found: Any = bill(guide, winner.strategy, result.situation.quantities, result.situation.owned, winner.editions)
    hours = [f"{spread(item.low, item.high)} {item.unit}" for item in found.upkeep]
    return {"cost": total(found) if not found.unpriced else "", "hours": " and ".join(hours)}
