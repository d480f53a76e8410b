"""What we don't know, most consequential first, what we concluded ourselves, and where published advice differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from hooks.evaluation.cache import cached_result
from hooks.render.context import BuildContext, Entry
from hooks.render.facts import Fact, Path
from hooks.render.plain_text import counted
from selector import Case, Guide
from selector.analysis.audience import sample_case
from selector.analysis.unknowns import impactful_unknowns
from selector.analysis.weightings import stream
from selector.case.answers import check_case
from selector.guide.terms import upfirst
from selector.guide.values import Cell, override_of, read_rating
from selector.scoring.recommend import recommend_case

TRIALS = 600
"""Pairs of an unknown cell and a set of answers that are tried: enough for an order, few enough to follow each save."""

MOST_CASES = 200


@dataclass(frozen=True, slots=True)
class Gap:
    """A cell that is not known, or only within a range, and for how many of the tried visitors it could matter.

    Attributes:
        entry: the option, or the named strategy that declares the cell for itself.
        page: its page, with the anchor of the cell.
        criterion, name: of the criterion.
        path, text: of the cell in the data.
        level: its mark.
        matters: for so many visitors.
    """

    entry: Entry
    page: str
    criterion: str
    name: str
    path: Path
    text: str
    level: Markup
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
            description=f"{counted(len(gaps), 'gap')}, sorted by how often they could change {'a recommendation' if build.guide.questions else 'what ranks first'}."
            if gaps
            else "Every rating is known.",
            gaps=gaps,
            tried=tried,
            cells=sum(len(entry["ratings"]) for entry in build.options)
            + sum(len(entry.get("overrides", ())) for entry in build.strategies),
            inferred=_inferred(build),
            disagreements=list(build.guide.data.get("disagreements", ())),
            sides=sides,
            unpriced=[option for option in build.options if "costs" not in option and build.guide.data.get("prices")],
        ),
    )


def _inferred(build: BuildContext) -> list[tuple[str, list[Fact]]]:
    """What we concluded ourselves, by the name of what it is about: each option, and each other section of the guide."""
    names = {
        "strategies": upfirst(build.guide.terms.strategies),
        "moves": "Migrations",
        "prices": "Prices",
        "examples": "Examples",
        "disagreements": "Where advice differs",
        "not_covered": "Not covered",
    }
    groups: dict[str, list[Fact]] = {}
    for fact in build.facts.values():
        if fact.inferred:
            section, index = fact.path[:2]
            name = build.options[int(index)]["name"] if section == "options" else names[str(section)]
            groups.setdefault(name, []).append(fact)
    return list(groups.items())


def _gaps(build: BuildContext) -> tuple[list[Gap], int]:
    guide = build.guide
    matters, tried = cached_result(guide, "gaps", lambda: _matters(guide))
    gaps = [_gap(build, *cell, count) for cell, count in matters.items()]
    return sorted(
        gaps, key=lambda gap: (-gap.matters, build.guide.by_name(gap.entry["name"]), build.guide.by_name(gap.name))
    ), tried


def _gap(build: BuildContext, section: str, name: str, criterion: str, matters: int) -> Gap:
    guide = build.guide
    entry, found = guide.entry(section, name), guide.criterion(criterion)
    field = "ratings" if section == "options" else "overrides"
    if section == "options":
        level = build.rating(name, criterion)
    else:
        own = read_rating(entry[field][criterion], found)
        level = build.level(criterion, Cell(own.low, own.high, own.level, ()))
    page, path = f"{section}/{name}.md#on-{criterion}", build.path(section, name, field, criterion)
    return Gap(entry, page, criterion, found.name, path, entry[field][criterion]["text"], level, matters)


def _matters(guide: Guide) -> tuple[dict[tuple[str, str, str], int], int]:
    """For how many of the tried visitors each unknown cell could matter, and how many those were.

    A cell is an option's, or one that a named strategy declares for itself: section, id and criterion.
    """
    matters = {
        ("options", option.id, criterion.id): 0
        for option in guide.options
        for criterion in guide.criteria
        if guide.cell(option.id, criterion.id).low != guide.cell(option.id, criterion.id).high
    }
    for entry in guide.data.get("strategies", ()):
        for criterion in guide.criteria:
            own = override_of(guide, guide.strategy(entry["id"]), criterion)
            if own is not None and own.low != own.high:
                matters["strategies", entry["id"], criterion.id] = 0
    cases = _cases(guide, min(MOST_CASES, TRIALS // len(matters))) if matters else []
    for case in cases:
        for found in impactful_unknowns(recommend_case(guide, case)):
            section, name = ("options", found.option) if found.option else ("strategies", found.strategy)
            matters[section, name, found.criterion] += 1
    return matters, len(cases)


def _cases(guide: Guide, most: int) -> list[Case]:
    """The examples, then visitors who answer at random; always the same ones."""
    source = stream(guide.data["guide"].get("seed", 1), "unknowns", "visitors")
    examples = [check_case(guide, entry["answers"]) for entry in guide.data.get("examples", ())]
    visitors = (sample_case(guide, source) for _ in range(most))
    return [*examples, *visitors][: max(most, 1)]
