"""Archives of byte code, the same to the byte for the same sources."""

from __future__ import annotations

import gzip
import io
import marshal
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import CodeType

from .errors import RuntimePackError
from .sources import Files

_PYC_HEADER = 16  # magic number, flags, then eight bytes of time and size that would differ with each build
_EPOCH = (1980, 1, 1, 0, 0, 0)


def byte_compiled(archives: Mapping[str, Files], *, traceable: str) -> dict[str, bytes]:
    """Each set of sources as an uncompressed zip of byte code.

    Docstrings, assertions and the tables that turn byte code into line numbers are left out: a third of the bytes.
    Uncompressed, because the whole is compressed afterwards, and better.

    Args:
        traceable: where paths begin that keep their line numbers.

    Raises:
        RuntimePackError: the compiler refused a source, or this Python is not of the page's version.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for archive, files in archives.items():
            (folder / f"{archive}.zip").write_bytes(stored_zip(files))
        command = [sys.executable, "-m", "pyodide_cli", "py-compile", "--silent", "--compression-level", "0", name]
        environment = os.environ | {"PYTHONOPTIMIZE": "2"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimePackError(f"`pyodide py-compile` failed:\n{(done.stderr or done.stdout).strip()}")
        return {archive: stored_zip(_read_zip(folder / f"{archive}.zip", traceable)) for archive in archives}


def stored_zip(files: Files) -> bytes:
    """An uncompressed zip, in order of names, without times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), files[name])
    return buffer.getvalue()


def compressed(data: bytes) -> bytes:
    """gzip at its best, without a time."""
    return gzip.compress(data, 9, mtime=0)


def _read_zip(path: Path, traceable: str) -> Files:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        return {name: _lean(archive.read(name), name.startswith(traceable)) for name in names}


def _lean(pyc: bytes, traceable: bool) -> bytes:
    """Byte code without what differs from build to build, and without line numbers unless they are wanted."""
    header, body = pyc[:4] + bytes(_PYC_HEADER - 4), pyc[_PYC_HEADER:]
    return header + (body if traceable else marshal.dumps(_without_lines(marshal.loads(body))))


def _without_lines(code: CodeType) -> CodeType:
    inner = tuple(_without_lines(item) if isinstance(item, CodeType) else item for item in code.co_consts)
    return code.replace(co_consts=inner, co_linetable=b"", co_filename="")
