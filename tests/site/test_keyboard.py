"""Without a mouse: every stop of the Tab key is seen, the wizard is answered and its record saved; what is read out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from selector.case.core import ENOUGH
from tests.support.page_types import MISSING, page_types, visit
from tests.support.real_guide import real_guide

pytestmark = pytest.mark.xdist_group("accessibility")

READY = 90_000
"""Milliseconds that a slow machine may take to start Python."""

OPENS = 1
"""Seconds in which the theme's script must have opened what got the focus: the search field of a narrow screen."""

STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  // A box or radio button without its own size is shown by what labels it, or by the label after it.
  const shown = [one, ...(one.labels ?? []), one.nextElementSibling].filter((node, index) =>
    node && node.getBoundingClientRect().width > 1 && (index === 0 || one.type === "checkbox" || one.type === "radio"));
  const seen = (node) => [...node.getClientRects()].some((box) => {  // a link may go over two lines
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    const hit = document.elementFromPoint(box.left + box.width / 2, (top + bottom) / 2);
    return Boolean(hit) && (node.contains(hit) || hit.contains(node));
  });
  const outlined = (node) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(node);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1.5;
  };
  const name = one.getAttribute("aria-label") || one.innerText || one.textContent
    || [...(one.labels ?? [])].map((label) => label.textContent.trim()).filter(Boolean)[0] || one.id;
  return { what: `${one.tagName.toLowerCase()} "${name.trim().slice(0, 60)}"`, seen: shown.some(seen),
           outlined: shown.some((node) => outlined(node) && seen(node)), inPage: Boolean(one.closest("article")),
           question: one.dataset.question ?? "", save: one.dataset.save ?? "", href: one.getAttribute("href") ?? "" };
}"""
"""What has the focus: whether it is in sight, and marked."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Nothing moves automatically, so that what is in sight is known at once."""
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def tab(page: Page) -> dict[str, Any]:
    """Press Tab; what has the focus then must be in sight and marked, at once or when the theme has opened it."""
    page.keyboard.press("Tab")
    end = monotonic() + OPENS
    while True:
        stop: dict[str, Any] | None = page.evaluate(STOP)
        assert stop is not None, "the Tab key left the page"
        if (stop["seen"] and stop["outlined"]) or monotonic() > end:
            break
        page.wait_for_timeout(20)
    assert stop["seen"], f"out of sight: {stop['what']}"
    assert stop["outlined"], f"not marked: {stop['what']}"
    return stop


