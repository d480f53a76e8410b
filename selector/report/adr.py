"""The decision record: an architecture decision record in Markdown with the MADR headings, ready to be committed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from selector.analysis.confidence import CLOSE, SetAside, set_aside
from selector.analysis.steps import Analysis
from selector.case.effects import Exclusion, Requirement
from selector.case.own_words import own_text
from selector.case.requirements import GATE_PREFIXES
from selector.case.verdict import EXCLUDED
from selector.guide.guide import Guide
from selector.scoring.differences import sufficient
from selector.scoring.recommend import RankedStrategy, Recommendation
from selector.text.visible import visible

from . import gate_sentences, verdicts
from .adr_consequences import MOST_DRIVERS, _consequences
from .adr_review import _review, _review_day
from .advice import Alternative, Reason, alternatives, in_their_hands, reasons
from .edition_sentences import edition_texts
from .gate_sentences import MOST_SET_ASIDE
from .own_basis import own_basis_text
from .sensitivity_text import nearest_weight
from .sentences import (
    and_,
    answer_text,
    asked_for,
    gates_named,
    lift_texts,
    name_of,
    near_tie_text,
    points_text,  # fmt: skip
    quoted,
    requirement_text,
    said,
    verdict_texts,
)
from .trade_sentences import QUESTION, answer_sentence, trade_text

MOST_REQUIREMENTS = 3
"""Reasons for requirements that are given beside them."""


MOST_CHANGES = 2
"""Changes of answers that would lead to another result."""

MOST_NAMED = 4
"""Options or setups named in one line."""

MOST_WAITING = 2
"""Setups named of which something is not confirmed."""

MOST_MISSES = 4
"""Nearest misses that are listed when nothing meets all requirements."""


def record(analysis: Analysis, date: str, link: str = "", deciders: str = "", today: str = "") -> str:
    """The record as Markdown.

    Args:
        analysis: a recommendation and what was worked out about it; parts that are missing are left out.
        date: the day of the decision, as 2026-11-23.
        link: address under which the wizard shows the same answers.
        deciders: who decided, as one line.
        today: a section on what is there today, as Markdown.
    """
    result = analysis.result
    parts = [
        _head(result, date, deciders),
        _context(result),
        today,
        _drivers(result),
        _options(analysis),
        _outcome(analysis),
        _consequences(result),
        _changes(analysis),
        _review(result, date),
        _more(result, date, link),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(result: Recommendation, date: str, deciders: str) -> str:
    who = visible(" ".join(deciders.replace('"', "'").split())) or "not named"
    lines = ["---", "status: proposed", f"date: {date}", f'deciders: "{who}"']
    if day := _review_day(result):
        lines.append(f"review: {day}")
    if result.winner is None:
        return "\n".join([*lines, "---", "", f"# {result.guide.data['guide']['question']}"])
    return "\n".join([*lines, "---", "", f"# Use {result.winner.strategy.name}"])


def _context(result: Recommendation) -> str:
    lines = ["## Context and Problem Statement", "", result.guide.data["guide"]["question"], ""]
    lines += [f"- {text} **{answer}**" for text, answer in said(result)]
    lines += [f"- {QUESTION} **{answer_sentence(result.guide, trade)}**" for trade in result.case.trades]
    lines += [f"- {text}" for _, text in gate_sentences.assumptions(result)]
    lines += [f"- {text}" for _, text in gate_sentences.yielded(result) if text]
    lines += [f"- {text}" for text in gate_sentences.contradictions(result)]
    return "\n".join(lines)


def _drivers(result: Recommendation) -> str:
    found = reasons(result, MOST_DRIVERS)
    known = [item.because for item in found]
    ahead = [(_because(result.guide, item), item) for item in set_aside(result)[:MOST_SET_ASIDE] if item.ahead > 0]
    most = dict(reversed(ahead))
    lines = [f"- {_reason(item, most.get(item.because))}" for item in found]
    lines += [f"- {text}" for item, text in gate_sentences.bindings(result) if item.because not in known]
    lines += [
        f"- {gate_sentences.preference_text(result.guide, item)}"
        for because, item in ahead
        if because not in known or item is not most[because]
    ]
    lines += _required(result, known)
    if result.case.weights:
        names = and_([result.guide.criterion(name).name for name in result.case.weights])
        lines.append(f"- Weights set manually: {names}.")
    lines += [f"- {trade_text(result.guide, item)}" for item in result.situation.moved]
    lines += [f"- Our own fact: {own_text(result.guide, fact)}." for fact in result.case.own]
    return "\n".join(["## Decision Drivers", "", *lines]) if lines else ""


def _because(guide: Guide, item: SetAside) -> str:
    return str(guide.entry("preferences", item.preference)["because"])


def _reason(item: Reason, ahead: SetAside | None) -> str:
    """One reason on one line, with what only this reason keeps from the first place, and the answer that caused it."""
    listed = f" {gate_sentences.put_behind_text(ahead)}" if ahead else ""
    answer = f" (Answer: {item.answer}.)" if item.answer else ""
    return f"{item.text}. {item.because}".strip() + listed + answer


def _required(result: Recommendation, known: Container[str]) -> Iterator[str]:
    """Requirements and exclusions by the reason that they have, one a line."""
    groups: dict[tuple[str, str, str], list[Requirement | Exclusion]] = {}
    asked: list[Requirement | Exclusion] = [*result.situation.requirements, *result.situation.exclusions]
    for item in asked:
        if not item.relaxed and (isinstance(item, Exclusion) or item.because not in known):
            groups.setdefault((item.question, item.answer, item.because), []).append(item)
    for (question, answer, because), items in list(groups.items())[:MOST_REQUIREMENTS]:
        least = [requirement_text(result.guide, item) for item in items if isinstance(item, Requirement)]
        out = [result.guide.option(item.option).name for item in items if isinstance(item, Exclusion)]
        texts = [*least, *([f"ruled out: {_several(out)}"] if out else [])]
        text = "; ".join(texts)
        found = result.guide.question(question)
        label = next((item.label for item in found.answers if item.id == answer), answer)
        yield f"- {text[:1].upper()}{text[1:]}. {because} (Answer: {label}.)"
    gates = [name for name in sorted(result.case.relax) if name.startswith(GATE_PREFIXES)]
    ignored = [*asked_for(result, [item.id for item in asked if item.relaxed]), *gates_named(result, gates)]
    if ignored:
        yield f"- Ignored: {and_(ignored)}."


def _several(names: list[str]) -> str:
    """A few names, and how many more there are."""
    more = len(names) - MOST_NAMED
    return and_(names) if more <= 0 else f"{', '.join(names[:MOST_NAMED])} and {more} more"


def _options(analysis: Analysis) -> str:
    result = analysis.result
    lines = ["## Considered Options", ""]
    alive = [place for place in result.places if place.verdict.status != EXCLUDED]
    if result.winner is not None:
        others = alternatives(result, analysis.flips)
        lines.append(f"- **{result.winner.strategy.name}** (chosen)")
        lines += [f"- **{item.place.strategy.name}**: {_rejected(item)}" for item in others]
        waiting = [place for place in alive if place.verdict.unverified][:MOST_WAITING]
        lines += [_to_confirm(result, place) for place in waiting]
        rest = len(alive) - 1 - len(others) - len(waiting)
    else:
        lines += [_to_confirm(result, place) for place in alive[:MOST_NAMED]]
        rest = len(alive) - len(alive[:MOST_NAMED])
    terms = result.guide.terms
    omitted = [f"{rest} lower-ranked {terms.strategies if rest > 1 else terms.strategy} omitted"] if rest > 0 else []
    out = len(result.places) - len(alive)
    if out:
        omitted.append(f"{out} {terms.strategies if out > 1 else terms.strategy} ruled out by the requirements")
    if omitted:
        lines.append(f"- {'; '.join(omitted)}.")
    return "\n".join(lines)


def _rejected(item: Alternative) -> str:
    """Why an alternative was not chosen; the answers that would choose it have a section of the record."""
    if item.behind < 0:
        return f"{points_text(-item.behind)} ahead, but listed later for the reason above."
    return item.when if item.place.tier or not item.lacks else item.lacks


def _to_confirm(result: Recommendation, place: RankedStrategy) -> str:
    """A setup of which something is not known."""
    return f"- {place.strategy.name}: to be confirmed: {'; '.join(asked_for(result, place.verdict.unverified))}."


def _outcome(analysis: Analysis) -> str:
    result = analysis.result
    winner = result.winner
    if winner is None:
        return "\n".join(["## Decision Outcome", "", *_nothing(result)])
    verb = "Chosen option"
    if analysis.verdict == CLOSE:
        verb += " (the leading options are too close to separate)"
    text = f"{verb}: “{winner.strategy.name}”, because {_first_because(result)}"
    if len(result.leaders) > 1:
        text = f"Chosen option, out of a tie: “{winner.strategy.name}”."
    text = " ".join([text, *edition_texts(result, winner, why=False)])
    if own := own_basis_text(result, winner):
        text += f" This depends on own facts: {own}."
    rival = result.runner_up
    enough = [] if rival is None or rival.tier else sufficient(result.differences(winner, rival))
    if rival is not None and enough:
        names = and_([f"“{result.guide.criterion(name).name}”" for name in enough])
        verb = "outweighs" if len(enough) == 1 else "together outweigh"
        text += f" {names} {verb} all advantages of “{rival.strategy.name}”."
    tied = [place.strategy.id for place in result.leaders[1:]]
    if tied:
        text += f" Equally good: {quoted(result.guide, tied)}."
    elif twin := near_tie_text(result):
        text += f" {twin}"
    if analysis.judged is not None:
        because = " ".join(verdict_texts(result.guide, analysis.judged))
        text += f"\n\nConfidence: {verdicts.sentence(result, analysis.judged)}. {because}".rstrip()
    return f"## Decision Outcome\n\n{text}"


def _first_because(result: Recommendation) -> str:
    """Why it ranks first: by its score, or because a preference lists what has more points later."""
    best = next((item for item in set_aside(result) if item.ahead > 0), None)
    if best is None:
        return "it ranks highest for the answers above."
    return (
        f"it ranks highest of what no preference lists later. “{best.place.strategy.name}” is {points_text(best.ahead)}"
        " ahead and listed later, for the reason given above."
    )


def _nothing(result: Recommendation) -> list[str]:
    if not result.crowned:
        return ["No answers given."]
    if result.near is None:
        return [
            f"No {result.guide.terms.strategy} is confirmed to meet every requirement. Those above would if the unverified items hold."
        ]
    lines = [
        f"No {result.guide.terms.strategy} meets all requirements. Relax one of these to get a recommendation:",
        "",
    ]
    for names, found in result.near.minimal[:MOST_MISSES]:
        back = _several([name_of(result.guide, name) for name in found])
        lines.append(f"- {and_(asked_for(result, names))}: then {back}.")
    return lines


def _changes(analysis: Analysis) -> str:
    """Decisions of the team that would lead to another result, by question and result."""
    result, guide = analysis.result, analysis.result.guide
    if result.winner is None or not analysis.flips_done:
        return ""
    groups: dict[tuple[str, frozenset[str]], list[str]] = {}
    for flip in in_their_hands(guide, analysis.flips):
        if not guide.question(flip.question).fact:
            answer = f"“{answer_text(guide, flip.question, flip.answer)}”"
            groups.setdefault((flip.question, flip.leaders), []).append(answer)
    lines = ["## What Could Change It", ""]
    for (question, leaders), answers in list(groups.items())[:MOST_CHANGES]:
        lines.append(
            f"- {guide.question(question).text} {and_(answers, 'or')}: then {_several(_names(guide, leaders))}."
        )
    if not groups:
        lines.append("- No decision of yours. We tried every other answer to every question.")
    lines += [f"- {text}" for text in [*lift_texts(result, analysis.lifts), nearest_weight(result)] if text]
    return "\n".join(lines)


def _names(guide: Guide, leaders: Iterable[str]) -> list[str]:
    return [name_of(guide, name) for name in sorted(leaders)]


def _more(result: Recommendation, date: str, link: str) -> str:
    lines = ["## More Information", ""]
    if link:
        lines.append(f"- [The same answers in the wizard]({link})")
    lines.append(f"- Decided on {date} with revision {result.guide.revision} of the guide's data.")
    return "\n".join(lines)
