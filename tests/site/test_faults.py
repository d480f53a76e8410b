"""What a visitor sees when the calculator cannot be loaded, and how it goes on. The worker's own faults, part by part,
are in test_runtime.py; missing files and WebAssembly switched off in test_wizard_chromium.py."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from selector import recommend, recommendation_data
from selector.case.answers import check_case
from selector.case.link import encode
from tests.support.browser import QUIET, Handler, serve, system_chromium, until
from tests.support.real_guide import guide_data, real_guide

pytestmark = pytest.mark.xdist_group("wizard")

READY = 90_000
QUESTIONS = guide_data()["questions"]
ANSWERS = {QUESTIONS[0]["id"]: QUESTIONS[0]["answers"][1]["id"]}
LINK = encode(check_case(real_guide(), ANSWERS, notices=[]), real_guide().revision)
KEEP_RESULTS = "window.results = []; document.addEventListener('wizard:result', (e) => window.results.push(e.detail));"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    context.add_init_script(KEEP_RESULTS)
    yield context
    context.close()


def failure(page: Page) -> str:
    """What the wizard says about its failure; the ways on must stand beside it."""
    page.wait_for_selector('[data-wizard-state="failed"]', timeout=READY)
    box = page.locator(".dw-failed")
    expect(box).to_contain_text("The recommendation engine could not be loaded.")
    for name in ("examples with recommendations", "matrix"):
        expect(box.get_by_role("link", name=name)).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    return page.locator("[data-why]").inner_text()


def cut(route: Route) -> None:
    body = route.fetch().body()
    route.fulfill(status=200, body=body[: len(body) // 2])


def log_in(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body="<!doctype html><title>Welcome to the Wi-Fi</title>")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (lambda route: route.fulfill(status=404), "the server answered 404"),
        (lambda route: route.abort("internetdisconnected"), "Failed to fetch"),
        (cut, r"\d+ bytes instead of \d+"),
        (log_in, "a web page came in its place.+"),
    ],
    ids=["missing", "disconnected", "cut", "another"],
)
def test_a_faulty_file_is_named_with_its_fault(context: BrowserContext, served: str, fault: object, said: str) -> None:
    page = context.new_page()
    page.route("**/stdlib-*.bin", fault)
    page.goto(f"{served}wizard/")
    assert re.fullmatch(f"The part “stdlib” did not load: {said}\\.", failure(page))


def test_a_blocked_worker_is_said(context: BrowserContext, served: str) -> None:
    def forbid(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers=answer.headers | {"Content-Security-Policy": "worker-src 'none'"})

    page = context.new_page()
    page.route("**/wizard/", forbid)
    page.goto(f"{served}wizard/")
    assert failure(page) == "The file assets/worker.js is missing or was blocked."


def test_a_worker_that_never_comes_is_said(context: BrowserContext, served: str) -> None:
    page = context.new_page()
    page.clock.install()
    page.route("**/assets/worker.js*", lambda route: None)  # it is held for ever
    page.goto(f"{served}wizard/#{LINK}")
    until(page, "document.querySelector('decision-wizard').dataset.wizardState === 'loading'")
    page.clock.fast_forward(31_000)
    assert failure(page) == "The server did not send the file assets/worker.js."


def test_answers_wait_for_those_of_a_link_after_a_failure(context: BrowserContext, served: str) -> None:
    page = context.new_page()
    page.route("**/manifest.json*", lambda route: route.fulfill(status=404))
    page.goto(f"{served}wizard/#{LINK}")
    assert failure(page) == "The part “manifest” did not load: the server answered 404."
    expect(page.locator("[data-waiting]")).to_be_visible()
    assert page.locator(".dw-form").evaluate("(form) => form.inert")
    page.unroute("**/manifest.json*")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)
    assert until(page, "window.results.at(-1)")["answers"] == ANSWERS
    assert not page.locator(".dw-form").evaluate("(form) => form.inert")


class Dying(Handler):
    """A network that goes away in the middle of the largest file, until the test brings it back."""

    alive = threading.Event()

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        if self.alive.is_set() or "/assets/runtime/" not in self.path:
            super().do_GET()
        elif "/python-" in self.path and not self.headers.get("Cache-Control"):  # a retry goes past caches
            data = Path(self.translate_path(self.path)).read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data[: len(data) // 2])
            self.close_connection = True
        elif "/python-" in self.path:
            self.close_connection = True
        else:
            super().do_GET()


def test_a_network_that_dies_in_the_middle_is_said_and_the_answer_is_not_lost(
    context: BrowserContext, site: Path
) -> None:
    Dying.alive.clear()
    with serve(site, "/guide", base=Dying) as address:
        page = context.new_page()
        page.goto(f"{address}wizard/")
        assert re.fullmatch(r"The part “python” did not load: .+\.", failure(page))
        first, second = QUESTIONS[0], QUESTIONS[0]["answers"][1]["id"]
        page.locator(f'[data-question="{first["id"]}"][data-answer="{second}"]').check()
        Dying.alive.set()
        page.get_by_role("button", name="Try again").click()
        page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)
        assert until(page, "window.results.at(-1)")["answers"] == {first["id"]: second}


def test_of_twenty_changes_while_it_loads_the_last_one_counts(context: BrowserContext, served: str) -> None:
    page = context.new_page()
    held: list[Route] = []
    page.route("**/python-*.bin", lambda route: held.append(route))  # noqa: PLW0108 - it must be a function
    page.goto(f"{served}wizard/")
    until(page, "document.querySelector('decision-wizard').dataset.wizardState === 'loading'")
    expect(page.locator("[data-loaded]")).to_have_text(re.compile(r"^\d\.\d of \d\.\d MB$"))  # progress, in bytes
    said = page.evaluate(
        """() => {
          const inputs = [...document.querySelectorAll('[data-question][type=radio]')].slice(0, 7);
          for (let change = 0; change < 20; change++) inputs[(change * 3) % 7].click();
          return Object.fromEntries([...document.querySelectorAll('[data-question]:checked')]
            .map((input) => [input.dataset.question, input.dataset.answer]));
        }"""
    )
    assert page.evaluate("window.results.length") == 0
    while not held:
        page.wait_for_timeout(20)
    for route in held:
        route.continue_()
    shown = until(page, "window.results.at(-1)")
    assert shown == json.loads(json.dumps(recommendation_data(recommend(real_guide(), said))))
    until(page, "!document.querySelector('[data-stale]')")
    assert page.evaluate("window.results.length") == 1  # the nineteen before it were never worked out


def test_storage_denied_leaves_a_working_wizard(browser: Browser, site: Path, tmp_path: Path) -> None:
    """A visitor who blocks all site data: nothing is kept, nothing is offered, nothing breaks."""
    profile = tmp_path / "profile" / "Default"
    profile.mkdir(parents=True)
    blocked = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (profile / "Preferences").write_text(json.dumps(blocked), "utf-8")
    chromium = browser.browser_type
    with serve(site, "/guide") as address:
        context = chromium.launch_persistent_context(
            str(profile.parent), executable_path=system_chromium(), args=list(QUIET), headless=True
        )
        errors: list[str] = []
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.add_init_script(KEEP_RESULTS)
        page.goto(f"{address}wizard/")
        assert page.evaluate("caches.keys().then(() => 'allowed', () => 'denied')") == "denied"
        page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)
        page.locator("[data-question][type=radio]").first.check()
        until(page, "window.results.length")
        expect(page.locator("[data-size=zip]")).to_contain_text(re.compile(r"\d MB"))  # the foot has had its turn
        until(page, "document.documentElement.dataset.offline === 'none'")
        page.locator("[data-md-component=search-query]").press_sequentially(real_guide().options[0].name)
        page.locator(".md-search-result__link").first.wait_for()
        expect(page.get_by_role("button", name=re.compile("copy$"))).to_have_count(0)
        context.close()
    assert errors == []
