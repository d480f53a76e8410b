"""What the result views are given."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from selector.analysis.completions import may_pass
from selector.analysis.steps import Analysis
from selector.case.answers import Case
from selector.case.compared import Compared
from selector.case.core import core_missing
from selector.detect.conclusion import Reading
from selector.scoring.recommend import RankedStrategy, Recommendation
from selector.web.forms import Refused


@dataclass(frozen=True, slots=True)
class Found:
    """What a visitor's files say, and the questions whose answers were read there rather than given."""

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
class Kept:
    """The cases that a visitor saved: names and share links, the address that holds them all, and what to say of them.
    `refused` is the name that was typed when no case could be saved under it, for its field."""

    cases: tuple[tuple[str, str], ...] = ()
    address: str = ""
    message: str = ""
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class ResultContext:
    """A recommendation and the strategy that its winner is compared with (None: there is nothing to compare).

    Attributes:
        analysis: what was worked out about it so far; None where no view waits for it.
        missing: how many core questions have to be answered before a strategy is named; 0 names one.
        found: what was read from files, if anything was.
        compared: two options that the visitor wants to decide between.
        kept: the cases that the visitor saved.
        picked: what the visitor gives own facts for: "option:" or "criterion:" and an id.
        refused: what was typed for own facts and can't be used, by the name of the field.
    """

    result: Recommendation
    rival: RankedStrategy | None
    notices: tuple[str, ...] = ()
    analysis: Analysis | None = None
    missing: int = 0
    found: Found | None = None
    compared: Compared | None = None
    kept: Kept = Kept()
    picked: str = ""
    refused: Mapping[str, Refused] = MappingProxyType({})

    @property
    def passing(self) -> tuple[RankedStrategy, ...]:
        """Contenders that facts which are missing may put level with the winner or ahead of it."""
        return may_pass(self.result) if self.analysis is None else self.analysis.passing

    @classmethod
    def of(cls, result: Recommendation, rival: str | None = None, notices: tuple[str, ...] = ()) -> ResultContext:
        """With a rival of the visitor's choice (a strategy id), else the runner-up, else the first that is ruled out."""
        chosen = result.place(rival) if rival is not None else None
        if chosen is None or chosen is result.winner:
            others = (place for place in result.places if place is not result.winner)
            chosen = result.runner_up or (next(others, None) if result.winner is not None else None)
        return cls(result, chosen, (*result.notices, *notices))

    @property
    def named(self) -> bool:
        """True when a strategy may be named: something was said, and the core answers that decide it are in."""
        return self.result.crowned and not self.missing


def missing_for(result: Recommendation) -> int:
    """How many core answers the wizard still waits for before it names a strategy."""
    return core_missing(result.guide, result.case)
