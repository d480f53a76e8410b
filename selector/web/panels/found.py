"""What was read from the visitor's files: what is in use, what to know, answers to confirm, and the way from there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from selector.detect.found import Found as Evidence
from selector.detect.found import Read, Support
from selector.detect.scan import Place
from selector.plan.moves import find_moves
from selector.report import detected
from selector.web.forms import QUESTION, link_of
from selector.web.marks import joined
from selector.web.page import Page

from .context import Found, ResultContext

__all__ = ["Found", "found"]

MOST_PLACES = 20
"""Places that are listed. All are counted."""


def found(page: Page, context: ResultContext) -> Markup:
    """Empty until files were read."""
    if context.found is None:
        return Markup()
    reading = context.found.reading
    return page.render(
        "found.html",
        headline=detected.headline(reading),
        counted=detected.counted_text(reading),
        limits=reading.limits,
        uses=[
            (
                detected.use_name(page.guide, use),
                page.links(f"options/{use.option}.md"),
                detected.use_text(reading, use),
            )
            for use in (*reading.uses, *reading.likely)
        ],
        warnings=[_warning(page, one) for one in detected.urgent_first(reading.warnings)],
        answers=[_answer(page, context, read) for read in reading.answers],
        hints=[_evidence(one) for one in reading.hints],
        unsaid=len(context.found.unsaid),
        way=_migration(page, context),
        link=link_of(context.result.case, page.revision),
        recognised=page.links("recognised.md"),
        questions=len(page.guide.questions),
    )


def _evidence(one: Evidence) -> dict[str, Any]:
    places = one.tally.places[:MOST_PLACES]
    return {
        "id": one.evidence.id,
        "text": one.text,
        "first": detected.place_text(one.first),
        "places": [_place(place) for place in places],
        "more": one.count - len(places),
    }


def _place(place: Place) -> tuple[str, str]:
    return f"{place.path}:{place.line}", "/".join(part for part in (place.kind, place.name) if part)


def _warning(page: Page, one: Evidence) -> dict[str, Any]:
    return {
        **_evidence(one),
        "severity": one.evidence.entry["warning"]["severity"],
        "says": one.evidence.warning,
        "sources": [(source["title"], source["url"]) for source in detected.sources(page.guide, one)],
    }


def _answer(page: Page, context: ResultContext, read: Read) -> dict[str, Any]:
    name = read.question.id
    said = context.result.case.answers.get(name)
    assert context.found is not None
    if read.value is None:
        state = "clash" if said is None else "said"
    elif said != read.value:
        state = "dropped" if said is None else "other"
    else:
        state = "read" if name in context.found.unsaid else "said"
    return {
        "id": name,
        "field": QUESTION + name,
        "question": read.question.text,
        "text": detected.answer_text(read),
        "value": _values(read.value),
        "state": state,
        "certain": read.clear,
        "supports": [_support(read, support) for support in read.supports],
    }


def _values(value: object) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _support(read: Read, support: Support) -> dict[str, Any]:
    return {
        "answer": support.answer,
        "label": detected.label(read, support.answer) if support.answer else "",
        "strength": detected.strength_text(support),
        "evidence": [_evidence(one) for one in support.found],
    }


def _migration(page: Page, context: ResultContext) -> str:
    """From what is in use to what ranks first."""
    winner = context.result.winner
    assert context.found is not None
    reading = context.found.reading
    today = [use.option for use in (*reading.uses, *reading.likely)]
    if winner is None or not today or not context.named:
        return ""
    name = winner.strategy.name
    way = find_moves(page.guide, today, winner.strategy, also=())
    added = [one for one in way.added if one not in winner.strategy.support]  # what only helps, files may not show
    if not way.moves and not added:
        rest = f" {_names(page, way.removed)} is not needed for it." if way.removed else ""
        return f"The recommendation on these answers, {name}, is what you run already.{rest}"
    steps = [str(move["summary"]) for move in way.moves]
    steps += [f"Set up {_names(page, added)}."] if added else []
    return f"To get from there to {name}, the recommendation on these answers: {' '.join(steps)}"


def _names(page: Page, ids: Iterable[str]) -> str:
    return joined([page.guide.option(name).name for name in ids])
