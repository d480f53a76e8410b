"""Reads a folder on disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from selector.guide.guide import Guide

from .conclusion import Reading
from .evidence import Rules
from .files import DEEPEST, LARGEST, MOST_FILES, never, plan
from .scan import Scan


def read_folder(guide: Guide, folder: Path) -> Reading:
    """What the files below a folder say. Links are not followed; what cannot be read is passed over.

    Raises:
        NotADirectoryError: there is no such folder.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is not a folder")
    rules = Rules.of(guide)
    chosen = plan(rules, _paths(folder))
    scan = Scan(rules)
    for path in chosen.paths:
        try:
            with (folder / path).open("rb") as file:
                content = file.read(LARGEST)
                scan.add(path, content, os.fstat(file.fileno()).st_size)
        except OSError:
            scan.unread += 1
    return Reading(guide, rules, scan, chosen)


def _paths(folder: Path) -> Iterator[str]:
    """Files below a folder, as paths with `/`. Of what is deeper than is read, the first folder."""
    waiting = [(str(folder), "")]
    count = 0
    while waiting:
        place, above = waiting.pop()
        try:
            entries = list(os.scandir(place))
        except OSError:
            continue
        for entry in entries:
            if entry.is_symlink():
                continue
            if entry.is_dir() and above.count("/") >= DEEPEST:
                yield f"{above}{entry.name}/"
            elif entry.is_dir():
                if not never(entry.name):
                    waiting.append((entry.path, f"{above}{entry.name}/"))
            elif entry.is_file():
                yield f"{above}{entry.name}"
                count += 1
                if count > 2 * MOST_FILES:
                    return
