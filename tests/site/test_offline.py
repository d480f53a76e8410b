"""The copy that a browser keeps: all pages and the wizard without a network, one edition at a time, gone on demand."""

from __future__ import annotations

import json
import re
import shutil
import threading
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from hooks.offline import make_copies
from tests.support.browser import Handler, answer_until_named, serve, until
from tests.support.sites import real_guide

pytestmark = pytest.mark.xdist_group("site")

READY = 90_000
STATE = "document.documentElement.dataset.offline"
KEPT = f"{STATE} === 'kept'"
CACHES = "caches.keys()"


@pytest.fixture(scope="module")
def few(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few pages of the real site with all that they need: quick to publish anew."""
    folder = tmp_path_factory.mktemp("few")
    for name in ("assets", "search", "wizard", "matrix"):
        shutil.copytree(site / name, folder / name, ignore=shutil.ignore_patterns("*.map", "*.zip"))
    for name in ("index.html", "404.html"):
        shutil.copy(site / name, folder / name)
    make_copies(folder, "few")
    return folder


@pytest.fixture
def own(few: Path, tmp_path: Path) -> Path:
    """A copy of these few pages that a test may change."""
    return Path(shutil.copytree(few, tmp_path / "own"))


def visit(keeping: BrowserContext, address: str) -> Page:
    """A visit that lasts until the site is kept."""
    page = keeping.new_page()
    page.goto(address)
    until(page, KEPT)
    return page


def publish(site: Path, *rounds: dict[Path, tuple[str, str]]) -> None:
    """Change texts in files, and with them what the build makes from them."""
    for path, (old, new) in (change for changes in rounds for change in changes.items()):
        text = path.read_text("utf-8")
        path.write_text(text.replace(old, new), "utf-8")
        assert new in path.read_text("utf-8"), old
    make_copies(site, "few")


def page_types(site: Path) -> list[str]:
    """The first page of each kind, below the root."""
    kinds: dict[tuple[str, ...], str] = {}
    for path in sorted(site.rglob("index.html")):
        name = path.relative_to(site).as_posix().removesuffix("index.html")
        folders = name.split("/")[:-1]
        kinds.setdefault((folders[0], "one") if len(folders) > 1 else tuple(folders), name)
    assert len(kinds) > 12
    return list(kinds.values())


def test_every_page_and_the_wizard_without_a_network_after_one_visit(keeping: BrowserContext, site: Path) -> None:
    asked: list[str] = []
    keeping.on("request", lambda request: asked.append(request.url))
    with serve(site, "/guide") as address:
        page = visit(keeping, address)
    # The server is gone. What pages ask for is recorded all the same.
    for path in page_types(site):
        page.goto(address + path)
        assert page.locator("h1").first.is_visible(), path
        assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--md-primary-fg-color')"), path
    paths = [path.relative_to(site).as_posix() for path in site.rglob("index.html")]
    different = page.evaluate(
        """async (paths) => {
          const digest = async (path) => {
            const bytes = await (await fetch(path)).arrayBuffer();
            return [path, bytes.byteLength];
          };
          return Object.fromEntries(await Promise.all(paths.map((path) => digest(path))));
        }""",
        [address + path for path in paths],
    )
    assert different == {address + path: (site / path).stat().st_size for path in paths}
    page.goto(address + "matrix")
    assert page.url == address + "matrix/"
    assert (page.goto(address + "no/such/page/") or pytest.fail("no page")).status == 404
    page.goto(address + "wizard/")
    page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)
    answer_until_named(page)
    page.goto(address)
    page.locator("[data-md-component=search-query]").press_sequentially(real_guide().options[0].name)
    page.locator(".md-search-result__link").first.wait_for()
    origin = address.removesuffix("guide/")
    assert [url for url in asked if not url.startswith((origin, f"blob:{origin}", "data:"))] == []
    assert any(url.endswith("/sw.js") for url in asked)
    assert any("assets/offline/site-" in url for url in asked)  # the service worker's own requests are among them


def test_a_new_edition_replaces_the_old_one_whole(keeping: BrowserContext, own: Path) -> None:
    title = re.search(r"<h1[^>]*>(.*?)<", (own / "matrix/index.html").read_text("utf-8"), re.DOTALL)
    style = re.search(r"site\.css\?v=[0-9a-f]+", (own / "matrix/index.html").read_text("utf-8"))
    assert title
    assert style
    with serve(own, "/guide") as address:
        page = visit(keeping, address)
        (first,) = page.evaluate(CACHES)
        linking = [path for path in sorted(own.rglob("*.html")) if style[0] in path.read_text("utf-8")]
        changes = dict.fromkeys(linking, (style[0], "site.css?v=22222222"))
        changes[own / "assets/site.css"] = ("}.md-tabs{", "}html{--edition:2}.md-tabs{")
        assert own / "wizard/index.html" not in linking  # its styles are inside
        publish(own, changes | {own / "matrix/index.html": (title[1], "Second edition")}, changes)
        page.goto(address + "matrix/")
        assert edition(page) == ("Second edition", "2")  # the network ranks first, with its own files
        until(page, f"{CACHES}.then((names) => names.length === 2)")
        until(page, "navigator.serviceWorker.getRegistration().then((r) => !r.installing && !r.waiting)")
        # A page of the old edition may still be open, and gets the old edition's files.
        old = page.evaluate("(url) => fetch(url).then((r) => r.text())", f"{address}assets/{style[0]}")
        assert "--edition" not in old
        assert first in page.evaluate(CACHES)
    page.goto(address + "matrix/")
    assert edition(page) == ("Second edition", "2")
    page.goto(address + "compare/")
    assert edition(page)[1] == "2"


def edition(page: Page) -> tuple[str, str]:
    """What the page says, and which style sheet it has."""
    heading = page.locator("h1").first.inner_text()
    style = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--edition').trim()")
    return heading.removesuffix("¶").strip(), style


def test_a_page_that_the_copy_does_not_fit_gets_no_file_from_it(keeping: BrowserContext, few: Path) -> None:
    """The network brought a newer page and went away: its style is missing, which shows; an old one would not."""
    with serve(few, "/guide") as address:
        page = visit(keeping, address)
    got = page.evaluate(
        "(urls) => Promise.all(urls.map((url) => fetch(url).then((r) => r.status, () => 'no network')))",
        [f"{address}assets/site.css?v=99999999", f"{address}assets/mark.svg"],
    )
    assert got == ["no network", 200]


def test_a_page_of_the_copy_takes_its_files_from_the_copy(keeping: BrowserContext, own: Path) -> None:
    """The network is too slow for pages, and quick with the files of a newer edition: they are not mixed."""
    slow = threading.Event()

    class Slow(Handler):
        """Delays every page that is asked for; lets no browser cache a file on its own."""

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "no-store")
            super().end_headers()

        def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
            if slow.is_set() and self.path.endswith("/"):
                ended.wait(60)
            super().do_GET()

    ended = threading.Event()
    with serve(own, "/guide", base=Slow) as address:
        page = visit(keeping, address)
        style = own / "assets/site.css"
        style.write_text(style.read_text("utf-8") + "html { --edition: 2; }", "utf-8")
        slow.set()
        page.goto(address + "matrix/")
        assert edition(page)[1] == ""
        ended.set()


@pytest.mark.parametrize("what", ["cut", "another"])
def test_a_broken_new_edition_leaves_the_old_one(keeping: BrowserContext, own: Path, what: str) -> None:
    """Cut short, or a login page in place of the bundle: nothing of it is kept."""
    with serve(own, "/guide") as address:
        page = visit(keeping, address)
        first = page.evaluate(CACHES)
        publish(own, {own / "matrix/index.html": ("<h1", "<h1 data-second")})
        (bundle,) = (own / "assets/offline").glob("site-*.bin")
        bundle.write_bytes(bundle.read_bytes()[:1000] if what == "cut" else b"<!doctype html><title>Log in</title>")
        page.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update()).catch(() => {})")
        until(page, "navigator.serviceWorker.getRegistration().then((r) => !r.installing)")
    page.goto(address + "matrix/")
    assert page.locator("h1").first.get_attribute("data-second") is None
    assert first[0] in page.evaluate(CACHES)


def test_the_copy_is_forgotten_and_kept_again_by_keyboard(keeping: BrowserContext, few: Path) -> None:
    with serve(few, "/guide") as address:
        page = visit(keeping, address)
        page.evaluate("caches.open('of another site on this origin')")
        sizes = json.loads((few / "assets/offline/sizes.json").read_text("utf-8"))
        foot = page.locator("[data-offline-panel]")
        expect(foot).to_contain_text(f"Saved for offline use in this browser ({sizes['copy'] / 1e6:.1f} MB)")
        button = page.get_by_role("button", name="Delete offline copy")
        button.focus()
        page.keyboard.press("Enter")
        button = page.get_by_role("button", name="Save offline copy")
        expect(button).to_be_focused()
        until(page, f"{CACHES}.then((names) => !names.some((name) => /^(site|python) /.test(name)))")
        assert "of another site on this origin" in page.evaluate(CACHES)
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
        # The wish lasts: neither the next page nor the wizard keeps anything.
        page.goto(address + "wizard/")
        page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)
        until(page, f"{STATE} === 'offered'")
        page.wait_for_timeout(2500)  # as long as the wizard waits before it keeps its memory
        assert not [name for name in page.evaluate(CACHES) if name.startswith(("site", "python"))]
        button = page.get_by_role("button", name="Save offline copy")
        button.focus()
        page.keyboard.press("Space")
        until(page, KEPT)
    page.goto(address + "matrix/")
    assert page.locator("h1").first.is_visible()


def test_a_visitor_who_saves_data_is_asked(keeping: BrowserContext, few: Path) -> None:
    keeping.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    with serve(few, "/guide") as address:
        page = keeping.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        until(page, f"{STATE} === 'offered'")
        page.locator("a[href*='wizard/']").first.dispatch_event("pointerover")
        expect(page.get_by_role("button", name="Save offline copy")).to_be_visible()
        assert not [url for url in asked if url.endswith((".bin", "sw.js"))]


def test_the_wizards_bar_leaves_the_foot_in_reach(browser: Browser, few: Path) -> None:
    with (
        serve(few, "/guide") as address,
        browser.new_context(viewport={"width": 390, "height": 700}, service_workers="allow") as keeping,
    ):
        page = keeping.new_page()
        page.goto(address + "wizard/")
        until(page, KEPT)
        page.evaluate("scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'})")
        page.get_by_role("button", name="Delete offline copy").click(timeout=5000)  # fails when something covers it
        until(page, f"{STATE} === 'offered'")


ARRIVED = """() => performance.getEntriesByType('resource')
  .filter((one) => one.name.endsWith('.bin') && one.responseEnd > 0).length === 5"""


def test_reaching_for_the_wizard_fetches_its_runtime_once(keeping: BrowserContext, few: Path) -> None:
    keeping.add_init_script("Object.defineProperty(navigator, 'serviceWorker', {value: undefined})")
    sent: list[str] = []

    class Counting(Handler):
        """Notes which parts of the runtime leave the host."""

        def log_request(self, code: object = "-", size: object = "-") -> None:
            if ".bin" in self.path and code == HTTPStatus.OK:
                sent.append(re.sub(r".*/|-[0-9a-f]+\.bin$", "", self.path))

    with serve(few, "/guide", base=Counting) as address:
        page = keeping.new_page()
        page.goto(address + "matrix/")
        page.wait_for_load_state("networkidle")
        assert sent == []
        page.locator("a[href*='wizard/']").first.hover()
        until(page, ARRIVED)  # a part that is still on its way is given up when the visitor goes on
        assert sorted(sent) == ["app", "loader", "python", "stdlib", "wizard"]
        page.goto(address + "wizard/")
        page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)
        assert len([part for part in sent if part != "image"]) == 5
