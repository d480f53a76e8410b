"""Which single disagreement, once settled, settles the most.

For each question on which answers differ or are missing, every answer that a person gave is tried as the answer of all,
and what counts is how far apart people are after the worst of them: so much is sure, whichever way the talk ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selector.analysis.sensitivity import with_answer
from selector.case.answers import Case, Value

from .joint import Distance, Joint, View
from .positions import AGREE
from .together import Together


@dataclass(frozen=True, slots=True)
class Outcome:
    """All give one answer: how far apart they are then, and the strategies of least regret."""

    answer: Value
    left: Distance
    strategies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settling:
    """One disagreement and what settling it would do.

    Attributes:
        now: how far apart people are as answers are.
        outcomes: one for each answer that a person gave.
    """

    question: str
    now: Distance
    outcomes: tuple[Outcome, ...]

    @property
    def sure(self) -> Distance:
        """What is left whichever of the answers all give."""
        return max(item.left for item in self.outcomes)

    @property
    def hoped(self) -> Distance:
        """What is left after the answer that brings people closest."""
        return min(item.left for item in self.outcomes)

    @property
    def helps(self) -> bool:
        """True when some answer brings people closer together and none puts them further apart."""
        return self.hoped < self.now and self.sure <= self.now


def settlings(found: Together) -> Iterator[Settling]:
    """One for each question on which answers differ or are missing, in the guide's order.

    A step each, so that a page need not wait for all; `by_effect` sorts them.
    """
    views: dict[tuple[object, ...], View] = {}
    guide, cases = found.guide, [view.case for view in found.joint.views]

    def view(case: Case) -> View:
        key = (frozenset(case.answers.items()), frozenset(case.weights.items()), case.relax, case.trades)
        if key not in views:
            views[key] = View(guide, case)
        return views[key]

    for position in found.positions:
        if position.status != AGREE:
            outcomes = []
            for answer in position.proposals:
                changed = [view(with_answer(case, position.question, answer)) for case in cases]
                joint = Joint(guide, dict.fromkeys(changed))
                best = tuple(guide.strategies[row].id for row in joint.least_regret)
                outcomes.append(Outcome(answer, joint.distance, best))
            yield Settling(position.question, found.joint.distance, tuple(outcomes))


def by_effect(found: Iterable[Settling]) -> list[Settling]:
    """What settles most for sure first, then what may settle most; equals as they came."""
    return sorted(found, key=lambda item: (item.sure, item.hoped))
