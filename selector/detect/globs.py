"""Path patterns: `*` within a name, `**` across folders, `{a,b}` one of several."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

PIECES = re.compile(r"\*\*/|/\*\*$|\*\*|\*|\?|\{[^{}]*\}|[^*?{]+|.", re.DOTALL)


def compiled(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression for all patterns; it is to match a whole path with `/` between folders."""
    return re.compile("|".join(f"(?:{_expression(pattern)})" for pattern in patterns), re.DOTALL | re.IGNORECASE)


@lru_cache(maxsize=512)
def _expression(pattern: str) -> str:
    return "".join(_piece(piece) for piece in PIECES.findall(pattern))


def _piece(piece: str) -> str:
    known = {"**/": "(?:[^/]*/)*", "/**": "/.+", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    if piece in known:
        return known[piece]
    if piece.startswith("{") and piece.endswith("}"):
        return "(?:" + "|".join(_expression(part) for part in piece[1:-1].split(",")) + ")"
    return re.escape(piece)
