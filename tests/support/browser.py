"""A real Chromium and a plain file server for tests and benchmarks."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO

from playwright.sync_api import Browser, Page, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELL = "chromium-headless-shell"
"""The same browser without its windows: a page costs half as much."""

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""A test browser runs as root in CI and must not contact other hosts."""


SHIFTS = """
window.asked = 0;
window.told = 0;
addEventListener('change', () => {
  window.asked = performance.now();
  window.told = document.querySelector('decision-wizard') ? Infinity : 0;
}, true);
const painted = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
// A link's result is painted first and shown then: see wizard/opening.js.
const shown = () => painted(() => { window.told = performance.now(); });
document.addEventListener('wizard:result', () => {
  window.told = Infinity;
  painted(shown);
});
const session = {};
window.forgetShifts = () => {
  Object.assign(session, { first: -Infinity, last: -Infinity, sum: 0 });
  Object.assign(window, { shifted: 0, moves: [] });
};
window.forgetShifts();
const box = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ');
const moved = ({ node, previousRect, currentRect }) =>
  `${(node?.outerHTML ?? node?.data ?? 'gone').slice(0, 90)} from ${box(previousRect)} to ${box(currentRect)}`;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput || (entry.startTime >= window.asked && entry.startTime <= window.told)) continue;
    const goes_on = entry.startTime - session.last < 1000 && entry.startTime - session.first < 5000;
    if (!goes_on) Object.assign(session, { first: entry.startTime, sum: 0 });
    session.sum += entry.value;
    session.last = entry.startTime;
    window.shifted = Math.max(window.shifted, session.sum);
    window.moves.push(`${Math.round(entry.startTime)} ms, ${entry.value.toFixed(4)}: ` + entry.sources.map(moved).join('; '));
  }
}).observe({ type: 'layout-shift', buffered: true });
"""
"""How far the page moves when its reader did nothing: the largest session window, as Cumulative Layout Shift is defined
(https://web.dev/articles/cls). What an answer brings is asked for, however long a slow machine takes to paint it; the
browser itself lets pass half a second."""


def unmoved(page: Page, most: float = 0.02) -> None:
    """The page has moved no further than this while its reader did nothing. A failure says what moved, when and where."""
    assert page.evaluate("window.shifted") <= most, "\n".join(page.evaluate("window.moves"))


WATCH = f"""{SHIFTS}
window.wrong = [];
addEventListener('error', (event) => window.wrong.push(String(event.message)));
document.addEventListener('securitypolicyviolation', (event) => window.wrong.push(event.violatedDirective));
"""
"""For a page whose script, policy and layout are watched: what went wrong, and how far things have shifted."""


def system_chromium() -> str | None:
    """The system's Chromium, or the one that the variable CHROMIUM names."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright: Playwright, **options: Any) -> Browser:
    """Start Chromium: the system's, without windows if it can be had so, else Playwright's own, which is fetched on the
    spot. Never skips."""
    path = os.environ.get("CHROMIUM") or shutil.which(SHELL) or system_chromium()
    if path is None and not Path(playwright.chromium.executable_path).exists():
        print("No Chromium on this machine: fetching Playwright's own.", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    return playwright.chromium.launch(executable_path=path, args=[*QUIET, *options.pop("args", ())], **options)


def until(page: Page, condition: str, arg: Any = None, seconds: float = 90) -> Any:
    """Wait until a condition in the page gives something, and return that.

    Playwright's own wait_for_function evaluates text inside the page, which the page's policy forbids.
    """
    end = time.monotonic() + seconds
    while not (found := page.evaluate(condition, arg)):
        assert time.monotonic() < end, f"never came true: {condition}"
        page.wait_for_timeout(30)
    return found


def answer_until_named(page: Page, most: int = 12) -> None:
    """Answer questions, the core ones first, each with its first answer, until the wizard names something."""
    named = "document.querySelector('[data-region=ranking] [data-strategy]')"
    open_one = "document.querySelector('.dw-question:not(:has(:checked)) input[type=radio]')?.checkVisibility()"
    for _ in range(most):
        page.locator(".dw-question:not(:has(:checked)) input[type=radio]:visible").first.check()
        until(page, "!document.querySelector('.dw-result [data-stale]')")
        until(page, f"!!({named} ?? {open_one})")
        page.wait_for_timeout(300)  # the answer is shown a moment after it is known
        if page.evaluate(f"!!{named}"):
            return
    raise AssertionError("nothing is named after all these answers")


PACKED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".csv", ".md", ".wasm")
"""What hosts that compress do compress."""


class Handler(SimpleHTTPRequestHandler):
    """A plain host: no access log; serves 404.html for what is missing, as static hosts do."""

    prefix = ""
    compress = False

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        path = Path(self.translate_path(self.path.partition("?")[0]))
        path = path / "index.html" if path.is_dir() and self.path.partition("?")[0].endswith("/") else path
        accepted = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (self.compress and accepted and path.suffix in PACKED and path.is_file()):
            return super().send_head()
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def translate_path(self, path: str) -> str:
        inside = path.removeprefix(self.prefix)
        # Nothing of the site is to be had beside the place where it is mounted.
        return super().translate_path(inside if not self.prefix or inside != path else "/no-such-file")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@contextmanager
def serve(folder: Path, prefix: str = "", *, compress: bool = False, base: type[Handler] = Handler) -> Iterator[str]:
    """Serve a folder on a free port of this machine; yields the address of its root, ending with a slash.

    `prefix` mounts it under a sub-path such as "/guide"; `compress` makes it a host that compresses with gzip; `base`
    is how the host behaves otherwise.
    """
    handler = type("Handler", (base,), {"prefix": prefix, "compress": compress})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}/"
    finally:
        server.shutdown()
        server.server_close()
