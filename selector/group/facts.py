"""Own facts of several people. Facts are not opinions: what one person knows of the organisation holds for all. Where two
people say different things about the same fact, neither counts, and both are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from selector.case.own import checked_own
from selector.case.own_words import about, in_words
from selector.guide.guide import Guide
from selector.guide.overruled import with_own
from selector.guide.own import OwnFact

from .persons import Person


def shared(guide: Guide, persons: Sequence[Person]) -> tuple[Guide, tuple[Person, ...]]:
    """The guide with the own facts that nobody contradicts, and the people with these facts in their cases."""
    facts, _ = _sorted_out(persons)
    own = checked_own(guide, facts, [])  # values of levels that are in order for each may not be so together
    return with_own(guide, own), tuple(replace(one, case=replace(one.case, own=own)) for one in noted(guide, persons))


def noted(guide: Guide, persons: Sequence[Person]) -> tuple[Person, ...]:
    """The same people, told which of their own facts hold for everyone and which do not count."""
    facts, clashes = _sorted_out(persons)
    kept = checked_own(guide, facts, [])
    return tuple(
        replace(one, notices=(*one.notices, *(_told(guide, fact, fact in kept, clashes) for fact in one.case.own)))
        for one in persons
    )


def _sorted_out(persons: Sequence[Person]) -> tuple[list[OwnFact], dict[str, list[str]]]:
    """The facts that are not contradicted, and for each of the others who said it."""
    said: dict[str, dict[str, list[tuple[str, OwnFact]]]] = {}
    for person in persons:
        for fact in person.case.own:
            said.setdefault(fact.name, {}).setdefault(fact.value, []).append((person.name, fact))
    facts = [several[0][1] for values in said.values() if len(values) == 1 for several in values.values()]
    clashes = {
        name: [person for several in values.values() for person, _ in several]
        for name, values in said.items()
        if len(values) > 1
    }
    return facts, clashes


def _told(guide: Guide, fact: OwnFact, holds: bool, clashes: dict[str, list[str]]) -> str:
    text = f"{about(guide, fact)}: {in_words(guide, fact, fact.value)}"
    said = in_words(guide, fact, fact.guide)
    if holds:
        return f"Own fact, used for everyone: {text} (the guide: {said})."
    why = (
        f"{' and '.join(clashes[fact.name])} say different things" if fact.name in clashes else "it contradicts others"
    )
    return f"Own fact, not used, because {why}: {text}. The guide's value is used: {said}."
