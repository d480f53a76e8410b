"""Score lines over one weight, and the smallest change of one rating."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selector import Guide, recommend
from selector.analysis.cell_changes import cell_changes
from selector.analysis.uncertainty import problem_of
from selector.analysis.weight_lines import WeightLines, adjustable, weight_lines
from selector.bare import crossovers, stays_first
from selector.scoring.problem import Problem
from selector.scoring.recommend import Recommendation
from tests.support.random_guides import make_guide, random_answers

seeds = st.integers(0, 10_000)
WHOLE = 10**9


def some_result(seed: int) -> Recommendation:
    data = make_guide(seed, options=7)
    return recommend(Guide.from_data(data), random_answers(Random(seed), data), lenient=True)


def with_share(problem: Problem, column: int, share: Fraction) -> Problem:
    """The same problem in which one criterion has a share of all weight and the others keep their ratios."""
    rest = sum(points for index, points in enumerate(problem.points) if index != column)
    mine = share / (1 - share) * rest
    points = [points * mine.denominator for points in problem.points]
    points[column] = mine.numerator
    return replace(problem, points=tuple(points))


def best_at(problem: Problem, column: int, share: Fraction) -> set[str]:
    sums = [total.twice for total in with_share(problem, column, share).totals()]
    return {name for name, total in zip(problem.ids, sums, strict=True) if total == max(sums)}


def all_lines(result: Recommendation) -> list[tuple[int, WeightLines]]:
    return [(result.guide.column(name), weight_lines(result, name)) for name in adjustable(result)]


@given(seed=seeds)
def test_a_line_is_the_score_at_that_weight(seed: int) -> None:
    result = some_result(seed)
    problem = problem_of(result, result.contenders)
    for column, found in all_lines(result):
        assert found.near[0] <= found.now <= found.near[1]
        for share in (Fraction(0), Fraction(1, 3), found.now, Fraction(9, 10)):
            scores = with_share(problem, column, share).scores()
            assert [float(line.at(share)) for line in found.lines] == pytest.approx([score / 10 for score in scores])
        best = max(found.lines, key=lambda line: line.at(found.now))
        leads = {place.strategy.id for place in result.leaders} or {best.place.strategy.id}
        assert best.place.strategy.id in leads


@given(seed=seeds)
def test_crossings_are_where_bisection_finds_another_leader(seed: int) -> None:
    result = some_result(seed)
    problem = problem_of(result, result.contenders)
    for column, found in all_lines(result)[:3]:
        ends = [Fraction(0), *(crossing.share for crossing in found.crossings), Fraction(WHOLE - 1, WHOLE)]
        assert ends == sorted(ends)
        for crossing in found.crossings:
            low, high = crossing.share / 2, (1 + crossing.share) / 2
            previous = [item.share for item in found.crossings if item.share < crossing.share]
            following = [item.share for item in found.crossings if item.share > crossing.share]
            low, high = max([low, *previous]), min([high, *following])
            for _ in range(40):
                middle = Fraction(round((low + high) / 2 * WHOLE), WHOLE)
                if crossing.after in best_at(problem, column, middle):
                    high = middle
                else:
                    low = middle
            assert abs(crossing.share - high) < Fraction(5, WHOLE)
            assert {crossing.before, crossing.after} <= best_at(problem, column, crossing.share)
        for before, after in pairwise(ends):
            # Nobody else leads in between.
            named = found.leaders or tuple(best_at(problem, column, Fraction(1, 2)))
            assert best_at(problem, column, (before + after) / 2) & set(named)


@given(seed=seeds)
def test_crossings_agree_with_those_of_a_bare_problem(seed: int) -> None:
    result = some_result(seed)
    if len(result.leaders) != 1:
        return
    problem, winner = problem_of(result, result.contenders), result.leaders[0].strategy.id
    for column, found in all_lines(result):
        group = [problem.criteria[column]]
        least, most = stays_first(problem, group)
        leaves = [item.share for item in found.crossings if item.before == winner]
        enters = [item.share for item in found.crossings if item.after == winner]
        assert leaves == ([most] if leaves else [])
        assert enters == ([least] if enters else [])
        if not leaves:
            # Equal at the very end is no crossing, and at a share of all weight nothing else counts.
            assert most == 1 or not any(item.share < 1 for item in crossovers(problem, group) if not item.ahead_above)


def test_a_criterion_with_all_the_weight_has_no_lines() -> None:
    data = make_guide(3, options=6)
    one, *others = (entry["id"] for entry in data["criteria"])
    result = recommend(Guide.from_data(data), {}, weights={one: 5, **dict.fromkeys(others, 0)})
    assert one not in adjustable(result)
    with pytest.raises(ValueError, match="has all the weight"):
        weight_lines(result, one)


@given(seed=seeds)
def test_a_rating_at_the_value_that_is_needed_draws_level(seed: int) -> None:
    result = some_result(seed)
    found = cell_changes(result)
    assert found == sorted(found, key=lambda item: item.change)
    if len(result.leaders) != 1:
        assert not found
        return
    problem = problem_of(result, result.contenders)
    for item in found:
        row, column = problem.ids.index(item.strategy), problem.criteria.index(item.criterion)
        assert item.strategy in {problem.ids[0], item.rival}
        assert item.needed < item.now if row == 0 else item.needed > item.now
        assert (
            sums_with(problem, row, column, item.needed)[0]
            == sums_with(problem, row, column, item.needed)[problem.ids.index(item.rival)]
        )
        if item.level is not None:
            criterion = result.guide.criterion(item.criterion)
            value = criterion.levels[criterion.level_index(item.level)].value
            sums = sums_with(problem, row, column, Fraction(value))
            assert sums[problem.ids.index(item.rival)] >= sums[0]


def sums_with(problem: Problem, row: int, column: int, value: Fraction) -> list[Fraction]:
    """Twice the totals with one cell replaced."""
    found = [Fraction(total.twice) for total in problem.totals()]
    middle = Fraction(problem.low[row][column] + problem.high[row][column], 2)
    found[row] += 2 * problem.points[column] * (value - middle)
    return found
