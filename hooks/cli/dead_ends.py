"""Dead ends: answers that together leave nothing, found by walking through all small sets of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from hooks.source.problems import join_words, plural, quote
from selector import Case, Guide
from selector.case.answers import Value
from selector.case.requirements import Gates
from selector.case.situation import interpret
from selector.guide.values import ValueTable

MOST_TOGETHER = 3
"""Answers that are looked at together for what they rule out."""

MOST_STATES = 50_000
"""Sets of strategies left over that the walk through all answers may meet before it gives up."""


@dataclass(frozen=True, slots=True)
class _Step:
    """An answer that rules something out: with those that its question waits for, and the strategies left over."""

    question: str
    answers: Mapping[str, Value]
    left: int


def dead_ends(guide: Guide) -> tuple[list[Mapping[str, Value]], str]:
    """Answers that together leave nothing, each set walked to its end, and a sentence that says what is proved.

    Requirements and exclusions act on each strategy alone, and what a visitor owns only helps it: so the strategies
    that several answers leave are at least those that each of them leaves.
    """
    steps = list(_steps(guide))
    ends = list(_ends(guide, steps))
    if ends:
        said = f"{plural(len(ends), 'dead end')} of at most {MOST_TOGETHER} answers, each walked to its end"
    elif not steps:
        said = "no dead ends: no answer rules anything out"
    elif _always_left(guide, steps):
        ruling = f"{plural(len(steps), 'answer')} {'rules' if len(steps) == 1 else 'rule'} something out"
        said = f"no dead ends: whatever is answered, something is left ({ruling})"
    else:
        said = f"no {MOST_TOGETHER} answers leave nothing; not proved for more answers at once"
    return ends, said


def in_one_sentence(ends: Sequence[Mapping[str, Value]]) -> str:
    """All dead ends as one finding: how many, the answers that most of them share, and the shortest."""
    counts = Counter(word for answers in ends for word in _words(answers))
    often = [f"{word} ({count})" for word, count in counts.most_common(3) if count > 1]
    shared = f"; most often with {join_words(often)}" if often else ""
    return f"{plural(len(ends), 'set')} of answers leave nothing{shared}; for example {after(min(ends, key=len))}"


def after(answers: Mapping[str, Value]) -> str:
    """The answers of a dead end, in quotes."""
    return join_words([quote(word) for word in _words(answers)])


def _words(answers: Mapping[str, Value]) -> list[str]:
    return [f"{name}: {', '.join(value) if isinstance(value, tuple) else value}" for name, value in answers.items()]


def _steps(guide: Guide) -> Iterator[_Step]:
    everything = _left(guide, {})
    for question in guide.questions:
        for answer in question.answers:
            value: Value = max(answer.start or 0, question.minimum or 0) if question.kind == "number" else answer.id
            answers = _waited_for(guide, question.id) | {question.id: (value,) if question.kind == "many" else value}
            left = _left(guide, answers)
            if left != everything:
                yield _Step(question.id, answers, left)


def _waited_for(guide: Guide, name: str) -> dict[str, Value]:
    """The answers after which a question is asked."""
    condition = guide.question(name).condition
    if condition is None:
        return {}
    other, wanted = guide.question(condition[0]), sorted(condition[1])[0]
    return _waited_for(guide, other.id) | {other.id: (wanted,) if other.kind == "many" else wanted}


def _left(guide: Guide, answers: Mapping[str, Value]) -> int:
    """The strategies that are not ruled out, as bits. Who ranks first is not worked out: it does not matter here."""
    situation = interpret(guide, Case(dict(answers)))
    gates = Gates(guide, situation, ValueTable.of(guide, situation.free), frozenset())
    left = (1 << len(guide.strategies)) - 1
    for gone in gates.failing.values():
        left &= ~gone
    return left


def _ends(guide: Guide, steps: list[_Step]) -> Iterator[dict[str, Value]]:
    """The smallest sets of answers that leave nothing."""
    closed: list[set[int]] = []
    for count in range(1, MOST_TOGETHER + 1):
        for chosen in combinations(range(len(steps)), count):
            if any(end <= set(chosen) for end in closed):
                continue
            left, answers = -1, dict[str, Value]()
            for index in chosen:
                left &= steps[index].left
            if left or len({steps[index].question for index in chosen}) < count:
                continue
            for index in chosen:
                answers |= steps[index].answers
            if not _left(guide, answers):
                closed.append(set(chosen))
                yield answers


def _always_left(guide: Guide, steps: list[_Step]) -> bool:
    """True when a walk through all questions, whatever is answered, always leaves a strategy."""
    states = {-1}
    for question in guide.questions:
        mine = [step.left for step in steps if step.question == question.id]
        for group in [[left] for left in mine] if question.kind == "many" else [mine]:
            states |= {state & left for state in states for left in group}
            if 0 in states or len(states) > MOST_STATES:
                return False
    return True
