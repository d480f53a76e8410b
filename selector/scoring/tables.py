"""A table of numbers made into the whole numbers of a bare problem; nothing is rounded."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from .problem import Draw, Draws, Problem, Uncertain
from .value_functions import BENEFIT, Knots, Scale, knots, rational

FINE = 2**30
"""Steps in which an interval is drawn: far finer than what any number of draws can tell apart. A whole value of the
table is so many steps where some cell is an interval."""

Moving = list[tuple[int, int]]
"""Knots of an interval cell in whole numbers: the step (0..FINE) and the value there."""


def problem_of_table(
    values: Sequence[Sequence[Any]],
    weights: Sequence[Any],
    high: Sequence[Sequence[Any]] | None,
    ids: Sequence[str] | None,
    criteria: Sequence[str] | None,
    scales: Sequence[Scale] | None,
) -> Problem:
    """What `Problem.of` gives; see there."""
    shares = [rational(weight) for weight in weights]
    if any(share < 0 for share in shares):
        raise ValueError("weights must not be negative")
    rows = _rows(values, high, shares)
    names = _named(ids, len(rows), "alternatives")
    columns = _named(criteria, len(shares), "criteria")
    kinds = list(scales) if scales is not None else [BENEFIT] * len(shares)
    if len(kinds) != len(shares):
        raise ValueError(f"{len(shares)} weights, but {len(kinds)} scales")
    table = [
        [_knots(kind, cell, f"'{name}', '{column}'") for kind, cell, column in zip(kinds, row, columns, strict=True)]
        for name, row in zip(names, rows, strict=True)
    ]
    found = [value for row in table for cell in row for _, value in cell]
    scale = lcm(*(value.denominator for value in found), 1)
    if any(len(cell) > 1 for row in table for cell in row):
        scale *= FINE
    whole = lcm(*(share.denominator for share in shares), 1)
    drivers, uncertain = _own_drivers(names, columns, table, scale)
    return Problem(
        names,
        columns,
        _lowest_terms([int(share * whole) for share in shares]),
        tuple(tuple(int(min(value for _, value in cell) * scale) for cell in row) for row in table),
        tuple(tuple(int(max(value for _, value in cell) * scale) for cell in row) for row in table),
        scale,
        drivers,
        uncertain,
        fine=True,
    )


def _rows(
    values: Sequence[Sequence[Any]], high: Sequence[Sequence[Any]] | None, weights: Sequence[Fraction]
) -> list[list[tuple[Any, Any]]]:
    """Lower and upper number of every cell, as given."""
    upper = values if high is None else high
    if len(values) != len(upper) or any(len(row) != len(weights) for row in (*values, *upper)):
        raise ValueError("every row needs one value per weight")
    if high is not None:
        return [list(zip(low, top, strict=True)) for low, top in zip(values, high, strict=True)]
    return [[_ends(cell) for cell in row] for row in values]


def _ends(cell: Any) -> tuple[Any, Any]:
    if not isinstance(cell, tuple | list):
        return cell, cell
    if len(cell) != 2:
        raise ValueError(f"an uncertain cell is a pair, lower and upper, not {cell!r}")
    return cell[0], cell[1]


def _named(names: Sequence[str] | None, count: int, what: str) -> tuple[str, ...]:
    found = tuple(names or (str(number) for number in range(1, count + 1)))
    if len(found) != count:
        raise ValueError(f"{count} {what}, but {len(found)} names")
    if len(set(found)) < count:
        raise ValueError(f"two {what} have the same name")
    return found


def _knots(scale: Scale, cell: tuple[Any, Any], where: str) -> Knots:
    try:
        low, high = rational(cell[0]), rational(cell[1])
        if low > high:
            raise ValueError("the upper value is below the lower one")
        return knots(scale, low, high)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error


def _lowest_terms(points: Sequence[int]) -> tuple[int, ...]:
    """The same ratios with the smallest whole numbers; all ones when all are zero."""
    common = gcd(*points)
    return tuple(value // common for value in points) if common else (1,) * len(points)


def _own_drivers(
    ids: Sequence[str], criteria: Sequence[str], table: Sequence[Sequence[Knots]], scale: int
) -> tuple[tuple[str, ...], tuple[Uncertain, ...]]:
    """One independent driver per interval cell."""
    cells = list(_uncertain(ids, criteria, table, scale))
    return tuple(driver for driver, _ in cells), tuple(cell for _, cell in cells)


def _uncertain(
    ids: Sequence[str], criteria: Sequence[str], table: Sequence[Sequence[Knots]], scale: int
) -> Iterator[tuple[str, Uncertain]]:
    count = 0
    for row, name in enumerate(ids):
        for column, criterion in enumerate(criteria):
            cell = table[row][column]
            if len(cell) > 1:
                moving = [(int(place * FINE), int(value * scale)) for place, value in cell]
                yield f"{name}/{criterion}", Uncertain(row, column, _along(moving, count))
                count += 1


def _along(moving: Moving, driver: int) -> Draw:
    """The measurement uniform between its ends; the value follows from it."""
    starts = [start for start, _ in moving[:-1]]

    def value(draws: Draws) -> list[int]:
        found = []
        for draw in draws[driver]:
            step = int(draw * FINE)
            line = bisect_right(starts, step)
            (left, before), (right, after) = moving[line - 1], moving[line]
            found.append(before + (after - before) * (step - left) // (right - left))
        return found

    return value
