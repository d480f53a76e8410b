"""Everything public says what it is, and every command is in the README."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hooks import ROOT
from selector.cli import COMMANDS

MODULES = sorted((ROOT / "selector").rglob("*.py"))
Documented = ast.FunctionDef | ast.ClassDef | ast.Module


def public(node: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    """Functions, classes and methods that do not begin with an underscore, outside of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.ClassDef) and not child.name.startswith("_"):
            yield prefix + child.name, child
            if isinstance(child, ast.ClassDef):
                yield from public(child, f"{child.name}.")


@pytest.mark.parametrize("path", MODULES, ids=[path.relative_to(ROOT).as_posix() for path in MODULES])
def test_every_public_thing_of_a_module_is_documented_in_whole_sentences(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    found: list[tuple[str, Documented]] = [(path.name, tree), *public(tree)]
    texts = {name: ast.get_docstring(node) for name, node in found}
    assert not [name for name, text in texts.items() if not text], "without a docstring"
    first = {name: text.split("\n\n")[0].rstrip() for name, text in texts.items() if text}
    assert not [name for name, text in first.items() if not text.endswith((".", ":", "?"))], "not a sentence"


def test_the_readme_shows_every_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    missing = [name for name in COMMANDS if not re.search(rf"\bselector {name}\b", readme)]
    assert not missing
