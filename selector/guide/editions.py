"""Editions: which edition of each option a strategy is taken with, and the guide as it is then.

A strategy is one row in every result. Where its members have editions that differ, it is judged once for each choice of
one edition per member: all its values, and all requirements, then go by the same choice. What is free in one edition
and certified in another is never both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Protocol

from .option import Option
from .strategies import Strategy

Editions = tuple[tuple[str, str], ...]
"""Pairs of an option's id and the id of one of its editions; only options whose editions differ."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A strategy with one edition of each member; `row` is its strategy's. `instead` names the option that is meant by
    a family, with its edition (empty where it has none)."""

    row: int
    strategy: Strategy
    editions: Editions
    instead: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """An interval of values, 0..1000, low <= high; a known cell has low == high.

    `level` is the level's id when the value is exactly one level's. `members` are the option ids that decide it;
    empty when the cell is declared for the combination itself. `edition` names the edition for which it holds, where
    another one would have another value. `own` is True where an own fact of the visitor's is in it.
    """

    low: int
    high: int
    level: str | None
    members: tuple[str, ...]
    edition: str = ""
    own: bool = False


class Rated(Protocol):
    """What values are worked out from: a guide, or one in which something is supposed or chosen."""

    def entry(self, section: str, id_or_alias: str, /) -> Mapping[str, Any]:
        """The plain entry of a section."""

    def option(self, id_or_alias: str, /) -> Option:
        """An option with its ratings."""

    def cell(self, option: str, criterion: str, /) -> Cell:
        """The value of one option on one criterion."""


def cell_of(option: Option, criterion: str) -> Cell:
    """The value of an option, in the edition that it is taken in."""
    rating = option.ratings[criterion]
    return Cell(rating.low, rating.high, rating.level, (option.id,), option.edition_name(criterion), rating.own)


def together(cells: Iterable[Cell]) -> list[Cell]:
    """Cells of one thing in its editions: equal ones become one that names all their editions."""
    found = dict[tuple[int, int], Cell]()
    for cell in cells:
        first = found.setdefault((cell.low, cell.high), cell)
        if cell.edition not in first.edition.split(", "):
            found[cell.low, cell.high] = replace(first, edition=f"{first.edition}, {cell.edition}".strip(", "))
    one_for_all = len(found) == 1
    return [replace(cell, edition="") if one_for_all else cell for cell in found.values()]


class InEditions:
    """A guide in which some options are others: in an edition that is chosen, or the one that a family turns out to be."""

    def __init__(self, guide: Rated, options: Mapping[str, Option]) -> None:
        self._guide, self._options = guide, options

    def entry(self, section: str, id_or_alias: str) -> Mapping[str, Any]:
        """As in the guide."""
        return self._guide.entry(section, id_or_alias)

    def option(self, id_or_alias: str) -> Option:
        """As in the guide, but for what is chosen."""
        return self._options.get(id_or_alias) or self._guide.option(id_or_alias)

    def cell(self, option: str, criterion: str) -> Cell:
        """The value of one option on one criterion."""
        return cell_of(self.option(option), criterion)


def in_editions(guide: Rated, editions: Editions) -> Rated:
    """The guide with these editions; itself where none are to be chosen."""
    if not editions:
        return guide
    return InEditions(guide, {name: guide.option(name).in_edition(edition) for name, edition in editions})


def in_variant(guide: Rated, variant: Variant) -> Rated:
    """The guide as it is for a variant."""
    if not variant.instead:
        return in_editions(guide, variant.editions)
    chosen = dict[str, Option]()
    for family, member, edition in variant.instead:
        option = guide.option(member)
        chosen[family] = replace(option.in_edition(edition) if edition else option, id=family)
    return InEditions(in_editions(guide, variant.editions), chosen)


def variants(guide: Rated, strategies: Iterable[Strategy]) -> tuple[Variant, ...]:
    """All strategies in the first edition of each member, in their order; after them all other choices of editions.

    Choices are in the order of the editions, so that of several that serve the first is the one to take.
    """
    first, more = list[Variant](), list[Variant]()
    for row, strategy in enumerate(strategies):
        choices = (Variant(row, strategy, editions) for editions in _of(map(guide.option, strategy.members)))
        first.append(next(choices))
        more.extend(choices)
    return (*first, *more)


def _of(options: Iterable[Option]) -> Iterator[Editions]:
    """Every choice of one edition for each option whose editions differ."""
    yield from product(*([(one.id, edition.id) for edition in one.editions] for one in options if one.by_edition))


def exact_variants(guide: Rated, strategies: Iterable[Strategy]) -> tuple[Variant, ...]:
    """Strategies with a family, once for each option and edition that it may turn out to be.

    A family's rating is a range, so each requirement alone may be met although no one member meets them all.
    """
    found = list[Variant]()
    for row, strategy in enumerate(strategies):
        families = [option for option in map(guide.option, strategy.members) if option.stands_for]
        others = [option for option in map(guide.option, strategy.members) if not option.stands_for]
        meant = [[(family.id, *one) for name in family.stands_for for one in _each(guide, name)] for family in families]
        for instead in product(*meant) if families else ():
            found.extend(Variant(row, strategy, editions, instead) for editions in _of(others))
    return tuple(found)


def _each(guide: Rated, name: str) -> Iterator[tuple[str, str]]:
    """An option with each of its editions that differ."""
    option = guide.option(name)
    yield from ((name, edition.id) for edition in option.editions) if option.by_edition else ((name, ""),)
