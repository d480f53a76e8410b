"""The page of the wizard; the wizard itself is selector.web's."""

from __future__ import annotations

from collections.abc import Iterator

from hooks.render.context import Edition
from hooks.render.markdown import unfenced
from selector.web import wizard_html


def pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """wizard.md."""
    sheet = edition.sheet("wizard.md")
    guide, stamp, runtime = edition.guide, edition.revision, sheet.link(edition.runtime)
    html = wizard_html(guide, edition.texts, sheet.links, runtime=runtime, stamp=stamp)
    about = guide.data["guide"]
    yield (
        sheet.path,
        sheet.print(
            "wizard.md",
            title="Decide",
            description=f"{about['question']} Answer what you know; every answer changes the recommendation at once.",
            hide=("navigation", "toc"),
            wizard=unfenced(html),
        ),
    )
