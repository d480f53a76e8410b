"""Answers saved as cases, to be compared side by side."""

from __future__ import annotations

from markupsafe import Markup

from selector.web.forms import link_of
from selector.web.page import Page

from .context import ResultContext

LONGEST, MOST = 60, 9
"""Characters of a name, and cases; as `selector.group.persons` has them, which the wizard's start does not need."""

EXAMPLES = ("today", "next year", "in three years")
"""What a case might be called."""


def cases(page: Page, context: ResultContext) -> Markup:
    """The field to save one, those saved, and the way to the page that compares them."""
    kept = context.kept
    if not page.live or not (context.named or kept.cases):
        return Markup()
    return page.render(
        "cases.html",
        named=context.named,
        kept=kept.cases,
        address=f"{page.links('what-if.md')}#{kept.address}",
        message=kept.message,
        now=link_of(context.result.case, page.revision),
        next=f"for example: {EXAMPLES[min(len(kept.cases), len(EXAMPLES) - 1)]}",
        longest=LONGEST,
        most=MOST,
        refused=kept.refused is not None,
        wrong=kept.refused or "",
    )
