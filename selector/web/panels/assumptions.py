"""What is behind the result beside the answers: assumptions, what is in use and binds, preferences."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from selector.analysis.sensitivity import with_answer
from selector.case.effects import Assumption
from selector.case.requirements import GATE_PREFIXES, preference_id
from selector.report.gate_sentences import MOST_SET_ASIDE, bindings, preferences
from selector.report.sentences import asked_for
from selector.scoring.recommend import Recommendation
from selector.web.forms import link_of
from selector.web.page import Page

from .context import ResultContext


def assumptions(page: Page, context: ResultContext) -> Markup:
    """What is assumed while a question is open, each with the other answers as one click; what binds or is preferred,
    and the way to set that aside."""
    result = context.result
    if not context.named:
        return Markup()
    assumed = [_assumed(page, result, item) for item in result.assumed]
    gates = [
        *((item.id, text, "Consider others as well") for item, text in bindings(result)),
        *(
            (preference_id(item.preference), text, "Ignore this preference")
            for item, text in preferences(result)[:MOST_SET_ASIDE]
        ),
    ]
    relaxed = [
        (name, text)
        for name in sorted(result.case.relax)
        if name.startswith(GATE_PREFIXES)
        for text in asked_for(result, [name])
    ]
    if not (assumed or gates or relaxed):
        return Markup()
    return page.render("assumptions.html", assumed=assumed, gates=gates, relaxed=relaxed)


def _assumed(page: Page, result: Recommendation, item: Assumption) -> dict[str, Any]:
    entry = page.entry("questions", item.question)
    labels = {answer["id"]: answer["label"] for answer in entry["answers"]}
    return {
        "id": f"dw-q-{item.question}",
        "question": entry["text"],
        "assumed": labels[item.answer],
        "because": item.because,
        "others": [
            (label, link_of(with_answer(result.case, item.question, name), page.revision))
            for name, label in labels.items()
            if name != item.answer
        ],
    }
