"""The mark of what depends on own facts, in plain sight: for `own_basis.html`."""

from __future__ import annotations

from selector.case.own_words import OURS
from selector.report.own_basis import own_basis_text, own_count_text
from selector.scoring.recommend import RankedStrategy, Recommendation


def rests_on(result: Recommendation, place: RankedStrategy) -> dict[str, str] | None:
    """The mark of a strategy that depends on own facts, with what they say."""
    text = own_basis_text(result, place)
    return {"mark": OURS, "before": "This depends on", "text": text} if text else None


def counting(result: Recommendation) -> dict[str, str] | None:
    """The mark of a result that names no strategy, but in which own facts count."""
    text = own_count_text(result)
    return {"mark": OURS, "before": "Your own facts count here:", "text": text} if text else None
