"""Small marks that several views share: levels as shape and word, bars, scores."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from selector import Guide
from selector.guide.model import FULL
from selector.guide.values import Cell

from .page import environment

SHAPES = 4
"""Steps of the level mark's shape: from an empty to a full disc."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a cell shows: `shape` is 0 (worst) .. SHAPES (best), None when not known; `word` is the guide's own."""

    shape: int | None
    word: str


def mark(guide: Guide, criterion: str, cell: Cell) -> Mark:
    """The mark of a cell. A sum of burdens need not meet a level; then the nearest level's word stands in."""
    found = guide.criterion(criterion)
    if cell.level is not None:
        return Mark(_shape(cell.low), found.levels[found.level_index(cell.level)].label)
    if cell.low == cell.high:
        nearest = min(found.levels, key=lambda level: (abs(level.value - cell.low), level.value))
        return Mark(_shape(cell.low), f"about {nearest.label[:1].lower()}{nearest.label[1:]}")
    labels = {level.value: level.label for level in found.levels}
    if cell.low == min(labels) and cell.high == max(labels):
        return Mark(None, "Not known")
    if cell.low in labels and cell.high in labels:
        return Mark(None, f"{labels[cell.low]} to {labels[cell.high]}")
    return Mark(None, "Between two levels")


def _shape(value: int) -> int:
    """The empty and the full disc are for the ends alone; what lies between is shared out evenly."""
    if value in (0, FULL):
        return SHAPES if value else 0
    return 1 + (value - 1) * (SHAPES - 1) // (FULL - 1)


def level_html(guide: Guide, criterion: str, cell: Cell) -> Markup:
    """A level as shape and word, readable without colour. Kept with the guide: the same ones are context over and over."""
    kept: dict[tuple[str, Cell], Markup] = guide.__dict__.setdefault("_level_marks", {})
    if (criterion, cell) not in kept:
        text = environment().get_template("level.html").render(mark=mark(guide, criterion, cell))
        kept[criterion, cell] = Markup(text)
    return kept[criterion, cell]


def one_decimal(number: float) -> str:
    """A score for display; a true minus sign, so that it lines up and reads as one."""
    return f"{number:.1f}".replace("-", "\N{MINUS SIGN}")


def signed(number: float) -> str:
    """A difference for display."""
    return ("+" if number > 0 else "") + one_decimal(number)


def joined(names: list[str], last: str = "and") -> str:
    """Names as a list in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""


def counted(number: int, one: str, many: str) -> str:
    """ "1 strategy", "5 strategies"."""
    return f"{number} {one if number == 1 else many}"
