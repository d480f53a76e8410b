"""Which open question to ask next, and how many more answers would settle the matter (method section 10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from selector.case.answers import Case, in_force
from selector.guide.guide import Guide

from .sensitivity import FirstPlace, alternatives, apart, first_place_of, leaders_of, tries, with_answer
from .weightings import stream


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question not answered yet.

    `share` is the share of its answers that would change who ranks first. `gain`, 0..1, is the mean of two figures:
    how much an answer changes who could rank first, and how far its answers lead apart. Another leader counts in both,
    and so does a firmer or a weaker lead. It is below 1 always, as no answers lead each to somewhere else than all
    together.
    """

    question: str
    share: Fraction
    gain: Fraction


def open_questions(
    guide: Guide, case: Case, found: Mapping[str, Sequence[FirstPlace]] | None = None
) -> list[OpenQuestion]:
    """Open questions, the most useful first: by gain in steps of a hundredth, core questions first among equals.

    Args:
        guide: the guide.
        case: what was said so far.
        found: per open question the standing after each of its answers, when it is known already.
    """
    now = first_place_of(guide, case)
    rated = []
    for name in in_force(guide, case):
        if name not in case.answers:
            known = found[name] if found is not None else [standing for _, standing in tries(guide, case, name)]
            changed = sum(standing.leaders != now.leaders for standing in known)
            rated.append(OpenQuestion(name, Fraction(changed, len(known)), _gain(now, known)))
    return sorted(rated, key=lambda item: (-int(100 * item.gain), item.question not in guide.core))


def _gain(now: FirstPlace, known: Sequence[FirstPlace]) -> Fraction:
    names = {name for standing in known for name in standing.chances}
    mixed = {name: sum(standing.chances.get(name, 0) for standing in known) // len(known) for name in names}
    both = (apart(now.chances, standing.chances) + apart(mixed, standing.chances) for standing in known)
    return sum(both, Fraction()) / (2 * len(known))


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
