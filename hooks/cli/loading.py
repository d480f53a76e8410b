"""The guide's file for a command that needs it whole."""

from __future__ import annotations

import sys
from pathlib import Path

from hooks.source.load import Loaded, load
from hooks.source.problems import as_text, errors

UNFINISHED = "unfinished"
"""The code of problems of fields that say TODO."""


def load_or_report(guide: Path, undone: str = "", *, may_be_unfinished: bool = False) -> Loaded | None:
    """The guide's file, or None after its problems were printed.

    Args:
        guide: where the file is.
        undone: what the command has not done then, as a participle: "added".
        may_be_unfinished: what a command has left to be written is no problem; `draft` has the data then.
    """
    loaded = load(guide)
    found = [one for one in errors(loaded.problems) if not (may_be_unfinished and one.code == UNFINISHED)]
    if not found:
        return loaded
    sys.stdout.write(as_text(found if may_be_unfinished else loaded.problems, {loaded.file: loaded.text}))
    if undone:
        print(f"guide: nothing was {undone}; fix the problems above first", file=sys.stderr)
    return None
