"""Which open question to ask next, and how many more answers would settle the matter (method section 10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from selector.case.answers import Case, in_force
from selector.guide.guide import Guide

from .sensitivity import Flip, alternatives, flips, leaders_of, with_answer
from .weightings import stream


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question not answered yet: the share of its answers that would change who comes first."""

    question: str
    share: Fraction


def open_questions(guide: Guide, case: Case, found: Iterable[Flip] | None = None) -> list[OpenQuestion]:
    """Open questions, the most useful first: by the share of answers that change the leaders.

    Args:
        guide: the guide.
        case: what was said so far.
        found: its flips, when they are known already.
    """
    changed = Counter(flip.question for flip in (flips(guide, case) if found is None else found))
    shares = [
        OpenQuestion(name, Fraction(changed[name], len(list(alternatives(guide.question(name), None)))))
        for name in in_force(guide, case)
        if name not in case.answers
    ]
    return sorted(shares, key=lambda item: -item.share)


TRIES = 40
"""Random completions by which `answers_to_settle` judges."""

SURE = Fraction(9, 10)
"""Share of them in which the matter has to be settled."""


def answers_to_settle(guide: Guide, case: Case, order: list[str]) -> int:
    """How many more answers, asked in this order, settle the matter in SURE of random completions.

    A completion answers every open question at random (seeded). It is settled after k answers when the leaders are
    those of the full completion and stay so up to its end.
    """
    return enough_of(list(settled_after(guide, case, order)))


def settled_after(guide: Guide, case: Case, order: list[str]) -> Iterator[int]:
    """For one random completion after the other, after how many answers it is settled."""
    source = stream(guide.data["guide"].get("seed", 1), "settle", "completions")
    for _ in range(TRIES):
        yield _settled_after(guide, case, order, source)


def enough_of(needed: list[int]) -> int:
    """The number of answers that is enough in SURE of the completions."""
    return sorted(needed)[min(len(needed) - 1, int(SURE * len(needed)))]


def _settled_after(guide: Guide, case: Case, order: list[str], source: Random) -> int:
    steps = [leaders_of(guide, case)]
    for name in order:
        answers = [answer for answer in alternatives(guide.question(name), None) if answer is not None]
        case = with_answer(case, name, answers[int(source.random() * len(answers))])
        steps.append(leaders_of(guide, case))
    last = len(steps) - 1
    while last and steps[last - 1] == steps[-1]:
        last -= 1
    return last
