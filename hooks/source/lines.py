"""Lines of the guide's file, counted as YAML counts them, whatever program wrote their ends."""

from __future__ import annotations

import re
from functools import lru_cache

LONE_RETURN = re.compile(r"\r(?!\n)")
"""The end of a line as old editors write it. What Windows writes has a line feed as well."""


def line_feeds(text: str) -> str:
    """The text with a line feed at the end of each line: to split it there then counts lines as YAML does."""
    return LONE_RETURN.sub("\n", text) if "\r" in text else text


@lru_cache(maxsize=4)
def split_lines(text: str) -> tuple[str, ...]:
    """Lines without their ends; the other line separators of YAML are refused before."""
    return tuple(line_feeds(text).replace("\r\n", "\n").split("\n"))
