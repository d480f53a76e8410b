"""All files for machines, each with what it holds. The index, `llms.txt` and the page about the data list them from here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hooks import ROOT
from hooks.render.context import BuildContext

from . import feed, llms_texts, records, tables
from .formats import listed, whole
from .own_schema import with_own_fields

JSON, CSV, TEXT, ATOM = "application/json", "text/csv", "text/markdown", "application/atom+xml"

FORMAT = 1
"""The version of the layout of these files."""

RenderedFile = Iterator[tuple[str, str]]

GUIDE_SCHEMA = "api/guide.schema.json"

SCHEMAS = {
    GUIDE_SCHEMA: ROOT / "data" / "guide.schema.json",
    "api/api.schema.json": Path(__file__).parent / "api.schema.json",
}


@dataclass(frozen=True)
class File:
    """One file, or one per option.

    Attributes:
        path: address below the site's root; `<id>` stands for the id of an option.
        type: media type.
        about: what it holds, in one line.
        make: renders it.
        form: name of its definition in api.schema.json, for JSON.
    """

    path: str
    type: str
    about: str
    make: Callable[[BuildContext], RenderedFile]
    form: str | None = None

    @property
    def each(self) -> bool:
        """True when there is one per option."""
        return "<id>" in self.path

    @property
    def stable(self) -> bool:
        """True when its fields keep their names and meanings; a text for reading may be worded anew."""
        return self.type != TEXT


def _one(path: str, type_: str, about: str, text: Callable[[BuildContext], str], form: str | None = None) -> File:
    return File(path, type_, about, lambda build: iter([(path, text(build))]), form)


def _list(name: str, about: str, rows: Callable[[BuildContext], records.Records]) -> File:
    def text(build: BuildContext) -> str:
        return listed(build.guide.revision, name, rows(build))

    return _one(f"api/{name}.json", JSON, about, text, name)


def _schema(path: str, about: str) -> File:
    return _one(path, "application/schema+json", about, lambda build: _schema_text(build, path))


def _schema_text(build: BuildContext, path: str) -> str:
    text = SCHEMAS[path].read_text("utf-8")
    return with_own_fields(text) if path == GUIDE_SCHEMA and "organisation" in build.guide.data else text


def _guide(build: BuildContext) -> str:
    return whole(build.guide.revision, guide=build.guide.data)


def _option_files(build: BuildContext) -> RenderedFile:
    """One file per option, under its former ids too."""
    for option in build.guide.data["options"]:
        text = whole(build.guide.revision, option=option)
        for name in (option["id"], *build.guide.former("options", option["id"])):
            yield f"api/options/{name}.json", text


def _index(build: BuildContext) -> str:
    about = build.guide.data["guide"]
    return whole(
        build.guide.revision,
        format=FORMAT,
        id=about["id"],
        title=about["title"],
        question=about["question"],
        site=build.site_url,
        newest_check=max((str(fact.verified) for fact in build.facts.values()), default=None),
        files=[
            {
                "path": file.path,
                "type": file.type,
                "about": file.about,
                "schema": f"api/api.schema.json#/$defs/{file.form}" if file.form else None,
                "stable": file.stable,
            }
            for file in FILES
        ],
        options=[option["id"] for option in build.guide.data["options"]],
    )


FILES: tuple[File, ...] = (
    _one("api/index.json", JSON, "This list, with the revision of the data.", _index, "index"),
    _one("api/guide.json", JSON, "The whole guide as its editors wrote it, checked.", _guide, "guide"),
    _list("options", "Options: what each is, its jobs, when to choose it.", records.options),
    File("api/options/<id>.json", JSON, "One option with all its facts and first files.", _option_files, "option"),
    _list("criteria", "Criteria: points, rule, and every level with its value.", records.criteria),
    _one(
        "api/matrix.json", JSON, "Every option on every criterion, with source and date.", tables.matrix_json, "cells"
    ),
    _one("api/matrix.csv", CSV, "The same as a table, one cell a row.", tables.matrix_csv),
    _list("questions", "Questions, answers, and every effect with its reason.", records.questions),
    _list("strategies", "All combinations that fit together, with their values.", records.strategies),
    _list("examples", "Worked examples: answers, what we accept, what the scoring says.", records.examples),
    _list(
        "decisions", "Published decisions: what was chosen, what the scoring says, why they differ.", records.decisions
    ),
    _list("moves", "Moves between options: steps, risk, way back.", records.moves),
    _list("prices", "Prices with unit, currency, region, list and date.", records.prices),
    _list("sources", "Sources, how many facts cite each, and when they were checked.", records.sources),
    _one("api/facts.csv", CSV, "Every dated fact with its place, sources and day of check.", tables.facts_csv),
    _schema(GUIDE_SCHEMA, "JSON Schema of the guide in api/guide.json."),
    _schema("api/api.schema.json", "JSON Schema of the other JSON files."),
    _one(
        "llms.txt",
        TEXT,
        "An overview for language models, with links.",
        lambda build: llms_texts.overview(build, FILES),
    ),
    _one("llms-full.txt", TEXT, "All facts and rules as one text, enough to judge offline.", llms_texts.full),
    File("api/options/<id>.txt", TEXT, "One option as Markdown.", llms_texts.option_texts),
    _one("feed.xml", ATOM, "What changed in the data, and which facts were checked when.", feed.atom),
)
"""In the order in which the page lists them."""
