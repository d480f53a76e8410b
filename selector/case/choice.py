"""Which edition of its members each strategy is taken in, once it is known what every choice of editions fails.

A strategy is taken in the variant that fails least, then leaves least open, then comes first in the order of the
editions. So the first edition is used until a requirement asks for another one, and no weight decides it: nobody is
told to buy an edition for a preference, and a slider never changes what is compared.

Whole numbers are sets of rows, as in `requirements`: of `Guide.variants`, then of `Guide.exact_variants`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from selector.guide.editions import Variant
from selector.guide.guide import Guide

from .verdict import Way

Found = Mapping[str, int]
"""Rows by the id of what they fail or leave open."""


@dataclass(frozen=True)
class Choice:
    """The variants in use.

    Attributes:
        used: per strategy the row of its variant.
        failing, open: the same as was given, for strategies in place of variants.
    """

    used: tuple[int, ...]
    failing: dict[str, int]
    open: dict[str, int]
    _guide: Guide
    _before: Found
    _open_before: Found

    def passed_over(self, row: int) -> frozenset[str]:
        """What the first choice of editions fails or leaves open, where another one is used."""
        if self.used[row] == row:
            return frozenset()
        return _names(self._before, row) | _names(self._open_before, row)

    def ways(self, row: int) -> tuple[Way, ...]:
        """What a strategy fails in each of its choices, where it has several and fails in all; else nothing."""
        offered, exact = _numbers(self._guide).get(row, (0, 0))
        for rows in (exact, offered):
            failed = {number: _names(self._before, number) for number in each_row(rows)}
            if len(failed) > 1 and all(failed.values()):
                return tuple(Way(_variant(self._guide, number), names) for number, names in failed.items())
        return ()


def choose(guide: Guide, failing: Found, unsure: Found) -> Choice:
    """Take each strategy in one variant, and keep of all sets of rows only those of the strategies."""
    count = len(guide.strategies)
    used = list(range(count))
    own, own_open = dict(failing), dict(unsure)
    failed, doubtful = _any(failing.values()), _any(unsure.values())
    failures, doubts = _Counts(failing.values()), _Counts(unsure.values())
    for row, (offered, exact) in _numbers(guide).items():
        best = row
        if (failed | doubtful) >> row & 1:
            best = _first(doubts.least(failures.least(offered)))
            used[row] = best
        source = best
        if exact and not failed >> best & 1 and not exact & ~failed:
            # Each requirement may be met by some member of the family, and none of them meets all.
            source = _first(failures.least(exact))
        if source != row:
            _move(own, row, _names(failing, source))
            _move(own_open, row, _names(unsure, source))
    kept = (1 << count) - 1
    return Choice(
        tuple(used),
        {name: rows & kept for name, rows in own.items()},
        {name: rows & kept for name, rows in own_open.items()},
        guide,
        failing,
        unsure,
    )


def alive(guide: Guide, failing: Found) -> int:
    """Rows of `Guide.variants` that fail nothing and, where a family is a member, may still mean something."""
    failed = _any(failing.values())
    rows = ((1 << len(guide.variants)) - 1) & ~failed
    for offered, exact in _numbers(guide).values():
        if exact and not exact & ~failed:
            rows &= ~offered
    return rows


class _Counts:
    """In how many of some sets of rows each row is, counted for all rows at once: bit i of the whole number `_digits[k]`
    is the binary digit k of row i's count."""

    def __init__(self, sets: Iterable[int]) -> None:
        self._digits: list[int] = []
        for rows in sets:
            carried = rows
            for place, digit in enumerate(self._digits):
                self._digits[place], carried = digit ^ carried, digit & carried
            if carried:
                self._digits.append(carried)

    def least(self, rows: int) -> int:
        """Those of some rows that are in the fewest sets."""
        for digit in reversed(self._digits):
            rows = rows & ~digit or rows
        return rows


def _names(found: Found, number: int) -> frozenset[str]:
    """Ids of what holds for a row."""
    return frozenset(name for name, rows in found.items() if rows >> number & 1)


def _move(found: dict[str, int], row: int, names: frozenset[str]) -> None:
    """Let these and no others hold for a row."""
    bit = 1 << row
    for name, rows in found.items():
        found[name] = rows | bit if name in names else rows & ~bit


def _any(sets: Iterable[int]) -> int:
    rows = 0
    for one in sets:
        rows |= one
    return rows


def _first(rows: int) -> int:
    """The lowest of a set of rows."""
    return next(each_row(rows))


def each_row(rows: int) -> Iterator[int]:
    """The rows of a set, ascending."""
    while rows:
        lowest = rows & -rows
        yield lowest.bit_length() - 1
        rows ^= lowest


def _variant(guide: Guide, number: int) -> Variant:
    count = len(guide.variants)
    return guide.variants[number] if number < count else guide.exact_variants[number - count]


def _numbers(guide: Guide) -> Mapping[int, tuple[int, int]]:
    """Per strategy with a choice: the rows of its variants, and of what its families may turn out to be."""
    kept: dict[int, tuple[int, int]] | None = guide.__dict__.get("_variant_rows")
    if kept is None:
        offered, exact = dict[int, int](), dict[int, int]()
        for number, variant in enumerate(guide.variants):
            offered[variant.row] = offered.get(variant.row, 0) | 1 << number
        for number, variant in enumerate(guide.exact_variants, len(guide.variants)):
            exact[variant.row] = exact.get(variant.row, 0) | 1 << number
        kept = {row: (rows, exact.get(row, 0)) for row, rows in offered.items() if rows.bit_count() > 1 or row in exact}
        guide.__dict__["_variant_rows"] = kept
    return kept
