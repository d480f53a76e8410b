"""Results of slow calculations are kept while a name or a sentence changes, and hold neither."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from hooks import ROOT
from hooks.checked import check_loaded
from hooks.evaluation import cache
from hooks.evaluation.cache import NAMES, decision_digest
from hooks.render.site import render_site
from hooks.source.load import load_bytes
from selector import Guide
from tests.support.schema_guides import DAY
from tests.support.sites import real_guide

MARK = "Zq"


def renamed(value: Any) -> Any:
    """The same data with a mark before every name: their order stays."""
    if isinstance(value, dict):
        return {
            key: f"{MARK} {inner}" if key in NAMES and isinstance(inner, str) else renamed(inner)
            for key, inner in value.items()
        }
    return [renamed(inner) for inner in value] if isinstance(value, list) else value


def test_names_do_not_count_in_a_decision() -> None:
    data = renamed(real_guide().data)
    data["options"][0]["name"] = "zzz"
    assert decision_digest(Guide.from_data(data)) == decision_digest(real_guide())


def test_a_weight_counts() -> None:
    data = deepcopy(dict(real_guide().data))
    data["criteria"][0]["weight"] += 1
    assert decision_digest(Guide.from_data(data)) != decision_digest(real_guide())


def test_what_is_kept_holds_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else pages of a renamed option would show the old name."""
    monkeypatch.setattr("hooks.render.context.SAMPLED", 30)
    kept: dict[tuple[str, str], Any] = {}
    monkeypatch.setattr(cache, "_cached", kept)
    monkeypatch.setattr(cache, "MOST", 99)
    source = load_bytes((ROOT / "tests" / "guides" / "second.yml").read_bytes())
    checked = check_loaded(load_bytes(json.dumps(renamed(source.data)).encode()), DAY)
    guide = checked.guide or checked.preview
    assert guide is not None, checked.report()
    render_site(guide, checked_on=DAY)
    assert kept
    assert [name for (name, _), value in kept.items() if MARK in repr(value)] == []
