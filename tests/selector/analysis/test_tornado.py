"""How far answers move the lead, and the ranks that contenders have in nearby weightings."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selector import Guide, recommend
from selector.analysis.ranks import rank_steps, ranks_of
from selector.analysis.sensitivity import alternatives, with_answer
from selector.analysis.steps import Analysis
from selector.analysis.tornado import lead_of, swing_steps, swings
from selector.case.answers import Case
from selector.scoring.recommend import Recommendation, recommend_case, score
from tests.support.random_guides import add_gates, make_guide, random_answers
from tests.support.real_guide import real_guide


def some_result(seed: int, options: int = 7) -> Recommendation:
    data = add_gates(make_guide(seed, options=options), seed)
    return recommend(Guide.from_data(data), random_answers(Random(seed), data), lenient=True)


def lead_by_running(guide: Guide, case: Case, strategy: str) -> tuple[float | None, bool]:
    """The lead and whether the strategy is out, from a whole recommendation."""
    result = recommend_case(guide, case)
    scores = {place.strategy.id: score(place, result.points) for place in result.contenders}
    mine = scores.pop(strategy, None)
    return (None if mine is None or not scores else mine - max(scores.values())), mine is None


@given(seed=st.integers(0, 10_000))
@settings(max_examples=30)
def test_every_bar_is_what_a_new_recommendation_says(seed: int) -> None:
    result = some_result(seed)
    found = swings(result)
    if result.winner is None:
        assert not found
        return
    guide, case, winner = result.guide, result.case, result.winner.strategy.id
    for swing in found:
        given = case.answers[swing.question]
        assert [trial.answer for trial in swing.trials] == list(alternatives(guide.question(swing.question), given))
        for trial in swing.trials:
            points, out = lead_by_running(guide, with_answer(case, swing.question, trial.answer), winner)
            assert trial.lead.out == out
            assert (trial.lead.points is None) == (points is None)
            if points is not None and trial.lead.points is not None:
                assert float(trial.lead.points) == pytest.approx(points)
        for end in (swing.lowest, swing.highest):
            assert end is None or end in swing.trials


@given(seed=st.integers(0, 10_000))
@settings(max_examples=30)
def test_answers_that_move_the_lead_most_are_first_and_all_that_were_given_are_tried(seed: int) -> None:
    result = some_result(seed)
    found = swings(result)
    if result.winner is None:
        return
    now = lead_of(result.guide, result.case, result.winner.strategy.id).points or 0
    assert [swing.movement(now) for swing in found] == sorted((swing.movement(now) for swing in found), reverse=True)
    assert {swing.question for swing in found} <= result.case.answers.keys()
    assert list(swing_steps(result)).count(None) == sum(len(swing.trials) for swing in found)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15)
def test_ranks_are_shares_that_sum_to_one_and_agree_with_how_often_each_is_first(seed: int) -> None:
    result = some_result(seed)
    found = ranks_of(result, draws=300)
    if result.winner is None or len(result.contenders) < 2:
        assert found is None
        return
    assert found is not None and found.draws == 300
    assert all(sum(row) == 1 for row in found.shares)
    assert all(sum(column) == 1 for column in zip(*found.shares, strict=True))
    for row in range(len(found.places)):
        assert found.ahead[row][row] == 0
        for other in range(row):
            assert found.ahead[row][other] + found.ahead[other][row] <= 1
        # The mean rank is one more than how many are ahead on average; ties are shared.
        better = sum(found.ahead[other][row] for other in range(len(found.places)))
        equal = sum(1 - found.ahead[row][k] - found.ahead[k][row] for k in range(len(found.places)) if k != row)
        mean = sum((rank + 1) * share for rank, share in enumerate(found.shares[row]))
        assert mean == 1 + better + equal / 2


def test_how_often_each_is_first_is_the_same_figure_as_beside_the_confidence() -> None:
    result = recommend(real_guide(), real_guide().data["examples"][20]["answers"])
    analysis = Analysis(result).run()
    found = ranks_of(result)
    assert found is not None and found.draws == analysis.draws
    assert {place.strategy.id: row[0] for place, row in zip(found.places, found.shares, strict=True)} == analysis.shares
    assert len(list(rank_steps(result))) > 5
