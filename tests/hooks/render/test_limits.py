"""Guides that are larger than people write: what is printed stays bounded, and what is left out is said."""

from __future__ import annotations

import json
import re
from datetime import date

from bs4 import BeautifulSoup

from hooks.checked import check_loaded
from hooks.render.limits import left_out
from hooks.render.nav import MOST, nav, pages_in
from hooks.render.site import render_site
from hooks.source.load import load_bytes
from selector import Guide
from tests.support.large_guides import complete_guide


def test_pairs_are_bounded_and_every_option_leads_to_the_others() -> None:
    data = complete_guide(16)
    data["guide"]["pairs"] = {"most": 20}
    checked = check_loaded(load_bytes(json.dumps(data).encode()), date(2026, 11, 25))
    assert checked.guide is not None, checked.report()
    site = render_site(checked.guide, checked_on=date(2026, 11, 25))
    pages = [path for path in site if path.startswith("compare/") and path.endswith(".md")]
    pages.remove("compare/index.md")
    assert len(pages) == 20
    turned = [path for path in site if path.startswith("compare/") and path.endswith(".html")]
    assert len(turned) == 20, "the same pairs in the other order, and no more"
    assert "100 more pairs have no page" in str(site["compare/index.md"])
    assert left_out(checked.guide) == [
        "100 pairs of options have no separate page; the page of comparisons shows any of them"
    ]
    for option in data["options"]:
        page = BeautifulSoup(str(site[f"options/{option['id']}.md"]), "html.parser")
        mine = sum(f"/{option['id']}-vs-" in path or f"-vs-{option['id']}.md" in path for path in pages)
        (rest,) = page.find_all("a", href=f"../../compare/#compare={option['id']}")
        assert re.search(rf"\b{15 - mine} others?$", rest.get_text())


def test_nothing_is_said_to_be_left_out_of_a_guide_that_is_small() -> None:
    checked = check_loaded(load_bytes(json.dumps(complete_guide(10)).encode()), date(2026, 11, 25))
    assert checked.guide is not None, checked.report()
    assert left_out(checked.guide) == []


def test_a_section_that_is_too_long_for_the_navigation_is_left_to_its_list() -> None:
    few, many = (Guide.from_data(complete_guide(options)) for options in (MOST, MOST + 1))
    assert sum(path.startswith("options/") for path in pages_in(nav(few))) == MOST + 1
    assert [path for path in pages_in(nav(many)) if path.startswith("options/")] == ["options/index.md"]
    assert f"the navigation does not name {MOST + 1} options; their list does" in left_out(many)
