"""How answers count, drawn: every question against every criterion, then answer by answer. Reasons are on other pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from hooks.evaluation.effects import VERBS
from hooks.evaluation.question_effects import QuestionEffects, effects_of_questions, grouped
from hooks.render.context import BuildContext
from hooks.render.effect_map import effect_map
from hooks.render.offered import asks


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """effects.md, where the guide asks something."""
    if not asks(build.guide):
        return
    yield build.reusable_page("effects.md", partial(_page, build), questions=build.all("questions"))


def _page(build: BuildContext) -> str:
    guide, page = build.guide, build.page("effects.md")
    found = effects_of_questions(guide)
    groups = grouped(guide, found)
    return page.print(
        "effects.md",
        title="How answers count",
        description="Which question moves which criterion and by how much, drawn from the data.",
        hide=("toc",),
        map=effect_map(guide, groups),
        groups=groups,
        verbs={kind: f"{verb[0].lower()}{verb[1:]}" for kind, verb in VERBS.items()},
        largest=_largest(found),
        depending=_depending(found),
        total=len(guide.strategies),
        answers=sum(len(asked.by_answer) for asked in found),
        effects=sum(len(given.effects) for asked in found for given in asked.by_answer),
    )


def _largest(found: list[QuestionEffects]) -> int:
    """The most points that one effect moves: the full length of a bar."""
    return max(
        (int(abs(effect.amount)) for asked in found for given in asked.by_answer for effect in given.moves), default=1
    )


def _depending(found: list[QuestionEffects]) -> dict[str, list[QuestionEffects]]:
    """Questions by the one that they depend on."""
    depending: dict[str, list[QuestionEffects]] = {asked.question.id: [] for asked in found}
    for asked in found:
        if asked.question.condition:
            depending[asked.question.condition[0]].append(asked)
    return depending
