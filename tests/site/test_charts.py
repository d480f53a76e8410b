"""Charts of trade-offs and sensitivity in a real Chromium: opened, picked from, read on a phone, without colour and in print."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from selector import recommend
from selector.report.sensitivity import Sensitivity
from tests.support.browser import WATCH, until
from tests.support.real_guide import real_guide
from tests.support.wizard_states import link_for

pytestmark = pytest.mark.xdist_group("wizard")

EXAMPLES = [real_guide().data["examples"][number]["answers"] for number in (20, 18)]

READY = "document.querySelector('[data-key=tornado]') && !/Drawing/.test(document.querySelector('.dw-sensitivity').textContent)"

FRESH = "!document.querySelector('.dw-result [data-stale]')"


@pytest.fixture(scope="module")
def phone(browser: Browser, served: str) -> Iterator[Page]:
    """A phone on which a result is open and the charts are on their way; what goes wrong there fails the tests."""
    with browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark") as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(f"{served}wizard/#{link_for(EXAMPLES[0])}")
        until(page, f"document.querySelector('[data-named]') && {FRESH}")
        assert page.locator(".dw-chart").count() == 0  # an answer does not wait for them
        page.locator(".dw-sensitivity > summary").click()
        until(page, READY)
        yield page
        assert page.evaluate("window.wrong") == []


def test_charts_are_legible_on_a_phone_and_nothing_is_wider_than_it(phone: Page) -> None:
    images = phone.locator(".dw-sensitivity svg[role=img]")
    assert images.count() == 4
    wide = phone.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    small = phone.evaluate(
        """() => [...document.querySelectorAll(".dw-sensitivity svg[role=img] text")].filter((text) => {
          const image = text.ownerSVGElement.getBoundingClientRect(), { left, right } = text.getBoundingClientRect();
          const size = parseFloat(getComputedStyle(text).fontSize) * image.width / text.ownerSVGElement.viewBox.baseVal.width;
          return size < 11.5 || left < 0 || right > innerWidth;
        }).map((text) => text.textContent)"""
    )
    assert small == []


def test_numbers_in_a_chart_hide_neither_each_other_nor_a_mark(phone: Page) -> None:
    hidden = phone.evaluate(
        """() => [...document.querySelectorAll("[data-key^=scatter] svg[role=img]")].flatMap((image) => {
          const boxes = [...image.querySelectorAll(".dw-chart-number, .dw-chart-mark")].map((one) => one.getBBox());
          return boxes.flatMap((one, index) => boxes.slice(index + 1).filter((other) =>
            Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x) > 3
            && Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y) > 8));
        }).length"""
    )
    assert hidden == 0


def test_a_criterion_is_picked_by_keyboard_and_python_draws_its_lines(phone: Page) -> None:
    found = Sensitivity.of(recommend(real_guide(), EXAMPLES[0]))
    picker = phone.get_by_role("combobox", name="Criterion", exact=True)
    assert [option.get_attribute("value") for option in picker.locator("option").all()] == found.criteria
    picker.focus()
    phone.keyboard.press("ArrowDown")
    name = real_guide().criterion(found.criteria[1]).name
    expect(phone.locator("[data-key=lines] svg[role=img] title")).to_have_text(f"Score against the weight of {name}")
    expect(picker).to_have_value(found.criteria[1])
    expect(picker).to_be_focused()
    lines = found.lines(found.criteria[1])
    assert lines is not None
    assert phone.locator("[data-key=lines] svg[role=img] .dw-chart-crossing").count() == len(lines.crossings)


def test_an_image_has_a_name_and_a_description_for_those_who_hear_it(phone: Page) -> None:
    image = phone.get_by_role("img", name=re.compile("Score against monthly cost"))
    expect(image).to_have_accessible_name(re.compile("Efficient frontier: .*The table has every figure"))


def test_the_criterion_that_a_chart_begins_with_weighs_something() -> None:
    result = recommend(real_guide(), EXAMPLES[0])
    weighed = [bool(result.points[result.guide.column(name)]) for name in Sensitivity.of(result).criteria]
    assert weighed[0] and weighed == sorted(weighed, reverse=True)


def test_without_colours_shapes_are_left(phone: Page) -> None:
    found = Sensitivity.of(recommend(real_guide(), EXAMPLES[0]))
    crossing = next(name for name in found.criteria if (lines := found.lines(name)) and lines.crossings)
    phone.get_by_role("combobox", name="Criterion", exact=True).select_option(crossing)
    expect(phone.locator("svg[role=img] .dw-chart-crossing").first).to_be_attached()
    phone.emulate_media(forced_colors="active")
    ground = phone.evaluate("getComputedStyle(document.body).backgroundColor")
    for selector in (
        ".dw-chart-leader",
        ".dw-chart-line-1",
        ".dw-chart-stairs",
        ".dw-chart-less",
        ".dw-chart-crossing",
    ):
        shape = phone.locator(f"svg[role=img] {selector}").first
        assert shape.evaluate("one => getComputedStyle(one).stroke") != ground, selector
    assert phone.locator(".dw-chart-leader").first.evaluate("one => getComputedStyle(one).fill") != ground
    covered = """() => [...document.querySelectorAll("svg[role=img].dw-chart-svg text")].filter((text) => {
      const { stroke, paintOrder } = getComputedStyle(text);
      return stroke !== "none" && !paintOrder.startsWith("stroke");
    }).length"""
    assert phone.evaluate(covered) == 0  # the ground around a letter is below it
    phone.emulate_media(forced_colors="null")


def test_open_charts_are_printed_after_the_sheet_in_dark_on_light(phone: Page) -> None:
    sheets = len(re.findall(rb"/Type\s*/Page\b", phone.pdf(format="A4")))
    assert 2 <= sheets <= 6
    phone.emulate_media(media="print")
    expect(phone.locator("[data-key=lines] svg[role=img]")).to_be_visible()
    expect(phone.locator(".dw-chart-pick select")).to_be_hidden()
    colour = phone.locator(".dw-chart-number").first.evaluate("one => getComputedStyle(one).fill")
    assert all(int(part) < 128 for part in re.findall(r"\d+", colour)[:3])
    phone.emulate_media(media="null")


def test_charts_follow_the_next_answers_and_stop_when_they_are_closed(phone: Page) -> None:
    before = phone.locator("[data-key=scatter-money] table").text_content()
    phone.evaluate("(link) => { location.hash = link; }", link_for(EXAMPLES[1]))
    until(
        phone,
        f"document.querySelector('[data-key=scatter-money] table')?.textContent !== {before!r} && {READY} && {FRESH}",
    )
    name = recommend(real_guide(), EXAMPLES[1]).leaders[0].strategy.name
    expect(phone.locator("[data-key=scatter-money] tbody tr").first).to_contain_text(name)
    phone.locator(".dw-sensitivity > summary").click()
    phone.evaluate("(link) => { location.hash = link; }", link_for(EXAMPLES[0]))
    until(phone, f"!document.querySelector('.dw-chart') && {FRESH}")
    assert len(re.findall(rb"/Type\s*/Page\b", phone.pdf(format="A4"))) == 1  # though the theme opens every fold
