"""The copy that a browser keeps: all pages and the wizard without a network, one edition at a time, gone on demand."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import serve
from playwright.sync_api import Browser, BrowserContext, Page

from hooks.offline import offline_files

KEPT = "document.documentElement.dataset.offline === 'kept'"
READY = "document.querySelector('decision-wizard').dataset.wizardState === 'ready'"
PATIENCE_S = 180


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def own_site(site: Path, tmp_path: Path) -> Path:
    """A copy of the real site that a test may change."""
    return Path(shutil.copytree(site, tmp_path / "site"))


def pages_of(site: Path) -> list[str]:
    """Addresses of all pages, below the root."""
    found = sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("index.html"))
    assert len(found) > 50
    return found


def until(page: Page, expression: str) -> None:
    """Wait for a JavaScript expression; unlike Playwright's own way this one needs no leave from the page's policy."""
    deadline = time.monotonic() + PATIENCE_S
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, expression
        page.wait_for_timeout(50)


def visit(context: BrowserContext, address: str) -> Page:
    """A visit that lasts until the site is kept."""
    page = context.new_page()
    page.goto(address)
    until(page, KEPT)
    return page


def new_edition(site: Path, page: str, old: str, new: str) -> None:
    """Publish a change: a page, and with it everything that the build makes from pages."""
    path = site / page
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    shutil.rmtree(site / "assets/offline")
    for name, data in offline_files(site).items():
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_bytes(data)


def test_every_page_and_the_wizard_without_a_network(context: BrowserContext, site: Path) -> None:
    with serve(site, "/guide") as address:
        page = visit(context, address)
    for path in pages_of(site):
        page.goto(address + path)
        assert page.locator("h1").first.is_visible(), path
    page.goto(address + "matrix")
    assert page.url == address + "matrix/"
    page.goto(address + "no/such/page/")
    assert "404" in page.content()
    page.goto(address + "wizard/")
    until(page, READY)
    page.goto(address)
    page.locator("[data-md-component=search-query]").press_sequentially("scoring")
    page.locator(".md-search-result__link").first.wait_for()


def test_a_new_edition_replaces_the_old_one_whole(context: BrowserContext, own_site: Path) -> None:
    title = re.search(r"<h1[^>]*>(.*?)<", (own_site / "matrix/index.html").read_text("utf-8"), re.DOTALL)
    assert title
    with serve(own_site, "/guide") as address:
        page = visit(context, address)
        first = page.evaluate("caches.keys()")
        new_edition(own_site, "matrix/index.html", title[1], "Second edition")
        page.goto(address + "matrix/")
        assert page.locator("h1").first.inner_text().startswith("Second edition")  # the network comes first
        until(page, "caches.keys().then((names) => names.length === 2)")
        until(page, "navigator.serviceWorker.getRegistration().then((r) => !r.installing && !r.waiting)")
        assert first[0] in page.evaluate("caches.keys()")  # pages of the old edition may still be open
    page.goto(address + "matrix/")
    assert page.locator("h1").first.inner_text().startswith("Second edition")


def test_a_broken_new_edition_leaves_the_old_one(context: BrowserContext, own_site: Path) -> None:
    with serve(own_site, "/guide") as address:
        page = visit(context, address)
        first = page.evaluate("caches.keys()")
        new_edition(own_site, "matrix/index.html", "<h1", "<h1 data-second")
        (bundle,) = (own_site / "assets/offline").iterdir()
        bundle.write_bytes(bundle.read_bytes()[:1000])
        page.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update()).catch(() => {})")
        until(page, "navigator.serviceWorker.getRegistration().then((r) => !r.installing)")
    page.goto(address + "matrix/")
    assert page.locator("h1").first.get_attribute("data-second") is None
    assert first[0] in page.evaluate("caches.keys()")


def test_the_copy_is_forgotten_on_demand(context: BrowserContext, site: Path) -> None:
    with serve(site, "/guide") as address:
        page = visit(context, address)
        page.evaluate("caches.open('of another site on this origin')")
        page.evaluate(
            """() => {
            const button = Object.assign(document.createElement("button"), {textContent: "Forget"});
            button.dataset.offlineDo = "forget";
            document.body.append(button);
            button.click();
        }"""
        )
        until(page, "document.documentElement.dataset.offline === 'forgotten'")
        assert page.evaluate("caches.keys()") == ["of another site on this origin"]
        page.goto(address)
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
        assert page.evaluate("document.documentElement.dataset.offline") == "forgotten"


def test_storage_denied_is_no_fault(context: BrowserContext, site: Path) -> None:
    context.add_init_script(
        """
        Object.defineProperty(window, "localStorage", {get() { throw new DOMException("denied", "SecurityError"); }});
        navigator.serviceWorker.register = () => Promise.reject(new DOMException("denied", "SecurityError"));
        """
    )
    errors: list[str] = []
    with serve(site, "/guide") as address:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address + "wizard/")
        until(page, READY)
        page.wait_for_timeout(4000)
        assert page.evaluate("document.documentElement.dataset.offline") == "none"
    assert not [error for error in errors if "offline" in error]


def test_reaching_for_the_wizard_fetches_its_runtime(context: BrowserContext, site: Path) -> None:
    context.add_init_script("navigator.serviceWorker.register = () => Promise.reject(new Error('not in this test'))")
    asked: list[str] = []
    with serve(site, "/guide") as address:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address + "matrix/")
        page.wait_for_timeout(300)
        assert not [url for url in asked if url.endswith(".bin")]
        page.locator("a[href$='wizard/']").first.dispatch_event("pointerover")
        until(page, "document.querySelectorAll('link[rel=prefetch]').length === 5")
