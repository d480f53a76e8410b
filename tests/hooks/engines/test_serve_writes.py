"""What an editor of the guide sees after a change was written: the note, the page, its pencils, the panel, the form."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.support.dev_server import PATIENCE, SECOND, Server

pytestmark = pytest.mark.xdist_group("serve")

WAIT = PATIENCE * 1000
STALLED = "**/livereload/**"
"""Without an answer from here a page does not hear of a build, and does not load again."""

WEIGHT = "Edit criteria › patents › weight"


def pencil(page: Page) -> Locator:
    return page.get_by_role("button", name=WEIGHT)


def edited(page: Page, value: str) -> Locator:
    """The weight's field, with another value whose change is shown."""
    pencil(page).click()
    weight = page.get_by_label("weight", exact=True)
    weight.fill(value)
    weight.press("Enter")
    return weight


@pytest.fixture
def page(server: Server, context: BrowserContext) -> Page:
    """The page of a criterion with its pencils."""
    server.save_and_wait(SECOND)
    opened = context.new_page()
    opened.goto(server.address + "criteria/patents/")
    opened.get_by_role("button", name="Edit this page").click()
    expect(pencil(opened)).to_be_visible()
    return opened


def weight_line(server: Server) -> str:
    """What the file says of the weight of patents."""
    text = (server.project / "data" / "guide.yml").read_text("utf-8")
    return text[text.index("- id: patents") :].split("    weight:", 1)[1].split("\n")[0]


def test_a_refused_weight_is_told_and_put_right_on_the_page_that_shows_it(server: Server, page: Page) -> None:
    shown = page.locator("#weight ~ .prose").first
    edited(page, "lots")
    expect(page.locator(".ge-checked")).to_contain_text("Nothing can be built of it until the problems are corrected")
    page.get_by_role("button", name="Write with problems").click()
    expect(page.locator(".problems")).to_contain_text("'weight' is 'lots'", timeout=WAIT)
    expect(page.locator(".problem-source").first).to_be_visible()
    expect(page.locator(".problems pre button")).to_have_count(0)  # an excerpt is not to be copied
    expect(shown).to_contain_text("4 points")
    expect(pencil(page)).to_be_focused()
    assert weight_line(server) == " lots"
    edited(page, " 5 ")
    expect(page.locator(".ge-in")).to_contain_text("weight: 5")
    page.get_by_role("button", name="Write", exact=True).click()
    expect(shown).to_contain_text("5 points", timeout=WAIT)
    expect(page.locator(".problems")).to_have_count(0)
    expect(pencil(page)).to_be_focused()
    assert weight_line(server) == " 5"


def test_until_the_page_loads_again_its_forms_say_that_they_come_back(server: Server, page: Page) -> None:
    page.route(STALLED, lambda route: None)
    page.reload()
    edited(page, "5")
    page.get_by_role("button", name="Write", exact=True).click()
    expect(page.locator(".ge-said")).to_have_text(
        "Written to data/guide.yml. The page loads again when the site is built."
    )
    pencil(page).click()
    status = page.locator("[data-status]")
    expect(status).to_contain_text("Your form comes back with what you typed")
    weight = page.get_by_label("weight", exact=True)
    expect(weight).to_have_value("5")
    weight.fill("6")
    expect(status).to_contain_text("Your form comes back with what you typed")
    page.reload()
    expect(weight).to_have_value("6")
    expect(status).to_have_text("")
    expect(page.locator("#weight ~ .prose").first).to_contain_text("5 points")


def test_after_a_save_elsewhere_the_form_is_back_and_writes(server: Server, page: Page) -> None:
    page.route(STALLED, lambda route: None)
    page.reload()
    pencil(page).click()
    weight = page.get_by_label("weight", exact=True)
    weight.fill("5")
    server.save_and_wait(SECOND.replace("weight: 3\n", "weight: 2\n", 1))
    weight.press("Enter")
    expect(page.locator("[data-status]")).to_contain_text("the form comes back with what you typed")
    page.reload()
    expect(weight).to_have_value("5", timeout=WAIT)
    weight.press("Enter")
    page.get_by_role("button", name="Write", exact=True).click()
    expect(page.locator(".ge-said")).to_contain_text("Written to")
    page.unroute(STALLED)
    expect(page.locator("#weight ~ .prose").first).to_contain_text("5 points", timeout=WAIT)
    assert "weight: 2\n" in (server.project / "data" / "guide.yml").read_text("utf-8")


def test_a_typed_value_outlives_a_file_that_cannot_be_read(server: Server, page: Page) -> None:
    pencil(page).click()
    weight = page.get_by_label("weight", exact=True)
    weight.fill("5")
    server.save(SECOND.replace("\ncriteria:\n", "\ncriteria: [\n", 1))
    expect(page.locator(".problems")).to_be_visible(timeout=WAIT)
    expect(page.locator(".ge-said")).to_contain_text("Correct it in a text editor first")
    expect(weight).to_have_count(0)
    server.save_and_wait(SECOND)
    expect(weight).to_have_value("5", timeout=WAIT)
