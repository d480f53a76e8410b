"""How far the lead of what ranks first moves with each answer: one answer changed at a time (a tornado diagram)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from selector.case.answers import Case, Value, in_force
from selector.guide.guide import Guide
from selector.guide.model import FULL
from selector.scoring.recommend import Recommendation

from .sensitivity import alternatives, contender_totals, with_answer


@dataclass(frozen=True, slots=True)
class Lead:
    """How far one strategy is ahead of the best other contender.

    Attributes:
        points: of 100, negative when it is behind; None when there is nothing to compare.
        out: True when the strategy itself is no contender: ruled out, or listed later by a preference.
    """

    points: Fraction | None
    out: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """Another answer to one question (None: skipped), and the lead with it."""

    answer: Value | None
    lead: Lead


@dataclass(frozen=True, slots=True)
class Swing:
    """What the other answers to one question do to the lead.

    Attributes:
        trials: every other single answer, and skipping the question.
    """

    question: str
    trials: tuple[Trial, ...]

    @property
    def lowest(self) -> Trial | None:
        """The answer with the smallest lead; None when no answer leaves anything to compare."""
        known = [trial for trial in self.trials if trial.lead.points is not None]
        return min(known, key=lambda trial: trial.lead.points or 0, default=None)

    @property
    def highest(self) -> Trial | None:
        """The answer with the largest lead."""
        known = [trial for trial in self.trials if trial.lead.points is not None]
        return max(known, key=lambda trial: trial.lead.points or 0, default=None)

    @property
    def out(self) -> tuple[Value | None, ...]:
        """Answers with which the strategy is ruled out or listed later."""
        return tuple(trial.answer for trial in self.trials if trial.lead.out)

    def movement(self, now: Fraction) -> Fraction:
        """How many points of 100 the lead moves at most from what it is now."""
        moved = [abs(trial.lead.points - now) for trial in self.trials if trial.lead.points is not None]
        return max(moved, default=Fraction(0))


def lead_of(guide: Guide, case: Case, strategy: str) -> Lead:
    """How far a strategy is ahead of the best other contender in a case. The whole pipeline, without explanations."""
    points, totals = contender_totals(guide, case)
    mine = {guide.strategies[row].id: row for row in totals}.get(strategy)
    if mine is None:
        return Lead(None, out=True)
    best = max((total for row, total in totals.items() if row != mine), default=None)
    return Lead(None if best is None else Fraction(100 * (totals[mine] - best), 2 * FULL * sum(points)))


def swing_steps(result: Recommendation) -> Iterator[Swing | None]:
    """Every answered question in force, as it comes; None between two answers, so that a caller can do something else."""
    if result.winner is None:
        return
    guide, case, name = result.guide, result.case, result.winner.strategy.id
    for question in in_force(guide, case):
        if question not in case.answers:
            continue
        trials = []
        for answer in alternatives(guide.question(question), case.answers[question]):
            trials.append(Trial(answer, lead_of(guide, with_answer(case, question, answer), name)))
            yield None
        yield Swing(question, tuple(trials))


def swings(result: Recommendation) -> list[Swing]:
    """The same at once, those that move the lead most first."""
    return ordered(result, [swing for swing in swing_steps(result) if swing is not None])


def ordered(result: Recommendation, found: list[Swing]) -> list[Swing]:
    """Those that move the lead most first; of equals, those with which the strategy can be ruled out."""
    now = lead_of(result.guide, result.case, result.winner.strategy.id) if result.winner else Lead(None)
    base = now.points or Fraction(0)
    return sorted(found, key=lambda swing: (-swing.movement(base), not swing.out, swing.question))
