"""The image of Python's memory: sent where it saves time, and nothing depends on it."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from hooks import ROOT
from hooks.assets import read_asset
from hooks.render.site import wizard_json
from hooks.runtime import Runtime, pack
from hooks.runtime.image import memory_image
from tests.support.browser import Handler, serve
from tests.support.sites import second_guide
from tests.support.worker_page import ask, wait_for, worker_site

pytestmark = pytest.mark.xdist_group("image")  # which is made once

WORKER = read_asset(ROOT / "docs", "assets/worker.js").decode()
IN_TIME = "const IN_TIME_MS=800;"
PATIENT = WORKER.replace(IN_TIME, "const IN_TIME_MS=60_000;")
"""The worker for a machine so busy that a quick connection looks slow."""


@pytest.fixture(scope="session")
def runtime() -> Runtime:
    return pack(ROOT, wizard_json(second_guide(), directories=True))


@pytest.fixture(scope="session")
def folder(runtime: Runtime, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return worker_site(runtime, tmp_path_factory.mktemp("image"))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as found:
        yield found


def visit(context: BrowserContext, address: str, worker: str) -> tuple[Page, set[str], Any]:
    """A first visit with this worker: the page, the names of the parts that were asked for, and the first answer."""
    asked: set[str] = set()
    page = context.new_page()
    page.route("**/assets/worker.js", lambda route: route.fulfill(content_type="text/javascript", body=worker))
    page.on("request", lambda request: asked.add(request.url.rpartition("/")[2].rpartition("-")[0]))
    page.goto(address)
    page.evaluate("begin()")
    assert wait_for(page, "m.ready") == {"ready": True}
    return page, asked - {""}, ask(page, 1, "open", {"link": "v=1"})


@pytest.fixture(scope="module")
def anew(browser: Browser, folder: Path) -> Any:
    """The first answer of a Python that was started without any image."""
    with serve(folder) as address, browser.new_context() as context:
        _, asked, answer = visit(context, address, f"delete WebAssembly.Suspending;\n{PATIENT}")
    assert asked == {"python", "loader", "stdlib", "app", "wizard"}
    return answer


def test_on_a_quick_connection_python_starts_from_the_image_and_answers_the_same(
    context: BrowserContext, folder: Path, anew: Any
) -> None:
    assert WORKER != PATIENT
    with serve(folder) as address:
        page, asked, answer = visit(context, address, PATIENT)
        assert asked == {"python", "loader", "stdlib", "app", "image"}
        assert answer == anew
        progress = page.evaluate("said.filter((m) => m.progress).at(-1).progress")
        assert progress["loaded"] <= progress["total"]


class Slow(Handler):
    """Sends some 10 Mbit/s."""

    def copyfile(self, source: Any, outputfile: Any) -> None:
        while piece := source.read(16_384):
            time.sleep(0.013)
            outputfile.write(piece)


@pytest.mark.parametrize(
    ("host", "before"),
    [
        (Slow, ""),
        (Handler, "Object.defineProperty(navigator, 'connection', {value: {saveData: true}});"),
        (Handler, "Object.defineProperty(navigator, 'connection', {value: {effectiveType: '3g'}});"),
    ],
)
def test_elsewhere_no_byte_of_it_is_asked_for(
    context: BrowserContext, folder: Path, anew: Any, host: type[Handler], before: str
) -> None:
    with serve(folder, base=host) as address:
        _, asked, answer = visit(context, address, before + (PATIENT if before else WORKER))
    assert asked == {"python", "loader", "stdlib", "app", "wizard"}
    assert answer == anew


def missing(route: Route) -> None:
    route.fulfill(status=404, body="")


def cut(route: Route) -> None:
    route.fulfill(body=route.fetch().body()[:100_000])


def another(route: Route) -> None:
    route.fulfill(body=b"no image")


@pytest.mark.parametrize("fault", [missing, cut, another])
def test_without_it_python_starts_as_ever(context: BrowserContext, folder: Path, anew: Any, fault: Any) -> None:
    context.route("**/image-*.bin", fault)
    with serve(folder) as address:
        _, asked, answer = visit(context, address, PATIENT)
    assert asked == {"python", "loader", "stdlib", "app", "image", "wizard"}
    assert answer == anew


def test_the_same_runtime_gives_the_same_image_with_nothing_of_this_machine_in_it(runtime: Runtime) -> None:
    parts = {part.name: gzip.decompress(part.data) for part in runtime.parts}
    image = parts.pop("image")
    assert memory_image(parts) == image
    assert str(ROOT).encode() not in image
