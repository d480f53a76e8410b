"""The whole journey in each browser and each way of serving: a table, each of whose cells is a test."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page

from selector import recommend, recommendation_data
from tests.support.browser import serve, until
from tests.support.firefox import firefox, system_firefox
from tests.support.sites import second_guide
from tests.support.webkit import missing_webkit, webkit

pytestmark = pytest.mark.xdist_group("second")


# The small guide: these tests are about browsers, and drawing large pages without a screen takes WebKit long.
GUIDE = second_guide()
QUESTION = GUIDE.data["questions"][0]
ANSWER = QUESTION["answers"][1]["id"]
CHOICE = f"""document.querySelector('[data-question="{QUESTION["id"]}"][data-answer="{ANSWER}"]')"""
KEEP = "document.addEventListener('wizard:result', (event) => (window.result = event.detail))"
FIRST = "window.result?.ranking[0].id"
STATE = "document.querySelector('decision-wizard')?.dataset.wizardState"
SHOWN = "!document.querySelector('[data-region=leader] [data-stale]') && document.querySelector('[data-region=leader]').textContent"


class Window(Protocol):
    """What the journey needs of a browser."""

    def goto(self, url: str) -> None: ...
    def evaluate(self, expression: str) -> Any: ...
    def until(self, expression: str, seconds: float = 120) -> Any: ...


class Chromium:
    """A page of Playwright's as such a window."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def goto(self, url: str) -> None:
        self._page.goto(url)

    def evaluate(self, expression: str) -> Any:
        return self._page.evaluate(expression)

    def until(self, expression: str, seconds: float = 120) -> Any:
        return until(self._page, expression, seconds=seconds)


@pytest.fixture(scope="module", params=["Chromium", "Firefox", "WebKitGTK"])
def window(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Window]:
    if request.param == "Chromium":
        with browser.new_context(service_workers="allow") as context:
            yield Chromium(context.new_page())
    elif request.param == "Firefox":
        if (path := system_firefox()) is None:
            pytest.skip("Firefox is not installed, so nothing was tried in it: apt-get install firefox-esr")
        with firefox(path) as found:
            yield found
    else:
        if missing := missing_webkit():
            pytest.skip(f"WebKitGTK is not installed, so nothing was tried in it: {missing}")
        with webkit() as found:
            yield found


# Ways of serving: each gives the address of the home page, and how a page's address ends.

Way = Callable[[Window, Path, Path], AbstractContextManager[tuple[str, str]]]


@contextmanager
def at_the_root(window: Window, site: Path, folder: Path) -> Iterator[tuple[str, str]]:
    with serve(site) as address:
        yield address, ""


@contextmanager
def below_a_path(window: Window, site: Path, folder: Path) -> Iterator[tuple[str, str]]:
    with serve(site, "/a/guide") as address:
        yield address, ""


@contextmanager
def from_disk(window: Window, site: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """The zip that the site offers, unpacked into a folder with a space in its name."""
    (archive,) = (site / "assets/offline").glob("*.zip")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder / "from disk")
    (unpacked,) = (folder / "from disk").iterdir()
    yield f"{unpacked.as_uri()}/", "index.html"


@contextmanager
def without_a_network(window: Window, site: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """After one visit, when the browser has kept its copy and the host is gone."""
    with serve(site, "/guide") as address:
        window.goto(address)
        window.until("document.documentElement.dataset.offline === 'kept'")
    yield address, ""


@pytest.mark.parametrize("way", [at_the_root, below_a_path, from_disk, without_a_network])
def test_home_wizard_link_matrix_and_search(window: Window, second_site: Path, tmp_path: Path, way: Way) -> None:
    with way(window, second_site, tmp_path) as (home, ending):
        window.goto(home + ending)
        wizard = window.evaluate("document.querySelector('.md-tabs a[href*=wizard]').href")
        window.goto(wizard)
        decide(window)
        link = window.evaluate("location.href")
        assert ANSWER in link.partition("#")[2]
        window.goto(f"{home}matrix/{ending}")
        assert "criteria" in window.until("document.querySelector('[data-matrix-status]').textContent")
        window.goto(link)  # as someone else opens it
        assert window.until(f"{STATE} === 'ready' && {CHOICE}.checked && {SHOWN}")
        window.goto(f"{home}options/{GUIDE.options[0].id}/{ending}")
        window.goto(search(window, GUIDE.options[0].name))
        assert window.evaluate("document.querySelector('h1').textContent")


def decide(window: Window) -> None:
    """Answer one question in the wizard and compare what ranks first with the host's own result."""
    window.until(f"['ready', 'failed'].includes({STATE})")
    assert window.evaluate(STATE) == "ready", window.evaluate("document.querySelector('[data-why]').textContent")
    window.evaluate(KEEP)
    window.evaluate(f"{CHOICE}.click()")
    found = window.until(FIRST)
    assert found == recommendation_data(recommend(GUIDE, {QUESTION["id"]: ANSWER}))["ranking"][0]["id"]


def search(window: Window, words: str) -> str:
    """The address of the first page that the search finds. The first keys may come before it has its index."""
    field = "document.querySelector('[data-md-component=search-query]')"
    for _ in range(5):
        window.evaluate(f"(({field}).focus(), {field}.value = '{words}', {field}.dispatchEvent(new Event('keyup')))")
        try:
            return str(window.until("document.querySelector('.md-search-result__link')?.href", seconds=6))
        except AssertionError:
            continue
    raise AssertionError(f"the search finds no {words}")
