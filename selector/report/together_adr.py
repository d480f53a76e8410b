"""The decision record of several people, in Markdown with the MADR headings: whom it asked, and what each of them said."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from selector.case.own_words import own_text
from selector.group.positions import AGREE, DIFFER
from selector.group.settling import Settling
from selector.group.together import Together

from .sentences import name_of, points_text
from .together_data import SCALE, whose_largest
from .together_text import (
    MOST_QUESTIONS,
    acceptable_text,
    asked_sentence,
    first_text,
    near_texts,
    position_text,
    regret_text,
    settling_text,
    traded_text,
)

MOST_OPTIONS = 6
"""Strategies that are listed as considered."""

_MARKS = re.compile(r"[\\`*_\[\]<>|#~&!$]")


def together_record(found: Together, settled: Sequence[Settling], date: str, deciders: str = "", link: str = "") -> str:
    """The record as Markdown. It proposes the strategy of least regret; who decides writes who that is.

    Names of people are foreign text: they are escaped, so that they are no mark-up in it.

    Args:
        found: the comparison.
        settled: which disagreements matter, sorted by `by_effect`.
        date: the day of the decision, as 2026-11-23.
        deciders: who decided, as one line.
        link: address under which the site compares the same answers; empty where none is known.
    """
    safe = _with_safe_names(found)
    parts = [
        _head(found, date, deciders),
        f"## Context and Problem Statement\n\n{found.guide.data['guide']['question']}",
        _drivers(safe),
        _options(safe),
        _outcome(safe),
        _positions(safe),
        _open(safe, settled),
        _more(found, date, link),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _with_safe_names(found: Together) -> Together:
    """The same comparison with names that are no mark-up."""
    names = {person.name: escaped(person.name) for person in found.persons}
    persons = tuple(
        type(person)(names[person.name], person.case, person.revision, person.notices, person.lost)
        for person in found.persons
    )
    return Together(found.guide, persons, {names[name]: one for name, one in found.results.items()}, found.joint)


def escaped(text: str) -> str:
    """Foreign text that Markdown shows as it is."""
    return _MARKS.sub(r"\\\g<0>", text)


def _head(found: Together, date: str, deciders: str) -> str:
    who = " ".join(deciders.split()) or "not named"
    title = found.guide.data["guide"]["question"]
    if len(found.least_regret) == 1:
        title = f"Use {name_of(found.guide, found.least_regret[0])}"
    return "\n".join(
        [
            "---",
            "status: proposed",
            f"date: {date}",
            f"deciders: {json.dumps(who, ensure_ascii=False)}",
            f"consulted: {json.dumps(', '.join(found.names), ensure_ascii=False)}",
            "---",
            "",
            f"# {title}",
        ]
    )


def _drivers(found: Together) -> str:
    lines = [f"- {asked_sentence(found, item)}" for item in found.asked]
    lines += [f"- Our own fact: {own_text(found.guide, fact)}." for fact in found.guide.own]
    return "\n".join(["## Decision Drivers", "", *lines]) if lines else ""


def _options(found: Together) -> str:
    lines = ["## Considered Options", ""]
    for name in found.possible[:MOST_OPTIONS]:
        most, whose = whose_largest(found, name)
        loss = f"largest loss {points_text(most)} ({', '.join(whose)})" if most else "first for everyone"
        lines.append(f"- **{name_of(found.guide, name)}**: {loss}")
    for name, names in found.first.items():
        if name not in found.possible:
            lines.append(f"- **{name_of(found.guide, name)}**: first for {', '.join(names)}, but not possible for all")
    more = len(found.possible) - MOST_OPTIONS
    if more > 0:
        lines.append(f"- {more} more {found.guide.terms.strategies} meet the requirements of all.")
    return "\n".join(lines)


def _outcome(found: Together) -> str:
    texts = [regret_text(found), acceptable_text(found), first_text(found)]
    return "\n\n".join(["## Decision Outcome", " ".join(text for text in texts if text), *near_texts(found), SCALE])


def _positions(found: Together) -> str:
    lines = ["## Positions", ""]
    for name, result in found.results.items():
        first = ", ".join(place.strategy.name for place in result.leaders) or "nothing meets all requirements"
        lines.append(f"- **{name}**: {first}")
    for title, wanted in (("Answers differ", (DIFFER,)), ("The same answer, or none", (AGREE, "missing"))):
        items = [item for item in found.positions if item.status in wanted]
        if items:
            lines += ["", f"### {title}", "", *(f"- {position_text(found, item)}" for item in items)]
    if found.traded:
        lines += ["", "### Trade-offs", "", *(f"- {traded_text(found, item)}" for item in found.traded)]
    return "\n".join(lines)


def _open(found: Together, settled: Sequence[Settling]) -> str:
    helping = [item for item in settled if item.helps][:MOST_QUESTIONS]
    lines = [f"- {settling_text(found, item)}" for item in helping]
    return "\n".join(["## What Could Change It", "", *lines]) if lines else ""


def _more(found: Together, date: str, link: str) -> str:
    lines = [f"- Compared on {date} with revision {found.guide.revision} of the guide's data."]
    if link:
        lines.append(f"- [The same answers compared]({link})")
    for person in found.persons:
        lines += [f"- {escaped(person.name)}: {escaped(text)}" for text in (*person.notices, *person.lost)]
    return "\n".join(["## More Information", "", *lines])
