"""Trade-offs and sensitivity in words: in the record, where they say something, and as JSON."""

from __future__ import annotations

import json
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from hooks import ROOT
from selector import recommend
from selector.analysis.steps import Analysis
from selector.plan.frontier import trade_offs
from selector.report.adr import record
from selector.report.sensitivity import Sensitivity, sensitivity_data
from selector.report.sensitivity_text import (
    ahead_text,
    cell_text,
    crossing_texts,
    frontier_line,
    frontier_text,
    nearest_weight,
    reachable,
    share_text,
    swing_text,
)
from tests.selector.analysis.test_tornado import some_result
from tests.selector.plan.test_frontier import priced
from tests.support.real_guide import real_guide
from tests.support.small_guides import criterion, guide_of, option, question

SCHEMA = json.loads((ROOT / "hooks" / "render" / "exports" / "api.schema.json").read_text("utf-8"))


def two(weight: int = 10) -> Sensitivity:
    """`fine` is better on quality and `fast` on speed; an answer adds to the weight of quality."""
    guide = guide_of(
        [criterion("quality", weight=weight), criterion("speed", weight=10)],
        [option("fine", ratings={"quality": "good", "speed": "bad"}),
         option("fast", ratings={"quality": "bad", "speed": "good"})],
        [question("place", {"work": [{"weight": {"quality": 6}}], "home": [{"weight": {"speed": 10}}]})],
    )  # fmt: skip
    return Sensitivity.of(recommend(guide, {"place": "work"})).run()


def test_findings_are_said_in_words() -> None:
    found = two()
    result, guide = found.result, found.result.guide
    lines = found.lines("quality")
    assert lines is not None
    assert crossing_texts(guide, lines) == ["At 50% of the weight, “Fine” takes the lead from “Fast”."]
    assert nearest_weight(result) == "Weight of “Quality” at 50% or less (now 62%): then Fast."
    assert found.lead.points == Fraction(100 * 6, 26)
    assert swing_text(result, found.swings or [], found.lead.points) == (
        "The answer that moves the lead most: Place? With “Home”, “Fine” is 33.3 points behind."
    )
    assert [cell_text(result, item) for item in reachable(found.cells)][:2] == [
        "Quality of “Fast”: “Fair” or better (now “Bad”). Then it is first, or level.",
        "Quality of “Fine”: “Fair” or worse (now “Good”). Then “Fast” is first, or level.",
    ]
    assert ahead_text("Fine", Fraction(0)) == "“Fine” shares the first place"
    assert [share_text(Fraction(part, 1000)) for part in (0, 4, 50, 125, 1000)] == ["0%", "0.4%", "5%", "12%", "100%"]


def test_a_weight_that_would_have_to_more_than_double_is_no_news() -> None:
    assert nearest_weight(two(weight=40).result) == ""


def test_a_record_names_the_frontier_where_there_is_a_choice_and_the_weight_that_decides() -> None:
    guide = priced(worst=0, dear=9, fair=4, best=8)
    text = record(Analysis(recommend(guide, {"place": "here"})).run(), "2026-05-06")
    line = "Efficient on score and cost: “Worst” (0.0, EUR 0), “Fair” (50.0, EUR 8.00) and “Best” (75.0, about EUR 16)."
    assert text.count(line) == 1
    alone = recommend(priced(only=3), {"place": "here"})
    assert frontier_line(alone, trade_offs(alone)[0]) == ""
    assert frontier_text(alone, trade_offs(alone)[0]) == "“Only” is the only setup that meets all your requirements."
    assert "- Weight of “Quality” at 50% or less" in record(Analysis(two().result).run(), "2026-05-06")


@given(seed=st.integers(0, 10_000))
@settings(max_examples=10)
def test_json_has_every_figure_and_agrees_with_its_schema(seed: int) -> None:
    result = some_result(seed)
    if result.winner is None:
        return
    found = sensitivity_data(Sensitivity.of(result).run())
    whole = {"$defs": SCHEMA["$defs"], **SCHEMA["$defs"]["recommendation"]["properties"]["sensitivity"]}
    Draft202012Validator(whole).validate(json.loads(json.dumps(found)))
    ranks = found["ranks"]
    if ranks is not None:
        count = len(ranks["strategies"])
        assert all(sum(map(Fraction, row)) == 1 for row in ranks["acceptability"])
        assert [len(row) for row in ranks["pairwise"]] == [count] * count


def test_json_holds_the_same_as_the_page_for_the_real_guide() -> None:
    result = recommend(real_guide(), real_guide().data["examples"][20]["answers"])
    found = sensitivity_data(Sensitivity.of(result).run())
    assert [off["measure"] for off in found["trade_offs"]] == [None, "operations"]
    assert found["ranks"]["strategies"] == [place.strategy.id for place in result.contenders]
    assert {item["question"] for item in found["answers"]} <= set(result.case.answers)
