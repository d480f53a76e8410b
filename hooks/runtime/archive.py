"""Archives of byte code, the same to the byte for the same sources."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import deflate

from .errors import RuntimePackError
from .sources import Files

_EPOCH = (1980, 1, 1, 0, 0, 0)


def byte_compiled(archives: Mapping[str, Files]) -> dict[str, bytes]:
    """Each set of sources as an uncompressed zip of byte code.

    Docstrings, assertions and the tables that turn byte code into line numbers are left out: a third of the bytes.
    Uncompressed, because the whole is compressed afterwards, and better.

    Raises:
        RuntimePackError: the compiler refused a source, or this Python is not of the page's version.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for archive, files in archives.items():
            (folder / f"{archive}.zip").write_bytes(stored_zip(files))
        _run("-m", "pyodide_cli", "py-compile", "--silent", "--compression-level", "0", name)
        _run(str(Path(__file__).with_name("lean.py")), name)
        return {archive: stored_zip(_read_zip(folder / f"{archive}.zip")) for archive in archives}


def stored_zip(files: Files) -> bytes:
    """An uncompressed zip, in order of names, without times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), files[name])
    return buffer.getvalue()


BEST, QUICK = 12, 6
"""Levels of libdeflate: for what is published, and for what is seen once. The best takes twenty times as long."""


def compressed(data: bytes, level: int = BEST) -> bytes:
    """gzip without a time. At its best, libdeflate makes it 4% smaller than zlib does, and sooner."""
    return deflate.gzip_compress(data, level)


def _read_zip(path: Path) -> Files:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def _run(*command: str) -> None:
    # A fresh interpreter each time, with fixed hashes: the order of a set of constants, and which of them are
    # written once and referred to, depend on both.
    environment = os.environ | {"PYTHONOPTIMIZE": "2", "PYTHONHASHSEED": "0"}
    done = subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimePackError(f"`{' '.join(command[:3])}` failed:\n{(done.stderr or done.stdout).strip()}")
