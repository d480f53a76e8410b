"""Placeholders for what changes with almost every edit: the revision of the data, and lines of the guide's file.

Pages are rendered with placeholders in them, so that a page in which nothing but these values changed is the same text
as before, and is neither rendered nor built again. The values are filled in last.

A placeholder is letters and digits only: quoting an address, escaping HTML and writing JSON leave it as it is. It begins
with a number drawn at random for this process, so that nothing in a guide can be taken for one.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from hooks.source.positions import Path

LineFinder = Callable[[Path], int | None]
"""From a path in the data to its line in the guide's file, or None where that is not known."""

Content = str | bytes

PREFIX = uuid.uuid4().hex
"""What every placeholder begins with."""

LINE_PREFIXES = {"c": "%3A", "l": "#L"}
"""What is written before a line: a colon in a quoted text, or the sign for a line in an address."""

PLACEHOLDER = re.compile(f"{PREFIX}([{''.join(LINE_PREFIXES)}]?)((?:[0-9a-f]{{2}})*)z")

REVISION = f"{PREFIX}z"


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A page or file.

    Attributes:
        content: as the site has it.
        source: the same with placeholders; pages with equal sources differ in the values of these only.
        values: the values of the placeholders, in order.
    """

    content: Content
    source: Content
    values: tuple[str, ...] = ()


def line_placeholder(path: Path, form: Literal["c", "l"]) -> str:
    """A placeholder for the line of a path, with its prefix; nothing where the line is not known."""
    return f"{PREFIX}{form}{json.dumps(path).encode().hex()}z"


def placeholder_values(text: str, revision: str, lines: LineFinder) -> list[str]:
    """The values for the placeholders in a text, in their order, each with its prefix."""
    return [_line(form, path, lines) if form else revision for form, path in PLACEHOLDER.findall(text)]


def fill_placeholders(text: str, values: list[str]) -> str:
    """The text with these values in place of its placeholders."""
    found = iter(values)
    return PLACEHOLDER.sub(lambda _: next(found), text) if values else text


def _line(form: str, path: str, lines: LineFinder) -> str:
    line = lines(tuple(json.loads(bytes.fromhex(path))))
    return f"{LINE_PREFIXES[form]}{line}" if line else ""
