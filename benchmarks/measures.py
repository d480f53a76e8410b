"""What benchmarks/selector.py measures, the same in CPython and in the page: `start` once, then `step` after step.

Each takes and gives JSON text. `step` does one thing and says how long it took, so that the caller can also look at
how much processor time it was given.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from time import perf_counter
from typing import Any

from selector.analysis.robustness import DRAWS, Sampling
from selector.analysis.sensitivity import flips
from selector.analysis.uncertainty import choices_of, problem_of
from selector.scoring.recommend import Recommendation, recommend_case
from selector.web.forms import read_fields
from selector.web.session import Session

_open: dict[str, Session] = {}


def start(text: str) -> str:
    """Open a guide as the page does, from the text of assets/wizard.json; gives {"ms", "options", "strategies", ...}."""
    clock = perf_counter()
    session = Session(text)
    ask(session, "answer", {"fields": []})
    taken = milliseconds(clock)
    _open["session"] = session
    found = session.guide.enumeration
    return json.dumps(
        {
            "ms": taken,
            "options": len(session.guide.options),
            "strategies": len(found.strategies),
            "left_out": found.left_out,
            "complete": found.complete,
        }
    )


def step(text: str) -> str:
    """One step, {"what", "fields"}; gives {"ms"} and, for "rest", {"longest"}: the longest part of it."""
    asked = json.loads(text)
    return json.dumps(STEPS[asked["what"]](_open["session"], asked["fields"]))


def ask(session: Session, call: str, payload: Any) -> Any:
    """One request as the worker makes it: text in, text out."""
    return json.loads(session.respond(json.dumps({"call": call, "payload": payload})))


def milliseconds(clock: float) -> float:
    """Since a moment."""
    return (perf_counter() - clock) * 1000


def _answer(session: Session, fields: Any) -> dict[str, float]:
    """The whole reply to a new answer: ranking, reasons and first figure as HTML, and the result as data."""
    request = json.dumps({"call": "answer", "payload": {"fields": fields}})
    clock = perf_counter()
    session.respond(request)
    return {"ms": milliseconds(clock)}


def _flips(session: Session, fields: Any) -> dict[str, float]:
    case = read_fields(session.guide, fields).case
    clock = perf_counter()
    list(flips(session.guide, case))
    return {"ms": milliseconds(clock)}


def _first(session: Session, fields: Any) -> dict[str, float]:
    result = _result(session, fields)
    clock = perf_counter()
    sampling = _sampling(result)
    sampling.run(sampling.chunk)
    return {"ms": milliseconds(clock), "rows": len(sampling.rows)}


def _draws(session: Session, fields: Any) -> dict[str, float]:
    result = _result(session, fields)
    clock = perf_counter()
    _sampling(result).run(DRAWS)
    return {"ms": milliseconds(clock)}


def _rest(session: Session, fields: Any) -> dict[str, float]:
    """Everything that comes after the first reply, part by part, as the worker asks for it."""
    ask(session, "answer", {"fields": fields})
    clock = perf_counter()
    longest = _drained(session)
    return {"ms": milliseconds(clock), "longest": longest}


def _charts(session: Session, fields: Any) -> dict[str, float]:
    """Trade-offs and sensitivity of the answer before, from opening them to the last chart."""
    clock = perf_counter()
    ask(session, "sensitivity", {"criterion": ""})
    quick = milliseconds(clock)
    longest = max(quick, _drained(session))
    found = {"ms": milliseconds(clock), "longest": longest}
    ask(session, "sensitivity", {"criterion": None})
    return found


def _drained(session: Session) -> float:
    """Ask for parts until there are no more; the milliseconds of the longest."""
    longest, done = 0.0, False
    while not done:
        begun = perf_counter()
        done = ask(session, "more", {})["done"]
        longest = max(longest, milliseconds(begun))
    return longest


STEPS: dict[str, Callable[[Session, Any], dict[str, float]]] = {
    "answer": _answer,
    "flips": _flips,
    "first": _first,
    "draws": _draws,
    "rest": _rest,
    "charts": _charts,
}


def _result(session: Session, fields: Any) -> Recommendation:
    return recommend_case(session.guide, read_fields(session.guide, fields).case)


def _sampling(result: Recommendation) -> Sampling:
    return Sampling(problem_of(result, result.feasible), 1, choices=choices_of(result))
