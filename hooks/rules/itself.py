"""What is related to something is related to something else: moves lead elsewhere, nothing works with itself.

PASS
    options: [{id: a, works_with: [b]}, {id: b}]
    moves: [{from: [a], to: [a, b]}]
    not_covered: [{id: c, name: C}]
FAIL
    options: [{id: a, works_with: [a]}]
    moves: [{from: [a, b], to: [b, a]}]
    not_covered: [{id: a, name: A}]   # an option that is rated
    criteria: [{id: effort, weight: 0}]   # and every other criterion as well
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.problems import WARNING, Problem, Related, quote

from .common.draft import Draft


def check(draft: Draft) -> Iterator[Problem]:
    """Options, moves, what is not covered, weights."""
    for node in draft.each("options.*.works_with.*"):
        if node.text and node.text == draft.root.at(*node.path[:2]).id:
            yield draft.problem(node, f"{quote(node.text)} works with itself", expected="other options: delete it")
    for move in draft.root.at("moves").items():
        before, after = move.at("from").texts(), move.at("to").texts()
        if before and set(before) == set(after):
            yield draft.problem(
                move.at("to"), "a move that leads where it begins, as 'from' and 'to' have the same options",
                expected="the options that are used after the move",
            )  # fmt: skip
    yield from _covered(draft)
    criteria = list(draft.root.at("criteria").items())
    if criteria and all(criterion.at("weight").number == 0 for criterion in criteria):
        yield draft.problem(
            criteria[0].at("weight"), "every criterion has weight 0, so nothing ranks first before an answer",
            expected="a weight above 0 for what matters to most visitors", severity=WARNING,
        )  # fmt: skip


def _covered(draft: Draft) -> Iterator[Problem]:
    names = {" ".join(one.at("name").text.casefold().split()): one for one in draft.root.at("options").items()}
    for entry in draft.root.at("not_covered").items():
        same = draft.entries("options").get(entry.id) or names.get(" ".join(entry.at("name").text.casefold().split()))
        if same is not None and same.id:
            yield draft.problem(
                draft.first(entry), f"{quote(entry.id)} is not covered, and option {quote(same.id)} is the same",
                expected="no such entry: delete it; or no such option",
                related=(Related(draft.line(same), "the option is declared there"),),
            )  # fmt: skip
