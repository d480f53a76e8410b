"""A recommendation as plain JSON data: the contract with the page, the command line and whoever reads the API."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from selector.guide.guide import Guide
from selector.scoring.differences import Difference, sufficient
from selector.scoring.recommend import RankedStrategy, Recommendation, score
from selector.scoring.totals import percent

FORMAT = 1


def recommendation_data(result: Recommendation) -> dict[str, Any]:
    """All of a recommendation; see README for the fields."""
    guide = result.guide
    winner, rival = result.winner, result.runner_up
    gaps = result.differences(winner, rival) if winner and rival else []
    return {
        "format": FORMAT,
        "guide": guide.data["guide"]["id"],
        "revision": guide.revision,
        "answers": {name: _plain(value) for name, value in result.case.answers.items()},
        "weights": dict(result.case.weights),
        "relax": sorted(result.case.relax),
        "notices": list(result.notices),
        "crowned": result.crowned,
        "points": _points(result),
        "requirements": [asdict(item) for item in result.situation.requirements],
        "exclusions": [asdict(item) for item in result.situation.exclusions],
        "ranking": [_place(result, place) for place in result.places],
        "leaders": [place.strategy.id for place in result.leaders],
        "runner_up": rival.strategy.id if rival else None,
        "reasons": [_difference(result, gap) for gap in gaps],
        "sufficient": sufficient(gaps),
        "warnings": [
            {"strategy": place.strategy.id, "criterion": criterion}
            for place in result.leaders
            for criterion in result.warnings(place)
        ],
        "near": _near(result),
        "bounded": _bounded(guide),
    }


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _points(result: Recommendation) -> dict[str, Any]:
    reasons: dict[str, list[dict[str, Any]]] = {}
    for reason in result.situation.reasons:
        reasons.setdefault(reason.criterion, []).append(
            {
                "question": reason.question,
                "answer": reason.answer,
                "add": str(reason.add),
                "because": reason.because,
            }
        )
    return {
        criterion.id: {
            "points": str(points),
            "base": criterion.base,
            "reasons": reasons.get(criterion.id, []),
        }
        for criterion, points in zip(result.guide.criteria, result.situation.points, strict=True)
    }


def _place(result: Recommendation, place: RankedStrategy) -> dict[str, Any]:
    strategy = place.strategy
    return {
        "id": strategy.id,
        "name": strategy.name,
        "named": strategy.named,
        "members": list(strategy.members),
        "pattern": strategy.pattern,
        "filled": dict(strategy.filled),
        "support": sorted(strategy.support),
        "rank": place.rank,
        "ranks": None if place.rank is None else list(result.rank_bounds[place.row]),
        "score": round(score(place, result.points), 2),
        "low": round(percent(place.total.low, result.points), 2),
        "high": round(percent(place.total.high, result.points), 2),
        "total": [place.total.low, place.total.high],
        "status": place.verdict.status,
        "failed": sorted(place.verdict.failed),
        "unverified": sorted(place.verdict.unverified),
    }


def _difference(result: Recommendation, gap: Difference) -> dict[str, Any]:
    return {
        "criterion": gap.criterion,
        "difference": gap.twice,
        "score": round(percent(gap.twice, result.points) / 2, 2),
    }


def _near(result: Recommendation) -> dict[str, Any] | None:
    near = result.near
    if near is None:
        return None
    return {
        "alone": [{"relax": name, "strategies": list(found)} for name, found in near.alone.items()],
        "minimal": [{"relax": sorted(names), "strategies": list(found)} for names, found in near.minimal],
    }


def _bounded(guide: Guide) -> dict[str, Any]:
    enumeration = guide.enumeration
    return {"left_out": enumeration.left_out, "complete": enumeration.complete}
