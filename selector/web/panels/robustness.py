"""How firm the recommendation is, and what would change it."""

from __future__ import annotations

from fractions import Fraction
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
from selector.web.marks import counted, joined
from selector.web.page import Page

from .context import ResultContext
from .headline import verdict_of

MOST_SHARES = 4
"""Strategies whose share of nearby weightings is context."""

MOST_LEANINGS = 2
"""Criteria that describe who would rather choose another strategy."""

MOST_LED_TO = 2
"""Strategies named that one answer leads to."""

FOLD = 3
"""Changes context before the rest folds away."""


def robustness(page: Page, context: ResultContext) -> Markup:
    """The share of nearby weightings, the guaranteed factor, and for whom another would come first."""
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
    groups = _groups(page, analysis)
    return page.render(
        "change.html",
        ready=analysis.flips_done,
        groups=groups[:FOLD],
        more=groups[FOLD:],
        weight=crossover_text(page.guide, analysis.crossovers[0]) if analysis.crossovers else "",
        gates=lift_texts(result, analysis.lifts),
        unknowns=[unknown_text(page.guide, item) for item in analysis.unknowns[:3]],
        following=_following(page, analysis),
        complete=analysis.complete,
        winner=result.winner.strategy.name if result.winner else "",
    )


def _groups(page: Page, analysis: Analysis) -> list[dict[str, Any]]:
    """Answers to one question that lead to the same result, together; decisions of the team first."""
    guide, found = page.guide, dict[tuple[str, Leaders], list[Flip]]()
    for flip in in_their_hands(guide, analysis.flips):
        found.setdefault((flip.question, flip.leaders), []).append(flip)
    return [_group(page, analysis, question, leaders, flips) for (question, leaders), flips in found.items()]


def _group(page: Page, analysis: Analysis, question: str, leaders: Leaders, flips: list[Flip]) -> dict[str, Any]:
    guide, case = page.guide, analysis.result.case
    names = [guide.strategy(name).name for name in sorted(leaders)]
    return {
        "key": f"{question} {' '.join(_key(flip.answer) for flip in flips)}",
        "question": guide.question(question).text,
        "names": joined(names[:MOST_LED_TO]),
        "more": max(0, len(names) - MOST_LED_TO),
        "answers": [
            (
                answer_text(guide, question, flip.answer),
                link_of(with_answer(case, question, flip.answer), page.revision),
            )
            for flip in flips
        ],
    }


def _key(answer: Value | None) -> str:
    return ",".join(answer) if isinstance(answer, tuple) else str(answer)


def _following(page: Page, analysis: Analysis) -> dict[str, Any] | None:
    """The open question whose answers change most, and how many would settle the matter."""
    if not analysis.open:
        return None
    best = analysis.open[0]
    useful = sum(1 for item in analysis.open if item.share)
    settle = analysis.settle
    return {
        "id": f"dw-q-{best.question}",
        "text": page.guide.question(best.question).text,
        "useful": useful,
        "left": len(analysis.open),
        "settle": None if settle is None else counted(settle, "more answer", "more answers"),
        "settled": settle == 0,
    }
