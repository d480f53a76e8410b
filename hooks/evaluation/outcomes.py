"""What the scoring makes of a worked example, in ids and figures: checks, pages and exports ask for the same."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from selector import Guide, recommend
from selector.guide.strategies import Strategy
from selector.scoring.recommend import RankedStrategy, Recommendation, score
from selector.web import described_strategies

from .cache import cached_result


@dataclass(frozen=True, slots=True)
class ScoredStrategy:
    """A strategy, by id, with its score from 0 to 100, rounded to one decimal."""

    strategy: str
    score: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """The strategies that rank first, the next one after them, and the ids of those that its page tells about."""

    leaders: tuple[ScoredStrategy, ...]
    next: ScoredStrategy | None
    described: tuple[str, ...]


def outcome(guide: Guide, answers: Mapping[str, Any]) -> Outcome:
    """What comes of these answers.

    Raises:
        AnswerError: an answer fits no question.
    """
    known: dict[str, Outcome] = cached_result(guide, "outcomes", dict)
    key = json.dumps(answers, sort_keys=True)
    if key not in known:
        known[key] = _outcome(recommend(guide, answers))
    return known[key]


def _outcome(result: Recommendation) -> Outcome:
    leaders, feasible = result.leaders, result.feasible
    following = _scored(result, feasible[len(leaders)]) if len(feasible) > len(leaders) else None
    described = tuple(strategy.id for strategy in described_strategies(result))
    return Outcome(tuple(_scored(result, place) for place in leaders), following, described)


def _scored(result: Recommendation, place: RankedStrategy) -> ScoredStrategy:
    return ScoredStrategy(place.strategy.id, round(score(place, result.points), 1))


def accepts(guide: Guide, accepted: Collection[str], strategy: Strategy) -> bool:
    """Whether a strategy is accepted. One with a family is, when it is with each member of the family in its place."""
    if strategy.id in accepted:
        return True
    family = next((guide.option(name) for name in strategy.members if guide.option(name).stands_for), None)
    if family is None:
        return False
    others = [name for name in strategy.members if name != family.id]
    return all("+".join(sorted((*others, member))) in accepted for member in family.stands_for)
