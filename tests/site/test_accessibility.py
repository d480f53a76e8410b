"""axe-core finds nothing: on every type of page and in every state of the wizard, light and dark, wide and narrow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from hooks import ROOT
from tests.support.axe import faults_in_both_schemes, install, thin
from tests.support.browser import until
from tests.support.page_types import page_types, visit
from tests.support.wizard_states import STATES, answers_for, link_for

pytestmark = pytest.mark.xdist_group("accessibility")

WIDTHS = (1440, 390)

READY = 90_000
"""Milliseconds that a slow machine may take to start Python."""

COMING = ("Calculating…", "Drawing weightings…")
"""What the charts say that come when their fold is open."""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One page for all: moving things stand still, and axe-core may be brought in."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce", service_workers="block")
    yield context.new_page()
    context.close()


def faults_at_both_widths(page: Page, where: str) -> list[str]:
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{where} | {width} | {fault}" for fault in faults_in_both_schemes(page)]
    return found


def test_no_type_of_page_has_a_fault(page: Page, site: Path, served: str) -> None:
    found = []
    for address in page_types(site):
        page.set_viewport_size({"width": 320, "height": 900})
        visit(page, served, address)
        wide = page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{address} scrolls sideways at 320 px by {wide}"] if wide > 0 else []
        thin(page)
        install(page)
        found += faults_at_both_widths(page, address or "home")
    assert not found, "\n".join(found)


def test_no_state_of_the_wizard_has_a_fault(page: Page, served: str) -> None:
    page.route("**/assets/runtime/**", lambda route: route.abort())
    page.goto(f"{served}wizard/")
    install(page)
    page.wait_for_selector('[data-wizard-state="failed"]', timeout=READY)
    found = faults_at_both_widths(page, "failed")
    page.unroute("**/assets/runtime/**")
    page.goto("about:blank")
    page.goto(f"{served}wizard/")
    install(page)
    page.wait_for_selector('[data-wizard-state="ready"]', timeout=READY)
    found += faults_at_both_widths(page, "no answers")
    for state in STATES:
        page.evaluate("(link) => { location.hash = link; }", link_for(answers_for(state)))
        page.wait_for_selector(f".dw-leader-{state}", state="attached", timeout=READY)  # at 390 behind the questions
        page.wait_for_selector(".dw-region[data-stale]", state="detached", timeout=READY)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        until(page, f"!/{'|'.join(COMING)}/.test(document.querySelector('[data-region=sensitivity]').textContent)")
        page.evaluate("document.querySelectorAll('.dw-region [style]').forEach((one) => one.removeAttribute('style'))")
        found += faults_at_both_widths(page, state)
    assert not found, "\n".join(found)


# ---- colours, where no tool can look through what lies behind a text ----

TEXTS = (
    "ink",
    "ink-soft",
    "accent",
    "accent-strong",
    "warn",
    "for",
    "against",
    "code-string",
    "code-number",
    "code-constant",
)
MARKS = ("level-0", "level-1", "level-2", "level-3", "level-4", "level-unknown")  # fmt: skip
GROUNDS = ("paper", "surface", "sunken")


def colours(scheme: str) -> dict[str, str]:
    """The named colours of a scheme, from the style sheet."""
    sheet = (ROOT / "docs/assets/styles/tokens.css").read_text("utf-8")
    block = re.search(rf'\[data-md-color-scheme="{scheme}"\] {{(.*?)}}', sheet, re.DOTALL)
    assert block
    return {name: value if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:])
            for name, value in re.findall(r"--([\w-]+): (#\w+);", block[1])}  # fmt: skip


def contrast(one: str, other: str) -> float:
    """The ratio that WCAG defines, of two colours "#rrggbb"."""
    lights = []
    for colour in (one, other):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_every_text_colour_can_be_read_on_every_ground(scheme: str) -> None:
    named = colours(scheme)
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS]
    pairs += [("warn", "warn-wash"), ("accent", "accent-wash"), ("accent-strong", "accent-wash"),
              ("ink", "accent-wash"), ("ink-soft", "accent-wash"), ("ink", "warn-wash"), ("ink-soft", "warn-wash"),
              ("ink", "mark"), ("accent-ink", "accent"), ("accent-ink", "accent-strong")]  # fmt: skip
    weak = {pair: round(contrast(named[pair[0]], named[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}
    outlines = {(line, ground): contrast(named[line], named[ground]) for line in ("focus", "rule-strong", "accent", *MARKS)
                for ground in GROUNDS}  # fmt: skip
    assert {pair: round(ratio, 2) for pair, ratio in outlines.items() if ratio < 3} == {}
