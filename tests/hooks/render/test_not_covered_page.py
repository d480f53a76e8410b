"""The page of what the guide does not rate: a heading and the nearest option for each; none without the section."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

from hooks.checked import check_guide
from hooks.render.nav import nav, pages_in
from hooks.render.site import render_site
from selector import Guide

TODAY = date(2026, 11, 27)
SMALL = Path(__file__).parents[2] / "guides" / "small.yml"


def guide() -> Guide:
    found = check_guide(SMALL, today=TODAY).guide
    assert found is not None
    return found


def test_each_name_is_a_heading_with_the_reason_the_source_and_the_nearest_option() -> None:
    text = str(render_site(guide(), checked_on=TODAY)["not-covered.md"])
    heading, _, rest = text.partition("## Rope {: #rope }")
    assert heading
    assert "A knife cuts it." in rest
    assert 'href="../options/chain/">Chain</a>' in rest
    assert "https://example.org/" in rest


def test_it_has_a_place_in_the_navigation_and_the_entries_above_stay_six() -> None:
    found = nav(guide())
    assert "not-covered.md" in pages_in(found)
    assert len(found) == 7  # with the home page, which the logo leads to


def test_readers_without_a_browser_find_it_too() -> None:
    text = str(render_site(guide(), checked_on=TODAY)["llms-full.txt"])
    assert "Rope" in text.partition("## Not covered, and why")[2]


def test_a_guide_without_the_section_has_no_such_page() -> None:
    data: dict[str, Any] = copy.deepcopy(dict(guide().data))
    del data["not_covered"]
    bare = Guide.from_data(data)
    assert "not-covered.md" not in render_site(bare, checked_on=TODAY)
    assert "not-covered.md" not in pages_in(nav(bare))
