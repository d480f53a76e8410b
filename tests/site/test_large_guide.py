"""A guide of 2 MB, far larger than people write: it is built, and the wizard answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support.browser import answer_until_named, serve
from tests.support.large_guides import complete_guide
from tests.support.sites import build_site

READY = 120_000
NOTE = "It says so in the manual, for every edition and every size of team. " * 18


@pytest.mark.xdist_group("large")
def test_a_guide_of_two_megabytes_answers_in_the_page(browser: Browser, tmp_path: Path) -> None:
    data = complete_guide(60)
    for option in data["options"]:
        for rating in option["ratings"].values():
            rating["note"] = NOTE
    guide = tmp_path / "large.yml"
    guide.write_text(json.dumps(data, indent=1), "utf-8")
    assert guide.stat().st_size > 2_000_000
    site = build_site(tmp_path / "site", GUIDE=str(guide))
    (wizard,) = (site / "assets/runtime").glob("wizard-*.bin")
    assert wizard.stat().st_size < 400_000  # repeated texts are packed; the page waits for this
    with serve(site, "/guide") as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}wizard/")
        page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)
        answer_until_named(page)
        page.goto(f"{address}matrix/")
        expect(page.locator("[data-matrix-status]")).to_contain_text("60 of 60 tools", timeout=READY)
