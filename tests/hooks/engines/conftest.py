"""What tests of `mkdocs serve` share: one running server, and a browser that has not been here before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.support.dev_server import Server, running_server


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serves the second guide, which was broken when it was started: the first test of test_serve.py must be the first."""
    with running_server(tmp_path_factory.mktemp("serve")) as found:
        yield found


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has not been here before; fails when a page broke its own rules."""
    refused: list[str] = []
    with browser.new_context() as opened:
        opened.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
        yield opened
    assert refused == []
