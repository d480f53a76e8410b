"""Files for machines. Each carries the revision of the data that it was made from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from selector.web.marks import mark

from .facts import source_ids
from .sheet import Edition, Entry

COLUMNS = (
    "option",
    "option_name",
    "criterion",
    "criterion_name",
    "level",
    "label",
    "value_low",
    "value_high",
    "text",
    "sources",
    "verified",
    "version",
    "revision",
)


def files(edition: Edition) -> Iterator[tuple[str, str]]:
    """The guide, the matrix as JSON and CSV, and one file per option."""
    guide, revision = edition.guide, edition.guide.revision
    yield "api/guide.json", _json({"revision": revision, "guide": guide.data})
    rows = [cell(edition, option, criterion.id) for option in guide.data["options"] for criterion in guide.criteria]
    yield "api/matrix.json", _json({"revision": revision, "cells": rows})
    yield "api/matrix.csv", _csv([row | {"revision": revision} for row in rows])
    for option in guide.data["options"]:
        content = _json({"revision": revision, "option": option})
        for name in (option["id"], *guide.former("options", option["id"])):
            yield f"api/options/{name}.json", content


def cell(edition: Edition, option: Entry, criterion: str) -> dict[str, Any]:
    """One cell of the matrix with everything that its page shows."""
    guide, rating = edition.guide, option["ratings"][criterion]
    value = guide.cell(option["id"], criterion)
    level = rating["level"]
    return {
        "option": option["id"],
        "option_name": option["name"],
        "criterion": criterion,
        "criterion_name": guide.criterion(criterion).name,
        "level": level if isinstance(level, str) else list(level),
        "label": mark(guide, criterion, value).word,
        "value_low": value.low,
        "value_high": value.high,
        "text": rating["text"],
        "sources": [guide.entry("sources", source)["url"] for source in source_ids(rating)],
        "verified": rating["verified"],
        "version": rating.get("version"),
    }


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _csv(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _flat(row[name]) for name in COLUMNS})
    return out.getvalue()


def _flat(value: Any) -> Any:
    """Lists as words; text that a spreadsheet would take for a formula is kept text."""
    if isinstance(value, list):
        return " ".join(value)
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value
