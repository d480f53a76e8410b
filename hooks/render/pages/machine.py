"""The page about the data: every file for machines, how stable it is, and what changed."""

from __future__ import annotations

from collections.abc import Iterator

from hooks.render.context import BuildContext
from hooks.render.exports.catalogue import FILES, FORMAT, File
from hooks.render.exports.feed import changes

KINDS = {
    "application/json": "JSON",
    "text/csv": "CSV",
    "text/markdown": "Markdown",
    "application/schema+json": "JSON Schema",
    "application/atom+xml": "Atom",
}
"""Media types as readers call them."""

READING, SECTIONS, CHECKING = "For reading", "Section by section", "To check with"


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """data.md."""
    page = build.page("data.md")
    options = build.guide.data["options"]
    yield (
        page.path,
        page.print(
            "machine.md",
            title="Data for machines",
            description="Every file of this site that a program can read: what it holds, how stable it is, its revision.",
            groups=[
                (name, [(file, KINDS[file.type], _address(file, options[0]["id"])) for file in FILES if _group(file) == name])
                for name in (SECTIONS, READING, CHECKING)
            ],
            format=FORMAT,
            sample=next(
                ({one.id: one.answers[0].id} for one in build.guide.questions if one.kind == "one"), {}
            ),
            changes=[
                (entry, [build.guide.entry("options", name) for name in entry.get("about", ())])
                for entry in changes(build)
            ],
        ),
    )  # fmt: skip


def _group(file: File) -> str:
    if "schema" in file.type:
        return CHECKING
    return SECTIONS if file.path.startswith("api/") and file.type != "text/markdown" else READING


def _address(file: File, option: str) -> str:
    """Where a link leads; a file that exists once per option is shown by its first."""
    return file.path.replace("<id>", option)
