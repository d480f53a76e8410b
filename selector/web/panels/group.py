"""Several people's answers compared: what they could agree on, who wants what, how each one ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from selector.case.own_words import OURS
from selector.group.joint import TOLERANCE
from selector.group.positions import AGREE, DIFFER, MISSING
from selector.group.settling import Settling
from selector.group.together import Together
from selector.guide.terms import upfirst
from selector.report.own_basis import own_names
from selector.report.sentences import answer_text, points_text
from selector.report.together_data import SCALE, asked_text, saying, together_data
from selector.report.together_text import (
    MOST_NAMED,
    MOST_QUESTIONS,
    acceptable_text,
    left_text,
    near_texts,
    regret_sentence,
    today_text,
)
from selector.web.page import Page

Data = dict[str, Any]

MOST_ROWS = 10
"""Strategies in the first table of ranks."""

MOST_FOLDED = 40
"""Strategies in the second one, which is folded."""

MOST_ASKED = 8
"""Requirements that are shown unfolded."""

GROUPS = (
    (DIFFER, "Answers differ", "No two people gave different answers."),
    (MISSING, "Answers are missing", "Everyone who is asked has answered."),
    (AGREE, "Everyone agrees", "There is no question on which everyone gave the same answer."),
)


def comparison(page: Page, found: Together) -> dict[str, Markup]:
    """All regions of a comparison but those on people and on what to settle."""
    data = together_data(found)
    return {
        "agreement": _agreement(page, found),
        "answers": _answers(page, found, data),
        "rankings": _rankings(page, found, data),
        "asked": _asked(page, found),
    }


def settle(page: Page, found: Together, settled: Sequence[Settling], done: int | None = None) -> Markup:
    """Which disagreement to settle first; `done` counts the questions that were tried while not all are."""
    open_questions = [item for item in found.positions if item.status != AGREE]
    helping = [
        {
            "question": found.guide.question(item.question).text,
            "outcomes": [
                (answer_text(found.guide, item.question, outcome.answer), left_text(found, outcome))
                for outcome in item.outcomes
            ],
        }
        for item in settled
        if item.helps
    ]
    return page.render(
        "group_settle.html",
        done=done,
        open=len(open_questions),
        helping=helping[:MOST_QUESTIONS],
        today=today_text(found),
        agreed=found.regret == 0,
    )


def _agreement(page: Page, found: Together) -> Markup:
    def named(ids: Sequence[str]) -> list[tuple[str, str | None]]:
        return [_linked(page, name) for name in ids[:MOST_NAMED]]

    return page.render(
        "group_agreement.html",
        acceptable=named(found.acceptable),
        more=max(0, len(found.acceptable) - MOST_NAMED),
        nothing=acceptable_text(found),
        regret=named(found.least_regret),
        regret_text=regret_sentence(found),
        first=[(_linked(page, name), found.first[name]) for name in found.most_first],
        relax=near_texts(found),
        scale=SCALE,
        tolerance=TOLERANCE,
    )


def _linked(page: Page, name: str) -> tuple[str, str | None]:
    """A strategy's name and the address of its page, if it has one."""
    strategy = page.guide.strategy(name)
    return strategy.name, page.strategy_page(strategy.named, strategy.members)


def _answers(page: Page, found: Together, data: Data) -> Markup:
    """Who wants what: people as columns, questions as rows, by whether they agree."""
    rows: dict[str, list[Data]] = {status: [] for status, _, _ in GROUPS}
    for item in found.positions:
        said = {name: answer_text(found.guide, item.question, value) for value, names in saying(item) for name in names}
        cells = [
            {
                "person": name,
                "text": said.get(name) or ("no answer" if name in item.silent else "not asked"),
                "kind": "said" if name in said else "silent" if name in item.silent else "not-asked",
            }
            for name in found.names
        ]
        rows[item.status].append({"text": page.entry("questions", item.question)["text"], "cells": cells})
    return page.render(
        "group_answers.html",
        names=found.names,
        groups=[(status, title, empty, rows[status]) for status, title, empty in GROUPS],
        traded=[_trade_row(found, item) for item in data["traded"]],
        weights=[(item["name"], [_points(item["set_by"], name) for name in found.names]) for item in data["weights"]],
    )


def _trade_row(found: Together, item: Data) -> tuple[str, list[Data]]:
    """One trade-off: what each person would rather have."""
    said = {name: one["label"] for one in item["said"] for name in one["persons"]}
    return item["text"], [
        {"person": name, "text": said.get(name, "no answer"), "kind": "said" if name in said else "silent"}
        for name in found.names
    ]


def _points(set_by: Mapping[str, int], name: str) -> Data:
    kind = "said" if name in set_by else "silent"
    return {"person": name, "text": str(set_by.get(name, "from the answers")), "kind": kind}


def _rankings(page: Page, found: Together, data: Data) -> Markup:
    """The ranks of each person, and the largest loss."""
    put_first = set(found.first)
    shown = [one for one in data["strategies"] if one["possible"]][:MOST_ROWS]
    shown += [one for one in data["strategies"] if one["id"] in put_first and one not in shown]
    rest = [one for one in data["strategies"] if one not in shown]
    folded = rest[:MOST_FOLDED]
    return page.render(
        "group_rankings.html",
        names=found.names,
        shown=[_row(page, found, one) for one in shown],
        folded=[_row(page, found, one) for one in folded],
        left=len(rest) - len(folded),
        mark=OURS,
    )


def _row(page: Page, found: Together, one: Data) -> Data:
    name, address = _linked(page, one["id"])
    result = next(iter(found.results.values()))  # own facts hold for everyone
    loss = "not possible"
    if one["possible"]:
        most = max(found.losses(one["id"]).values())
        loss = f"{points_text(most)}, {', '.join(one['largest_for'])}" if most else "none"
    notes = ["possible for each, but in different editions"] if one["editions_differ"] else []
    notes += [f"to confirm: {'; '.join(one['to_confirm'])}"] if one["to_confirm"] else []
    return {
        "name": name,
        "address": address,
        "least": one["id"] in found.least_regret,
        "notes": notes,
        "own": own_names(result, result.place(one["id"])),
        "loss": loss,
        "cells": [
            {"person": cell["person"], "rank": cell["rank"], "first": cell["first"], "fails": cell["fails"]}
            for cell in one["by"]
        ],
    }


def _asked(page: Page, found: Together) -> Markup:
    """The requirements of all together, and whose requirement rules out what."""
    items = [
        {
            "id": item.id,
            "text": upfirst(asked_text(found, item.id)),
            "whose": ", ".join(item.persons),
            "names": [page.guide.strategy(name).name for name in item.rules_out][:MOST_FOLDED],
            "out": len(item.rules_out),
            "alone": len(item.alone),
        }
        for item in found.asked
    ]
    return page.render("group_asked.html", shown=items[:MOST_ASKED], folded=items[MOST_ASKED:])
