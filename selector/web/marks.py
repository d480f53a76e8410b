"""Small marks that several views share: levels as shape and word, bars, scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from selector import Guide
from selector.case.own_words import OURS
from selector.guide.editions import Cell, cell_of, together
from selector.guide.model import FULL
from selector.report.tradeoffs import edition_beside

from .page import environment

SHAPES = 4
"""Steps of the level mark's shape: from an empty to a full disc."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a cell shows.

    Attributes:
        shape: 0 (worst) .. SHAPES (best), None when it has none.
        label: the guide's own word.
        open: what is not confirmed beyond that, in brackets where there is room.
        applies: False where the criterion asks for what an option has nothing of.
        edition: names of the editions for which it holds, where others have another level.
        own: what marks it as an own fact of the visitor's; empty where it is the guide's.
    """

    shape: int | None
    label: str
    open: str = ""
    applies: bool = True
    edition: str = ""
    own: str = ""

    @property
    def word(self) -> str:
        """All of it."""
        return " ".join([self.label, *(f"({text})" for text in (self.open, self.edition, self.own) if text)])

    @property
    def kind(self) -> str:
        """Its shape, or why it has none."""
        if not self.applies:
            return "not-applicable"
        return "unconfirmed" if self.shape is None else str(self.shape)


def mark(guide: Guide, criterion: str, cell: Cell) -> Mark:
    """The mark of a cell. A sum of burdens need not meet a level; then the nearest level's word is used."""
    found = _mark(guide, criterion, cell)
    return replace(found, edition=edition_beside(found.label, cell.edition), own=OURS if cell.own else "")


def _mark(guide: Guide, criterion: str, cell: Cell) -> Mark:
    found = guide.criterion(criterion)
    if cell.level is not None:
        return Mark(_shape(cell.low), found.levels[found.level_index(cell.level)].label)
    worst, best = (
        min(found.levels, key=lambda level: (abs(level.value - value), level.value)) for value in (cell.low, cell.high)
    )
    if cell.low == cell.high or worst is best:
        return Mark(_shape((cell.low + cell.high) // 2), worst.label)
    values = [level.value for level in found.levels]
    if cell.low == min(values) and cell.high == max(values):
        return Mark(None, "Not confirmed")
    return Mark(None, worst.label, f"“{best.label}” not confirmed")


def applies(guide: Guide, option: str, criterion: str) -> bool:
    """False where a criterion asks for what an option has nothing of; its level counts all the same."""
    rating = guide.entry("options", option).get("ratings", {}).get(guide.criterion(criterion).id, {})
    return bool(rating.get("applies", True))


def rating_marks(guide: Guide, option: str, criterion: str) -> list[Mark]:
    """The mark of an option's rating, or those of its editions where they differ."""
    if not applies(guide, option, criterion):
        return [Mark(None, "Not applicable", applies=False)]
    found = guide.option(option)
    editions = [edition.id for edition in found.editions] if criterion in found.by_edition else [found.edition]
    cells = (cell_of(found.in_edition(edition) if edition else found, criterion) for edition in editions)
    return [mark(guide, criterion, cell) for cell in together(cells)]


def rating_word(guide: Guide, option: str, criterion: str) -> str:
    """The level of an option in words: "Free (Community) / Per seat (Enterprise)"."""
    return " / ".join(found.word for found in rating_marks(guide, option, criterion))


def rating_html(guide: Guide, option: str, criterion: str) -> Markup:
    """The same as HTML."""
    return _joined_html(rating_marks(guide, option, criterion))


def levels_html(guide: Guide, criterion: str, cells: Iterable[Cell]) -> Markup:
    """Cells of one thing in its editions as HTML; equal ones are one."""
    return _joined_html([mark(guide, criterion, cell) for cell in together(cells)])


def _joined_html(marks: Sequence[Mark]) -> Markup:
    template = environment().get_template("level.html")
    htmls = (Markup(template.render(mark=found).replace("\n", "")) for found in marks)
    return Markup(' <span class="level-or">/</span> ').join(htmls)


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
