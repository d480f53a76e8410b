"""The panel of problems on a page of the preview: what everyone can read and reach, on screens of any width."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from hooks.checked import check_loaded
from hooks.engines.sent import with_panel
from hooks.source.load import load_bytes
from hooks.source.problems_html import as_html
from tests.support.axe import SCHEMES, faults, install
from tests.support.broken_edits import GUIDES
from tests.support.browser import serve

BROKEN = (
    (GUIDES / "small.yml").read_text("utf-8").replace("goals: [frame]", "goals: [fram]").replace("value: 0", "value: x")
)
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Locks</title>
<meta name="viewport" content="width=device-width"></head><body><main><h1>Locks</h1><p id="last">The last line.</p></main></body></html>"""


@pytest.mark.parametrize("width", [390, 1200])
def test_the_panel_is_accessible_and_covers_nothing_for_good(browser: Browser, tmp_path: Path, width: int) -> None:
    checked = check_loaded(load_bytes(BROKEN.encode(), "g.yml"))
    html = with_panel(PAGE, str(as_html(checked.causes, checked.texts)))
    (tmp_path / "index.html").write_text(html, "utf-8")
    with serve(tmp_path) as address, browser.new_context(viewport={"width": width, "height": 500}) as context:
        page = context.new_page()
        page.goto(address)
        install(page)
        for scheme in SCHEMES:
            page.evaluate("(scheme) => { document.body.dataset.mdColorScheme = scheme; }", scheme)
            assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        box, panel = (page.locator(name).bounding_box() for name in ("#last", ".problems"))
        assert box and panel and box["y"] + box["height"] <= panel["y"]
        page.keyboard.press("Escape")
        assert page.locator(".problems").is_hidden()
        assert faults(page) == []
