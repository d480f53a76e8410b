"""Answers named in conditions and examples are answers of that question, in the form that its kind takes.

PASS
    ask_when: {question: team, any: [small]}
    answers: {team: small, rules: [audit], people: 12}
FAIL
    ask_when: {question: team, any: [smal]}
    answers: {team: smal, rules: audit, people: many}
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.alike import nearest
from hooks.source.problems import Problem, Related, one_of, quote
from selector.case.answers import UNSURE

from .common.draft import Draft, Node

CONDITIONS = (
    "questions.*.answers.*.effects.*.when|unless",
    "questions.*.answers.*.contradicts.*.answers",
    "preferences.*.when|unless",
    "rules_of_thumb.*.when|unless",
)
"""Where answers are, by question."""


def check(draft: Draft) -> Iterator[Problem]:
    """Conditions of questions and of all that holds with certain answers, then answers of examples and decisions."""
    for condition in draft.each("questions.*.ask_when"):
        yield from _each_known(draft, condition.at("any"), condition.at("question").text)
    for pattern in CONDITIONS:
        for condition in draft.each(pattern):
            for name in condition.fields():
                yield from _each_known(draft, condition.at(name), name)
    for question in draft.entries("questions").values():
        if question.at("assumed").exists:
            yield from _known(draft, question.at("assumed", "answer"), question)
    for answers in draft.each("examples|decisions.*.answers"):
        for name in answers.fields():
            question = draft.entries("questions").get(name)
            if question is not None:
                yield from _fits(draft, answers.at(name), question)


def _each_known(draft: Draft, answers: Node, name: str) -> Iterator[Problem]:
    """A list of answers to one question."""
    question = draft.entries("questions").get(name)
    if question is not None:
        for answer in answers.items():
            yield from _known(draft, answer, question)


def _fits(draft: Draft, node: Node, question: Node) -> Iterator[Problem]:
    """An answer in the form that the question's kind takes."""
    kind = question.at("kind").text
    if node.text == UNSURE:
        return
    if kind == "number":
        yield from _number(draft, node, question)
    elif node.number is not None:
        yield _wrong_form(draft, node, question, "the id of an answer, in quotes if it is a number")
    elif kind == "many":
        if isinstance(node.value, list):
            for item in node.items():
                yield from _known(draft, item, question)
        else:
            yield _wrong_form(draft, node, question, "a list, as several answers are possible", f"[{node.text}]")
    elif isinstance(node.value, list):
        yield _wrong_form(draft, node, question, "one answer")
    else:
        yield from _known(draft, node, question)


def _wrong_form(draft: Draft, node: Node, question: Node, expected: str, better: str = "") -> Problem:
    kind = question.at("kind").text
    written = "a list" if isinstance(node.value, list) else quote(node.text or str(node.value))
    related = (Related(draft.line(question), "the question is declared there"),)
    return draft.problem(
        node,
        f"question '{question.id}' is of kind '{kind}', which {written} cannot answer",
        expected=expected,
        nearest=better,
        related=related,
    )


def _number(draft: Draft, node: Node, question: Node) -> Iterator[Problem]:
    low, high = question.at("min").number, question.at("max").number
    if node.number is None:
        yield _wrong_form(draft, node, question, "a whole number")
    elif low is not None and high is not None and low >= high:
        return  # no number is an answer, which is said at the question
    elif (low is not None and node.number < low) or (high is not None and node.number > high):
        span = " ".join([f"from {low:g}"] * (low is not None) + [f"to {high:g}"] * (high is not None))
        yield draft.problem(
            node, f"{node.number:g} is no answer to question '{question.id}'", expected=f"a number {span}"
        )


def _known(draft: Draft, node: Node, question: Node) -> Iterator[Problem]:
    known = [answer.id for answer in question.at("answers").items() if answer.id]
    if node.text and node.text not in known:
        yield draft.problem(
            node,
            f"question '{question.id}' has no answer {quote(node.text)}",
            expected=one_of(known, node.text),
            nearest=nearest(node.text, known),
            related=draft.declared(question.at("answers"), "its answers"),
            cause=f"answers to {question.id}/{node.text}",
        )
