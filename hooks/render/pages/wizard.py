"""The page of the wizard; the wizard itself is selector.web's."""

from __future__ import annotations

from collections.abc import Iterator

from hooks.render.context import BuildContext
from hooks.render.markdown import unfenced
from selector.web import wizard_html


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """wizard.md."""
    page = build.page("wizard.md")
    guide, stamp, runtime = build.guide, build.revision, page.link(build.runtime)
    html = wizard_html(guide, build.texts, page.links, runtime=runtime, stamp=stamp, built=build.checked_on.isoformat())
    about = guide.data["guide"]
    yield (
        page.path,
        page.print(
            "wizard.md",
            title="Get a recommendation",
            description=f"{about['question']} Answer what you know. The recommendation updates with every answer.",
            hide=("navigation", "toc"),
            wizard=unfenced(html),
            asked=_asked(len(guide.questions)),
        ),
    )


TYPICAL = 10
"""Questions of a typical visit where the guide has many: they are asked as far as earlier answers call for them."""


def _asked(questions: int) -> str:
    """How much a visitor is asked for."""
    if questions > TYPICAL:
        return "Answer about ten questions."
    return f"Answer {questions} questions." if questions > 1 else "Answer one question."
