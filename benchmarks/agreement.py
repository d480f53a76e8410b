"""How well recommendations agree with published decisions that took no part in setting anything.

Leave one source out: for each source, of all declared variants of the model (each preference and each assumption on or
off, each base weight halved or doubled) those are chosen, one by one, that agree best with the decisions of all other
sources; then the decisions of the source that was left out are judged. The sum over all sources is what one may expect
of the same amount of fitting on decisions that were not seen before. Beside it the same without any choice.

The range: how many agree in first place when each weight of every visitor is off by up to a factor of two, by draw.

The words: for each source, those limits of "clear" are chosen with which it is said most often on the decisions of all
other sources, right at least nine times in ten; then it is counted how often it is right on the source that was left out.

    uv run python -m benchmarks.agreement [--decisions FILE.json] [--steps 2] [--draws 200] [--words] [--format json]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from hooks.checked import check_guide
from hooks.evaluation.agreement import Rate, holds, judge
from selector import Guide
from selector.analysis.confidence import AHEAD, CLEAR, SETTLED, SURE, Verdict
from selector.analysis.robustness import DRAWS
from selector.analysis.sensitivity import leaders_of
from selector.analysis.steps import Analysis
from selector.analysis.uncertainty import problem_of
from selector.case.answers import Case, check_case
from selector.scoring.recommend import recommend_case

Entry = Mapping[str, Any]
Variant = frozenset[str]
"""Names of the changes made to the guide."""

HALF, TWICE = "half", "twice"


def variants(guide: Guide) -> list[str]:
    """All single changes."""
    return [
        *(f"without preference {entry.id}" for entry in guide.preferences),
        *(f"without assumption {question.id}" for question in guide.questions if question.assumed),
        *(f"{factor} weight {entry.id}" for entry in guide.criteria if entry.base for factor in (HALF, TWICE)),
    ]


def changed(guide: Guide, variant: Variant) -> Guide:
    """The guide with these changes; strategies and values stay what they are."""

    def weight(name: str, base: int) -> int:
        twice, half = f"{TWICE} weight {name}" in variant, f"{HALF} weight {name}" in variant
        return base * (2 if twice else 1) // (2 if half else 1)

    found = replace(
        guide,
        preferences=tuple(item for item in guide.preferences if f"without preference {item.id}" not in variant),
        questions=tuple(
            replace(item, assumed=None) if f"without assumption {item.id}" in variant else item
            for item in guide.questions
        ),
        criteria=tuple(replace(item, base=weight(item.id, item.base)) for item in guide.criteria),
    )
    found.__dict__["enumeration"] = guide.enumeration
    return found


@dataclass
class Judged:
    """Decisions with their sources, and how variants do on them; each variant is judged once."""

    guide: Guide
    decisions: Sequence[Entry]

    def __post_init__(self) -> None:
        self.cases: list[Case] = [check_case(self.guide, entry["answers"]) for entry in self.decisions]
        self.sources = [_source(entry) for entry in self.decisions]
        self.hits = cache(self._hits)
        self.full = cache(self._full)

    def _hits(self, variant: Variant) -> tuple[bool, ...]:
        """By decision, whether what was decided comes first."""
        guide = changed(self.guide, variant)
        return tuple(
            any(holds(guide, wanted, guide.strategy(name).members) for name in leaders_of(guide, case) for wanted in entry["decided"])
            for entry, case in zip(self.decisions, self.cases, strict=True)
        )  # fmt: skip

    def _full(self, variant: Variant) -> tuple[tuple[bool, bool, bool, bool], ...]:
        guide = changed(self.guide, variant)
        return tuple(
            judge(guide, entry, recommend_case(guide, case))
            for entry, case in zip(self.decisions, self.cases, strict=True)
        )

    def choose(self, left_out: str, steps: int) -> Variant:
        """The changes that agree best with all other sources, taken one by one while they agree with more."""
        rest = [number for number, source in enumerate(self.sources) if source != left_out]
        chosen: Variant = frozenset()
        best = self._sum(chosen, rest)
        for _ in range(steps):
            tries = [(self._sum(chosen | {name}, rest), name) for name in variants(self.guide) if name not in chosen]
            most, name = max(tries, key=lambda item: (item[0], item[1]))
            if most <= best:
                break
            best, chosen = most, chosen | {name}
        return chosen

    def _sum(self, variant: Variant, numbers: Sequence[int]) -> int:
        hits = self.hits(variant)
        return sum(hits[number] for number in numbers)


def _source(entry: Entry) -> str:
    source = entry["source"]
    return source if isinstance(source, str) else " ".join(source)


def leave_one_out(judged: Judged, steps: int) -> tuple[list[tuple[bool, bool, bool, bool]], dict[str, int]]:
    """Each decision judged by a model that was chosen without its source; and how often each change was chosen."""
    chosen = {source: judged.choose(source, steps) for source in dict.fromkeys(judged.sources)}
    counts: dict[str, int] = {}
    for variant in chosen.values():
        for name in variant:
            counts[name] = counts.get(name, 0) + 1
    found = [judged.full(chosen[source])[number] for number, source in enumerate(judged.sources)]
    return found, counts


def within_factor_two(judged: Judged, draws: int) -> list[int]:
    """For each draw, how many decisions agree in first place when each criterion's points are multiplied by a factor
    between a half and two, evenly on the scale of ratios. What ranges counts with its middle, as in the ranking."""
    source, rows = Random(SEED), []
    for entry, case in zip(judged.decisions, judged.cases, strict=True):
        places = recommend_case(judged.guide, case).contenders
        problem = problem_of(recommend_case(judged.guide, case), places)
        right = [any(holds(judged.guide, one, place.strategy.members) for one in entry["decided"]) for place in places]
        gains = [
            [points * (low + high) for points, low, high in zip(problem.points, *cells, strict=True)]
            for cells in zip(problem.low, problem.high, strict=True)
        ]
        rows.append((right, gains))
    hits = []
    for _ in range(draws):
        factors = [2 ** source.uniform(-1, 1) for _ in judged.guide.criteria]
        hits.append(0)
        for right, gains in rows:
            sums = [sum(factor * gain for factor, gain in zip(factors, row, strict=True)) for row in gains]
            hits[-1] += bool(sums) and right[sums.index(max(sums))]
    return hits


SEED = 12

LIMITS = [
    *product((Fraction(4, 5), SURE, Fraction(19, 20)), (1, AHEAD, 3), (Fraction(1, 2), SETTLED, Fraction(3, 2), 2))
]
"""Of the share of nearby weightings, of the lead in points of 100, and of what open core questions may change."""

ENOUGH = Fraction(9, 10)
"""What is called clear must be right so often."""


def words(judged: Judged) -> dict[str, str]:
    """How often "clear" is right with the limits of today, and with limits chosen without the source."""
    said: list[Verdict | None] = []
    for case in judged.cases:
        analysis = Analysis(recommend_case(judged.guide, case))
        for _ in analysis.steps():
            if analysis.draws >= DRAWS:
                break
        said.append(analysis.judged)
    right = [one[0] for one in judged.full(frozenset())]

    def clear(number: int, limits: tuple[Fraction, int, Fraction]) -> bool:
        found, (sure, ahead, settled) = said[number], limits
        if found is None or found.word in ("tie", "close") or found.said < found.needed:
            return False
        far = found.lead is None or found.lead >= ahead
        return far and found.share >= sure and found.swing <= settled

    def best(left_out: str) -> tuple[Fraction, int, Fraction]:
        rest = [number for number, source in enumerate(judged.sources) if source != left_out]

        def worth(limits: tuple[Fraction, int, Fraction]) -> tuple[bool, int]:
            called = [number for number in rest if clear(number, limits)]
            hits = sum(right[number] for number in called)
            return bool(called) and hits >= ENOUGH * len(called), hits

        return max(LIMITS, key=worth)

    chosen = {source: best(source) for source in dict.fromkeys(judged.sources)}
    today = [right[number] for number, found in enumerate(said) if found is not None and found.word == CLEAR]
    without = [right[n] for n, source in enumerate(judged.sources) if clear(n, chosen[source])]
    return {
        "with the limits of today": _shown(Rate(sum(today), len(today))),
        "leave one source out": _shown(Rate(sum(without), len(without))),
    }


def totals(decisions: Sequence[Entry], found: Sequence[tuple[bool, bool, bool, bool]]) -> dict[str, dict[str, Any]]:
    """By confidence and over all: rates with interval."""
    rows: dict[str, dict[str, Any]] = {}
    for name in ("all", "high", "medium", "low"):
        some = [one for entry, one in zip(decisions, found, strict=True) if name in ("all", entry["confidence"])]
        if some:
            rows[name] = {
                word: _shown(Rate(sum(one[place] for one in some), len(some)))
                for place, word in enumerate(("first", "first three", "accepted", "rejected"))
            }
    return rows


def _shown(rate: Rate) -> str:
    low, high = rate.interval
    return f"{rate.hits}/{rate.of} {100 * rate.share:.0f} % ({100 * low:.0f} to {100 * high:.0f})"


def main() -> None:
    """Print the totals."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--file", type=Path, default=Path("data/guide.yml"), help="the guide's file")
    parser.add_argument("--decisions", type=Path, help="decisions as JSON, in the form of the guide's section")
    parser.add_argument("--steps", type=int, default=2, help="changes that may be chosen for each source")
    parser.add_argument("--draws", type=int, default=200, help="draws of weights that are off by up to a factor of two")
    parser.add_argument("--words", action="store_true", help='also judge "clear", which takes a minute')
    parser.add_argument("--format", choices=("text", "json"), default="text")
    arguments = parser.parse_args()
    guide = check_guide(arguments.file).guide
    if guide is None:
        raise SystemExit("the guide has problems")
    decisions = json.loads(arguments.decisions.read_text("utf-8")) if arguments.decisions else guide.data["decisions"]
    judged = Judged(guide, decisions)
    found, counts = leave_one_out(judged, arguments.steps)
    drawn = sorted(within_factor_two(judged, arguments.draws))
    report = {
        "as it is": totals(decisions, judged.full(frozenset())),
        "leave one source out": totals(decisions, found),
        "sources": len(set(judged.sources)),
        "chosen": dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))),
        "first, weights off by up to a factor of two": {
            "of": len(decisions),
            **{
                name: drawn[place] for name, place in (("least", 0), ("middle", len(drawn) // 2), ("most", -1)) if drawn
            },
        },
        "clear": words(judged) if arguments.words else {},
    }
    if arguments.format == "json":
        print(json.dumps(report, indent=2))
        return
    for name, value in report.items():
        print(name if isinstance(value, dict) else f"{name}: {value}")
        for key, inner in value.items() if isinstance(value, dict) else ():
            cells = ", ".join(f"{word} {cell}" for word, cell in inner.items()) if isinstance(inner, dict) else inner
            print(f"  {key}: {cells}")


if __name__ == "__main__":
    main()
