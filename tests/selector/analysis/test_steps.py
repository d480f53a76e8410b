"""What is worked out about a recommendation, step by step: correct at every step, the same at the end for every visitor."""

from __future__ import annotations

import json
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selector import Guide, recommend
from selector.analysis.confidence import TIE
from selector.analysis.next_question import answers_to_settle, open_questions
from selector.analysis.robustness import CHUNK, DRAWS, STEP, Sampling, contenders
from selector.analysis.sensitivity import crossovers, flips, leaders_of, with_answer
from selector.analysis.steps import FIRST, Analysis
from selector.analysis.uncertainty import choices_of, problem_of
from selector.analysis.unknowns import impactful_unknowns, unknown_impacts
from selector.analysis.weightings import Choices, Weightings
from selector.report import verdicts
from selector.scoring.problem import Problem
from selector.scoring.recommend import recommend_case
from tests.support.random_guides import make_guide, random_answers
from tests.support.real_guide import real_guide
from tests.support.small_guides import criterion, guide_of, option, question

seeds = st.integers(0, 10**6)
Data = dict[str, Any]


def random_case(seed: int, **settings: Any) -> tuple[Guide, Data]:
    data = make_guide(seed, **{"options": 7, "criteria": 6, "questions": 5, **settings})
    return Guide.from_data(data), random_answers(Random(seed + 1), data)


def analysed(seed: int, **settings: Any) -> Analysis:
    guide, answers = random_case(seed, **settings)
    return Analysis(recommend(guide, answers)).run()


@settings(max_examples=20)
@given(seeds)
def test_the_end_is_what_the_separate_calculations_say(seed: int) -> None:
    analysis = analysed(seed)
    result = analysis.result
    guide, case = result.guide, result.case
    assert analysis.complete
    assert analysis.open == open_questions(guide, case)
    if result.crowned:
        assert analysis.flips_done
        alone = result.situation.said
        assert analysis.flips == [flip for flip in flips(guide, case) if flip.answer or alone != (flip.question,)]
    if result.winner is None:
        assert (analysis.draws, analysis.shares, analysis.verdict) == (0, {}, None)
        return
    sampling = Sampling(problem_of(result, result.contenders), guide.data["guide"]["seed"], choices=choices_of(result))
    sampling.run(DRAWS)
    assert (analysis.draws, analysis.shares) == (DRAWS, sampling.shares())
    assert analysis.crossovers == crossovers(result)
    assert analysis.unknowns == impactful_unknowns(result)
    if analysis.open:
        assert analysis.settle == answers_to_settle(guide, case, [item.question for item in analysis.open])


@settings(max_examples=15)
@given(seeds)
def test_what_is_known_after_any_step_can_be_shown_and_the_end_does_not_depend_on_looking(seed: int) -> None:
    guide, answers = random_case(seed)
    watched = Analysis(recommend(guide, answers))
    for step in watched.steps():
        assert step.isalpha()
        json.dumps(watched.to_data())
        if watched.shares:
            assert sum(watched.shares.values()) == 1
            assert (watched.verdict in verdicts.SENTENCES) == watched.flips_done
    assert watched.to_data() == Analysis(recommend(guide, answers)).run().to_data()


def test_a_first_figure_comes_with_the_first_step_and_figures_only_become_finer() -> None:
    guide = real_guide()
    analysis = Analysis(recommend(guide, guide.data["examples"][0]["answers"]))
    draws = [analysis.draws for step in analysis.steps() if step == "robustness"]
    assert draws[:2] == [FIRST, FIRST + CHUNK]
    assert draws == sorted(set(draws))
    assert draws[-1] == DRAWS


