"""A second judge of gates: sets of names and the guide's raw data, no bit masks and none of the selector's records.

Written from method section 4.1. Values of strategies are taken as given, from guides in which every option has one
edition and every family one member: a strategy meets what one such guide meets.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any

from selector import Guide
from selector.guide.strategies import Strategy
from selector.guide.values import class_cell, strategy_cell

Data = Mapping[str, Any]

Test = Callable[[Strategy, "Choice"], str]
"""What a strategy makes of something that was asked for: "failed", "open" or ""."""


@dataclass(frozen=True)
class Choice:
    """An edition for each option that has several, and a member for each family where that is settled."""

    editions: tuple[tuple[str, str], ...]
    meant: tuple[tuple[str, str], ...] = ()


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


class Worlds:
    """A guide with one edition of everything, for each choice."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self._made: dict[Choice, Guide] = {}

    @cached_property
    def editions(self) -> dict[str, list[str]]:
        """Options whose ratings differ by edition, with their editions."""
        return {
            entry["id"]: [edition["id"] for edition in entry["editions"]]
            for entry in self.guide.data["options"]
            if any(isinstance(rating["level"], Mapping) for rating in entry["ratings"].values())
        }

    def first(self, choice: Choice, option: str) -> bool:
        """True for an option that is in its first edition."""
        return dict(choice.editions).get(option) in (None, self.editions.get(option, [None])[0])

    def offered(self, strategy: Strategy) -> Iterator[Choice]:
        """Choices that can be recommended: a family stays a family."""
        families = {entry["id"]: entry["stands_for"] for entry in self.guide.data.get("families", ())}
        names = [name for member in strategy.members for name in families.get(member, [member])]
        named = list(dict.fromkeys(name for name in names if name in self.editions))
        # In the order in which members and the members of families stand, as ties go to what ranks first.
        for editions in product(*(self.editions[name] for name in named)):
            yield Choice(tuple(zip(named, editions, strict=True)))

    def settled(self, strategy: Strategy) -> Iterator[Choice]:
        """Choices in which it is settled what each family means; none without a family."""
        families = {entry["id"]: entry["stands_for"] for entry in self.guide.data.get("families", ())}
        held = [member for member in strategy.members if member in families]
        for members in product(*(families[name] for name in held)) if held else ():
            named = [name for name in {*strategy.members, *members} if name in self.editions]
            for editions in product(*(self.editions[name] for name in named)):
                yield Choice(tuple(zip(named, editions, strict=True)), tuple(zip(held, members, strict=True)))

    def made(self, choice: Choice) -> Guide:
        """The guide of a choice."""
        if choice not in self._made:
            data = copy.deepcopy(dict(self.guide.data))
            editions, meant = dict(choice.editions), dict(choice.meant)
            for entry in data["options"]:
                for rating in entry["ratings"].values():
                    if isinstance(rating["level"], Mapping):
                        first = next(iter(rating["level"]))
                        rating["level"] = rating["level"][editions.get(entry["id"], first)]
            for family in data.get("families", ()):
                family["stands_for"] = [meant[family["id"]]] if family["id"] in meant else family["stands_for"]
            self._made[choice] = Guide.from_data(data)
        return self._made[choice]


