"""What a page gets last: the revision of the data, and the lines of the guide's file on which something stands.

Both move with almost every edit and change nothing else. While pages are printed a mark stands in their place, so that
a page in which nothing but these moved is the same text as before, and need be neither printed nor built again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

from .places import Path

Lines = Callable[[Path], int | None]
"""From a path in the data to the line that it stands on, or None where that is not known."""

MARK = re.compile("\x01([^\x01-\x03]*)\x02([^\x01-\x03]*)\x03")
"""What stands before the value, and the path whose line is meant; no path means the revision. No guide has these
characters: its file may not hold them."""

QUOTED = re.compile("%(?:25)*01.*?%(?:25)*03")

REVISION = "\x01\x02\x03"


def line_of(path: Path, before: str) -> str:
    """A mark for the line of a path, with what comes before it; nothing where the line is not known."""
    return f"\x01{before}\x02{'/'.join(f'#{step}' if isinstance(step, int) else step for step in path)}\x03"


def unquoted(text: str) -> str:
    """A text in which marks were quoted with the addresses that hold them, however often, with the marks as they were."""
    return QUOTED.sub(lambda mark: _unquoted(mark[0]), text)


def _unquoted(mark: str) -> str:
    return mark if mark[0] == "\x01" else _unquoted(unquote(mark))


def moving(text: str, revision: str, lines: Lines) -> list[str]:
    """The values for the marks in a text, in their order, each with what comes before it."""
    return [_value(before, path, revision, lines) for before, path in MARK.findall(text)]


def filled(text: str, values: list[str]) -> str:
    """The text with these values for its marks."""
    found = iter(values)
    return MARK.sub(lambda _: next(found), text) if values else text


def _value(before: str, path: str, revision: str, lines: Lines) -> str:
    if not path:
        return revision
    line = lines(tuple(int(step[1:]) if step[0] == "#" else step for step in path.split("/")))
    return f"{before}{line}" if line else ""