def test_no_step_of_a_large_problem_takes_more_draws_than_its_share_of_work() -> None:
    random = Random(1)
    rows = [[random.randint(0, 1000) for _ in range(40)] for _ in range(150)]
    sampling = Sampling(Problem.of(rows, [1] * 40), 1, every_rank=True)
    assert 10 <= sampling.chunk == max(10, STEP // (150 * 50)) < CHUNK


def test_before_the_first_answer_only_the_next_question_is_looked_for() -> None:
    analysis = Analysis(recommend(real_guide(), {})).run()
    assert (analysis.flips, analysis.flips_done, analysis.settle) == ([], False, None)
    assert analysis.complete
    assert analysis.open


def small_guide() -> Guide:
    place = question("place", {"work": [{"weight": {"quality": 5}}], "home": [{"weight": {"speed": 30}}]})
    wants = question(
        "wants", {"much": [{"require": {"quality": "good"}}, {"require": {"speed": "good"}}], "little": []}
    )
    options = [option("good", ratings={"quality": "good"}), option("quick", ratings={"speed": "good"})]
    return guide_of([criterion("quality"), criterion("speed", weight=4)], options, [place, wants])


def test_taking_back_the_only_answer_is_no_finding_but_taking_back_one_of_two_is() -> None:
    alone = Analysis(recommend(small_guide(), {"place": "home"})).run()
    assert [(flip.question, flip.answer) for flip in alone.flips] == [("place", "work"), ("wants", "much")]
    both = Analysis(recommend(small_guide(), {"place": "home", "wants": "little"})).run()
    assert ("place", None) in [(flip.question, flip.answer) for flip in both.flips]


def test_when_nothing_is_left_it_says_which_single_answers_bring_something_back() -> None:
    analysis = Analysis(recommend(small_guide(), {"place": "work", "wants": "much"})).run()
    assert analysis.result.winner is None
    assert analysis.flips_done
    assert [(flip.question, flip.answer, sorted(flip.leaders)) for flip in analysis.flips] == [
        ("wants", None, ["good"]),
        ("wants", "little", ["good"]),
    ]


def test_the_open_question_whose_answers_change_most_is_asked_next() -> None:
    analysis = Analysis(recommend(small_guide(), {"wants": "little"})).run()
    assert [(item.question, item.share) for item in analysis.open] == [("place", Fraction(1, 2))]
    assert analysis.settle == 1


@settings(max_examples=40)
@given(seeds)
def test_what_an_unknown_would_change_is_what_a_guide_that_knows_it_says(seed: int) -> None:
    data = make_guide(seed, options=7, criteria=6, questions=5, unknown=0.2)
    answers = random_answers(Random(seed + 1), data)
    result = recommend(Guide.from_data(data), answers)
    now = frozenset(place.strategy.id for place in result.leaders)
    if not now:
        return
    found = {(item.option, item.criterion): item.changes for item in unknown_impacts(result)}
    for entry in data["options"]:
        for scale in data["criteria"]:
            rating, values = entry["ratings"][scale["id"]], {}
            said = rating["level"]
            if said == "unknown" or isinstance(said, list):
                ids = [level["id"] for level in scale["levels"]]
                low, high = (min(map(ids.index, said)), max(map(ids.index, said))) if said != "unknown" else (0, 9)
                for level in ids[low : high + 1]:
                    rating["level"] = level
                    values[level] = leaders_of(Guide.from_data(data), result.case)
                rating["level"] = said
            expected = {level: leaders for level, leaders in values.items() if leaders != now}
            assert found.get((entry["id"], scale["id"]), {}) == expected


@settings(max_examples=10)
@given(seeds)
def test_a_flip_reported_for_an_open_question_can_be_tried(seed: int) -> None:
    analysis = analysed(seed)
    for flip in analysis.flips:
        again = recommend_case(analysis.result.guide, with_answer(analysis.result.case, flip.question, flip.answer))
        assert frozenset(place.strategy.id for place in again.leaders) == flip.leaders


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(1), "in all 10,000 tried"),
        (Fraction(9999, 10_000), "in more than 99% of 10,000"),
        (Fraction(87, 100), "in 87% of 10,000"),
        (Fraction(1, 10_000), "in fewer than 1% of 10,000"),
        (Fraction(0), "in none of 10,000 tried"),
    ],
)
def test_shares_are_never_worded_more_exactly_than_they_were_sampled(share: Fraction, text: str) -> None:
    assert verdicts.share_in_words(share, 10_000) == text


