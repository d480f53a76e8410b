"""The decision record: what an architecture decision record holds, and nothing that was not worked out."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from selector import Guide, recommend
from selector.analysis.near_ties import near_ties
from selector.analysis.steps import Analysis
from selector.report.adr import record
from selector.report.sentences import joint_share_text, near_tie_text
from tests.support.real_guide import real_guide
from tests.support.small_guides import criterion, data_of, option, question

HEADINGS = [
    "## Context and Problem Statement",
    "## Decision Drivers",
    "## Considered Options",
    "## Decision Outcome",
    "### Consequences",
    "### Confidence",
    "## What would change it",
    "## When to look again",
    "## More Information",
]
Data = dict[str, Any]


def small(**more: Any) -> Guide:
    fact = {"text": "Slow on Mondays.", "source": "s", "verified": "2026-01-01"}
    options = [
        option("good", ratings={"quality": {"level": "good", "text": "Well made", "source": "s", "verified": "2026-03-04"},
                                "speed": "bad"}, limitations=[fact]),
        option("quick", ratings={"quality": "bad", "speed": "good"}),
        option("twin", ratings={"quality": "bad", "speed": "good"}),
        option("gone", ratings={"quality": "bad"}),
        option("vague", ratings={"quality": "unknown"}),
    ]  # fmt: skip
    place = question(
        "place", {"work": [{"weight": {"quality": 5}}, {"exclude": ["gone"]}], "home": [{"weight": {"speed": 30}}]}
    )
    strict = question("strict", {"yes": [{"require": {"quality": "fair"}}], "very": [
        {"require": {"quality": "good"}}, {"require": {"speed": "good"}}, {"exclude": ["vague"]}]})  # fmt: skip
    found = data_of([criterion("quality"), criterion("speed", weight=4)], options, [place, strict], **more)
    found["sources"] = [{"id": "s", "title": "The book", "url": "https://example.org/book"}]
    found["guide"]["caveat"] = "Think for yourself."
    return Guide.from_data(found)


def written(guide: Guide, answers: Data, link: str = "", **more: Any) -> str:
    return record(Analysis(recommend(guide, answers, **more)).run(), "2026-05-06", link)


@cache
def of_example(number: int) -> str:
    guide = real_guide()
    return written(guide, guide.data["examples"][number]["answers"], "https://example.org/wizard/#v=1")


def section(text: str, heading: str) -> str:
    found = re.search(rf"^{re.escape(heading)}\n\n(.*?)(?=\n#|\Z)", text, re.M | re.S)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("number", range(0, len(real_guide().data["examples"]), 12))
def test_a_record_has_the_headings_of_its_form_in_order_once_each(number: int) -> None:
    text = of_example(number)
    assert re.findall(r"^##.*$", text, re.M) == HEADINGS
    assert text.startswith("---\nstatus: proposed\ndate: 2026-05-06\n---\n\n# ")
    assert text.endswith("\n")
    assert not re.search(r"\n\n\n|[ \t]\n", text)


def test_a_record_of_a_small_guide_reads_like_this() -> None:
    text = written(small(), {"place": "work"}, "https://example.org/#v=1")
    revision = small().revision
    assert (
        text
        == f"""\
---
status: proposed
date: 2026-05-06
---

# Which? Good

## Context and Problem Statement

Which?

- Place? **Work**

## Decision Drivers

- Quality (15 points): You said work.
- Speed (4 points)
- Ruled out: Gone: You said work.

## Considered Options

- Good: 78.9 of 100
- Vague: 39.5 of 100
- Quick: 21.1 of 100
- Twin: 21.1 of 100
- 1 ruled out

## Decision Outcome

Chosen option: “Good”, because it comes first on these answers. Against “Vague”, *Quality* outweighs everything that speaks for the other.

### Consequences

- Good: Quality: Well made
- To understand (Good): Slow on Mondays.

### Confidence

- Open: answer more questions first. It is 39.5 points of 100 ahead. You answered 1 core question. It takes 2 before we say how firm this is. Your answer to “Strict?” could still change it.
- First in more than 99 % of 10,000 nearby weightings (each weight anywhere from half to double).
- It stays first even if every weight is off by a factor of 1.9.
- Think for yourself.

## What would change it

- Nothing would meet all requirements: Strict? “Very”.
- “Quick” and “Twin” would share the first place: Place? “Home”.
- Of single weights, Quality is nearest to a change: if it fell from 15 to 4 points, Quick would draw level.
- We do not know Vague on Quality. If it is “Good”, Good and Vague would come first.

## When to look again

- When one of the answers above is no longer true.
- On 2027-01-01 at the latest: then the oldest fact behind it is 365 days old.
- Decided on 2026-05-06 with revision {revision} of the guide's data.

## More Information

