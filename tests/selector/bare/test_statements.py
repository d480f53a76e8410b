"""What is known about weights: each statement against NumPy, and against figures that were printed.

Tolerance: 4.5 standard errors of the difference where both sides are drawn.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

from selector import Problem, Sampling
from selector.bare import Bands, Fixed, Order, Simplex, Tiers
from selector.scoring.problem import Draw, Draws, Uncertain

DRAWS, THEIRS = 4000, 60_000
NAMES = ["a", "b", "c", "d", "e"]


def table(seed: int) -> list[list[int]]:
    random = Random(seed)
    return [[random.randint(0, 100) for _ in NAMES] for _ in range(4)]


def simplex(rng: np.random.Generator) -> np.ndarray[Any, Any]:
    return rng.dirichlet(np.ones(5), THEIRS)


def ordered(rng: np.random.Generator) -> np.ndarray[Any, Any]:
    """c before a before e before b before d."""
    weights = -np.sort(-simplex(rng), axis=1)
    return weights[:, [1, 3, 0, 4, 2]]


def tiered(rng: np.random.Generator) -> np.ndarray[Any, Any]:
    """By rejection: a and c at least as much as b, d and e."""
    weights = np.concatenate([simplex(rng) for _ in range(12)])
    return weights[weights[:, [0, 2]].min(axis=1) >= weights[:, [1, 3, 4]].max(axis=1)]


def banded(rng: np.random.Generator) -> np.ndarray[Any, Any]:
    """Half to double is the default; here a third to triple of 5, 4, 3, 2, 1."""
    u = rng.random((THEIRS, 5))
    return np.array([5, 4, 3, 2, 1]) * np.where(u < 0.5, 1 / 3 + (1 - 1 / 3) * 2 * u, 1 + 2 * (2 * u - 1))


def fixed(rng: np.random.Generator) -> np.ndarray[Any, Any]:
    return np.tile([5.0, 4, 3, 2, 1], (THEIRS, 1))


STATEMENTS = [
    (Simplex(), simplex),
    (Order(["c", "a", "e", "b", "d"]), ordered),
    (Tiers([["c", "a"], ["b", "d", "e"]]), tiered),
    (Bands(3), banded),
    (Fixed(), fixed),
]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("statement", "theirs"), STATEMENTS, ids=lambda item: type(item).__name__)
def test_ranks_pairs_and_central_weights_agree_with_numpy(statement: Any, theirs: Any, seed: int) -> None:
    values = table(seed)
    high = [[cell + (20 if (row + column) % 3 == 0 else 0) for column, cell in enumerate(line)]
            for row, line in enumerate(values)]  # fmt: skip
    problem = Problem.of(values, [5, 4, 3, 2, 1], high=high, criteria=NAMES)
    sampling = Sampling(problem, seed, every_rank=True, weights=statement)
    sampling.run(DRAWS)
    rng = np.random.default_rng(seed)
    weights = theirs(rng)
    cells = np.array(values) + rng.random((len(weights), 4, 5)) * (np.array(high) - np.array(values))
    sums = np.einsum("nj,nij->ni", weights, cells)
    places = (sums[:, :, None] < sums[:, None, :]).sum(axis=2)
    ranked = np.stack([(places == rank).mean(axis=0) for rank in range(4)], axis=1)
    pairs = (sums[:, :, None] > sums[:, None, :]).mean(axis=0)
    per_draw = 1 / DRAWS + 1 / len(weights)
    for ours, shares in ((sampling.acceptability(), ranked), (sampling.pairwise(), pairs)):
        apart = np.abs(np.array(ours, dtype=float) - shares)
        assert np.all(apart <= 4.5 * np.sqrt(shares * (1 - shares) * per_draw) + 1e-3)
    shares = weights / weights.sum(axis=1, keepdims=True)
    for row, name in enumerate(problem.ids):
        first = places[:, row] == 0
        central = sampling.central_weights(name)
        if central is not None and ranked[row][0] > 0.05:
            error = shares[first].std(axis=0) * np.sqrt(1 / first.sum() + 1 / (ranked[row][0] * DRAWS))
            assert np.all(np.abs(np.array(central, dtype=float) - shares[first].mean(axis=0)) <= 5 * error + 1e-5)


def test_the_mean_of_a_complete_order_is_the_published_rank_order_centroid() -> None:
    """Four criteria: 0.5208, 0.2708, 0.1458, 0.0625 (Barron & Barrett 1996, Management Science 42(11), ROC weights)."""
    problem = Problem.of([[1, 1, 1, 1]], [1, 1, 1, 1], criteria=NAMES[:4])
    sampling = Sampling(problem, 1, weights=Order(["d", "b", "a", "c"]))
    sampling.run(20_000)
    found = dict(zip(problem.criteria, sampling.central_weights("1") or [], strict=True))
    assert [float(found[name]) for name in "dbac"] == pytest.approx([0.5208, 0.2708, 0.1458, 0.0625], abs=0.004)


def test_published_analysis_of_the_r_package_smaa() -> None:
    """Heparin or enoxaparin, three outcomes: the example of the R package smaa as its manual's output prints it
    (https://github.com/gertvv/rsmaa, smaa/tests/Examples/smaa-Ex.Rout.save).

    Its 10,000 measurements are summarised here by mean and standard deviation, cell by cell (they are uncorrelated),
    and drawn as normal, which they are not quite. Tolerance: 0.02.
    """
    means, spread = [[0.4117, 0.4249, 0.9258], [0.7514, 0.6084, 0.6151]], [[0.1218, 0.1565, 0.0728],
                                                                           [0.0838, 0.1525, 0.1655]]  # fmt: skip
    problem = measured(means, spread, ["Heparin", "Enoxaparin"], ["Prox DVT", "Dist DVT", "Bleed"], [5, 2, 3])
    nothing = Sampling(problem, 1, every_rank=True, weights=Simplex())
    nothing.run(20_000)
    assert [float(share) for share in nothing.shares().values()] == pytest.approx([0.3504, 0.6496], abs=0.02)
    assert float(nothing.pairwise()[0][1]) == pytest.approx(0.3504, abs=0.02)
    for name, printed, sure in (
        ("Heparin", [0.1865097, 0.2772205, 0.5362698], 0.6682),
        ("Enoxaparin", [0.4073100, 0.3641477, 0.2285423], 0.8956),
    ):
        central = nothing.central_weights(name) or []
        assert [float(share) for share in central] == pytest.approx(printed, abs=0.02)
        confidence = nothing.confidence(name)  # of 1,000 draws: 4 standard errors more
        assert confidence is not None
        assert float(confidence) == pytest.approx(sure, abs=0.02 + 4 * 0.015)
    exact = Sampling(problem, 1, weights=Fixed())
    exact.run(20_000)
    assert [float(share) for share in exact.shares().values()] == pytest.approx([0.1279, 0.8721], abs=0.02)


def measured(
    means: list[list[float]], spread: list[list[float]], ids: list[str], criteria: list[str], points: list[int]
) -> Problem:
    """A table whose cells are normal, in thousandths of a millionth."""
    unit, cells = 10**9, []
    for row in range(len(ids)):
        for column in range(len(criteria)):
            normal = NormalDist(means[row][column], spread[row][column])
            cells.append(Uncertain(row, column, drawn(normal, len(cells), unit)))
    low, high = ([[int(unit * (m + side * 8 * s)) for m, s in zip(*lines, strict=True)]
                  for lines in zip(means, spread, strict=True)] for side in (-1, 1))  # fmt: skip
    return Problem(tuple(ids), tuple(criteria), tuple(points), tuple(map(tuple, low)), tuple(map(tuple, high)), unit,
                   tuple(f"cell {number}" for number in range(len(cells))), tuple(cells), fine=True)  # fmt: skip


def drawn(normal: NormalDist, driver: int, unit: int) -> Draw:
    def value(draws: Draws) -> list[int]:
        return [int(unit * normal.inv_cdf(min(max(draw, 1e-12), 1 - 1e-12))) for draw in draws[driver]]

    return value


@pytest.mark.parametrize("statement", [item for item, _ in STATEMENTS], ids=lambda item: type(item).__name__)
def test_the_order_of_criteria_and_alternatives_changes_nothing_to_the_bit(statement: Any) -> None:
    values, weights = table(7), [5, 4, 3, 2, 1]
    mixed = [2, 4, 0, 1, 3]
    rows = [3, 1, 0, 2]
    plain = Sampling(Problem.of(values, weights, criteria=NAMES, ids=list("wxyz")), 9, weights=statement)
    other = Sampling(
        Problem.of([[values[row][column] for column in mixed] for row in rows], [weights[column] for column in mixed],
                   criteria=[NAMES[column] for column in mixed], ids=["wxyz"[row] for row in rows]),
        9, weights=statement,
    )  # fmt: skip
    plain.run(500)
    other.run(500)
    assert plain.shares() == other.shares()


def test_two_is_the_band_of_a_sampling_without_statement() -> None:
    problem = Problem.of(table(3), [5, 4, 3, 2, 1], criteria=NAMES)
    shares = []
    for statement in (None, Bands(2), Bands("2.0"), Bands(Fraction(2))):
        sampling = Sampling(problem, 4, weights=statement)
        sampling.run(2000)
        shares.append(sampling.shares())
    assert all(share == shares[0] for share in shares)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (Order(["a", "b"]), "named once: c"),
        (Order(["a", "b", "c", "c"]), "named once: c"),
        (Tiers([["a", "b"], ["c", "z"]]), "named once: z"),
        (Bands(1), "above 1"),
        (Bands("x"), "not a finite number"),
    ],
)
def test_statements_that_do_not_fit_are_refused(statement: Any, message: str) -> None:
    problem = Problem.of([[1, 2, 3]], [1, 1, 1], criteria=["a", "b", "c"])
    with pytest.raises(ValueError, match=message):
        Sampling(problem, 1, weights=statement)
