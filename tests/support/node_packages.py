"""The npm packages that tests judge by, fetched on the spot: schemas and accessibility rules."""

from __future__ import annotations

import fcntl
import subprocess
from functools import cache
from pathlib import Path

from hooks.runtime.fetch import tool

FOLDER = Path(__file__).parent / "node"


@cache
def node_packages() -> Path:
    """The folder in which the packages of tests/support/node/package-lock.json are installed."""
    with (FOLDER / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # test processes run side by side
        done = FOLDER / "node_modules" / ".package-lock.json"
        if not done.exists() or done.stat().st_mtime < (FOLDER / "package-lock.json").stat().st_mtime:
            command = [*tool("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            subprocess.run(command, cwd=FOLDER, check=True, capture_output=True)
    return FOLDER
