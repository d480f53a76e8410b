"""What tests in a browser share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor's browser that remembers nothing."""
    with browser.new_context() as found:
        yield found


@pytest.fixture(scope="session")
def site():
    from pathlib import Path
    return Path("/tmp/g/site")
