"""The folder for people without a network: opened from disk, in Chromium, everything works and nothing is fetched."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from hooks import ROOT
from selector import recommend, recommendation_data
from tests.support.browser import until
from tests.support.real_guide import guide_data
from tests.support.sites import real_guide

pytestmark = pytest.mark.xdist_group("site")

READY = 90_000


@pytest.fixture(scope="module")
def disk(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip that the site offers, unpacked as a visitor unpacks it, into a folder with a space in its name."""
    (archive,) = (site / "assets/offline").glob("*.zip")
    folder = tmp_path_factory.mktemp("from disk")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    (inside,) = folder.iterdir()
    return inside


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test on any request that is not for a file, and on any error."""
    context = browser.new_context()
    page = context.new_page()
    wrong: list[str] = []
    context.on("request", lambda request: wrong.append(request.url) if request.url.startswith("http") else None)
    context.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


def broken_addresses(disk: Path) -> list[str]:
    """Links, styles and scripts of all pages that lead to no file. Read without a parser: pages are many."""

    def leads_nowhere(path: Path, target: str) -> bool:
        return not urlsplit(target).scheme and not Path(os.path.normpath(path.parent / unquote(target))).is_file()

    return [
        f"{path.relative_to(disk)} -> {target}"
        for path in sorted(disk.rglob("*.html"))
        for target in set(re.findall(r'\s(?:href|src)="([^"#?]+)', path.read_text("utf-8")))
        if leads_nowhere(path, target)
    ]


def test_every_address_in_the_folder_leads_to_a_file(disk: Path) -> None:
    assert broken_addresses(disk) == []


def test_the_whole_journey_from_home_by_links_alone(page: Page, disk: Path) -> None:
    page.goto((disk / "index.html").as_uri())
    page.locator(".md-tabs a[href*='wizard/']").click()
    page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)
    question = guide_data()["questions"][0]
    said = {question["id"]: question["answers"][1]["id"]}
    page.evaluate("document.addEventListener('wizard:result', (event) => (window.result = event.detail))")
    page.locator(f'[data-question="{question["id"]}"][data-answer="{said[question["id"]]}"]').check()
    leader = page.locator("[data-region=leader]")
    assert until(page, "window.result") == json.loads(json.dumps(recommendation_data(recommend(real_guide(), said))))
    assert said[question["id"]] in page.url
    shortlist = f"of {len(real_guide().strategies)} setups fit so far"
    expect(leader).to_contain_text(shortlist)
    linked = page.evaluate("[...document.querySelectorAll('[data-region] a[href]')].map((a) => a.href)")
    missing = [url for url in linked if url.startswith("file:") and not Path(unquote(urlsplit(url).path)).is_file()]
    assert missing == []
    page.reload()
    expect(leader).to_contain_text(shortlist, timeout=READY)
    page.locator(".md-tabs a[href*='matrix/']").click()
    page.locator("[data-matrix-sort]").select_option(index=2)
    expect(page.locator("[data-matrix-status]")).to_contain_text("criteria")


def test_search_from_disk_finds_and_leads_to_pages(page: Page, disk: Path) -> None:
    option = real_guide().options[0]
    page.goto((disk / "matrix/index.html").as_uri())
    page.locator("[data-md-component=search-query]").press_sequentially(option.name)
    found = page.locator(".md-search-result__link").first
    found.click()
    expect(page.locator("h1")).to_be_visible()
    assert Path(unquote(urlsplit(page.url).path)).is_file()


def test_offline_build_gives_such_a_folder_from_any_guide(page: Page, tmp_path: Path) -> None:
    guide, folder = ROOT / "tests/guides/second.yml", tmp_path / "disk"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "GUIDE": str(guide), "OFFLINE": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert broken_addresses(folder) == []
    assert not (folder / "sw.js").exists()
    page.goto((folder / "wizard/index.html").as_uri())
    page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)
