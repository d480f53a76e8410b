"""Recommendations as text for a terminal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from selector.analysis.confidence import OPEN, Verdict
from selector.analysis.steps import Analysis
from selector.case.own_words import OURS, own_text
from selector.case.verdict import EXCLUDED, FEASIBLE
from selector.plan.drift import gaps
from selector.plan.moves import find_moves
from selector.scoring.differences import sufficient
from selector.scoring.recommend import RankedStrategy, Recommendation, score

from . import gate_sentences, verdicts
from .cost_sentences import bill_lines
from .edition_sentences import edition_texts, failed_text
from .own_basis import own_basis_text
from .sentences import (
    MOST_ANSWERS,
    and_,
    asked_for,
    crossover_text,
    flips_by_leader,
    joint_share_text,
    lift_texts,
    name_of,
    near_tie_text,
    unknown_text,
    verdict_texts,
)
from .trade_sentences import terminal_question, trade_text
from .tradeoffs import cell_facts, level_text

MOST_NAMED = 3
"""Strategies named beside the leader when it is too close to call."""

SHOWN = 10
"""Ranked strategies that are listed unless all are asked for."""


BOLD, DIM, PLAIN = COLOURS = ("\x1b[1m", "\x1b[2m", "\x1b[0m")
"""All that is written to steer a terminal."""


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours, when wanted."""

    on: bool

    def bold(self, text: str) -> str:
        """Strong text."""
        return f"{BOLD}{text}{PLAIN}" if self.on else text

    def dim(self, text: str) -> str:
        """Quiet text."""
        return f"{DIM}{text}{PLAIN}" if self.on else text


def recommendation(
    analysis: Analysis, paint: Paint, *, every: bool = False, there: Collection[str] = frozenset()
) -> str:
    """The ranking as a table, then how sure, why, what it costs, how to get there, and what would change it.

    `every` lists all strategies, those ruled out with what they do not meet; `there` are options that files show, beside
    those that answers name.
    """
    result = analysis.result
    own = [f"Own fact: {own_text(result.guide, fact)}." for fact in result.case.own]
    lines = [*result.notices, *own, *_table(result, paint, every=every), *_left_out(result)]
    if result.winner is None:
        given = _given(result, paint) if result.crowned else []
        return "\n".join([*lines, "", *_nothing(result), *([""] if given else []), *given])
    parts = [
        _sure(analysis, paint),
        terminal_question(result.guide, analysis.trade_off) if analysis.trade_off else [],
        _given(result, paint),
        _why(result, paint),
        _cost(result, paint),
        _migration(result, paint, there),
    ]
    for part in (*parts, _changes(analysis, paint, every=every)):
        lines += ["", *part] if part else []
    return "\n".join(lines)


def _table(result: Recommendation, paint: Paint, *, every: bool) -> list[str]:
    alive = [place for place in result.places if place.verdict.status != EXCLUDED]
    context = alive if every or not result.crowned else alive[:SHOWN]
    width = max((len(place.strategy.name) for place in context), default=0)
    lines = []
    for place in context:
        rank = "" if place.rank is None else f"{place.rank}."
        note = "" if place.verdict.status == FEASIBLE else paint.dim(f"  not verified: {_asked(result, place)}")
        score_ = f"  {score(place, result.points):5.1f}" if result.crowned else ""
        text = f"{rank:>4} {place.strategy.name:<{width}}{score_}".rstrip() + note
        lines.append(paint.bold(text) if place in result.leaders else text)
    if len(alive) > len(context):
        lines.append(paint.dim(f"     {len(alive) - len(context)} more; --all lists them"))
    scores = [place.total.twice for place in context if place.rank is not None]
    if result.crowned and scores != sorted(scores, reverse=True):
        lines.append(
            paint.dim("     Listed by your answers' preferences first, then by points: see “Beside your answers”.")
        )
    out = [place for place in result.places if place.verdict.status == EXCLUDED]
    if out and every:
        lines += [f"     {place.strategy.name}: ruled out by {_asked(result, place)}" for place in out]
    elif out:
        lines.append(paint.dim(f"     {len(out)} ruled out"))
    return lines


