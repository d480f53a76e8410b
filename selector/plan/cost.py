"""What a strategy costs a month, from declared prices and the visitor's figures, line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from selector.guide.editions import Editions, Rated, in_editions
from selector.guide.guide import Guide
from selector.guide.model import Criterion
from selector.guide.option import Rating
from selector.guide.reading import exact, interval
from selector.guide.strategies import Strategy
from selector.guide.values import counted, override_of

WITH_OWN = "with own facts"
"""What is said of figures that depend on own facts, in place of where the guide's figures come from."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the bill: (product of `factors` / product of `divisors` - free, at least 0) x price.

    `covered` is True when a free plan covers all of it, which costs nothing up to its limit and everything above.
    `factors` and `divisors` are (name, number) pairs; `low` and `high` are money a month in the price's currency.
    """

    option: str
    label: str
    price: str
    factors: tuple[tuple[str, Fraction], ...]
    divisors: tuple[tuple[str, Fraction], ...]
    free: Fraction
    quantity: Fraction
    unit_low: Fraction
    unit_high: Fraction
    currency: str
    covered: bool = False

    @property
    def low(self) -> Fraction:
        """The least that this line comes to."""
        return self.quantity * self.unit_low

    @property
    def high(self) -> Fraction:
        """The most that this line comes to."""
        return self.quantity * self.unit_high


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Declared units of a burden (hours a month, say) over all members: an interval.

    Attributes:
        unit: what is counted, with where the figures come from: "hours a month, by our estimate".
        own: True where an own fact of the visitor's is among them.
    """

    criterion: str
    unit: str
    low: Fraction
    high: Fraction
    own: bool = False


@dataclass(frozen=True, slots=True)
class Bill:
    """A month of a strategy. `low` and `high` add up the lines in the guide's currency; `unpriced` are members
    without a known price, or with one that is divided by 0, whose charges are missing from the sum; `foreign` lines are in other currencies."""

    strategy: str
    currency: str
    lines: tuple[Line, ...]
    foreign: tuple[Line, ...]
    unpriced: tuple[str, ...]
    upkeep: tuple[Upkeep, ...]

    @property
    def low(self) -> Fraction:
        """The least that the priced lines add up to."""
        return sum((line.low for line in self.lines), Fraction(0))

    @property
    def high(self) -> Fraction:
        """The most that the priced lines add up to."""
        return sum((line.high for line in self.lines), Fraction(0))


def bill(
    guide: Guide,
    strategy: Strategy,
    quantities: Mapping[str, Fraction],
    owned: frozenset[str] = frozenset(),
    editions: Editions = (),
) -> Bill:
    """The monthly bill of a strategy.

    Args:
        guide: the guide with its price lists.
        strategy: one of its strategies; each member is billed once.
        quantities: the visitor's figures by id, as `Situation.quantities` has them.
        owned: ids of options that the visitor already runs; what they charge is billed, their upkeep is not new.
        editions: which edition of its members is used; the first where nothing is said.
    """
    rated = in_editions(guide, editions)
    currency = str(guide.data["guide"].get("currency", ""))
    lines: list[Line] = []
    unpriced = []
    for member in strategy.members:
        entry = guide.entry("options", member)
        option = rated.option(member)
        if "costs" not in entry or any(edition.unpriced for edition in option.editions if edition.id == option.edition):
            unpriced.append(member)
        found = [
            _line(guide, member, cost, quantities)
            for cost in entry.get("costs", ())
            if _counts(cost, _jobs(strategy, member)) and cost.get("edition", option.edition) == option.edition
        ]
        lines.extend(line for line in found if line is not None)
        if None in found and member not in unpriced:
            unpriced.append(member)
    return Bill(
        strategy=strategy.id,
        currency=currency,
        lines=tuple(line for line in lines if line.currency == currency),
        foreign=tuple(line for line in lines if line.currency != currency),
        unpriced=tuple(unpriced),
        upkeep=tuple(_upkeep(guide, rated, strategy, owned)),
    )


def _jobs(strategy: Strategy, member: str) -> set[str]:
    """Roles that a member fills, in any of the ways of a split strategy."""
    ways = [part.filling.filled for part in strategy.parts] or [strategy.filled]
    return {role for filled in ways for role, who in filled.items() if who == member}


