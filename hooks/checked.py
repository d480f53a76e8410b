"""A guide's file after all checks: what it says, or the problems that stop it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hooks.rules import check_rules, draft_of
from hooks.source.causes import folded
from hooks.source.load import Loaded, load
from hooks.source.problems import MOST_SHOWN, Problem, as_text, errors, in_order
from selector.guide.guide import Guide


@dataclass(frozen=True)
class Checked:
    """A guide's file after all checks.

    Attributes:
        guide: the guide, or None when a problem stops it.
        problems: errors and warnings, in the order of the file.
        loaded: the file itself, with `line(path)` for links to its lines.
        beside: other files that were checked with it.
    """

    guide: Guide | None
    problems: tuple[Problem, ...]
    loaded: Loaded
    beside: tuple[Loaded, ...] = ()

    @property
    def texts(self) -> dict[str, str]:
        """The text of each file by its name, for the lines that problems show."""
        return {one.file: one.text for one in (self.loaded, *self.beside)}

    @property
    def preview(self) -> Guide | None:
        """The guide as far as it can be shown to its editors, problems or not; None when it has no right shape."""
        if self.guide is not None or self.loaded.data is None:
            return self.guide
        draft = draft_of(self.loaded)
        return draft.guide if draft.enumeration is not None and draft.enumeration.strategies else None

    @property
    def causes(self) -> list[Problem]:
        """The problems without those that follow from others."""
        return folded(self.problems)

    def report(self, most: int | None = MOST_SHOWN) -> str:
        """The problems as text, for a terminal or a log: causes only, or really all when `most` is None."""
        found = self.problems if most is None else self.causes
        return as_text(found, self.texts, most)


def check_guide(
    path: Path | str, *, today: date | None = None, name: str | None = None, quick: bool = False
) -> Checked:
    """Read a guide's file and judge it by all rules. Raises nothing, whatever the file holds.

    Args:
        path: the YAML file.
        today: the day by which dates are judged; by default the machine's.
        name: how problems call the file; by default its path from the working folder.
        quick: leave out rules that take seconds.
    """
    return check_loaded(load(path, name=name), today, quick=quick)


def check_loaded(loaded: Loaded, today: date | None = None, *, quick: bool = False) -> Checked:
    """The same for a file that was read before."""
    if loaded.draft is None:
        return Checked(None, loaded.problems, loaded)
    draft = draft_of(loaded, today)
    taken = {(problem.line, problem.column) for problem in loaded.problems}
    found = [problem for problem in check_rules(draft, quick=quick) if (problem.line, problem.column) not in taken]
    problems = in_order([*loaded.problems, *found])
    if not errors(problems) and (draft.guide is None or draft.enumeration is None):
        problems.append(loaded.positions.problem((), "guide", "scoring cannot use this guide, and no rule says why"))
    return Checked(None if errors(problems) else draft.guide, tuple(problems), loaded)


def new_problems(before: Loaded, after: Checked) -> list[Problem]:
    """Problems and warnings that a file has after an edit and had not before; lines and names may have changed.

    The same words at another place are a new problem when there are more of them than before.
    """
    if not after.problems:
        return []
    former = check_loaded(before).problems
    places = {(one.code, one.message, one.where) for one in former}
    left = Counter((one.code, one.message) for one in former)
    new = []
    for one in sorted(after.problems, key=lambda one: (one.code, one.message, one.where) not in places):
        left[one.code, one.message] -= 1
        if left[one.code, one.message] < 0:
            new.append(one)
    return [one for one in after.problems if one in new]


def read_guide(path: Path | str) -> tuple[Guide | None, tuple[Problem, ...]]:
    """The guide of a file, or None with the problems that stop it; warnings come with either. Raises nothing."""
    checked = check_guide(path)
    return checked.guide, checked.problems
