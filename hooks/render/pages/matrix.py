"""The matrix: every option on every criterion, each cell with its text, level, source and date."""

from __future__ import annotations

from collections.abc import Iterator

from hooks.render.categories import categories
from hooks.render.context import BuildContext
from hooks.render.plain_text import counted


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """matrix.md."""
    guide, page = build.guide, build.page("matrix.md")
    groups = [
        (group, [criterion for criterion in guide.criteria if criterion.group == group["id"]])
        for group in guide.data["groups"]
    ]
    yield (
        page.path,
        page.print(
            "matrix.md",
            title=f"All {guide.terms.options}",
            description=f"{counted(len(guide.options), guide.terms.option, guide.terms.options)} on {counted(len(guide.criteria), 'criterion', 'criteria')}, each rating with its source and date.",
            hide=("navigation", "toc"),
            layout="wide",
            groups=[(group, criteria) for group, criteria in groups if criteria],
            options=build.options,
            categories=categories(build),
        ),
    )
