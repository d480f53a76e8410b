"""The sites and the host that benchmarks/runtime.py visits."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from hooks.assets import read_asset  # noqa: E402
from hooks.render.site import wizard_json  # noqa: E402
from hooks.runtime import ensure_pyodide, pack  # noqa: E402
from hooks.runtime.sources import package_sources, wheel_contents  # noqa: E402
from tests.support.browser import PACKED  # noqa: E402
from tests.support.sites import real_guide  # noqa: E402

MBIT, LATENCY = 10, 0.040  # the slow network: Mbit/s, and seconds there and back

READ_MS = 4_000
"""How long a visitor reads a result before the next answer; in the address of a page, `?read=0` sets another time."""

NEXT = 2
"""Questions that the visitor answers after the first result, one after the other."""

PAGE = """<!doctype html><meta charset="utf-8"><title>Benchmark</title><script>
const worker = new Worker("{worker}");
const read = Number(new URLSearchParams(location.search).get("read") ?? {read});
const questions = {questions};
let asked = 0;
const ask = () => {{
  window.asked = asked ? performance.now() : 0;
  worker.postMessage({{seq: asked + 1, call: "answer", payload: {{fields: questions.slice(0, asked)}}}});
  asked += 1;
}};
worker.postMessage({{init: {{manifest: new URL("assets/runtime/manifest.json", location.href).href}}}});
worker.onmessage = ({{data}}) => {{
  if (data.failed || data.error) window.broken = JSON.stringify(data);
  if (!data.ok || data.seq !== asked || data.data.done !== undefined) return;
  const took = performance.now() - window.asked;
  if (asked === 1) window.first = took;
  else (window.answers ??= []).push(took);
  worker.postMessage({{seq: asked, call: "more", payload: {{}}}}); // as the wizard does
  if (asked <= questions.length) setTimeout(ask, read);
  else window.done = true;
}};
ask();
</script>"""

STOCK_WORKER = """
importScripts("pyodide/pyodide.js");
const questions = [];
let respond = null;
let working = false;
const turn = new MessageChannel();
const pause = () => new Promise((resolve) => { turn.port1.onmessage = resolve; turn.port2.postMessage(null); });
const work = async () => {
  if (working || !respond) return;
  working = true;
  while (questions.length) {
    const {seq, call, payload} = questions.shift();
    for (;;) {
      const data = JSON.parse(respond(JSON.stringify({call, payload})));
      postMessage({seq, ok: true, data});
      await pause();
      if (call !== "more" || data.done || questions.length) break;
    }
  }
  working = false;
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


# ---- the two sites ----


def make_sites(folder: Path) -> None:
    """`stock/` and `ours/` below a folder."""
    guide = real_guide()
    wizard = wizard_json(guide, directories=True)
    given = [(core, guide.question(core).answers[0].id) for core in guide.core[:NEXT]]
    page = partial(PAGE.format, read=READ_MS, questions=json.dumps([[f"q.{core}", answer] for core, answer in given]))
    stock = folder / "stock"
    shutil.copytree(ensure_pyodide(ROOT), stock / "pyodide")
    for name in ("jinja2", "markupsafe"):
        write_zip(stock / f"{name}.whl", package_sources(name))
    write_zip(stock / "selector.whl", wheel_contents(ROOT))
    (stock / "wizard.json").write_text(wizard, "utf-8")
    (stock / "worker.js").write_text(STOCK_WORKER, "utf-8")
    (stock / "index.html").write_text(page(worker="worker.js"), "utf-8")
    ours = folder / "ours"
    for path, content in pack(ROOT, wizard).files.items():
        (ours / path).parent.mkdir(parents=True, exist_ok=True)
        (ours / path).write_bytes(content)
    (ours / "assets/worker.js").write_bytes(read_asset(ROOT / "docs", "assets/worker.js"))
    (ours / "index.html").write_text(page(worker="assets/worker.js"), "utf-8")


def without_image(site: Path) -> None:
    """Take the image of memory from a site's list of parts: as where the connection is too slow for it."""
    listing = site / "assets/runtime/manifest.json"
    manifest = json.loads(listing.read_text("utf-8"))
    manifest["parts"] = [part for part in manifest["parts"] if part["name"] != "image"]
    listing.write_text(json.dumps(manifest), "utf-8")


def make_built(folder: Path) -> None:
    """`built/` below a folder: the real site, with `plain/`, the wizard's page without anything that starts Python."""
    built = folder / "built"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(built)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=True)
    page = (built / "wizard/index.html").read_text("utf-8")
    plain = re.sub(r'<script src="[^"]*assets/wizard\.js[^>]*></script>', "", page)
    assert plain != page
    (built / "plain").mkdir()
    (built / "plain/index.html").write_text(plain, "utf-8")
    without_image(built)


def write_zip(path: Path, files: dict[str, bytes]) -> None:
    """As wheels are made: deflated."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)


# ---- the host ----


class Host:
    """A static host; counts the bytes that it sends, and sends no faster than the wire allows. It compresses nothing,
    unless `compress` says so."""

    def __init__(self, folder: Path) -> None:
        self.sent = 0
        self.slow = False
        self.compress = False
        self._wire = threading.Lock()
        handler = type("Handler", (_Handler,), {"host": self})
        self._server = _Server(("127.0.0.1", 0), partial(handler, directory=str(folder)))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/"

    def send(self, data: bytes) -> None:
        """Account for a piece of a response, and wait as long as it takes on the wire."""
        with self._wire:
            self.sent += len(data)
            if self.slow:
                time.sleep(len(data) * 8 / (MBIT * 1e6))


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Visitors leave before everything has arrived: that is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@cache
def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes())


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

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not (self.host.compress and path.suffix in PACKED and path.is_file()):
            return super().send_head()
        body = _packed(path)
        self.send_response(200)
        for name, value in (("Content-Type", self.guess_type(path)), ("Content-Encoding", "gzip")):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        while piece := source.read(16384):
            self.host.send(piece)
            outputfile.write(piece)

    def log_message(self, *args: Any) -> None:
        """Quiet."""
