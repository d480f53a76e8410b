"""What is in the fold of trade-offs and sensitivity until the reader opens it. The charts themselves come on demand."""

from __future__ import annotations

from markupsafe import Markup

from selector.web.page import Page

from .context import ResultContext


def invitation(page: Page, context: ResultContext) -> Markup:
    """Says that they are on their way; nothing where nothing ranks first, or where no script asks for them."""
    if not page.live or not context.named or context.result.winner is None:
        return Markup()
    return Markup('<p class="dw-hint">Calculating…</p>')
