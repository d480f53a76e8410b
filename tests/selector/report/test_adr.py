"""The decision record: what an architecture decision record holds, and nothing that was not worked out."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from selector import Guide, recommend
from selector.analysis.near_ties import near_ties
from selector.analysis.steps import Analysis
from selector.report.adr import MOST_DRIVERS, MOST_REQUIREMENTS, record
from selector.report.sentences import near_tie_text
from tests.support.real_guide import real_guide
from tests.support.small_guides import criterion, data_of, option, question

HEADINGS = [
    "## Context and Problem Statement",
    "## Decision Drivers",
    "## Considered Options",
    "## Decision Outcome",
    "### Consequences",
    "## What Could Change It",
    "## Review",
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
    assert re.match(
        r"---\nstatus: proposed\ndate: 2026-05-06\ndeciders: \"not named\"\nreview: \d{4}-\d\d-\d\d\n---\n\n# Use ",
        text,
    )
    assert text.endswith("\n")
    assert not re.search(r"\n\n\n|[ \t]\n", text)


def test_a_record_of_a_small_guide_reads_like_this() -> None:
    text = written(small(), {"place": "work"}, "https://example.org/#v=1")
    assert (
        text
        == f"""\
---
status: proposed
date: 2026-05-06
deciders: "not named"
review: 2027-01-01
---

# Use Good

## Context and Problem Statement

Which?

- Place? **Work**

## Decision Drivers

- Quality: Good. You said work. (Answer: Work.)
- Ruled out: Gone. You said work. (Answer: Work.)

## Considered Options

- **Good** (chosen)
- **Vague**: Quality: “Not known” instead of “Good”.
- **Quick**: Quality: “Bad” instead of “Good”.
- **Twin**: Quality: “Bad” instead of “Good”.
- 1 setup ruled out by the requirements.

## Decision Outcome

Chosen option: “Good”, because it ranks highest for the answers above. “Quality” outweighs all advantages of “Vague”.

Confidence: Open: answer more questions first. It is 39.5 points of 100 ahead. You answered 1 core question. It takes 2 before we say how firm this is. Your answer to “Strict?” could still change it.

### Consequences

