"""Settings and fixtures that all tests share: a real browser, and the real site built once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import launch, serve
from tests.support.sites import build_site, shared_folder

# Machines are noisy and shared: no deadlines. Seeds are fixed, so that a failure in CI can be repeated.
settings.register_profile(
    "guide", deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("guide")

# Sites of tests have links to edit and to report, unless a test leaves them out.
os.environ.setdefault("REPO_URL", "https://code.test/guide")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, one per test process. A visitor keeps no copy of the site unless a test asks for `service_workers="allow"`:
    to keep one costs as much as all else in a visit."""
    with sync_playwright() as playwright:
        found = launch(playwright)
        for name in ("new_context", "new_page"):
            setattr(found, name, partial(getattr(found, name), service_workers="block"))
        yield found
        found.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site from the real guide, built strictly, once for all test processes of a run."""
    return build_site(shared_folder(tmp_path_factory) / "site")


@pytest.fixture(scope="session")
def second_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the second guide, which is small and on another subject: built by naming its file, nothing else."""
    return build_site(shared_folder(tmp_path_factory) / "second", GUIDE="tests/guides/second.yml")


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the real site, under a sub-path, on a host that never compresses."""
    with serve(site, "/guide") as address:
        yield address
