"""A checked guide: its records, and the strategies and values that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .model import GuideData
from .reading import read_guide
from .strategies import Enumeration, Strategy, enumerate_strategies
from .values import Cell, strategy_cell


@dataclass(frozen=True)
class Guide(GuideData):
    """A checked guide. Build it with `from_data`; everything derived is computed once and kept."""

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Guide:
        """Make a guide from plain JSON data that conforms to guide.schema.json.

        Raises:
            GuideError: a reference leads nowhere, or a field that scoring needs is missing.
        """
        return read_guide(cls, data)

    @cached_property
    def enumeration(self) -> Enumeration:
        """All strategies and what was bounded while finding them."""
        return enumerate_strategies(self)

    @property
    def strategies(self) -> tuple[Strategy, ...]:
        """All strategies, sorted by number of members and id."""
        return self.enumeration.strategies

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
        """The value of one option on one criterion."""
        rating = self.option(option).ratings[criterion]
        return Cell(rating.low, rating.high, rating.level, (option,))

    def strategy_cell(self, strategy: Strategy, criterion: str) -> Cell:
        """The value of a strategy on a criterion, nothing owned beforehand."""
        return strategy_cell(self, strategy, self.criterion(criterion))
