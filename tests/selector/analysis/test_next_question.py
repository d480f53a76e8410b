"""The next question: what an answer changes and how far the answers lead apart, core questions first among equals."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from selector import Guide, recommend
from selector.analysis.next_question import open_questions
from selector.analysis.sensitivity import WHOLE, apart, first_place_of, leaders_of
from selector.case.answers import Case
from tests.support.random_guides import add_gates, make_guide, random_answers
from tests.support.real_guide import real_guide
from tests.support.small_guides import criterion, guide_of, option, question

seeds = st.integers(0, 10**6)
Data = dict[str, Any]


def order(guide: Guide, answers: Data) -> list[str]:
    return [item.question for item in open_questions(guide, recommend(guide, answers).case)]


def close_pair() -> Guide:
    """Two close candidates, a question that separates them, one that changes a third's standing, one for the bill."""
    options = [
        option("a", ratings={"one": "good", "two": "fair"}),
        option("b", ratings={"one": "fair", "two": "good"}),
        option("c"),
    ]
    asked = [
        question("bill", {"x": [], "y": []}),
        question("third", {"x": [{"exclude": ["c"]}], "y": []}),
        question("tilt", {"x": [{"weight": {"one": 20}}], "y": [{"weight": {"two": 20}}]}),
        question("start", {"x": [], "y": []}),
    ]
    return guide_of([criterion("one", weight=21), criterion("two", weight=20)], options, asked)


def test_the_question_that_separates_close_candidates_comes_next() -> None:
    assert order(close_pair(), {"start": "x"})[0] == "tilt"
    gains = {item.question: item.gain for item in open_questions(close_pair(), Case({"start": "x"}))}
    assert gains["bill"] == gains["third"] == 0


def test_a_firmer_lead_counts_also_where_the_leader_stays() -> None:
    guide = close_pair()
    firmer = guide_of(
        [criterion("one", weight=21), criterion("two", weight=20)],
        [option("a", ratings={"one": "good", "two": "fair"}), option("b", ratings={"one": "fair", "two": "good"})],
        [
            question("bill", {"x": []}),
            question("firm", {"x": [{"weight": {"one": 30}}], "y": []}),
            question("q", {"x": []}),
        ],
    )
    found = {item.question: item for item in open_questions(firmer, Case({"q": "x"}))}
    assert found["firm"].share == 0 < found["firm"].gain
    assert order(firmer, {"q": "x"}) == ["firm", "bill"]
    assert guide.core == tuple(item.id for item in guide.questions)


def test_core_questions_come_first_among_equals() -> None:
    asked = [question("early", {"x": []}), question("core", {"x": []}, core=True), question("late", {"x": []})]
    guide = guide_of([criterion("one")], [option("a")], asked)
    assert order(guide, {}) == ["core", "early", "late"]


@settings(max_examples=60)
@given(seeds)
def test_no_gain_reaches_one_and_a_question_that_moves_nothing_gains_nothing(seed: int) -> None:
    data = add_gates(make_guide(seed, options=6, criteria=4, questions=5), seed)
    guide, answers = Guide.from_data(data), random_answers(Random(seed), data, share=0.3)
    case = recommend(guide, answers).case
    for item in open_questions(guide, case):
        assert 0 <= item.gain < 1
        assert item.share == 0 or item.gain > 0 or not recommend(guide, answers).crowned
    now = first_place_of(guide, case)
    assert now.leaders == leaders_of(guide, case)
    assert 0.99 * WHOLE <= sum(now.chances.values()) <= WHOLE
    assert apart(now.chances, now.chances) == 0


def test_on_the_real_guide_one_early_answer_saturates_nothing_and_the_store_is_asked_early() -> None:
    guide = real_guide()
    for entry in guide.questions:
        if entry.kind == "number":
            continue
        for answer in entry.answers[:2]:
            given = (answer.id,) if entry.kind == "many" else answer.id
            found = open_questions(guide, Case({entry.id: given}))
            assert found[0].gain < Fraction(95, 100)
            assert len({item.gain for item in found[:3]}) > 1 or found[0].gain < Fraction(1, 2)
    assert "store" in order(guide, {"environment": "production", "platform": "aws"})[:2]
