"""The wizard's questions on a terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .analysis.steps import Analysis
from .analysis.trade_off import TradeOff, with_trade
from .case.answers import UNSURE, AnswerError, in_force
from .case.fixed import fixed_answers
from .case.trades import Trade
from .guide.guide import Guide
from .guide.model import Question
from .report.trade_sentences import QUESTION, situation_text
from .scoring.recommend import Recommendation, recommend, recommend_case


def ask(guide: Guide, read: Callable[[str], str], write: Callable[[str], object]) -> Recommendation | None:
    """Ask every question in force, in order, then a trade-off while it is too close to call; each can be skipped. End
    of input ends the questions; None when nothing was answered until then.

    Args:
        guide: the guide.
        read: prompts and returns a line, as `input` does.
        write: shows a line, as `print` does.
    """
    answers: dict[str, Any] = {}
    write("Enter a number. Separate several answers with commas. Enter ? if you're not sure, or press Enter to skip.")
    for question in guide.questions:
        if question.id in fixed_answers(guide) or question.id not in in_force(guide, recommend(guide, answers).case):
            continue
        write(f"\n{question.text}")
        if question.kind != "number":
            for number, answer in enumerate(question.answers, start=1):
                write(f"  {number}. {answer.label}")
        try:
            given = _until_valid(guide, question, read, write)
        except EOFError:
            write("")
            if not answers:
                return None
            break
        if given is not None:
            answers[question.id] = given
    write("")
    return _settle(guide, answers, read, write)


def _settle(
    guide: Guide, answers: dict[str, Any], read: Callable[[str], str], write: Callable[[str], object]
) -> Recommendation:
    """While it is too close to call, ask for a trade-off; a skipped one is the last."""
    result = recommend(guide, answers)
    while (asked := Analysis(result).until_settled().trade_off) is not None:
        write(f"Too close to call. {QUESTION}")
        for number, trade in enumerate(asked.answers, start=1):
            write(f"  {number}. {situation_text(guide, trade)}")
        try:
            chosen = _choice(asked, read, write)
        except EOFError:
            chosen = None
        write("")
        if chosen is None:
            break
        result = recommend_case(guide, with_trade(result.case, chosen))
    return result


def _choice(asked: TradeOff, read: Callable[[str], str], write: Callable[[str], object]) -> Trade | None:
    numbers = {str(number): trade for number, trade in enumerate(asked.answers, start=1)}
    while line := read("> ").strip():
        if line in numbers:
            return numbers[line]
        write("That is not one of the answers. Enter skips the question.")
    return None


def _until_valid(
    guide: Guide, question: Question, read: Callable[[str], str], write: Callable[[str], object]
) -> Any | None:
    while True:
        line = read("> ").strip()
        if not line:
            return None
        try:
            given = _parse(question, line)
            recommend(guide, {question.id: given})
        except (AnswerError, ValueError, IndexError):
            write("That is not one of the answers. Enter skips the question.")
        else:
            return given


def _parse(question: Question, line: str) -> Any:
    if line == "?":
        return UNSURE
    if question.kind == "number":
        return int(line)
    picked = [question.answers[_position(part)].id for part in line.split(",")]
    if question.kind == "many":
        return picked
    if len(picked) > 1:
        raise ValueError(line)
    return picked[0]


def _position(text: str) -> int:
    number = int(text)
    if number < 1:
        raise IndexError(text)
    return number - 1
