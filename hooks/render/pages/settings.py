"""How the scoring was set: the reasons of weights and values, and every effect of every answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hooks.render.aggregation import rule_in_words
from hooks.render.context import BuildContext, Entry


def pages(build: BuildContext) -> Iterator[tuple[str, str]]:
    """settings.md."""
    guide, page = build.guide, build.page("settings.md")
    criteria = sorted(guide.data["criteria"], key=lambda entry: (-entry["weight"], entry["name"].casefold()))
    yield (
        page.path,
        page.print(
            "settings.md",
            title="How the scoring was set",
            description="Why each criterion has its weight, each level its value, and each answer its effect.",
            criteria=[(entry, guide.criterion(entry["id"]), rule_in_words(guide, entry)) for entry in criteria],
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


def _in_words(build: BuildContext, effect: Mapping[str, Any]) -> list[str]:
    guide = build.guide
    words = [
        f"{guide.criterion(name).name} {'+' if points > 0 else chr(0x2212)}{abs(points)}"
        for name, points in effect.get("weight", {}).items()
    ]
    for name, level in effect.get("require", {}).items():
        label = next(item["label"] for item in guide.entry("criteria", name)["levels"] if item["id"] == level)
        words.append(f"requires {guide.criterion(name).name}: at least “{label}”")
    for kind, verb in (("exclude", "rules out"), ("enable", "allows"), ("have", "counts as already there:")):
        if kind in effect:
            found = (
                guide.excluded(effect[kind])
                if kind == "exclude"
                else [(one, ()) for one in guide.targets(effect[kind])]
            )
            names = [guide.titled(option, editions) for option, editions in found]
            words.append(f"{verb} {', '.join(names)}")
    for name, amount in effect.get("set", {}).items():
        words.append(f"sets {guide.entry('quantities', name)['name']} to {amount:g}")
    return words