- Good: Quality: Good. Well made ([The book](https://example.org/book), 2026-03-04).
- Bad: Speed: Bad. Good on Speed.
- Limitation (Good): Slow on Mondays. ([The book](https://example.org/book), 2026-01-01)

## What Could Change It

- Place? “Home”: then Quick and Twin.

## Review

On 2027-01-01, or as soon as one of the answers above is no longer true.

## More Information

- [The same answers in the wizard](https://example.org/#v=1)
- Decided on 2026-05-06 with revision {small().revision} of the guide's data.
"""
    )


def test_who_decided_stands_in_the_head_on_one_line() -> None:
    text = record(Analysis(recommend(small(), {"place": "work"})).run(), "2026-05-06", deciders='Ann "A",\nBo')
    assert text.splitlines()[3] == "deciders: \"Ann 'A', Bo\""


def test_weights_that_were_set_by_hand_are_said_to_be() -> None:
    drivers = section(written(small(), {"place": "work"}, weights={"speed": 9}), "## Decision Drivers")
    assert "- Weights set manually: Speed." in drivers


def test_a_cell_of_the_combination_itself_brings_its_own_source() -> None:
    own = {"id": "own", "title": "The paper", "url": "https://example.org/paper"}
    cell = {"level": "fair", "text": "Together it is fair", "source": "own", "verified": "2025-12-31"}
    guide = small(strategies=[{"id": "named", "name": "Named", "members": ["good"], "summary": "It.", "when": ["Ever."],
                               "overrides": {"quality": cell}}])  # fmt: skip
    guide = Guide.from_data({**guide.data, "sources": [*guide.data["sources"], own]})
    text = written(guide, {"place": "work"})
    assert "Together it is fair ([The paper](https://example.org/paper), 2025-12-31)." in text
    assert "review: 2026-12-31" in text


def test_the_cost_is_one_line_with_its_source() -> None:
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
        "- Cost: About EUR 12 to 15 a month at list price. ([The book](https://example.org/book), 2026-02-03)"
    ) in consequences


def test_without_a_link_none_is_mentioned() -> None:
    assert "wizard" not in written(small(), {"place": "work"})


def test_equals_are_named_beside_the_first() -> None:
    outcome = section(written(small(), {"place": "home"}), "## Decision Outcome")
    assert outcome.startswith("Chosen option, out of a tie: “Quick”. Equally good: “Twin”.")


def test_near_ties_are_named() -> None:
    guide = real_guide()
    answers = next(
        entry["answers"] for entry in guide.data["examples"] if near_ties(recommend(guide, entry["answers"]))
    )
    analysis = Analysis(recommend(guide, answers)).run()
    text = record(analysis, "2026-05-06")
    assert near_tie_text(analysis.result) and near_tie_text(analysis.result) in section(text, "## Decision Outcome")


def test_what_is_not_verified_is_said_beside_the_option() -> None:
    options = section(written(small(), {"place": "work", "strict": "yes"}), "## Considered Options")
    assert "- Vague: to be confirmed: Quality: “Fair” or better." in options


def test_what_was_set_aside_is_said() -> None:
    drivers = section(written(small(), {"strict": "yes"}, relax=["strict.yes.quality"]), "## Decision Drivers")
    assert "- Ignored: Quality: “Fair” or better." in drivers


def test_a_record_of_nothing_names_the_nearest_misses_and_claims_no_consequences() -> None:
    text = written(small(), {"place": "work", "strict": "very"})
    assert "# Which?" in text.splitlines()
    assert section(text, "## Decision Outcome").strip() == (
        "No setup meets all requirements. Relax one of these to get a recommendation:\n\n"
        "- Speed: “Good”: then Good.\n"
        "- Quality: “Good”: then Quick and Twin."
    )
    assert "### Consequences" not in text
    assert "Confidence" not in text


def test_a_record_without_answers_says_so() -> None:
    outcome = section(written(small(), {}), "## Decision Outcome")
    assert outcome.strip() == "No answers given."


def test_a_record_that_hangs_on_something_not_verified_says_so() -> None:
    only = small().data | {"options": [entry for entry in small().data["options"] if entry["id"] == "vague"]}
    only = {**only, "questions": [only["questions"][1]]}
    outcome = section(written(Guide.from_data(only), {"strict": "yes"}), "## Decision Outcome")
    assert outcome.strip() == (
        "No setup is confirmed to meet every requirement. Those above would if the unverified items hold."
    )


def test_a_record_before_the_work_is_done_leaves_out_what_is_not_known_yet() -> None:
    text = record(Analysis(recommend(small(), {"place": "work"})), "2026-05-06")
    assert "Confidence" not in text
    assert "## What Could Change It" not in text


@pytest.mark.parametrize("number", range(0, len(real_guide().data["examples"]), 12))
def test_a_reason_is_one_line_with_the_answer_that_caused_it_and_said_once(number: int) -> None:
    lines = [line for line in section(of_example(number), "## Decision Drivers").splitlines() if line]
    assert 3 <= len(lines) <= MOST_DRIVERS + MOST_REQUIREMENTS + 1
    assert all(line.startswith("- ") for line in lines)
    assert sum("(Answer: " in line for line in lines) >= 3
    reasons = [line.split(". ", 1)[1] for line in lines if ". " in line]
    assert len(reasons) == len(set(reasons))


@pytest.mark.parametrize("number", range(0, len(real_guide().data["examples"]), 12))
def test_a_record_names_every_answer_and_has_its_sources_beside_what_they_support(number: int) -> None:
    guide, text = real_guide(), of_example(number)
    result = recommend(guide, guide.data["examples"][number]["answers"])
    context = section(text, HEADINGS[0])
    assert context.count("**") == 2 * len(result.situation.said)
    consequences = section(text, "### Consequences").splitlines()
    facts = [line for line in consequences if line.startswith(("- Good", "- Bad", "- Limitation"))]
    assert len(facts) >= 3
    linked = [line for line in facts if re.search(r"\(\[[^\]]+\]\(https://\S+\), \d{4}-\d\d-\d\d\)", line)]
    assert len(linked) >= len(facts) - 1  # a rating that follows from the design has no page that says it
    assert len(re.findall(r"https://", section(text, "## More Information"))) <= 1


@pytest.mark.parametrize("number", range(0, len(real_guide().data["examples"]), 6))
def test_a_record_fills_at_most_one_and_a_half_pages(number: int) -> None:
    """A page takes about 62 lines of 105 characters; headings and space around them take two lines each."""
    lines = 0.0
    for line in of_example(number).splitlines():
        shown = re.sub(r"\]\([^)]*\)", "]", line)
        lines += 2 if line.startswith("#") else 0.15 if not line else -(-len(shown) // 105)
    assert lines <= 1.5 * 62, lines
