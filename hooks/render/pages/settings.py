"""How the scoring was set: the reasons of weights and values, and every effect of every answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hooks.evaluation.effects import VERBS, Effect, effects_in
from hooks.render.aggregation import rule_in_words
from hooks.render.context import BuildContext, Entry
from selector import Guide


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """settings.md."""
    guide, page = build.guide, build.page("settings.md")
    criteria = sorted(guide.data["criteria"], key=lambda entry: (-entry["weight"], guide.by_name(entry["name"])))
    yield (
        page.path,
        page.print(
            "settings.md",
            title="How the scoring was set",
            description="Why each criterion has its weight, each level its value, and each answer its effect."
            if guide.questions
            else "Why each criterion has its weight and each level its value.",
            criteria=[
                (
                    entry,
                    guide.criterion(entry["id"]),
                    rule_in_words(guide, entry, guide.terms) if guide.combined else "",
                )
                for entry in criteria
            ],
            names={entry["id"]: entry["name"] for entry in criteria},
            total=sum(entry["weight"] for entry in criteria),
            most=max(entry["weight"] for entry in criteria) or 1,
            questions=[(entry, _answers(build, entry)) for entry in guide.data["questions"]],
        ),
    )


def _answers(build: BuildContext, question: Entry) -> list[tuple[Entry, list[tuple[list[str], str]]]]:
    """Answers with their effects in words, each with its reason."""
    return [
        (answer, [(_in_words(build, effect), effect["because"]) for effect in answer.get("effects", ())])
        for answer in question["answers"]
    ]


def _in_words(build: BuildContext, entry: Mapping[str, Any]) -> list[str]:
    """What has one reason."""
    words = ((_main_clause(build.guide, effect), effect.terms) for effect in effects_in(build.guide, entry))
    return [f"{text}, {terms}" if terms else text for text, terms in words]


def _main_clause(guide: Guide, effect: Effect) -> str:
    match effect.kind:
        case "weight":
            return f"{effect.name} {'+' if effect.amount > 0 else chr(0x2212)}{abs(effect.amount):g}"
        case "require":
            return f"requires {effect.name}: {effect.level[1]}"
        case "set":
            return f"sets {effect.name} to {effect.amount:g}"
        case kind:
            names = ", ".join(effect.names)
            return f"{VERBS[kind][0].lower()}{VERBS[kind][1:]} {names}"
