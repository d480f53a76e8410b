"""A question is asked on the condition of an earlier one, never of itself or of one that comes later.

PASS
    questions: [{id: team}, {id: night, ask_when: {question: team, any: [large]}}]
FAIL
    questions: [{id: night, ask_when: {question: team, any: [large]}}, {id: team}]
    questions: [{id: team, ask_when: {question: team, any: [large]}}]
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.problems import Problem, Related

from .common.draft import Draft


def check(draft: Draft) -> Iterator[Problem]:
    """Conditions in the order of the questions; a circle is told from a wrong order."""
    questions = draft.entries("questions")
    order = {name: position for position, name in enumerate(questions)}
    asks = {name: question.at("ask_when", "question").text for name, question in questions.items()}
    for name, question in questions.items():
        other = asks[name]
        if other not in order or order[other] < order[name]:
            continue
        node = question.at("ask_when", "question")
        circle = _circle(asks, name)
        if other == name:
            yield draft.problem(node, f"question '{name}' depends on itself, so it is never asked",
                                expected="a condition on an earlier question, or none")  # fmt: skip
        elif circle:
            way = " -> ".join(f"'{step}'" for step in circle)
            yield draft.problem(node, f"these questions wait for each other, so none is ever asked: {way}",
                                expected="a condition on an earlier question, or none")  # fmt: skip
        else:
            yield draft.problem(
                node,
                f"question '{name}' depends on '{other}', which is asked after it",
                expected=f"a question above, or '{other}' moved up",
                related=(Related(draft.line(questions[other]), f"'{other}' is there"),),
            )


def _circle(asks: dict[str, str], start: str) -> list[str]:
    """The way from a question back to itself, or nothing."""
    way = [start]
    while asks.get(way[-1]):
        way.append(asks[way[-1]])
        if way[-1] == start:
            return way
        if way[-1] in way[:-1]:
            return []
    return []
