"""A site built with a file own.yml beside its guide, in a real browser: what is own is marked, what is hidden is offered nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from hooks import ROOT
from tests.support.browser import WATCH, serve
from tests.support.sites import build_site, shared_folder

pytestmark = pytest.mark.xdist_group("reader")

READY = 180_000
"""Milliseconds that a slow machine may take to start Python."""

OWN = """\
format: 1
organisation: {name: Example Ltd, url: https://wiki.example.org/own}
verified: 2026-01-02
ratings:
  - {of: bow, criterion: strength, level: weak, text: Ours is old.}
hide:
  - {option: cable, because: It was cut.}
answers:
  - {question: nights, answer: 40, because: We counted.}
"""


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small guide with an organisation's own facts."""
    folder = shared_folder(tmp_path_factory) / "with own.yml"
    folder.mkdir(exist_ok=True)
    (folder / "guide.yml").write_bytes((ROOT / "tests" / "guides" / "small.yml").read_bytes())
    (folder / "own.yml").write_text(OWN, "utf-8")
    return build_site(folder / "site", GUIDE=str(folder / "guide.yml"))


def test_own_facts_are_marked_hidden_options_offered_nowhere_and_fixed_numbers_shown(
    browser: Browser, own_site: Path
) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(WATCH)
    with serve(own_site) as address:
        page.goto(f"{address}options/bow/")
        expect(page.locator(".own-notice")).to_contain_text("Example Ltd")
        expect(page.locator("main .own-mark").first).to_have_text("own fact")
        page.goto(f"{address}options/cable/")
        expect(page.locator(".own-notice")).to_contain_text("Not used at Example Ltd. It was cut.")
        page.goto(f"{address}matrix/")
        expect(page.locator("main a[href*='options/bow']").first).to_be_attached()
        assert page.locator("a[href*='options/cable']").count() == 0
        page.goto(f"{address}wizard/#v=1&place=street&r=0")
        expect(page.locator("[data-region=ranking] [data-strategy]").first).to_be_attached(timeout=READY)
        number = page.locator("#dw-q-nights input[type=number]")
        expect(number).to_have_value("40")
        expect(page.locator("#dw-q-nights")).to_contain_text("Fixed by Example Ltd. We counted.")
        marked = page.locator("[data-region=ranking] [data-strategy*=bow]").first
        expect(marked).to_contain_text("Depends on own facts: Strength")
        assert page.locator("[data-region=leader] [data-key*=cable]").count() == 0
        assert page.locator("#dw-own-pick option[value='option:cable']").count() == 0
        assert page.evaluate("window.wrong") == []
    context.close()


def test_a_matrix_of_four_is_all_there_on_a_phone(browser: Browser, own_site: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.add_init_script(WATCH)
    with serve(own_site) as address:
        page.goto(f"{address}matrix/")
        expect(page.locator("[data-matrix-status]")).to_contain_text("4 of 4")
        expect(page.locator("[data-matrix-empty]")).to_be_hidden()
        page.goto(address)
        places = """() => [...document.querySelectorAll('table.scores')].map((table) =>
          ['thead th:not(:first-child)', 'tbody tr:first-child td'].map((cells) =>
            [...table.querySelectorAll(cells)].map((cell) => Math.round(cell.getBoundingClientRect().x)).join()))"""
        heads_and_scores = page.evaluate(places)
        assert heads_and_scores and all(heads == scores for heads, scores in heads_and_scores)
        assert page.evaluate("window.wrong") == []
    context.close()
