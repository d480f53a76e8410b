"""A second judge of gates: sets of names and the guide's raw data, no bit masks and none of the selector's records.

Written from method section 4.1. Values of strategies are taken as given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from selector import Guide
from selector.guide.values import ValueTable, class_cell

Data = Mapping[str, Any]


@dataclass
class Judged:
    """Per strategy what it fails and what is open; preferences that hold with what they put behind; what yielded."""

    failed: dict[str, set[str]]
    open: dict[str, set[str]]
    behind: list[tuple[str, set[str]]] = field(default_factory=list)
    yielded: set[str] = field(default_factory=set)

    @property
    def feasible(self) -> set[str]:
        """Names of the strategies that meet everything."""
        return {name for name in self.failed if not self.failed[name] and not self.open[name]}

    @property
    def contenders(self) -> set[str]:
        """Those that no preference puts behind."""
        return self.feasible.difference(*(names for _, names in self.behind))


def said_in(data: Data, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Ids of the chosen answers per question that is asked and answered; nothing for "not sure"."""
    asked: list[str] = []
    said: dict[str, list[str]] = {}
    for question in data["questions"]:
        condition = question.get("ask_when")
        if condition and not set(said.get(condition["question"], ())) & set(condition["any"]):
            continue
        asked.append(question["id"])
        given = answers.get(question["id"])
        if given is None:
            continue
        names = [answer["id"] for answer in question["answers"]]
        if given == "unsure":
            said[question["id"]] = []
        elif question["kind"] == "number":
            said[question["id"]] = [a["id"] for a in question["answers"] if a.get("from", 0) <= given][-1:]
        else:
            wanted = [given] if isinstance(given, str) else given
            said[question["id"]] = [name for name in names if name in wanted]
    said["asked"] = asked
    return said


def judge(guide: Guide, answers: Mapping[str, Any], relax: frozenset[str] = frozenset()) -> Judged:
    """Judge all strategies of a guide."""
    data = guide.data
    said = said_in(data, answers)
    asked = said.pop("asked")
    effects = [
        (question, answer, effect)
        for question in data["questions"]
        for answer in question["answers"]
        if answer["id"] in said.get(question["id"], ())
        for effect in answer["effects"]
        if _holds(said, effect)
    ]
    enabled = {name for _, _, effect in effects for name in effect.get("enable", ())}
    owned = {name for _, _, effect in effects for name in effect.get("have", ())}
    free = frozenset(owned | {name for _, _, effect in effects for name in effect.get("spare", ())})
    found = Judged({s.id: set() for s in guide.strategies}, {s.id: set() for s in guide.strategies})
    for question, answer, effect in effects:
        _take(guide, found, question, answer, effect, free, owned, relax)
    _off(guide, found, enabled, owned, relax)
    for question in data["questions"]:
        if question["id"] in asked and "assumed" in question and not said.get(question["id"]):
            if answers.get(question["id"]) not in (None, "unsure"):
                continue
            name = f"assumed.{question['id']}"
            if name in relax:
                continue
            answer = next(a for a in question["answers"] if a["id"] == question["assumed"]["answer"])
            before = found.feasible
            kept = {key: set(value) for key, value in found.failed.items()}, {k: set(v) for k, v in found.open.items()}
            for effect in answer["effects"]:
                if _holds(said, effect):
                    _take(guide, found, question, answer, effect, free, owned, relax)
            if before and not found.feasible and not question["assumed"].get("firm", False):
                found.failed, found.open = kept
                found.yielded.add(name)
    _bind(guide, found, data, said, relax)
    _prefer(guide, found, data, said, owned, relax)
    return found


def _holds(said: Mapping[str, list[str]], entry: Data) -> bool:
    return all(set(said.get(name, ())) & set(wanted) for name, wanted in entry.get("when", {}).items()) and not any(
        set(said.get(name, ())) & set(wanted) for name, wanted in entry.get("unless", {}).items()
    )


def _take(
    guide: Guide,
    found: Judged,
    question: Data,
    answer: Data,
    effect: Data,
    free: frozenset[str],
    owned: set[str],
    relax: frozenset[str],
) -> None:
    stem = f"{question['id']}.{answer['id']}"
    table = ValueTable.of(guide, free)
    for criterion, level in effect.get("require", {}).items():
        name, column, scale = f"{stem}.{criterion}", guide.column(criterion), guide.criterion(criterion)
        if name in relax:
            continue
        for row, strategy in enumerate(guide.strategies):
            low, high = table.low[row][column], table.high[row][column]
            if "class" in effect and strategy.parts:
                cell = class_cell(guide, strategy, scale, effect["class"], free)
                low, high = cell.low, cell.high
            if high < scale.value_of_level(level):
                found.failed[strategy.id].add(name)
            elif low < scale.value_of_level(level):
                found.open[strategy.id].add(name)
    for option in effect.get("exclude", ()):
        if not (effect.get("only_new") and option in owned) and f"{stem}.{option}" not in relax:
            for strategy in guide.strategies:
                if option in strategy.members:
                    found.failed[strategy.id].add(f"{stem}.{option}")


def _off(guide: Guide, found: Judged, enabled: set[str], owned: set[str], relax: frozenset[str]) -> None:
    out = {entry["id"] for entry in guide.data["options"] if "off" in entry and entry["id"] not in enabled}
    for family in guide.data.get("families", ()):
        known = set(family["stands_for"]) & (enabled | owned)
        out |= {family["id"]} | (set(family["stands_for"]) - known) if known else set(family["stands_for"])
    for strategy in guide.strategies:
        found.failed[strategy.id] |= {f"off.{name}" for name in out & set(strategy.members)} - relax


def _bind(guide: Guide, found: Judged, data: Data, said: Mapping[str, list[str]], relax: frozenset[str]) -> None:
    for question in data["questions"]:
        name = f"bind.{question['id']}"
        bound = {
            option
            for answer in question["answers"]
            if answer["id"] in said.get(question["id"], ())
            for effect in answer["effects"]
            if _holds(said, effect)
            for option in effect.get("bind", ())
        }
        if not bound or name in relax or not found.feasible:
            continue
        holding = {strategy.id for strategy in guide.strategies if bound & set(strategy.members)}
        if found.feasible & holding:
            for strategy in guide.strategies:
                if strategy.id not in holding:
                    found.failed[strategy.id].add(name)
        else:
            found.yielded.add(name)


def _prefer(
    guide: Guide, found: Judged, data: Data, said: Mapping[str, list[str]], owned: set[str], relax: frozenset[str]
) -> None:
    for entry in data.get("preferences", ()):
        if f"prefer.{entry['id']}" in relax or not _holds(said, entry):
            continue
        over = {name for name in entry["over"] if not name.startswith("pattern:")} - owned
        patterns = {name.removeprefix("pattern:") for name in entry["over"] if name.startswith("pattern:")}
        behind = {
            strategy.id
            for strategy in guide.strategies
            if (over & set(strategy.members) or strategy.pattern in patterns)
            and not set(entry.get("prefer", ())) & set(strategy.members)
        }
        if behind and found.contenders - behind:
            found.behind.append((entry["id"], behind))
