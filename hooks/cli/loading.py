"""The guide's file for a command that needs it whole."""

from __future__ import annotations

import sys
from pathlib import Path

from hooks.source.load import Loaded, load
from hooks.source.problems import as_text


def load_or_report(guide: Path, undone: str = "") -> Loaded | None:
    """The guide's file, or None after its problems were printed.

    Args:
        guide: where the file is.
        undone: what the command has not done then, as a participle: "added".
    """
    loaded = load(guide)
    if loaded.data is not None:
        return loaded
    sys.stdout.write(as_text(loaded.problems, {loaded.file: loaded.text}))
    if undone:
        print(f"guide: nothing was {undone}; fix the problems above first", file=sys.stderr)
    return None
