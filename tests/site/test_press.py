"""What is pressed stays where it is until it is released; a link says at once that it is being worked out."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.browser import WATCH, unmoved, until
from tests.support.wizard_states import answers_for, link_for

pytestmark = pytest.mark.xdist_group("reader")

READY = 180_000
"""Milliseconds that a slow machine may take to start Python."""

SIZES = [{"width": 1280, "height": 900}, {"width": 390, "height": 800}]


@pytest.mark.parametrize("size", SIZES, ids=["desktop", "phone"])
def test_an_answer_that_comes_while_a_choice_is_pressed_moves_nothing_under_the_pointer(
    browser: Browser, served: str, size: Any
) -> None:
    context = browser.new_context(viewport=size)
    page = context.new_page()
    page.goto(f"{served}wizard/")
    choices = page.locator(".dw-core .dw-question:visible")
    # By their ids: an answered question folds away, and then another one is the first.
    first, second = (page.locator(f"#{choices.nth(number).get_attribute('id')}") for number in (0, 1))
    first.locator("input[type=radio]").first.check()
    until(page, "document.querySelector('decision-wizard').dataset.wizardState === 'ready'", seconds=READY / 1000)
    expect(page.locator("[data-region=bar]")).not_to_contain_text("No answers", timeout=READY)
    until(page, "location.hash.length > 1")
    wanted = second.locator("label").last
    wanted.scroll_into_view_if_needed()
    before, address = press(page, wanted), page.url
    first.locator("input[type=radio]").last.evaluate("(choice) => choice.click()")  # its answer comes meanwhile
    page.wait_for_timeout(2500)
    assert (wanted.bounding_box(), page.url) == (before, address), "nothing is redrawn while it is pressed"
    page.mouse.up()
    expect(second.locator("input[type=radio]").last).to_be_checked()
    until(page, "(before) => location.href !== before && location.hash.split('&').length > 3", address)
    context.close()


def press(page: Page, place: Locator) -> Any:
    """Moves the mouse there and presses it; gives where that is."""
    box = place.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 12, box["y"] + box["height"] / 2)
    page.mouse.down()
    return place.bounding_box()


@pytest.mark.parametrize("size", SIZES, ids=["desktop", "phone"])
@pytest.mark.parametrize("path", ["wizard", "together", "what-if"])
def test_while_a_link_loads_the_page_says_so_and_nothing_jumps(
    browser: Browser, served: str, path: str, size: Any
) -> None:
    context = browser.new_context(viewport=size, reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(WATCH)
    link = link_for(answers_for("leader"))
    other = link_for(answers_for("close"))
    several = {
        "together": f"together=1&person=A&{link}&person=B&{other}",
        "what-if": f"what-if=1&case=A&{link}&case=B&{other}",
    }
    page.goto(f"{served}{path}/#{several.get(path, link)}", wait_until="commit")
    working = page.locator("[data-working]")
    expect(working).to_contain_text("Working", timeout=10_000)
    assert working.get_attribute("role") == "status"
    assert working.is_visible()
    expect(working).to_have_text("", timeout=READY)
    done = {"wizard": ".dw-leader-leader", "together": ".dw-group-rankings", "what-if": ".dw-what-if-steps"}[path]
    expect(page.locator(done)).to_be_visible(timeout=READY)
    page.wait_for_timeout(500)
    unmoved(page)
    assert page.evaluate("window.wrong") == []
    context.close()


@pytest.mark.parametrize("path", ["wizard", "together", "what-if"])
def test_a_fragment_that_is_no_link_is_told(browser: Browser, served: str, path: str) -> None:
    page = browser.new_context().new_page()
    page.add_init_script(WATCH)
    for fragment in ("%E0%A4%A", "A" * 100_000):
        page.goto("about:blank")
        page.goto(f"{served}{path}/#{fragment}")
        region = page.locator("[data-region=notice], [data-region=messages]").first
        expect(region).to_contain_text("could not be read", timeout=READY)
    assert page.evaluate("window.wrong") == []
    page.context.close()
