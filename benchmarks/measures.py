"""What benchmarks/selector.py measures, the same in CPython and in the page: one function, JSON text in and out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random
from time import perf_counter
from typing import Any

from generate import make_guide, random_answers

from selector import Case, Guide, Recommendation
from selector.analysis import Analysis
from selector.answers import check_case
from selector.change import flips
from selector.recommend import recommend_case
from selector.robustness import DRAWS, Sampling
from selector.uncertainty import choices_of, problem_of

Times = dict[str, list[float]]


def measure(text: str) -> str:
    """Time everything for one guide.

    `text` holds {"guide": data, "visits": [answers, …], "rounds": n}, or {"generate": {"seed", "options", …}, …} in
    place of guide and visits. Gives {"about": {…}, "times": {step: [milliseconds, …]}}.
    """
    asked = json.loads(text)
    data, visits = (asked["guide"], asked["visits"]) if "guide" in asked else _generated(asked["generate"])
    times: Times = {}
    guide = _timed(times, "open", lambda: _opened(data))
    sampled = []
    for _ in range(asked["rounds"]):
        for answers in visits:
            result = _visit(guide, answers, times)
            _timed(times, "flips", lambda case=result.case: list(flips(guide, case)))
            if result.feasible:
                sampled.append(_sample(result, times))
    for answers in visits:
        _longest(recommend_case(guide, check_case(guide, answers)), times)
    about = {
        "options": len(guide.options),
        "strategies": len(guide.strategies),
        "left_out": guide.enumeration.left_out,
        "visits": len(visits),
        "rows": max((len(sampling.rows) for sampling in sampled), default=0),
    }
    return json.dumps({"about": about, "times": times})


def _generated(settings: dict[str, int]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    data = make_guide(**settings)
    return data, [random_answers(Random(seed), data) for seed in range(3)]


def _opened(data: dict[str, Any]) -> Guide:
    """A guide as the page has it once it is open: strategies found, values worked out."""
    guide = Guide.from_data(data)
    recommend_case(guide, Case())
    return guide


def _timed[T](times: Times, name: str, work: Callable[[], T]) -> T:
    start = perf_counter()
    done = work()
    times.setdefault(name, []).append((perf_counter() - start) * 1000)
    return done


def _visit(guide: Guide, answers: dict[str, Any], times: Times) -> Recommendation:
    """A visitor who answers one question after the other and sees ranking and reasons after each."""
    given: dict[str, Any] = {}
    for question in guide.questions:
        if question.id in answers:
            given[question.id] = answers[question.id]
            result = _timed(times, "answer", lambda: _ranked(guide, given))
    return result


def _ranked(guide: Guide, given: dict[str, Any]) -> Recommendation:
    result = recommend_case(guide, check_case(guide, given))
    result.to_data()
    return result


def _sample(result: Recommendation, times: Times) -> Sampling:
    def begin() -> Sampling:
        sampling = Sampling(problem_of(result, result.feasible), 1, choices=choices_of(result))
        sampling.run(sampling.chunk)
        return sampling

    sampling = _timed(times, "first", begin)
    _timed(times, "rest", lambda: sampling.run(DRAWS - sampling.draws))
    times.setdefault("draws", []).append(times["first"][-1] + times["rest"][-1])
    return sampling


def _longest(result: Recommendation, times: Times) -> None:
    """How long an answer that arrives meanwhile may have to wait: the longest step of what goes on after a ranking."""
    times.setdefault("wait", []).append(max(_steps(Analysis(result))))


def _steps(analysis: Analysis) -> Iterator[float]:
    start = perf_counter()
    for _ in analysis.steps():
        yield (perf_counter() - start) * 1000
        start = perf_counter()
    yield (perf_counter() - start) * 1000
