"""When a decision record has to be looked at again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from selector.scoring.recommend import Recommendation

from .adr_consequences import cell_ratings
from .sentences import stale_on


def _review_day(result: Recommendation) -> str | None:
    """The day on which the oldest fact behind the decision becomes too old."""
    days = result.guide.data["guide"]["stale_after_days"]
    return stale_on((str(rating["verified"]) for rating in _ratings(result)), days)


def _review(result: Recommendation, date: str) -> str:
    days = result.guide.data["guide"]["stale_after_days"]
    day = _review_day(result)
    if day is not None and datetime.date.fromisoformat(day) <= datetime.date.fromisoformat(date):
        when = f"Now: the oldest supporting fact is more than {days} days old"
    elif day is not None:
        when = f"On {day}"
    else:
        when = f"When the facts are {days} days old"
    return f"## Review\n\n{when}, or as soon as one of the answers above is no longer true."


def _ratings(result: Recommendation) -> Iterator[Mapping[str, Any]]:
    """The entries of the cells that decide the winner's values on what counts."""
    if result.winner is None:
        return
    for criterion, points in zip(result.guide.criteria, result.points, strict=True):
        if points:
            yield from (
                rating
                for rating in cell_ratings(result.guide, result.winner.strategy, criterion.id)
                if "verified" in rating
            )
