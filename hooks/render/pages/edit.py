"""How to edit the guide and the code: steps from CONTRIBUTING.md, the help of every field, and ARCHITECTURE.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup

from hooks import ROOT
from hooks.render.context import BuildContext
from hooks.render.flowchart import flowchart_svg
from hooks.source.load import SCHEMA
from hooks.source.locate import DEFAULT

STEPS = re.compile(r"<!-- editing -->\n(.*?)<!-- /editing -->", re.DOTALL)
ARCHITECTURE = re.compile(r"<!-- architecture -->\n(.*?)<!-- /architecture -->", re.DOTALL)
MERMAID = re.compile(r"```mermaid\n(.*?)```\n", re.DOTALL)
LINK = re.compile(r"\[([^\]]+)\]\((?!https?:|<|#)([^)]+)\)")

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field as editors know it: its name with those above it, whether it must be there, what it is for."""

    name: str
    required: bool
    help: str


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """edit.md."""
    page, data = build.page("edit.md"), build.guide.data
    schema = _schema()
    sections = [
        (name, part["description"], _count(data[name]), build.report_links.edit_address((name,)), tuple(_fields(part)))
        for name, part in schema["properties"].items()
        if name in data and name != "format"
    ]
    shared = [
        (name, part["description"], tuple(_fields(part)))
        for name, part in schema["$defs"].items()
        if "properties" in part
    ]
    yield (
        page.path,
        page.print(
            "edit.md",
            title="Edit this guide",
            description="Change a fact, add an option, a criterion or a question, review an edit, publish.",
            steps=steps(build.report_links.repo_url),
            sections=sections,
            shared=shared,
            architecture=architecture(),
            file=build.report_links.file,
            usual=DEFAULT,
        ),
    )


def steps(repo_url: str | None) -> str:
    """The steps as Markdown; links to files of the repository lead into it, or are plain where there is none."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    found = STEPS.search(text)
    if found is None:
        raise ValueError("CONTRIBUTING.md has no part between <!-- editing --> and <!-- /editing -->")
    return LINK.sub(rf"[\1]({repo_url}/blob/main/\2)" if repo_url else r"\1", found[1])


def architecture() -> str:
    """The packages of the code as Markdown, with the diagram as an inline SVG."""
    found = ARCHITECTURE.search((ROOT / "ARCHITECTURE.md").read_text("utf-8"))
    if found is None:
        raise ValueError("ARCHITECTURE.md has no part between <!-- architecture --> and <!-- /architecture -->")
    return MERMAID.sub(lambda block: f"{_diagram(block[1])}\n", found[1])


def _diagram(source: str) -> Markup:
    svg = flowchart_svg(source, "Packages of the code, and how data flows from one to the next")
    return Markup(
        '<figure class="scroll" tabindex="0" role="region" aria-label="Diagram of packages">{}</figure>'
    ).format(svg)


def _count(value: Any) -> int | None:
    return len(value) if isinstance(value, list | tuple) else None


@cache
def _schema() -> Schema:
    return dict(json.loads(SCHEMA.read_text("utf-8")))


def _fields(part: Any, above: str = "") -> Iterator[Field]:
    """All fields of a part of the file, in the order of the schema. What several parts share is not spelt out."""
    if not isinstance(part, dict):
        return
    for name, field in part.get("properties", {}).items():
        yield Field(f"{above}{name}", name in part.get("required", ()), field["description"])
        yield from _fields(field, f"{above}{name} › ")
    for inner in (part.get("items"), part.get("additionalProperties"), *part.get("oneOf", ())):
        yield from _fields(inner, above)
