"""The page that explains the scoring: what it works out agrees with what a reader would work out, and with the code."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from math import floor, sqrt

import pytest

from hooks import ROOT
from hooks.checked import check_guide
from hooks.render.site import render_site
from selector.analysis.confidence import FIRM, HALF, SURE
from selector.analysis.robustness import DRAWS
from selector.report import verdicts
from tests.support.real_guide import real_guide

DAY = date(2026, 11, 23)


@cache
def page(name: str) -> str:
    """The page's text without markup."""
    if name == "real":
        guide = real_guide()
    else:
        found = check_guide(ROOT / "tests" / "guides" / "second.yml", today=DAY).guide
        assert found is not None
        guide = found
    return re.sub(r"<[^>]+>", " ", render_site(guide, checked_on=DAY)["scoring.md"])


@pytest.mark.parametrize("name", ["real", "second"])
def test_the_words_for_how_sure_stand_there_with_their_shares(name: str) -> None:
    text = page(name)
    for word in verdicts.SENTENCES.values():
        assert word in text
    for least in (SURE, FIRM, HALF):
        assert f"{round(100 * least)}%" in text
    assert f"{DRAWS:,} similar weightings" in text


def test_the_factor_is_the_root_of_its_two_sums() -> None:
    found = re.search(r"√\(([\d,.]+) ÷ ([\d,.]+)\) = ([\d.]+)", page("real"))
    assert found is not None
    pro, con, factor = (float(text.replace(",", "")) for text in found.groups())
    assert abs(sqrt(pro / con) - factor) < 0.01


def test_burdens_add_up_to_the_value() -> None:
    found = re.search(r"the highest is (\d+): .* adds ([\d +]+) = (\d+), which gives (\d+)", page("real"))
    assert found is not None
    most, burden, value = int(found[1]), int(found[3]), int(found[4])
    assert sum(map(int, found[2].split(" + "))) == burden
    assert value == 1000 - floor(1000 * burden / most)


@pytest.mark.parametrize("name", ["real", "second"])
def test_every_step_of_the_method_has_its_section(name: str) -> None:
    for anchor in ("strategies", "values", "points", "score", "worked", "requirements", "unknown", "sure", "why",
                   "change", "audience", "limits"):  # fmt: skip
        assert f"{{: #{anchor} }}" in page(name)
