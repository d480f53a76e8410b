"""What hosts, proxies and browsers do to the site, and what the visitor sees then: hosts that unpack or relabel files,
files that are missing or replaced by a host's page, two editions at once, no room to keep anything, wrong clocks."""

from __future__ import annotations

import datetime
import gzip
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, ClassVar

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from hooks import ROOT
from selector.case.answers import check_case
from selector.case.link import encode
from tests.support.browser import Handler, answer_until_named, serve, until
from tests.support.sites import build_site, second_guide, shared_folder

pytestmark = pytest.mark.xdist_group("second")

READY = 90_000
GUIDE = ROOT / "tests" / "guides" / "second.yml"
STATE = "document.documentElement.dataset.offline"


@pytest.fixture(scope="module")
def address(second_site: Path) -> Iterator[str]:
    with serve(second_site, "/guide") as root:
        yield root


QUESTION = second_guide().questions[0]
LINK = encode(check_case(second_guide(), {QUESTION.id: QUESTION.answers[0].id}), second_guide().revision)


def ready(page: Page) -> None:
    page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)


# Hosts that look at the names of files


class Labelled(Handler):
    """A host that takes *.bin for files that it has compressed, and says so."""

    def end_headers(self) -> None:
        if self.path.endswith(".bin"):
            self.send_header("Content-Encoding", "gzip")
        super().end_headers()


