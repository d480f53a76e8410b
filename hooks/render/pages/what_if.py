"""The page on which cases are put side by side; the comparison itself is selector.web's."""

from __future__ import annotations

from collections.abc import Iterator

from hooks.render.context import BuildContext
from hooks.render.markdown import unfenced
from hooks.render.offered import asks
from selector.web import what_if_html


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """what-if.md, where the guide asks something."""
    if not asks(build.guide):
        return
    page = build.page("what-if.md")
    html = what_if_html(
        build.guide, build.texts, page.links, runtime=page.link(build.runtime), built=build.checked_on.isoformat()
    )
    yield (
        page.path,
        page.print(
            "what-if.md",
            title="What if",
            description="Put two to nine cases side by side: how each one ranks, which answers differ, and what changes because of them.",
            hide=("navigation", "toc"),
            what_if=unfenced(html),
        ),
    )
