"""The selector's sources in Pyodide in Chromium, without the site around them: for golden figures and benchmarks."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from hooks import ROOT
from hooks.runtime import ensure_pyodide
from hooks.runtime.sources import app_sources
from tests.support.browser import serve

_START = """async () => {
  self.python = await loadPyodide({indexURL: "pyodide/"});
  const archive = await (await fetch("app.zip")).arrayBuffer();
  python.unpackArchive(archive, "zip", {extractDir: "/app"});
  python.runPython("import sys; sys.path.insert(0, '/app')");
}"""

_CALL = """([module, name, argument]) => {
  const found = python.pyimport(module)[name];
  return found(argument);
}"""


class PyodidePage:
    """A page in which Python runs."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._devtools = page.context.new_cdp_session(page)
        self._devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def cpu_seconds(self) -> float:
        """Processor time that the page's thread has had so far; less than time passed when the machine is busy."""
        metrics = self._devtools.send("Performance.getMetrics")["metrics"]
        return float(next(item["value"] for item in metrics if item["name"] == "TaskDuration"))

    def call(self, module: str, function: str, argument: Any) -> Any:
        """Call a function that takes and gives JSON text; an argument that is a string is handed over as it is."""
        text = argument if isinstance(argument, str) else json.dumps(argument)
        return json.loads(self.page.evaluate(_CALL, [module, function, text]))


@contextmanager
def pyodide_page(browser: Browser, *modules: Path, face: bool = False) -> Iterator[PyodidePage]:
    """A page with the selector and these modules, each importable by its file's name.

    With `face` there is also `selector.web`, its compiled templates and the libraries that it needs.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "index.html").write_text('<!doctype html><script src="pyodide/pyodide.js"></script>', "utf-8")
        (folder / "pyodide").symlink_to(ensure_pyodide(ROOT))
        with zipfile.ZipFile(folder / "app.zip", "w") as archive:
            if face:
                for name, data in app_sources(ROOT).items():
                    archive.writestr(name, data)
            else:
                for source in (ROOT / "selector").rglob("*.py"):
                    archive.write(source, source.relative_to(ROOT))
            for source in modules:
                archive.write(source, source.name)
        with serve(folder) as address:
            page = browser.new_page()
            page.goto(address)
            page.evaluate(_START)
            yield PyodidePage(page)
            page.close()
