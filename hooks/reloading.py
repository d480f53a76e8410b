"""Which of our modules are loaded, and since when: between two builds of `mkdocs serve`, what was edited is loaded anew."""

from __future__ import annotations

import sys
from pathlib import Path

OURS = ("hooks", "selector")


def stamps() -> dict[str, float]:
    """When each file of our loaded code was last changed."""
    files = [getattr(sys.modules[name], "__file__", None) for name in _loaded()]
    return {file: Path(file).stat().st_mtime for file in files if file and Path(file).exists()}


def forget() -> None:
    """Unload all of our modules; whoever imports one next gets it as it stands now."""
    for name in _loaded():
        del sys.modules[name]


def _loaded() -> list[str]:
    return [name for name in sys.modules if name.split(".", maxsplit=1)[0] in OURS]
