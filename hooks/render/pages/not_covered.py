"""What this guide does not rate, why, and what is nearest to it among what it rates. Only where the guide says so."""

from __future__ import annotations

from collections.abc import Iterator

from hooks.render.context import BuildContext
from hooks.render.plain_text import counted


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """not-covered.md, or nothing."""
    entries = build.guide.data.get("not_covered", ())
    if not entries:
        return
    page, terms = build.page("not-covered.md"), build.guide.terms
    rows = [
        (entry, ("not_covered", index), [build.guide.entry("options", name) for name in entry["nearest"]])
        for index, entry in enumerate(entries)
    ]
    rows.sort(key=lambda row: (build.guide.by_name(row[0]["name"]), row[0]["id"]))
    yield (
        page.path,
        page.print(
            "not_covered.md",
            title="Not covered, and why",
            description=f"{counted(len(rows), terms.option, terms.options)} that this guide does not rate: the reason, and the nearest {terms.option} that it does.",
            rows=rows,
            edit=build.report_links.edit_address(("not_covered",)),
        ),
    )
