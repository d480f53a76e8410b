"""Settings and fixtures that all tests share: a real browser, and the real site built once."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import launch, serve
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from hooks.runtime.fetch import ensure_pyodide

ROOT = Path(__file__).parent.parent

# Machines are noisy and shared: no deadlines. Seeds are fixed, so that a failure in CI can be repeated.
settings.register_profile(
    "guide", deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("guide")


# Sites of tests have links to edit and to report, unless a test leaves them out.
os.environ.setdefault("REPO_URL", "https://code.test/guide")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, one per test process."""
    with sync_playwright() as playwright:
        found = launch(playwright)
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


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of a run share."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def build_site(folder: Path, **environment: str) -> Path:
    """Build the site into a folder unless another test process of this run did; fails with what MkDocs said."""
    with Path(f"{folder}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / ".done").exists():
            ensure_pyodide(ROOT)  # says a line when it fetches, which is no warning of the build
            command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
            done = subprocess.run(
                command,
                cwd=ROOT,
                env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                shutil.rmtree(folder, ignore_errors=True)
                pytest.fail(f"mkdocs build failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
            assert not done.stderr.strip(), done.stderr[-3000:]
            (folder / ".done").touch()
    return folder


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the real site, under a sub-path, on a host that never compresses."""
    with serve(site, "/guide") as address:
        yield address
