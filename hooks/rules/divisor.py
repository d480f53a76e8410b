"""No price is divided by a quantity that is 0 or can become 0.

PASS
    quantities: [{id: months, default: 36}]     # with costs: [{price: rack, divide: [months]}]
    {kind: number, sets: months, min: 1}
FAIL
    quantities: [{id: months, default: 0}]      # with costs: [{price: rack, divide: [months]}]
    {kind: number, sets: months, min: 0}
    {set: {months: 0}}
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.problems import Problem, Related

from .common.draft import Draft, Node


def check(draft: Draft) -> Iterator[Problem]:
    """All that gives a figure to a quantity which divides: its default, questions, effects of answers."""
    dividing: dict[str, Node] = {}
    for node in draft.each("options.*.costs.*.divide.*"):
        if node.text:
            dividing.setdefault(node.text, node)
    for name, use in dividing.items():
        related = (Related(draft.line(use), f"a price is divided by '{name}' there"),)
        entry = draft.entries("quantities").get(name)
        if entry and entry.at("default").number == 0:
            yield draft.problem(entry.at("default"), f"'{name}' is 0 by default, and a price is divided by it",
                                expected=f"a default above 0, or no '{name}' in 'divide'", related=related)  # fmt: skip
        for effect in draft.each("questions.*.answers.*.effects.*.set"):
            if effect.at(name).number == 0:
                yield draft.problem(effect.at(name), f"'{name}' is set to 0, and a price is divided by it",
                                    expected=f"a number above 0, or no '{name}' in 'divide'", related=related)  # fmt: skip
        for question in draft.root.at("questions").items():
            least = question.at("min")
            if question.at("sets").text == name and (least.number or 0) <= 0:
                at = least if least.exists else question.at("sets")
                yield draft.problem(at, f"an answer of 0 to '{question.id}' sets '{name}', and a price is divided by it",
                                    expected=f"min: 1, or no '{name}' in 'divide'", related=related)  # fmt: skip
