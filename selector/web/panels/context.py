"""What the result views are given."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from selector.analysis.steps import Analysis
from selector.case.answers import Case
from selector.detect.conclusion import Reading
from selector.scoring.recommend import Place, Recommendation


@dataclass(frozen=True, slots=True)
class Found:
    """What a visitor's files say, and the questions whose answers were read there and not said."""

    reading: Reading
    unsaid: Collection[str]

    def without(self, question: str) -> Found:
        """After the visitor said one of them."""
        return replace(self, unsaid=frozenset(self.unsaid) - {question})

    def beside(self, case: Case) -> Found:
        """After the visitor's answers: what is answered otherwise now was said."""
        values = self.reading.values
        return replace(self, unsaid=frozenset(name for name in self.unsaid if case.answers.get(name) == values[name]))


@dataclass(frozen=True, slots=True)
class Shown:
    """A recommendation and the strategy that its winner is compared with (None: there is nothing to compare).

    `analysis` is what was worked out about it so far; None where nobody waits for it. `found` is what was read from
    files, if any were.
    """

    result: Recommendation
    rival: Place | None
    notices: tuple[str, ...] = ()
    analysis: Analysis | None = None
    found: Found | None = None

    @classmethod
    def of(cls, result: Recommendation, rival: str | None = None, notices: tuple[str, ...] = ()) -> Shown:
        """With a rival of the visitor's choice (a strategy id), else the runner-up."""
        chosen = result.place(rival) if rival is not None else None
        if chosen is None or chosen is result.winner:
            chosen = result.runner_up
        return cls(result, chosen, (*result.notices, *notices))
