"""How data is written down for machines: JSON with one record a line, CSV that a spreadsheet reads without harm."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hooks.render.citations import Entry, quotes, source_ids
from selector import Guide

Row = Mapping[str, Any]


def whole(revision: str, **content: Any) -> str:
    """One object, indented, with the revision first."""
    return json.dumps({"revision": revision, **content}, ensure_ascii=False, indent=1) + "\n"


def listed(revision: str, name: str, rows: Iterable[Row]) -> str:
    """A list of records under its name, one record a line, so that two revisions can be compared line by line."""
    lines = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows)
    return f'{{\n "revision": {json.dumps(revision)},\n {json.dumps(name)}: [\n{lines}\n ]\n}}\n'


def table(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """CSV as RFC 4180 has it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_flat(row[name]) for name in columns] for row in rows)
    return out.getvalue()


def _flat(value: Any) -> Any:
    """Lists as words; text that a spreadsheet would take for a formula is kept text."""
    if isinstance(value, list):
        return " ".join(value)
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value


def urls(guide: Guide, entry: Entry) -> list[str]:
    """Addresses of an entry's sources."""
    return [str(guide.entry("sources", source)["url"]) for source in source_ids(entry)]


def passages(guide: Guide, entry: Entry) -> list[dict[str, str]]:
    """Words of an entry's sources that say it, each with the address of its source and one that opens at the words."""
    found = []
    for quote in quotes(entry):
        url = str(guide.entry("sources", quote.source)["url"])
        found.append({"source": url, "words": quote.words, "address": quote.address(url)})
    return found


def given(entry: Entry, *names: str) -> dict[str, Any]:
    """These fields of an entry, None for what it does not say."""
    return {name: entry.get(name) for name in names}
