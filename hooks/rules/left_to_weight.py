"""What the reason of a weight speaks against does not rank first for who gives that answer (a warning): a requirement
is not left to a weight.

PASS
    effects: [{weight: {effort: 9}, against: [a], because: You have no operators.}, {exclude: [a], because: You have no operators.}]
FAIL
    effects: [{weight: {effort: 9}, against: [a], because: You have no operators.}]     # and a ranks first all the same
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.evaluation.cache import cached_result
from hooks.source.problems import WARNING, Problem, join_words, quote
from selector import Guide
from selector.analysis.audience import sample_case
from selector.analysis.sensitivity import leaders_of, with_answer
from selector.analysis.weightings import stream
from selector.case.answers import Case, Value, in_force
from selector.case.situation import interpret
from selector.guide.model import Answer, Question

from .common.draft import Draft, Node

VISITORS = 150
"""Sampled visitors who are given the answer."""


def check(draft: Draft) -> Iterator[Problem]:
    """Each weight that says against what it speaks."""
    guide = draft.guide
    if guide is None or draft.enumeration is None:
        return
    nodes = [
        effect.at("against")
        for effect in draft.each("questions.*.answers.*.effects.*")
        if effect.at("against").exists and effect.at("weight").exists
    ]
    results = cached_result(guide, "left to weight", lambda: [_first(guide, node) for node in nodes])
    for node, (first, visitors) in zip(nodes, results, strict=True):
        if first:
            _, question, _, answer, *_ = node.path
            asked = guide.questions[int(question)]
            name, count = max(first.items(), key=lambda item: (item[1], item[0]))
            yield draft.problem(
                node,
                f"this weight is against {join_words([quote(text) for text in node.texts()], 'or')}, yet {quote(name)}"
                f" ranks first in {count} of {visitors} sampled visits with answer '{asked.answers[int(answer)].id}' to"
                f" '{asked.id}'",
                at_key=True,
                expected="'exclude' or 'require' in another effect of this answer if it must not win; otherwise no"
                " 'against', and a reason that does not speak against it",
                severity=WARNING,
            )


def _first(guide: Guide, node: Node) -> tuple[dict[str, int], int]:
    """Strategies with such a member, not in use, that rank first, with how often; and the number of visits."""
    _, number, _, place, *_ = node.path
    question = guide.questions[int(number)]
    answer, against = question.answers[int(place)], frozenset(guide.targets(node.texts()))
    source = stream(guide.data["guide"].get("seed", 1), "rules", f"{question.id} {answer.id}")
    found: dict[str, int] = {}
    visits = 0
    for _ in range(VISITORS):
        case = with_answer(sample_case(guide, source), question.id, _value(question, answer))
        if question.id not in in_force(guide, case):
            continue
        visits += 1
        for name in _leaders(guide, case, against):
            found[name] = found.get(name, 0) + 1
    return found, visits


def _leaders(guide: Guide, case: Case, against: frozenset[str]) -> Iterator[str]:
    owned = interpret(guide, case).owned
    for name in leaders_of(guide, case):
        strategy = guide.strategy(name)
        if against.intersection(strategy.members) - owned:
            yield strategy.named or strategy.id


def _value(question: Question, answer: Answer) -> Value:
    if question.kind == "number":
        return max(answer.start or 0, question.minimum or 0)
    return (answer.id,) if question.kind == "many" else answer.id
