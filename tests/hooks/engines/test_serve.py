"""`mkdocs serve` as an editor meets it: a real server, a real browser, and a guide that is broken and fixed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, LocatorAssertions, Page, expect

from hooks.checked import check_loaded
from hooks.source.load import load_bytes
from tests.support.dev_server import BROKEN, PATIENCE, SECOND, Server, until

pytestmark = pytest.mark.xdist_group("serve")

ASKED = "Under which terms should we publish our project?"
TYPO = next(number for number, line in enumerate(BROKEN.split("\n"), 1) if "documnets" in line)
FORMAT = SECOND.split("\n").index("format: 1") + 1


def panel(page: Page) -> LocatorAssertions:
    """The problems on top of a page."""
    return expect(page.locator(".problems"))


def test_a_guide_broken_at_the_start_is_shown_and_once_mended_the_site_is_there(
    server: Server, context: BrowserContext
) -> None:
    wizard, home = context.new_page(), context.new_page()
    for page, path in ((wizard, "wizard/"), (home, "")):
        page.goto(server.address + path)
        panel(page).to_contain_text(f"data/guide.yml:{TYPO}:17 unknown role 'documnets'", timeout=PATIENCE * 1000)
        panel(page).to_contain_text("nearest: documents")
    assert f"data/guide.yml:{TYPO}:17: unknown role 'documnets'" in server.said.read_text()
    server.save(SECOND)
    expect(home.locator("h1").first).to_contain_text(ASKED, timeout=PATIENCE * 1000)
    wizard.bring_to_front()
    expect(wizard.locator("decision-wizard")).to_be_visible(timeout=PATIENCE * 1000)
    for page in (wizard, home):
        panel(page).to_have_count(0)


def test_a_save_is_seen_on_the_open_page_and_in_the_wizard(server: Server, context: BrowserContext) -> None:
    server.save(SECOND)
    page = context.new_page()
    page.goto(server.address + "wizard/")
    page.wait_for_selector('[data-wizard-state="ready"]', timeout=PATIENCE * 1000)
    first = page.locator("[data-answer]").first
    words = page.locator("decision-wizard label:has([data-answer])").first.inner_text().split("\n")[0].strip()
    assert SECOND.count(words) >= 1
    server.save(SECOND.replace(words, f"{words}, said anew"))
    expect(page.locator("decision-wizard")).to_contain_text("said anew", timeout=PATIENCE * 1000)
    page.wait_for_selector('[data-wizard-state="ready"]', timeout=PATIENCE * 1000)
    starts = page.locator("[data-region=leader] .dw-starts [data-link]")
    starts.first.click()
    expect(page.locator("[data-region=leader] :is(.dw-leader-leader, .dw-leader-close)")).to_be_visible()
    expect(starts).to_have_count(0)
    first.check()
    expect(first).to_be_checked()
    page.locator("details[data-key=how] > summary").click()
    expect(page.locator("[data-region=ranking] [data-strategy]").first).to_be_visible()


def test_scroll_answers_and_folds_are_kept_when_the_next_save_comes_before_the_wizard_is_ready(
    server: Server, context: BrowserContext
) -> None:
    server.save_and_wait(SECOND)
    context.route(re.compile("manifest"), lambda route: None)  # the wizard never gets further than loading
    page = context.new_page()
    page.goto(server.address + "wizard/")
    page.locator("[data-answer]").first.check()
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = !fold.open")
    page.evaluate("scrollTo(0, 300)")
    before = page.evaluate(STATE)
    assert before["scroll"] == 300
    for number in (1, 2):
        assert page.locator('[data-wizard-state="ready"]').count() == 0
        with page.expect_event("load", timeout=PATIENCE * 1000):
            server.save(SECOND.replace("Eight building blocks,", f"Eight building blocks {number},"))
    after = page.evaluate(STATE)
    assert after == {**before, "scroll": pytest.approx(before["scroll"], abs=5)}


STATE = """() => ({
  scroll: Math.round(scrollY),
  answers: [...document.querySelectorAll("decision-wizard [data-answer]")].map((one) => one.checked),
  open: [...document.querySelectorAll("decision-wizard details")].map((one) => one.open),
})"""
"""What an editor would lose when a page is loaded again."""


def test_problems_stand_on_the_last_good_page_until_they_are_mended(server: Server, context: BrowserContext) -> None:
    server.save(SECOND)
    page = context.new_page()
    page.goto(server.address + "matrix/")
    matrix = expect(page.locator("table").first)
    matrix.to_contain_text("MIT License")
    server.save(SECOND.replace("format: 1", "format: 1\n<b>hostile</b>: 1\n\tx: 1"))
    panel(page).to_contain_text(f"data/guide.yml:{FORMAT + 2}:1", timeout=PATIENCE * 1000)
    matrix.to_contain_text("MIT License")
    assert page.locator(".problems b").count() == 0
    server.save(BROKEN)
    panel(page).to_contain_text("unknown role 'documnets'", timeout=PATIENCE * 1000)
    server.save(SECOND)
    panel(page).to_have_count(0, timeout=PATIENCE * 1000)
    matrix.to_contain_text("MIT License")


def test_the_panel_is_closed_until_the_problems_are_others(server: Server, context: BrowserContext) -> None:
    """It leaves the header free, and stays closed on other pages and after other saves."""
    server.save_and_wait(SECOND)
    page = context.new_page()
    page.goto(server.address + "matrix/")
    server.save(BROKEN)
    panel(page).to_be_visible(timeout=PATIENCE * 1000)
    top = page.locator(".problems").evaluate("(panel) => panel.getBoundingClientRect().top")
    assert top > page.locator("header").first.evaluate("(header) => header.getBoundingClientRect().bottom")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Hide problems")).to_be_focused()
    page.keyboard.press("Enter")
    panel(page).to_be_hidden()
    again = page.get_by_role("button", name="Show problems")
    expect(again).to_be_focused()
    server.save(f"# one more line\n{BROKEN}")  # the same problem on another line
    until(lambda: page.locator(".problem-place").first.text_content() == f"data/guide.yml:{TYPO + 1}:17", "not seen")
    panel(page).to_be_hidden()
    page.goto(server.address)
    panel(page).to_be_hidden()
    again.click()
    panel(page).to_be_visible()
    page.keyboard.press("Escape")
    panel(page).to_be_hidden()
    server.save(BROKEN.replace("documnets", "documnetz"))
    panel(page).to_be_visible(timeout=PATIENCE * 1000)
    page.get_by_role("button", name="Hide problems").click()
    server.save_and_wait(SECOND)
    expect(again).to_have_count(0, timeout=PATIENCE * 1000)
    server.save(BROKEN.replace("documnets", "documnetz"))
    panel(page).to_be_visible(timeout=PATIENCE * 1000)


def test_an_example_that_flips_is_said_and_the_preview_goes_on(server: Server, context: BrowserContext) -> None:
    """A weight can be tried: the pages are those of the new weight, with the example that it breaks on top."""
    server.save_and_wait(SECOND)
    page = context.new_page()
    page.goto(server.address + "criteria/give-back/")
    flipped = SECOND.replace("    weight: 7\n", "    weight: 40\n", 1)
    assert check_loaded(load_bytes(flipped.encode())).guide is None
    server.save(flipped)
    panel(page).to_contain_text("ranks first for example", timeout=PATIENCE * 1000)
    expect(page.locator("article, main").first).to_contain_text("40 points")
    assert "and the preview shows it all the same" in server.said.read_text()
    server.save(SECOND)
    panel(page).to_have_count(0, timeout=PATIENCE * 1000)
    expect(page.locator("article, main").first).not_to_contain_text("40 points")


def test_a_changed_template_is_seen_on_pages_whose_data_did_not_change(server: Server, context: BrowserContext) -> None:
    server.save(SECOND)
    page = context.new_page()
    page.goto(server.address + "compare/mit-vs-apache-2-0/")
    expect(page.locator("h1").first).to_contain_text("MIT License", timeout=PATIENCE * 1000)
    template = server.project / "hooks" / "render" / "templates" / "pair.md"
    before = template.read_text("utf-8")
    try:
        template.write_text(before.replace(">All pairs<", ">All pairs anew<"), "utf-8")
        expect(page.locator(".crumb")).to_contain_text("All pairs anew", timeout=PATIENCE * 1000)
    finally:
        template.write_text(before, "utf-8")
        expect(page.locator(".crumb")).not_to_contain_text("anew", timeout=PATIENCE * 1000)


FIRST_BUILD = """import sys
from mkdocs.commands.build import build
from mkdocs.config import load_config
config = load_config(site_dir=sys.argv[1])
config.plugins.on_startup(command="serve", dirty=False)
config.site_url = sys.argv[2]
build(config, serve_url=sys.argv[2])"""
"""What `mkdocs serve` does first."""

EDITS = (
    ("Eight building blocks,", "Eight building blocks for sure,"),  # it describes the site on every page
    ("# A second guide,", "#\n#\n# A second guide,"),  # lines move, in links to them
    ("text: Any product, source", "text: Any product at all, source"),
    ("label: Open services only", "label: Only open services"),
    ("patents: {level: silent, text: Not mentioned", "patents: {level: express, text: Not mentioned"),
    ("    name: MIT License\n", "    name: Licence of MIT\n"),  # on almost every page
)
OPEN = ("", "", "options/mit/", "wizard/", "matrix/", "options/mit/")
"""The page that is open when each edit is saved."""


def test_a_changed_part_of_a_style_sheet_is_seen_and_a_missing_one_is_said(
    server: Server, context: BrowserContext
) -> None:
    server.save_and_wait(SECOND)
    page = context.new_page()
    page.goto(server.address)
    part, index = (server.project / "docs" / "assets" / name for name in ("styles/home.css", "site.css"))
    whole = index.read_text("utf-8")
    part.write_text(part.read_text("utf-8") + "\nh1 { outline: 5px solid; }\n", "utf-8")
    expect(page.locator("h1").first).to_have_css("outline-width", "5px", timeout=PATIENCE * 1000)
    index.write_text(whole + '@import "styles/no.css";\n', "utf-8")
    expect(page.get_by_role("alert")).to_contain_text("no.css is imported and cannot be read", timeout=PATIENCE * 1000)
    index.write_text(whole, "utf-8")
    expect(page.get_by_role("alert")).to_have_count(0, timeout=PATIENCE * 1000)


def test_what_is_kept_is_what_a_whole_build_gives(server: Server, tmp_path: Path) -> None:
    text = SECOND
    server.save_and_wait(text)
    changed = []
    for (old, new), page in zip(EDITS, OPEN, strict=True):
        assert old in text, old
        text = text.replace(old, new, 1)
        _read(server, page)
        builds = len(_counts(server))
        server.save_and_wait(text)
        changed.append(sum(changed for changed, _ in _counts(server)[builds:]))
    assert changed[1] <= 2, "no page is built for lines that moved; a file for machines may hold them"
    assert max(changed[1:-1]) < _counts(server)[-1][1] / 2, "most files are kept"
    whole = tmp_path / "whole"
    done = subprocess.run(
        [sys.executable, "-c", FIRST_BUILD, str(whole), server.address],
        cwd=server.project,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert _files(server.site) == _files(whole)
    differ = [path for path in _files(whole) if (server.site / path).read_bytes() != (whole / path).read_bytes()]
    assert differ == []
    shutil.rmtree(whole)


def test_an_open_page_comes_first_and_no_page_is_sent_as_it_was(server: Server) -> None:
    server.save_and_wait(SECOND)
    assert "MIT License" in _read(server, "options/mit/")
    builds = len(_counts(server))
    renamed = SECOND.replace("    name: MIT License\n", "    name: Licence of MIT\n")
    server.save(renamed)
    until(lambda: len(_counts(server)) > builds, server.said.read_text)
    assert "Licence of MIT" in _read(server, "options/index.html"), "a page that follows is waited for"
    _read(server, "api/guide.json")  # comes last
    first, *others = [changed for changed, _ in _counts(server)[builds:]]
    assert first < sum(others)
    assert "Licence of MIT" in _read(server, "options/mit/")


def test_the_next_save_ends_what_nobody_waits_for(server: Server) -> None:
    server.save_and_wait(SECOND)
    for number in range(5):
        _read(server, "options/mit/")
        builds = len(_counts(server))
        server.save(SECOND.replace("    name: MIT License\n", f"    name: Licence {number}\n"))
        until(lambda known=builds: len(_counts(server)) > known, server.said.read_text)
    assert "Licence 4" in _read(server, "matrix/")
    server.save_and_wait(SECOND)
    assert "Licence 4" not in _read(server, "matrix/")


def _read(server: Server, page: str) -> str:
    with urllib.request.urlopen(server.address + page, timeout=PATIENCE) as answer:
        return str(answer.read().decode())


def _counts(server: Server) -> list[tuple[int, int]]:
    """Of each build, how many files it found changed, and of how many."""
    found = re.findall(r"(\d+) of (\d+) files have changed", server.said.read_text())
    return [(int(changed), int(files)) for changed, files in found]


def _files(folder: Path) -> list[str]:
    """All files of a site but the packed list of addresses, which holds the time."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if path != "sitemap.xml.gz")
