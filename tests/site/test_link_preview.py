"""A link like a worked example shows that example's recommendation, marked as a preview, until its own has come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from selector import Guide
from selector.case.answers import check_case
from selector.case.link import encode
from tests.support.browser import WATCH, Handler, serve, unmoved, until
from tests.support.sites import second_guide

pytestmark = pytest.mark.xdist_group("second")

READY = 90_000
LEADER = "[data-region=leader]"


@pytest.fixture(scope="module")
def guide() -> Guide:
    return second_guide()


class Held(Handler):
    """Lets no part of the runtime go before it is told to; `held` are ends of other paths that wait too."""

    go: Event
    held: tuple[str, ...] = (".bin",)

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        if self.path.partition("?")[0].endswith(self.held):
            self.go.wait(60)
        super().do_GET()


@pytest.fixture
def go() -> Event:
    return Event()


@pytest.fixture
def address(second_site: Path, go: Event) -> Iterator[str]:
    with serve(second_site, "/guide", base=type("Host", (Held,), {"go": go})) as root:
        yield root


def opened(context: BrowserContext, address: str, link: str) -> Page:
    """The wizard with a link, while its runtime is held back."""
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{address}wizard/#{link}")
    page.wait_for_selector("[data-opening]")
    return page


def until_done(page: Page) -> None:
    page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)
    until(page, "!document.querySelector('[data-stale], [data-opening]')")


def link_of(guide: Guide, answers: dict[str, object]) -> str:
    return encode(check_case(guide, answers, notices=[]), guide.revision)


def test_a_link_like_an_example_shows_its_result_at_once_and_then_its_own(
    context: BrowserContext, address: str, guide: Guide, go: Event
) -> None:
    example = guide.data["examples"][1]
    page = opened(context, address, link_of(guide, example["answers"]))
    expect(page.get_by_text("You can start answering")).to_be_hidden()
    leader = page.locator(LEADER)
    expect(leader).to_contain_text(f"Preview from the example “{example['title']}”, which has the same answers.")
    expect(leader.locator("h2")).to_have_text("Preview from an example")
    shown, place = leader.locator("h3").inner_text(), leader.locator("h3").bounding_box()
    assert page.locator(".dw-form").evaluate("(form) => form.inert")  # its answers are not in yet
    links = leader.locator("a[href]").evaluate_all("(all) => all.map((link) => link.href)")
    assert all(link.startswith(address) for link in links if "//127.0.0.1" in link)
    for link in {link.partition("#")[0] for link in links if link.startswith(address)}:
        assert page.request.get(link).ok, link
    go.set()
    until_done(page)
    expect(leader).not_to_contain_text("Preview from")
    assert leader.locator("h3").inner_text() == shown
    assert leader.locator("h3").bounding_box() == place
    unmoved(page, 0.1)
    assert page.evaluate("window.wrong") == []


def test_a_link_with_an_examples_core_answers_says_that_these_are_the_same(
    context: BrowserContext, address: str, guide: Guide, go: Event
) -> None:
    example = guide.data["examples"][1]
    weight = f"w.{guide.data['criteria'][0]['id']}=20"  # all answers of this guide's examples are core answers
    page = opened(context, address, f"{link_of(guide, example['answers'])}&{weight}")
    said = f"Preview from the example “{example['title']}”, which has the same core answers."
    expect(page.locator(LEADER)).to_contain_text(said)
    go.set()
    until_done(page)
    expect(page.locator(LEADER)).not_to_contain_text("Preview from")
    unmoved(page, 0.1)


def test_a_link_like_no_example_shows_none(context: BrowserContext, address: str, guide: Guide, go: Event) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = opened(context, address, link_of(guide, {guide.core[0]: guide.question(guide.core[0]).answers[1].id}))
    go.set()
    until_done(page)
    expect(page.locator(".dw-foretold")).to_have_count(0)
    assert not [url for url in asked if "/assets/examples/" in url]


def test_the_preview_waits_for_no_script_and_no_style_sheet(
    context: BrowserContext, second_site: Path, guide: Guide, go: Event
) -> None:
    held = {"go": go, "held": (".bin", ".js", ".css")}
    example = guide.data["examples"][1]
    page = context.new_page()
    page.add_init_script(WATCH)
    page.set_viewport_size({"width": 412, "height": 915})
    with serve(second_site, "/guide", base=type("Host", (Held,), held)) as root:
        page.goto(f"{root}wizard/#{link_of(guide, example['answers'])}", wait_until="commit")
        leader = page.locator(LEADER)
        expect(leader).to_contain_text("Preview from the example")
        expect(leader.locator("h3")).to_be_in_viewport()
        expect(page.locator(".dw-form")).to_be_hidden()  # on a narrow screen the result is in its place
        assert page.evaluate("getComputedStyle(document.querySelector('.dw-foretold')).fontSize") != "16px"
        go.set()
        until_done(page)
    expect(leader).not_to_contain_text("Preview from")
    expect(leader.locator("h3")).to_be_in_viewport()
    unmoved(page)
    assert page.evaluate("window.wrong") == []


def test_on_a_phone_the_result_has_nothing_of_the_questions_above_it(
    context: BrowserContext, address: str, guide: Guide, go: Event
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}wizard/#{link_of(guide, guide.data['examples'][1]['answers'])}")
    page.wait_for_selector("[data-foretold]")
    expect(page.get_by_role("button", name="Back to questions")).to_be_hidden()  # they are not filled yet
    go.set()
    until_done(page)
    of_questions = [page.locator(".wizard-intro"), page.locator(".dw-reader-zone")]
    for place in of_questions:
        expect(place).to_be_hidden()
    page.get_by_role("button", name="Back to questions").click()
    for place in of_questions:
        expect(place).to_be_in_viewport()


def test_what_python_needs_to_start_comes_first(context: BrowserContext, second_site: Path) -> None:
    go, asked = Event(), list[str]()
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2].partition("-")[0]))
    held = {"go": go, "held": tuple(path.name for path in second_site.glob("assets/runtime/python-*.bin"))}
    with serve(second_site, "/guide", base=type("Host", (Held,), held)) as root:
        with page.expect_request("**/stdlib-*"):
            page.goto(f"{root}wizard/")
        page.wait_for_timeout(1500)  # whatever else it might ask for
        assert {"python", "loader", "stdlib"} <= set(asked)
        assert not {"app", "wizard", "image"} & {name for name in asked if not name.endswith(".js")} - {"wizard.js"}
        go.set()
        until_done(page)
    assert "app" in asked


def test_a_preview_that_does_not_come_keeps_nothing_back(
    context: BrowserContext, second_site: Path, guide: Guide, go: Event
) -> None:
    page = context.new_page()
    link = link_of(guide, guide.data["examples"][1]["answers"])
    with serve(second_site, "/guide", base=type("Host", (Held,), {"go": go, "held": (".txt",)})) as root:
        page.goto(f"{root}wizard/#{link}", wait_until="commit")
        expect(page.locator("h1")).to_be_visible()
        until_done(page)
        expect(page.locator(f"{LEADER} h3")).to_be_visible()
        expect(page.locator(".dw-foretold")).to_have_count(0)
        go.set()
        page.wait_for_timeout(300)
        expect(page.locator(".dw-foretold")).to_have_count(0)  # it comes too late
