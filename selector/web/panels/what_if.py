"""Cases side by side: which ones, how the strategies rank in each, which answers differ and what changes because of them."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from selector.case.own_words import OURS
from selector.group.gathering import Gathering
from selector.group.persons import MOST_PERSONS
from selector.group.what_if import OWN, Step, WhatIf
from selector.report.own_basis import own_names
from selector.report.what_if_text import (
    change_text,
    fails_text,
    outcome_text,
    ruled_out_texts,
    said_text,
    standing_text,
    subject_text,
)
from selector.web.page import Page

from .people import LONG, entries

MOST_ROWS = 12
"""Strategies in the first table."""

MOST_FOLDED = 60
"""Strategies in the second one, which is folded."""


def cases(page: Page, gathering: Gathering) -> Markup:
    """The cases, each with a field for the name."""
    return page.render("what_if_cases.html", members=entries(page, gathering), most=MOST_PERSONS)


def side_by_side(page: Page, found: WhatIf) -> dict[str, Markup]:
    """All regions of the comparison."""
    return {"table": _table(page, found), "steps": _steps(page, found), "differences": _differences(page, found)}


def keep(page: Page, gathering: Gathering) -> Markup:
    """The comparison to keep: files and the link."""
    characters = len(gathering.address)
    return page.render("what_if_keep.html", characters=characters if characters > LONG else 0, most=LONG)


def _table(page: Page, found: WhatIf) -> Markup:
    rows = [_row(page, found, name) for name in found.strategies]
    return page.render(
        "what_if_table.html",
        names=[one.name for one in found.cases],
        mark=OURS,
        shown=rows[:MOST_ROWS],
        folded=rows[MOST_ROWS : MOST_ROWS + MOST_FOLDED],
        left=len(rows) - MOST_ROWS - MOST_FOLDED,
    )


def _row(page: Page, found: WhatIf, strategy: str) -> dict[str, Any]:
    known = page.guide.strategy(strategy)
    cells = []
    for one, result in zip(found.cases, found.results, strict=True):
        fails = fails_text(result, strategy)
        cells.append(
            {
                "case": one.name,
                "text": standing_text(result, strategy),
                "first": result.place(strategy) in result.leaders,
                "fails": fails,
                "own": own_names(result, result.place(strategy)),
            }
        )
    return {"name": known.name, "address": page.strategy_page(known.named, known.members), "cells": cells}


def _steps(page: Page, found: WhatIf) -> Markup:
    names = [one.name for one in found.cases]
    steps = [
        {
            "key": f"{number}",
            "title": f"From {names[number]} to {names[number + 1]}",
            "outcome": outcome_text(found, step),
            "changes": _changes(found, step),
            "out": list(ruled_out_texts(found, number)),
        }
        for number, step in enumerate(found.steps)
    ]
    return page.render("what_if_steps.html", steps=steps)


def _changes(found: WhatIf, step: Step) -> list[dict[str, str]]:
    """What differs, the changes that decide first."""
    order = sorted(step.changes, key=lambda item: (not step.enough(item), not step.needed(item)))
    return [
        {
            "key": f"{item.subject.kind} {item.subject.id}",
            "text": subject_text(found, item.subject),
            "before": said_text(found, item.subject, item.before),
            "after": said_text(found, item.subject, item.after),
            "effect": change_text(found, step, item),
        }
        for item in order
    ]


def _differences(page: Page, found: WhatIf) -> Markup:
    names = [one.name for one in found.cases]
    rows = [
        {
            "text": subject_text(found, subject),
            "own": subject.kind == OWN,
            "cells": [
                {"case": name, "text": said_text(found, subject, said), "silent": said is None}
                for name, said in zip(names, row, strict=True)
            ],
        }
        for subject, row in found.differing
    ]
    return page.render("what_if_differences.html", names=names, rows=rows)
