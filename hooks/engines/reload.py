"""Which of our code is loaded, and since when: between two builds of `mkdocs serve`, what was edited is loaded anew."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

OURS = ("hooks", "selector")


def stamps() -> dict[str, float]:
    """When each file of our loaded code, and each template, was last changed."""
    files = {Path(file) for name in _loaded() if (file := getattr(sys.modules[name], "__file__", None))}
    folders = [folder / "templates" for folder in {file.parent for file in files}]
    files |= {file for folder in folders if folder.is_dir() for file in folder.rglob("*.*")}
    found: dict[str, float] = {}
    for file in files:
        with suppress(OSError):  # it is gone
            found[str(file)] = file.stat().st_mtime
    return found


def has_changed(before: dict[str, float]) -> bool:
    """True when a file that is stamped there was changed since."""
    return any(before.get(file, stamp) != stamp for file, stamp in stamps().items())


def forget() -> None:
    """Unload all of our modules; the next import of one loads it as it is now."""
    for name in _loaded():
        del sys.modules[name]


def _loaded() -> list[str]:
    return [name for name in sys.modules if name.split(".", maxsplit=1)[0] in OURS]
