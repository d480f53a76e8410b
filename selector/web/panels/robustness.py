"""How firm the recommendation is, and what would change it."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from typing import Any

from markupsafe import Markup

from selector.analysis.confidence import set_aside
from selector.analysis.sensitivity import Flip, Leaders, with_answer
from selector.analysis.steps import Analysis
from selector.case.answers import Value
from selector.report import verdicts
from selector.report.advice import in_their_hands
from selector.report.gate_sentences import ahead_texts
from selector.report.sentences import (
    answer_text,
    crossover_text,
    joint_share_text,
    lift_texts,
    unknown_text,
    verdict_texts,
)
from selector.web.forms import link_of
from selector.web.marks import joined
from selector.web.page import Page

from .context import ResultContext
from .headline import verdict_of

MOST_SHARES = 4
"""Strategies whose share of nearby weightings is context."""

MOST_LEANINGS = 2
"""Criteria that describe who would rather choose another strategy."""

MOST_LED_TO = 2
"""Strategies named that one answer leads to."""

FOLD, OUTCOMES = 4, 3
"""Lines of changes that are shown, and outcomes that they lead to, before the others fold away."""


def robustness(page: Page, context: ResultContext) -> Markup:
    """The share of nearby weightings, the guaranteed factor, and for whom another would rank first."""
    analysis, winner = context.analysis, context.result.winner
    if analysis is None or winner is None or not analysis.shares or not context.named:
        return Markup()
    judged = verdict_of(context)
    share = analysis.shares[winner.strategy.id]
    ranked = sorted(analysis.shares.items(), key=lambda item: (-item[1], item[0]))
    return page.render(
        "robustness.html",
        verdict="" if judged is None else verdicts.sentence(context.result, judged),
        because=[] if judged is None else verdict_texts(page.guide, judged),
        ahead=list(ahead_texts(page.guide, set_aside(context.result))),
        name=winner.strategy.name,
        share=verdicts.share_in_words(share, analysis.draws),
        factor=verdicts.factor_in_words(analysis.factor.value) if analysis.factor else "",
        shares=[_share(page, analysis, name, value) for name, value in ranked[:MOST_SHARES] if value],
        complete=analysis.complete,
        unknown=_confidence(page, analysis),
        together=joint_share_text(analysis),
    )


def _share(page: Page, analysis: Analysis, name: str, share: Fraction) -> dict[str, Any]:
    return {
        "id": name,
        "name": page.guide.strategy(name).name,
        "width": max(1, round(100 * share)),
        "text": verdicts.percent_in_words(share),
        "leaning": _leaning(page, analysis, name),
    }


def _leaning(page: Page, analysis: Analysis, name: str) -> str:
    """What those weigh more who would choose this one: its central weights against the visitor's."""
    central = analysis.central.get(name)
    winner = analysis.result.winner
    if central is None or winner is None or name == winner.strategy.id:
        return ""
    points = analysis.result.points
    mine = {
        criterion.id: Fraction(value, sum(points)) for criterion, value in zip(page.guide.criteria, points, strict=True)
    }
    gains = sorted(((central[key] - mine[key], key) for key in central if central[key] > mine[key]), reverse=True)
    return joined([page.name("criteria", key) for _, key in gains[:MOST_LEANINGS]])


def _confidence(page: Page, analysis: Analysis) -> str:
    winner = analysis.result.winner
    sure = analysis.confidence.get(winner.strategy.id) if winner else None
    if sure is None or sure == 1:
        return ""
    return f"Some facts are unknown. Whatever they turn out to be, it stays first in {round(100 * sure)}% of draws."


def change(page: Page, context: ResultContext) -> Markup:
    """Single answers that would change the recommendation, by what they lead to, as controls that apply them."""
    analysis, result = context.analysis, context.result
    if analysis is None or not context.named:
        return Markup()
    lines = _lines(page, analysis)
    shown = _shown(lines)
    return page.render(
        "change.html",
        ready=analysis.flips_done,
        outcomes=_by_outcome(lines[:shown]),
        more=_by_outcome(lines[shown:]),
        folded=sum(len(line["answers"]) for line in lines[shown:]),
        weight=crossover_text(page.guide, analysis.crossovers[0]) if analysis.crossovers else "",
        gates=lift_texts(result, analysis.lifts),
        unknowns=[unknown_text(page.guide, item) for item in analysis.unknowns[:3]],
        winner=result.winner.strategy.name if result.winner else "",
    )


def _lines(page: Page, analysis: Analysis) -> list[dict[str, Any]]:
    """Answers to one question that lead to the same result, a line each; lines of one outcome together, decisions of the
    team first and facts of the world last."""
    guide, found = page.guide, dict[tuple[bool, Leaders], dict[str, list[Flip]]]()
    for flip in in_their_hands(guide, analysis.flips):
        outcome = found.setdefault((guide.question(flip.question).fact, flip.leaders), {})
        outcome.setdefault(flip.question, []).append(flip)
    return [
        _line(page, analysis, leaders, question, flips)
        for (_, leaders), questions in found.items()
        for question, flips in questions.items()
    ]


def _line(page: Page, analysis: Analysis, leaders: Leaders, question: str, flips: list[Flip]) -> dict[str, Any]:
    guide, case = page.guide, analysis.result.case
    names = [guide.strategy(name).name for name in sorted(leaders)]
    return {
        "key": f"{question} {' '.join(_key(flip.answer) for flip in flips)}",
        "question": guide.question(question).text,
        "names": joined(names[:MOST_LED_TO]),
        "others": max(0, len(names) - MOST_LED_TO),
        "answers": [
            (
                answer_text(guide, question, flip.answer),
                link_of(with_answer(case, question, flip.answer), page.revision),
            )
            for flip in flips
        ],
    }


def _shown(lines: list[dict[str, Any]]) -> int:
    """How many lines are not folded away."""
    return min(FOLD, sum(map(len, _by_outcome(lines)[:OUTCOMES])))


def _by_outcome(lines: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The lines with those of one outcome together."""
    return [list(group) for _, group in groupby(lines, key=lambda line: (line["names"], line["others"]))]


def _key(answer: Value | None) -> str:
    return ",".join(answer) if isinstance(answer, tuple) else str(answer)
