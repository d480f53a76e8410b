"""Cases side by side as plain JSON data, and as files to keep: CSV and Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from selector.case.own import as_said
from selector.case.trades import Trade, trades_data
from selector.group.what_if import Change, Said, Step, Subject, WhatIf
from selector.guide.own import OwnFact
from selector.scoring.recommend import Recommendation, score

from .sentences import name_of
from .what_if_text import (
    change_text,
    fails_text,
    outcome_text,
    ruled_out_texts,
    said_text,
    standing_text,
    subject_text,
)

FORMAT = 1

MOST_ROWS = 15
"""Strategies in the Markdown table; CSV and JSON have all."""


def what_if_data(found: WhatIf) -> dict[str, Any]:
    """All that a view needs; the fields are described in api.schema.json ("what-if").

    Cases are in the order given, strategies by their best rank in any case, what differs in the order of the guide. Names,
    `notices` and `lost` of a case are foreign text without anything unseen in it.
    """
    guide = found.guide
    return {
        "format": FORMAT,
        "kind": "what-if",
        "guide": guide.data["guide"]["id"],
        "revision": guide.revision,
        "cases": [_case(found, number) for number in range(len(found.cases))],
        "strategies": [
            {
                "id": name,
                "name": name_of(guide, name),
                "by": [_standing(result, name) for result in found.results],
            }
            for name in found.strategies
        ],
        "differences": [
            {
                **_subject(found, subject),
                "by": [{"value": _plain(said), "text": said_text(found, subject, said)} for said in row],
            }
            for subject, row in found.differing
        ],
        "steps": [_step(found, number) for number in range(len(found.steps))],
    }


def _case(found: WhatIf, number: int) -> dict[str, Any]:
    one = found.cases[number]
    return {
        "name": one.name,
        "revision": one.revision,
        "notices": list(one.notices),
        "lost": list(one.lost),
        "answers": {name: _plain(value) for name, value in one.case.answers.items()},
        "weights": dict(one.case.weights),
        "relax": sorted(one.case.relax),
        "trades": trades_data(one.case.trades),
        "own": as_said(one.case.own),
        "leaders": [place.strategy.id for place in found.results[number].leaders],
    }


def _standing(result: Recommendation, name: str) -> dict[str, Any]:
    place = result.place(name)
    return {
        "rank": place.rank,
        "score": round(score(place, result.points), 2),
        "status": place.verdict.status,
        "first": place in result.leaders,
        "fails": [text for text in fails_text(result, name).split("; ") if text],
    }


def _step(found: WhatIf, number: int) -> dict[str, Any]:
    step = found.steps[number]
    return {
        "from": found.cases[number].name,
        "to": found.cases[number + 1].name,
        "leaders_before": sorted(step.leaders_before),
        "leaders_after": sorted(step.leaders_after),
        "text": outcome_text(found, step),
        "changes": [_change(found, step, change) for change in step.changes],
        "out": list(step.out),
        "back": list(step.back),
        "ruled_out": list(ruled_out_texts(found, number)),
    }


def _change(found: WhatIf, step: Step, change: Change) -> dict[str, Any]:
    return {
        **_subject(found, change.subject),
        "before": said_text(found, change.subject, change.before),
        "after": said_text(found, change.subject, change.after),
        "enough": step.enough(change),
        "needed": step.needed(change),
        "alone": sorted(change.alone),
        "without": sorted(change.without),
        "effect": change_text(found, step, change),
    }


def _subject(found: WhatIf, subject: Subject) -> dict[str, str]:
    return {"kind": subject.kind, "id": subject.id, "text": subject_text(found, subject)}


def _plain(said: Said) -> object:
    if isinstance(said, Trade):
        return said.text
    if isinstance(said, OwnFact):
        return said.value
    return list(said) if isinstance(said, tuple) else said


def what_if_csv(found: WhatIf) -> str:
    """All rows as CSV (RFC 4180): the strategies with their rank and score in each case, then what differs."""
    names = [one.name for one in found.cases]
    text = io.StringIO()
    write = csv.writer(text).writerow
    write(_inert([found.guide.terms.strategy, *(f"{name}: {what}" for name in names for what in ("rank", "score"))]))
    for strategy in found.strategies:
        row = [name_of(found.guide, strategy)]
        for result in found.results:
            place = result.place(strategy)
            row += ["ruled out", ""] if place.rank is None else [str(place.rank), f"{score(place, result.points):.1f}"]
        write(_inert(row))
    write([])
    write(_inert(["difference", *(part for name in names for part in (name, ""))]))
    for subject, said in found.differing:
        cells = (part for one in said for part in (said_text(found, subject, one), ""))
        write(_inert([subject_text(found, subject), *cells]))
    return text.getvalue()


def _inert(cells: Sequence[str]) -> list[str]:
    """A name may be foreign text, and spreadsheets run what begins like a formula."""
    return [f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell for cell in cells]


def what_if_markdown(found: WhatIf, link: str = "") -> str:
    """The table and what changes between cases, as Markdown; `link` is where the page shows the same."""
    names, terms = [one.name for one in found.cases], found.guide.terms
    shown = found.strategies[:MOST_ROWS]
    lines = [f"# What if: {found.guide.data['guide']['question']}", ""]
    rows = [
        [name_of(found.guide, strategy), *(_bold(result, strategy) for result in found.results)] for strategy in shown
    ]
    lines += ["Rank and score (of 100) in each case, first places in bold:", ""]
    lines += _table([terms.strategy.capitalize(), *names], rows)
    left = len(found.strategies) - len(shown)
    if left:
        lines += ["", f"{left} more {terms.strategy if left == 1 else terms.strategies} left out."]
    if found.differing:
        lines += ["", "## What differs", ""]
        said = [
            [subject_text(found, subject), *(said_text(found, subject, one) for one in row)]
            for subject, row in found.differing
        ]
        lines += _table(["What", *names], said)
    for number, step in enumerate(found.steps):
        lines += [
            "",
            f"## {_escaped(f'From {names[number]} to {names[number + 1]}')}",
            "",
            outcome_text(found, step),
            "",
        ]
        for change in step.changes:
            before, after = (said_text(found, change.subject, one) for one in (change.before, change.after))
            text = f"{subject_text(found, change.subject)} “{before}” becomes “{after}”. {change_text(found, step, change)}"
            lines.append(f"- {_escaped(text)}")
        lines += [f"- {_escaped(text)}" for text in ruled_out_texts(found, number)]
    if link:
        lines += ["", f"[The same table on the page]({link})"]
    lines += ["", f"Revision {found.guide.revision} of the guide's data."]
    return "\n".join(lines) + "\n"


def _bold(result: Recommendation, strategy: str) -> str:
    text = standing_text(result, strategy)
    return f"**{text}**" if result.place(strategy) in result.leaders else text


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    every = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in every]


def _cell(text: str) -> str:
    return _escaped(text) if not text.startswith(("**", "---")) else text


def _escaped(text: str) -> str:
    """Foreign text that stays text in Markdown, also in a cell."""
    for sign in "\\`*_[]<>|":
        text = text.replace(sign, f"\\{sign}")
    return text


def what_if_lines(found: WhatIf) -> list[str]:
    """For a terminal: the steps in words."""
    lines = []
    for number, step in enumerate(found.steps):
        lines += ["", f"From {found.cases[number].name} to {found.cases[number + 1].name}: {outcome_text(found, step)}"]
        for change in step.changes:
            before, after = (said_text(found, change.subject, one) for one in (change.before, change.after))
            lines += [f"   {subject_text(found, change.subject)} {before} → {after}."]
            lines += [f"      {change_text(found, step, change)}"]
        lines += [f"   {text}" for text in ruled_out_texts(found, number)]
    return lines
