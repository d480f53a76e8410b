"""Several people's answers compared, in words: for the terminal and the decision record."""

from __future__ import annotations

from collections.abc import Sequence

from selector.group.joint import Distance
from selector.group.positions import AGREE, DIFFER, Position
from selector.group.settling import Settling
from selector.group.together import Asked, Together

from .sentences import and_, answer_text, name_of, points_text, quoted
from .terminal import Paint
from .together_data import SCALE, asked_text, saying, whose_largest

SHOWN = 10
"""Setups in the table unless all are asked for."""

MOST_QUESTIONS = 3
"""Disagreements of which is said what settling them would do."""

MOST_ASKED = 5
"""Requirements that are named with what they rule out."""

MOST_NAMED = 4


def acceptable_text(found: Together) -> str:
    """What all can accept, or why there is nothing."""
    if found.acceptable:
        more = len(found.acceptable) - MOST_NAMED
        several = quoted(found.guide, found.acceptable[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        return f"Acceptable to all: {several}."
    if not found.possible:
        return "Nothing meets the requirements of all."
    return (
        "Nothing is acceptable to all: with every setup that meets the requirements of all, someone loses too much or"
        " prefers another one."
    )


def regret_text(found: Together) -> str:
    """The strategies of least regret, and whose loss is the largest there; empty when nothing is possible."""
    if found.regret is None:
        return ""
    names = quoted(found.guide, found.least_regret)
    if not found.regret:
        return f"Least regret: {names}. It comes first for everyone." if len(found.persons) > 1 else ""
    whose = sorted({name for strategy in found.least_regret for name in whose_largest(found, strategy)[1]})
    return f"Least regret: {names}. The largest loss is {points_text(found.regret)} of 100, for {and_(whose)}."


def first_text(found: Together) -> str:
    """What most people put first."""
    if not found.first:
        return ""
    listed = [f"{quoted(found.guide, [name])} by {and_(found.first[name])}" for name in found.most_first]
    return f"Put first by most: {'; '.join(listed)}."


def position_text(found: Together, item: Position) -> str:
    """One question with who said what."""
    said = [f"{and_(names)}: “{answer_text(found.guide, item.question, value)}”" for value, names in saying(item)]
    if item.silent:
        said.append(f"{and_(item.silent)}: no answer")
    return f"{found.guide.question(item.question).text} {'; '.join(said)}."


def settling_text(found: Together, item: Settling) -> str:
    """What settling one disagreement does, answer by answer."""
    parts = []
    for outcome in item.outcomes:
        answer = answer_text(found.guide, item.question, outcome.answer)
        parts.append(f"all “{answer}”: {_left(found, outcome.left, outcome.strategies)}")
    return f"{found.guide.question(item.question).text} {'; '.join(parts)}."


def _left(found: Together, left: Distance, strategies: Sequence[str]) -> str:
    if left.requirements:
        count = f"{left.requirements} requirement{'' if left.requirements == 1 else 's'}"
        return f"nothing is possible until you relax {count}"
    more = len(strategies) - MOST_NAMED
    names = quoted(found.guide, strategies[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"{names}, largest loss {points_text(left.loss)}" if left.loss else f"{names}, first for everyone"


def asked_sentence(found: Together, item: Asked) -> str:
    """Whose requirement rules out how much."""
    count = len(item.rules_out)
    alone = f", {len(item.alone)} of them alone" if item.alone else ""
    text = asked_text(found, item.id)
    return f"{text[:1].upper()}{text[1:]} ({and_(item.persons)}): rules out {count} setup{'' if count == 1 else 's'}{alone}."


def near_texts(found: Together) -> list[str]:
    """What to relax, and whose it is, where nothing meets the requirements of all."""
    if found.near is None:
        return []
    whose = {item.id: item.persons for item in found.asked}
    texts = []
    for names, back in found.near.minimal[:MOST_ASKED]:
        parts = [f"{asked_text(found, name)} ({and_(whose.get(name, ()))})" for name in sorted(names)]
        more = len(back) - MOST_NAMED
        several = quoted(found.guide, back[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        texts.append(f"Without {and_(parts)}: {several}.")
    if found.apart:
        texts.append(f"Each alone allows {quoted(found.guide, found.apart[:MOST_NAMED])}, but in different editions.")
    return texts


def comparison(found: Together, settled: Sequence[Settling], paint: Paint, *, every: bool = False) -> str:
    """The comparison for a terminal: a table of ranks, then what follows from it."""
    parts = [
        _table(found, paint, every=every),
        [text for text in (acceptable_text(found), regret_text(found), first_text(found)) if text],
        near_texts(found),
        _answers(found, paint),
        _settled(found, settled, paint),
        _asked(found, paint, every=every),
        [paint.dim(SCALE)],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _table(found: Together, paint: Paint, *, every: bool) -> list[str]:
    """Ranks by person; possible strategies first, then those that somebody puts first."""
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
