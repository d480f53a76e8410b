"""Own facts in a real browser: given by keyboard, marked, kept by link, reload, record and `verify`; hostile links."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from selector.cli import main
from tests.support.axe import faults_in_both_schemes, install
from tests.support.browser import WATCH
from tests.support.real_guide import real_guide
from tests.support.wizard_states import answers_for, link_for

pytestmark = pytest.mark.xdist_group("reader")

READY = 180_000
"""Milliseconds that a slow machine may take to start Python."""

OWN = "[data-region=own]"


def test_an_own_fact_survives_link_reload_back_record_and_verify(
    browser: Browser, served: str, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{served}wizard/#{link_for(answers_for('leader'))}")
    expect(page.locator(f"{OWN} h2")).to_be_attached(timeout=READY)
    winner = page.locator("[data-region=ranking] li[data-rank='1']").first.get_attribute("data-strategy")
    assert winner is not None
    option, criterion = winner.split("+")[0], real_guide().criteria[0]
    entry = real_guide().entry("options", option)

    page.locator("details[data-key=own] > summary").click()
    page.locator("#dw-own-pick").select_option(f"option:{option}")
    control = page.locator(f"#dw-own\\.{option}\\.{criterion.id}")
    control.focus()
    said = entry["ratings"][criterion.id]["level"]
    level = next(level for level in criterion.levels if level.id != said)
    page.keyboard.type(level.label)  # as a list is chosen from by keyboard
    expect(page.locator(f"{OWN} .dw-own-list li")).to_have_count(1, timeout=READY)
    expect(control).to_be_focused()
    value = control.input_value()
    row = page.locator(f"{OWN} .dw-own-list li")
    expect(row).to_contain_text("own fact")
    expect(row).to_contain_text("The guide:")
    text = row.inner_text()
    assert f"own.{option}.{criterion.id}={value}~" in page.url

    page.reload()
    expect(row).to_have_count(1, timeout=READY)
    page.locator("details[data-key=own] > summary").click()
    assert row.inner_text() == text
    name = f"{option}.{criterion.id}"
    record, decision = files_of(page, tmp_path)
    assert f"- Our own fact: {entry['name']}, {criterion.name}:" in record and "(the guide: " in record
    assert f"own.{name}={value}" in record
    assert json.loads(decision.read_bytes())["own"][0]["fact"] == name
    assert main(["verify", "--guide", str(site / "api" / "guide.json"), str(decision)]) == 0
    assert "own fact, kept: " in capsys.readouterr().out

    page.locator("#dw-own-pick").select_option(f"criterion:{criterion.id}")  # its field is among those of others now
    expect(page.locator(f"{OWN} .dw-own-rows li").first).to_be_visible(timeout=READY)
    assert f"own.{option}.{criterion.id}={value}~" in page.url
    row.get_by_role("button", name="Back to the guide's").press("Enter")
    expect(row).to_have_count(0, timeout=READY)
    assert "own." not in page.url
    page.go_back()
    expect(row).to_have_count(1, timeout=READY)
    assert page.evaluate("window.wrong") == []
    address = page.url
    context.close()
    assert faults_of(browser, address) == []


def files_of(page: Page, folder: Path) -> tuple[str, Path]:
    """The record's text, and the decision as a file."""
    expect(page.locator("[data-save=record]").first).to_be_visible(timeout=READY)
    with page.expect_download() as saved:
        page.locator("[data-save=record]").first.click()
    record = saved.value.path().read_text("utf-8")
    page.locator(".dw-record summary").click()
    with page.expect_download() as saved:
        page.locator("[data-save=decision]").first.click()
    file = folder / "decision.json"
    file.write_bytes(saved.value.path().read_bytes())
    return record, file


def faults_of(browser: Browser, address: str) -> list[str]:
    """What axe finds with the controls open, on a phone, and whether a finger hits them."""
    context = browser.new_context(
        bypass_csp=True, has_touch=True, reduced_motion="reduce", viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(address)
    page.locator("details[data-key=own] > summary").click(timeout=READY)
    expect(page.locator("#dw-own-pick")).to_be_visible(timeout=READY)
    page.locator("#dw-own-pick").select_option(f"option:{real_guide().options[0].id}")
    expect(page.locator(f"{OWN} .dw-own-rows select").first).to_be_visible(timeout=READY)
    small = [
        one["height"]
        for control in page.locator(f"{OWN} :is(select, .dw-own-list button)").all()
        if (one := control.bounding_box()) and one["height"] < 44
    ]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    install(page)
    faults = [str(fault) for fault in faults_in_both_schemes(page)]
    context.close()
    return [*faults, *(f"{height} pixels high" for height in small), *(["wider than the window"] if wide else [])]


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("own.<script>alert(1)</script>.x=y", "was ignored"),
        (f"own.{'y' * 100_000}.x=y", "longer than this page can read"),
        ("own.nothing.nowhere=low", "The link's own fact “nothing.nowhere” was ignored: there is no"),
    ],
)
def test_a_hostile_own_fact_is_named_and_left_out(page_at: Page, part: str, message: str) -> None:
    page = page_at
    page.evaluate("part => { location.hash = part; }", f"#v=1&{part}&r={real_guide().revision}")
    expect(page.locator("[data-region=notice]")).to_contain_text(message, timeout=READY)
    assert "own." not in page.url.split("#", 1)[-1] or page.locator(f"{OWN} .dw-own-list").count() == 0
    assert page.evaluate("window.wrong") == []


@pytest.fixture(scope="module")
def page_at(browser: Browser, served: str) -> Page:
    """The wizard, once for all hostile links."""
    page = browser.new_context().new_page()
    page.add_init_script(WATCH)
    page.goto(f"{served}wizard/")
    return page
