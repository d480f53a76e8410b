"""Trade-offs in words: the two situations, and what an answer moved."""

from __future__ import annotations

from selector.analysis.trade_off import TradeOff
from selector.case.trades import TRADE, Moved, Points, Trade
from selector.guide.guide import Guide

from .sentences import and_

QUESTION = "Which would you rather have?"


def terminal_question(guide: Guide, asked: TradeOff) -> list[str]:
    """The question with the lines that answer it in a file of answers."""
    lines = [f"{QUESTION} Add one of these lines to your answers:"]
    for trade in asked.answers:
        lines += [f"   {situation_text(guide, trade)}:", f'      "{trade.id}": "{trade.text}"']
    return lines


def question_between(guide: Guide, name: str) -> str:
    """The question with the two criteria that it is about, by its id, where several are listed."""
    one, other = (guide.criterion(part).name for part in name.removeprefix(TRADE).split("."))
    return f"{QUESTION} ({one} or {other})"


def situation_parts(guide: Guide, trade: Trade) -> tuple[tuple[str, str], tuple[str, str]]:
    """The situation that was chosen: each criterion with its level, by name. Both situations have the same order."""
    return _part(guide, trade, trade.one), _part(guide, trade, trade.other)


def situation_text(guide: Guide, trade: Trade) -> str:
    """The same in one phrase: "Lock-in: Tool with Operational effort: Low"."""
    return " with ".join(f"{name}: {level}" for name, level in situation_parts(guide, trade))


def answer_sentence(guide: Guide, trade: Trade) -> str:
    """The answer with what it was preferred to."""
    other = trade.answered(trade.given_up)
    return f"{situation_text(guide, trade)}, rather than {situation_text(guide, other)}"


def moved_text(guide: Guide, moved: Moved) -> str:
    """What a trade-off did to the weights, in one sentence."""
    if moved.set_by_hand:
        names = and_([f"“{guide.criterion(name).name}”" for name in moved.set_by_hand])
        return f"It changes nothing while you set the weight of {names} yourself."
    changes = [
        f"“{guide.criterion(name).name}” from {points_in_words(before)} to {points_in_words(after)}"
        for name, before, after in moved.changes
        if before != after
    ]
    if not changes:
        return "The weights agree with it already."
    return f"It changes the weight of {and_(changes)}."


def trade_text(guide: Guide, moved: Moved) -> str:
    """A trade-off that was decided and what it did, for a list of what counted."""
    return f"You would rather have {answer_sentence(guide, moved.trade)}. {moved_text(guide, moved)}"


def points_in_words(points: Points) -> str:
    """Points of a weight: a whole number as it is, any other with one decimal."""
    return str(points.numerator) if points.denominator == 1 else f"{float(points):.1f}"


def _part(guide: Guide, trade: Trade, criterion: str) -> tuple[str, str]:
    found = guide.criterion(criterion)
    worse, better = trade.levels_of(criterion)
    level = better if criterion == trade.rather else worse
    return found.name, found.levels[found.level_index(level)].label
