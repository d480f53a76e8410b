"""What a visitor may say, what is refused, and what the answers do."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selector import AnswerError, Guide, recommend, recommendation_data
from selector.case.situation import interpret
from tests.support.random_guides import make_guide
from tests.support.real_guide import real_guide
from tests.support.small_guides import criterion, guide_of, option, question

QUALITY, SPEED = criterion("quality"), criterion("speed", weight=4, levels={"slow": 0, "fast": 1000})


def guide() -> Guide:
    sized = question(
        "size",
        {"small": [], "middle": [{"weight": {"speed": 3}}], "large": [{"weight": {"speed": 9}}]},
        kind="number",
        starts={"small": 1, "middle": 10, "large": 100},
        min=1,
        max=1000,
        sets="things",
    )
    place = question(
        "place",
        {"home": [{"weight": {"speed": 6}}], "work": [{"weight": {"quality": 5, "speed": -10}}], "other": []},
        aliases=["where"],
    )
    place["answers"][1]["aliases"] = ["office"]
    rules = question(
        "rules",
        {
            "first": [{"weight": {"quality": 8}}],
            "second": [{"weight": {"quality": 4}}],
            "third": [{"weight": {"speed": 1}}],
        },
        kind="many",
        cap=6,
    )
    detail = question("detail", {"yes": [{"weight": {"speed": 100}}]}, ask_when={"question": "where", "any": ["work"]})
    deep = question("deep", {"yes": [{"weight": {"speed": 50}}]}, ask_when={"question": "detail", "any": ["yes"]})
    quantities = [{"id": "things", "name": "Things", "unit": "things", "default": 7}]
    options = [
        option("good", ratings={"quality": "good", "speed": "slow"}),
        option("quick", ratings={"quality": "bad", "speed": "fast"}),
    ]
    scales = [{**QUALITY, "aliases": ["worth"]}, SPEED]
    return guide_of(scales, options, [place, rules, sized, detail, deep], quantities=quantities)


def points(answers: dict[str, Any], **more: Any) -> dict[str, Fraction]:
    found = recommend(guide(), answers, **more).situation.points
    return {"quality": Fraction(found[0]), "speed": Fraction(found[1])}


BAD = [
    ({"nowhere": "x"}, "there is no question 'nowhere'", "nowhere", None),
    ({7: "x"}, "there is no question '7'", "7", None),
    ({"place": "moon"}, "question 'place' has no answer 'moon'", "place", "moon"),
    ({"place": 3}, "question 'place' has no answer '3'", "place", 3),
    ({"place": True}, "question 'place' has no answer 'true'", "place", True),
    ({"place": None}, "question 'place' has no answer 'null'", "place", None),
    ({"place": float("nan")}, "question 'place' has no answer 'NaN'", "place", ...),
    ({"place": ["home"]}, "question 'place' takes one answer, not a list", "place", ["home"]),
    ({"place": 10**5000}, "question 'place' has no answer 'a huge number'", "place", 10**5000),
    ({"place": "a\n" * 50}, f"question 'place' has no answer '{'a ' * 19}a…'", "place", "a\n" * 50),
    ({"rules": ["first", "fifth"]}, "question 'rules' has no answer 'fifth'", "rules", "fifth"),
    ({"rules": ["first", ["second"]]}, "question 'rules' has no answer '[\"second\"]'", "rules", ["second"]),
    ({"rules": ["unsure", "first"]}, "question 'rules': answer 'unsure' goes with no other answer", "rules", "unsure"),
    ({"place": "\x1b[31m\u202ered"}, "question 'place' has no answer '\\x1b[31m\\u202ered'", "place", ...),
    ({"rules": {"first": 1}}, "question 'rules' takes a list of answers", "rules", {"first": 1}),
    ({"size": "12"}, "question 'size' takes a whole number from 1 to 1000", "size", "12"),
    ({"size": True}, "question 'size' takes a whole number from 1 to 1000", "size", True),
    ({"size": 12.0}, "question 'size' takes a whole number from 1 to 1000", "size", 12.0),
    ({"size": float("nan")}, "question 'size' takes a whole number from 1 to 1000", "size", ...),
    ({"size": float("inf")}, "question 'size' takes a whole number from 1 to 1000", "size", float("inf")),
    ({"size": 0}, "question 'size' takes a whole number from 1 to 1000", "size", 0),
    ({"size": 10**5000}, "question 'size' takes a whole number from 1 to 1000", "size", 10**5000),
    ({"place": "home", "where": "office"}, "question 'place' has two answers under two names", "place", "office"),
    (["home"], "answers must map ids to values, not '[\"home\"]'", None, ["home"]),
    (None, "answers must map ids to values, not 'null'", None, None),
]


@pytest.mark.parametrize(("answers", "said", "asked", "answer"), BAD, ids=[row[1] for row in BAD])
def test_a_bad_answer_is_refused_with_its_question_and_itself(
    answers: Any, said: str, asked: str | None, answer: object
) -> None:
    with pytest.raises(AnswerError) as caught:
        recommend(guide(), answers)
    assert str(caught.value) == said
    assert caught.value.question == asked
    assert answer is ... or caught.value.answer == answer


@pytest.mark.parametrize(("answers", "said", "asked", "answer"), BAD, ids=[row[1] for row in BAD])
def test_leniently_a_bad_answer_is_set_aside_with_the_same_words(
    answers: Any, said: str, asked: str | None, answer: object
) -> None:
    result = recommend(guide(), answers, lenient=True)
    assert result.notices == (said,)
    assert recommendation_data(result)["notices"] == [said]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"weights": {"nowhere": 3}}, "there is no criterion 'nowhere'"),
        ({"weights": {"speed": 1001}}, "points for 'speed' must be a whole number from 0 to 1000"),
        ({"weights": {"speed": -1}}, "points for 'speed' must be a whole number from 0 to 1000"),
        ({"weights": {"speed": 1.5}}, "points for 'speed' must be a whole number from 0 to 1000"),
        ({"weights": {"speed": False}}, "points for 'speed' must be a whole number from 0 to 1000"),
        ({"weights": {"speed": float("nan")}}, "points for 'speed' must be a whole number from 0 to 1000"),
        ({"weights": {"quality": 1, "worth": 2}}, "criterion 'quality' has two weights under two names"),
        ({"weights": [3]}, "weights must map ids to values, not '[3]'"),
        ({"relax": "all"}, "relax must be a list of ids, not 'all'"),
        ({"relax": [3]}, "relax must be a list of ids, not '[3]'"),
        ({"relax": 3}, "relax must be a list of ids, not '3'"),
    ],
)
def test_bad_weights_and_bad_relaxations_are_refused_or_set_aside(more: dict[str, Any], said: str) -> None:
    with pytest.raises(AnswerError) as caught:
        recommend(guide(), {}, **more)
    assert str(caught.value) == said
    assert recommend(guide(), {}, **more, lenient=True).notices == (said,)


def test_what_is_good_beside_a_bad_answer_still_counts() -> None:
    result = recommend(guide(), {"rules": ["third", "fifth"], "place": "home", "size": -4}, lenient=True)
    assert result.case.answers == {"rules": ("third",), "place": "home"}
    assert len(result.notices) == 2


def test_requirements_that_no_strategy_can_meet_together_are_no_error_but_leave_nothing_and_say_what_to_relax() -> None:
    wants = question("wants", {"all": [{"require": {"quality": "good"}}, {"require": {"speed": "fast"}}]})
    options = [
        option("good", ratings={"quality": "good", "speed": "slow"}),
        option("quick", ratings={"quality": "bad", "speed": "fast"}),
    ]
    result = recommend(guide_of([QUALITY, SPEED], options, [wants]), {"wants": "all"})
    assert not result.feasible
    assert result.winner is None
    assert recommendation_data(result)["near"]["alone"] == [
        {"relax": "wants.all.speed", "strategies": ["good"]},
        {"relax": "wants.all.quality", "strategies": ["quick"]},
    ]


def test_without_answers_nothing_comes_first_and_base_points_hold() -> None:
    assert points({}) == {"quality": 10, "speed": 4}
    result = recommend(guide(), {})
    assert not result.crowned
    assert result.leaders == ()


def test_an_answer_adds_and_takes_points_and_the_sum_is_clipped_once_at_zero() -> None:
    assert points({"place": "home"}) == {"quality": 10, "speed": 10}
    assert points({"place": "work"}) == {"quality": 15, "speed": 0}
    # 4 - 10 + 9: had each step been clipped it would be 9.
    assert points({"place": "work", "size": 100})["speed"] == 3


def test_a_cap_scales_what_many_answers_to_one_question_give_together() -> None:
    assert points({"rules": ["second"]})["quality"] == 14
    assert points({"rules": ["first", "second"]})["quality"] == 16
    reasons = recommend(guide(), {"rules": ["first", "second"]}).situation.reasons
    assert [(item.answer, item.add) for item in reasons] == [("first", 4), ("second", 2)]
    assert points({"rules": ["first", "third"]}) == {"quality": 16, "speed": 5}


def test_no_answer_of_many_changes_no_points_and_recommends_nothing() -> None:
    result = recommend(guide(), {"rules": []})
    assert not result.crowned
    assert result.situation.said == ("rules",)
    assert points({"rules": []}) == points({})


def test_the_order_of_many_answers_does_not_matter_nor_does_saying_one_twice() -> None:
    first = recommend(guide(), {"rules": ["third", "first", "third"]})
    assert first.case == recommend(guide(), {"rules": ["first", "third"]}).case


@pytest.mark.parametrize(("number", "speed"), [(1, 4), (9, 4), (10, 7), (99, 7), (100, 13), (1000, 13)])
def test_a_number_falls_into_the_band_that_starts_at_or_below_it(number: int, speed: int) -> None:
    assert points({"size": number})["speed"] == speed


def test_a_number_sets_the_quantity_of_the_cost_model() -> None:
    assert recommend(guide(), {"size": 40}).situation.quantities == {"things": 40}
    assert recommend(guide(), {}).situation.quantities == {"things": 7}
    assert recommend(guide(), {"size": "unsure"}).situation.quantities == {"things": 7}


def test_not_sure_counts_as_the_mean_of_all_answers() -> None:
    assert points({"place": "unsure"}) == {"quality": 10 + Fraction(5, 3), "speed": 4 + Fraction(-4, 3)}
    assert points({"size": "unsure"})["speed"] == 8
    result = recommend(guide(), {"place": "unsure"})
    assert [(item.answer, item.because) for item in result.situation.reasons] == [("unsure", "")] * 2
    assert result.points == (35, 8)
    assert recommendation_data(result)["points"]["quality"]["points"] == "35/3"


def test_not_sure_about_requirements_requires_nothing() -> None:
    real = real_guide()
    sure = {entry["id"]: "unsure" for entry in real.data["questions"]}
    situation = interpret(real, recommend(real, sure).case)
    assert (situation.requirements, situation.exclusions, situation.owned) == ((), (), frozenset())


def test_a_question_whose_condition_does_not_hold_is_ignored_and_so_is_what_hangs_on_it() -> None:
    every = {"place": "home", "detail": "yes", "deep": "yes"}
    assert points(every) == points({"place": "home"})
    assert recommend(guide(), every).situation.said == ("place",)
    assert points({"detail": "yes"}) == points({})
    assert points({"place": "work", "detail": "yes", "deep": "yes"})["speed"] == 4 - 10 + 100 + 50
    assert points({"place": "work", "deep": "yes"}) == points({"place": "work"})
    assert points({"place": "unsure", "detail": "yes"}) == points({"place": "unsure"})


def test_hidden_answers_stay_in_the_case_so_that_they_return_with_their_question() -> None:
    assert recommend(guide(), {"place": "home", "detail": "yes"}).case.answers == {"place": "home", "detail": "yes"}


def test_former_ids_of_questions_answers_and_criteria_still_work() -> None:
    result = recommend(guide(), {"where": "office"}, weights={"worth": 3})
    assert result.case.answers == {"place": "work"}
    assert result.case.weights == {"quality": 3}


def test_points_set_by_hand_replace_what_answers_give() -> None:
    assert points({"place": "home"}, weights={"speed": 1}) == {"quality": 10, "speed": 1}
    assert points({"place": "unsure"}, weights={"speed": 1})["speed"] == 1
    assert recommend(guide(), {}, weights={"speed": 1}).crowned


def test_with_no_points_at_all_every_criterion_counts_the_same() -> None:
    result = recommend(guide(), {}, weights={"quality": 0, "speed": 0})
    assert result.points == (1, 1)
    assert len(result.leaders) == 2


def test_the_same_answers_give_the_same_result_whatever_order_they_come_in() -> None:
    answers = {"place": "work", "rules": ["third"], "size": 30}
    turned = dict(reversed(answers.items()))
    first, second = recommendation_data(recommend(guide(), answers)), recommendation_data(recommend(guide(), turned))
    assert {**first, "answers": None} == {**second, "answers": None}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


ANSWERS = st.dictionaries(st.sampled_from(["q0", "q1", "q2", "q3"]) | st.text(max_size=3), ANYTHING)


@given(st.integers(0, 10**6), ANSWERS, ANYTHING, ANYTHING)
def test_whatever_is_said_raises_one_kind_of_error_or_is_set_aside(
    seed: int, answers: Any, weights: Any, relax: Any
) -> None:
    made = Guide.from_data(make_guide(seed))
    assert recommendation_data(recommend(made, answers, weights=weights, relax=relax, lenient=True))
    try:
        recommend(made, answers, weights=weights, relax=relax)
    except AnswerError as error:
        assert str(error)
        assert "\n" not in str(error)
        assert len(str(error)) < 150


def test_not_sure_in_a_list_is_not_sure_when_it_is_alone() -> None:
    assert recommend(guide(), {"rules": ["unsure"]}).case == recommend(guide(), {"rules": "unsure"}).case


def test_not_sure_alone_recommends_nothing() -> None:
    asked = {question.id: "unsure" for question in guide().questions}
    assert not recommend(guide(), asked).crowned
    assert recommend(guide(), {**asked, "rules": ["first"]}).crowned
