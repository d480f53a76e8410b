"""The real guide, and sites built from edited copies of it."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from hooks import ROOT
from hooks.checked import read_guide
from hooks.runtime.fetch import ensure_pyodide
from selector import Guide

GUIDE = ROOT / "data" / "guide.yml"
SECOND = ROOT / "tests" / "guides" / "second.yml"
COPIED = ("data", "docs", "hooks", "selector", "mkdocs.yml", "pyproject.toml", "package.json", "package-lock.json",
          "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "LICENSE", ".python-version")  # fmt: skip


@cache
def real_guide() -> Guide:
    """The checked guide of data/guide.yml."""
    guide, problems = read_guide(GUIDE)
    assert guide is not None, problems
    return guide


@cache
def second_guide() -> Guide:
    """The checked second guide, which is small and on another subject."""
    guide, problems = read_guide(SECOND)
    assert guide is not None, problems
    return guide


def copy_of_project(folder: Path) -> Path:
    """A working copy without history; node_modules and caches are shared, as they do not depend on the guide."""
    project = folder / "project"
    project.mkdir(parents=True)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, project / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, project / name)
    for name in ("node_modules", ".cache"):
        if (ROOT / name).exists():
            (project / name).symlink_to(ROOT / name)
    return project


def build(project: Path) -> subprocess.CompletedProcess[str]:
    """mkdocs build --strict in a project; the site is in its folder `site`."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )


def edited_site(folder: Path, changes: Mapping[str, str]) -> Path:
    """The site after replacing texts in data/guide.yml (each must occur)."""
    project = copy_of_project(folder)
    text = (project / "data" / "guide.yml").read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    (project / "data" / "guide.yml").write_text(text, encoding="utf-8")
    done = build(project)
    assert done.returncode == 0, done.stderr[-3000:]
    return project / "site"


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
