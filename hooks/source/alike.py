"""Which names are most like a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LIKE = 0.6
"""How similar a name must be to be called the nearest (0..1, as difflib counts)."""

MOST_LISTED = 3
"""Names that are listed where none is near enough to be the one that was meant."""

FAINT = 0.3
"""How similar a name must be to be listed before the others."""

MOST_NAMES = 12
"""Names listed in full after "expected one of"."""

LONGEST = 80
"""Characters of a name that are compared."""


def nearest(name: str, names: Iterable[str]) -> str:
    """The name that is most like this one, or "" when none is like enough."""
    short = name[:LONGEST]
    found = get_close_matches(short, names, n=1, cutoff=LIKE) or get_close_matches(
        short.casefold(), names, n=1, cutoff=LIKE
    )
    return found[0] if found else ""


def by_likeness(name: str, names: Iterable[str]) -> list[str]:
    """All names, each once: those that are somewhat like this one first, the most alike before, then the others in
    their order."""
    known = list(dict.fromkeys(names))
    close = get_close_matches(name[:LONGEST].casefold(), known, n=MOST_NAMES, cutoff=FAINT)
    return list(dict.fromkeys([*close, *known]))


def nearest_few(name: str, names: Iterable[str]) -> str:
    """The nearest name, or the few that are most like this one, as "a, b, c"; "" without any names."""
    names = list(names)
    return nearest(name, names) or ", ".join(by_likeness(name, names)[:MOST_LISTED])
