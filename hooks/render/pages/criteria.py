"""A page per criterion with all options ranked on it, and the list of criteria."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hooks.render.aggregation import rule_in_words
from hooks.render.context import BuildContext, Entry
from hooks.render.plain_text import counted
from selector.guide.editions import Cell
from selector.scoring.totals import ranks
from selector.web.marks import applies

from .options import disagreements_about


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """criteria/index.md and criteria/<id>.md."""
    data, page = build.guide.data, build.page("criteria/index.md")
    groups = [
        (group, [criterion for criterion in data["criteria"] if criterion["group"] == group["id"]])
        for group in data["groups"]
    ]
    yield (
        page.path,
        page.print(
            "criteria.md",
            title="Criteria",
            description=f"The {counted(len(data['criteria']), 'criterion', 'criteria').removeprefix('1 ')} on which {build.guide.terms.options} are rated, and what to choose if one matters most.",
            groups=[(group, criteria) for group, criteria in groups if criteria],
        ),
    )
    for criterion in data["criteria"]:
        yield _page(build, criterion)


def _page(build: BuildContext, entry: Entry) -> tuple[str, str]:
    guide, page = build.guide, build.page(f"criteria/{entry['id']}.md")
    criterion = guide.criterion(entry["id"])
    path = build.path("criteria", entry["id"])
    return (
        page.path,
        page.print(
            "criterion.md",
            title=entry["name"],
            description=entry["question"],
            entry=entry,
            group=guide.entry("groups", entry["group"]),
            rule=rule_in_words(guide, entry, guide.terms) if guide.combined else "",
            levels=[
                (level, scale, build.level(criterion.id, Cell(scale.value, scale.value, scale.id, ())))
                for level, scale in zip(entry["levels"], criterion.levels, strict=True)
            ][::-1],
            ranking=_ranking(build, criterion.id),
            drivers=drivers(build, criterion.id),
            disagreements=disagreements_about(build, criterion.id),
            edit=build.report_links.edit_address(path),
        ),
    )


def _ranking(build: BuildContext, criterion: str) -> list[tuple[int | None, Entry]]:
    """Options from best to worst; equals share a rank and are in the order of their names. Those without a rank come last:
    unknown ones, then those to which the criterion does not apply."""
    guide = build.guide
    asked = [option for option in build.options if applies(guide, option["id"], criterion)]
    cells = [(option, guide.cell(option["id"], criterion)) for option in asked]
    known = [(option, cell) for option, cell in cells if cell.low == cell.high]
    places = ranks([cell.low for _, cell in known])
    ranked: list[tuple[int | None, Entry]] = [(place, option) for place, (option, _) in zip(places, known, strict=True)]
    ranked.sort(key=lambda item: item[0] or 0)
    unknown = [option for option, cell in cells if cell.low != cell.high]
    return ranked + [(None, option) for option in [*unknown, *(one for one in build.options if one not in asked)]]


def drivers(build: BuildContext, criterion: str) -> list[dict[str, Any]]:
    """Answers that raise, lower or require a criterion, in the order of the questions."""
    found: list[dict[str, Any]] = []
    for question in build.guide.data["questions"]:
        for answer in question["answers"]:
            for effect in answer.get("effects", ()):
                what = _effect_on(build, effect, criterion)
                if what:
                    found.append({"question": question, "answer": answer, "what": what, "because": effect["because"]})
    return found


def _effect_on(build: BuildContext, effect: Mapping[str, Any], criterion: str) -> str | None:
    guide = build.guide
    for name, points in effect.get("weight", {}).items():
        if guide.criterion(name).id == criterion:
            return f"+{points} points" if points > 0 else f"\N{MINUS SIGN}{-points} points"
    for name, level in effect.get("require", {}).items():
        if guide.criterion(name).id == criterion:
            return f"requires {guide.criterion(name).or_better(level)}"
    return None
