"""Which strategies meet the requirements, three-valued, and which of those a preference puts first (method section 4).

Sets of strategies are whole numbers with one bit per row of `Guide.strategies`: a visitor's single changes are judged
by the hundred, and sets of rows are then united and cut at the speed of numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from selector.guide.guide import Guide
from selector.guide.model import Preference
from selector.guide.values import Rated, ValueTable, class_cell

from .effects import Assumption, Binding, Exclusion, Requirement
from .situation import Situation

FEASIBLE, UNVERIFIED, EXCLUDED = "feasible", "unverified", "excluded"

Rows = int
"""A set of rows: bit i is row i."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a strategy stands against requirements and exclusions.

    `failed` names every requirement, exclusion, binding and assumption that it fails, `unverified` those that an
    unknown cell leaves open, `behind` the preferences that list it after others.
    """

    failed: frozenset[str]
    unverified: frozenset[str]
    behind: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """feasible, unverified or excluded."""
        if self.failed:
            return EXCLUDED
        return UNVERIFIED if self.unverified else FEASIBLE


@dataclass(frozen=True, slots=True)
class Yielded:
    """An assumption or a binding that does not hold, because with it nothing would be left.

    `to` names what rules out the strategies that it asks for: the nearest miss.
    """

    id: str
    to: tuple[str, ...]


GATE_PREFIXES = ("assumed.", "bind.", "prefer.")
"""How the ids of assumptions, bindings and preferences begin."""


def switched_off_id(option: str) -> str:
    """Id under which an option that takes part only when enabled is reported as ruled out."""
    return f"off.{option}"


def preference_id(preference: str) -> str:
    """Name under which a preference can be set aside."""
    return f"prefer.{preference}"


class Gates:
    """What rules strategies out and what puts some first, for one situation.

    Attributes:
        failing: rows that fail, by the id of what they fail.
        open: rows for which an unknown cell leaves a requirement open, by its id.
        yielded: assumptions and bindings that were given up.
        behind: rows that a preference lists after the others, with the preference, in rank order.
        feasible: rows that meet everything.
        contenders: the feasible rows that no preference puts behind another.
    """

    def __init__(
        self,
        guide: Guide,
        situation: Situation,
        table: ValueTable,
        relax: frozenset[str],
        rated: Rated | None = None,
    ) -> None:
        """`rated` is where cells are read from when something is supposed to be known: what `table` was made from."""
        self._guide, self._table, self._owned = guide, table, situation.free
        self._rated: Rated = rated or guide
        self._everything: Rows = (1 << len(guide.strategies)) - 1
        self.failing: dict[str, Rows] = {}
        self.open: dict[str, Rows] = {}
        self.yielded: list[Yielded] = []
        self._take(situation.requirements, situation.exclusions)
        self._off(situation, relax)
        for assumption in situation.assumptions:
            if assumption.id not in relax:
                self._assume(assumption)
        for binding in situation.bindings:
            if not binding.relaxed:
                self._bind(binding)
        self.feasible = self._left()
        self.behind = tuple(self._preferences(situation, relax))

    @property
    def contenders(self) -> Rows:
        """Feasible rows that no preference puts behind another feasible row."""
        rows = self.feasible
        for _, behind in self.behind:
            rows &= ~behind
        return rows

    def verdict(self, row: int) -> Verdict:
        """How the strategy of that row stands."""
        bit = 1 << row
        return Verdict(
            frozenset(name for name, rows in self.failing.items() if rows & bit),
            frozenset(name for name, rows in self.open.items() if rows & bit),
            tuple(preference.id for preference, rows in self.behind if rows & bit),
        )

    def tier(self, row: int) -> int:
        """0 for what no preference puts behind; the more important the preference, the larger."""
        tier = 0
        for _, rows in self.behind:
            tier = 2 * tier + (rows >> row & 1)
        return tier

    def _left(self) -> Rows:
        """Rows that neither fail anything nor leave anything open."""
        rows = self._everything
        for gone in (*self.failing.values(), *self.open.values()):
            rows &= ~gone
        return rows

    def _take(self, requirements: Iterable[Requirement], exclusions: Iterable[Exclusion]) -> None:
        for item in requirements:
            if not item.relaxed:
                failed, unverified = self._below(item)
                # An answer may ask twice of one criterion, of all and of a class.
                self.failing[item.id] = self.failing.get(item.id, 0) | failed
                self.open[item.id] = self.open.get(item.id, 0) | unverified
        for exclusion in exclusions:
            if not exclusion.relaxed:
                self.failing[exclusion.id] = self.failing.get(exclusion.id, 0) | self._with(exclusion.option)

    def _off(self, situation: Situation, relax: frozenset[str]) -> None:
        """Options that nothing enables, members of a family that nothing tells apart, and families that are."""
        on = situation.enabled | situation.owned
        out = [option.id for option in self._guide.off if option.id not in situation.enabled]
        for family in self._guide.families:
            if family.off:
                continue  # it stands beside its members when an answer enables it, and never in their place
            out += [name for name in family.stands_for if name not in on]
            if on.intersection(family.stands_for):
                out.append(family.id)
        for name in out:
            if switched_off_id(name) not in relax:
                self.failing[switched_off_id(name)] = self._with(name)

    def _assume(self, assumption: Assumption) -> None:
        before, kept = self._left(), (dict(self.failing), dict(self.open))
        self._take(assumption.requirements, assumption.exclusions)
        if before and not self._left() and not assumption.firm:
            items: list[Requirement | Exclusion] = [*assumption.requirements, *assumption.exclusions]
            self.failing, self.open = kept
            self.yielded.append(Yielded(assumption.id, tuple(item.id for item in items)))

    def _bind(self, binding: Binding) -> None:
        holds = self._with_any(binding.options)
        left = self._left()
        if left & holds:
            self.failing[binding.id] = self._everything & ~holds
        elif left:
            self.yielded.append(Yielded(binding.id, self._nearest(holds)))

    def _nearest(self, rows: Rows) -> tuple[str, ...]:
        """The fewest things that rule one of these rows out, or leave it open."""
        found = [tuple(sorted(self.verdict_ids(row))) for row in each_row(rows)]
        return min(found, key=lambda names: (len(names), names), default=())

    def verdict_ids(self, row: int) -> Iterator[str]:
        """Ids of everything that the strategy of that row fails or leaves open."""
        bit = 1 << row
        for name, rows in (*self.failing.items(), *self.open.items()):
            if rows & bit:
                yield name

    def _preferences(self, situation: Situation, relax: frozenset[str]) -> Iterator[tuple[Preference, Rows]]:
        """Those that hold in this situation and are kept by something feasible."""
        left = self.feasible
        for preference in self._guide.preferences:
            if preference_id(preference.id) in relax or not situation.holds(preference.when, preference.unless):
                continue
            over = preference.over - situation.owned
            behind = (self._with_any(over) | self._of(preference.patterns)) & ~self._with_any(preference.preferred)
            if behind and left & ~behind:
                left &= ~behind
                yield preference, behind

    def _with_any(self, options: Iterable[str]) -> Rows:
        rows = 0
        for option in options:
            rows |= self._with(option)
        return rows

    def _of(self, patterns: frozenset[str]) -> Rows:
        """Rows of the strategies of these patterns."""
        found = (row for row, strategy in enumerate(self._guide.strategies) if strategy.pattern in patterns)
        return sum(1 << row for row in found) if patterns else 0

    def _with(self, option: str) -> Rows:
        """Rows of the strategies that have this member; kept with the guide."""
        kept: dict[str, Rows] = self._guide.__dict__.setdefault("_rows_with", {})
        if not kept:
            for row, strategy in enumerate(self._guide.strategies):
                for member in strategy.members:
                    kept[member] = kept.get(member, 0) | 1 << row
        return kept.get(option, 0)

    def _below(self, item: Requirement) -> tuple[Rows, Rows]:
        """Rows that are certainly below a level, and those of which it is not known; kept with the table."""
        kept: dict[tuple[str, str, str | None], tuple[Rows, Rows]] = self._table.__dict__.setdefault("_below", {})
        key = item.criterion, item.level, item.cls
        if key not in kept:
            kept[key] = self._compare(item)
        return kept[key]

    def _compare(self, item: Requirement) -> tuple[Rows, Rows]:
        column, criterion = self._guide.column(item.criterion), self._guide.criterion(item.criterion)
        bar = criterion.value_of_level(item.level)
        failed = unverified = 0
        for row, strategy in enumerate(self._guide.strategies):
            low, high = self._table.low[row][column], self._table.high[row][column]
            if item.cls is not None and strategy.parts:
                cell = class_cell(self._rated, strategy, criterion, item.cls, self._owned)
                low, high = cell.low, cell.high
            if high < bar:
                failed |= 1 << row
            elif low < bar:
                unverified |= 1 << row
        return failed, unverified


def each_row(rows: Rows) -> Iterator[int]:
    """The rows of a set, ascending."""
    while rows:
        lowest = rows & -rows
        yield lowest.bit_length() - 1
        rows ^= lowest


@dataclass(frozen=True, slots=True)
class Near:
    """The nearest misses when nothing is feasible.

    Attributes:
        alone: per requirement id that is the only obstacle of some strategies, their ids, best first.
        minimal: the inclusion-minimal sets of requirements whose relaxing brings something back, and what.
    """

    alone: Mapping[str, tuple[str, ...]]
    minimal: tuple[tuple[frozenset[str], tuple[str, ...]], ...]


def nearest(ids: Sequence[str], verdicts: Sequence[Verdict], order: Mapping[str, int]) -> Near:
    """Which relaxations bring strategies back.

    Args:
        ids: strategy ids, aligned with `verdicts`.
        verdicts: one per strategy.
        order: strategy id to sort key, best first (its total negated, say).
    """
    sets: dict[frozenset[str], list[str]] = {}
    for name, verdict in zip(ids, verdicts, strict=True):
        if verdict.failed:
            sets.setdefault(verdict.failed, []).append(name)
    minimal = [found for found in sets if not any(other < found for other in sets)]

    def best_first(names: list[str]) -> tuple[str, ...]:
        return tuple(sorted(names, key=lambda name: (order[name], name)))

    ranked = sorted(minimal, key=lambda found: (len(found), min(order[name] for name in sets[found]), sorted(found)))
    return Near(
        alone={next(iter(found)): best_first(sets[found]) for found in ranked if len(found) == 1},
        minimal=tuple((found, best_first(sets[found])) for found in ranked),
    )
