"""An option and its ratings. Where editions of it differ, a rating holds for an edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Rating:
    """An option on a criterion: an interval of values, and of burdens where they add up. low <= high."""

    low: int
    high: int
    light: Fraction
    heavy: Fraction
    level: str | None
    own: bool = False

    @property
    def known(self) -> bool:
        """False for an interval."""
        return (self.low, self.light) == (self.high, self.heavy)


@dataclass(frozen=True, slots=True)
class Edition:
    """What an option can be had as: free or paid, say. Nobody uses two of one option at once.

    `tags` are those that it has beside the option's; answers that exclude by tag exclude only such editions. `unpriced`
    ones have a price that the guide does not know.
    """

    id: str
    name: str
    tags: frozenset[str] = frozenset()
    unpriced: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen. `works_with` is symmetric over the guide.

    `stands_for` names the members of a family: it takes part in their place until an answer enables one of them.
    `editions` are in the order in which a team would take them; `ratings` are those of the edition `edition`, the
    first where nothing says otherwise. `by_edition` holds the ratings that differ: criterion to edition to rating.
    `in_setups` is what the names of combinations call it.
    """

    id: str
    name: str
    tags: frozenset[str]
    provides: frozenset[str]
    can_also: frozenset[str]
    needs: frozenset[str]
    works_with: frozenset[str]
    off: bool
    ratings: Mapping[str, Rating]
    stands_for: tuple[str, ...] = ()
    editions: tuple[Edition, ...] = ()
    by_edition: Mapping[str, Mapping[str, Rating]] = field(default_factory=dict)
    edition: str = ""
    in_setups: str = ""

    def in_edition(self, edition: str) -> Option:
        """The same with the ratings of an edition. Raises KeyError for one that it does not have."""
        own = {criterion: ratings[edition] for criterion, ratings in self.by_edition.items()}
        return replace(self, ratings={**self.ratings, **own}, edition=edition)

    def edition_name(self, criterion: str) -> str:
        """The name of the edition for which the rating holds; empty where it holds for all of them."""
        if criterion not in self.by_edition:
            return ""
        return next(edition.name for edition in self.editions if edition.id == self.edition)

    def unknown(self, criterion: str) -> Rating | None:
        """The rating that is an interval, of the edition in use before that of any other; None where all are known."""
        others = self.by_edition.get(criterion, {}).values()
        return next((rating for rating in (self.ratings[criterion], *others) if not rating.known), None)

    def supposing(self, criterion: str, known: Rating) -> Option:
        """The same with a known rating in place of the interval. What is unknown of several editions is taken as one
        unknown, so all of them get it."""
        ratings = {**self.ratings, criterion: known} if not self.ratings[criterion].known else self.ratings
        editions = self.by_edition.get(criterion)
        if editions is None:
            return replace(self, ratings={**self.ratings, criterion: known})
        own = {name: rating if rating.known else known for name, rating in editions.items()}
        return replace(self, ratings=ratings, by_edition={**self.by_edition, criterion: own})
