"""Is a decision's file whole? Looks at its form alone; `drift.verify` judges what it says."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from selector.case.answers import clipped

Test = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(value: Any) -> bool:
    return value is None or _whole(value) or (isinstance(value, float) and math.isfinite(value))


def _day(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _fraction(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) < 1000 and Fraction(value) is not None
    except (ValueError, ZeroDivisionError):
        return False


def _pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_whole, value))


def _list_of(fits: Test) -> Test:
    return lambda value: isinstance(value, list) and all(map(fits, value))


def _table_of(fits: Test) -> Test:
    return lambda value: isinstance(value, dict) and all(map(fits, value.values()))


def _own_fact(value: Any) -> bool:
    return isinstance(value, dict) and all(_text(value.get(name)) for name in ("fact", "value", "guide"))


def _repository(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and _list_of(_text)(value.get("uses"))
        and _table_of(lambda count: _whole(count) and count >= 0)(value.get("warnings"))
    )


FORMS: Mapping[str, tuple[Test, str]] = {
    "revision": (_text, "a text"),
    "date": (_day, "a day, as 2026-01-31"),
    "answers": (lambda value: isinstance(value, dict), "answers by question"),
    "weights": (_table_of(_whole), "whole numbers by criterion"),
    "relax": (_list_of(_text), "a list of texts"),
    "own": (_list_of(_own_fact), "a list of own facts, each with texts for fact, value and guide"),
    "trades": (_table_of(_text), "texts by trade-off"),
    "gates": (_list_of(_text), "a list of texts"),
    "leaders": (_list_of(_text), "a list of texts"),
    "runner_up": (lambda value: value is None or isinstance(value, str), "a text or null"),
    "lead": (_number, "a number or null"),
    "shares": (_table_of(_fraction), "fractions by setup"),
    "points": (_table_of(_fraction), "fractions by criterion"),
    "repository": (_repository, "the options and warnings that files showed"),
    "values": (_table_of(_table_of(_pair)), "two whole numbers by setup and criterion"),
}
"""What each field has to be, and how that is said."""

OLDER = ("gates", "own", "repository", "trades")
"""Fields that decisions of former versions do not have, or those for which no files were read."""


def damage(made: Mapping[str, Any]) -> str:
    """What is wrong with the form of a decision, in words; empty when nothing is."""
    for name, (fits, wanted) in FORMS.items():
        if name not in made:
            if name not in OLDER:
                return f"it has no '{name}'"
        elif not fits(made[name]):
            return f"'{name}' must be {wanted}, not {clipped(made[name])}"
    return ""
