"""How often each contender has each rank, and is ahead of each other, over nearby weightings (method section 7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from selector.scoring.recommend import RankedStrategy, Recommendation

from .robustness import DRAWS, Sampling
from .uncertainty import choices_of, problem_of

MOST_RANKED = 30
"""Contenders among which ranks are counted, best first: the work grows with their square."""

STEP_COMPARISONS = 20_000
"""Comparisons of two totals per step, so that a new answer never waits long."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """Rank acceptability indices and pairwise winning indices (Lahdelma & Salminen 2001; Leskinen et al. 2006).

    Attributes:
        places: the contenders that were counted, in the order of the ranking.
        shares: per contender the share of draws with each rank, the first rank first. Rows and columns sum to 1.
        ahead: per contender the share of draws in which it has a higher score than each other one; equal is not ahead.
        draws: how many weightings were drawn; the same as the figures of the confidence, in the same order.
    """

    places: tuple[RankedStrategy, ...]
    shares: tuple[tuple[Fraction, ...], ...]
    ahead: tuple[tuple[Fraction, ...], ...]
    draws: int


def rank_steps(result: Recommendation, draws: int = DRAWS) -> Iterator[Ranks | None]:
    """The ranks, in steps: None until all draws are made. Nothing when fewer than two contenders are to be ranked."""
    places = result.contenders[:MOST_RANKED]
    if result.winner is None or len(places) < 2:
        return
    problem, seed = problem_of(result, places), result.guide.data["guide"].get("seed", 1)
    sampling = Sampling(problem, seed, every_rank=True, choices=choices_of(result))
    step = max(10, min(sampling.chunk, STEP_COMPARISONS // len(places) ** 2))
    while sampling.draws < draws:
        sampling.run(min(step, draws - sampling.draws))
        yield None
    shares, ahead = sampling.acceptability(), sampling.pairwise()
    yield Ranks(places, tuple(map(tuple, shares)), tuple(map(tuple, ahead)), sampling.draws)


def ranks_of(result: Recommendation, draws: int = DRAWS) -> Ranks | None:
    """The same at once; None when fewer than two contenders are to be ranked."""
    found = None
    for step in rank_steps(result, draws):
        found = step
    return found
