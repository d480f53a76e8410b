"""Writes the golden figures anew, after a change that is meant to change them:

    uv run python -m tests.golden.write            # figures.json, from inputs.json as it is
    uv run python -m tests.golden.write --inputs   # inputs.json too: the real guide's problems of today

The inputs are kept in a file, so that editing the guide's data changes no golden figure.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random
from typing import Any

from selector import recommend
from selector.analysis.uncertainty import problem_of
from tests.golden.figures import figures
from tests.support.random_guides import make_guide, random_answers
from tests.support.real_guide import real_guide

HERE = Path(__file__).parent
INPUTS, FIGURES = HERE / "inputs.json", HERE / "figures.json"
GUIDES = {"plain": {"seed": 3, "unknown": 0.0}, "with unknowns": {"seed": 11, "unknown": 0.25}}


def main(arguments: list[str]) -> None:
    """Write one file or both."""
    if "--inputs" in arguments:
        INPUTS.write_text(json.dumps(_inputs(), separators=(",", ":")) + "\n", "utf-8")
    FIGURES.write_text(figures(INPUTS.read_text("utf-8")) + "\n", "utf-8")


def _inputs() -> dict[str, Any]:
    guides = {}
    for name, settings in GUIDES.items():
        data = make_guide(options=7, criteria=7, questions=6, **settings)  # type: ignore[arg-type]
        cases = [random_answers(Random(number), data) for number in range(4)]
        cases.append({question["id"]: "unsure" for question in data["questions"]})
        guides[name] = {"guide": data, "cases": cases}
    return {"problems": _real_problems(), "guides": guides}


def _real_problems() -> dict[str, Any]:
    """What is to be ranked for every eighth example of the real guide, as bare numbers."""

    found = {}
    for example in real_guide().data["examples"][::8]:
        result = recommend(real_guide(), example["answers"])
        problem = problem_of(result, result.feasible)
        found[example["id"]] = {"points": problem.points, "low": problem.low, "high": problem.high}
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