def _asked(result: Recommendation, place: RankedStrategy) -> str:
    """What a strategy does not meet, or what is not verified of it."""
    return (
        failed_text(result, place) if place.verdict.failed else "; ".join(asked_for(result, place.verdict.unverified))
    )


def _left_out(result: Recommendation) -> list[str]:
    found = result.guide.enumeration
    if not found.left_out and found.complete:
        return []
    return [verdicts.left_out_in_words(found.left_out, complete=found.complete)]


def _nothing(result: Recommendation) -> list[str]:
    if not result.crowned:
        return ["No answers given. Setups are listed alphabetically."]
    near = result.near
    if near is None:
        return ["No setup is confirmed to meet every requirement. Those above would if the unverified items hold."]
    lines = ["Nothing meets all requirements. Relaxing these would bring something back:"]
    for names, found in near.minimal[:5]:
        back = and_([name_of(result.guide, name) for name in found[:5]])
        asked = [f"the rule “{text}”" if text.startswith("without ") else text for text in asked_for(result, names)]
        lines.append(f"  {'; '.join(asked)} ({', '.join(sorted(names))}): {back}")
    return lines


def _sure(analysis: Analysis, paint: Paint) -> list[str]:
    winner = analysis.result.winner
    judged = analysis.judged
    assert winner is not None and judged is not None
    share = verdicts.share_in_words(analysis.shares[winner.strategy.id], analysis.draws)
    ranks = f"anks first {share} weightings, with every weight varied between half and double."
    lines = [
        paint.bold(f"{verdicts.sentence(analysis.result, judged)}: {_names(judged)}"),
        *edition_texts(analysis.result, winner),
        *([f"This depends on own facts: {own}."] if (own := own_basis_text(analysis.result, winner)) else []),
        *verdict_texts(analysis.result.guide, judged),
        f"On the answers so far, it r{ranks}" if judged.word == OPEN else f"R{ranks}",
    ]
    if analysis.factor is not None and judged.word != OPEN:
        lines.append(verdicts.factor_in_words(analysis.factor.value))
    lines += filter(None, [near_tie_text(analysis.result), joint_share_text(analysis)])
    caveat = analysis.result.guide.data["guide"].get("caveat")
    return [*lines, caveat] if caveat else lines


def _names(judged: Verdict) -> str:
    """Who is named: the leader, or all between whom it is too close to call."""
    return and_([place.strategy.name for place in judged.contenders[:MOST_NAMED]], "or")


def _given(result: Recommendation, paint: Paint) -> list[str]:
    """Assumptions, bindings, preferences, what yielded, contradictions, and trade-offs."""
    kinds = (gate_sentences.assumptions, gate_sentences.bindings, gate_sentences.preferences, gate_sentences.yielded)
    texts = [*gate_sentences.contradictions(result), *(text for kind in kinds for _, text in kind(result) if text)]
    texts += [trade_text(result.guide, item) for item in result.situation.moved]
    return [paint.bold("Beside your answers:"), *(f"   {text}" for text in texts)] if texts else []


def _why(result: Recommendation, paint: Paint) -> list[str]:
    rival = result.runner_up
    if rival is None:
        return []
    enough = set(sufficient(gaps(result)))
    lines = [paint.bold(f"Against {rival.strategy.name}:")]
    for gap in gaps(result):
        mark = "*" if gap.criterion in enough else " "
        size = gap.twice / (20 * sum(result.points))
        lines.append(
            f" {mark} {size:+5.1f}  {result.guide.criterion(gap.criterion).name}{_own(result, gap.criterion, rival)}"
        )
    if enough:
        lines.append(paint.dim("   * enough to decide the comparison"))
    lines += [
        f" ! lowest level on {result.guide.criterion(name).name}, which matters to you"
        for name in (result.warnings(result.winner) if result.winner else ())
    ]
    return lines


def _own(result: Recommendation, criterion: str, rival: RankedStrategy) -> str:
    """The mark of a comparison in which a level is an own fact."""
    places = [place for place in (result.winner, rival) if place is not None]
    found = result.guide.criterion(criterion)
    return f" ({OURS})" if any(result.cell(place.strategy, found).own for place in places) else ""


