"""The site without a network: a copy that the visitor's browser keeps, and a folder to carry away.

Both are made from the finished site, so neither needs another build.

make_copies(site, name)   adds both to a site that a host will serve
turn_to_disk(site)        makes of the site itself a folder that works from disk
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from .copy import browser_copy
from .disk import disk_files
from .files import FOLDER, RUNTIME, read_site, zipped

__all__ = ["FOLDER", "make_copies", "turn_to_disk"]


def make_copies(site: Path, name: str) -> None:
    """Add the browser's copy (service worker and bundle) and the zip for disk to a finished site.

    Args:
        site: the folder that MkDocs has written.
        name: of the zip, and of the folder in it.
    """
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    files = read_site(site)
    archive = zipped(disk_files(files), name)
    copy = browser_copy(files)
    sizes = {"copy": copy.bytes, "zip": len(archive)}
    added = copy.files | {f"{FOLDER}/{name}.zip": archive, f"{FOLDER}/sizes.json": json.dumps(sizes).encode()}
    _write(site, added)


def turn_to_disk(site: Path) -> None:
    """Replace a finished site by the same for disk."""
    files = read_site(site)
    disk = disk_files(files)
    for path in files.keys() - disk.keys():
        (site / path).unlink()
    shutil.rmtree(site / RUNTIME, ignore_errors=True)
    _write(site, disk)


def _write(site: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)
