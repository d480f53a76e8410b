"""A trade-off answered where it is too close to call, and answers saved as cases and put side by side, in a real browser."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page, expect

from selector import recommend
from selector.analysis.steps import Analysis
from selector.case.link import encode
from tests.support.axe import faults_of_comparison
from tests.support.browser import WATCH
from tests.support.real_guide import real_guide

pytestmark = pytest.mark.xdist_group("reader")

READY = 180_000
"""Milliseconds that a slow machine may take to start Python and to work out all figures."""

DENIED = (
    "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });"
)


@cache
def close_link() -> str:
    """A share link by which two are so close that a trade-off is asked: most of an example's answers, two of another's."""
    guide = real_guide()
    examples = [example["answers"] for example in guide.data["examples"]]
    for seed in range(10, 500):
        random = Random(seed)
        answers = {name: said for name, said in random.choice(examples).items() if random.random() < 0.75}
        other = random.choice(examples)
        answers.update({name: other[name] for name in random.sample(sorted(other), min(2, len(other)))})
        result = recommend(guide, answers, lenient=True)
        if Analysis(result).until_settled().trade_off is not None:
            return encode(result.case, guide.revision)
    raise AssertionError("nothing is close in this guide")


def test_a_trade_off_is_answered_changed_and_taken_back_and_cases_are_compared(browser: Browser, served: str) -> None:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{served}wizard/#{close_link()}")
    answers = page.locator(".dw-trade button")
    expect(answers).to_have_count(2, timeout=READY)
    save_case(page, "Today")
    answer_take_back_and_answer(page)
    save_case(page, "With the answer")
    page.get_by_role("link", name="Compare these 2 cases side by side").press("Enter")
    compared(page)
    page.goto(f"{served}what-if/")  # the cases are kept in this tab
    expect(page.locator(".dw-people > li")).to_have_count(2, timeout=READY)
    expect(page.get_by_role("heading", name="From Today to With the answer")).to_be_visible(timeout=READY)
    assert page.evaluate("window.wrong") == []
    address = page.url
    context.close()
    assert faults_of_comparison(browser, address, ".dw-what-if-steps", READY) == []


def answer_take_back_and_answer(page: Page) -> None:
    start = page.url
    page.locator(".dw-trade button").first.press("Enter")
    question = page.locator("fieldset[id^='dw-q-trade']")
    expect(question.locator("input:checked")).to_have_count(1, timeout=READY)
    first = page.url
    assert "&trade." in first
    page.reload()
    expect(question.locator("input:checked")).to_have_count(1, timeout=READY)
    page.locator(".dw-given button[aria-label^='Which would you rather have?']").press("Enter")
    expect(question.locator("input:checked")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(question.locator(".dw-help")).to_be_visible()
    page.wait_for_url(lambda url: "&trade." in url and url != first, timeout=READY)
    question.get_by_role("button", name="Clear").press("Enter")
    page.wait_for_url(lambda url: url == start, timeout=READY)
    answers = page.locator(".dw-trade button")
    expect(answers).to_have_count(2, timeout=READY)
    answers.first.press("Enter")
    page.wait_for_url(lambda url: url == first, timeout=READY)


def save_case(page: Page, name: str) -> None:
    page.locator("details[data-key=cases]").evaluate("(fold) => { fold.open = true; }")
    field = page.get_by_label("Name of the case")
    expect(field).to_be_visible(timeout=READY)
    field.focus()
    page.keyboard.insert_text(name)
    page.keyboard.press("Enter")
    expect(page.locator(".dw-kept-cases > li", has_text=name)).to_be_visible(timeout=READY)


def compared(page: Page) -> None:
    """The page of two cases: its table, what differs, and its files."""
    table = page.get_by_role("region", name="Rank in each case")
    expect(table.first).to_be_visible(timeout=READY)
    assert table.first.get_by_role("columnheader").all_text_contents()[1:] == ["Today", "With the answer"]
    expect(table.first.locator("strong", has_text="first: 1").first).to_be_visible()
    expect(page.get_by_role("region", name="What the cases do not all say alike")).to_contain_text(
        "Which would you rather"
    )
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download CSV").press("Enter")
    assert ",Today: rank,Today: score,With the answer: rank," in Path(saved.value.path()).read_text("utf-8")
    page.emulate_media(media="print")
    expect(table.first).to_be_visible()
    expect(page.locator(".dw-group-add")).to_be_hidden()
    page.emulate_media(media="screen")


FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"


def test_saved_cases_survive_a_reload(browser: Browser, served: str) -> None:
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.goto(f"{served}wizard/#{close_link()}")
    save_case(page, "Today")
    page.reload()
    page.locator("details[data-key=cases]").evaluate("(fold) => { fold.open = true; }", timeout=READY)
    expect(page.locator(".dw-kept-cases > li", has_text="Today")).to_be_visible(timeout=READY)
    expect(page.locator("[data-not-kept]")).to_be_hidden()
    page.get_by_label("Name of the case").press("Enter")  # without a name
    field = page.get_by_label("Name of the case")
    expect(field).to_have_attribute("aria-invalid", "true", timeout=READY)
    expect(field).to_be_focused()
    expect(page.locator("#dw-case-wrong")).to_have_text("Give the case a name.")
    page.context.close()


def test_a_full_storage_is_told(browser: Browser, served: str) -> None:
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.add_init_script(FULL)
    page.goto(f"{served}wizard/#{close_link()}")
    save_case(page, "Today")
    expect(page.locator("[data-not-kept]")).to_contain_text("Your cases are gone when you close or reload this page")
    page.context.close()


def test_cases_last_as_long_as_the_page_where_storage_is_denied(browser: Browser, served: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(WATCH + DENIED)
    page.goto(f"{served}wizard/#{close_link()}&trade.<b>.c=x&trade.<b>.c=x")
    for name in ("Today", "<img src=x onerror=alert(1)>"):
        save_case(page, name)
    expect(page.locator("[data-region=notice]")).to_contain_text(
        "does not name two criteria of this guide. It was ignored."
    )
    expect(page.locator("[data-not-kept]")).to_be_visible()
    link = page.get_by_role("link", name="Compare these 2 cases side by side")
    assert (link.get_attribute("href") or "").count("case=") == 2
    assert page.evaluate("window.wrong") == []
    context.close()
