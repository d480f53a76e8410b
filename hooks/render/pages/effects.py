"""How answers count, drawn: every question against every criterion, then answer by answer. Reasons stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from hooks.evaluation.question_effects import Reach, grouped, reaches
from hooks.render.context import BuildContext
from hooks.render.effect_map import effect_map


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """effects.md."""
    yield build.reusable_page("effects.md", partial(_page, build), questions=build.all("questions"))


def _page(build: BuildContext) -> str:
    guide, page = build.guide, build.page("effects.md")
    found = reaches(guide)
    groups = grouped(guide, found)
    return page.print(
        "effects.md",
        title="How answers count",
        description="Which question moves which criterion and by how much, drawn from the data.",
        hide=("toc",),
        map=effect_map(guide, groups),
        groups=groups,
        largest=_largest(found),
        depending=_depending(found),
        total=len(guide.strategies),
        answers=sum(len(reach.said) for reach in found),
        effects=sum(len(said.effects) for reach in found for said in reach.said),
    )


def _largest(found: list[Reach]) -> int:
    """The most points that one effect moves: the full length of a bar."""
    return max((int(abs(effect.amount)) for reach in found for said in reach.said for effect in said.moves), default=1)


def _depending(found: list[Reach]) -> dict[str, list[Reach]]:
    """Questions by the one that they depend on."""
    depending: dict[str, list[Reach]] = {reach.question.id: [] for reach in found}
    for reach in found:
        if reach.question.condition:
            depending[reach.question.condition[0]].append(reach)
    return depending