def _counts(cost: Mapping[str, Any], fills: Set[str]) -> bool:
    """Some lines depend on who does a job: a store is read by every user itself, or once by what fetches for all."""
    needed, barred = cost.get("when_fills"), cost.get("unless_fills")
    return (needed is None or needed in fills) and (barred is None or barred not in fills)


def _line(guide: Guide, member: str, cost: Mapping[str, Any], quantities: Mapping[str, Fraction]) -> Line | None:
    """A line of the bill. None where it would be divided by 0: what that costs is not known, which is not free."""
    price = guide.entry("prices", cost["price"])
    factors = _numbers(guide, cost.get("multiply", ()), quantities)
    divisors = _numbers(guide, cost.get("divide", ()), quantities)
    divisor = prod((number for _, number in divisors), start=Fraction(1))
    if not divisor:
        return None
    quantity = prod((number for _, number in factors), start=Fraction(1)) / divisor
    free = exact(cost.get("free", 0))
    small = quantity <= exact(cost.get("free_up_to", 0))
    low, high = interval(price["amount"])
    return Line(
        option=member,
        label=cost["label"],
        price=price["id"],
        factors=factors,
        divisors=divisors,
        free=free,
        quantity=Fraction(0) if small else max(Fraction(0), quantity - free),
        covered=small and quantity > 0,
        unit_low=low,
        unit_high=high,
        currency=price["currency"],
    )


def _numbers(
    guide: Guide, parts: Sequence[Any], quantities: Mapping[str, Fraction]
) -> tuple[tuple[str, Fraction], ...]:
    """Quantities with their names, plain numbers with an empty one."""
    return tuple(
        (guide.entry("quantities", part)["name"], quantities[guide.entry("quantities", part)["id"]])
        if isinstance(part, str)
        else ("", exact(part))
        for part in parts
    )


def _upkeep(guide: Guide, rated: Rated, strategy: Strategy, owned: frozenset[str]) -> list[Upkeep]:
    """What each burden with a unit adds up to; owned members add nothing where the criterion says so."""
    found = []
    for criterion in guide.criteria:
        aggregate = guide.entry("criteria", criterion.id)["aggregate"]
        if "unit" not in aggregate:
            continue
        declared = override_of(guide, strategy, criterion)
        members = counted(strategy, criterion, owned)
        ratings = [declared] if declared else [rated.option(member).ratings[criterion.id] for member in members]
        spans = [_span(guide, criterion, rating) for rating in ratings]
        low, high = (sum(column, Fraction(0)) for column in zip((Fraction(0),) * 2, *spans, strict=True))
        own = any("own" in entry for entry in _given(guide, strategy, criterion.id, () if declared else members))
        found.append(Upkeep(criterion.id, unit_of(aggregate, own=own), low, high, own))
    return found


def _given(guide: Guide, strategy: Strategy, criterion: str, members: Sequence[str]) -> list[Mapping[str, Any]]:
    """The guide's entries that upkeep is counted from: the ratings of members, or the named strategy's own. An own value
    of a level is none of them, as hours are not its matter."""
    if members or strategy.named is None:
        return [guide.entry("options", member)["ratings"][criterion] for member in members]
    overrides = guide.entry("strategies", strategy.named).get("overrides", {})
    return [overrides[criterion]] if criterion in overrides else []


def unit_of(aggregate: Mapping[str, Any], *, own: bool) -> str:
    """The unit of a burden with where its figures come from: the guide's basis, or that own facts are among them."""
    basis = WITH_OWN if own else aggregate.get("basis", "")
    return f"{aggregate['unit']}, {basis}" if basis else str(aggregate["unit"])


def _span(guide: Guide, criterion: Criterion, rating: Rating) -> tuple[Fraction, Fraction]:
    """What one member takes, in the criterion's unit: its amount, or what is typical of its level or levels."""
    if criterion.rule == "units":
        return rating.light, rating.heavy
    levels = guide.entry("criteria", criterion.id)["levels"]
    fitting = [interval(level["typical"]) for level in levels if rating.light <= level["points"] <= rating.heavy]
    return min(low for low, _ in fitting), max(high for _, high in fitting)
