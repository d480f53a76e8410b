"""A second judge of the published rules: it reads the files below api/ and nothing else, as a stranger's program would.

Written from the numbered rules at the top of llms-full.txt, without a look at the selector's way of doing it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

Site = Mapping[str, str]


class Judge:
    """Judges situations by the published files."""

    def __init__(self, site: Site) -> None:
        def read(name: str) -> Any:
            return json.loads(site[f"api/{name}.json"])

        self.criteria = read("criteria")["criteria"]
        self.questions = {entry["id"]: entry for entry in read("questions")["questions"]}
        self.strategies = read("strategies")["strategies"]
        self.options = {entry["id"] for entry in read("options")["options"]}
        self.cells = {(cell["option"], cell["criterion"]): cell for cell in read("matrix")["cells"]}

    def ranking(self, answers: Mapping[str, Any]) -> list[tuple[Fraction, str]]:
        """Score and id of every strategy, best first, as if all met the requirements."""
        points, effects = self._points(answers)
        total = sum(points.values()) or len(points)
        if not any(points.values()):
            points = dict.fromkeys(points, 1)
        owned = {name for effect in effects for kind in ("have", "spare") for name in effect.get(kind, ())}
        found = []
        for strategy in self.strategies:
            if not set(strategy["members"]) <= self.options:
                continue  # a family, whose cells are not published
            values = {entry["id"]: self._value(strategy, entry, owned) for entry in self.criteria}
            score = sum(points[name] * Fraction(low + high, 2) for name, (low, high) in values.items())
            found.append((score / (10 * total), strategy["id"]))
        return sorted(found, key=lambda item: (-item[0], item[1]))

    def _points(self, answers: Mapping[str, Any]) -> tuple[dict[str, Any], list[Any]]:
        points: dict[str, Any] = {entry["id"]: entry["weight"] for entry in self.criteria}
        effects: list[Any] = []
        asked: dict[str, list[str]] = {}
        for name, question in self.questions.items():
            condition = question["ask_when"]
            if condition and not set(asked.get(condition["question"], ())) & set(condition["any"]):
                continue
            if name not in answers:
                continue
            unsure = answers[name] == "unsure"
            said = question["answers"] if unsure else self._said(question, answers[name])
            sums: dict[str, Any] = {}
            for answer in said:
                for effect in answer["effects"]:
                    for criterion, add in effect.get("weight", {}).items():
                        sums[criterion] = sums.get(criterion, 0) + add
            for criterion, add in sums.items():
                cap = question["cap"]
                if unsure:
                    points[criterion] += Fraction(add, len(said))
                else:
                    points[criterion] += max(-cap, min(cap, add)) if cap else add
            if not unsure:
                asked[name] = [answer["id"] for answer in said]
                effects += [effect for answer in said for effect in answer["effects"]]
        held = [effect for effect in effects if self._holds(effect, asked)]
        return {name: max(0, value) for name, value in points.items()}, held

    def _holds(self, effect: Any, asked: Mapping[str, list[str]]) -> bool:
        def agrees(condition: str) -> Iterator[bool]:
            return (bool(set(asked.get(name, ())) & set(ids)) for name, ids in effect.get(condition, {}).items())

        return all(agrees("when")) and not any(agrees("unless"))

    def _said(self, question: Any, given: Any) -> list[Any]:
        if question["kind"] == "number":
            return [answer for answer in question["answers"] if (answer["from"] or 0) <= given][-1:]
        names = [given] if isinstance(given, str) else given
        return [answer for answer in question["answers"] if {answer["id"], *answer["aliases"]} & set(names)]

    def _value(self, strategy: Any, criterion: Any, owned: set[str]) -> tuple[int, int]:
        name = criterion["id"]
        low, high = strategy["values"][name]
        members = set(strategy["members"])
        declared = name in strategy["overrides"] and not members <= owned
        if declared or not (criterion["owned_free"] and owned & members):
            return low, high
        left = [self.cells[member, name] for member in strategy["members"] if member not in owned]
        return (
            self._of_burden(criterion, sum(Fraction(str(cell["burden_high"])) for cell in left)),
            self._of_burden(criterion, sum(Fraction(str(cell["burden_low"])) for cell in left)),
        )

    def _of_burden(self, criterion: Any, burden: Fraction | int) -> int:
        if criterion["rule"] == "points":
            return max(0, 1000 - int(1000 * burden // criterion["capacity"]))
        steps = sorted((Fraction(str(level["burden"])), level["value"]) for level in criterion["levels"])
        for (left, upper), (right, lower) in pairwise(steps):
            if left <= burden <= right:
                return int(upper + (lower - upper) * (Fraction(burden) - left) / (right - left))
        return steps[0][1] if burden < steps[0][0] else steps[-1][1]
