"""The real guide as plain data, for tests of the selector."""

from __future__ import annotations

import copy
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from selector import Guide

PATH = Path(__file__).parent.parent / "data" / "guide.yml"


def guide_data() -> dict[str, Any]:
    """The data of data/guide.yml; each call gives a copy that a test may change."""
    return copy.deepcopy(_data())


@cache
def real_guide() -> Guide:
    """The real guide, read once."""
    return Guide.from_data(_data())


@cache
def _data() -> dict[str, Any]:
    found = _plain(yaml.compose(PATH.read_text("utf-8"), Loader=yaml.SafeLoader))
    assert isinstance(found, dict)
    return found


def _plain(node: yaml.Node) -> Any:
    """Numbers, true and false are what they look like; everything else is text ("no" is an answer, not False)."""
    if isinstance(node, yaml.MappingNode):
        return {_plain(key): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if not node.style and re.fullmatch(r"-?\d+", node.value):
        return int(node.value)
    if not node.style and re.fullmatch(r"-?\d+\.\d+", node.value):
        return float(node.value)
    return {"true": True, "false": False}.get(node.value, node.value) if not node.style else node.value
