"""What a recommendation trades off and hangs on, as figures: for the page's charts, the record and `--json`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from selector.analysis.cell_changes import CellChange, cell_changes
from selector.analysis.ranks import Ranks, rank_steps
from selector.analysis.sensitivity import crossovers
from selector.analysis.tornado import Lead, Swing, lead_of, ordered, swing_steps
from selector.analysis.weight_lines import WeightLines, adjustable, weight_lines
from selector.plan.frontier import TradeOff, trade_offs
from selector.scoring.recommend import Recommendation
from selector.scoring.totals import percent


@dataclass
class Sensitivity:
    """The figures so far; `steps` fills in what takes longer.

    Attributes:
        offs: score against each kind of cost.
        criteria: ids of the criteria whose weight can decide something: the one whose change matters soonest first, those
            that weigh nothing last.
        cells: the smallest changes of one rating.
        lead: how far the winner is ahead now.
        swings: how far each answer moves that; None until all were tried, and empty where nothing competes.
        ranks: how often each contender has each rank; None until all weightings were drawn, or with one contender.
    """

    result: Recommendation
    offs: list[TradeOff]
    criteria: list[str]
    cells: list[CellChange]
    lead: Lead
    swings: list[Swing] | None = None
    ranks: Ranks | None = None
    complete: bool = False
    _lines: dict[str, WeightLines] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, result: Recommendation) -> Sensitivity:
        """What is quick to work out. Call it only where something ranks first."""
        assert result.winner is not None
        able = adjustable(result)
        soonest = [item.criterion for item in crossovers(result) if item.criterion in able]
        criteria = [*soonest, *(name for name in able if name not in soonest)]
        criteria.sort(key=lambda name: not result.points[result.guide.column(name)])
        lead = lead_of(result.guide, result.case, result.winner.strategy.id)
        return cls(result, trade_offs(result), criteria, cell_changes(result), lead)

    def steps(self) -> Iterator[str]:
        """The rest in small steps; yields a word for what was just done."""
        swings = []
        for swing in swing_steps(self.result) if self.lead.points is not None else ():
            swings += [] if swing is None else [swing]
            yield "answer"
        self.swings = ordered(self.result, swings)
        yield "answers"
        for ranks in rank_steps(self.result):
            self.ranks = ranks
            yield "ranks"
        self.complete = True

    def run(self) -> Sensitivity:
        """All of it at once."""
        for _ in self.steps():
            pass
        return self

    def lines(self, criterion: str = "") -> WeightLines | None:
        """The score lines over the weight of a criterion, by default the first of `criteria`; None for any other."""
        name = criterion or next(iter(self.criteria), "")
        if name not in self.criteria:
            return None
        if name not in self._lines:
            self._lines[name] = weight_lines(self.result, name)
        return self._lines[name]


def sensitivity_data(found: Sensitivity) -> dict[str, Any]:
    """As plain JSON data; shares and leads are exact fractions as text."""
    ranks = found.ranks
    return {
        "trade_offs": [_off_data(found.result, off) for off in found.offs],
        "weights": [_lines_data(lines) for name in found.criteria if (lines := found.lines(name)) is not None],
        "ranks": None
        if ranks is None
        else {
            "draws": ranks.draws,
            "strategies": [place.strategy.id for place in ranks.places],
            "acceptability": [list(map(str, row)) for row in ranks.shares],
            "pairwise": [list(map(str, row)) for row in ranks.ahead],
        },
        "lead": _lead_data(found.lead),
        "answers": [
            {
                "question": swing.question,
                "answers": [
                    {
                        "answer": list(trial.answer) if isinstance(trial.answer, tuple) else trial.answer,
                        **_lead_data(trial.lead),
                    }
                    for trial in swing.trials
                ],
            }
            for swing in found.swings or ()
        ],
        "ratings": [
            {
                "criterion": item.criterion,
                "strategy": item.strategy,
                "rival": item.rival,
                "now": str(item.now),
                "needed": str(item.needed),
                "level": item.level,
            }
            for item in found.cells
        ],
    }


def _off_data(result: Recommendation, off: TradeOff) -> dict[str, Any]:
    return {
        "measure": off.measure or None,
        "unit": off.unit,
        "points": [
            {
                "strategy": point.place.strategy.id,
                "score": round(percent(point.place.total.twice, result.points) / 2, 2),
                "low": str(point.low),
                "high": str(point.high),
                "efficient": point.efficient,
                "dominated_by": list(point.better),
            }
            for point in off.points
        ],
        "frontier": [point.place.strategy.id for point in off.frontier],
        "missing": [place.strategy.id for place in off.missing],
    }


def _lines_data(found: WeightLines) -> dict[str, Any]:
    return {
        "criterion": found.criterion,
        "share": str(found.now),
        "lines": [
            {"strategy": line.place.strategy.id, "none": str(line.none), "all": str(line.all)} for line in found.lines
        ],
        "crossings": [
            {"share": str(item.share), "before": item.before, "after": item.after} for item in found.crossings
        ],
    }


def _lead_data(lead: Lead) -> dict[str, Any]:
    points: Fraction | None = lead.points
    return {"lead": None if points is None else str(points), "out": lead.out}
