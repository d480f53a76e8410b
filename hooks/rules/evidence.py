"""Evidence points to answers and options of the guide, and no evidence refers to itself.

PASS
    {strength: sure, answers: {size: large}, uses: [a]}
FAIL
    {strength: sure, answers: {size: lrage}}
    {strength: hint, uses: [a]}
    {strength: hint, answers: {size: large}}
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.alike import nearest
from hooks.source.problems import Problem, join_words, one_of, quote

from .common.draft import Draft, Node


def check(draft: Draft) -> Iterator[Problem]:
    """Each piece of evidence: answers, what its strength allows, its numbers, its conditions."""
    for one in draft.root.at("evidence").items():
        for question in one.at("answers").keys():  # noqa: SIM118  not a dict
            yield from _answers(draft, one, question)
        yield from _strength(draft, one)
        yield from _numbers(draft, one)
        yield from _conditions(draft, one)
    yield from _circles(draft)


def _answers(draft: Draft, one: Node, question: Node) -> Iterator[Problem]:
    asked = draft.entries("questions").get(str(question.value))
    given = one.at("answers", str(question.value))
    if asked is None or asked.at("kind").text == "number":
        if asked is not None:
            yield draft.problem(
                question, f"the question {quote(asked.id)} takes a number, and 'answers' gives none", at_key=True,
                expected=f"counts: {asked.id}, which counts the places that are found, in place of this",
            )  # fmt: skip
        return
    known = [answer.id for answer in asked.at("answers").items()]
    for node in [given] if given.text else given.items():
        if node.text and node.text not in known:
            yield draft.problem(
                node, f"the question {quote(asked.id)} has no answer {quote(node.text)}",
                expected=one_of(known, node.text), nearest=nearest(node.text, known), cause=f"answers to {asked.id}/{node.text}",
            )  # fmt: skip


def _strength(draft: Draft, one: Node) -> Iterator[Problem]:
    strength = one.at("strength").text
    if one.at("uses").exists and strength == "hint":
        yield draft.problem(
            one.at("uses"),
            "a hint shows no use of an option",
            at_key=True,
            expected="strength: sure or strength: likely; or no 'uses': delete it",
        )
    if one.at("answers").exists and strength == "hint":
        yield draft.problem(
            one.at("answers"),
            "a hint answers no question",
            at_key=True,
            expected="strength: likely or strength: sure; or no 'answers': delete it",
        )


def _numbers(draft: Draft, one: Node) -> Iterator[Problem]:
    least, most = one.at("least"), one.at("most")
    if least.number is not None and most.number is not None and least.number > most.number:
        yield draft.problem(
            most, f"'most' is {most.value}, and 'least' is {least.value}", expected=f"most: {least.value} or more"
        )
    counted = draft.entries("questions").get(one.at("counts").text)
    if counted is not None and counted.at("kind").text != "number":
        yield draft.problem(
            one.at("counts"),
            f"the question {quote(counted.id)} takes no number, so nothing can be counted for it",
            expected=_numbers_of(draft),
        )
    if one.at("but").exists and not one.at("per").exists:
        yield draft.problem(
            one.at("but"),
            "'but' has no meaning without 'per', the folders that are counted",
            at_key=True,
            expected="'per' beside it, as in per: 'places/*'; or no 'but': delete it",
        )


def _numbers_of(draft: Draft) -> str:
    """Questions that take a number."""
    names = [name for name, one in draft.entries("questions").items() if one.at("kind").text == "number"]
    return f"a question of kind number: {', '.join(names)}" if names else "no 'counts': delete it"


def _conditions(draft: Draft, one: Node) -> Iterator[Problem]:
    for field in ("needs", "unless"):
        for node in one.at(field).items():
            if node.text == one.id:
                yield draft.problem(node, f"{quote(one.id)} refers to itself", expected="other evidence")


def _circles(draft: Draft) -> Iterator[Problem]:
    """Evidence that is found only when other evidence is, which needs the first: one problem for each circle."""
    known = draft.entries("evidence")
    # one of its needs is enough, so what can be found is worked out from what needs nothing
    found = {name for name, one in known.items() if not one.at("needs").exists}
    before = -1
    while before < len(found):
        before = len(found)
        found |= {name for name, one in known.items() if found & set(one.at("needs").texts())}
    told: set[str] = set()
    for name, one in known.items():
        needs = one.at("needs").texts()
        if name in found or name in needs or not set(needs) <= set(known):
            continue
        circle = [name]
        while (step := known[circle[-1]].at("needs").texts()[:1]) and step[0] in known and step[0] not in circle:
            circle.append(step[0])
        if told.isdisjoint(circle):
            yield draft.problem(one.at("needs"), f"{join_words([quote(each) for each in circle])} need each other, so none is ever found",
                                at_key=True, expected="one of them without 'needs', or with other evidence in it")  # fmt: skip
        told |= set(circle)
