"""The page of published decisions, on a guide of another subject, and its absence."""

from __future__ import annotations

import json
from datetime import date

from hooks.render.nav import nav, pages_in
from hooks.render.site import render_site
from hooks.source.load import load
from selector import Guide
from tests.support.broken_edits import GUIDES

DAY = date(2026, 11, 23)


def _guide(name: str) -> Guide:
    data = load(GUIDES / name).data
    assert data is not None
    return Guide.from_data(data)


def test_each_decision_stands_there_with_what_is_recommended_and_why_they_differ() -> None:
    guide = _guide("second.yml")
    site = render_site(guide, checked_on=DAY)
    page = str(site["decisions.md"])
    assert "In 1 of 2 decisions (50%) the recommendation is what was chosen." in page
    differ, agree = page.split("## Where they differ")[1].split("## Where they agree")
    assert 'id="old-service"' in differ and 'id="small-tool"' in agree
    assert "The guide takes changes that must come back as a requirement." in differ
    assert "It is ruled out by what the answers require:" in differ
    assert "Who wants changes back takes a copyleft licence." in page
    assert 'href="../decisions/"' in site["scoring.md"]
    assert "decisions.md" in pages_in(nav(guide))
    assert "Published decisions" in site["llms.txt"]
    first, second = json.loads(site["api/decisions.json"])["decisions"]
    assert (first["agrees"], second["agrees"], second["differs"] is not None) == (True, False, True)


def test_a_guide_without_decisions_has_no_such_page_and_no_link_to_it() -> None:
    guide = _guide("small.yml")
    site = render_site(guide, checked_on=DAY)
    assert "decisions.md" not in site and "decisions.md" not in pages_in(nav(guide))
    assert "decisions/" not in str(site["scoring.md"]) + str(site["llms.txt"]).replace("api/decisions.json", "")
