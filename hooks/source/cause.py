"""What the causes of a syntax error have in common."""

from __future__ import annotations

from typing import NamedTuple

from .positions import Mark
from .problems import Related

MOST_LINES = 2_000
"""Lines above a problem that are looked at for its neighbours."""


class Cause(NamedTuple):
    """What an editor did, what to write instead, where, and other lines that belong to it."""

    message: str
    expected: str
    mark: Mark
    related: tuple[Related, ...] = ()
