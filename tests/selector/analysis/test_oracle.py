"""Agreement with independent libraries and published numbers.

pymcdm ranks, NumPy samples; published numbers are quoted with where they are printed.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from pymcdm.helpers import rankdata
from pymcdm.methods import SPOTIS, WSM

from selector.analysis.robustness import Sampling, guaranteed_factor
from selector.guide.reading import exact
from selector.scoring.problem import Problem


def random_problem(seed: int, rows: int = 8, columns: int = 6) -> tuple[list[list[int]], list[int]]:
    random = Random(seed)
    values = [[random.randint(0, 1000) for _ in range(columns)] for _ in range(rows)]
    return values, [random.randint(1, 30) for _ in range(columns)]


@pytest.mark.parametrize("seed", range(40))
def test_scores_are_one_minus_spotis_with_the_ideal_at_the_best_anchors(seed: int) -> None:
    values, weights = random_problem(seed)
    bounds = np.array([[0, 1000]] * len(weights))
    spotis = SPOTIS(bounds)(np.array(values, dtype=float), np.array(weights) / sum(weights), np.ones(len(weights)))
    ours = Problem.of(values, weights)
    # Tolerance: their floats; ours are exact.
    assert np.allclose(np.array(ours.scores()) / 1000, 1 - spotis, atol=1e-12)
    assert list(np.argsort(spotis, kind="stable")) == sorted(
        range(len(values)), key=lambda row: (-ours.totals()[row].twice, row)
    )


@pytest.mark.parametrize("seed", range(8))
def test_first_rank_shares_agree_with_numpy_sampling(seed: int) -> None:
    values, weights = random_problem(seed, rows=6, columns=8)
    draws = 4000
    sampling = Sampling(Problem.of(values, weights), seed)
    sampling.run(draws)
    rng = np.random.default_rng(seed)
    u = rng.random((40_000, len(weights)))
    scaled = np.array(weights) * np.where(u < 0.5, 0.5 + u, 2 * u)
    best = np.argmax(scaled @ np.array(values).T, axis=1)
    theirs = np.bincount(best, minlength=len(values)) / len(best)
    ours = np.array([float(share) for share in sampling.shares().values()])
    # 4.5 standard errors of the difference, as the draws are independent.
    error = np.sqrt(theirs * (1 - theirs) * (1 / draws + 1 / 40_000))
    assert np.all(np.abs(ours - theirs) <= 4.5 * error + 1e-3)


@pytest.mark.parametrize("seed", range(8))
def test_interval_cells_agree_with_numpy_sampling(seed: int) -> None:
    low, weights = random_problem(seed, rows=5, columns=5)
    random = Random(seed + 99)
    high = [[min(1000, cell + random.choice([0, 0, 400])) for cell in row] for row in low]
    draws = 4000
    sampling = Sampling(Problem.of(low, weights, high=high), seed, every_rank=True)
    sampling.run(draws)
    rng = np.random.default_rng(seed)
    u = rng.random((40_000, len(weights)))
    scaled = np.array(weights) * np.where(u < 0.5, 0.5 + u, 2 * u)
    cells = np.array(low) + rng.random((40_000, *np.array(low).shape)) * (np.array(high) - np.array(low))
    sums = np.einsum("nj,nij->ni", scaled, cells)
    theirs = np.bincount(np.argmax(sums, axis=1), minlength=len(low)) / len(sums)
    ours = np.array([float(share) for share in sampling.shares().values()])
    error = np.sqrt(theirs * (1 - theirs) * (1 / draws + 1 / 40_000))
    assert np.all(np.abs(ours - theirs) <= 4.5 * error + 2e-3)
    pairs = (sums[:, :, None] > sums[:, None, :]).mean(axis=0)
    mine = np.array([[float(cell) for cell in row] for row in sampling.pairwise()])
    assert np.all(np.abs(mine - pairs) <= 4.5 * np.sqrt(0.25 * (1 / draws + 1 / 40_000)))


def test_goodwin_and_wright_aggregate_of_addison_square() -> None:
    """Goodwin & Wright, Decision Analysis for Management Judgment, chapter 3, page 44: 80.8, worked out in the book.

    https://yumpu.com/en/document/view/10698289/downloadable-about-university/60
    """
    values = [100, 60, 100, 75, 0, 90]  # closeness, visibility, image, size, comfort, car parking
    assert Problem.of([values], [32, 26, 23, 10, 6, 3]).scores() == [80.8]


LOCATIONS = [[9, 7, 3, 5, 4, 5, 6], [5, 6, 8, 6, 7, 5, 7], [5, 7, 7, 5, 8, 4, 8]]
"""Seven factors of three locations, a published exercise: https://www.coursehero.com/file/6603591/ (problem 10)."""