class Unpacking(Handler):
    """A host or a proxy that unpacks what is packed."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        path = Path(self.translate_path(self.path.partition("?")[0]))
        if path.suffix != ".bin" or not path.is_file():
            return super().send_head()
        body = gzip.decompress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)


@pytest.mark.parametrize("host", [Labelled, Unpacking])
def test_a_host_may_unpack_files_or_let_the_browser_do_it(
    keeping: BrowserContext, second_site: Path, host: type[Handler]
) -> None:
    with serve(second_site, "/guide", base=host) as root:
        page = keeping.new_page()
        page.goto(f"{root}wizard/")
        ready(page)
        until(page, f"{STATE} === 'kept'")
    page.goto(f"{root}wizard/")  # from the copy: the host is gone
    ready(page)
    page.goto(f"{root}matrix/")
    expect(page.locator("h1")).to_be_visible()


# Scripts that are missing, blocked, or a host's page


def missing(route: Route) -> None:
    route.fulfill(status=404, content_type="text/html", body="<!doctype html><title>Not found</title>")


def blocked(route: Route) -> None:
    route.abort("blockedbyclient")


def fault_page(route: Route) -> None:
    """A proxy that answers 200 and calls its page a script."""
    route.fulfill(status=200, content_type="text/javascript", body="<!doctype html><title>Blocked by policy</title>")


def empty(route: Route) -> None:
    route.fulfill(status=200, content_type="text/javascript", body="")


@pytest.mark.parametrize("fault", [missing, blocked, fault_page, empty])
def test_without_its_script_the_wizard_says_so_and_try_again_asks_past_the_caches(
    context: BrowserContext, address: str, fault: object
) -> None:
    page = context.new_page()
    page.route("**/assets/wizard.js*", fault)
    page.goto(f"{address}wizard/")
    page.wait_for_selector('[data-wizard-state="failed"]', timeout=READY)
    box = page.locator(".dw-failed")
    expect(box).to_contain_text("The script assets/wizard.js is missing or was blocked: answers have no effect.")
    expect(box.get_by_role("link", name="matrix")).to_be_visible()
    page.unroute("**/assets/wizard.js*")
    box.get_by_role("button", name="Try again").click()
    ready(page)


@pytest.mark.parametrize(
    ("path", "pattern", "name", "fault"),
    [
        ("matrix/", "**/assets/matrix.js*", "assets/matrix.js", missing),
        ("compare/", "**/assets/compare.js*", "assets/compare.js", fault_page),
        ("wizard/", "**/assets/offline.js*", "assets/offline.js", blocked),
        ("", "**/assets/theme.js*", "assets/theme.js", fault_page),
        ("", "**/javascripts/bundle*.js", "javascripts/bundle", missing),
        ("", "**/javascripts/bundle*.js", "javascripts/bundle", blocked),
    ],
)
def test_a_page_says_which_of_its_scripts_is_missing(
    context: BrowserContext, address: str, path: str, pattern: str, name: str, fault: object
) -> None:
    page = context.new_page()
    page.route(pattern, fault)
    page.goto(address + path)
    box = page.locator("[data-script-lost]")
    expect(box).to_contain_text(f"The script {name}", timeout=READY)
    expect(box).to_contain_text("You can read the page, but some of its buttons have no effect.")
    page.unroute(pattern)
    box.get_by_role("button", name="Load again").click()
    expect(page.locator("h1").first).to_be_visible()
    expect(box).to_have_count(0)


@pytest.mark.parametrize("script", ["assets/theme.js", "assets/offline.js", "javascripts/bundle"])
@pytest.mark.parametrize("fault", [missing, fault_page, blocked])
def test_the_wizard_works_without_the_other_scripts(
    context: BrowserContext, address: str, script: str, fault: object
) -> None:
    page = context.new_page()
    page.route(f"**/{script}*.js*" if script.endswith("bundle") else f"**/{script}*", fault)
    page.goto(f"{address}wizard/#{LINK}")
    ready(page)
    expect(page.locator("[data-script-lost]")).to_contain_text("some of its buttons have no effect")
    expect(page.locator("[data-opening]")).to_have_count(0)
    expect(page.locator(".dw-form")).to_be_visible()
    expect(page.locator(".dw-failed")).to_be_hidden()


# Browsers of former years

LACKS = {
    "DecompressionStream": "delete self.DecompressionStream",
    "TransformStream": "delete self.TransformStream",
    "exceptions of WebAssembly": "delete WebAssembly.Tag",
    "inert": "delete HTMLElement.prototype.inert",
    "Array.at": "delete Array.prototype.at",
}


@pytest.mark.parametrize("feature", LACKS)
def test_a_browser_that_lacks_a_feature_is_told_so(context: BrowserContext, address: str, feature: str) -> None:
    page = context.new_page()
    page.add_init_script(LACKS[feature])
    page.goto(f"{address}wizard/")
    page.wait_for_selector('[data-wizard-state="failed"]', timeout=READY)
    said = f"This browser is too old: it lacks {feature}. Recommendations need Chrome or Edge 102, Firefox 113, Safari 16.4"
    expect(page.locator(".dw-failed")).to_contain_text(said)
    expect(page.locator(".dw-failed").get_by_role("link", name="matrix")).to_be_visible()


def test_a_browser_that_cannot_read_the_scripts_is_too_old_for_them(context: BrowserContext, address: str) -> None:
    """It has no elements of one's own either. Nothing is missing or blocked."""
    page = context.new_page()
    page.add_init_script("delete self.DecompressionStream; delete self.customElements")
    unread = "class Wizard { #private() {} static { new syntax } }"
    page.route("**/assets/*.js*", lambda route: route.fulfill(content_type="text/javascript", body=unread))
    for path, box in (("wizard/", ".dw-failed"), ("matrix/", "[data-script-lost]")):
        page.goto(address + path)
        expect(page.locator(box)).to_contain_text("This browser is too old: it lacks DecompressionStream.")
        expect(page.locator(box)).not_to_contain_text("blocked")


def test_the_script_that_says_so_is_read_by_old_browsers(second_site: Path) -> None:
    page = (second_site / "wizard/index.html").read_text("utf-8")
    (script,) = re.findall(r"<script>(?=\s+// A script that is missing)(.*?)</script>", page, re.DOTALL)
    code = re.sub(r'//.*|"[^"]*"', "", script)
    assert not re.search(r"=>|`|\?\.|\?\?|\.\.\.|\b(?:let|const|class|async|await|of)\b|catch \{", code)


