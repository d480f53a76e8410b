"""The journeys without a network in Firefox ESR, where it is installed: from disk, and from the browser's own copy."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from selector import recommend, recommendation_data
from tests.support.browser import serve
from tests.support.firefox import Firefox, firefox, system_firefox
from tests.support.real_guide import guide_data, real_guide

pytestmark = pytest.mark.xdist_group("site")

QUESTION = guide_data()["questions"][0]
ANSWER = QUESTION["answers"][1]["id"]
CHOICE = f"""document.querySelector('[data-question="{QUESTION["id"]}"][data-answer="{ANSWER}"]')"""
KEEP = "document.addEventListener('wizard:result', (event) => (window.result = event.detail))"
FIRST = "window.result?.ranking[0].id"
STATE = "document.querySelector('decision-wizard').dataset.wizardState"


@pytest.fixture(scope="module")
def window() -> Iterator[Firefox]:
    path = system_firefox()
    if path is None:
        pytest.skip("Firefox is not installed, so nothing was tried in it: apt-get install firefox-esr")
    with firefox(path) as window:
        yield window


def decide(window: Firefox) -> None:
    """Answer one question in the wizard and compare what comes first with the host's own result."""
    window.until(f"['ready', 'failed'].includes({STATE})")
    assert window.evaluate(STATE) == "ready", window.evaluate("document.querySelector('[data-why]').textContent")
    window.evaluate(KEEP)
    window.evaluate(f"{CHOICE}.click()")
    found = window.until(FIRST)
    assert found == recommendation_data(recommend(real_guide(), {QUESTION["id"]: ANSWER}))["ranking"][0]["id"]
    assert ANSWER in window.evaluate("location.hash")


def search(window: Firefox, words: str) -> str:
    """The address of the first page that the search finds."""
    field = "document.querySelector('[data-md-component=search-query]')"
    window.evaluate(f"(({field}).focus(), {field}.value = '{words}', {field}.dispatchEvent(new Event('keyup')))")
    return str(window.until("document.querySelector('.md-search-result__link')?.href"))


def test_from_disk(window: Firefox, site: Path, tmp_path: Path) -> None:
    (archive,) = (site / "assets/offline").glob("*.zip")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    window.goto((folder / "index.html").as_uri())
    window.goto(window.evaluate("document.querySelector('.md-tabs a[href*=wizard]').href"))
    decide(window)
    window.goto(window.evaluate("document.querySelector('.md-tabs a[href*=matrix]').href"))
    assert "criteria" in window.until("document.querySelector('[data-matrix-status]').textContent")
    window.goto(search(window, real_guide().options[0].name))
    assert window.evaluate("document.querySelector('h1').textContent")


def test_without_a_network_after_one_visit(window: Firefox, site: Path) -> None:
    with serve(site, "/guide") as address:
        window.goto(address)
        window.until("document.documentElement.dataset.offline === 'kept'")
    for path in (f"options/{real_guide().options[0].id}/", "matrix/", "wizard/"):
        window.goto(address + path)
        assert window.evaluate("document.querySelector('h1').textContent"), path
    decide(window)
