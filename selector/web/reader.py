"""The place where a visitor gives a folder to be read."""

from __future__ import annotations

from markupsafe import Markup

from selector.detect.files import DEEPEST, LARGEST, MOST_FILES, NEVER

from .page import Page


def reader(page: Page, *, runtime: str | None = None) -> Markup:
    """The drop zone; empty when the guide has no evidence. `runtime` is given where no wizard is around it."""
    if not page.guide.data.get("evidence"):
        return Markup()
    return page.render(
        "reader.html",
        runtime=runtime,
        never=" ".join(sorted(NEVER)),
        largest=LARGEST,
        deepest=DEEPEST,
        most=2 * MOST_FILES,
        recognised=page.links("recognised.md"),
        wizard=page.links("wizard.md"),
        machine=page.links("data.md"),
    )
