"""A question has the fields of its kind, and the bands of a number are in order.

PASS
    {kind: number, min: 0, max: 500, answers: [{id: few, from: 0}, {id: many, from: 20}]}
    {kind: many, cap: 10}
FAIL
    {kind: number, min: 9, max: 5, answers: [{id: many, from: 20}, {id: few, from: 0}]}
    {kind: one, cap: 10}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hooks.source.problems import Problem, Related

from .common.draft import Draft, Node

FIELDS = {"cap": "many", "sets": "number", "unit": "number", "min": "number", "max": "number", "example": "number"}
"""Fields that only one kind of question has."""


def check(draft: Draft) -> Iterator[Problem]:
    """Each question: fields of other kinds, then its numbers."""
    for question in draft.root.at("questions").items():
        kind = question.at("kind").text
        if kind not in ("one", "many", "number"):
            continue
        answers = list(question.at("answers").items())
        nodes = [(question.at(field), other) for field, other in FIELDS.items()]
        nodes += [(answer.at("from"), "number") for answer in answers]
        for node, other in nodes:
            if node.exists and kind != other:
                message = f"'{node.path[-1]}' has no meaning for a question of kind '{kind}'"
                yield draft.problem(
                    node, message, at_key=True, expected=f"no '{node.path[-1]}': delete it; or kind: {other}"
                )
        if kind == "number":
            wrong = list(_limits(draft, question))
            yield from wrong or _bands(draft, question, answers)


def _limits(draft: Draft, question: Node) -> Iterator[Problem]:
    low, high = question.at("min"), question.at("max")
    if low.number is not None and high.number is not None and low.number >= high.number:
        related = (Related(draft.line(low), "'min' is there"),)
        yield draft.problem(high, f"'max' is {high.value}, and 'min' is {low.value}",
                            expected=f"max: {low.value + 1} or more", related=related)  # fmt: skip
    example = question.at("example")
    if example.number is not None and not _inside(question, example.number):
        yield draft.problem(
            example,
            f"the example {example.value} is no answer, as it is not between min and max",
            expected=_span(question),
        )


def _inside(question: Node, number: float) -> bool:
    low, high = question.at("min").number, question.at("max").number
    return (low is None or number >= low) and (high is None or number <= high)


def _span(question: Node) -> str:
    low, high = question.at("min").number, question.at("max").number
    return "a number" + (f" from {low:g}" if low is not None else "") + (f" to {high:g}" if high is not None else "")


def _bands(draft: Draft, question: Node, answers: list[Node]) -> Iterator[Problem]:
    """Each band starts after the one before, within the limits; the first one where numbers begin."""
    for answer in answers:
        if isinstance(answer.value, dict) and "from" not in answer.value:
            yield draft.problem(draft.first(answer), f"band '{answer.id}' has no 'from'",
                                expected="'from', the smallest number of the band, as in from: 10")  # fmt: skip
    starts = [answer for answer in answers if answer.at("from").number is not None]
    for before, after in pairwise(starts):
        low, high = before.at("from").value, after.at("from").value
        if high <= low:
            yield draft.problem(
                after.at("from"),
                f"band '{after.id}' starts at {high}, and band '{before.id}' above it at {low}",
                expected=f"from: {low + 1} or more, as bands rise",
                related=(Related(draft.line(before), f"band '{before.id}' is there"),),
            )
    least, most = question.at("min").number or 0, question.at("max").number
    if starts and (starts[0].at("from").number or 0) > least:
        yield draft.problem(starts[0].at("from"),
                            f"numbers from {least:g} to {starts[0].at('from').value - 1} are in no band, as the first band starts above them",
                            expected=f"from: {least:g}")  # fmt: skip
    for answer in starts if question.at("min").exists else []:
        start = answer.at("from")
        if (start.number or 0) < least:
            yield draft.problem(start, f"band '{answer.id}' starts below the smallest number, {least:g}",
                                expected=f"from: {least:g} or more")  # fmt: skip
    for answer in starts:
        start = answer.at("from")
        if most is not None and (start.number or 0) > most:
            yield draft.problem(
                start,
                f"band '{answer.id}' starts after the largest number, {most:g}",
                expected=f"from: {most:g} or less",
            )
