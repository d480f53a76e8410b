"""The site as an archive that works from disk, for people without a network."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)


class DiskBuildError(Exception):
    """The build for disk failed; the message is what MkDocs said."""


def disk_archive(root: Path, name: str) -> bytes:
    """Build the site anew with OFFLINE=true and return it as a zip with one folder in it.

    Args:
        root: the repository.
        name: the name of the folder in the archive.

    Raises:
        DiskBuildError: MkDocs refused.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder]
        environment = os.environ | {"OFFLINE": "true"}
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise DiskBuildError((done.stderr or done.stdout).strip())
        return _zipped(Path(folder), name)


def _zipped(folder: Path, name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                info = zipfile.ZipInfo(f"{name}/{path.relative_to(folder).as_posix()}", _EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, path.read_bytes())
    return buffer.getvalue()
