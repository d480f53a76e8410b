"""A page per family: what it stands for, why, and what tells its members apart."""

from __future__ import annotations

from collections.abc import Iterator

from hooks.render.context import BuildContext


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """options/<id>.md for each family: setups name it as they name an option, so their links lead here."""
    guide = build.guide
    for entry in guide.data.get("families", ()):
        page = build.page(f"options/{entry['id']}.md")
        strategies = build.combinations_of(entry["id"])
        yield (
            page.path,
            page.print(
                "family.md",
                title=entry["name"],
                description=entry["summary"],
                entry=entry,
                members=[guide.entry("options", name) for name in entry["stands_for"]],
                question=guide.entry("questions", entry["question"]),
                strategies=strategies,
                edit=build.report_links.edit_address(build.path("families", entry["id"])),
            ),
        )