@pytest.mark.parametrize(
    ("weights", "composites", "ranks"),
    [
        # RenderedFile there: "B or C is the best and A is least desirable". A tie that floats lose (method section 9).
        (["1/7"] * 7, [Fraction(39, 7), Fraction(44, 7), Fraction(44, 7)], [3, 1, 1]),
        # RenderedFile there: "B is the best followed by C and then A".
        (
            ["2/9", "1/9", "1/9", "2/9", "1/9", "1/9", "1/9"],
            [Fraction(53, 9), Fraction(55, 9), Fraction(54, 9)],
            [3, 1, 2],
        ),
    ],
)
def test_published_location_exercise(weights: list[str], composites: list[Fraction], ranks: list[int]) -> None:
    problem = Problem.of(LOCATIONS, weights)
    whole = sum(problem.points)
    assert [Fraction(total.low, whole) for total in problem.totals()] == composites
    assert problem.ranks() == ranks


def test_published_weighted_sum_example_has_its_tie() -> None:
    """The example of the encyclopedia's article, after Triantaphyllou (2000): 21.50, and 22.00 twice, a tie.

    https://en.wikipedia.org/wiki/Weighted_sum_model
    """
    values = [[25, 20, 15, 30], [10, 30, 20, 30], [30, 10, 30, 10]]
    problem = Problem.of(values, ["0.20", "0.15", "0.40", "0.25"])
    assert problem.scores() == [21.5, 22.0, 22.0]
    assert problem.ranks() == [3, 1, 1]


DEZERT = [
    # Numeric example: three criteria, the second a cost.
    (
        [[10.5, -3.1, 1.7], [-4.7, 0, 3.4], [8.1, 0.3, 1.3], [3.2, 7.3, -5.3]],
        [(-5, 12), (-6, 10), (-8, 5)],
        [1, -1, 1],
        [0.2, 0.3, 0.5],
        [0.1989, 0.3707, 0.3063, 0.7491],
        [1, 3, 2, 4],
    ),
    # Four cars: price, consumption and emission are costs; boot and range are not.
    (
        [
            [15000, 4.3, 99, 42, 737],
            [15290, 5.0, 116, 42, 892],
            [15350, 5.0, 114, 45, 952],
            [15490, 5.3, 123, 45, 1120],
        ],
        [(14000, 16000), (3, 8), (80, 140), (35, 60), (650, 1300)],
        [-1, -1, -1, 1, 1],
        [0.2941, 0.2353, 0.2353, 0.0588, 0.1765],
        [0.4779, 0.5781, 0.5558, 0.5801],
        [1, 3, 2, 4],
    ),
]
"""Dezert, Tchamova, Han, Tacnet 2020, "The SPOTIS rank reversal free method", both examples as printed there:
https://hal.science/hal-03007675v1 (values, bounds, directions, weights, scores to four digits, ranks)."""


@pytest.mark.parametrize(("values", "bounds", "types", "weights", "printed", "ranks"), DEZERT)
def test_published_spotis_examples(
    values: list[list[float]],
    bounds: list[tuple[int, int]],
    types: list[int],
    weights: list[float],
    printed: list[float],
    ranks: list[int],
) -> None:
    """Values brought onto 0..1 between the fixed bounds, costs turned around: our score is 1 - theirs."""
    scaled = [
        [
            (exact(cell) - low if kind == 1 else high - exact(cell)) / (high - low)
            for cell, (low, high), kind in zip(row, bounds, types, strict=True)
        ]
        for row in values
    ]
    problem = Problem.of(scaled, weights)
    theirs = SPOTIS(np.array(bounds))(np.array(values, dtype=float), np.array(weights), np.array(types))
    # The library to floats' precision. RenderedFile figures: the first example is rounded a little roughly in print.
    assert np.allclose(1 - np.array(problem.scores()), theirs / sum(weights), atol=1e-12)
    assert np.allclose(1 - np.array(problem.scores()), printed, atol=3e-4)
    assert problem.ranks() == ranks


