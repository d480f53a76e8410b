"""The real guide, and sites built from edited copies of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from conftest import ROOT

from selector import Guide

GUIDE = ROOT / "data" / "guide.yml"
COPIED = ("data", "docs", "hooks", "selector", "mkdocs.yml", "pyproject.toml", "package.json", "package-lock.json",
          "README.md", "CONTRIBUTING.md", "LICENSE", ".python-version")  # fmt: skip


@cache
def real_guide() -> Guide:
    """The checked guide of data/guide.yml."""
    from hooks.checked import read_guide

    guide, problems = read_guide(GUIDE)
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
