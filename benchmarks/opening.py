"""How soon a link with answers shows something useful: the preview of the worked example with the same answers.

    uv run python benchmarks/opening.py              # medians of 7, on the simulated phone
    uv run python benchmarks/opening.py --rounds 15

First visits to the real site in a window of a phone's size, at 10 Mbit/s and 40 ms, with the browser's renderer stopped
three quarters of the time, taking turns with two pages that show what is not ours: one that is empty but for a word, and
a plain page of the site. From a host that compresses, as most do, and from one that does not. Times are milliseconds since
navigation: when the page had arrived, its first contentful paint, and the frame after the preview was put in.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from runtime import slow_processor  # noqa: E402
from runtime_sites import LATENCY, MBIT, Host, make_built  # noqa: E402

from tests.support.browser import launch, until  # noqa: E402

USEFUL_BAR = 300
PHONE = {"width": 412, "height": 915}

WATCH = """new MutationObserver((_, observer) => {
  if (!document.querySelector("[data-foretold]")) return;
  observer.disconnect();
  const { port1, port2 } = new MessageChannel(); // its message comes after the frame
  port1.onmessage = () => { window.useful = performance.now(); };
  requestAnimationFrame(() => port2.postMessage(null));
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-foretold"] });"""

PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
ARRIVED = "performance.getEntriesByType('navigation')[0].responseEnd"


def visit(browser: Browser, address: str, last: str) -> dict[str, float]:
    """A first visit, until `last` has happened."""
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto("about:blank")
        with slow_processor(browser):
            page.goto(address, wait_until="commit")
            until(page, last)
            page.wait_for_timeout(500)
            found = {"arrived": page.evaluate(ARRIVED), "first paint": until(page, PAINT)}
            return found | {"useful": page.evaluate("window.useful") or 0}


def pages_of(folder: Path) -> dict[str, tuple[str, str]]:
    """What is visited: its address, and what ends the visit."""
    (folder / "empty").mkdir()
    (folder / "empty/index.html").write_text("<!doctype html><title>Empty</title><p>Hello", "utf-8")
    html = (folder / "built/wizard/index.html").read_text("utf-8")
    known = re.search(r'id="dw-examples">(.*?)</script>', html)
    assert known
    link = "v=1&" + urlencode(json.loads(known[1])["examples"][0][-1])
    return {
        "empty page": ("empty/", PAINT),
        "a plain page": ("built/scoring/", PAINT),
        "wizard, from a link": (f"built/wizard/#{link}", "window.useful"),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        make_built(folder)
        pages, browser, host = pages_of(folder), launch(playwright), Host(folder)
        host.slow = True
        print(f"Chromium {browser.version}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, "
              f"medians of {rounds}, {MBIT} Mbit/s, {LATENCY * 1000:.0f} ms")  # fmt: skip
        for host.compress in (True, False):
            visits: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
            for number in range(rounds):
                for what in list(pages) if number % 2 else reversed(pages):
                    address, last = pages[what]
                    visits[what].append(visit(browser, host.address + address, last))
            print(f"\nFrom a host that {'compresses' if host.compress else 'does not compress'}")
            for what, found in visits.items():
                told = [f"{key} {median(each[key] for each in found):5.0f}" for key in found[0]]
                print(f"{what:22}{'   '.join(told)}   {USEFUL_BAR if 'link' in what else ''}")
        browser.close()


if __name__ == "__main__":
    main()
