"""Trade-offs: which of two concrete situations a visitor would rather have, and how the answer moves a weight.

A situation has one criterion at a better level and another at a worse one; the other situation has it the other way
round. Nothing here depends on which strategies are ahead: an answer means the same under all other answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Any

from selector.guide.guide import Guide

from .errors import AnswerError, clipped

TRADE = "trade."
"""How names of trade-offs begin, in links, forms and files of answers: `trade.criterion.criterion`."""

MOST_TRADES = 3
"""Trade-offs that are asked, and that count, in one case."""

RANGE = 2
"""A weight is plausible from 1/RANGE to RANGE times what the answers give, as it is sampled (method section 6.2)."""

LONGEST = 400
"""Characters of an answer that are read; ids are short."""

Points = int | Fraction
Levels = tuple[str, str]
"""Ids of a worse and a better level."""


@dataclass(frozen=True, slots=True, order=True)
class Trade:
    """One trade-off with its answer.

    Attributes:
        one, other: ids of the criteria in alphabetical order, so that a pair is one question whichever is named first.
        rather: the one of them that the visitor would rather have at its better level.
        levels: of `one` and of `other`, the worse and the better level that were offered.
    """

    one: str
    other: str
    rather: str
    levels: tuple[Levels, Levels]

    @property
    def id(self) -> str:
        """The name of the question."""
        return f"{TRADE}{self.one}.{self.other}"

    @property
    def given_up(self) -> str:
        """The criterion at its worse level in the situation that was chosen."""
        return self.other if self.rather == self.one else self.one

    def levels_of(self, criterion: str) -> Levels:
        """The worse and the better level of one of the two."""
        return self.levels[0] if criterion == self.one else self.levels[1]

    def answered(self, rather: str) -> Trade:
        """The same question with this answer."""
        return Trade(self.one, self.other, rather, self.levels)

    @property
    def text(self) -> str:
        """The answer as links and files have it: the criterion, then the levels of both."""
        return ",".join((self.rather, *self.levels[0], *self.levels[1]))


@dataclass(frozen=True, slots=True)
class Moved:
    """What one trade-off does to the points. `before` and `after` are equal where nothing had to move.

    Attributes:
        changes: (criterion, before, after) of the two, the one that the visitor would rather have first.
        set_by_hand: those of the two whose points the visitor set directly. Then the trade-off moves nothing.
    """

    trade: Trade
    changes: tuple[tuple[str, Points, Points], ...]
    set_by_hand: tuple[str, ...] = ()


def trade_of(rather: str, other: str, levels: Mapping[str, Levels]) -> Trade:
    """The trade-off between two criteria, with its answer."""
    one, two = sorted((rather, other))
    return Trade(one, two, rather, (levels[one], levels[two]))


def swing(guide: Guide, trade: Trade, criterion: str) -> int:
    """How much the value of a criterion differs between the two situations, 1..1000."""
    found = guide.criterion(criterion)
    worse, better = trade.levels_of(criterion)
    return found.value_of_level(better) - found.value_of_level(worse)


def apply_trades(
    guide: Guide, trades: Sequence[Trade], weights: Mapping[str, int], points: Sequence[Points]
) -> tuple[tuple[Points, ...], tuple[Moved, ...]]:
    """The points after the trade-offs, and what each one moved.

    With s the points and v the swing of value that was offered, r = (s_x * v_x) / (s_y * v_y) says how much more the
    situation with x weighs. While each weight may be off by a factor of 2, r may be off by 4. Who would rather have x says
    that r is at least 1, so of r/4 .. 4r the part from 1 up is left, and its geometric middle is 2 * sqrt(r) for r up to
    4. The weight of x rises until r is there, at most to its double. Only where that is not enough the weight of y falls,
    at most to its half. Raised points are rounded up and lowered ones down, to whole points within these bounds, so
    afterwards r is at least 1 wherever plausible weights allow it, and never smaller than before.

    Args:
        guide: the guide.
        trades: answered trade-offs; no criterion is in two of them, so their order decides nothing.
        weights: points set by hand: they are exact, and a trade-off about such a criterion moves nothing.
        points: s, per criterion in guide order, at least 0.
    """
    if not trades:
        return tuple(points), ()
    after = list(points)
    moved = []
    for trade in trades:
        x, y = guide.column(trade.rather), guide.column(trade.given_up)
        by_hand = tuple(name for name in (trade.rather, trade.given_up) if name in weights)
        if not by_hand:
            swings = swing(guide, trade, trade.rather), swing(guide, trade, trade.given_up)
            after[x], after[y] = _moved(points[x], points[y], *swings)
        changes = tuple((guide.criteria[column].id, points[column], after[column]) for column in (x, y))
        moved.append(Moved(trade, changes, by_hand))
    return tuple(after), tuple(moved)


def _moved(raised: Points, lowered: Points, gain: int, loss: int) -> tuple[Points, Points]:
    """Points of x and y after the visitor chose x; see `apply_trades`."""
    mine, theirs = raised * gain, lowered * loss
    if mine >= RANGE**2 * theirs:
        return raised, lowered
    product = Fraction(raised) * lowered
    if mine >= theirs:
        return max(raised, min(RANGE * raised, _root(RANGE**2 * product * loss / gain))), lowered
    fallen = max(Fraction(lowered) / RANGE, Fraction(_root_below(product * gain / loss)))
    return RANGE * raised, min(Fraction(lowered), fallen)


def _root_below(square: Fraction) -> int:
    """The largest whole number whose square is at most this."""
    return isqrt(square.numerator // square.denominator)


def _root(square: Fraction) -> int:
    """The smallest whole number whose square is at least this."""
    below = _root_below(square)
    return below if below**2 == square else below + 1


def read_trades(guide: Guide, given: Mapping[str, object], aside: list[AnswerError] | None) -> tuple[Trade, ...]:
    """Trade-offs from foreign text, by name.

    Args:
        guide: the guide.
        given: `trade.criterion.criterion` to what `Trade.text` gives; without levels the ends of both scales are meant.
        aside: takes an error for each that can't be used, in place of raising it.

    Raises:
        AnswerError: the first that can't be used, without `aside`.
    """
    found: dict[str, Trade] = {}
    for name in sorted(given):
        try:
            trade = _read(guide, name, given[name])
            known = found.setdefault(trade.id, trade)
            if known != trade:
                raise _refused(f"{_between(guide, trade.one, trade.other)} has two answers", name, given[name])
        except AnswerError as error:
            _refuse(error, aside)
    kept: list[Trade] = []
    for name, trade in sorted(found.items()):
        taken = {criterion for other in kept for criterion in (other.one, other.other)}
        if taken & {trade.one, trade.other}:
            _refuse(
                _refused(f"{_between(guide, trade.one, trade.other)} is about a criterion of another one", name, None),
                aside,
            )
        elif len(kept) == MOST_TRADES:
            _refuse(
                _refused(f"{_between(guide, trade.one, trade.other)} is one too many: {MOST_TRADES} count", name, None),
                aside,
            )
        else:
            kept.append(trade)
    return tuple(kept)


def _refuse(error: AnswerError, aside: list[AnswerError] | None) -> None:
    if aside is None:
        raise error
    aside.append(error)


def _refused(text: str, name: str, given: object) -> AnswerError:
    return AnswerError(text, name, given, "trade")


def _read(guide: Guide, name: str, given: object) -> Trade:
    today = guide.today("criteria")
    named = [today.get(part, today.get(part.lower())) for part in name[len(TRADE) :].split(".")]
    if len(named) != 2 or None in named or named[0] == named[1]:
        raise _refused(f"the trade-off '{clipped(name)}' does not name two criteria of this guide", name, given)
    first, second = (str(part) for part in named)
    between = _between(guide, first, second)
    rather, *levels = given[:LONGEST].lower().split(",") if isinstance(given, str) else [""]
    if today.get(rather) not in (first, second):
        raise _refused(f"{between} has another answer: '{clipped(given)}'", name, given)
    offered: dict[str, tuple[str, ...]] = {name: _ends(guide, name) for name in (first, second)}
    if levels:
        offered = dict(zip(sorted(offered), (tuple(levels[:2]), tuple(levels[2:])), strict=True))
    if not all(_is_swing(guide, criterion, pair) for criterion, pair in offered.items()):
        text = f"{between} has levels that are not in this guide, or not the worse one first: '{clipped(given)}'"
        raise _refused(text, name, given)
    chosen = today[rather]
    pairs = {criterion: (pair[0], pair[1]) for criterion, pair in offered.items()}
    return trade_of(chosen, second if chosen == first else first, pairs)


def _is_swing(guide: Guide, criterion: str, levels: tuple[str, ...]) -> bool:
    """True for a worse and a better level of a criterion."""
    values = {level.id: level.value for level in guide.criterion(criterion).levels}
    return len(levels) == 2 and all(level in values for level in levels) and values[levels[0]] < values[levels[1]]


def _ends(guide: Guide, criterion: str) -> Levels:
    levels = guide.criterion(criterion).levels
    return levels[0].id, levels[-1].id


def _between(guide: Guide, one: str, other: str) -> str:
    return f"the trade-off between “{guide.criterion(one).name}” and “{guide.criterion(other).name}”"


def trades_data(trades: Sequence[Trade]) -> dict[str, str]:
    """Trade-offs as plain data: by name the answer, as `read_trades` takes them."""
    return {trade.id: trade.text for trade in trades}


def with_trades(data: Mapping[str, Any]) -> Any:
    """The answers of a file with its trade-offs among them, as they are checked; without any whatever it has as answers.

    Raises:
        KeyError: it has no answers.
        AnswerError: the trade-offs have another form.
    """
    answers, trades = data["answers"], data.get("trades", {})
    if not isinstance(trades, Mapping):
        raise AnswerError(f"trades must map names to answers, not '{clipped(trades)}'", None, trades)
    return {**answers, **trades} if trades and isinstance(answers, Mapping) else answers
