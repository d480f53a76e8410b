"""What we don't know, most consequential first, what we concluded ourselves, and where published advice differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hooks.evaluation.cache import cached_result
from hooks.render.context import BuildContext, Entry
from selector import Case, Guide
from selector.analysis.audience import sample_case
from selector.analysis.unknowns import impactful_unknowns
from selector.analysis.weightings import stream
from selector.case.answers import check_case
from selector.scoring.recommend import recommend_case

TRIALS = 600
"""Pairs of an unknown cell and a set of answers that are tried: enough for an order, few enough to follow each save."""

MOST_CASES = 200


@dataclass(frozen=True, slots=True)
class Gap:
    """A cell that is not known, or only within a range, and for how many of the tried visitors it could matter."""

    option: Entry
    criterion: str
    name: str
    matters: int


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """unknowns.md."""
    page = build.page("unknowns.md")
    gaps, tried = _gaps(build)
    sides = {
        (index, number): ("disagreements", index, "sides", number)
        for index, entry in enumerate(build.guide.data.get("disagreements", ()))
        for number in range(len(entry["sides"]))
    }
    yield (
        page.path,
        page.print(
            "unknowns.md",
            title="What we don't know",
            description=f"{len(gaps)} gaps, sorted by how often they could change a recommendation.",
            gaps=gaps,
            tried=tried,
            cells=len(build.guide.options) * len(build.guide.criteria),
            inferred=[(path, fact) for path, fact in build.facts.items() if fact.inferred],
            disagreements=list(build.guide.data.get("disagreements", ())),
            sides=sides,
            unpriced=[option for option in build.options if "costs" not in option],
        ),
    )


def _gaps(build: BuildContext) -> tuple[list[Gap], int]:
    guide = build.guide
    matters, tried = cached_result(guide, "gaps", lambda: _matters(guide))
    gaps = [
        Gap(guide.entry("options", option), criterion, guide.criterion(criterion).name, count)
        for (option, criterion), count in matters.items()
    ]
    return sorted(gaps, key=lambda gap: (-gap.matters, gap.option["name"], gap.name)), tried


def _matters(guide: Guide) -> tuple[dict[tuple[str, str], int], int]:
    """For how many of the tried visitors each unknown cell could matter, and how many those were."""
    matters = {
        (option.id, criterion.id): 0
        for option in guide.options
        for criterion in guide.criteria
        if guide.cell(option.id, criterion.id).low != guide.cell(option.id, criterion.id).high
    }
    cases = _cases(guide, min(MOST_CASES, TRIALS // len(matters))) if matters else []
    for case in cases:
        for found in impactful_unknowns(recommend_case(guide, case)):
            matters[found.option, found.criterion] += 1
    return matters, len(cases)


def _cases(guide: Guide, most: int) -> list[Case]:
    """The examples, then visitors who answer at random; always the same ones."""
    source = stream(guide.data["guide"].get("seed", 1), "unknowns", "visitors")
    examples = [check_case(guide, entry["answers"]) for entry in guide.data.get("examples", ())]
    visitors = (sample_case(guide, source) for _ in range(most))
    return [*examples, *visitors][: max(most, 1)]
