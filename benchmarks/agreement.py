"""How well recommendations agree with published decisions that took no part in setting anything.

Leave one source out: for each source, of all declared variants of the model (each preference and each assumption on or
off, each base weight halved or doubled) those are chosen, one by one, that agree best with the decisions of all other
sources; then the decisions of the source that was left out are judged. The sum over all sources is what one may expect
of the same amount of fitting on decisions that were not seen before. Beside it the same without any choice.

    uv run python -m benchmarks.agreement [--decisions FILE.json] [--steps 2] [--format json]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from hooks.checked import check_guide
from hooks.evaluation.agreement import Rate, holds, judge
from selector import Guide
from selector.analysis.sensitivity import leaders_of
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
    parser.add_argument("--format", choices=("text", "json"), default="text")
    arguments = parser.parse_args()
    guide = check_guide(arguments.file).guide
    if guide is None:
        raise SystemExit("the guide has problems")
    decisions = json.loads(arguments.decisions.read_text("utf-8")) if arguments.decisions else guide.data["decisions"]
    judged = Judged(guide, decisions)
    found, counts = leave_one_out(judged, arguments.steps)
    report = {
        "as it is": totals(decisions, judged.full(frozenset())),
        "leave one source out": totals(decisions, found),
        "sources": len(set(judged.sources)),
        "chosen": dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))),
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
