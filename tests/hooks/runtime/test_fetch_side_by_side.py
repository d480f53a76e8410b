"""Packages that several processes want at the same time: a clean checkout starts two test processes."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hooks import ROOT
from hooks.runtime import fetch


def test_nobody_takes_packages_for_complete_while_they_are_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    (tmp_path / "package-lock.json").write_text(json.dumps(locked), "utf-8")
    fetched: list[Path] = []

    def slowly(root: Path) -> None:
        """As npm does: a package's description comes before its last files."""
        fetched.append(root)
        for name, version in locked["packages"][""]["dependencies"].items():
            folder = root / "node_modules" / name
            folder.mkdir(parents=True)
            pinned = locked["packages"][f"node_modules/{name}"]["version"]
            (folder / "package.json").write_text(json.dumps({"version": pinned, "asked": version}), "utf-8")
        time.sleep(0.3)
        for file in fetch.NEEDED:
            (root / "node_modules" / "pyodide" / file).write_bytes(b"")

    monkeypatch.setattr(fetch, "_npm_ci", slowly)
    with ThreadPoolExecutor(3) as pool:
        folders = list(pool.map(fetch.ensure_pyodide, [tmp_path] * 3))
    assert folders == [tmp_path / "node_modules" / "pyodide"] * 3
    assert fetched == [tmp_path]
