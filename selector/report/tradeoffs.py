"""What a strategy costs elsewhere: where it is weak, in the words of the guide."""

from __future__ import annotations

from dataclasses import dataclass

from selector.case.own_words import OURS
from selector.guide.editions import Cell
from selector.guide.guide import Guide
from selector.guide.strategies import Strategy
from selector.scoring.recommend import Recommendation


@dataclass(frozen=True, slots=True)
class Catch:
    """What the recommendation is weakest at, of what matters. `worst` is True for the lowest level."""

    criterion: str
    text: str
    facts: tuple[tuple[str, str], ...]
    worst: bool


def level_text(guide: Guide, criterion: str, cell: Cell) -> str:
    """A level in words: its label, or the label that is certain with the better one that is not confirmed; the edition,
    where another one has another level; and that it is an own fact."""
    label = _level_text(guide, criterion, cell)
    beside = [text for text in (edition_beside(label, cell.edition), OURS if cell.own else "") if text]
    return " ".join([label, *(f"({text})" for text in beside)])


def edition_beside(level: str, edition: str) -> str:
    """The name of an edition as it is said beside a level: "Free (Free edition)" rather than "Free (Free)"."""
    return f"{edition} edition" if edition == level else edition


def _level_text(guide: Guide, criterion: str, cell: Cell) -> str:
    found = guide.criterion(criterion)
    levels = sorted(found.levels, key=lambda level: level.value)
    nearest = [min(levels, key=lambda level: abs(level.value - value)).label for value in (cell.low, cell.high)]
    if nearest[0] == nearest[1]:
        return nearest[0]
    if (cell.low, cell.high) == (levels[0].value, levels[-1].value):
        return "Not known"
    return f"{nearest[0]} (“{nearest[1]}” not confirmed)"


def cell_text(result: Recommendation, strategy: Strategy, criterion: str) -> str:
    """ "Operational effort: Low", as it is for this visitor."""
    found = result.guide.criterion(criterion)
    return f"{found.name}: {level_text(result.guide, criterion, result.cell(strategy, found))}"


def cell_facts(guide: Guide, strategy: Strategy, criterion: str) -> list[tuple[str, str]]:
    """What the guide says in the cells that decide a strategy's value: (member id or "" for itself, text)."""
    cell = guide.strategy_cell(strategy, criterion)
    if not cell.members and strategy.named is not None:
        override = guide.entry("strategies", strategy.named).get("overrides", {}).get(criterion)
        if override is not None:
            return [("", override["text"])]
    ratings = [(member, guide.entry("options", member)["ratings"][criterion]) for member in cell.members]
    return [(member, rating["text"]) for member, rating in ratings if "text" in rating]


def single_fact(guide: Guide, strategy: Strategy, criterion: str) -> tuple[str, ...]:
    """The fact behind a cell, when one alone decides it; a sum of several has no single fact."""
    found = cell_facts(guide, strategy, criterion)
    return tuple(text for _, text in found) if len(found) == 1 else ()


def catch(result: Recommendation) -> Catch | None:
    """The main disadvantage of the winner: the lowest level where it matters, else where it loses most against the
    best that meets the requirements. None where all levels are good: the second best of five is no disadvantage."""
    winner = result.winner
    if winner is None:
        return None
    worst, lost = result.warnings(winner), losses(result)
    if not (worst or lost):
        return None
    if not worst:
        lost = [name for name in lost if not is_good(result, name)]
        if not lost:
            return None
    criterion = worst[0] if worst else lost[0]
    facts = tuple(cell_facts(result.guide, winner.strategy, criterion))
    return Catch(criterion, cell_text(result, winner.strategy, criterion), facts, bool(worst))


def is_good(result: Recommendation, criterion: str) -> bool:
    """True when the winner is certainly not in the lower half of the levels."""
    assert result.winner is not None
    found = result.guide.criterion(criterion)
    levels = sorted(level.value for level in found.levels)
    low = result.cell(result.winner.strategy, found).low
    nearest = min(range(len(levels)), key=lambda index: abs(levels[index] - low))
    return 2 * nearest >= len(levels) - 1


def losses(result: Recommendation) -> list[str]:
    """Criteria on which the winner is behind the best that meets the requirements, by how much that weighs."""
    winner = result.winner
    if winner is None:
        return []
    mine = result.table.twice[winner.row]
    best = [max(result.table.twice[place.row][column] for place in result.feasible) for column in range(len(mine))]
    lost = [
        (points * (value - top), criterion.id)
        for criterion, points, top, value in zip(result.guide.criteria, result.points, best, mine, strict=True)
        if points * (top - value) > 0
    ]
    return [criterion for _, criterion in sorted(lost)]
