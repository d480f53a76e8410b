"""Where modules stand and what they may import: packages with one job each, and one direction of imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hooks import ROOT

OUTSIDE = {
    "selector": {"__init__.py", "arguments.py", "ask.py", "cli.py", "files.py"},
    "hooks": {"__init__.py", "checked.py", "on_mkdocs.py", "overlay.py"},
}
"""The only modules that stand beside the packages. A new one goes into the package whose job it is."""

MOST_LINES = 300


def modules() -> Iterator[Path]:
    """All modules of both packages, but for what takes the place of other people's modules in the browser."""
    for top in OUTSIDE:
        yield from (path for path in sorted((ROOT / top).rglob("*.py")) if "standins" not in path.parts)


@pytest.mark.parametrize("top", OUTSIDE)
def test_modules_stand_in_packages(top: str) -> None:
    assert {path.name for path in (ROOT / top).glob("*.py")} == OUTSIDE[top]


@pytest.mark.parametrize("top", OUTSIDE)
def test_packages_say_what_they_are_for(top: str) -> None:
    for folder in {path.parent for path in modules() if path.is_relative_to(ROOT / top)}:
        assert ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))), folder


def test_modules_are_short_enough_to_read() -> None:
    long = {path: lines for path in modules() if (lines := len(path.read_text("utf-8").splitlines())) > MOST_LINES}
    assert not long


def test_imports_go_one_way() -> None:
    """The contracts in pyproject.toml; a package that none of them names breaks them."""
    command = str(Path(sys.executable).with_name("lint-imports"))
    done = subprocess.run([command, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_wizard_starts_without_what_only_groups_and_tables_need() -> None:
    look = "import selector.web, sys; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    unwanted = ("selector.group", "selector.bare", "selector.scoring.tables", "selector.scoring.value_functions", "csv")
    assert not [name for name in loaded if name.startswith(unwanted)]
