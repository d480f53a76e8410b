"""All that is said about a recommendation beyond its ranking, gathered once for page, record and command line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from selector.case.answers import in_force
from selector.scoring.recommend import Recommendation

from . import next_question, robustness, sensitivity, unknowns
from .confidence import confidence
from .next_question import OpenQuestion
from .robustness import DRAWS, Factor, Sampling
from .sensitivity import Crossover, Flip
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
        shares: strategy id to share of nearby weightings in which it comes first, ties split.
        factor: the guaranteed factor of the winner; its `rival` indexes `result.feasible`.
        verdict: clear, lead, narrow or close; None until the first draws are in.
        flips: single answers that change who comes first; final when `flips_done`.
        open: open questions, most useful first. `settle`: how many of them settle the matter, None while unknown.
        central: strategy id to central weights (criterion id to share) of the most frequent leaders.
        confidence: strategy id to confidence factor, only where cells are unknown.
    """

    result: Recommendation
    factor: Factor | None = None
    draws: int = 0
    shares: dict[str, Fraction] = field(default_factory=dict)
    verdict: str | None = None
    flips: list[Flip] = field(default_factory=list)
    flips_done: bool = False
    crossovers: list[Crossover] = field(default_factory=list)
    cells: list[sensitivity.CellChange] = field(default_factory=list)
    open: list[OpenQuestion] = field(default_factory=list)
    settle: int | None = None
    unknowns: list[UnknownImpact] = field(default_factory=list)
    central: dict[str, dict[str, Fraction]] = field(default_factory=dict)
    confidence: dict[str, Fraction] = field(default_factory=dict)
    complete: bool = False

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
            found = self.flips if result.crowned else []
            yield from self._flip(found)
            self.flips_done = result.crowned
            yield from self._settle(found)
            self.complete = True
            return
        problem = problem_of(result, result.feasible)
        self.factor = robustness.guaranteed_factor(problem, 0)
        sampling = Sampling(problem, result.guide.data["guide"].get("seed", 1), choices=choices_of(result))
        self._draw(sampling, FIRST)
        yield "robustness"
        self.crossovers = sensitivity.crossovers(result)
        self.cells = sensitivity.cell_changes(result)
        yield "crossovers"
        yield from self._flip(self.flips)
        self.flips_done = True
        yield "flips"
        while sampling.draws < DRAWS:
            self._draw(sampling)
            yield "robustness"
        for name in sorted(self.shares, key=lambda name: (-self.shares[name], name))[:CONFIDENCE_SHOWN]:
            yield from self._centre(sampling, name)
        yield "confidence"
        yield from self._settle(self.flips)
        yield from self._weigh_unknowns()
        self.complete = True

    def _flip(self, found: list[Flip]) -> Iterator[str]:
        guide, case = self.result.guide, self.result.case
        now = frozenset(place.strategy.id for place in self.result.leaders)
        for question in in_force(guide, case):
            found.extend(flip for flip in sensitivity.flips_of(guide, case, question, now) if not self._empties(flip))
            yield "flip"

    def _empties(self, flip: Flip) -> bool:
        """Taking back the only answer leaves nothing to rank by, which is no finding."""
        said, weights = self.result.situation.said, self.result.case.weights
        return flip.answer is None and said == (flip.question,) and not weights

    def _draw(self, sampling: Sampling, most: int = DRAWS) -> None:
        sampling.run(min(sampling.chunk, most, DRAWS - sampling.draws))
        self.draws, self.shares = sampling.draws, sampling.shares()
        result = self.result
        winner, rival = result.winner, result.runner_up
        assert winner is not None
        share = self.shares[winner.strategy.id]
        tied = len(result.leaders) > 1
        self.verdict = confidence(
            share,
            most_frequent=not tied and share == max(self.shares.values()),
            apart=rival is None or winner.total.low >= rival.total.high,
        )

    def _centre(self, sampling: Sampling, name: str) -> Iterator[str]:
        weights = sampling.central_weights(name)
        if weights is not None:
            columns = (criterion.id for criterion in self.result.guide.criteria)
            self.central[name] = dict(zip(columns, weights, strict=True))
        for sure in sampling.confidence_steps(name):
            if sampling.problem.drivers:
                self.confidence[name] = sure
            yield "centre"

    def _settle(self, flips: list[Flip]) -> Iterator[str]:
        guide, case = self.result.guide, self.result.case
        self.open = next_question.open_questions(guide, case, flips)
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
        rival = None if factor is None or factor.rival is None else self.result.feasible[factor.rival].strategy.id
        return {
            "draws": self.draws,
            "complete": self.complete,
            "verdict": self.verdict,
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
            "crossovers": [
                {"criterion": item.criterion, "rival": item.rival, "now": str(item.now), "points": str(item.points)}
                for item in self.crossovers
            ],
            "dominated": {
                place.strategy.id: better
                for place in (self.result.feasible if self.result.crowned else ())
                if (better := self.result.dominated_by(place))
            },
            "open": [{"question": item.question, "share": str(item.share)} for item in self.open],
            "settle": self.settle,
            "learning": [
                {
                    "option": item.option,
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
