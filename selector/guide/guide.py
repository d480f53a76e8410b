"""A checked guide: its records, and the strategies and values that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from selector.text.collation import Key, sort_key

from .editions import Cell, Variant, cell_of, exact_variants, in_editions, together, variants
from .model import GuideData
from .own import OwnFact
from .reading import read_guide
from .strategies import Enumeration, Strategy, enumerate_strategies
from .terms import Terms
from .values import strategy_cell


@dataclass(frozen=True)
class Guide(GuideData):
    """A checked guide. Build it with `from_data`; everything derived is computed once and kept.

    Attributes:
        own: facts of a visitor's own that are in it, see `own.with_own`.
        base: the guide without them; None where it has none.
    """

    own: tuple[OwnFact, ...] = ()
    base: Guide | None = field(default=None, repr=False)

    @classmethod
    def from_data(cls, data: Mapping[str, Any], revision: str = "") -> Guide:
        """Make a guide from plain JSON data that conforms to guide.schema.json.

        Args:
            data: the data.
            revision: of the data that it was made from, where that is not this data itself.

        Raises:
            GuideError: a reference leads nowhere, or a field that scoring needs is missing.
        """
        return read_guide(cls, data, revision)

    @cached_property
    def enumeration(self) -> Enumeration:
        """All strategies and what was bounded while finding them."""
        return enumerate_strategies(self)

    @property
    def strategies(self) -> tuple[Strategy, ...]:
        """All strategies, sorted by number of members and id."""
        return self.enumeration.strategies

    def by_name(self, name: str) -> Key:
        """What to sort names by in the language of the guide."""
        return sort_key(name, str(self.data["guide"].get("lang", "en")))

    @cached_property
    def terms(self) -> Terms:
        """What the guide calls its options, their combinations and its readers."""
        return Terms.of(self.data.get("terms", {}), combined=self.combined)

    @cached_property
    def combined(self) -> bool:
        """True where options are combined: some strategy has several members."""
        return any(len(strategy.members) > 1 for strategy in self.strategies)

    @cached_property
    def variants(self) -> tuple[Variant, ...]:
        """All strategies in the first edition of each member, in their order, then in all other choices of editions."""
        return variants(self, self.strategies)

    @cached_property
    def exact_variants(self) -> tuple[Variant, ...]:
        """Strategies with a family, once for each member and edition that may turn out to be meant by it."""
        return exact_variants(self, self.strategies)

    @cached_property
    def _strategy_index(self) -> dict[str, Strategy]:
        index = {}
        for strategy in self.strategies:
            index[strategy.id] = strategy
            if strategy.named is not None:
                entry = self.entry("strategies", strategy.named)
                index.update(dict.fromkeys([strategy.named, *entry.get("aliases", ())], strategy))
        return index

    def strategy(self, name: str) -> Strategy:
        """The strategy with this id (members joined by `+`, any order, aliases allowed) or named id.

        Raises KeyError when there is none.
        """
        if name in self._strategy_index:
            return self._strategy_index[name]
        return self._strategy_index["+".join(sorted(self.option(part).id for part in name.split("+")))]

    @cached_property
    def _ids(self) -> dict[str, dict[str, str]]:
        return {
            section: {name: str(entry["id"]) for name, entry in entries.items()}
            for section, entries in self._index.items()
        }

    def today(self, section: str) -> Mapping[str, str]:
        """Every id and former id of a section, with the id that the entry has today."""
        return self._ids.get(section, {})

    def cell(self, option: str, criterion: str) -> Cell:
        """The value of one option on one criterion, in its first edition; kept, as all strategies of an option ask."""
        kept: dict[tuple[str, str], Cell] = self.__dict__.setdefault("_cells", {})
        key = option, criterion
        if key not in kept:
            kept[key] = cell_of(self.option(option), criterion)
        return kept[key]

    def strategy_cells(self, strategy: Strategy, criterion: str) -> list[Cell]:
        """The same in every choice of editions, equal values together; one cell where editions make no difference."""
        row = self.strategies.index(strategy)
        choices = (variant for variant in self.variants if variant.row == row)
        found = self.criterion(criterion)
        return together(strategy_cell(in_editions(self, one.editions), strategy, found) for one in choices)

    def strategy_cell(self, strategy: Strategy, criterion: str) -> Cell:
        """The value of a strategy on a criterion, nothing owned beforehand and nothing required: first editions."""
        return strategy_cell(self, strategy, self.criterion(criterion))
