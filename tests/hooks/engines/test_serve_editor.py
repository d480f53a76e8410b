"""The editor in the pages of `mkdocs serve`, as an editor of the guide and as a hostile page meet it."""

from __future__ import annotations

import hashlib
import json
import re
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.support.axe import SCHEMES, faults, install
from tests.support.browser import serve
from tests.support.dev_server import PATIENCE, SECOND, Server

pytestmark = pytest.mark.xdist_group("serve")


def test_a_text_a_level_and_a_weight_are_changed_on_the_page_that_shows_them(
    server: Server, context: BrowserContext
) -> None:
    server.save_and_wait(SECOND)
    file = server.project / "data" / "guide.yml"
    page = context.new_page()
    page.goto(server.address + "options/mit/")
    page.get_by_role("button", name="Edit this page").click()
    edit = page.get_by_role("button", name="Edit options › mit › ratings › patents › text")
    edit.click()
    text = page.get_by_label("text", exact=True)
    expect(text).to_be_focused()
    page.keyboard.press("Escape")
    expect(edit).to_be_focused()
    edit.press("Enter")
    text.fill("Mentioned: try")
    page.get_by_label("level", exact=True).select_option("Granted")
    page.get_by_role("button", name="Show the change").click()
    expect(page.locator(".ge-out")).to_contain_text("level: silent, text: Not mentioned, source")
    expect(page.locator(".ge-in")).to_contain_text("level: express, text: 'Mentioned: try', source")
    assert file.read_text("utf-8") == SECOND
    page.get_by_role("button", name="Write", exact=True).click()
    expect(page.locator("#on-patents .cell-text")).to_have_text("Mentioned: try", timeout=PATIENCE * 1000)
    expect(page.locator("#on-patents .level")).to_have_text("Granted")
    expect(edit).to_be_focused()
    old, new = SECOND.split("\n"), file.read_text("utf-8").split("\n")
    assert sum(one != other for one, other in zip(old, new, strict=True)) == 1

    page.goto(server.address + "criteria/patents/")
    page.get_by_role("button", name="Edit criteria › patents › weight").click()
    weight = page.get_by_label("weight", exact=True)
    weight.fill("four")
    weight.press("Enter")
    expect(page.locator("[data-path*=weight] .ge-problem")).to_contain_text("expected a whole number from 0 to 1000")
    expect(weight).to_be_focused()
    server.save_and_wait(
        file.read_text("utf-8").replace("# A second guide,", "# A guide,", 1)
    )  # the page loads again, the form stays
    expect(weight).to_have_value("four", timeout=PATIENCE * 1000)
    weight.fill("5")
    weight.press("Enter")
    page.get_by_role("button", name="Write", exact=True).click()
    expect(page.locator("#weight ~ .prose").first).to_contain_text("5 points", timeout=PATIENCE * 1000)


def test_the_editor_is_accessible_in_both_schemes(server: Server, browser: Browser) -> None:
    server.save_and_wait(SECOND)
    with browser.new_context(
        bypass_csp=True, reduced_motion="reduce", viewport={"width": 390, "height": 844}
    ) as opened:
        page = opened.new_page()
        page.goto(server.address + "options/mit/")
        page.get_by_role("button", name="Edit this page").click()
        edit = page.get_by_role("button", name="Edit options › mit › ratings › reach › level")
        expect(edit).to_be_visible()
        install(page)
        assert faults(page) == []
        edit.click()
        page.get_by_label("verified", exact=True).fill("tomorrow")
        page.get_by_label("verified", exact=True).press("Enter")
        expect(page.locator(".ge-field .ge-problem")).to_be_visible()
        for scheme in SCHEMES:
            page.evaluate("(scheme) => { document.body.dataset.mdColorScheme = scheme; }", scheme)
            assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        inside = page.locator(".ge-body")
        assert inside.evaluate("(body) => body.scrollWidth - body.clientWidth") == 0


def test_a_page_of_another_origin_cannot_write(server: Server, context: BrowserContext, tmp_path: Path) -> None:
    server.save_and_wait(SECOND)
    with urllib.request.urlopen(server.address + "options/mit/") as answer:
        token = re.findall(r'data-token="([^"]+)"', answer.read().decode())[0]
    (tmp_path / "index.html").write_text("<!doctype html><title>Elsewhere</title><p>Elsewhere</p>", "utf-8")
    body = {"base": hashlib.sha256(SECOND.encode()).hexdigest(), "despite": True,
            "changes": [{"path": '["criteria",1,"weight"]', "value": "8"}]}  # fmt: skip
    with serve(tmp_path) as elsewhere:
        page = context.new_page()
        page.goto(elsewhere)
        for headers, mode in (
            ({"Content-Type": "application/json", "X-Editor-Token": token}, "cors"),
            ({"Content-Type": "text/plain"}, "no-cors"),
        ):
            said = page.evaluate(
                "([address, request]) => fetch(address, request).then(({ type }) => type, ({ name }) => name)",
                [f"{server.address}_editor/write",
                 {"method": "POST", "mode": mode, "headers": headers, "body": json.dumps(body)}],
            )  # fmt: skip
            assert said in ("TypeError", "opaque")
            assert (server.project / "data" / "guide.yml").read_text("utf-8") == SECOND
        page.set_content(f'<iframe src="{server.address}options/mit/"></iframe>')
        inside = page.frame_locator("iframe")
        expect(inside.locator("h1").first).to_contain_text("MIT License")
        expect(inside.get_by_role("button", name="Edit this page")).to_have_count(0)
