"""Tables of numbers: directions, value functions, uncertain cells, CSV."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from pymcdm.methods import WSM
from pymcdm.normalizations import minmax_normalization

from selector import Problem, Sampling
from selector.bare import Fixed, linear, piecewise, ranking_csv, read_table

SMAA = [(50, 1), (75, "0.8"), (90, "0.5"), (100, 0)]
"""Reference points of the example of `smaa.pvf` in the manual of the R package smaa."""


@pytest.mark.parametrize(
    ("outside", "measured", "printed"),
    [
        # The manual's example: https://github.com/gertvv/rsmaa, smaa/man/smaa.pvf.Rd
        ("clip", [50, 90, 100, 10, 40, 101, 120], [1.0, 0.5, 0.0, 1.0, 1.0, 0.0, 0.0]),
        # Its tests, smaa/tests/pvf.R
        ("extend", [50, 90, 100, 10, 40, 101, 120], [1.0, 0.5, 0.0, 1.32, 1.08, -0.05, -1]),
        ("refuse", [50, 60, 75, 90, 100], [1.0, 1 - 2 / 5 * 0.2, 0.8, 0.5, 0.0]),
    ],
)
def test_published_value_functions_of_smaa(outside: str, measured: list[int], printed: list[float]) -> None:
    scale = piecewise(SMAA, outside=outside)
    found = Problem.of([[number] for number in measured], [1], scales=[scale]).scores()
    assert found == pytest.approx(printed, abs=1e-12)  # theirs are floats


@pytest.mark.parametrize("seed", range(20))
def test_a_table_with_costs_agrees_with_a_library(seed: int) -> None:
    """pymcdm's weighted sum with min-max values; linear(worst, best) of the same columns gives the same."""
    random = Random(seed)
    values = [[random.randint(1, 500) for _ in range(5)] for _ in range(7)]
    weights = [random.randint(1, 9) for _ in range(5)]
    kinds = [random.choice([1, -1]) for _ in range(5)]
    theirs = WSM(minmax_normalization)(np.array(values, float), np.array(weights) / sum(weights), np.array(kinds))
    columns = list(zip(*values, strict=True))
    scales = [
        linear(min(column), max(column)) if kind == 1 else linear(max(column), min(column))
        for column, kind in zip(columns, kinds, strict=True)
    ]
    ours = Problem.of(values, weights, scales=scales)
    assert np.allclose(ours.scores(), theirs, atol=1e-12)


@pytest.mark.parametrize("seed", range(10))
def test_a_cost_without_function_is_the_number_with_the_other_sign(seed: int) -> None:
    random = Random(seed)
    values = [[random.randint(0, 9) for _ in range(3)] for _ in range(5)]
    turned = [[-row[0], row[1], -row[2]] for row in values]
    scales = ["cost", "benefit", "cost"]
    assert Problem.of(values, [1, 2, 3], scales=scales).ranks() == Problem.of(turned, [1, 2, 3]).ranks()


def test_a_pair_and_a_second_matrix_say_the_same() -> None:
    pairs = Problem.of([[(1, 4), 2], [3, (0, "1/3")]], [1, 2])
    both = Problem.of([[1, 2], [3, 0]], [1, 2], high=[[4, 2], [3, "1/3"]])
    shares = []
    for problem in (pairs, both):
        sampling = Sampling(problem, 5, every_rank=True)
        sampling.run(300)
        shares.append((problem.scores(), sampling.acceptability(), sampling.pairwise()))
    assert shares[0] == shares[1]


@pytest.mark.parametrize(
    ("low", "high", "share"),
    [
        ([[0], [0.75]], [[1], [0.75]], 0.25),
        ([[0], [1]], [[3], [1]], 2 / 3),
        ([[0], ["1/3"]], [["1/2"], ["1/3"]], 1 / 3),
        ([[0], ["0.999"]], [[1], ["0.999"]], 0.001),
        ([[0], [0]], [[1], [1]], 0.5),
        ([[0], [0]], [[2], [1]], 0.75),
    ],
)
def test_an_interval_is_drawn_evenly_whatever_the_unit_of_the_table(
    low: list[list[object]], high: list[list[object]], share: float
) -> None:
    draws = 40_000
    sampling = Sampling(Problem.of(low, [1], high=high), 1, weights=Fixed())
    sampling.run(draws)
    first = float(sampling.shares()["1"])
    assert abs(first - share) <= 4 * (share * (1 - share) / draws) ** 0.5


@pytest.mark.parametrize("grain", [1, 7, 10**6])
def test_the_unit_of_weights_and_values_changes_no_share(grain: int) -> None:
    """Weights with many digits are drawn as finely as plain ones."""
    draws = 20_000
    sampling = Sampling(Problem.of([[grain, 0], [0, grain]], [1000 * grain + 3, 1001 * grain]), 2)
    sampling.run(draws)
    u = np.random.default_rng(1).random((400_000, 2))
    scaled = np.array([1000 + 3 / grain, 1001]) * np.where(u < 0.5, 0.5 + u, 2 * u)
    theirs = (scaled[:, 0] > scaled[:, 1]).mean()
    assert abs(float(sampling.shares()["1"]) - theirs) <= 4.5 * (0.25 / draws + 0.25 / 400_000) ** 0.5