def test_all_scripts_there_says_nothing(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    for path in ("", "wizard/", "matrix/", "compare/", "no/such/page"):
        page.goto(address + path)
        page.wait_for_load_state("load")
        expect(page.locator("[data-script-lost]")).to_have_count(0)


@pytest.mark.parametrize("pattern", ["**/manifest.json*", "**/app-*.bin"])
def test_a_proxys_page_in_place_of_a_part_is_said(context: BrowserContext, address: str, pattern: str) -> None:
    page = context.new_page()
    page.route(
        pattern, lambda route: route.fulfill(status=200, content_type="text/html", body="<!doctype html><p>Denied")
    )
    page.goto(f"{address}wizard/")
    page.wait_for_selector('[data-wizard-state="failed"]', timeout=READY)
    expect(page.locator("[data-why]")).to_contain_text("a web page came in its place")
    page.unroute(pattern)
    page.get_by_role("button", name="Try again").click()
    ready(page)


class Busy(Handler):
    """A host that has no time at the first request for a file of the runtime."""

    asked: ClassVar[set[str]] = set()

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        if "/assets/runtime/" not in self.path or self.path in self.asked:
            return super().send_head()
        self.asked.add(self.path)
        self.send_response(503)
        self.send_header("Content-Length", "0")
        self.end_headers()
        return None


def test_a_host_that_has_no_time_at_first_is_asked_again(context: BrowserContext, second_site: Path) -> None:
    Busy.asked.clear()
    with serve(second_site, "/guide", base=Busy) as root:
        page = context.new_page()
        page.goto(f"{root}wizard/")
        ready(page)
    assert any("manifest.json" in path for path in Busy.asked)
    assert any(path.endswith(".bin") for path in Busy.asked)


# Two editions


class Caching(Handler):
    """Everything may be kept for ten minutes, as GitHub Pages says."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


@pytest.fixture(scope="module")
def next_edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second guide a day later: a question has another text, and so has every part that holds it."""
    folder = shared_folder(tmp_path_factory)
    guide = folder / "next.yml"
    text = GUIDE.read_text("utf-8")
    title = re.search(r"^questions:.*?text: ([^\n]+)$", text, re.DOTALL | re.MULTILINE)
    assert title
    guide.write_text(text[: title.start(1)] + "Something new?" + text[title.end(1) :], "utf-8")
    return build_site(folder / "next", GUIDE=str(guide))


@pytest.fixture
def hosted(second_site: Path, tmp_path: Path) -> Path:
    """A copy of the second site that a test may replace."""
    return Path(shutil.copytree(second_site, tmp_path / "hosted"))


def deploy(hosted: Path, edition: Path) -> None:
    shutil.rmtree(hosted)
    shutil.copytree(edition, hosted)


@pytest.mark.parametrize("answered", [False, True])
def test_a_visit_that_broke_off_before_a_deploy_goes_on_after_it(
    keeping: BrowserContext, hosted: Path, next_edition: Path, answered: bool
) -> None:
    with serve(hosted, "/guide", base=Caching) as root:
        page = keeping.new_page()
        page.route("**/*.bin", lambda route: route.abort("connectionreset"))
        page.goto(f"{root}wizard/")
        page.wait_for_selector('[data-wizard-state="failed"]', timeout=READY)
        page.unroute("**/*.bin")
        deploy(hosted, next_edition)
        if answered:  # before it has been loaded anew: the answer must not be lost
            page.locator("input[type=radio][data-question]").first.check()
            page.get_by_role("button", name="Try again").click()
        else:
            page = keeping.new_page()
            page.goto(f"{root}wizard/")  # page and manifest come from the browser's cache
        ready(page)
        expect(page.locator("decision-wizard form")).to_contain_text("Something new?")
        expect(page.locator(".dw-failed")).to_be_hidden()
        if answered:
            assert page.locator("input[type=radio][data-question]").first.is_checked()
            until(page, "location.hash.includes('=')")


def test_an_update_that_is_half_way_is_said(keeping: BrowserContext, hosted: Path, next_edition: Path) -> None:
    """The host has new parts and old pages: nothing is mixed, nothing goes round in circles."""
    page_before = (hosted / "wizard/index.html").read_bytes()
    deploy(hosted, next_edition)
    (hosted / "wizard/index.html").write_bytes(page_before)
    with serve(hosted, "/guide", base=Caching) as root:
        page = keeping.new_page()
        page.goto(f"{root}wizard/")
        page.wait_for_selector('[data-wizard-state="failed"]', timeout=READY)
        expect(page.locator("[data-why]")).to_contain_text("The site is being updated: please try again in a minute.")
        (hosted / "wizard/index.html").write_bytes((next_edition / "wizard/index.html").read_bytes())
        page.get_by_role("button", name="Try again").click()
        ready(page)
        expect(page.locator("decision-wizard form")).to_contain_text("Something new?")


def test_two_tabs_with_two_editions_both_go_on(keeping: BrowserContext, hosted: Path, next_edition: Path) -> None:
    with serve(hosted, "/guide", base=Caching) as root:
        old = keeping.new_page()
        old.goto(f"{root}wizard/")
        ready(old)
        until(old, f"{STATE} === 'kept'")
        deploy(hosted, next_edition)
        new = keeping.new_page()
        new.goto(f"{root}matrix/")
        new.evaluate("fetch(location.href.replace('matrix', 'wizard'), { cache: 'reload' })")
        new.goto(f"{root}wizard/")
        ready(new)
        until(new, f"{STATE} === 'kept'")
        for page, words in ((old, False), (new, True), (old, False)):
            page.bring_to_front()
            first, second = page.locator("input[type=radio][data-question]").all()[:2]
            (second if first.is_checked() else first).check()
            until(page, "!document.querySelector('[data-stale]')")
            assert page.evaluate("document.querySelector('decision-wizard').dataset.wizardState") == "ready"
            assert ("Something new?" in page.locator("decision-wizard form").inner_text()) == words
        old.reload()  # the link of the old edition, read by the new one
        ready(old)
        expect(old.locator("decision-wizard form")).to_contain_text("Something new?")
        expect(old.locator(".dw-notice")).to_contain_text("This link was created with an older version of the data")


# No room, no leave, no right time


def test_a_full_disk_is_said_and_leaves_all_else_working(keeping: BrowserContext, address: str) -> None:
    page = keeping.new_page()
    origin = re.match(r"https?://[^/]+", address)
    assert origin
    keeping.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", {"origin": origin[0], "quotaSize": 200_000})
    page.goto(f"{address}wizard/")
    ready(page)
    until(page, f"{STATE} === 'offered'")
    page.get_by_role("button", name="Save offline copy").click()
    foot = page.locator("[data-offline-panel]")
    expect(foot).to_contain_text(
        "The offline copy could not be saved. This browser has no room for it, or does not allow it."
    )
    assert page.evaluate("caches.keys()") == [] or "site" not in page.evaluate("caches.keys()")[0]
    page.locator("input[type=radio][data-question]").first.check()
    until(page, "!document.querySelector('[data-stale]')")


def test_a_denied_cache_leaves_all_else_working(keeping: BrowserContext, address: str) -> None:
    """As in some private windows: the names are there, every use is refused."""
    keeping.add_init_script(
        "for (const name of ['open', 'has', 'keys', 'match', 'delete']) CacheStorage.prototype[name] = () =>"
        " Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'));"
    )
    page = keeping.new_page()
    page.goto(f"{address}wizard/")
    ready(page)
    until(page, f"{STATE} === 'none'")
    expect(page.get_by_role("button", name="Save offline copy")).to_be_hidden()


@pytest.mark.parametrize("year", [1999, 2041])
def test_a_clock_that_is_years_off(context: BrowserContext, address: str, year: int) -> None:
    """All works; a record is never dated before the data that it was made from."""
    page = context.new_page()
    page.clock.set_fixed_time(datetime.datetime(year, 5, 6, 12))
    page.goto(f"{address}wizard/")
    ready(page)
    answer_until_named(page)
    with page.expect_download() as saved:
        page.locator("[data-save=decision]").first.dispatch_event("click")
    decision = json.loads(Path(saved.value.path()).read_text("utf-8"))
    built = page.locator("decision-wizard").get_attribute("data-built")
    assert built and re.fullmatch(r"\d{4}-\d\d-\d\d", built)
    assert f"{year}-05-06" == decision["date"] if year > 2040 else decision["date"] == built
