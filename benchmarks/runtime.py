"""How soon the page gives its first live result: stock Pyodide against the runtime that this site packs.

    uv run python benchmarks/runtime.py              # medians of 7
    uv run python benchmarks/runtime.py --rounds 15
    uv run python benchmarks/runtime.py --plain      # without the slow network and the slow processor

Both load the same wheel, the same Jinja2 and the same guide in a worker of an otherwise empty page, and answer the
same question. Rounds take turns, so that a noisy machine is noisy for both. The network is slowed down in the server,
the processor by stopping the browser's renderer three quarters of the time: both reach workers, which the browser's
own throttles do not.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browser import launch  # noqa: E402
from site_tools import real_guide  # noqa: E402

from hooks.press import wizard_json  # noqa: E402
from hooks.runtime import ensure_pyodide, pack  # noqa: E402
from hooks.runtime.sources import package_sources, wheel_contents  # noqa: E402

LIMIT_BYTES, COLD_BAR, WARM_BAR = 4_600_000, 0.40, 0.35
MBIT, LATENCY = 10, 0.040  # the slow network: Mbit/s, and seconds there and back
SLOWDOWN = 4
STAY_MS = 4_000  # how long a visitor reads the first result; meanwhile the browser may keep what helps the next visit

PAGE = """<!doctype html><meta charset="utf-8"><title>Benchmark</title><script>
const worker = new Worker("{worker}");
const ask = (seq) => worker.postMessage({{seq, call: "answer", payload: {{fields: []}}}});
worker.postMessage({{init: {{manifest: new URL("assets/runtime/manifest.json", location.href).href}}}});
worker.onmessage = ({{data}}) => {{
  if (data.failed || data.error) window.broken = JSON.stringify(data);
  if (!data.ok) return;
  const now = performance.now();
  if (data.seq === 1) {{ window.first = now; window.asked = now; ask(2); }}
  else {{ window.answer = now - window.asked; window.done = true; }}
}};
ask(1);
</script>"""

STOCK_WORKER = """
importScripts("pyodide/pyodide.js");
const questions = [];
let respond = null;
const work = () => {
  while (respond && questions.length) {
    const {seq, call, payload} = questions.shift();
    postMessage({seq, ok: true, data: JSON.parse(respond(JSON.stringify({call, payload})))});
  }
};
onmessage = ({data}) => { if (data.seq) { questions.push(data); work(); } };
(async () => {
  const python = await loadPyodide({indexURL: new URL("pyodide/", location.href).href});
  for (const name of ["markupsafe", "jinja2", "selector"])
    python.unpackArchive(await (await fetch(`${name}.whl`)).arrayBuffer(), "wheel");
  const web = python.pyimport("selector.web");
  web.start(await (await fetch("wizard.json")).text());
  respond = web.respond;
  work();
})();
"""


class Visit(NamedTuple):
    """One visit: milliseconds from navigation to the first result, and of one more answer."""

    first: float
    answer: float


# ---- the two sites ----


def make_sites(folder: Path) -> None:
    """`stock/` and `ours/` below a folder."""
    wizard = wizard_json(real_guide(), directories=True)
    stock = folder / "stock"
    shutil.copytree(ensure_pyodide(ROOT), stock / "pyodide")
    for name in ("jinja2", "markupsafe"):
        write_zip(stock / f"{name}.whl", package_sources(name))
    write_zip(stock / "selector.whl", wheel_contents(ROOT))
    (stock / "wizard.json").write_text(wizard, "utf-8")
    (stock / "worker.js").write_text(STOCK_WORKER, "utf-8")
    (stock / "index.html").write_text(PAGE.format(worker="worker.js"), "utf-8")
    ours = folder / "ours"
    for path, content in pack(ROOT, wizard).files.items():
        (ours / path).parent.mkdir(parents=True, exist_ok=True)
        (ours / path).write_bytes(content)
    shutil.copy(ROOT / "docs/assets/worker.js", ours / "assets/worker.js")
    (ours / "index.html").write_text(PAGE.format(worker="assets/worker.js"), "utf-8")


def write_zip(path: Path, files: dict[str, bytes]) -> None:
    """As wheels are made: deflated."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)


