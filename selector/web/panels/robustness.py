"""How firm the recommendation is, and what would change it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from markupsafe import Markup

from selector.analysis.sensitivity import Flip, with_answer
from selector.analysis.steps import Analysis
from selector.case.answers import Value
from selector.report import verdicts
from selector.report.sentences import answer_text, crossover_text, joint_share_text, unknown_text
from selector.web.forms import link_of
from selector.web.marks import counted, joined
from selector.web.page import Page

from .context import ResultContext

MOST_SHARES = 4
"""Strategies whose share of nearby weightings is shown."""

MOST_LEANINGS = 2
"""Criteria that describe who would rather choose another strategy."""

FOLD = 4
"""Changes shown before the rest folds away."""


def robustness(page: Page, context: ResultContext) -> Markup:
    """The share of nearby weightings, the guaranteed factor, and for whom another would come first."""
    analysis, winner = context.analysis, context.result.winner
    if analysis is None or winner is None or analysis.verdict is None:
        return Markup()
    share = analysis.shares[winner.strategy.id]
    ranked = sorted(analysis.shares.items(), key=lambda item: (-item[1], item[0]))
    return page.render(
        "robustness.html",
        verdict=verdicts.SENTENCES[analysis.verdict],
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
    return f"Facts are missing: with what they may turn out to be, it stays first in {round(100 * sure)} % of draws."


def change(page: Page, context: ResultContext) -> Markup:
    """Single answers that would change it, as controls that apply them; the next most useful question; weights."""
    analysis, result = context.analysis, context.result
    if analysis is None or not result.crowned:
        return Markup()
    flips = [_flip(page, analysis, flip) for flip in analysis.flips]
    return page.render(
        "change.html",
        ready=analysis.flips_done,
        flips=flips[:FOLD],
        more=flips[FOLD:],
        weight=crossover_text(page.guide, analysis.crossovers[0]) if analysis.crossovers else "",
        unknowns=[unknown_text(page.guide, item) for item in analysis.unknowns[:3]],
        following=_following(page, analysis),
        winner=result.winner.strategy.name if result.winner else "",
    )


def _flip(page: Page, analysis: Analysis, flip: Flip) -> dict[str, Any]:
    guide = page.guide
    changed = with_answer(analysis.result.case, flip.question, flip.answer)
    names = [guide.strategy(name).name for name in sorted(flip.leaders)]
    return {
        "key": f"{flip.question} {_key(flip.answer)}",
        "question": guide.question(flip.question).text,
        "answer": answer_text(guide, flip.question, flip.answer),
        "names": joined(names),
        "tie": len(names) > 1,
        "link": link_of(changed, page.revision),
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