@pytest.mark.filterwarnings("ignore:Alternatives with indices")  # the library's note on dominated ones
@pytest.mark.parametrize("seed", range(20))
def test_ranks_agree_with_the_weighted_sum_of_a_library_ties_included(seed: int) -> None:
    random = Random(seed)
    values = [[random.randint(0, 4) for _ in range(4)] for _ in range(7)]
    weights = random.sample([1, 2, 1, 4], 4)  # eighths: exact in their floats as well, so that ties stay ties
    theirs = WSM(lambda column, cost: column)(np.array(values, dtype=float), np.array(weights) / 8, np.ones(4))
    ours = Problem.of(values, weights).ranks()
    shared = [rank + (ours.count(rank) - 1) / 2 for rank in ours]  # they give equals their mean rank
    assert shared == list(rankdata(theirs, reverse=True))


@pytest.mark.parametrize("seed", range(6))
def test_central_weights_and_ranks_agree_with_numpy_sampling(seed: int) -> None:
    values, weights = random_problem(seed, rows=4, columns=5)
    draws, theirs = 4000, 40_000
    sampling = Sampling(Problem.of(values, weights), seed, every_rank=True)
    sampling.run(draws)
    u = np.random.default_rng(seed).random((theirs, len(weights)))
    scaled = np.array(weights) * np.where(u < 0.5, 0.5 + u, 2 * u)
    sums = scaled @ np.array(values).T
    places = (sums[:, :, None] < sums[:, None, :]).sum(axis=2)
    ranked = np.stack([(places == rank).mean(axis=0) for rank in range(4)], axis=1)
    ours = np.array([[float(share) for share in row] for row in sampling.acceptability()])
    assert np.all(np.abs(ours - ranked) <= 4.5 * np.sqrt(ranked * (1 - ranked) * (1 / draws + 1 / theirs)) + 1e-3)
    shares = scaled / scaled.sum(axis=1, keepdims=True)
    for row, name in enumerate(sampling.problem.ids):
        mine = places[:, row] == 0
        central = sampling.central_weights(name)
        if central is not None and mine.sum() >= 500 and ours[row][0] > 0.05:
            error = shares[mine].std(axis=0) * np.sqrt(1 / mine.sum() + 1 / (ours[row][0] * draws))
            assert np.all(np.abs(np.array(central, dtype=float) - shares[mine].mean(axis=0)) <= 5 * error + 1e-5)


def test_fixed_scales_do_not_reverse_when_an_alternative_is_added() -> None:
    """The pattern of Belton & Gear 1983: a copy of B reverses A and B in AHP's distributive mode, but not here."""
    values = [[1, 9, 8], [9, 1, 9], [1, 1, 1]]
    without = Problem.of(values, [1, 1, 1])
    with_copy = Problem.of([*values, values[1]], [1, 1, 1])
    assert without.ranks() == [2, 1, 3]
    assert with_copy.ranks() == [3, 1, 4, 1]


def test_bad_numbers_are_refused() -> None:
    for values, weights in (
        ([[1, float("nan")]], [1, 1]),
        ([[1, float("inf")]], [1, 1]),
        ([[1, 2]], [1, -1]),
        ([[1, 2]], [1]),
        ([[1, "x"]], [1, 1]),
    ):
        with pytest.raises(ValueError):
            Problem.of(values, weights)
    with pytest.raises(ValueError, match="below"):
        Problem.of([[2]], [1], high=[[1]])


def test_no_limit_when_nothing_speaks_for_a_rival() -> None:
    assert guaranteed_factor(Problem.of([[2, 2], [1, 1]], [1, 1]), 0).squared is None
