"""Agreement with independent libraries and published numbers.

pymcdm ranks, NumPy samples; published numbers are quoted with where they are printed.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from pymcdm.methods import SPOTIS

from selector.problem import Problem
from selector.robustness import Sampling, guaranteed_factor


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
        # Printed there: "B or C is the best and A is least desirable". A tie that floats lose (method section 9).
        (["1/7"] * 7, [Fraction(39, 7), Fraction(44, 7), Fraction(44, 7)], [3, 1, 1]),
        # Printed there: "B is the best followed by C and then A".
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
