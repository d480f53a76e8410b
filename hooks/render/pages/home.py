"""The home page: what this is, a real result as a picture, the problem, the tools by category, where to go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from hooks.render.categories import categories
from hooks.render.context import BuildContext, Entry
from hooks.render.markdown import unfenced
from hooks.render.offered import asks
from hooks.render.scores import option_scores, scored_groups
from hooks.render.wizard_links import share_link
from selector import recommend
from selector.analysis.steps import Analysis
from selector.report import verdicts
from selector.report.advice import reasons
from selector.report.cost_sentences import short_bill
from selector.report.tradeoffs import catch
from selector.scoring.recommend import RankedStrategy, Recommendation
from selector.web import level_html, reader_html

from .stages import left_behind

STARTS = 6
"""Examples to start from: the first of the data."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a worked example came to, for the picture of a result: what the wizard's own card says.

    Attributes:
        confidence: how firm it is, in words.
        reasons: each with the level that it is about, as HTML.
        catch: the criterion and its level, as HTML; None when there is none.
        rival: the name of the next one.
        cost: a month, in words; empty where the guide has no prices.
    """

    example: Entry
    name: str
    page: str | None
    confidence: str
    reasons: tuple[Markup, ...]
    catch: Markup | None
    rival: str
    cost: str
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
            reader=unfenced(reader_html(guide, build.texts, page.links, runtime=page.link(build.runtime)))
            if asks(guide)
            else "",
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

    def rated(criterion: str) -> Markup:
        html = level_html(guide, criterion, result.cell(winner.strategy, guide.criterion(criterion)))
        return Markup("{}: {}").format(guide.criterion(criterion).name, Markup(html.replace("\n", "")))

    found = catch(result)
    return Result(
        example=entry,
        name=winner.strategy.name,
        page=f"strategies/{winner.strategy.named}.md" if winner.strategy.named else None,
        confidence=_confidence(result),
        reasons=tuple(rated(item.criterion) if item.criterion else escape(item.text) for item in reasons(result)),
        catch=rated(found.criterion) if found else None,
        rival=rival.strategy.name,
        cost=short_bill(result, winner),
        wizard=share_link(guide, entry["answers"], build.revision),
    )


def _confidence(result: Recommendation) -> str:
    """The verdict of the first draws, which the wizard shows first too."""
    analysis = Analysis(result)
    for _ in analysis.steps():
        if analysis.verdict:
            break
    return verdicts.sentence(result, analysis.judged) if analysis.judged else ""
