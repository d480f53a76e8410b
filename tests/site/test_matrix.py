"""The matrix in a real Chromium: its tools, its address, and what fits a visitor's answers."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from selector import recommend
from selector.web.panels.matrix_filter import fitting, fitting_text
from tests.support.axe import faults_in_both_schemes, install, thin
from tests.support.browser import WATCH, unmoved
from tests.support.real_guide import real_guide

pytestmark = pytest.mark.xdist_group("site")

HEADS = "[...document.querySelectorAll('thead [data-option]')].filter(e => !e.hidden).map(e => e.dataset.option)"
ROWS = "[...document.querySelectorAll('tr[data-criterion]')].filter(e => e.checkVisibility()).map(e => e.dataset.criterion)"

GUIDE = real_guide()
BY_NAME = [option.id for option in sorted(GUIDE.options, key=lambda option: (option.name.casefold(), option.id))]
ANSWERS = GUIDE.data["examples"][2]["answers"]


@pytest.fixture(scope="module")
def shared(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


@pytest.fixture
def matrix(shared: Page, served: str) -> Iterator[Page]:
    """The matrix as it is printed. A problem in its script or with its policy fails the test."""
    shared.goto("about:blank")
    shared.goto(f"{served}matrix/")
    yield shared
    assert shared.evaluate("window.wrong") == []


def bounds(option: str, criterion: str) -> tuple[int, int]:
    cell = GUIDE.cell(option, criterion)
    return cell.low, cell.high


def test_order_filters_and_highlight_survive_a_reload_and_a_share(matrix: Page, served: str) -> None:
    criterion = GUIDE.criteria[3].id
    matrix.locator("[data-matrix-sort]").select_option(criterion)
    matrix.get_by_text("Tools shown").click()
    matrix.locator(f"[data-matrix-option='{BY_NAME[0]}']").uncheck()
    matrix.get_by_text("Criteria shown").click()
    matrix.locator(f"[data-matrix-criterion='{GUIDE.criteria[0].id}']").uncheck()
    group = GUIDE.data["groups"][-1]["id"]
    matrix.locator(f"[data-matrix-group='{group}']").uncheck()
    matrix.get_by_label("Highlight unusual ratings").check()
    heads, rows, address = matrix.evaluate(HEADS), matrix.evaluate(ROWS), matrix.url
    assert sorted(heads) == sorted(BY_NAME[1:])
    middles = [sum(bounds(option, criterion)) for option in heads]
    assert middles == sorted(middles, reverse=True) and len(set(middles)) > 1
    assert rows == [item.id for item in GUIDE.criteria[1:] if item.group != group and item.id in rows]
    assert {item.id for item in GUIDE.criteria[1:] if item.group != group} == set(rows)
    expect(matrix.locator("th[aria-sort=descending]")).to_have_count(1)
    matrix.reload()
    assert (matrix.evaluate(HEADS), matrix.evaluate(ROWS)) == (heads, rows)
    expect(matrix.locator("[data-matrix-sort]")).to_have_value(criterion)
    expect(matrix.get_by_label("Highlight unusual ratings")).to_be_checked()
    matrix.goto(f"{served}matrix/")
    assert matrix.evaluate(HEADS) == BY_NAME
    matrix.goto(address)
    assert (matrix.evaluate(HEADS), matrix.evaluate(ROWS)) == (heads, rows)


def test_what_differs_from_most_stands_out_by_more_than_colour(matrix: Page) -> None:
    matrix.get_by_label("Highlight unusual ratings").check()
    for criterion in GUIDE.criteria:
        levels = [bounds(option, criterion.id) for option in BY_NAME]
        found = matrix.locator(f"tr[data-criterion='{criterion.id}'] td.matrix-differs").evaluate_all(
            "all => all.map(cell => cell.dataset.option)"
        )
        counts = [levels.count(level) for level in levels]
        rarer = [option for option, count in zip(BY_NAME, counts, strict=True) if count < max(counts)]
        assert found == ([] if len(set(levels)) == 1 else rarer or BY_NAME)
    marked = matrix.locator("td.matrix-differs").first
    assert marked.evaluate("cell => getComputedStyle(cell).boxShadow") != "none"
    matrix.get_by_label("Highlight unusual ratings").uncheck()
    expect(matrix.locator("td.matrix-differs")).to_have_count(0)


def test_all_can_be_hidden_and_two_brought_back_to_be_compared(matrix: Page) -> None:
    matrix.get_by_text("Tools shown").click()
    matrix.get_by_role("button", name="Hide all tools").click()
    assert matrix.evaluate(HEADS) == []
    for option in BY_NAME[:2]:
        matrix.locator(f"[data-matrix-option='{option}']").check()
    assert matrix.evaluate(HEADS) == BY_NAME[:2]
    matrix.get_by_role("link", name="Compare these side by side").click()
    expect(matrix.locator("[data-place=different-head] th")).to_have_count(3)
    assert matrix.url.endswith(f"compare/#compare={'+'.join(BY_NAME[:2])}")


def test_a_shared_address_shows_only_what_fits_and_leads_back_to_the_answers(matrix: Page, served: str) -> None:
    result = recommend(GUIDE, ANSWERS)
    fits = set(fitting(result))
    assert 0 < len(fits) < len(BY_NAME)
    matrix.goto(f"{served}matrix/#{fitting_text(result, result.guide.revision)}")
    assert matrix.evaluate(HEADS) == [option for option in BY_NAME if option in fits]
    box = matrix.get_by_label("Show only what fits my answers")
    expect(box).to_be_checked()
    box.uncheck()
    assert matrix.evaluate(HEADS) == BY_NAME
    matrix.reload()
    assert matrix.evaluate(HEADS) == BY_NAME
    box.check()
    assert matrix.evaluate(HEADS) == [option for option in BY_NAME if option in fits]
    matrix.get_by_role("link", name="My answers").click()
    matrix.wait_for_selector('[data-wizard-state="ready"]', timeout=90_000)
    expect(matrix.locator(".dw-given li")).to_have_count(len(ANSWERS))
    leader = result.leaders[0].strategy.name
    expect(matrix.locator("[data-region=leader]")).to_contain_text(leader)
    # From the wizard the way leads on: in this tab the matrix knows what fits, and offers it.
    matrix.goto(f"{served}matrix/")
    assert matrix.evaluate(HEADS) == BY_NAME
    box.check()
    assert matrix.evaluate(HEADS) == [option for option in BY_NAME if option in fits]
    matrix.evaluate("sessionStorage.clear()")


def test_who_answered_nothing_is_led_to_the_questions(matrix: Page) -> None:
    expect(matrix.get_by_label("Show only what fits my answers")).to_be_hidden()
    matrix.get_by_role("link", name="Answer some questions").click()
    expect(matrix.locator("decision-wizard")).to_be_visible()


@pytest.mark.parametrize(
    "text",
    [
        "fits=<img src=x onerror=window.hacked=true>&answers=<script>window.hacked=true</script>",
        'sort="]&hide=*+constructor&without=__proto__&groups=x&show=all+toString',
        "fits=none+nowhere&answers=javascript:window.hacked=true",
        "=&&&=%ff%00&" * 3000,
    ],
)
def test_a_hostile_address_changes_nothing(matrix: Page, text: str) -> None:
    count = "document.querySelectorAll('script, img, iframe, object').length"
    before = matrix.evaluate(count)
    matrix.evaluate("(text) => { location.hash = text; }", text)
    assert matrix.evaluate(HEADS) == BY_NAME
    assert len(matrix.evaluate(ROWS)) == len(GUIDE.criteria)
    assert matrix.evaluate(count) == before
    assert matrix.evaluate("window.hacked") is None
    expect(matrix.get_by_label("Show only what fits my answers")).to_be_hidden()


def test_answers_in_the_address_lead_to_the_wizard_and_nowhere_else(matrix: Page, served: str) -> None:
    matrix.goto(f"{served}matrix/#fits={BY_NAME[0]}&answers=javascript%3Aalert(1)%2F%2F..%2F..%2Felsewhere")
    address = matrix.get_by_role("link", name="My answers").evaluate("link => link.href")
    assert address.startswith(f"{served}wizard/#")


def test_a_cell_tells_its_source_and_date_on_demand_by_keyboard(matrix: Page) -> None:
    option, criterion = BY_NAME[-1], GUIDE.criteria[-1].id
    cell = matrix.locator(f"tr[data-criterion='{criterion}'] td[data-option='{option}']")
    rating = GUIDE.entry("options", option)["ratings"][criterion]
    expect(cell.locator("a").first).to_be_hidden()
    mark = cell.locator(".cell-mark")
    mark.focus()
    matrix.keyboard.press("Enter")
    expect(cell.locator("a").first).to_be_visible()
    expect(cell).to_contain_text(rating["verified"])
    matrix.keyboard.press("Escape")
    expect(cell.locator("a").first).to_be_hidden()
    expect(mark).to_be_focused()
    # Whatever is reached by keyboard is not under one of the two heads.
    box, frame = mark.bounding_box(), matrix.locator(".matrix-frame").bounding_box()
    corner = matrix.locator(".matrix-corner").bounding_box()
    assert box and frame and corner
    assert box["x"] >= corner["x"] + corner["width"] and box["y"] >= corner["y"] + corner["height"]
    assert box["y"] + box["height"] <= frame["y"] + frame["height"]


def test_both_downloads_hold_every_cell(matrix: Page) -> None:
    wanted = len(GUIDE.options) * len(GUIDE.criteria)
    with matrix.expect_download() as table:
        matrix.locator(".downloads").get_by_role("link", name="CSV").click()
    assert len(list(csv.DictReader(io.StringIO(table.value.path().read_text("utf-8"))))) == wanted
    with matrix.expect_download() as data:
        matrix.locator(".downloads").get_by_role("link", name="JSON").first.click()
    assert len(json.loads(data.value.path().read_text("utf-8"))["cells"]) == wanted


def test_axe_finds_nothing_with_all_tools_in_use(browser: Browser, served: str) -> None:
    with browser.new_context(bypass_csp=True, reduced_motion="reduce") as context:
        page = context.new_page()
        state = f"sort={GUIDE.criteria[0].id}&hide={BY_NAME[1]}&show=highlight+fits"
        page.goto(f"{served}matrix/#{state}&fits={'+'.join(BY_NAME[:4])}&answers=v%3D1")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        thin(page)
        install(page)
        found = []
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found += faults_in_both_schemes(page)
        assert not found, "\n".join(found)


def test_nothing_moves_while_the_page_opens(matrix: Page) -> None:
    unmoved(matrix)


def late(route: Route) -> None:
    """A script that comes when the page has been painted."""
    time.sleep(1)
    route.continue_()


def test_on_a_phone_rows_are_cards_whose_criterion_stays_in_sight(browser: Browser, served: str) -> None:
    with browser.new_context(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        page.route("**/assets/matrix.js*", late)
        page.goto(f"{served}matrix/")
        expect(page.locator("[data-matrix-picker]")).to_have_attribute("open", "")
        unmoved(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        expect(page.locator("[data-matrix-empty]")).to_be_visible()
        for name in BY_NAME[:4]:
            page.locator(f"[data-matrix-option='{name}']").check()
        expect(page.locator(f"[data-matrix-option='{BY_NAME[4]}']")).to_be_disabled()
        expect(page.locator("[data-matrix-picker]")).not_to_have_attribute("open", "")
        card = page.locator(f"tr[data-criterion='{GUIDE.criteria[1].id}']")
        cell = card.locator("td").nth(3)
        cell.evaluate("cell => cell.scrollIntoView({ block: 'center' })")
        expect(card.locator("th")).to_be_in_viewport()
        expect(cell.locator(".matrix-name")).to_be_in_viewport()
        head, header = card.locator("th").bounding_box(), page.locator(".md-header").bounding_box()
        assert head and header and head["y"] >= header["y"] + header["height"] - 1
        page.set_viewport_size({"width": 390, "height": 844})
        screens = page.evaluate("document.documentElement.scrollHeight / innerHeight")
        assert screens <= 8
        page.get_by_text("Tools shown").tap()
        page.get_by_role("button", name="Hide all tools").tap()
        page.locator(f"[data-matrix-option='{BY_NAME[0]}']").check()
        expect(card.locator("td:not([hidden])")).to_have_count(1)
        small = page.evaluate(
            """() => [...document.querySelectorAll('.matrix-tools :is(button, select, summary, label, a)')]
                 .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"""
        )
        assert small == []


def test_nine_tools_by_twelve_criteria_are_in_sight_at_once(browser: Browser, served: str) -> None:
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{served}matrix/")
        page.locator(".matrix-frame").evaluate("frame => scrollTo(0, frame.offsetTop - 60)")
        seen = page.evaluate("""() => {
          const frame = document.querySelector(".matrix-frame").getBoundingClientRect();
          const inside = (box) => box.bottom <= Math.min(frame.bottom, innerHeight) + 1 && box.right <= frame.right + 1;
          const rows = [...document.querySelectorAll("tr[data-criterion]")];
          const shown = rows.map((row) => [...row.querySelectorAll("td")].filter((cell) => inside(cell.getBoundingClientRect())).length);
          return [shown.filter((count) => count >= 9).length, Math.max(...shown)];
        }""")
        assert seen[0] >= min(12, len(GUIDE.criteria)) and seen[1] >= 9, seen


def test_on_paper_it_fills_fewer_than_ten_sheets(browser: Browser, served: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{served}matrix/")
        sheets = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
        assert 0 < sheets < 10, sheets


def test_no_mark_reads_as_a_range_of_two_levels(matrix: Page) -> None:
    words = set(matrix.locator(".level-word").all_text_contents())
    labels = [level["label"] for entry in GUIDE.data["criteria"] for level in entry["levels"]]
    assert not [word for word in words if any(word.endswith(f" to {label}") for label in labels)]
    assert not [word for word in words if word.startswith("about ")]
