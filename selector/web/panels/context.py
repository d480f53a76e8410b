"""What the result views are given."""

from __future__ import annotations

from dataclasses import dataclass

from selector.analysis.steps import Analysis
from selector.scoring.recommend import RankedStrategy, Recommendation


@dataclass(frozen=True, slots=True)
class ResultContext:
    """A recommendation and the strategy that its winner is compared with (None: there is nothing to compare).

    `analysis` is what was worked out about it so far; None where nobody waits for it.
    """

    result: Recommendation
    rival: RankedStrategy | None
    notices: tuple[str, ...] = ()
    analysis: Analysis | None = None

    @classmethod
    def of(cls, result: Recommendation, rival: str | None = None, notices: tuple[str, ...] = ()) -> ResultContext:
        """With a rival of the visitor's choice (a strategy id), else the runner-up."""
        chosen = result.place(rival) if rival is not None else None
        if chosen is None or chosen is result.winner:
            chosen = result.runner_up
        return cls(result, chosen, (*result.notices, *notices))
