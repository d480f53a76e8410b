"""The real guide as plain data, for tests of the selector."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from hooks import ROOT
from hooks.source.load import load
from selector import Guide

PATH = ROOT / "data" / "guide.yml"


def guide_data() -> dict[str, Any]:
    """The data of data/guide.yml; each call gives a copy that a test may change."""
    return copy.deepcopy(_data())


@cache
def real_guide() -> Guide:
    """The real guide, read once."""
    return Guide.from_data(_data())


@cache
def _data() -> dict[str, Any]:
    found = load(PATH)
    assert found.data is not None, found.problems
    return found.data
