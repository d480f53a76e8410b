"""What changes between cases, in sentences: the same for page, file and terminal."""

from __future__ import annotations

from collections.abc import Iterator

from selector.analysis.sensitivity import Leaders
from selector.case.own_words import about, in_words
from selector.case.trades import Trade
from selector.case.verdict import EXCLUDED
from selector.group.what_if import ANSWER, OWN, RELAXED, WEIGHT, Change, Said, Step, Subject, WhatIf
from selector.guide.own import OwnFact
from selector.scoring.recommend import Recommendation, score

from .sentences import and_, answer_text, asked_for, quoted
from .trade_sentences import question_between, situation_text

MOST_NAMED = 3
"""Strategies named in a sentence; the rest is counted."""


def subject_text(found: WhatIf, subject: Subject) -> str:
    """What cases say differently: a question, a weight, a requirement, a trade-off, an own fact."""
    guide = found.guide
    if subject.kind == ANSWER:
        return guide.question(subject.id).text
    if subject.kind == WEIGHT:
        return f"Weight of “{guide.criterion(subject.id).name}”, set directly"
    if subject.kind == RELAXED:
        return f"Ignored: {_asked(found, subject.id)}"
    if subject.kind == OWN:
        return f"Own fact: {about(guide, _fact(found, subject))}"
    return question_between(guide, subject.id)


def _fact(found: WhatIf, subject: Subject) -> OwnFact:
    """The own fact of some case, for what it is about and what the guide says."""
    return next(fact for one in found.cases for fact in one.case.own if fact.name == subject.id)


def said_text(found: WhatIf, subject: Subject, said: Said) -> str:
    """What a case says of it."""
    if isinstance(said, Trade):
        return situation_text(found.guide, said)
    if subject.kind == OWN:
        fact = said if isinstance(said, OwnFact) else _fact(found, subject)
        if said is None:
            return f"as in the guide: {in_words(found.guide, fact, fact.guide)}"
        return in_words(found.guide, fact, fact.value)
    if subject.kind == RELAXED:
        return "yes" if said else "no"
    if said is None:
        return "not answered" if subject.kind != WEIGHT else "from the answers"
    assert not isinstance(said, OwnFact)
    return str(said) if subject.kind == WEIGHT else answer_text(found.guide, subject.id, said)


def standing_text(result: Recommendation, strategy: str) -> str:
    """The place of a strategy in a case: "1 (72.5)", "ruled out"."""
    place = result.place(strategy)
    if place.verdict.status == EXCLUDED:
        return "ruled out"
    if place.rank is None:
        return "not ranked"
    note = ", not verified" if place.verdict.unverified else ""
    return f"{place.rank} ({score(place, result.points):.1f}{note})"


def fails_text(result: Recommendation, strategy: str) -> str:
    """What rules a strategy out in a case; empty when nothing does."""
    return "; ".join(asked_for(result, result.place(strategy).verdict.failed))


def first_text(found: WhatIf, leaders: Leaders) -> str:
    """Who ranks first, by name."""
    if not leaders:
        return f"no {found.guide.terms.strategy}"
    names = sorted(leaders)
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return quoted(found.guide, names[:MOST_NAMED]) + more


def outcome_text(found: WhatIf, step: Step) -> str:
    """What became of the first place, in one sentence."""
    before, after = first_text(found, step.leaders_before), first_text(found, step.leaders_after)
    if step.leaders_before == step.leaders_after:
        return f"First place stays with {after}." if step.leaders_after else "Nothing ranks first in either case."
    if not step.leaders_after:
        return f"No {found.guide.terms.strategy} ranks first any more. Before, it was {before}."
    if not step.leaders_before:
        return f"First place goes to {after}. Before, no {found.guide.terms.strategy} came first."
    return f"First place goes from {before} to {after}."


def change_text(found: WhatIf, step: Step, change: Change) -> str:
    """What one difference does, in one sentence."""
    if step.enough(change):
        return "This alone is enough for that."
    if step.needed(change):
        return f"This is needed for that: without it, {first_text(found, change.without)} would rank first."
    if change.alone != step.leaders_before:
        return f"Alone, it would put {first_text(found, change.alone)} first."
    return "Alone, it does not change the first place."


def ruled_out_texts(found: WhatIf, number: int) -> Iterator[str]:
    """What is ruled out after a step and was not before, and what is back; in sentences."""
    step, terms = found.steps[number], found.guide.terms
    for names, result, before, title in (
        (step.out, found.results[number + 1], found.results[number], "Newly ruled out"),
        (step.back, found.results[number], found.results[number + 1], "No longer ruled out"),
    ):
        if names:
            failed = {name for one in names for name in result.place(one).verdict.failed}
            failed -= {name for one in names for name in before.place(one).verdict.failed}
            shown = quoted(found.guide, names[:MOST_NAMED])
            more = len(names) - MOST_NAMED
            shown += f" and {more} more {terms.strategy if more == 1 else terms.strategies}" if more > 0 else ""
            yield f"{title}: {shown}, by {and_(asked_for(result, failed))}."


def _asked(found: WhatIf, name: str) -> str:
    texts = [text for result in found.results for text in asked_for(result, [name]) if text != name]
    return min(texts, default=name)
