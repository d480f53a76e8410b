"""What the home page weighs over the wire, and what it does not ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.support.browser import serve

pytestmark = pytest.mark.xdist_group("site")

LIMIT = 250_000
"""Bytes from a host that compresses. Python is for the wizard: this page has no business with it."""

HEAD = 500
"""Bytes allowed for the head of a question and of its answer."""

INDEX = "search/search_index.json"


@pytest.fixture(scope="module")
def packed(site: Path) -> Iterator[str]:
    """The address of the real site on a host that compresses."""
    with serve(site, "/guide", compress=True) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a visitor who has never been here."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def weigh(page: Page, address: str) -> dict[str, int]:
    """Bytes over the wire of all that a page and its workers ask for until it is quiet, by address."""
    weights: dict[str, int] = {}

    def note(answer: Response) -> None:
        weights[answer.url] = int(answer.headers["content-length"]) + HEAD

    page.context.on("response", note)
    page.goto(address, wait_until="load")
    page.wait_for_load_state("networkidle")
    return weights


def test_home_weighs_little(page: Page, packed: str) -> None:
    weights = weigh(page, packed)
    assert packed in weights and any("workers/search" in url for url in weights), "not all was seen"
    heaviest = sorted(((weight, url.removeprefix(packed)) for url, weight in weights.items()), reverse=True)
    assert sum(weights.values()) <= LIMIT, heaviest
    assert not any(INDEX in url or "assets/runtime/" in url for url in weights), heaviest


def test_the_index_comes_when_somebody_searches_and_finds(page: Page, packed: str) -> None:
    page.goto(packed, wait_until="networkidle")
    with page.expect_response(lambda response: response.url.endswith(INDEX)):
        page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("rotation")
    result = page.locator(".md-search-result__link").first
    expect(result).to_be_visible(timeout=30_000)
    result.click()
    page.wait_for_url(lambda address: not address.rstrip("/").endswith("/guide"))
    expect(page.locator("h1")).to_contain_text("otation", timeout=30_000)
