"""What a page gets last: the revision of the data, and the lines of the guide's file on which something stands.

Both move with almost every edit and change nothing else. While pages are printed a mark stands in their place, so that
a page in which nothing but these moved is the same text as before, and need be neither printed nor built again.

A mark is letters and digits only: quoting an address, escaping HTML and writing JSON leave it as it is. It begins with a
number drawn at random for this process, so that nothing in a guide can be taken for one.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from typing import Literal

from hooks.source.positions import Path

Lines = Callable[[Path], int | None]
"""From a path in the data to the line that it stands on, or None where that is not known."""

START = uuid.uuid4().hex
"""What every mark begins with."""

BEFORE = {"c": "%3A", "l": "#L"}
"""What stands before a line: a colon in a quoted text, or the sign for a line in an address."""

MARK = re.compile(f"{START}([{''.join(BEFORE)}]?)((?:[0-9a-f]{{2}})*)z")

REVISION = f"{START}z"


def line_of(path: Path, kind: Literal["c", "l"]) -> str:
    """A mark for the line of a path, with what stands before it; nothing where the line is not known."""
    return f"{START}{kind}{json.dumps(path).encode().hex()}z"


def moving(text: str, revision: str, lines: Lines) -> list[str]:
    """The values for the marks in a text, in their order, each with what stands before it."""
    return [_line(kind, path, lines) if kind else revision for kind, path in MARK.findall(text)]


def filled(text: str, values: list[str]) -> str:
    """The text with these values for its marks."""
    found = iter(values)
    return MARK.sub(lambda _: next(found), text) if values else text


def _line(kind: str, path: str, lines: Lines) -> str:
    line = lines(tuple(json.loads(bytes.fromhex(path))))
    return f"{BEFORE[kind]}{line}" if line else ""
