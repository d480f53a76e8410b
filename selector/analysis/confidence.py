"""How sure a recommendation is: one of four words, by fixed limits (method section 12)."""

from __future__ import annotations

from fractions import Fraction

CLEAR, LEAD, NARROW, CLOSE = "clear", "lead", "narrow", "close"

BANDS = ((Fraction(9, 10), CLEAR), (Fraction(7, 10), LEAD), (Fraction(1, 2), NARROW))
"""The least share of nearby weightings for each word, highest first; below all of them it is too close to call."""


def confidence(share: Fraction, *, most_frequent: bool, apart: bool) -> str:
    """One of clear, lead, narrow, close.

    Args:
        share: share of nearby weightings in which the leader comes first, 0..1.
        most_frequent: no other alternative comes first more often.
        apart: the leader's score interval does not overlap the runner-up's.
    """
    if not most_frequent or not apart:
        return CLOSE
    return next((name for least, name in BANDS if share >= least), CLOSE)
