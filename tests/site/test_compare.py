"""The live comparison in a real Chromium: what it shows is what the pages of pairs and the data say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from tests.support.axe import faults_in_both_schemes, install
from tests.support.browser import WATCH, unmoved
from tests.support.real_guide import real_guide

pytestmark = pytest.mark.xdist_group("site")

NAMES = {option.id: option.name for option in real_guide().options}


@pytest.fixture(scope="module")
def shared(browser: Browser, served: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(f"{served}compare/")
    yield page
    context.close()


@pytest.fixture
def compare(shared: Page, served: str) -> Iterator[Page]:
    """The page without a comparison. A problem in its script or with its policy fails the test."""
    shared.goto(f"{served}compare/")
    yield shared
    assert shared.evaluate("window.wrong") == []


def show(page: Page, text: str) -> None:
    page.evaluate("(text) => { location.hash = `compare=${text}`; }", text)
    expect(page.locator("[data-status]")).not_to_be_empty()


def columns(page: Page) -> list[str]:
    return page.locator("[data-place=different-head] th").all_inner_texts()[1:]


def rows(page: Page, place: str) -> list[str]:
    return page.locator(f"[data-place={place}] tr").evaluate_all("all => all.map(row => row.dataset.criterion)")


def pair_in_common() -> tuple[str, str]:
    """Two options that a named combination has both of."""
    found = next(strategy for strategy in real_guide().strategies if strategy.named and len(strategy.members) > 1)
    return found.members[0], found.members[1]


def test_two_show_what_the_page_of_their_pair_shows(compare: Page, site: Path) -> None:
    one, two = (option.id for option in real_guide().options[:2])
    show(compare, f"{one}+{two}")
    printed = BeautifulSoup((site / "compare" / f"{one}-vs-{two}" / "index.html").read_text("utf-8"), "html.parser")
    # Its own page puts first what depends on an answer; row by row the two say the same.
    wanted = {
        row.th.a.get_text(): [
            [cell.select_one(".cell-text").get_text(), "better" in cell.get("class", ())] for cell in row.select("td")
        ]
        for row in printed.select("table.compared tbody tr")
    }
    lines = compare.locator("[data-place=different] tr, [data-place=same] tr").evaluate_all(
        """rows => rows.map((row) => [row.querySelector("th a").textContent, [...row.querySelectorAll("td")].map(
             (cell) => [cell.querySelector(".cell-text").textContent, cell.classList.contains("better")])])"""
    )
    assert dict(lines) == wanted and len(lines) == len(wanted)
    link = compare.locator("[data-place=pages] a")
    expect(link).to_have_text(f"{NAMES[one]} vs {NAMES[two]}")
    link.click()
    expect(compare.locator("h1")).to_contain_text(f"{NAMES[one]} vs {NAMES[two]}")
    compare.get_by_role("link", name="Add a third tool").click()
    expect(compare.locator("[data-place=different-head] th")).to_have_count(3)
    assert columns(compare) == [NAMES[one], NAMES[two]]


def test_four_stand_in_the_order_of_the_address_largest_difference_first(compare: Page) -> None:
    guide = real_guide()
    chosen = [option.id for option in guide.options][3::-1]
    show(compare, "+".join(chosen))
    assert columns(compare) == [NAMES[option] for option in chosen]

    def size(criterion: str) -> int:
        cells = [guide.cell(option, criterion) for option in chosen]
        middles = [cell.low + cell.high for cell in cells]
        return max(middles) - min(middles)

    different, same = rows(compare, "different"), rows(compare, "same")
    assert sorted(different + same) == sorted(criterion.id for criterion in guide.criteria)
    assert [size(name) for name in different] == sorted((size(name) for name in different), reverse=True)
    assert all(len({(c.low, c.high) for c in (guide.cell(o, name) for o in chosen)}) == 1 for name in same)
    for criterion in different:
        cells = compare.locator(f"[data-place=different] [data-criterion='{criterion}'] td")
        for option, ahead in zip(
            chosen, cells.evaluate_all("all => all.map(c => c.classList.contains('better'))"), strict=True
        ):
            mine = guide.cell(option, criterion)
            others = [guide.cell(other, criterion) for other in chosen if other != option]
            assert ahead == (
                all(mine.low >= other.high for other in others) and any(mine.low > other.high for other in others)
            )


def test_the_names_stay_in_sight_while_the_differences_are_read(compare: Page) -> None:
    show(compare, "+".join(list(NAMES)[:3]))
    last = compare.locator("[data-place=different] tr").last
    last.evaluate("row => row.scrollIntoView({ block: 'center' })")
    head, header = compare.locator("[data-place=different-head] th").nth(1), compare.locator(".md-header")
    expect(head).to_be_in_viewport()
    box, above = head.bounding_box(), header.bounding_box()
    assert box and above and box["y"] >= above["y"] + above["height"] - 1


def test_the_profile_says_in_words_what_it_draws(compare: Page) -> None:
    chosen = [option.id for option in real_guide().options[:3]]
    show(compare, "+".join(chosen))
    scales = compare.locator("[data-place=scales] li")
    expect(scales).to_have_count(len(real_guide().criteria))
    drawing = scales.first.get_by_role("img")
    for option in chosen:
        assert f"{NAMES[option]}: " in (drawing.get_attribute("aria-label") or "")
    dots = drawing.locator("circle").evaluate_all("all => all.map(dot => Number(dot.getAttribute('cx')))")
    cells = [guide_cell.low + guide_cell.high for guide_cell in
             (real_guide().cell(option, real_guide().criteria[0].id) for option in chosen)]  # fmt: skip
    assert dots == [10 + 220 * cell / 2000 for cell in cells]


def test_combinations_and_moves_between_the_chosen_are_named(compare: Page) -> None:
    guide = real_guide()
    one, two = pair_in_common()
    show(compare, f"{one}+{two}")
    wanted = {guide.entry("strategies", strategy.named)["name"] for strategy in guide.strategies
              if strategy.named and {one, two} <= set(strategy.members)}  # fmt: skip
    assert set(compare.locator("[data-place=together] h3").all_inner_texts()) == wanted
    expect(compare.locator("[data-when=never]")).to_be_hidden()
    move = next(move for move in guide.data["moves"] if len(move["from"]) == len(move["to"]) == 1)
    show(compare, f"{move['from'][0]}+{move['to'][0]}")
    expect(compare.locator("[data-place=moves] a").first).to_have_attribute("href", "../migrate/#move-"
        + str(1 + guide.data["moves"].index(move)))  # fmt: skip
    have = {frozenset(pair) for strategy in guide.strategies for pair in combinations(strategy.members, 2)}
    apart = next(pair for pair in combinations(NAMES, 2) if frozenset(pair) not in have)
    show(compare, "+".join(apart))
    expect(compare.locator("[data-when=never]")).to_be_visible()
    expect(compare.locator("[data-place=together] li")).to_have_count(0)


def test_choosing_by_keyboard_goes_into_the_address_and_back_and_reload_keep_it(compare: Page, served: str) -> None:
    first, second, third = sorted(NAMES, key=lambda option: (NAMES[option].casefold(), option))[:3]
    slots = compare.locator("[data-slot]")
    slots.nth(0).focus()
    compare.keyboard.type(NAMES[first][:9])
    expect(compare.locator("[data-status]")).to_have_text("Choose one more.")
    compare.keyboard.press("Tab")
    expect(slots.nth(1)).to_be_focused()
    compare.keyboard.type(NAMES[second][:9])
    assert compare.url == f"{served}compare/#compare={first}+{second}"
    assert columns(compare) == [NAMES[first], NAMES[second]]
    expect(slots.nth(2).locator(f"option[value='{first}']")).to_be_disabled()
    slots.nth(2).select_option(third)
    assert columns(compare) == [NAMES[first], NAMES[second], NAMES[third]]
    compare.go_back()
    expect(compare.locator("[data-place=different-head] th")).to_have_count(3)
    compare.reload()
    assert columns(compare) == [NAMES[first], NAMES[second]]
    slots.nth(1).select_option("")
    expect(compare.locator("[data-shown]")).to_be_hidden()


HOSTILE = {
    "markup": "<img src=x onerror=window.hacked=true>+<script>window.hacked=true</script>",
    "encoded": "%3Cimg%20src%3Dx%20onerror%3D%22window.hacked%3Dtrue%22%3E+%00%ff",
    "selector": '"]+[data-head]+*+\\22+__proto__+constructor',
    "long": "a+" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_the_page_does_not_know_is_left_out_with_a_notice(compare: Page, name: str) -> None:
    count = "document.querySelectorAll('script, img, iframe, object').length"
    before = compare.evaluate(count)
    one, two = (option.id for option in real_guide().options[:2])
    show(compare, f"{one}+{two}+{HOSTILE[name]}")
    expect(compare.locator("[data-status]")).to_contain_text("unknown and left out")
    assert columns(compare) == [NAMES[one], NAMES[two]]
    assert compare.evaluate(count) == before
    assert compare.evaluate("window.hacked") is None


def test_more_than_four_are_cut_with_a_notice_and_one_named_twice_counts_once(compare: Page) -> None:
    names = list(NAMES)[:5]
    show(compare, "+".join([names[0], *names]))
    expect(compare.locator("[data-status]")).to_contain_text("The first 4 are shown")
    assert columns(compare) == [NAMES[name] for name in names[:4]]


def test_nothing_moves_while_a_comparison_opens(compare: Page, served: str) -> None:
    compare.goto("about:blank")
    compare.goto(f"{served}compare/#compare={'+'.join(list(NAMES)[:3])}")
    expect(compare.locator("[data-place=pages] a")).to_have_count(3)
    unmoved(compare)


def test_an_anchor_of_the_page_leaves_the_comparison(compare: Page) -> None:
    show(compare, "+".join(list(NAMES)[:2]))
    compare.evaluate("location.hash = 'pairs'")
    expect(compare.locator("[data-shown]")).to_be_visible()


def test_on_a_small_phone_columns_become_cards_with_their_names(browser: Browser, served: str) -> None:
    with browser.new_context(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        names = list(NAMES)[:4]
        page.goto(f"{served}compare/#compare={'+'.join(names)}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        first = page.locator("[data-place=different] tr").first.locator("td")
        tops = first.evaluate_all("all => all.map(cell => cell.getBoundingClientRect().top)")
        assert tops == sorted(tops) and len(set(tops)) == 4
        assert first.locator(".matrix-name").all_inner_texts() == [NAMES[name] for name in names]


def test_axe_finds_nothing_in_a_comparison(browser: Browser, served: str) -> None:
    with browser.new_context(bypass_csp=True, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(f"{served}compare/#compare={'+'.join(pair_in_common())}+{next(iter(NAMES))}")
        page.evaluate("document.querySelector('.pairs').remove()")  # the same with and without a comparison
        install(page)
        found = []
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found += faults_in_both_schemes(page)
        assert not found, "\n".join(found)


def test_without_script_the_pages_of_pairs_are_there_and_no_dead_form(browser: Browser, served: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{served}compare/")
        expect(page.locator("[data-compare]")).to_be_hidden()
        page.locator(".pairs a").first.click()
        expect(page.locator("#differences")).to_be_visible()
