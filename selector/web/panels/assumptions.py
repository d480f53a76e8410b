"""What stands behind the result beside the answers: assumptions, what binds, preferences, what yielded."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from selector.analysis.sensitivity import with_answer
from selector.case.answers import Assumption
from selector.scoring.recommend import Recommendation
from selector.web.forms import link_of
from selector.web.page import Page

from .context import Shown


def assumptions(page: Page, shown: Shown) -> Markup:
    """What is assumed while a question is open, each with the other answers as one click."""
    result = shown.result
    if not shown.named:
        return Markup()
    given_up = {item.id for item in result.yielded}
    rows = [
        _row(page, result, item)
        for item in result.situation.assumptions
        if item.id not in given_up and item.id not in result.case.relax
    ]
    return page.render("assumptions.html", rows=rows) if rows else Markup()


def _row(page: Page, result: Recommendation, item: Assumption) -> dict[str, Any]:
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
