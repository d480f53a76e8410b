"""Who an option is for, over sampled visitors: typical answers, or that it never ranks first and how near it came."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from selector import Guide
from selector.analysis.audience import Audiences, audiences, sample_case
from selector.analysis.sensitivity import leaders_of
from selector.analysis.weightings import stream
from selector.case.answers import check_case, in_force
from tests.support.random_guides import make_guide
from tests.support.real_guide import real_guide
from tests.support.small_guides import criterion, data_of, option, question

Data = dict[str, Any]


def data() -> Data:
    scales = [criterion("quality", weight=2), criterion("speed", weight=1)]
    options = [
        option("good", ratings={"quality": "good"}),
        option("quick", ratings={"speed": "good"}),
        option("poor"),
        option("barred", ratings={"quality": "good", "speed": "good"}, off={"reason": "It must be asked for."}),
    ]
    place = question("place", {"work": [{"weight": {"quality": 5}}], "home": [{"weight": {"speed": 30}}]})
    other = question("other", {"this": [], "that": []})
    return data_of(scales, options, [place, other], guide={"seed": 5})


@cache
def found() -> Audiences:
    return audiences(Guide.from_data(data()), 400)


def test_an_option_is_for_those_whose_answers_are_over_represented_among_its_visitors() -> None:
    quick = found().options["quick"]
    assert [(item.question, item.answer, item.among_theirs) for item in quick.typical] == [("place", "home", 1)]
    (typical,) = quick.typical
    # Seven of ten visitors answer, half of them so.
    assert abs(typical.among_all - Fraction(35, 100)) < Fraction(8, 100)
    assert quick.share == typical.among_all


def test_an_answer_that_everybody_gives_alike_is_typical_of_nobody() -> None:
    named = {item.question for audience in found().options.values() for item in audience.typical}
    assert named == {"place"}


def test_an_option_that_never_comes_first_says_how_near_it_came() -> None:
    poor = found().options["poor"]
    assert (poor.share, poor.typical) == (0, ())
    assert poor.miss is not None
    assert 0 < poor.miss.behind <= 100


def test_an_option_that_is_ruled_out_for_everybody_never_came_near() -> None:
    barred = found().options["barred"]
    assert (barred.share, barred.typical, barred.miss) == (0, (), None)


def test_shares_of_strategies_add_up_to_all_visitors_who_said_something() -> None:
    guide = Guide.from_data(data())
    total = sum(audience.share for audience in found().strategies.values())
    # Who said nothing has no leader; ties would count twice, and here there are none.
    assert total == 1 - Fraction(sum(not case.answers for case in visitors(guide, 400)), 400)
    assert [audience.share for audience in found().strategies.values()] == sorted(
        (audience.share for audience in found().strategies.values()), reverse=True
    )
    assert found().profiles == 400


def visitors(guide: Guide, count: int) -> list[Any]:
    source = stream(guide.data["guide"]["seed"], "audience", "profiles")
    return [sample_case(guide, source) for _ in range(count)]


def test_the_same_guide_always_gives_the_same_audiences() -> None:
    assert audiences(Guide.from_data(data()), 400) == found()


def test_visitors_are_near_documented_situations_where_the_guide_has_some() -> None:
    """Answers drawn each alike would put the one for "home" first for half of those who answer."""
    example = {"id": "office", "title": "Office", "situation": "At work.", "answers": {"place": "work"},
               "acceptable": ["good"], "why": "It is good."}  # fmt: skip
    guide = Guide.from_data({**data(), "examples": [example]})
    said = [case.answers for case in visitors(guide, 600)]
    # Two of three keep the answer; of the rest seven of ten answer, half of them so: 2/3 + 1/3 * 0.35.
    assert abs(sum(answers.get("place") == "work" for answers in said) / 600 - 0.783) < 0.08
    assert abs(sum("other" in answers for answers in said) / 600 - 0.233) < 0.08
    assert audiences(guide, 400).options["quick"].share < found().options["quick"].share


def test_a_visitor_may_tick_none_of_many() -> None:
    ticks = question("rules", {"strict": [], "loose": []}, kind="many")
    guide = Guide.from_data(data_of([criterion("quality")], [option("good")], [ticks], guide={"seed": 5}))
    said = [case.answers["rules"] for case in visitors(guide, 300) if "rules" in case.answers]
    assert set(said) == {(), ("strict",), ("loose",)}


@settings(max_examples=15)
@given(st.integers(0, 10**6))
def test_sampled_visitors_say_only_what_can_be_said(seed: int) -> None:
    guide = Guide.from_data(make_guide(seed, questions=9))
    source = Random(seed)
    for _ in range(20):
        case = sample_case(guide, source)
        assert check_case(guide, case.answers) == case
        assert set(case.answers) <= set(in_force(guide, case))


@settings(max_examples=5)
@given(st.integers(0, 10**6))
def test_shares_agree_with_counting_leaders(seed: int) -> None:
    guide = Guide.from_data(make_guide(seed, questions=5))
    result = audiences(guide, 60)
    source_cases = visitors(guide, 60)
    for name, audience in result.strategies.items():
        assert audience.share == Fraction(sum(name in leaders_of(guide, case) for case in source_cases), 60)
    for name, audience in result.options.items():
        leads = [any(name in leader.split("+") for leader in leaders_of(guide, case)) for case in source_cases]
        assert audience.share == Fraction(sum(leads), 60)


def test_on_the_real_guide_typical_answers_exist_and_are_more_frequent_among_theirs() -> None:
    guide = real_guide()
    result = audiences(guide, 300)
    assert list(result.options) == [item.id for item in guide.options]
    assert any(audience.typical for audience in result.options.values())
    for audience in (*result.options.values(), *result.strategies.values()):
        for item in audience.typical:
            assert item.among_theirs >= Fraction(3, 2) * item.among_all
            assert guide.question(item.question).answer(item.answer) is not None