def _cost(result: Recommendation, paint: Paint) -> list[str]:
    assert result.winner is not None
    lines = bill_lines(result, result.winner)
    return [f"{paint.bold('What it costs:')} {lines[0]}", *(f"   {line}" for line in lines[1:])] if lines else []


def _migration(result: Recommendation, paint: Paint, there: Collection[str]) -> list[str]:
    """Declared moves from what is in use today."""
    guide, winner = result.guide, result.winner
    today = result.situation.owned.union(there)
    if winner is None or not today or not guide.data.get("moves"):
        return []
    found = find_moves(guide, today, winner.strategy, result.situation.used_besides)
    names = {name: guide.option(name).name for name in (*found.added, *found.unchanged, *found.wider, *found.removed)}
    lines = [f"   {move['summary'].strip()} (risk: {move['risk']})" for move in found.moves]
    for text, ids in (
        ("Set up anew", found.added),
        ("Stays", found.unchanged),
        ("Takes on a further job", found.wider),
        ("Not needed any more", found.removed),
    ):
        lines += [f"   {text}: {', '.join(names[name] for name in ids)}"] if ids else []
    return [paint.bold("From what you have today:"), *lines]


def _changes(analysis: Analysis, paint: Paint, *, every: bool) -> list[str]:
    guide = analysis.result.guide
    lines = [paint.bold("What would change it:")]
    for leading, answers in flips_by_leader(guide, analysis.flips):
        lines.append(f"   {leading[:1].upper()}{leading[1:]}:")
        listed = answers if every else answers[:MOST_ANSWERS]
        lines += [f"      {text}" for text in listed]
        if len(answers) > len(listed):
            lines.append(paint.dim(f"      {len(answers) - len(listed)} more questions; --all lists them"))
    if not analysis.flips:
        lines.append("   No single answer.")
    lines += [f"   {text}" for text in lift_texts(analysis.result, analysis.lifts)]
    lines += [f"   {text}" for item in analysis.crossovers[:1] if (text := crossover_text(guide, item))]
    lines += [f"   {unknown_text(guide, item)}" for item in analysis.unknowns[:3]]
    useful = [item for item in analysis.open if item.gain]
    if useful:
        lines.append(f"   Most useful next question: {guide.question(useful[0].question).text}")
    return lines


def comparison(result: Recommendation, mine: RankedStrategy, theirs: RankedStrategy, paint: Paint) -> str:
    """Two strategies criterion by criterion: where they are, differences by weight, then what is equal."""
    guide, pair = result.guide, (mine, theirs)
    sizes = {gap.criterion: gap.twice / (20 * sum(result.points)) for gap in result.differences(mine, theirs)}
    lines = [_place_line(result, place, paint) for place in pair]
    for name in sorted(sizes, key=lambda name: (-abs(sizes[name]), name)):
        lines.append(f"{sizes[name]:+5.1f}  {paint.bold(guide.criterion(name).name)}")
        for place in pair:
            cell = result.cell(place.strategy, guide.criterion(name))
            facts = [text for _, text in cell_facts(guide, place.strategy, name)]
            text = "; ".join([*([level_text(guide, name, cell)] if cell.own or not facts else []), *facts])
            lines.append(f"       {paint.dim(place.strategy.name)}: {text}")
    equal = [criterion.name for criterion in guide.criteria if criterion.id not in sizes]
    if equal:
        lines.append(f"No difference, or not weighted: {', '.join(equal)}.")
    if not result.crowned:
        lines.append("No answers were given: these are the guide's own weights.")
    return "\n".join(lines)


def _place_line(result: Recommendation, place: RankedStrategy, paint: Paint) -> str:
    where = f"rank {place.rank}" if place.rank is not None else ""
    if place.verdict.failed:
        where = f"ruled out by {_asked(result, place)}"
    elif place.verdict.unverified:
        where = f"rank {place.rank} if confirmed: {_asked(result, place)}"
    text = f"{paint.bold(place.strategy.name)}: {score(place, result.points):.1f} of 100"
    return f"{text}, {where}" if where else text