@dataclass
class Asked:
    """Everything that is in force, with how to test it."""

    worlds: Worlds
    tests: dict[str, list[Test]] = field(default_factory=dict)

    def add(self, name: str, test: Test) -> None:
        self.tests.setdefault(name, []).append(test)

    def copy(self) -> Asked:
        return Asked(self.worlds, {name: list(tests) for name, tests in self.tests.items()})

    def names(self, strategy: Strategy, choice: Choice, word: str) -> set[str]:
        return {name for name, tests in self.tests.items() if any(test(strategy, choice) == word for test in tests)}

    def standing(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """Per strategy what it fails and what is open, in the choice that fails least, then leaves least open."""
        failed, open_ = {}, {}
        for strategy in self.worlds.guide.strategies:
            both = [
                (self.names(strategy, choice, "failed"), self.names(strategy, choice, "open"))
                for choice in self.worlds.offered(strategy)
            ]
            best = min(both, key=lambda found: (len(found[0]), len(found[1])))
            settled = list(self.worlds.settled(strategy))
            if settled and not best[0]:
                exact = [
                    (self.names(strategy, choice, "failed"), self.names(strategy, choice, "open")) for choice in settled
                ]
                if all(gone for gone, _ in exact):
                    best = min(exact, key=lambda found: len(found[0]))
            failed[strategy.id], open_[strategy.id] = best
        return failed, open_


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
    force, yielded = Asked(Worlds(guide)), set[str]()
    for question, answer, effect in effects:
        _take(guide, force, question, answer, effect, free, owned, relax)
    _off(guide, force, enabled, owned, relax)
    for question in data["questions"]:
        if question["id"] in asked and "assumed" in question and not said.get(question["id"]):
            if answers.get(question["id"]) not in (None, "unsure"):
                continue
            name = f"assumed.{question['id']}"
            if name in relax:
                continue
            answer = next(a for a in question["answers"] if a["id"] == question["assumed"]["answer"])
            before, kept = force.standing(), force.copy()
            for effect in answer["effects"]:
                if _holds(said, effect):
                    _take(guide, force, question, answer, effect, free, owned, relax)
            after = force.standing()
            lost = _feasible(before) and not _feasible(after)
            lost = lost or (_alive(before) and not _alive(after))
            if lost and not question["assumed"].get("firm", False):
                force = kept
                yielded.add(name)
    _bind(guide, force, yielded, data, said, relax)
    found = Judged(*force.standing(), yielded=yielded)
    _prefer(guide, found, data, said, owned, relax)
    return found


def _feasible(standing: tuple[dict[str, set[str]], dict[str, set[str]]]) -> set[str]:
    failed, open_ = standing
    return {name for name in failed if not failed[name] and not open_[name]}


def _alive(standing: tuple[dict[str, set[str]], dict[str, set[str]]]) -> set[str]:
    return {name for name, gone in standing[0].items() if not gone}


def _holds(said: Mapping[str, list[str]], entry: Data) -> bool:
    return all(set(said.get(name, ())) & set(wanted) for name, wanted in entry.get("when", {}).items()) and not any(
        set(said.get(name, ())) & set(wanted) for name, wanted in entry.get("unless", {}).items()
    )


def _take(
    guide: Guide,
    force: Asked,
    question: Data,
    answer: Data,
    effect: Data,
    free: frozenset[str],
    owned: set[str],
    relax: frozenset[str],
) -> None:
    stem = f"{question['id']}.{answer['id']}"
    for criterion, level in effect.get("require", {}).items():
        if f"{stem}.{criterion}" not in relax:
            force.add(f"{stem}.{criterion}", _level(force.worlds, criterion, level, effect.get("class"), free))
    for option, editions in _excluded(guide, effect.get("exclude", ())):
        if not (effect.get("only_new") and option in owned) and f"{stem}.{option}" not in relax:
            force.add(f"{stem}.{option}", _without(option, editions))


def _excluded(guide: Guide, names: list[str]) -> Iterator[tuple[str, set[str]]]:
    """Options that are meant, with the editions that are; none where all are."""
    for entry in guide.data["options"]:
        whole = any(name == entry["id"] or name.removeprefix("tag:") in entry.get("tags", ()) for name in names)
        tags = {name.removeprefix("tag:") for name in names}
        editions = {edition["id"] for edition in entry.get("editions", ()) if tags & set(edition.get("tags", ()))}
        if whole or editions:
            yield entry["id"], set() if whole else editions


def _without(option: str, editions: set[str]) -> Test:
    def test(strategy: Strategy, choice: Choice) -> str:
        used = option in strategy.members or option in dict(choice.meant).values()
        hit = used and (not editions or dict(choice.editions)[option] in editions)
        return "failed" if hit else ""

    return test


def _level(worlds: Worlds, name: str, level: str, cls: str | None, free: frozenset[str]) -> Test:
    def test(strategy: Strategy, choice: Choice) -> str:
        world = worlds.made(choice)
        scale = world.criterion(name)
        bar = scale.value_of_level(level)
        # Nobody says which edition of what is in use it is: another one than the first may cost nothing, or all.
        others = frozenset(
            option for option in free if not worlds.first(choice, option) and _differs(worlds, option, name)
        )
        bounds = []
        for own in {free, free - others}:
            cell = strategy_cell(world, strategy, scale, own)
            if cls is not None and strategy.parts:
                cell = class_cell(world, strategy, scale, cls, own)
            bounds += [cell.low, cell.high]
        return "failed" if max(bounds) < bar else "open" if min(bounds) < bar else ""

    return test


def _differs(worlds: Worlds, option: str, criterion: str) -> bool:
    return isinstance(worlds.guide.entry("options", option)["ratings"][criterion]["level"], Mapping)


def _off(guide: Guide, force: Asked, enabled: set[str], owned: set[str], relax: frozenset[str]) -> None:
    out = {entry["id"] for entry in guide.data["options"] if "off" in entry and entry["id"] not in enabled}
    for family in guide.data.get("families", ()):
        known = set(family["stands_for"]) & (enabled | owned)
        out |= {family["id"]} | (set(family["stands_for"]) - known) if known else set(family["stands_for"])
    for name in out:
        if f"off.{name}" not in relax:
            force.add(f"off.{name}", lambda strategy, _, name=name: "failed" if name in strategy.members else "")  # type: ignore[misc]


def _bind(
    guide: Guide, force: Asked, yielded: set[str], data: Data, said: Mapping[str, list[str]], relax: frozenset[str]
) -> None:
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
        feasible = _feasible(force.standing())
        if not bound or name in relax or not feasible:
            continue
        holding = {strategy.id for strategy in guide.strategies if bound & set(strategy.members)}
        if feasible & holding:
            force.add(name, lambda strategy, _, holding=holding: "" if strategy.id in holding else "failed")  # type: ignore[misc]
        else:
            yielded.add(name)


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
