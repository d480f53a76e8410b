"""The one question worth asking when a result is too close to call: which of two concrete situations a visitor would
rather have (method section 10).

The situations differ on two criteria: where the leader is ahead of its rival by most, and where the rival is ahead of the
leader by most. Only such pairs are asked about whose answer can move a weight either way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from selector.case.answers import Case
from selector.case.trades import MOST_TRADES, RANGE, Levels, Trade, swing, trade_of
from selector.guide.model import Criterion
from selector.scoring.recommend import RankedStrategy, Recommendation

from .confidence import CLOSE, TIE, Verdict


@dataclass(frozen=True, slots=True)
class TradeOff:
    """A trade-off to be answered.

    Attributes:
        trade: the question, with the answer that favours `leader`; `trade.answered` gives the other one.
        leader, rival: between whom it decides.
    """

    trade: Trade
    leader: RankedStrategy
    rival: RankedStrategy

    @property
    def answers(self) -> tuple[Trade, Trade]:
        """Both answers: the one that favours the leader first."""
        return self.trade, self.trade.answered(self.trade.given_up)


def trade_off_of(result: Recommendation, verdict: Verdict | None) -> TradeOff | None:
    """The question between the first two; None where the lead is clear enough, as many were answered as are asked, or no
    pair of criteria would tell them apart."""
    if verdict is None or verdict.word not in (CLOSE, TIE) or len(result.case.trades) >= MOST_TRADES:
        return None
    leader, *rivals = verdict.contenders
    for rival in rivals[:1]:
        for trade in _pairs(result, leader, rival):
            return TradeOff(trade, leader, rival)
    return None


def with_trade(case: Case, trade: Trade) -> Case:
    """The same case with this answer, in place of another one to the same question."""
    return replace(case, trades=tuple(sorted([*without_trade(case, trade.id).trades, trade])))


def without_trade(case: Case, name: str) -> Case:
    """The same case with one trade-off taken back, by its id."""
    return replace(case, trades=tuple(trade for trade in case.trades if trade.id != name))


def _pairs(result: Recommendation, leader: RankedStrategy, rival: RankedStrategy) -> Iterator[Trade]:
    """Trade-offs between a criterion that favours the leader and one that favours the rival, those with the largest
    differences first."""
    known = {name for trade in result.case.trades for name in (trade.one, trade.other)} | result.case.weights.keys()
    gaps = [gap for gap in result.differences(leader, rival) if gap.criterion not in known]
    ahead, behind = [gap for gap in gaps if gap.twice > 0], [gap for gap in gaps if gap.twice < 0]
    pairs = [(mine, theirs) for mine in ahead for theirs in behind]
    for mine, theirs in sorted(pairs, key=lambda pair: pair[1].twice - pair[0].twice):
        offered = {
            name: levels
            for name in (mine.criterion, theirs.criterion)
            if (levels := _levels(result, result.guide.criterion(name), leader, rival)) is not None
        }
        if len(offered) == 2:
            trade = trade_of(mine.criterion, theirs.criterion, offered)
            if _tells(result, trade):
                yield trade


def _tells(result: Recommendation, trade: Trade) -> bool:
    """True when weights within their plausible range may say either answer, so that each of them moves one."""
    guide, points = result.guide, result.situation.points
    mine, theirs = (points[guide.column(name)] * swing(guide, trade, name) for name in (trade.rather, trade.given_up))
    return mine < RANGE**2 * theirs and theirs < RANGE**2 * mine


def _levels(result: Recommendation, criterion: Criterion, one: RankedStrategy, other: RankedStrategy) -> Levels | None:
    """The levels nearest to what two strategies have on a criterion, worse one first; where that is the same level, the
    levels around both. None where the scale has no two levels for it."""
    column = result.guide.column(criterion.id)
    worse, better = sorted(result.table.twice[place.row][column] for place in (one, other))
    near = [min(criterion.levels, key=lambda level: abs(2 * level.value - twice)) for twice in (worse, better)]
    if near[0] is near[1]:
        below = [level for level in criterion.levels if 2 * level.value <= worse]
        above = [level for level in criterion.levels if 2 * level.value >= better]
        if not (below and above):
            return None
        near = [below[-1], above[0]]
    return near[0].id, near[1].id
