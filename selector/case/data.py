"""A case as plain JSON data, as decisions, recommendations and links hold it."""

from __future__ import annotations

from typing import Any

from .answers import Case, Value
from .own import as_said
from .trades import trades_data


def plain(value: Value) -> str | int | list[str]:
    """An answer as JSON has it: several as a list."""
    return list(value) if isinstance(value, tuple) else value


def case_data(case: Case) -> dict[str, Any]:
    """Everything that was said, under the names that `recommend` takes it by."""
    return {
        "answers": {name: plain(value) for name, value in case.answers.items()},
        "weights": dict(case.weights),
        "relax": sorted(case.relax),
        "own": as_said(case.own),
        "trades": trades_data(case.trades),
    }
