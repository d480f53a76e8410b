"""Which file is the guide, the same for every command, and what the site calls it."""

from __future__ import annotations

import os
from pathlib import Path

from hooks import ROOT

VARIABLE = "GUIDE"
"""The variable of the environment that names the guide's file."""

DEFAULT = "data/guide.yml"


def guide_file(named: str | Path | None = None, root: Path = ROOT) -> Path:
    """The guide's file: the one that is named, else the one in the variable GUIDE, else data/guide.yml.

    A relative path is looked for in the working folder, and then in the repository.
    """
    path = Path(named or os.environ.get(VARIABLE) or DEFAULT)
    return path if path.exists() or not (root / path).exists() else root / path


def path_in_repository(path: Path, root: Path = ROOT) -> str | None:
    """The path from the top of this repository, or of the one that the file is in; None when there is none."""
    whole = path.resolve()
    tops = [root.resolve(), *(folder for folder in whole.parents if (folder / ".git").exists())]
    return next((whole.relative_to(top).as_posix() for top in tops if whole.is_relative_to(top)), None)


def public_name(path: Path, root: Path = ROOT) -> str:
    """What the site calls the file: nothing of the machine on which it is built is in it."""
    return path_in_repository(path, root) or path.name
