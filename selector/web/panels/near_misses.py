"""What to relax when nothing meets all requirements."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from selector.case.effects import Exclusion, Requirement
from selector.report.sentences import asked_for
from selector.web.forms import link_of
from selector.web.marks import counted
from selector.web.page import Page

from .context import ResultContext

MOST_MISSES = 3
"""Requirements whose relaxing is offered when nothing meets them all."""

OFF = "off."
"""How the ids of options that only an answer enables begin, where they are ruled out."""


def _misses(page: Page, context: ResultContext) -> list[dict[str, Any]]:
    """The nearest misses: what was asked for, because of which answer, and what relaxing it makes possible. Options
    that nothing enables come last: the visitor did not ask for them."""
    result = context.result
    if result.near is None:
        return []
    case = result.case
    found = sorted(result.near.minimal, key=lambda miss: any(name.startswith(OFF) for name in miss[0]))
    return [
        {
            "requirements": _because_of(page, context, sorted(names)),
            "strategies": [] if context.missing else [result.place(found).strategy.name for found in strategies[:3]],
            "count": counted(len(strategies), page.guide.terms.strategy, page.guide.terms.strategies),
            "more": max(0, len(strategies) - 3),
            "link": link_of(replace(case, relax=case.relax | names), page.revision),
        }
        for names, strategies in found[:MOST_MISSES]
    ]


def _because_of(page: Page, context: ResultContext, names: list[str]) -> list[dict[str, Any]]:
    """Requirements in words, each with the answers that ask for it."""
    situation = context.result.situation
    asked: list[Requirement | Exclusion] = [*situation.requirements, *situation.exclusions]
    sources = {item.id: item for item in asked}
    found: dict[str, list[tuple[str, str]]] = {}
    for name in names:
        source = sources.get(name)
        text = asked_for(context.result, [name])[0]
        if isinstance(source, Exclusion):
            option = page.entry("options", source.option)
            text = f"no {option['name']}"  # two of a kind would read alike
        answers = found.setdefault(f"{text[:1].upper()}{text[1:]}", [])
        if source is not None:
            question = page.guide.question(source.question)
            answer = question.answer(source.answer)
            answers.append((f"dw-q-{question.id}", answer.label if answer else source.answer))
    return [{"text": text, "answers": answers} for text, answers in found.items()]
