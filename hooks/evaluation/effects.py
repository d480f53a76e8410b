"""What answers do, sorted by kind: read once, shown as sentences, marks and counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selector import Guide
from selector.guide.model import Answer

VERBS = {
    "exclude": "Rules out",
    "enable": "Allows",
    "have": "In use already:",
    "besides": "In use for its further job too:",
    "spare": "Adds no effort:",
    "bind": "Needs one of:",
}
"""How effects on options begin as sentences."""

TARGETS = tuple(VERBS)
"""Effects on options."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that an answer does to one criterion, to options or to a figure.

    Attributes:
        kind: weight, require, exclude, enable, have, besides, spare, bind or set.
        about: id of the criterion or figure; empty for effects on options.
        name: its name.
        amount: points for `weight` (negative ones are taken away), the figure for `set`, else 0.
        level: id of the least level, and that level in words, for `require`.
        options: ids of the options that it is about.
        names: what these are called, with their editions where it is about those only.
        terms: of what, or when, it holds, in words; empty when it always does.
    """

    kind: str
    about: str
    name: str
    because: str
    amount: float = 0
    level: tuple[str, str] = ("", "")
    options: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    terms: str = ""


def effects_of(guide: Guide, answer: Answer) -> tuple[Effect, ...]:
    """All effects of an answer, one per criterion, set of options or figure, in the order of the data."""
    return tuple(effect for entry in answer.effects for effect in effects_in(guide, entry))


def effects_in(guide: Guide, entry: Mapping[str, Any]) -> Iterator[Effect]:
    """The effects that have one reason."""
    because, terms = str(entry["because"]), _terms(guide, entry)
    for name, points in entry.get("weight", {}).items():
        yield Effect("weight", name, guide.criterion(name).name, because, points)
    for name, level in entry.get("require", {}).items():
        scale = guide.criterion(name)
        yield Effect("require", name, scale.name, because, level=(level, scale.or_better(level)), terms=terms)
    for kind in TARGETS:
        if kind in entry:
            found = (
                guide.excluded(entry[kind])
                if kind == "exclude"
                else [(name, ()) for name in guide.targets(entry[kind])]
            )
            names = tuple(guide.titled(name, editions) for name, editions in found)
            yield Effect(kind, "", "", because, options=tuple(name for name, _ in found), names=names, terms=terms)
    for name, amount in entry.get("set", {}).items():
        yield Effect("set", name, guide.entry("quantities", name)["name"], because, amount)


def _terms(guide: Guide, entry: Mapping[str, Any]) -> str:
    """Of what, or when, an effect holds: a clause that follows it."""
    found = []
    if "class" in entry:
        found.append(f"for {guide.entry('classes', entry['class'])['name']}")
    if entry.get("only_new"):
        found.append("unless you use it already")
    if "when" in entry:
        found.append(f"only if {' and '.join(_given(guide, entry['when']))}")
    if "unless" in entry:
        found.append(f"unless {' or '.join(_given(guide, entry['unless']))}")
    return ", ".join(found)


def _given(guide: Guide, answers: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Each question with those of its answers that count."""
    for name, wanted in answers.items():
        question = guide.question(name)
        labels = [
            f"“{answer.label}”"
            for answer, said in zip(question.answers, guide.entry("questions", name)["answers"], strict=True)
            if {answer.id, *said.get("aliases", ())} & set(wanted)
        ]
        yield f"“{question.text}” is {' or '.join(labels)}"


def sentence(guide: Guide, effect: Effect) -> str:
    """An effect as the beginning of a sentence, with ids, for who applies the rules by hand."""
    text = _main_clause(effect)
    return f"{text}, {effect.terms}" if effect.terms else text


def _main_clause(effect: Effect) -> str:
    options = ", ".join(f"{name} (`{option}`)" for option, name in zip(effect.options, effect.names, strict=True))
    match effect.kind:
        case "weight":
            verb, word = ("Adds", "to") if effect.amount > 0 else ("Takes", "from")
            points = abs(int(effect.amount))
            return f"{verb} {points} {'point' if points == 1 else 'points'} {word} {effect.name} (`{effect.about}`)"
        case "require":
            return f"Requires {effect.level[1]} (`{effect.level[0]}`) on {effect.name} (`{effect.about}`)"
        case kind if kind in VERBS:
            return f"{VERBS[kind]} {options or 'nothing'}"
        case _:
            return f"Sets {effect.name} (`{effect.about}`) to {effect.amount:g}"
