"""What an option or a setup is worth in each group of criteria: a number and a bar, with the name of the group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from selector import Guide
from selector.guide.model import FULL
from selector.web.marks import SHAPES, applies

from .context import Entry

MOST = 100
"""The score of what has the best level on every criterion of a group."""


@dataclass(frozen=True, slots=True)
class GroupScore:
    """One group. `score` is the mean over its criteria, 0..MOST; None where none applies."""

    group: Entry
    score: int | None

    @property
    def bar(self) -> Markup:
        """The score as a bar; the number is beside it, so readers don't need to see the bar."""
        if self.score is None:
            return Markup()
        text = (
            f'<svg class="score-bar level-{self.score * SHAPES // MOST}" viewBox="0 0 {MOST} 6" preserveAspectRatio="none"'
            ' aria-hidden="true" focusable="false"><rect class="score-track" width="100" height="6" rx="3"/>'
            f'<rect class="score-part" width="{max(self.score, 6)}" height="6" rx="3"/></svg>'
        )
        return Markup(text)


def option_scores(guide: Guide, option: str) -> list[GroupScore]:
    """The scores of an option; criteria that ask for what it has nothing of are left out."""

    def middle(criterion: str) -> int | None:
        cell = guide.cell(option, criterion)
        return (cell.low + cell.high) // 2 if applies(guide, option, criterion) else None

    return _scores(guide, middle)


def strategy_scores(guide: Guide, name: str) -> list[GroupScore]:
    """The scores of a setup."""
    strategy = guide.strategy(name)

    def middle(criterion: str) -> int | None:
        cell = guide.strategy_cell(strategy, criterion)
        return (cell.low + cell.high) // 2

    return _scores(guide, middle)


def _scores(guide: Guide, middle: Callable[[str], int | None]) -> list[GroupScore]:
    found = []
    for group in scored_groups(guide):
        values = [middle(criterion.id) for criterion in guide.criteria if criterion.group == group["id"]]
        known = [value for value in values if value is not None]
        found.append(GroupScore(group, round(sum(known) * MOST / (FULL * len(known))) if known else None))
    return found


def scored_groups(guide: Guide) -> list[Entry]:
    """The groups that have criteria, in their order."""
    used = {criterion.group for criterion in guide.criteria}
    return [group for group in guide.data["groups"] if group["id"] in used]
