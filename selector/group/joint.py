"""What several people could agree on: the strategies that meet the requirements of all, and what each would lose.

A loss compares a strategy with the first place of one person, on this person's own scale: 0 to 100 points, from the
worst level on every criterion to the best on every one, weighted as this person weighs. Weights are not averaged and
losses are not added up. To compare the losses of two people is to take it that the whole scale means as much to the one
as to the other, which no calculation can know; anyone who shows the figure has to say so (Keeney & Kirkwood, Group decision
making using cardinal social welfare functions, Management Science 22(4), 1975).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from operator import itemgetter

from selector.analysis.sensitivity import REACH
from selector.case.answers import Case
from selector.case.choice import each_row
from selector.case.requirements import Gates, Rows, families_off, switched_off_id
from selector.case.situation import Situation, interpret
from selector.guide.guide import Guide
from selector.guide.model import FULL
from selector.guide.values import ValueTable
from selector.scoring.totals import dot

TOLERANCE = REACH
"""Points of 100 that a person can lose on a strategy that is still acceptable: as many as a strategy may be behind and
still rank first in some nearby weighting."""


@dataclass(frozen=True, slots=True, order=True)
class Distance:
    """How far apart people are: how many requirements a person would have to give up before anything meets all, and
    then the smallest largest loss in points of 100. Nothing at all means that one strategy ranks first for everyone."""

    requirements: int
    loss: Fraction


class View:
    """One case: what is feasible in it, and how far each strategy is from its first place."""

    def __init__(self, guide: Guide, case: Case) -> None:
        self.case = case
        self.situation = interpret(guide, case)
        self.points = self.situation.whole_points()
        self.table = ValueTable.of(guide, self.situation.free)
        self.gates = Gates(guide, self.situation, self.table, case.relax)
        totals = {row: dot(self.points, self.gates.table.twice[row]) for row in each_row(self.gates.contenders)}
        self.best = max(totals.values(), default=None)
        self.first = frozenset(row for row, total in totals.items() if total == self.best)

    def loss(self, variant: int) -> Fraction:
        """Points of 100 that a strategy, in one choice of editions, is behind the first place; at least 0."""
        assert self.best is not None  # only strategies that are feasible are asked about
        behind = self.best - dot(self.points, self.table.twice[variant])
        return max(Fraction(0), Fraction(100 * behind, 2 * FULL * sum(self.points)))

    def preferred(self, left: Rows) -> Rows:
        """Of these rows those that no preference of the case puts behind another of them."""
        for _, behind in self.gates.behind:
            left = left & ~behind or left
        return left

    def in_force(self) -> Situation:
        """The situation with what is really asked for: neither set aside nor given up."""
        out = {item.id for item in self.gates.yielded} | self.case.relax
        held = [item for item in self.situation.assumptions if item.id not in out]
        return replace(
            self.situation,
            requirements=(*self.situation.requirements, *(asked for item in held for asked in item.requirements)),
            exclusions=(*self.situation.exclusions, *(asked for item in held for asked in item.exclusions)),
        )


class Joint:
    """The views of several cases together; equal ones count once.

    Attributes:
        views: one for each case.
        possible: rows that meet the requirements of every case, with one choice of editions for all.
        apart: rows that are feasible for each alone, but in different editions.
        used: per strategy the row of the variant that all share.
    """

    def __init__(self, guide: Guide, views: Iterable[View]) -> None:
        self.views = tuple(views)
        feasible = ~0
        for view in self.views:
            feasible &= view.gates.feasible
        self._hidden = families_off(guide)
        self._rows = range(len(guide.strategies))
        first, *others = self.views
        gates = first.gates if not others else _all_asked(guide, self.views)
        self.used = gates.used
        self.possible: Rows = feasible & gates.feasible
        self.apart: Rows = feasible & ~gates.feasible

    @cached_property
    def preferred(self) -> Rows:
        """Possible rows that nobody's preferences put behind another possible one; none when preferences clash."""
        rows = self.possible
        for view in self.views:
            rows &= view.preferred(self.possible)
        return rows

    @cached_property
    def candidates(self) -> Rows:
        """What there is to choose from: the preferred ones, or all possible ones where preferences clash."""
        return self.preferred or self.possible

    def losses(self, row: int) -> list[Fraction]:
        """What each view loses on a possible strategy."""
        return [view.loss(self.used[row]) for view in self.views]

    @cached_property
    def largest(self) -> dict[int, Fraction]:
        """The largest loss of any view, by row of the candidates."""
        return {row: max(self.losses(row)) for row in each_row(self.candidates)}

    @property
    def regret(self) -> Fraction | None:
        """The smallest of the largest losses; None when nothing is possible for all.

        Minimax regret (Savage, The theory of statistical decision, JASA 46, 1951), over people in place of states.
        """
        return min(self.largest.values(), default=None)

    @property
    def distance(self) -> Distance:
        """How far apart the views are."""
        if self.regret is not None:
            return Distance(0, self.regret)
        failing: dict[str, Rows] = {}
        for view in self.views:
            for found, rows in view.gates.failing.items():
                name = self.asked_id(view.situation, found)
                failing[name] = failing.get(name, 0) | rows
        hidden = 0
        for name in self._hidden & failing.keys():
            hidden |= failing[name]
        counts = [sum(rows >> row & 1 for rows in failing.values()) for row in self._rows if not hidden >> row & 1]
        # Where nothing is failed, something is not verified, or no edition meets all: one thing at least is missing.
        return Distance(max(1, min(counts, default=1)), Fraction(0))

    def asked_id(self, situation: Situation, name: str) -> str:
        """What a requirement of one case is called among all. Two cases that bind to different options because of the
        same question ask for two things."""
        options = next((item.options for item in situation.bindings if item.id == name), None)
        return name if options is None or len(self._bound[name]) == 1 else f"{name}={'+'.join(sorted(options))}"

    @cached_property
    def _bound(self) -> dict[str, set[frozenset[str]]]:
        """What each binding may mean: the options, by its id."""
        found: dict[str, set[frozenset[str]]] = {}
        for view in self.views:
            for item in view.situation.bindings:
                found.setdefault(item.id, set()).add(item.options)
        return found

    @property
    def least_regret(self) -> list[int]:
        """Rows of the candidates whose largest loss is smallest; several when they are equal."""
        return [row for row, loss in self.largest.items() if loss == self.regret]

    @property
    def acceptable(self) -> list[int]:
        """Rows that are acceptable to all, smallest largest loss first.

        A strategy is acceptable to a person when it meets what this person requires, no preference of theirs puts
        another possible strategy before it, and it is at most TOLERANCE points behind their first place. A tolerance
        on each member's regret is how Dias & Climaco let a group find what all can accept (Dealing with imprecise
        information in group multicriteria decisions, European Journal of Operational Research 160(2), 2005).
        """
        near = [(loss, row) for row, loss in self.largest.items() if self.preferred >> row & 1 and loss <= TOLERANCE]
        return [row for _, row in sorted(near, key=itemgetter(0))]


def _all_asked(guide: Guide, views: Iterable[View]) -> Gates:
    """The requirements and exclusions of all views at once: which editions meet them."""
    several = [view.in_force() for view in views]
    union = replace(
        several[0],
        requirements=tuple(dict.fromkeys(item for one in several for item in one.requirements)),
        exclusions=tuple(dict.fromkeys(item for one in several for item in one.exclusions)),
        bindings=(),
        assumptions=(),
        owned=frozenset[str]().union(*(one.owned for one in several)),
        spared=frozenset[str]().union(*(one.spared for one in several)),
    )
    # Which options take part was judged in each view.
    on = frozenset(switched_off_id(option.id) for option in guide.candidates)
    return Gates(guide, union, ValueTable.of(guide, union.free), on)
