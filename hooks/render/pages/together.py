"""The page on which several people's answers are compared; the comparison itself is selector.web's."""

from __future__ import annotations

from collections.abc import Iterator

from hooks.render.context import BuildContext
from hooks.render.markdown import unfenced
from hooks.render.offered import asks
from selector.web import together_html


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """together.md, where the guide asks something."""
    if not asks(build.guide):
        return
    page = build.page("together.md")
    html = together_html(
        build.guide, build.texts, page.links, runtime=page.link(build.runtime), built=build.checked_on.isoformat()
    )
    yield (
        page.path,
        page.print(
            "together.md",
            title="Decide together",
            description="Compare the answers of two to nine people: where they differ, how each one ranks, what all can accept.",
            hide=("navigation", "toc"),
            together=unfenced(html),
        ),
    )
