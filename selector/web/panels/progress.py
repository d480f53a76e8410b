"""How far a visit is, and what was set aside."""

from __future__ import annotations

from markupsafe import Markup

from selector.analysis.confidence import Verdict
from selector.analysis.steps import Analysis
from selector.case.answers import in_force
from selector.case.verdict import EXCLUDED
from selector.report.gate_sentences import contradictions, yielded
from selector.web.marks import counted
from selector.web.page import Page

from .context import ResultContext

RELAX = "Relax a requirement, or change an answer, to get a recommendation."
"""What is said where nothing meets all requirements: further answers lead to no recommendation."""


def notice(page: Page, context: ResultContext) -> Markup:
    """What was set aside, answers that contradict each other, and what was given up to leave something."""
    result = context.result
    texts = [
        *context.notices,
        *contradictions(result),
        *(text for _, text in yielded(result) if text and not context.missing),
    ]
    return page.render("notice.html", notices=texts) if texts else Markup()


def progress(page: Page, context: ResultContext) -> Markup:
    """What is still worth answering."""
    analysis, result = context.analysis, context.result
    if not result.crowned:
        return Markup("Answer what you know. You can skip any question.")
    if not any(place.verdict.status != EXCLUDED for place in result.places):
        return Markup(RELAX)
    if context.missing:
        more = counted(context.missing, "more answer leads", "more answers lead")
        return Markup("{} to a recommendation.").format(more)
    if analysis is None or not analysis.flips_done:
        return Markup("Checking which answers could still change the result…")
    if result.winner is None or analysis.judged is None:
        return Markup(RELAX)
    return _left(page, analysis, analysis.judged)


def _left(page: Page, analysis: Analysis, judged: Verdict) -> Markup:
    """How many open questions could still change the result, and the one to answer next."""
    core, besides = len(judged.swinging), judged.besides
    if not core and not besides:
        case = analysis.result.case
        if all(name in case.answers for name in in_force(page.guide, case)):
            return Markup("No question is open: this is the result of all your answers.")
        return Markup("No open question alone would change this result.")
    asked = counted(core + besides, "open question", "open questions")
    which = f", {core or 'none'} of them core" if besides else ""
    # More answers than questions that matter alone would read as a contradiction.
    few = analysis.settle if analysis.settle and analysis.settle <= core + besides else 0
    settle = f" About {counted(few, 'more answer', 'more answers')} should settle it." if few else ""
    text = Markup("{} could still change the result{}.{}").format(asked, which, settle)
    if not analysis.open:
        return text
    best = analysis.open[0].question
    return text + page.render("next.html", id=f"dw-q-{best}", text=page.guide.question(best).text)
