"""The effects of one answer do not contradict each other.

PASS
    effects: [{exclude: [a]}, {enable: [b]}]
FAIL
    effects: [{exclude: [a]}, {enable: [a]}]
    effects: [{require: {effort: low}}, {require: {effort: none}}]
    effects: [{set: {people: 3}}, {set: {people: 5}}]
    effects: [{weight: {effort: 3}}, {weight: {effort: -2}}]
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.problems import WARNING, Problem, Related

from .common.draft import Draft, Node

OPPOSED = (("enable", "exclude"), ("have", "exclude"))


def check(draft: Draft) -> Iterator[Problem]:
    """Answer by answer: options, then levels, quantities and points."""
    for answer in draft.each("questions.*.answers.*"):
        effects = list(answer.at("effects").items())
        yield from _options(draft, effects)
        for kind in ("require", "set"):
            yield from _values(draft, effects, kind)
        yield from _points(draft, effects)


def _options(draft: Draft, effects: list[Node]) -> Iterator[Problem]:
    """An option that is both in and out, by its id or by a tag."""
    for one, other in OPPOSED:
        kept = {option: node for effect in effects for node in effect.at(one).items() for option in meant(draft, node)}
        for node in (node for effect in effects for node in effect.at(other).items()):
            for option in [option for option in meant(draft, node) if option in kept][:1]:
                words = {"enable": "enables", "have": "says that the visitor runs"}[one]
                yield draft.problem(
                    node,
                    f"this answer excludes option '{option}' and also {words} it",
                    expected="one of the two effects: delete the other",
                    related=(Related(draft.line(kept[option]), "the other effect is there"),),
                )


def meant(draft: Draft, target: Node) -> list[str]:
    """Options that a target stands for."""
    if not target.text.startswith("tag:"):
        return [target.text]
    return [name for name, option in draft.entries("options").items() if target.text[4:] in option.at("tags").texts()]


def _values(draft: Draft, effects: list[Node], kind: str) -> Iterator[Problem]:
    """Two levels for one criterion, or two figures for one quantity."""
    seen: dict[str, Node] = {}
    always = [effect for effect in effects if not any(effect.at(field).exists for field in ("when", "unless", "class"))]
    for node in (effect.at(kind, name) for effect in always for name in effect.at(kind).fields()):
        name = str(node.path[-1])
        first = seen.setdefault(name, node)
        if first is not node:
            verb = "requires" if kind == "require" else "sets"
            same = "twice" if first.value == node.value else f"to be both '{first.value}' and '{node.value}'"
            yield draft.problem(
                node,
                f"this answer {verb} '{name}' {same}",
                expected="one of the two effects: delete the other",
                related=(Related(draft.line(first), "the other effect is there"),),
            )


def _points(draft: Draft, effects: list[Node]) -> Iterator[Problem]:
    """Points for and against one criterion: legal, and rarely meant."""
    seen: dict[str, Node] = {}
    for node in (effect.at("weight", name) for effect in effects for name in effect.at("weight").fields()):
        name = str(node.path[-1])
        first = seen.setdefault(name, node)
        if (first.number or 0) * (node.number or 0) < 0:
            yield draft.problem(
                node,
                f"this answer gives '{name}' both {first.number:+g} and {node.number:+g} points",
                expected=f"one effect with the sum, weight: {{{name}: {(first.number or 0) + (node.number or 0):g}}}, and one reason",
                related=(Related(draft.line(first), "the other effect is there"),),
                severity=WARNING,
            )
