"""A recommendation as plain JSON data: the contract with the page, the command line and the readers of the API."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from selector.case.data import case_data, plain
from selector.case.own import as_said
from selector.case.requirements import preference_id
from selector.guide.guide import Guide
from selector.scoring.differences import Difference, sufficient
from selector.scoring.recommend import RankedStrategy, Recommendation, score
from selector.scoring.totals import percent

from . import gate_sentences

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
        **case_data(result.case),
        "notices": list(result.notices),
        "crowned": result.crowned,
        "points": _points(result),
        "requirements": [asdict(item) for item in result.situation.requirements],
        "exclusions": [asdict(item) for item in result.situation.exclusions],
        "gates": _gates(result),
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


def comparison_data(result: Recommendation, mine: RankedStrategy, theirs: RankedStrategy) -> dict[str, Any]:
    """Two strategies for one case: each one's place, and the criteria on which they differ.

    `differences` are in points of 100, positive where the first is better, largest first; `equal` names the other criteria.
    """
    gaps = result.differences(mine, theirs)
    told = {gap.criterion for gap in gaps}
    return {
        "format": FORMAT,
        "kind": "comparison",
        "guide": result.guide.data["guide"]["id"],
        "revision": result.guide.revision,
        "answers": {name: plain(value) for name, value in result.case.answers.items()},
        "own": as_said(result.case.own),
        "strategies": [_place(result, place) for place in (mine, theirs)],
        "differences": [_difference(result, gap) for gap in gaps],
        "equal": [criterion.id for criterion in result.guide.criteria if criterion.id not in told],
    }


def record_data(result: Recommendation, day: str, text: str) -> dict[str, Any]:
    """A decision record: its day and its Markdown, beside what it was made from."""
    return {
        "format": FORMAT,
        "kind": "record",
        "guide": result.guide.data["guide"]["id"],
        "revision": result.guide.revision,
        "date": day,
        "answers": {name: plain(value) for name, value in result.case.answers.items()},
        "own": as_said(result.case.own),
        "text": text,
    }


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
        "tier": place.tier,
        "behind": list(place.verdict.behind),
        "failed": sorted(place.verdict.failed),
        "unverified": sorted(place.verdict.unverified),
        "editions": dict(place.editions),
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


def _gates(result: Recommendation) -> dict[str, Any]:
    """Assumptions, bindings and preferences with their reasons, what yielded and to what, and contradictions.

    Each has the `id` by which `relax` sets it aside. `text` says it in words.
    """
    in_force, case = set(result.gates_in_force), result.case
    to = {item.id: list(item.to) for item in result.yielded}
    return {
        "assumptions": [
            {
                "id": item.id,
                "question": item.question,
                "answer": item.answer,
                "because": item.because,
                "in_force": item.id in in_force,
                "set_aside": item.id in case.relax,
                "requirements": [asked.id for asked in item.requirements],
                "exclusions": [asked.id for asked in item.exclusions],
            }
            for item in result.situation.assumptions
        ],
        "bindings": [
            {
                "id": item.id,
                "options": sorted(item.options),
                "question": item.question,
                "answers": list(item.answers),
                "because": item.because,
                "in_force": item.id in in_force,
                "set_aside": item.relaxed,
            }
            for item in result.situation.bindings
        ],
        "preferences": [
            {
                "id": preference_id(item.preference),
                "name": result.guide.entry("preferences", item.preference).get("name", item.preference),
                "because": result.guide.entry("preferences", item.preference)["because"],
                "best": item.place.strategy.id,
                "ahead": round(float(item.ahead), 2),
                "text": text,
            }
            for item, text in gate_sentences.preferences(result)
        ],
        "yielded": [{"id": item.id, "to": to[item.id], "text": text} for item, text in gate_sentences.yielded(result)],
        "contradictions": [
            {**asdict(item), "text": text}
            for item, text in zip(result.situation.contradictions, gate_sentences.contradictions(result), strict=True)
        ],
    }


def _bounded(guide: Guide) -> dict[str, Any]:
    enumeration = guide.enumeration
    return {"left_out": enumeration.left_out, "complete": enumeration.complete}
