"""JSON that a person hands in, read strictly: what can be read in two ways is refused."""

from __future__ import annotations

import json
from typing import Any

from .visible import visible

MOST_DIGITS = 400
"""Digits of a number in a file; no number of ours has more than a few."""


class InputError(Exception):
    """A text that cannot be read, with a sentence for the user."""


def object_of(text: str) -> dict[str, Any]:
    """An object of JSON from a text.

    Raises:
        InputError: it is none.
    """
    try:
        data = parsed(text)
    except ValueError as error:
        raise InputError(f"it is no JSON: {error}") from error
    if not isinstance(data, dict):
        raise InputError("expected a JSON object")
    return data


def parsed(text: str) -> Any:
    """Any JSON, strictly: no field twice, no endless number.

    Raises:
        ValueError: it is none.
    """
    try:
        return json.loads(text, object_pairs_hook=_without_twins, parse_int=_whole)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON. Of two fields of one name nobody can know which is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"'{visible(twin[:40])}' is in it twice")
    return found


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number in it has {len(digits):,} digits")
    return int(digits)
