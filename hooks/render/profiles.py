"""Profiles: small charts of an option or a strategy on all criteria."""

from __future__ import annotations

from markupsafe import Markup, escape

from selector import Guide
from selector.guide.model import FULL
from selector.guide.values import Cell
from selector.web.marks import mark

BAR, STEP, GAP, HEIGHT, LEAST = 5, 7, 6, 32, 3
"""Width of a bar, distance of bars, extra distance between groups, height of the best and of the worst bar."""


def profile(guide: Guide, cells: dict[str, Cell]) -> Markup:
    """All criteria at a glance: a bar each, in the order of the groups; the higher the better, hollow when not known.

    It repeats what tables say in words, so it is hidden from those who have it read to them.
    """
    bars: list[Markup] = []
    x = 0
    for group in guide.data["groups"]:
        for criterion in (criterion for criterion in guide.criteria if criterion.group == group["id"]):
            bars.append(_bar(guide, criterion.id, criterion.name, cells[criterion.id], x))
            x += STEP
        x += GAP
    width = max(x - GAP, 1)
    return Markup(
        '<svg class="profile" preserveAspectRatio="xMinYMax" viewBox="0 0 {0} {1}" width="{0}" height="{1}" aria-hidden="true" focusable="false">{2}</svg>'
    ).format(width, HEIGHT, Markup("").join(bars))


def _bar(guide: Guide, criterion: str, name: str, cell: Cell, x: int) -> Markup:
    found = mark(guide, criterion, cell)
    middle = (cell.low + cell.high) // 2
    height = LEAST + (HEIGHT - LEAST) * middle // FULL
    kind = "unknown" if found.shape is None else str(found.shape)
    # Thousands of bars in a build: put together as text, as Markup's own way takes ten times as long.
    size = f'x="{x}" y="{HEIGHT - height}" width="{BAR}" height="{height}" rx="1"'
    return Markup(f'<rect class="profile-{kind}" {size}><title>{escape(name)}: {escape(found.word)}</title></rect>')


def option_profile(guide: Guide, option: str) -> Markup:
    """The profile of one option."""
    return profile(guide, {criterion.id: guide.cell(option, criterion.id) for criterion in guide.criteria})


def strategy_profile(guide: Guide, name: str) -> Markup:
    """The profile of a strategy."""
    strategy = guide.strategy(name)
    return profile(guide, {criterion.id: guide.strategy_cell(strategy, criterion.id) for criterion in guide.criteria})
