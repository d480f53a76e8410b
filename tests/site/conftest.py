"""What tests in a browser share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor's browser that remembers nothing, and keeps no copy for later."""
    with browser.new_context() as found:
        yield found


@pytest.fixture
def keeping(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor's browser that remembers nothing yet, and keeps a copy of the site for later."""
    with browser.new_context(service_workers="allow") as found:
        yield found