def test_a_measurement_is_drawn_before_its_value() -> None:
    """Uniform between 0 and 100, worth nothing up to 80: the value is above one half in one of ten draws."""
    scale = piecewise([(0, 0), (80, 0), (100, 1)])
    sampling = Sampling(Problem.of([[(0, 100)], [90]], [1], scales=[scale]), 3, weights=Fixed())
    sampling.run(40_000)
    assert abs(float(sampling.shares()["1"]) - 0.1) <= 4 * (0.09 / 40_000) ** 0.5


def test_a_function_with_a_best_place_in_the_middle_bounds_its_cells() -> None:
    comfort = piecewise([(0, 0), (20, 1), (40, 0)])
    problem = Problem.of([[(18, 24)], [(10, 15)], [20]], [1], scales=[comfort])
    bounds = [(Fraction(t.low, problem.scale), Fraction(t.high, problem.scale)) for t in problem.totals()]
    assert bounds == [(Fraction(4, 5), 1), (Fraction(1, 2), Fraction(3, 4)), (1, 1)]


@pytest.mark.parametrize(
    ("values", "more", "message"),
    [
        ([[1, "x"]], {}, "'1', '2': not a finite number: 'x'"),
        ([[(2, 1), 0]], {}, "'1', '1': the upper value is below"),
        ([[(1, 2, 3), 0]], {}, "is a pair"),
        ([[1, 2]], {"scales": ["cost", "costs"]}, "'1', '2': a scale is .* not 'costs'"),
        ([[1, 2]], {"scales": ["cost", linear(0, 1)]}, "'1', '2': 2 is outside 0 to 1"),
        ([[1, 2]], {"scales": ["cost"]}, "2 weights, but 1 scales"),
        ([[1, 2]], {"criteria": ["a", "a"]}, "two criteria have the same name"),
        ([[1, 2]], {"ids": ["a", "b"]}, "1 alternatives, but 2 names"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_with_its_place(
    values: list[list[object]], more: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Problem.of(values, [1, 1], **more)  # type: ignore[arg-type]


def test_bad_value_functions_are_refused() -> None:
    with pytest.raises(ValueError, match="two different measurements"):
        linear(3, 3)
    with pytest.raises(ValueError, match="outside is"):
        linear(0, 1, outside="ignore")


TABLE = """alternative,price,reach,comfort
weight,2,1,1
scale,cost,0 to 50,0:0 20:1 40:0
north,120,30,18..24

south,95,12,21
"""


@pytest.mark.parametrize("text", [TABLE, TABLE.replace(",", ";"), "\ufeff" + TABLE.replace(",", "\t")])
def test_a_csv_file_is_a_table_and_its_ranking_another(text: str) -> None:
    problem = read_table(text)
    comfort = piecewise([(0, 0), (20, 1), (40, 0)])
    same = Problem.of([[120, 30, (18, 24)], [95, 12, 21]], [2, 1, 1], scales=["cost", linear(0, 50), comfort])
    assert (problem.ids, problem.criteria) == (("north", "south"), ("price", "reach", "comfort"))
    assert problem.totals() == same.totals()
    sampling = Sampling(problem, 1, every_rank=True, weights=Fixed())
    sampling.run(100)
    head, first, second = ranking_csv(problem, sampling).splitlines()
    assert head == (
        "alternative,rank,score,first possible rank,last possible rank,rank 1 share,rank 2 share,ahead of north,ahead of south"
    )
    assert first.startswith("south,1,-47.2025,1,1,1.0,0.0,1.0,0.0")
    assert second.startswith("north,2,-59.625,2,2,0.0,1.0,0.0,0.0")
    assert ranking_csv(problem).splitlines()[0] == "alternative,rank,score,first possible rank,last possible rank"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("alternative,a\nx,1\n", "no row 'weight'"),
        ("alternative,a\nweight,1\nx,1,2\n", "line 3: 3 cells, but the first row has 2"),
        ("alternative,a\nweight,1\nx,lots\n", "line 3: 'x', 'a': not a finite number: 'lots'"),
        ("alternative,a\nweight,much\nx,1\n", "line 2: not a finite number: 'much'"),
        ("alternative,a\nweight,1\nscale,up\nx,1\n", "line 3: a scale is .* not 'up'"),
        ("alternative,a\nweight,1\nx,3..2\n", "line 3: 'x', 'a': the upper value is below"),
        ('alternative,a\nweight,1\nx,"1\n', "line 3: unexpected end of data"),
        ("alternative,a\nweight,1\nx,1\nx,2\n", "two alternatives have the same name"),
    ],
)
def test_what_is_wrong_with_a_csv_file_is_said_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_table(text)
