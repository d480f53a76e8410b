"""The guide as it is with own facts of a visitor's."""

from __future__ import annotations

from dataclasses import replace

from .guide import Guide
from .own import OwnFact, patched

KEPT = 4
"""Guides with own facts that are kept for the next answer."""


def with_own(guide: Guide, own: tuple[OwnFact, ...]) -> Guide:
    """The guide with these own facts and no others; the guide itself when it has just these.

    Strategies are those of the guide, as no own fact says what can be combined. The revision stays the guide's.
    """
    if guide.own == own:
        return guide
    base = guide.base or guide
    if not own:
        return base
    kept: dict[tuple[OwnFact, ...], Guide] = base.__dict__.setdefault("_with_own", {})
    found = kept.pop(own, None)
    if found is None:
        found = replace(type(base).from_data(patched(base.data, own), base.revision), own=own, base=base)
        found.__dict__["enumeration"] = base.enumeration
    kept[own] = found
    while len(kept) > KEPT:
        del kept[next(iter(kept))]
    return found
