"""A page that only starts the worker with the packed runtime, and keeps what the worker says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from hooks import ROOT
from hooks.assets import read_asset
from hooks.runtime import Runtime

PAGE = """<!doctype html><meta charset="utf-8"><title>Worker</title>
<script>
const manifest = new URL("assets/runtime/manifest.json", location.href).href;
const said = [];
let worker;
function begin() {
  worker = new Worker("assets/worker.js");
  worker.onmessage = ({data}) => said.push(data);
  worker.onerror = (event) => said.push({crashed: event.message});
  worker.postMessage({init: {manifest}});
}
</script>"""


def worker_site(runtime: Runtime, folder: Path) -> Path:
    """Write a site of that one page into a folder."""
    for path, content in runtime.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    (folder / "assets/worker.js").write_bytes(read_asset(ROOT / "docs", "assets/worker.js"))
    (folder / "index.html").write_text(PAGE, "utf-8")
    return folder


def wait_for(page: Page, condition: str) -> Any:
    """The first message of the worker for which a JavaScript condition on `m` holds."""
    found = page.wait_for_function(f"said.find((m) => {condition} || m.failed || m.crashed)", timeout=120_000)
    return found.json_value()


def ask(page: Page, seq: int, call: str, payload: object) -> Any:
    page.evaluate("(message) => worker.postMessage(message)", {"seq": seq, "call": call, "payload": payload})
    return wait_for(page, f"m.seq === {seq}")
