"""All that is said about a recommendation beyond its ranking, gathered once for page, record and command line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from selector.case.answers import in_force
from selector.scoring.recommend import RankedStrategy, Recommendation

from . import next_question, robustness, sensitivity, unknowns
from .completions import may_pass
from .confidence import Verdict, judge
from .next_question import OpenQuestion
from .robustness import DRAWS, Factor, Sampling
from .sensitivity import Crossover, FirstPlace, Flip, Lift
from .trade_off import TradeOff, trade_off_of
from .uncertainty import choices_of, problem_of
from .unknowns import UnknownImpact

FIRST = 250
"""Draws behind the first figure, which comes with the ranking: +-6 points at 95 % in the worst case."""

CONFIDENCE_SHOWN = 3
"""Leaders whose confidence factor and central weights are worked out."""


@dataclass
class Analysis:
    """What is known so far; `steps` fills it in. `draws` grows to DRAWS, `complete` is True at the end.

    Attributes:
        shares: strategy id to share of nearby weightings in which it ranks first, ties split.
        factor: the guaranteed factor of the winner; its `rival` indexes `result.contenders`.
        passing: contenders that facts which are missing may put level with the winner or ahead of it.
        judged: how sure the first place is, with what follows from it; None until all single answers were tried. What
            was drawn since then sharpens it; it is final when `settled`.
        flips: single answers that change who ranks first; final when `flips_done`.
        lifts: assumptions, bindings and preferences that alone decide who ranks first.
        open: open questions, most useful first. `settle`: how many of them settle the matter, None while unknown.
        central: strategy id to central weights (criterion id to share) of the most frequent leaders.
        confidence: strategy id to confidence factor, only where cells are unknown.
    """

    result: Recommendation
    factor: Factor | None = None
    draws: int = 0
    shares: dict[str, Fraction] = field(default_factory=dict)
    passing: tuple[RankedStrategy, ...] = ()
    judged: Verdict | None = None
    flips: list[Flip] = field(default_factory=list)
    flips_done: bool = False
    lifts: list[Lift] = field(default_factory=list)
    crossovers: list[Crossover] = field(default_factory=list)
    open: list[OpenQuestion] = field(default_factory=list)
    settle: int | None = None
    unknowns: list[UnknownImpact] = field(default_factory=list)
    central: dict[str, dict[str, Fraction]] = field(default_factory=dict)
    confidence: dict[str, Fraction] = field(default_factory=dict)
    complete: bool = False
    _tried: dict[str, list[FirstPlace]] = field(default_factory=dict, repr=False)

    @property
    def verdict(self) -> str | None:
        """The word of the verdict: clear, lead, narrow, open, close or tie."""
        return None if self.judged is None else self.judged.word

    @property
    def settled(self) -> bool:
        """True when the verdict is known and no draw will change it."""
        return self.judged is not None and self.draws >= DRAWS

    @property
    def trade_off(self) -> TradeOff | None:
        """The question to ask where it is too close to call; None until that is settled."""
        return trade_off_of(self.result, self.judged) if self.settled else None

    def until_settled(self) -> Analysis:
        """Do what the verdict needs, and leave the rest."""
        for _ in self.steps():
            if self.settled:
                break
        return self

    def run(self) -> Analysis:
        """Do all of it at once."""
        for _ in self.steps():
            pass
        return self

    def steps(self) -> Iterator[str]:
        """Work in small steps, the most useful figures first; yields a word for what was just done.

        The caller may drop the iterator at any step. What a step leaves is correct as far as it goes, and the end
        result does not depend on who waited for it.
        """
        result = self.result
        if result.winner is None:
            # Before the first answer every answer changes something: good for the next question, not worth a list.
            yield from self._flip(self.flips if result.crowned else [])
            self.flips_done = result.crowned
            yield from self._settle()
            self.complete = True
            return
        problem = problem_of(result, result.contenders)
        self.factor = robustness.guaranteed_factor(problem, 0)
        self.passing = may_pass(result)
        sampling = Sampling(problem, result.guide.data["guide"].get("seed", 1), choices=choices_of(result))
        self._draw(sampling, FIRST)
        yield "robustness"
        self.crossovers = sensitivity.crossovers(result)
        yield "crossovers"
        yield from self._flip(self.flips)
        self.lifts = list(sensitivity.lifts(result))
        self.flips_done = True
        self._judge()
        yield "flips"
        while sampling.draws < DRAWS:
            self._draw(sampling)
            yield "robustness"
        for name in sorted(self.shares, key=lambda name: (-self.shares[name], name))[:CONFIDENCE_SHOWN]:
            yield from self._centre(sampling, name)
        yield "confidence"
        yield from self._settle()
        yield from self._weigh_unknowns()
        self.complete = True

    def _flip(self, found: list[Flip]) -> Iterator[str]:
        guide, case = self.result.guide, self.result.case
        now = frozenset(place.strategy.id for place in self.result.leaders)
        for question in in_force(guide, case):
            tried = list(sensitivity.tries(guide, case, question))
            self._tried[question] = [first for _, first in tried]
            found.extend(flip for flip in sensitivity.changing(question, tried, now) if not self._empties(flip))
            yield "flip"

    def _empties(self, flip: Flip) -> bool:
        """Taking back the only answer leaves nothing to rank by, which is no finding."""
        said, weights = self.result.situation.said, self.result.case.weights
        return flip.answer is None and said == (flip.question,) and not weights

    def _draw(self, sampling: Sampling, most: int = DRAWS) -> None:
        sampling.run(min(sampling.chunk, most, DRAWS - sampling.draws))
        self.draws, self.shares = sampling.draws, sampling.shares()
        if self.flips_done:
            self._judge()

    def _judge(self) -> None:
        self.judged = judge(self.result, self.shares, self.flips, self.passing)

    def _centre(self, sampling: Sampling, name: str) -> Iterator[str]:
        weights = sampling.central_weights(name)
        if weights is not None:
            columns = (criterion.id for criterion in self.result.guide.criteria)
            self.central[name] = dict(zip(columns, weights, strict=True))
        for sure in sampling.confidence_steps(name):
            if sampling.problem.drivers:
                self.confidence[name] = sure
            yield "centre"

    def _settle(self) -> Iterator[str]:
        guide, case = self.result.guide, self.result.case
        self.open = next_question.open_questions(guide, case, self._tried)
        yield "questions"
        if self.open and self.result.winner is not None:
            needed: list[int] = []
            for count in next_question.settled_after(guide, case, [item.question for item in self.open]):
                needed.append(count)
                yield "completion"
            self.settle = next_question.enough_of(needed)
        yield "settle"

    def _weigh_unknowns(self) -> Iterator[str]:
        found: list[UnknownImpact] = []
        for item in unknowns.unknown_impacts(self.result):
            if item.changes:
                found.append(item)
            yield "learning"
        self.unknowns = unknowns.by_impact(found)

    def to_data(self) -> dict[str, Any]:
        """As plain JSON data; fractions as text, so that they stay exact."""
        factor = self.factor
        rival = None if factor is None or factor.rival is None else self.result.contenders[factor.rival].strategy.id
        return {
            "draws": self.draws,
            "complete": self.complete,
            "verdict": self.verdict,
            "verdict_reasons": None if self.judged is None else _verdict_data(self.judged),
            "factor": None if factor is None or factor.value is None else round(factor.value, 3),
            "factor_rival": rival,
            "shares": {name: str(share) for name, share in self.shares.items() if share},
            "flips": [
                {
                    "question": flip.question,
                    "answer": list(flip.answer) if isinstance(flip.answer, tuple) else flip.answer,
                    "leaders": sorted(flip.leaders),
                }
                for flip in self.flips
            ],
            "lifts": [{"gate": lift.gate, "leaders": sorted(lift.leaders)} for lift in self.lifts],
            "crossovers": [
                {"criterion": item.criterion, "rival": item.rival, "now": str(item.now), "points": str(item.points)}
                for item in self.crossovers
            ],
            "dominated": {
                place.strategy.id: better
                for place in (self.result.feasible if self.result.crowned else ())
                if (better := self.result.dominated_by(place))
            },
            "open": [
                {"question": item.question, "share": str(item.share), "gain": str(item.gain)} for item in self.open
            ],
            "settle": self.settle,
            "trade_off": None if self.trade_off is None else _trade_off_data(self.trade_off),
            "learning": [
                {
                    "option": item.option or None,
                    "strategy": item.strategy or None,
                    "criterion": item.criterion,
                    "changes": {level: sorted(leaders) for level, leaders in item.changes.items()},
                }
                for item in self.unknowns
            ],
            "central": {
                name: {criterion: round(float(share), 4) for criterion, share in weights.items()}
                for name, weights in self.central.items()
            },
            "confidence": {name: str(share) for name, share in self.confidence.items()},
        }


def _trade_off_data(asked: TradeOff) -> dict[str, Any]:
    """The question: its name, and its two answers, each with the situation that it is for."""
    places = (asked.leader, asked.rival)
    return {
        "id": asked.trade.id,
        "answers": [
            {
                "answer": trade.text,
                "situation": {
                    trade.rather: trade.levels_of(trade.rather)[1],
                    trade.given_up: trade.levels_of(trade.given_up)[0],
                },
                "strategy": place.strategy.id,
            }
            for trade, place in zip(asked.answers, places, strict=True)
        ],
    }


def _verdict_data(found: Verdict) -> dict[str, Any]:
    """What the verdict follows from."""
    return {
        "contenders": [place.strategy.id for place in found.contenders],
        "share": str(found.share),
        "lead": None if found.lead is None else round(float(found.lead), 2),
        "core_said": found.said,
        "core_needed": found.needed,
        "swing": str(found.swing),
        "swinging": list(found.swinging),
        "set_aside": [
            {
                "preference": item.preference,
                "strategy": item.place.strategy.id,
                "ahead": round(float(item.ahead), 2),
            }
            for item in found.set_aside
        ],
    }
