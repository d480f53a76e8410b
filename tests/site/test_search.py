"""The theme's search, asked as readers ask: the first result is the page that they mean, and Enter opens it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import serve
from tests.support.real_guide import real_guide

pytestmark = pytest.mark.xdist_group("site")

ASKED = {
    "sealed secrets vs sops": "compare/sealed-secrets-vs-sops/",
    "eso vs csi": "compare/eso-vs-csi/",
    "eso versus vso": "compare/eso-vs-vso/",
    "openbao vs vault": "compare/vault-vs-openbao/",
    "sops sealed secrets": "compare/sealed-secrets-vs-sops/",
    "migrate": "migrate/",
    "pricing": "criteria/cost/",
    "drift": "criteria/gitops/",
    "rbac": "criteria/tenancy/",
    "air-gapped": "criteria/airgap/",
    "homelab": "examples/homelab/",
    "parameter store": "options/aws-parameter-store/",
}

FIRST = """wanted => {
  const link = document.querySelector(".md-search-result__item a");
  return link && new URL(link.href).pathname.endsWith(wanted);
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, site: Path) -> Iterator[Page]:
    with serve(site, "/guide") as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}scoring/")
        yield page
        page.close()


def ask(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def test_an_option_is_found_first_by_its_name(page: Page) -> None:
    for option in real_guide().data["options"]:
        ask(page, option["name"].lower())
        page.wait_for_function(FIRST, arg=f"/options/{option['id']}/", timeout=60_000)


def test_the_page_that_is_meant_is_found_first(page: Page) -> None:
    for words, wanted in ASKED.items():
        ask(page, words)
        page.wait_for_function(FIRST, arg=f"/{wanted}", timeout=60_000)


def test_enter_opens_it(page: Page) -> None:
    ask(page, "eso vs csi")
    page.wait_for_function(FIRST, arg="/compare/eso-vs-csi/", timeout=60_000)
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/eso-vs-csi/**")


def test_both_orders_of_a_pair_are_addresses(page: Page) -> None:
    root = page.url.split("/guide/")[0]
    page.goto(f"{root}/guide/compare/openbao-vs-vault/")
    page.wait_for_url("**/compare/vault-vs-openbao/")
