"""How soon the page gives its first live result: stock Pyodide against the runtime that this site packs.

    uv run python benchmarks/runtime.py              # medians of 7
    uv run python benchmarks/runtime.py --rounds 15
    uv run python benchmarks/runtime.py --plain      # without the slow network and the slow processor

Both load the same wheel, the same Jinja2 and the same guide in a worker of an otherwise empty page, and answer the
same questions. After the empty form's result the visitor reads for four seconds and answers a question, reads for as
long again and answers another: "answer" is the median of these two. As in the wizard, what takes longer to work out
follows each result while the visitor reads. All of this is the same for both. With `--at-once` the visitor does not
read: then the browser is still compiling what has just started. Rounds take turns, so that a noisy machine is noisy for
both. The network is slowed down in the server, the processor by stopping the browser's renderer three quarters of the
time: both reach workers, which the browser's own throttles do not.

Then: the real site's wizard page, its bytes where no image of memory is sent, and its
first paint against the same page without the runtime and against another page of the site; packing with nothing changed.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, BrowserContext, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from runtime_sites import LATENCY, MBIT, Host, make_built, make_sites  # noqa: E402

from hooks.render.site import wizard_json  # noqa: E402
from hooks.runtime import pack  # noqa: E402
from tests.support.browser import launch, until  # noqa: E402
from tests.support.sites import real_guide  # noqa: E402

LIMIT_BYTES, COLD_BARS, WARM_BAR, ANSWER_BAR = 4_600_000, {False: 0.25, True: 0.29}, 0.16, 1.1
PAINT_BAR, PACKING_BAR = 1.10, 200
SLOWDOWN = 4
STAY_MS = 4_000  # how long a visitor reads the first result; meanwhile the browser may keep what helps the next visit

PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"

Times = dict[tuple[str, str], list["Visit"]]


class Visit(NamedTuple):
    """One visit: milliseconds from navigation to the first result, and of a later answer."""

    first: float
    answer: float


# ---- the visitor ----


@contextmanager
def slow_processor(browser: Browser) -> Iterator[None]:
    """Let the browser's renderers run a quarter of the time only."""
    session = browser.new_browser_cdp_session()
    ended = threading.Event()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    renderers = [process["id"] for process in found if process["type"] == "renderer"]

    def throttle() -> None:
        while not ended.is_set():
            for what, seconds in ((signal.SIGSTOP, 0.005 * (SLOWDOWN - 1)), (signal.SIGCONT, 0.005)):
                for process in renderers:
                    with_signal(process, what)
                time.sleep(seconds)

    thread = threading.Thread(target=throttle)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        for process in renderers:
            with_signal(process, signal.SIGCONT)


def with_signal(process: int, what: signal.Signals) -> None:
    """Send a signal to a renderer that may have ended meanwhile."""
    try:
        os.kill(process, what)
    except ProcessLookupError:
        return


def visit(browser: Browser, context: BrowserContext, address: str, *, slow: bool) -> Visit:
    """Go to a page and wait for all its answers."""
    page = context.new_page()
    page.goto("about:blank")
    with ExitStack() as stack:
        if slow:
            stack.enter_context(slow_processor(browser))
        page.goto(address, wait_until="commit")
        page.wait_for_function("window.done || window.broken", timeout=300_000, polling=20)
        broken, first, answers = page.evaluate("[window.broken, window.first, window.answers]")
    page.wait_for_timeout(STAY_MS)
    page.close()
    assert not broken, broken
    return Visit(first, median(answers))


def measure(browser: Browser, host: Host, rounds: int, sites: Sequence[str], *, slow: bool, query: str) -> Times:
    """Rounds of sites x (cold, warm), taking turns; `query` ends the addresses."""
    host.slow = slow
    times: Times = {}
    for number in range(rounds):
        for site in sites if number % 2 else reversed(sites):
            context = browser.new_context()
            for cache in ("cold", "warm"):
                host.sent = 0
                visited = visit(browser, context, f"{host.address}{site}/{query}", slow=slow)
                times.setdefault((site, cache), []).append(visited)
                times.setdefault((site, f"{cache} bytes"), []).append(Visit(host.sent, 0))
            context.close()
    return times


