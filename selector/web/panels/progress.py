"""How far a visit is, and what was set aside."""

from __future__ import annotations

from markupsafe import Markup

from selector.report.gate_sentences import contradictions, yielded
from selector.web.marks import counted
from selector.web.page import Page

from .context import ResultContext


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
    if context.missing:
        more = counted(context.missing, "more answer leads", "more answers lead")
        return Markup("{} to a recommendation.").format(more)
    if analysis is None or not analysis.flips_done:
        return Markup("Checking which answers could still change the result…")
    changing = {flip.question for flip in analysis.flips} - set(result.case.answers)
    if result.winner is None:
        return Markup("Relax a requirement, or change an answer, to get a recommendation.")
    if not changing:
        return Markup("The result is stable: no open answer alone would change it.")
    return Markup("{} could still change the result.").format(counted(len(changing), "open question", "open questions"))
