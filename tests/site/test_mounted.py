"""The site works wherever it is mounted and however its addresses are written."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, expect

from tests.support.browser import serve

pytestmark = pytest.mark.xdist_group("site")

READY = 90_000


@pytest.mark.parametrize(
    ("prefix", "address"),
    [
        ("", "wizard/"),
        ("/a/deep/place", "wizard"),
        ("/guide", "wizard/index.html"),
        ("/guide", "wizard/?from=mail#top"),
    ],
)
def test_the_wizard_runs_wherever_it_is_mounted(browser: Browser, site: Path, prefix: str, address: str) -> None:
    with serve(site, prefix) as root, browser.new_context() as context:
        page = context.new_page()
        page.goto(root + address)
        page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)
        assert page.url.startswith(f"{root}wizard/")


@pytest.mark.parametrize("prefix", ["", "/guide", "/a/deep/place"])
def test_a_wrong_address_leads_on_to_the_wizard(browser: Browser, site: Path, prefix: str) -> None:
    """Also where the site is mounted somewhere that the build was not told: it was printed for the host's root."""
    with serve(site, prefix) as root, browser.new_context() as context:
        page = context.new_page()
        answer = page.goto(f"{root}options/no-such-thing/really/")
        assert answer is not None
        assert answer.status == 404
        expect(page.locator("h1")).to_have_text("Page not found")
        wizard = page.locator("article").get_by_role("link", name="Get a recommendation")
        expect(wizard).to_have_attribute("href", f"{root.removesuffix('/')[root.index('/', 8) :]}/wizard/")
        found = page.locator(".md-search-result__link").first
        end = monotonic() + 30
        while not found.is_visible():  # the first keys may come before the search has found its place
            assert monotonic() < end
            page.locator("[data-md-component=search-query]").fill("")
            page.locator("[data-md-component=search-query]").press_sequentially("scoring")
            page.wait_for_timeout(300)
        page.keyboard.press("Escape")
        wizard.click()
        expect(page.locator("decision-wizard")).to_be_visible()
        assert page.url == f"{root}wizard/"