def report(title: str, times: Times, sites: tuple[str, str], *, slow: bool, at_once: bool) -> None:
    """Medians, and the second site as a share of the first."""
    print(f"\n{title}")
    print(f"{'':18}{sites[0]:>12}{sites[1]:>12}{'share':>12}   bar")
    rows = [
        ("cold", "first, ms", 0, COLD_BARS[slow]),
        ("warm", "first, ms", 0, WARM_BAR),
        ("warm", "answer, ms", 1, "none" if at_once else ANSWER_BAR),
    ]
    for cache, what, field, bar in rows:
        one, other = (median(visited[field] for visited in times[site, cache]) for site in sites)
        print(f"{cache + ' ' + what:18}{one:12.0f}{other:12.0f}{other / one:12.2f}   {bar}")
    one, other = (median(visited.first for visited in times[site, "cold bytes"]) for site in sites)
    print(
        f"{'cold bytes':18}{one:12.0f}{other:12.0f}{other / one:12.2f}   the image of memory included, where it was sent"
    )


# ---- the real page ----


def first_paint(browser: Browser, host: Host, rounds: int) -> None:
    """The wizard's page against pages that start no Python: first visits, taking turns."""
    pages = {"wizard": "wizard/", "the same without runtime": "plain/", "a plain page": "scoring/"}
    times: dict[str, list[float]] = {name: [] for name in pages}
    for number in range(rounds):
        for name in list(pages) if number % 2 else reversed(pages):
            with browser.new_context() as context:
                page = context.new_page()
                page.goto(f"{host.address}built/{pages[name]}", wait_until="load")
                times[name].append(until(page, PAINT))
    print("\nFirst contentful paint of the real site, cold")
    plain = median(times["the same without runtime"])
    for name, values in times.items():
        print(
            f"{name:26}{median(values):8.0f} ms{median(values) / plain:8.2f}   {PAINT_BAR if name == 'wizard' else ''}"
        )


def whole_page(browser: Browser, host: Host) -> None:
    """Everything that the real wizard's page takes over the wire until it answers; the copy of the site comes later."""
    with browser.new_context() as context:
        context.add_init_script("Object.defineProperty(navigator, 'serviceWorker', {value: undefined})")
        host.sent = 0
        page = context.new_page()
        page.goto(f"{host.address}built/wizard/")
        page.wait_for_selector('[data-wizard-state="ready"]', timeout=300_000)
        page.wait_for_timeout(1000)
        print(f"\nThe whole wizard page, without compression: {host.sent} bytes   {LIMIT_BYTES}")


def packing(rounds: int) -> None:
    """What packing adds to a build when nothing has changed."""
    wizard = wizard_json(real_guide(), directories=True)
    pack(ROOT, wizard)
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        pack(ROOT, wizard)
        times.append((time.perf_counter() - started) * 1000)
    print(f"\nPacking with nothing changed: {median(times):.0f} ms   {PACKING_BAR}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--at-once", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder, rounds = Path(name), options.rounds
        make_sites(folder)
        make_built(folder)
        host = Host(folder)
        browser = launch(playwright)
        print(f"Chromium {browser.version}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, "
              f"medians of {rounds}")  # fmt: skip
        packing(rounds)
        first_paint(browser, host, 3 * rounds)  # a short time, so it needs more of them
        whole_page(browser, host)
        sites = ("stock", "ours")
        settings = {"As fast as this machine goes": False}
        if not options.plain:
            settings[f"{MBIT} Mbit/s, {LATENCY * 1000:.0f} ms, processor {SLOWDOWN} times slower"] = True
        for title, slow in settings.items():
            query = "?read=0" if options.at_once else ""
            times = measure(browser, host, rounds, sites, slow=slow, query=query)
            report(title, times, ("stock", "ours"), slow=slow, at_once=options.at_once)
        browser.close()


if __name__ == "__main__":
    main()
