"""Several people decide together, in a real browser: by keyboard, kept by the address, hostile links told apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.axe import faults_of_comparison
from tests.support.browser import WATCH
from tests.support.wizard_states import answers_for, link_for

pytestmark = pytest.mark.xdist_group("reader")

READY = 180_000
"""Milliseconds that a slow machine may take to start Python and to compare three people."""


SETTLED = ".dw-group-settle :is(ol, p:not(.dw-hint))"
HOSTILE = "<img src=x onerror=alert(1)>"


def test_three_links_are_compared_by_keyboard_kept_and_saved(browser: Browser, served: str) -> None:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1024, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{served}together/")
    people = {"Ann": "leader", "Bob": "close", "Cem": "nothing"}
    links = [f"{name}: {served}wizard/#{link_for(answers_for(state))}" for name, state in people.items()]
    page.get_by_label("Share links").focus()
    page.keyboard.insert_text("\n".join([*links, f"{HOSTILE}: https://x.test/#v=1&zz={'y' * 100_000}"]))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".dw-people > li")).to_have_count(3, timeout=READY)
    expect(page.locator("[data-region=messages]")).to_contain_text(f"Link 4 ({HOSTILE}): this is no share link")
    expect(page.locator(SETTLED)).to_be_visible(timeout=READY)
    read_by_keyboard(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download ADR").press("Enter")
    record = Path(saved.value.path()).read_text("utf-8")
    assert 'consulted: "Ann, Bob, Cem"' in record and "## Positions" in record

    before = page.locator(".dw-group-agreement").inner_text()
    page.get_by_label("Name of person 3").fill("Dan")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Remove Dan")).to_be_visible(timeout=READY)
    page.reload()
    expect(page.locator(SETTLED)).to_be_visible(timeout=READY)
    expect(page.get_by_label("Name of person 3")).to_have_value("Dan")
    assert page.locator(".dw-group-agreement").inner_text() == before.replace("Cem", "Dan")
    assert page.evaluate("window.wrong") == []
    address = page.url
    context.close()
    assert faults_of_comparison(browser, address, SETTLED, READY) == []


def read_by_keyboard(page: Page) -> None:
    """Opens a fold and goes into its table."""
    page.locator('[data-key="missing"] > summary').focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    table = page.get_by_role("region", name="Answers are missing")
    expect(table).to_be_focused()
    assert table.get_by_role("columnheader").all_text_contents() == ["Question", "Ann", "Bob", "Cem"]
    expect(table.get_by_role("rowheader").first).to_be_visible()
