"""Which strategies meet the requirements, three-valued, and which of those a preference puts first (method section 4).

Sets of strategies are whole numbers with one bit per row of `Guide.strategies`: a visitor's single changes are judged
by the hundred, and sets of rows are then united and cut at the speed of numbers. While requirements are judged there
are more rows, those of `Guide.variants` and `Guide.exact_variants`: a strategy meets its requirements when it meets all
of them with one choice of editions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selector.guide.editions import Rated, Variant, in_variant
from selector.guide.guide import Guide
from selector.guide.model import Criterion, Preference
from selector.guide.values import ValueTable, class_cell, strategy_cell

from .choice import alive, choose, each_row
from .effects import Assumption, Binding, Exclusion, Requirement
from .situation import Situation
from .verdict import Verdict

Rows = int
"""A set of rows: bit i is row i."""


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


def families_off(guide: Guide) -> frozenset[str]:
    """The same ids for families and their members: an answer says which of them take part, and no relaxing does."""
    return frozenset(switched_off_id(name) for family in guide.families for name in (family.id, *family.stands_for))


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
        used: per strategy the row of the variant that it is taken in.
        table: the values of the strategies as they are used.
        feasible: rows that meet everything.
        contenders: the feasible rows that no preference puts behind another.
    """

    def __init__(
        self,
        guide: Guide,
        situation: Situation,
        table: ValueTable,
        relax: frozenset[str],
        supposed: tuple[str, Rated] | None = None,
    ) -> None:
        """`table` has a row for each variant. `supposed` is a criterion of which something is supposed to be known, and
        what its column of `table` was made from."""
        self._guide, self._table, self._owned = guide, table, situation.free
        self._supposed = supposed
        self._everything: Rows = (1 << len(guide.variants)) - 1
        self._used = self._with_any(family.id for family in guide.families if family.id in situation.owned)
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
        self._choice = choose(guide, self.failing, self.open)
        self._everything = (1 << len(guide.strategies)) - 1
        self.failing, self.open, self.used = self._choice.failing, self._choice.open, self._choice.used
        self.table = table.rows(self.used)
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
        failed = frozenset(name for name, rows in self.failing.items() if rows & bit)
        return Verdict(
            failed,
            frozenset(name for name, rows in self.open.items() if rows & bit),
            tuple(preference.id for preference, rows in self.behind if rows & bit),
            self._choice.ways(row) if failed else (),
        )

    def passed_over(self, row: int) -> frozenset[str]:
        """What asks for another edition than the first: ids of requirements and exclusions."""
        return self._choice.passed_over(row)

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
                hit = self._excluded(exclusion)
                self.failing[exclusion.id] = self.failing.get(exclusion.id, 0) | hit

    def _off(self, situation: Situation, relax: frozenset[str]) -> None:
        """Options that nothing enables, members of a family that nothing tells apart, and families that are."""
        on = situation.enabled | situation.owned
        out = [option.id for option in self._guide.off if option.id not in situation.enabled]
        for family in self._guide.families:
            if family.off:
                continue  # it is beside its members when an answer enables it, and never in their place
            out += [name for name in family.stands_for if name not in on]
            if on.intersection(family.stands_for):
                out.append(family.id)
        for name in out:
            if switched_off_id(name) not in relax:
                self.failing[switched_off_id(name)] = self._with(name)

    def _assume(self, assumption: Assumption) -> None:
        before, kept = self._left(), (dict(self.failing), dict(self.open))
        possible = alive(self._guide, self.failing)
        self._take(assumption.requirements, assumption.exclusions)
        nothing = (before and not self._left()) or (possible and not alive(self._guide, self.failing))
        if nothing and not assumption.firm:
            items: list[Requirement | Exclusion] = [*assumption.requirements, *assumption.exclusions]
            self.failing, self.open = kept
            self.yielded.append(Yielded(assumption.id, tuple(item.id for item in items)))

    def _bind(self, binding: Binding) -> None:
        holds = self._with_any(binding.options)
        left = self._left()
        if left & holds:
            everything = (1 << len(self._guide.variants) + len(self._guide.exact_variants)) - 1
            self.failing[binding.id] = everything & ~holds
        elif left:
            self.yielded.append(Yielded(binding.id, self._nearest(holds & self._everything)))

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
            behind &= self._everything
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
        found = (row for row, variant in enumerate(self._guide.variants) if variant.strategy.pattern in patterns)
        return sum(1 << row for row in found) if patterns else 0

    def _with(self, option: str) -> Rows:
        """Rows of the strategies that have this member; kept with the guide."""
        kept: dict[str, Rows] = self._guide.__dict__.setdefault("_rows_with", {})
        if not kept:
            for row, variant in enumerate((*self._guide.variants, *self._guide.exact_variants)):
                for member in variant.strategy.members:
                    kept[member] = kept.get(member, 0) | 1 << row
        return kept.get(option, 0)

    def _excluded(self, item: Exclusion) -> Rows:
        """Rows of the strategies that have this member, or that have it in one of these editions.

        Of what is ruled out only when it is new, a family in use is spared: what it stands for is in use already, and
        is none of the options that tell its members apart.
        """
        rows = self._in_edition(item)
        return rows & (self._with(item.option) | ~self._used) if item.only_new else rows

    def _in_edition(self, item: Exclusion) -> Rows:
        kept: dict[tuple[str, str], Rows] | None = self._guide.__dict__.get("_rows_in_edition")
        if kept is None:
            kept = self._guide.__dict__["_rows_in_edition"] = {}
            for row, variant in enumerate((*self._guide.variants, *self._guide.exact_variants)):
                meant = {key for _, option, edition in variant.instead for key in ((option, ""), (option, edition))}
                for key in meant.union(variant.editions):
                    kept[key] = kept.get(key, 0) | 1 << row
        if not item.editions:
            return self._with(item.option) | kept.get((item.option, ""), 0)
        rows = 0
        for edition in item.editions:
            rows |= kept.get((item.option, edition), 0)
        return rows

    def _below(self, item: Requirement) -> tuple[Rows, Rows]:
        """Rows that are certainly below a level, and those of which it is not known; kept with what cells are read from.

        What a visitor has in use changes burdens only, so everything else is compared once for all visitors.
        """
        rated = self._rated(item.criterion)
        kept: dict[tuple[object, ...], tuple[Rows, Rows]] = rated.__dict__.setdefault("_below", {})
        criterion = self._guide.criterion(item.criterion)
        owned = self._owned if criterion.adds_up and criterion.owned_free else None
        key = item.criterion, item.level, item.cls, owned
        if key not in kept:
            kept[key] = self._compare(item)
        return kept[key]

    def _rated(self, criterion: str) -> Rated:
        """What the cells of a criterion are read from."""
        return self._guide if self._supposed is None or self._supposed[0] != criterion else self._supposed[1]

    def _compare(self, item: Requirement) -> tuple[Rows, Rows]:
        criterion = self._guide.criterion(item.criterion)
        bar = criterion.value_of_level(item.level)
        failed = unverified = 0
        for row, variant in enumerate((*self._guide.variants, *self._guide.exact_variants)):
            low, high = self._bounds(row, variant, criterion, item.cls)
            if high < bar:
                failed |= 1 << row
            elif low < bar:
                unverified |= 1 << row
        return failed, unverified

    def _bounds(self, row: int, variant: Variant, criterion: Criterion, cls: str | None) -> tuple[int, int]:
        """The value of a variant on a criterion, for one class of things where one is asked about."""
        column, strategy, rated = self._guide.column(criterion.id), variant.strategy, self._rated(criterion.id)
        if cls is not None and strategy.parts:
            cell = class_cell(in_variant(rated, variant), strategy, criterion, cls, self._owned)
        elif variant.instead:
            cell = strategy_cell(in_variant(rated, variant), strategy, criterion, self._owned)
        else:
            return self._table.low[row][column], self._table.high[row][column]
        return cell.low, cell.high
