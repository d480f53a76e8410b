"""From a recommendation to a bare problem: the same values, with every unknown cell drawn once for all who share it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import repeat
from math import lcm

from selector.guide.editions import Rated
from selector.guide.model import Criterion
from selector.guide.option import Rating
from selector.guide.strategies import Part, Strategy
from selector.guide.values import burdens, override_of
from selector.scoring.problem import Draw, Draws, Problem, Uncertain
from selector.scoring.recommend import RankedStrategy, Recommendation

from .weightings import Additions, Choices

STEPS = 64
"""Steps in which an unknown burden is drawn between its bounds, so that it stays an exact fraction."""


def problem_of(result: Recommendation, places: Sequence[RankedStrategy]) -> Problem:
    """The places as alternatives of a bare problem. Unknown cells of members become its drivers."""
    guide = result.guide
    draws = _Draws(result.situation.free)
    uncertain: list[Uncertain] = []
    for row, place in enumerate(places):
        low, high = result.values(place)
        draws.guide = result.rated(place.strategy)
        for column, criterion in enumerate(guide.criteria):
            if low[column] < high[column]:
                uncertain.append(Uncertain(row, column, draws.cell(place.strategy, criterion)))
    return Problem(
        ids=tuple(place.strategy.id for place in places),
        criteria=tuple(criterion.id for criterion in guide.criteria),
        points=result.points,
        low=tuple(tuple(result.table.low[place.row]) for place in places),
        high=tuple(tuple(result.table.high[place.row]) for place in places),
        drivers=tuple(draws.drivers),
        uncertain=tuple(uncertain),
    )


def choices_of(result: Recommendation) -> Choices | None:
    """The questions answered "not sure", on the scale of the result's points; None when there are none."""
    situation, guide = result.situation, result.guide
    if not situation.unsure:
        return None
    # What a trade-off moved is moved in every draw.
    factors = [situation.factors.get(criterion.id, 1) for criterion in guide.criteria]
    known = [value * factor for value, factor in zip(situation.known, factors, strict=True)]
    sums = [
        (
            name,
            [{guide.column(key): add * factors[guide.column(key)] for key, add in answer.items()} for answer in sets],
        )
        for name, sets in situation.unsure
    ]
    # One common scale makes all of them whole; only ratios matter within a draw.
    parts = [*known, *(add for _, sets in sums for answer in sets for add in answer.values())]
    scale = lcm(*(value.denominator for value in parts))

    by_hand = {guide.column(name) for name in result.case.weights}

    def additions(answer: Mapping[int, Fraction]) -> Additions:
        # Nothing is added to what the visitor set by hand.
        return tuple((column, int(points * scale)) for column, points in answer.items() if column not in by_hand)

    sets = tuple((name, tuple(additions(answer) for answer in answers)) for name, answers in sums)
    return Choices(tuple(int(value * scale) for value in known), sets)


