"""The matrix cell by cell, and every dated fact: as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from hooks.render.context import BuildContext, Entry
from selector.web.marks import rating_mark

from .formats import listed, passages, table, urls

CELL = (
    "option",
    "option_name",
    "criterion",
    "criterion_name",
    "level",
    "label",
    "value_low",
    "value_high",
    "burden_low",
    "burden_high",
    "text",
    "note",
    "sources",
    "passages",
    "verified",
    "version",
    "inferred",
    "revision",
)
"""Columns of matrix.csv."""

FACT = ("path", "about", "page", "text", "sources", "passages", "verified", "version", "inferred", "revision")
"""Columns of facts.csv."""


def matrix_json(build: BuildContext) -> str:
    """All cells, options in the order of the data."""
    return listed(build.guide.revision, "cells", cells(build))


def matrix_csv(build: BuildContext) -> str:
    """The same for a spreadsheet."""
    return table(CELL, (_row(build, row) for row in cells(build)))


def _row(build: BuildContext, cell: dict[str, Any]) -> dict[str, Any]:
    passages = _words(one["words"] for one in cell["passages"])
    return {**cell, "passages": passages, "revision": build.guide.revision}


def _words(passages: Iterable[str]) -> str:
    """Passages in one field of a table."""
    return " | ".join(passages)


def cells(build: BuildContext) -> Iterator[dict[str, Any]]:
    """One record per option and criterion."""
    for option in build.guide.data["options"]:
        for criterion in build.guide.criteria:
            yield cell(build, option, criterion.id)


def cell(build: BuildContext, option: Entry, criterion: str) -> dict[str, Any]:
    """One cell of the matrix with everything that its page shows."""
    guide, rating = build.guide, option["ratings"][criterion]
    value, level = guide.cell(option["id"], criterion), rating["level"]
    found = guide.option(option["id"]).ratings[criterion]
    adds_up = guide.criterion(criterion).adds_up
    return {
        "option": option["id"],
        "option_name": option["name"],
        "criterion": criterion,
        "criterion_name": guide.criterion(criterion).name,
        "level": level if isinstance(level, str) else list(level),
        "label": rating_mark(guide, option["id"], criterion).word,
        "value_low": value.low,
        "value_high": value.high,
        "burden_low": amount(found.light) if adds_up else None,
        "burden_high": amount(found.heavy) if adds_up else None,
        "text": rating["text"],
        "note": rating.get("note"),
        "sources": urls(guide, rating),
        "passages": passages(guide, rating),
        "verified": rating["verified"],
        "version": rating.get("version"),
        "inferred": rating.get("inferred"),
    }


def amount(number: Fraction) -> int | float:
    """An exact amount as JSON has numbers: whole where it is whole."""
    return number.numerator if number.denominator == 1 else float(number)


def facts_csv(build: BuildContext) -> str:
    """Every fact with its place in the data and the address of the page that shows it."""
    guide, page = build.guide, build.page("index.md")
    rows = (
        {
            "path": "/".join(build.report_links.names(fact.path)),
            "about": fact.about,
            "page": page.link(fact.page),
            "text": fact.value,
            "sources": [str(guide.entry("sources", source)["url"]) for source in fact.sources],
            "passages": _words(quote.words for quote in fact.quotes),
            "verified": fact.verified,
            "version": fact.version,
            "inferred": fact.inferred,
            "revision": guide.revision,
        }
        for fact in build.facts.values()
    )
    return table(FACT, rows)
