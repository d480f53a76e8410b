"""Tables as CSV: a decision problem in, its ranking out.

    alternative,price,reach,comfort
    weight,2,1,1
    scale,cost,0 to 50,0:0 20:1 40:0
    north,120,30,18..24
    south,95,12,21

The first row names the criteria. The row `weight` is required, the row `scale` is not. A scale is `benefit` (the default),
`cost`, worst and best with "to" between them, or a value function as number:value pairs. `low..high` is a cell that is
not known. Semicolons or tabs may stand for the commas.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from selector.analysis.robustness import Sampling
from selector.scoring.problem import Problem
from selector.scoring.value_functions import BENEFIT, COST, Scale, linear, piecewise

from .findings import rank_bounds

WEIGHT, SCALE = "weight", "scale"
SEPARATORS = "\t;,"
"""The first of these that is in the first row separates the cells."""

DIGITS = 6
"""Decimals of what is written."""


def read_table(text: str) -> Problem:
    """A problem from the text of a CSV file.

    Raises:
        ValueError: it is no such table; the message says in which line.
    """
    first = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    separator = next((mark for mark in SEPARATORS if mark in first), ",")
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=separator, strict=True)
    try:
        lines = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        raise ValueError(f"line {reader.line_num}: {error}") from error
    lines = [(line, row) for line, row in lines if any(row)]
    if not lines:
        raise ValueError("the table is empty")
    criteria, rows = lines[0][1][1:], lines[1:]
    for line, row in rows:
        if len(row) != len(criteria) + 1:
            raise ValueError(f"line {line}: {len(row)} cells, but the first row has {len(criteria) + 1}")
    special = {row[0].lower(): (line, row[1:]) for line, row in rows if row[0].lower() in (WEIGHT, SCALE)}
    if WEIGHT not in special:
        raise ValueError(f"there is no row '{WEIGHT}'")
    line, given = special.get(SCALE, (0, [BENEFIT] * len(criteria)))
    scales = [_scale(line, cell) for cell in given]
    alternatives = [(line, row) for line, row in rows if row[0].lower() not in special]
    return _problem(criteria, special[WEIGHT], scales, alternatives)


def _problem(
    criteria: Sequence[str],
    weights: tuple[int, Sequence[str]],
    scales: Sequence[Scale],
    rows: Sequence[tuple[int, Sequence[str]]],
) -> Problem:
    for line, row in rows:  # one at a time first, so that the line of a bad cell is known
        try:
            Problem.of([_cells(row)], [1] * len(criteria), ids=row[:1], criteria=criteria, scales=scales)
        except ValueError as error:
            raise ValueError(f"line {line}: {error}") from error
    values = [_cells(row) for _, row in rows]
    try:
        return Problem.of(values, weights[1], ids=[row[0] for _, row in rows], criteria=criteria, scales=scales)
    except ValueError as error:
        raise ValueError(f"line {weights[0]}: {error}" if "names" not in str(error) else str(error)) from error


def _cells(row: Sequence[str]) -> list[Any]:
    return [tuple(cell.split("..")) if ".." in cell else cell for cell in row[1:]]


def _scale(line: int, cell: str) -> Scale:
    try:
        if ":" in cell:
            return piecewise([_pair(part) for part in cell.split()])
        if " to " in cell:
            worst, _, best = cell.partition(" to ")
            return linear(worst.strip(), best.strip())
        if cell.lower() in (BENEFIT, COST, ""):
            return cell.lower() or BENEFIT
        raise ValueError(f"a scale is '{BENEFIT}', '{COST}', '0 to 50' or '0:0 20:1 40:0', not '{cell}'")
    except ValueError as error:
        raise ValueError(f"line {line}: {error}") from error


def _pair(part: str) -> tuple[str, str]:
    measured, _, value = part.partition(":")
    return measured, value


def ranking_csv(problem: Problem, sampling: Sampling | None = None) -> str:
    """The ranking as CSV: rank, score, best and worst rank; with a sampling that has every rank also the share of
    draws with each rank (rank acceptability) and with more than each other alternative (pairwise winning)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    head = ["alternative", "rank", "score", "first possible rank", "last possible rank"]
    if sampling is not None:
        head += [f"rank {number} share" for number in range(1, len(problem.ids) + 1)]
        head += [f"ahead of {name}" for name in problem.ids]
    writer.writerow(head)
    ranks, scores, bounds = problem.ranks(), problem.scores(), rank_bounds(problem)
    for row in problem.order():
        line: list[Any] = [problem.ids[row], ranks[row], round(scores[row], DIGITS), *bounds[problem.ids[row]]]
        if sampling is not None:
            shares = [*sampling.acceptability()[row], *sampling.pairwise()[row]]
            line += [round(float(share), DIGITS) for share in shares]
        writer.writerow(line)
    return out.getvalue()