class _Draws:
    """How cells follow from draws, member by member, by each criterion's rule. Equal cells get the same function, so
    that each is worked out once per draw. `guide` has to be set to the one that a strategy is rated by."""

    guide: Rated

    def __init__(self, owned: frozenset[str]) -> None:
        self.owned = owned
        self.drivers: dict[str, int] = {}
        self._known: dict[tuple[object, ...], Draw] = {}

    def cell(self, strategy: Strategy, criterion: Criterion) -> Draw:
        """The value of a strategy's cell as a function of the draws."""
        override = override_of(self.guide, strategy, criterion)
        if override is not None:
            return self._rated(strategy.id, override, criterion)
        if criterion.adds_up:
            return self._burden(strategy, criterion)
        if strategy.parts:
            return self._split(strategy, criterion)
        main = [member for member in strategy.members if member not in strategy.support]
        return self._compare(main, strategy.filled, criterion)

    def _keep(self, key: tuple[object, ...], draw: Draw) -> Draw:
        return self._known.setdefault(key, draw)

    def _driver(self, owner: str, criterion: Criterion) -> int:
        return self.drivers.setdefault(f"{owner}/{criterion.id}", len(self.drivers))

    def _rated(self, owner: str, rating: Rating, criterion: Criterion) -> Draw:
        low, high = rating.low, rating.high
        key = (owner, criterion.id, low, high)
        if low == high:
            return self._keep(key, _always(low))
        driver = self._driver(owner, criterion)
        return self._keep(key, lambda draws: between(low, high, draws[driver]))

    def _member(self, member: str, criterion: Criterion) -> Draw:
        return self._rated(member, self.guide.option(member).ratings[criterion.id], criterion)

    def _compare(self, main: Sequence[str], filled: Mapping[str, str], criterion: Criterion) -> Draw:
        if criterion.rule == "role":
            who = next((filled[role] for role in criterion.roles if role in filled), None)
            if who is not None:
                return self._member(who, criterion)
        choose = max if criterion.rule == "best" else min
        ratings = {member: self.guide.option(member).ratings[criterion.id] for member in main}
        known = [rating.low for rating in ratings.values() if rating.low == rating.high]
        unknown = [member for member, rating in ratings.items() if rating.low < rating.high]
        if not unknown:
            return self._keep((criterion.id, choose(known)), _always(choose(known)))
        spans = tuple((member, ratings[member].low, ratings[member].high) for member in unknown)
        moving = self._choice([self._member(member, criterion) for member in unknown], choose,
                              (criterion.id, choose, spans))  # fmt: skip
        if not known:
            return moving
        bound = choose(known)
        return self._keep(
            (criterion.id, choose, bound, spans), lambda draws: list(map(choose, moving(draws), repeat(bound)))
        )

    def _split(self, strategy: Strategy, criterion: Criterion) -> Draw:
        def way(part: Part) -> Draw:
            main = [member for member in part.members if member not in part.filling.support]
            return self._compare(main, part.filling.filled, criterion)

        asked = [way(part) for part in strategy.parts if part.cls == criterion.cls]
        ways = asked[:1] or [way(part) for part in strategy.parts]
        return self._choice(ways, min, (strategy.id, criterion.id, "split"))

    def _choice(self, parts: Sequence[Draw], choose: Callable[..., int], key: tuple[object, ...]) -> Draw:
        """The best or worst of cells."""
        if len(parts) == 1:
            return parts[0]
        return self._keep(key, lambda draws: list(map(choose, *(part(draws) for part in parts))))

    def _burden(self, strategy: Strategy, criterion: Criterion) -> Draw:
        fixed, moving = Fraction(0), []
        for option, rating in burdens(self.guide, strategy, criterion, self.owned):
            fixed += rating.light
            if rating.heavy > rating.light:
                moving.append((rating.heavy - rating.light, self._driver(option.id, criterion)))
        # Whole numbers on one scale, and each sum turned into a value once: fractions are slow in ten thousand draws.
        scale = lcm(fixed.denominator, *(span.denominator for span, _ in moving)) * STEPS
        start = int(fixed * scale)
        spans = [(int(span * scale) // STEPS, driver) for span, driver in moving]
        values: dict[int, int] = {}

        def draw(draws: Draws) -> list[int]:
            totals = [start] * _count(draws)
            for span, driver in spans:
                totals = [total + span * int(u * (STEPS + 1)) for total, u in zip(totals, draws[driver], strict=True)]
            for total in set(totals) - values.keys():
                values[total] = criterion.value_of_burden(Fraction(total, scale))
            return [values[total] for total in totals]

        return self._keep((criterion.id, "burden", scale, start, *spans), draw)


def between(low: int, high: int, draws: Sequence[float]) -> list[int]:
    """Whole numbers uniform over low..high from draws in [0, 1): the values of a guide are whole."""
    span = high - low + 1
    return [low + int(draw * span) for draw in draws]


def _count(draws: Draws) -> int:
    """How many draws each driver has; there is a driver wherever a cell is unknown."""
    return len(next(iter(draws)))


def _always(value: int) -> Draw:
    return lambda draws: [value] * _count(draws)
