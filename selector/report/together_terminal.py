"""Several people's answers compared, for the terminal: a table of ranks, then what follows from it."""

from __future__ import annotations

from collections.abc import Sequence

from selector.case.own_words import own_text
from selector.group.positions import AGREE, DIFFER
from selector.group.settling import Settling
from selector.group.together import Together

from .sentences import and_, name_of
from .terminal import Paint
from .together_data import SCALE, whose_largest
from .together_text import (
    MOST_ASKED,
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

SHOWN = 10
"""Strategies in the table unless all are asked for."""


def comparison(found: Together, settled: Sequence[Settling], paint: Paint, *, every: bool = False) -> str:
    """The comparison for a terminal: a table of ranks, then what follows from it."""
    parts = [
        _table(found, paint, every=every),
        [f"Own fact: {own_text(found.guide, fact)}." for fact in found.guide.own],
        [text for text in (acceptable_text(found), regret_text(found), first_text(found)) if text],
        near_texts(found),
        _answers(found, paint),
        _settled(found, settled, paint),
        _asked(found, paint, every=every),
        [paint.dim(SCALE)],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _table(found: Together, paint: Paint, *, every: bool) -> list[str]:
    """Ranks by person; possible strategies first, then those that a person puts first."""
    firsts = [name for name in found.first if name not in found.possible]
    names = [*found.possible, *firsts]
    shown = names if every else names[:SHOWN]
    width = max((len(name_of(found.guide, name)) for name in shown), default=0)
    columns = [(name, max(4, len(name))) for name in found.names]
    lines = [paint.bold(f"{'':<{width}}  {'  '.join(f'{name:>{size}}' for name, size in columns)}  largest loss")]
    for strategy in shown:
        ranks = []
        for person, size in columns:
            rank = found.results[person].place(strategy).rank
            ranks.append(f"{'out' if rank is None else f'{rank}.':>{size}}")
        loss = "not possible"
        if strategy in found.possible:
            most, whose = whose_largest(found, strategy)
            loss = f"{float(most):.1f} ({', '.join(whose)})" if most else "0"
        text = f"{name_of(found.guide, strategy):<{width}}  {'  '.join(ranks)}  {loss}"
        lines.append(paint.bold(text) if strategy in found.least_regret else text)
    if len(names) > len(shown):
        lines.append(paint.dim(f"{len(names) - len(shown)} more; --all lists them"))
    return lines


def _answers(found: Together, paint: Paint) -> list[str]:
    differ = [item for item in found.positions if item.status == DIFFER]
    missing = [item for item in found.positions if item.status not in (DIFFER, AGREE)]
    lines = []
    for title, items in (("Answers differ:", differ), ("Answers are missing:", missing)):
        if items:
            lines += [paint.bold(title), *(f"   {position_text(found, item)}" for item in items)]
    agreed = len(found.positions) - len(differ) - len(missing)
    lines.append(f"Same answer of all: {agreed} question{'' if agreed == 1 else 's'}.")
    for item in found.weighed:
        given = [f"{name} {points}" for name, points in item.set_by.items()]
        lines.append(f"Points for {found.guide.criterion(item.criterion).name} set by {and_(given)}.")
    lines += [traded_text(found, item) for item in found.traded]
    return lines


def _settled(found: Together, settled: Sequence[Settling], paint: Paint) -> list[str]:
    helping = [item for item in settled if item.helps]
    if not settled:
        return []
    if not helping:
        return ["No single answer brings you closer, whichever way you settle it."]
    lines = [settling_text(found, item) for item in helping[:MOST_QUESTIONS]]
    return [paint.bold("Settle first:"), *(f"   {line}" for line in lines)]


def _asked(found: Together, paint: Paint, *, every: bool) -> list[str]:
    items = found.asked if every else found.asked[:MOST_ASKED]
    if not items:
        return []
    return [paint.bold("Requirements of all together:"), *(f"   {asked_sentence(found, item)}" for item in items)]
