"""The figures of the golden file: whole numbers and fractions as text, nothing rounded. Runs in any Python."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from selector import Guide, recommend
from selector.analysis.robustness import Sampling, guaranteed_factor
from selector.analysis.steps import Analysis
from selector.analysis.uncertainty import choices_of, problem_of
from selector.plan.drift import decision
from selector.scoring.problem import Problem

DRAWS = 400
SEED = 7


def figures(text: str) -> str:
    """All figures of the inputs, JSON text to JSON text.

    Args:
        text: {"problems": {name: {"points", "low", "high"}}, "guides": {name: {"guide": data, "cases": [answers]}}}.
    """
    inputs = json.loads(text)
    found = {
        "problems": {name: _problem(entry) for name, entry in inputs["problems"].items()},
        "guides": {
            name: [_case(Guide.from_data(entry["guide"]), answers) for answers in entry["cases"]]
            for name, entry in inputs["guides"].items()
        },
    }
    return json.dumps(found, indent=1)


def _problem(entry: Mapping[str, Any]) -> dict[str, Any]:
    problem = Problem.of(entry["low"], entry["points"], high=entry["high"])
    return _sampled(Sampling(problem, SEED, every_rank=True)) | _ranked(problem)


def _case(guide: Guide, answers: Mapping[str, Any]) -> dict[str, Any]:
    result = recommend(guide, answers)
    found: dict[str, Any] = {"revision": guide.revision, "decision": decision(result, "2026-01-01")}
    found["strategies"] = [strategy.id for strategy in guide.strategies]
    found["analysis"] = _exact(Analysis(result).run().to_data())
    if result.feasible:
        problem = problem_of(result, result.feasible)
        found |= _ranked(problem)
        found |= _sampled(Sampling(problem, SEED, every_rank=True, choices=choices_of(result)))
    return found


def _exact(data: Any) -> Any:
    """Without what is rounded for display."""
    return {key: value for key, value in data.items() if key not in ("factor", "central")}


def _ranked(problem: Problem) -> dict[str, Any]:
    winner = problem.order()[0]
    return {
        "points": list(problem.points),
        "totals": {name: [total.low, total.high] for name, total in zip(problem.ids, problem.totals(), strict=True)},
        "ranks": problem.ranks(),
        "factor squared": str(guaranteed_factor(problem, winner).squared),
    }


def _sampled(sampling: Sampling) -> dict[str, Any]:
    sampling.run(DRAWS)
    names = sampling.problem.ids
    centres = {name: sampling.central_weights(name) for name in names}
    return {
        "first": [str(count) for count in sampling.first],
        "rank counts": [" ".join(map(str, row)) for row in sampling.rank_counts],
        "wins": [" ".join(map(str, row)) for row in sampling.wins],
        "central weights": {name: " ".join(map(str, centre)) for name, centre in centres.items() if centre},
        "confidence": {name: str(sampling.confidence(name)) for name in names},
    }