- The same answers in the wizard: https://example.org/#v=1
- The book, https://example.org/book (verified 2026-03-04)
"""
    )


def test_weights_that_were_set_by_hand_are_said_to_be() -> None:
    drivers = section(written(small(), {"place": "work"}, weights={"speed": 9}), "## Decision Drivers")
    assert "- Speed (9 points, set by hand)" in drivers
    assert "- Quality (15 points): You said work." in drivers


def test_a_cell_of_the_combination_itself_brings_its_own_source() -> None:
    own = {"id": "own", "title": "The paper", "url": "https://example.org/paper"}
    cell = {"level": "fair", "text": "Together it is fair", "source": "own", "verified": "2025-12-31"}
    guide = small(strategies=[{"id": "named", "name": "Named", "members": ["good"], "summary": "It.", "when": ["Ever."],
                               "overrides": {"quality": cell}}])  # fmt: skip
    guide = Guide.from_data({**guide.data, "sources": [*guide.data["sources"], own]})
    text = written(guide, {"place": "work"})
    assert "- The paper, https://example.org/paper (verified 2025-12-31)" in text
    assert "- On 2026-12-31 at the latest" in text


def test_the_bill_of_the_first_stands_with_its_arithmetic() -> None:
    guide = small()
    data = {**guide.data, "guide": {**guide.data["guide"], "currency": "EUR"}}
    data["quantities"] = [{"id": "seats", "name": "Seats", "unit": "seats", "default": 3}]
    data["prices"] = [{"id": "seat", "amount": [2, 2.5], "currency": "EUR", "unit": "per seat", "source": "s",
                       "verified": "2026-02-03"}]  # fmt: skip
    data["options"] = [
        {**entry, "costs": [{"label": "chairs", "price": "seat", "multiply": ["seats", 2]}]}
        for entry in data["options"]
    ]
    consequences = section(written(Guide.from_data(data), {"place": "work"}), "### Consequences")
    assert (
        "- Costs: 12.00 to 15.00 EUR a month at list price\n"
        "    - Good, chairs: 3 Seats × 2 = 6, times 2 to 2.5 EUR per seat = 12.00 to 15.00 EUR (price of 2026-02-03)"
    ) in consequences


def test_without_a_link_none_is_mentioned() -> None:
    assert "wizard" not in written(small(), {"place": "work"})


def test_equals_are_named_beside_the_first() -> None:
    outcome = section(written(small(), {"place": "home"}), "## Decision Outcome")
    assert outcome.startswith("Chosen option, out of a tie: “Quick”. Equally good: “Twin”.")
    assert outcome.strip().endswith("Near-twin: Twin. On these answers nothing sets them apart.")


def test_near_twins_are_named_with_the_share_that_they_have_together() -> None:
    guide = real_guide()
    answers = next(
        entry["answers"] for entry in guide.data["examples"] if near_ties(recommend(guide, entry["answers"]))
    )
    analysis = Analysis(recommend(guide, answers)).run()
    text = record(analysis, "2026-05-06")
    assert near_tie_text(analysis.result) and near_tie_text(analysis.result) in section(text, "## Decision Outcome")
    assert joint_share_text(analysis) and f"- {joint_share_text(analysis)}" in section(text, "### Confidence")


def test_what_is_not_verified_is_said_beside_the_option() -> None:
    options = section(written(small(), {"place": "work", "strict": "yes"}), "## Considered Options")
    assert "- Vague: 39.5 of 100; not verified by us: Quality" in options


def test_what_was_set_aside_is_said_beside_the_requirement() -> None:
    drivers = section(written(small(), {"strict": "yes"}, relax=["strict.yes.quality"]), "## Decision Drivers")
    assert "- Required: Quality, at least “Fair” (set aside): You said yes." in drivers


def test_a_record_of_nothing_names_the_nearest_misses_and_claims_no_consequences() -> None:
    text = written(small(), {"place": "work", "strict": "very"})
    assert text.splitlines()[5] == "# Which? no strategy yet"
    assert section(text, "## Decision Outcome").strip() == (
        "Nothing meets all requirements. The nearest misses:\n\n"
        "- “Good”, if this is set aside: Speed: at least “Good”\n"
        "- “Quick” and “Twin”, if this is set aside: Quality: at least “Good”"
    )
    assert "### Consequences" not in text
    assert "### Confidence" not in text


def test_a_record_without_answers_says_so() -> None:
    outcome = section(written(small(), {}), "## Decision Outcome")
    assert outcome.strip() == "Nothing is answered yet, so nothing comes first."


def test_a_record_that_hangs_on_something_not_verified_says_so() -> None:
    only = small().data | {"options": [entry for entry in small().data["options"] if entry["id"] == "vague"]}
    only = {**only, "questions": [only["questions"][1]]}
    outcome = section(written(Guide.from_data(only), {"strict": "yes"}), "## Decision Outcome")
    assert outcome.strip() == (
        "Nothing is known to meet all requirements; those above would, if what is not verified by us holds."
    )


def test_a_record_before_the_work_is_done_leaves_out_what_is_not_known_yet() -> None:
    text = record(Analysis(recommend(small(), {"place": "work"})), "2026-05-06")
    assert "### Confidence" not in text
    assert "## What would change it" not in text


def test_a_reason_given_by_two_answers_is_said_once() -> None:
    for number in range(0, len(real_guide().data["examples"]), 12):
        for line in section(of_example(number), "## Decision Drivers").splitlines():
            sentences = re.split(r"(?<=[.]) ", line.partition(": ")[2])
            assert len(sentences) == len(set(sentences)), line


@pytest.mark.parametrize("number", range(0, len(real_guide().data["examples"]), 12))
def test_every_answer_and_every_source_of_the_winner_is_in_the_record_with_its_date(number: int) -> None:
    guide, text = real_guide(), of_example(number)
    result = recommend(guide, guide.data["examples"][number]["answers"])
    context = section(text, HEADINGS[0])
    assert context.count("**") == 2 * len(result.situation.said)
    more = section(text, "## More Information").splitlines()
    assert len(more) > 1
    assert all(re.search(r", https://\S+ \(verified \d{4}-\d\d-\d\d\)$", line) for line in more[1:])
    assert len(set(more)) == len(more)