@pytest.mark.parametrize(
    ("factor", "text"),
    [
        (None, "The result holds whatever the weights are: no other has an advantage that counts."),
        (0.9, "It leads on what we know, but a missing fact could change the result."),
        (1.0, "A small change in weights could change the result."),
        (1.0799, "The result holds even if every weight is wrong by a factor of 1.07."),
        (1.4999, "The result holds even if every weight is wrong by a factor of 1.4."),
        (3.0, "The result holds even if every weight is wrong by a factor of 3."),
    ],
)
def test_the_guaranteed_factor_is_rounded_down(factor: float | None, text: str) -> None:
    assert verdicts.factor_in_words(factor) == text


def test_equal_totals_are_a_tie() -> None:
    options = [option("one", ratings={"quality": "good"}), option("two", ratings={"quality": "good"})]
    guide = guide_of([criterion("quality")], options, [question("any", {"yes": []})])
    analysis = Analysis(recommend(guide, {"any": "yes"})).run()
    assert analysis.shares == {"one": Fraction(1, 2), "two": Fraction(1, 2)}
    assert analysis.verdict == TIE


@given(seeds, st.integers(1, 9))
def test_rows_left_out_of_the_draws_would_never_have_come_first(seed: int, criteria: int) -> None:
    random = Random(seed)
    rows = [[random.randint(0, 20) for _ in range(criteria)] for _ in range(8)]
    spread = [[value + random.choice([0, 0, 0, 5]) for value in row] for row in rows]
    problem = Problem.of(rows, [random.randint(1, 9) for _ in range(criteria)], high=spread)
    whole = Sampling(problem, seed, every_rank=True)
    quick = Sampling(problem, seed)
    whole.run(150)
    quick.run(150)
    assert quick.shares() == whole.shares()
    assert set(quick.rows) == set(contenders(problem))
    for name in problem.ids:
        assert quick.central_weights(name) == whole.central_weights(name)


@settings(max_examples=25)
@given(seeds)
def test_not_sure_answers_are_drawn_and_leave_nobody_out_who_could_come_first(seed: int) -> None:
    guide, _ = random_case(seed)
    result = recommend(guide, {question.id: "unsure" for question in guide.questions})
    if not result.feasible:
        return
    problem, choices = problem_of(result, result.feasible), choices_of(result)
    whole = Sampling(problem, seed, every_rank=True, choices=choices)
    quick = Sampling(problem, seed, choices=choices)
    whole.run(80)
    quick.run(80)
    assert quick.shares() == whole.shares()


def test_drawn_weights_stay_within_half_and_double_and_half_of_them_below() -> None:
    weightings = Weightings(["a", "b", "c"], [10, 0, 3], 1, None)
    first, none, last = (weightings.column(column, 4000, weightings.bases(4000)) for column in range(3))
    unit = 10 * 4096
    assert unit / 2 <= min(first) < 0.51 * unit
    assert 1.99 * unit < max(first) < 2 * unit
    assert abs(sum(value < unit for value in first) - 2000) < 4.5 * 32
    assert set(none) == {0}
    for column, values in ((0, first), (2, last)):
        low, high = weightings.least[column], weightings.most[column]
        assert all(low <= 2 * value / 4096 < high for value in values)


def test_leaving_a_criterion_out_changes_no_other_draw() -> None:
    every = Weightings(["a", "b", "c"], [10, 5, 3], 1, None)
    some = Weightings(["a", "b", "c"], [10, 5, 3], 1, None)
    first, _, last = (every.column(column, 50, None) for column in range(3))
    assert some.column(2, 30, None) + some.column(2, 20, None) == last
    assert some.column(0, 50, None) == first


def test_points_of_not_sure_answers_are_clipped_at_zero_and_all_zero_means_all_alike() -> None:
    choices = Choices((2, -1), (("ask", (((0, 3),), ((0, -5),), ((1, 4),))),))
    assert [choices.pick([draw]) for draw in (0.0, 0.4, 0.9)] == [[5, 0], [1, 1], [2, 3]]
    assert choices.bounds() == ([0, 0], [5, 3])
