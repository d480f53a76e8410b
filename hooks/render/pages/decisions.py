"""decisions.md: published decisions beside what the selector says in the same situation. Nothing without decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hooks.evaluation.agreement import FEW, Compared, Rate, comparisons, constant, holds, rows
from hooks.render.context import BuildContext, Entry
from hooks.render.passages import CitedSource
from hooks.render.plain_text import counted
from hooks.render.wizard_links import share_link
from selector import recommend
from selector.guide.strategies import Strategy
from selector.report.sentences import asked_for, said
from selector.scoring.differences import sufficient
from selector.scoring.recommend import RankedStrategy, Recommendation

PAGE = "decisions.md"


@dataclass(frozen=True, slots=True)
class Why:
    """Why the recommendation is not what was chosen, from what decides.

    Attributes:
        nearest: the best placed strategy that holds what was chosen; None when no strategy does.
        ruled_out: what it fails, in words.
        behind: names and reasons of the preferences that list it after others.
        criteria: names of the criteria that outweigh all that favours it.
    """

    nearest: Strategy | None
    ruled_out: tuple[str, ...] = ()
    behind: tuple[tuple[str, str], ...] = ()
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultContext:
    """One decision as the page shows it."""

    entry: Entry
    sources: list[CitedSource]
    found: Compared
    leaders: tuple[Strategy, ...]
    answers: tuple[tuple[str, str], ...]
    wizard: str
    why: Why | None


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """decisions.md."""
    guide = build.guide
    decisions = guide.data.get("decisions", ())
    if not decisions:
        return
    page = build.page(PAGE)
    found = comparisons(guide)
    shown = [_shown(build, entry, one) for entry, one in zip(decisions, found, strict=True)]
    everything, confidences, kinds = rows(guide, found)
    names = {entry["id"]: entry["name"] for entry in guide.data.get("decision_kinds", ())}
    yield (
        page.path,
        page.print(
            "decisions.md",
            title="How it compares with published decisions",
            description=f"{counted(len(decisions), 'published decision')}, what the guide recommends in the same situation, and where and why they differ.",
            all=everything[0],
            tables=[
                ("By kind of source", [(names[row.name], row) for row in kinds]),
                ("By how sure the reading is", [(row.name.capitalize(), row) for row in confidences]),
            ],
            percent=percent,
            interval=interval,
            constant=guide.strategy(constant(guide, decisions)[0]).name,
            few=FEW,
            differ=[one for one in shown if not one.found.first],
            agree=[
                (name, some)
                for kind, name in names.items()
                if (some := [one for one in shown if one.found.first and one.entry["kind"] == kind])
            ],
            names=names,
            rules=[
                (rule, sum(one.rule == position for one in found), sum(one.rule == position and one.by_rule for one in found))
                for position, rule in enumerate(guide.data.get("rules_of_thumb", ()))
            ],
        ),
    )  # fmt: skip


def _shown(build: BuildContext, entry: Entry, found: Compared) -> ResultContext:
    guide, result = build.guide, recommend(build.guide, entry["answers"])
    wizard = f"{build.page(PAGE).link('wizard.md')}#{share_link(guide, entry['answers'], build.revision)}"
    leaders = tuple(guide.strategy(name) for name in found.leaders)
    why = None if found.first else _why(result, entry)
    sources = build.cited(entry, entry["read"])
    return ResultContext(entry, sources, found, leaders, tuple(said(result)), wizard, why)


def _why(result: Recommendation, entry: Entry) -> Why:
    guide = result.guide
    place = next((place for place in result.places if _chosen(result, entry, place)), None)
    if place is None:
        return Why(None)
    if place.verdict.failed or result.winner is None:
        return Why(place.strategy, ruled_out=tuple(asked_for(result, place.verdict.failed)))
    if place.tier > result.winner.tier:
        preferences = (guide.entry("preferences", name) for name in place.verdict.behind)
        return Why(place.strategy, behind=tuple((item["name"], item["because"]) for item in preferences))
    gaps = result.differences(result.winner, place)
    return Why(place.strategy, criteria=tuple(guide.criterion(name).name for name in sufficient(gaps)))


def _chosen(result: Recommendation, entry: Entry, place: RankedStrategy) -> bool:
    return any(holds(result.guide, wanted, place.strategy.members) for wanted in entry["decided"])


def percent(rate: Rate) -> str:
    """A rate as whole hundredths."""
    return f"{round(100 * rate.share)}%"


def interval(rate: Rate) -> str:
    """The ends of a rate's interval."""
    low, high = rate.interval
    return f"{round(100 * low)}\N{EN DASH}{round(100 * high)}"