def tab_to(page: Page, wanted: str, value: str = "", most: int = 700) -> dict[str, Any]:
    """Press Tab until what has the focus has a property (of this value)."""
    passed = []
    for _ in range(most):
        stop = tab(page)
        if stop[wanted] and stop[wanted] == (value or stop[wanted]):
            return stop
        passed.append(stop["what"])
    raise AssertionError(f"no {wanted} {value} among {passed}")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_first_stop_skips_to_the_content_of_every_type_of_page(
    page: Page, site: Path, served: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for address in page_types(site):
        visit(page, served, address)
        stop = tab(page)
        if width == 390:  # the box that opens the menu stands before everything, as the menu has to follow it
            assert stop["what"] == 'input "Navigation"', address
            stop = tab(page)
        assert stop["what"] == 'a "Skip to content"', address
        page.keyboard.press("Enter")
        for _ in range(4):
            stop = tab(page)
            assert stop["inPage"], f"{address}: {stop['what']}"
            if address == MISSING:
                break


@pytest.mark.parametrize("width", [1440, 390])
def test_every_stop_of_the_frame_is_in_sight_and_marked(page: Page, served: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{served}options/{real_guide().options[0].id}/")
    stops = []
    while not (stop := tab(page))["inPage"]:
        stops.append(stop["what"])
        assert len(stops) < 60, stops
    assert {'a "Skip to content"', 'input "Search"'} <= set(stops)
    assert len(stops) == len(set(stops)) or width == 1440


def test_the_menu_of_a_narrow_screen_opens_with_the_space_bar(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(served)
    menu = page.locator(".md-sidebar--primary")
    expect(menu.get_by_role("link", name="Get a recommendation", exact=True)).to_be_hidden()
    tab(page)
    page.keyboard.press("Space")
    expect(menu.get_by_role("link", name="Get a recommendation", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Get a recommendation", exact=True)).to_be_hidden()
    page.keyboard.press("Space")
    expect(menu.get_by_role("link", name="Get a recommendation", exact=True)).to_be_in_viewport()
    page.wait_for_timeout(500)  # the drawer slides in
    tab_to(page, "href", "wizard/", most=20)
    page.keyboard.press("Enter")
    expect(page.locator("decision-wizard")).to_be_visible()


def test_the_menu_of_a_page_in_a_section_has_no_stop_that_is_covered(page: Page, served: str, site: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    inside = {address.split("/")[0]: address for address in page_types(site) if address.count("/") > 1}
    for address in (*inside.values(), "scoring/", "wizard/"):
        visit(page, served, address)
        tab(page)
        page.keyboard.press("Space")
        page.wait_for_timeout(500)  # the drawer slides in
        stops = [tab(page)["what"] for _ in range(4)]
        assert len(set(stops)) == len(stops), f"{address}: {stops}"


def test_keys_alone_answer_the_wizard_and_save_its_record(page: Page, served: str) -> None:
    page.goto(f"{served}wizard/")
    tab(page)
    page.keyboard.press("Enter")  # past the header
    entries = [real_guide().entry("questions", name) for name in real_guide().core]
    one, *others = [question for question in entries if question["kind"] == "one"][:ENOUGH]
    tab_to(page, "question", one["id"])
    page.keyboard.press("Space")
    for question in others:
        tab_to(page, "question", question["id"])
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
    for question, answer in ((one, 0), *((other, 1) for other in others)):
        expect(page.locator(f'[data-question="{question["id"]}"]:checked')).to_have_attribute(
            "data-answer", question["answers"][answer]["id"]
        )
    page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)
    expect(page.locator("[data-save]").first).to_be_visible(timeout=READY)
    tab_to(page, "save")
    with page.expect_download() as download:
        page.keyboard.press("Space")
    record = download.value.path().read_text("utf-8")
    leader = page.locator("[data-region=leader] h3").first.inner_text()
    assert record.startswith("---") or record.startswith("# ")
    assert "## Decision Outcome" in record
    assert leader in record
    read_aloud(page)


def read_aloud(page: Page) -> None:
    """What a screen reader is told of a wizard with answers."""
    questions = page.locator(".dw-form").aria_snapshot()
    for question in real_guide().data["questions"]:
        answered = page.locator(f'[data-question="{question["id"]}"]:checked').count()
        if question["id"] in real_guide().core and not answered:
            assert f"group {quoted(page, question['id'])}" in questions, question["id"]
    assert re.search(r"- radio .* \[checked\]", questions)
    result = page.locator(".dw-result")
    for region in result.locator("section").all():
        if region.is_visible():
            named = region.get_attribute("aria-labelledby") or ""
            assert page.locator(f'[id="{named}"]').inner_text().strip(), region.inner_text()[:80]
    names = re.findall(r'- button "([^"]*)"', result.aria_snapshot())
    assert names and all(names)
    assert sorted(names) == sorted(set(names)), "two buttons that cannot be told apart"
    assert "- button\n" not in result.aria_snapshot()
    assert page.locator("[data-region=summary]").get_attribute("role") == "status"


def quoted(page: Page, question: str) -> str:
    """A question's text as the accessibility tree quotes it."""
    text = page.locator(f"#dw-q-{question} legend").text_content() or ""
    return '"' + text.strip().replace('"', '\\"') + '"'


# ---- settings of the reader's system, and paper ----


def test_nothing_moves_for_those_who_do_not_want_it(page: Page, served: str) -> None:
    moving = """() => [...document.querySelectorAll("body *")].filter((one) => {
      const style = getComputedStyle(one);
      return Math.max(...`${style.transitionDuration},${style.animationDuration}`.split(",").map(parseFloat)) > 0.001
        || style.scrollBehavior === "smooth";
    }).length + (getComputedStyle(document.documentElement).scrollBehavior === "smooth")"""
    page.goto(f"{served}wizard/")
    assert page.evaluate(moving) == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) > 0  # else the question is not asked well


def test_forced_colours_keep_shapes_and_the_chosen_answer(page: Page, served: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{served}options/{real_guide().options[0].id}/")
    for selector in (".button", ".panel"):
        assert page.locator(selector).first.evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for shape in page.locator(".level-shape").all()[:20]:
        assert shape.evaluate("one => getComputedStyle(one).color") != ground
    for bar in page.locator("svg.profile rect").all()[:5]:
        assert bar.evaluate("one => getComputedStyle(one).fill") != ground


@pytest.mark.parametrize("address", ["matrix/", "option"])
def test_printed_a_page_is_dark_on_light_fits_and_has_no_frame(browser: Browser, served: str, address: str) -> None:
    with browser.new_context(color_scheme="dark", viewport={"width": 718, "height": 1000}) as context:
        page = context.new_page()
        page.goto(served + (f"options/{real_guide().options[0].id}/" if address == "option" else address))
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        page.emulate_media(media="print")
        for frame in ("header", ".md-tabs", ".md-sidebar", "footer", ".md-top", ".buttons", ".headerlink"):
            for part in page.locator(frame).all():
                expect(part).to_be_hidden()
        light = "(node) => getComputedStyle(node).color.match(/[0-9]+/g).slice(0, 3).every((part) => part < 128)"
        for text in ("h1", "article p", "article th"):
            assert page.locator(text).first.evaluate(light), text
        wide = page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
