"""Core questions: those that decide most, asked first. Before enough of them are answered no advice is worth naming."""

from __future__ import annotations

from selector.guide.guide import Guide

from .answers import NOTHING, UNSURE, Case, in_force

ENOUGH = 4
"""Core questions that are answered at least before the wizard names a recommendation."""


def core_asked(guide: Guide, case: Case) -> list[str]:
    """Ids of the core questions that are asked in this case, in the guide's order."""
    asked = in_force(guide, case)
    return [name for name in guide.core if name in asked]


def core_open(guide: Guide, case: Case) -> list[str]:
    """Those of them that have no answer yet; "not sure" is one."""
    return [name for name in core_asked(guide, case) if case.answers.get(name, ()) == ()]


def core_missing(guide: Guide, case: Case) -> int:
    """How many more core questions have to be answered; 0 when there are enough answers, or nothing is left to ask."""
    asked = core_asked(guide, case)
    known = sum(1 for name in asked if case.answers.get(name, UNSURE) not in NOTHING)
    return min(max(0, min(ENOUGH, len(asked)) - known), len(core_open(guide, case)))