# ---- the host ----


class Host:
    """A static host that never compresses; counts the bytes that it sends, and sends no faster than the wire allows."""

    def __init__(self, folder: Path) -> None:
        self.sent = 0
        self.slow = False
        self._wire = threading.Lock()
        handler = type("Handler", (_Handler,), {"host": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/"

    def send(self, data: bytes) -> None:
        """Account for a piece of a response, and wait as long as it takes on the wire."""
        with self._wire:
            self.sent += len(data)
            if self.slow:
                time.sleep(len(data) * 8 / (MBIT * 1e6))


class _Handler(SimpleHTTPRequestHandler):
    host: Host
    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".wasm": "application/wasm", ".js": "text/javascript"}

    def do_GET(self) -> None:
        if self.host.slow:
            time.sleep(LATENCY)
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        while piece := source.read(16384):
            self.host.send(piece)
            outputfile.write(piece)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


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
    """Go to a page and wait for its two answers."""
    page = context.new_page()
    page.goto("about:blank")
    with ExitStack() as stack:
        if slow:
            stack.enter_context(slow_processor(browser))
        page.goto(address, wait_until="commit")
        page.wait_for_function("window.done || window.broken", timeout=300_000, polling=20)
        broken, first, answer = page.evaluate("[window.broken, window.first, window.answer]")
    page.wait_for_timeout(STAY_MS)
    page.close()
    assert not broken, broken
    return Visit(first, answer)


def measure(browser: Browser, host: Host, rounds: int, *, slow: bool) -> dict[tuple[str, str], list[Visit]]:
    """Rounds of (stock, ours) x (cold, warm), taking turns."""
    host.slow = slow
    times: dict[tuple[str, str], list[Visit]] = {}
    for number in range(rounds):
        for site in ("stock", "ours") if number % 2 else ("ours", "stock"):
            context = browser.new_context()
            for cache in ("cold", "warm"):
                host.sent = 0
                visited = visit(browser, context, f"{host.address}{site}/", slow=slow)
                times.setdefault((site, cache), []).append(visited)
                times.setdefault((site, f"{cache} bytes"), []).append(Visit(host.sent, 0))
            context.close()
    return times


def report(title: str, times: dict[tuple[str, str], list[Visit]]) -> None:
    """Medians, and ours as a share of stock."""
    print(f"\n{title}")
    print(f"{'':14}{'stock':>12}{'ours':>12}{'ours/stock':>12}   bar")
    rows = [("cold", "first, ms", 0, COLD_BAR), ("warm", "first, ms", 0, WARM_BAR), ("warm", "answer, ms", 1, None)]
    for cache, what, field, bar in rows:
        stock, ours = (median(visited[field] for visited in times[site, cache]) for site in ("stock", "ours"))
        shown = f"{bar:.2f}" if bar else ""
        print(f"{cache + ' ' + what:14}{stock:12.0f}{ours:12.0f}{ours / stock:12.2f}   {shown}")
    stock, ours = (median(visited.first for visited in times[site, "cold bytes"]) for site in ("stock", "ours"))
    print(f"{'bytes':14}{stock:12.0f}{ours:12.0f}{ours / stock:12.2f}   {LIMIT_BYTES} for the whole wizard page")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--plain", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        make_sites(Path(folder))
        host = Host(Path(folder))
        browser = launch(playwright)
        print(f"Chromium {browser.version}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, "
              f"medians of {options.rounds}")  # fmt: skip
        report("As fast as this machine goes", measure(browser, host, options.rounds, slow=False))
        if not options.plain:
            title = f"{MBIT} Mbit/s, {LATENCY * 1000:.0f} ms, processor {SLOWDOWN} times slower"
            report(title, measure(browser, host, options.rounds, slow=True))
        browser.close()


if __name__ == "__main__":
    main()
