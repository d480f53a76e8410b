"""What the scoring makes of a worked example, in ids and figures: checks, pages and exports ask for the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from selector import Guide, recommend
from selector.scoring.recommend import Place, Recommendation, score
from selector.web import told_about

from .cache import cached_result


@dataclass(frozen=True, slots=True)
class Standing:
    """A strategy, by id, with its score from 0 to 100, rounded to one decimal."""

    strategy: str
    score: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """The strategies that come first, the next one after them, and the ids of those that its page tells about."""

    leaders: tuple[Standing, ...]
    next: Standing | None
    told: tuple[str, ...]


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
    following = _standing(result, feasible[len(leaders)]) if len(feasible) > len(leaders) else None
    told = tuple(strategy.id for strategy in told_about(result))
    return Outcome(tuple(_standing(result, place) for place in leaders), following, told)


def _standing(result: Recommendation, place: Place) -> Standing:
    return Standing(place.strategy.id, round(score(place, result.points), 1))
