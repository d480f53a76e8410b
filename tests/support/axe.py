"""axe-core in a page of Chromium: what it finds, as lines that a person can act on."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.support.node_packages import node_packages

STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")

COLOURS = ("color-contrast", "link-in-text-block")
"""The rules whose verdict depends on the scheme of colours."""

SCHEMES = ("default", "slate")
"""Light and dark, as the theme names them."""

ACCEPTED = {
    ("region", "#__drawer"): "The box that opens the menu has to stand before all that it opens, outside of every "
    "landmark. It is there on narrow screens only, and WCAG asks for no landmark around it.",
}
"""What is let pass (rule, element): why."""

THIN = """(most) => {
  for (const list of document.querySelectorAll("table, tbody, tr, ul, ol, dl, fieldset")) {
    const alike = [...list.children].filter((child) => child.tagName === list.lastElementChild.tagName);
    for (const one of alike.slice(most)) one.remove();
  }
}"""

RUN = """async ([tags, rules]) => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const options = {
    runOnly: rules.length ? { type: "rule", values: rules } : { type: "tag", values: tags },
    rules: rules.length ? {} : { "target-size": { enabled: true } },
    resultTypes: ["violations"], elementRef: false, preload: false, iframes: false,
  };
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => [
    id, String(node.target[0]), node.html.slice(0, 150),
    [...node.any, ...node.all, ...node.none].map((check) => check.message).join(" ").slice(0, 300),
  ]));
}"""


def install(page: Page) -> None:
    """Bring axe-core into the page. Its context must have been made with `bypass_csp=True`: the policy forbids it."""
    script = node_packages() / "node_modules" / "axe-core" / "axe.min.js"
    page.evaluate(script.read_text(encoding="utf-8"))


def thin(page: Page, most: int = 3) -> None:
    """Leave the first of many rows, cells and items: they come from one template, and axe-core looks at each."""
    page.evaluate(THIN, most)


def faults(page: Page, *rules: str) -> list[str]:
    """What axe-core finds, by all rules of the standards or by the given ones."""
    found: list[list[Any]] = page.evaluate(RUN, [STANDARDS, rules])
    return [" | ".join(fault) for fault in found if (fault[0], fault[1]) not in ACCEPTED]


def faults_in_both_schemes(page: Page) -> list[str]:
    """All rules in light colours, and in dark ones those whose verdict depends on colours."""
    found = []
    for scheme in SCHEMES:
        page.evaluate("(scheme) => { document.body.dataset.mdColorScheme = scheme; }", scheme)
        found += [f"{scheme} | {fault}" for fault in faults(page, *(COLOURS if scheme == "slate" else ()))]
    page.evaluate("(scheme) => { document.body.dataset.mdColorScheme = scheme; }", SCHEMES[0])
    return found


def faults_of_comparison(browser: Browser, address: str, settled: str, ready: float) -> list[str]:
    """What axe-core finds in a comparison of people or cases at an address, with everything open, wide and narrow, once
    the element that `settled` selects is in sight. `ready`: milliseconds that this may take."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    expect(page.locator(settled)).to_be_visible(timeout=ready)
    page.evaluate("document.querySelectorAll('decision-together details').forEach((one) => { one.open = true; })")
    install(page)
    found = []
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        found += faults_in_both_schemes(page)
        wide = page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"scrolls sideways at {width} px by {wide}"] if wide > 0 else []
    context.close()
    return found
