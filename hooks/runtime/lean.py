"""Takes from byte code what the page does without. Run as a script: python lean.py FOLDER

Rewrites each zip of byte code in a folder: without what differs from build to build, and without line numbers.
"""

import marshal
import sys
import zipfile
from pathlib import Path
from types import CodeType

HEADER = 16  # magic number, then flags, time and size that would differ with each build


def lean(pyc: bytes) -> bytes:
    """One file of byte code."""
    code = marshal.loads(pyc[HEADER:])
    return pyc[:4] + bytes(HEADER - 4) + marshal.dumps(without_lines(code))


def without_lines(code: CodeType) -> CodeType:
    """A module's or function's code, and what is defined in it, without the tables for tracebacks."""
    inner = tuple(without_lines(item) if isinstance(item, CodeType) else item for item in code.co_consts)
    return code.replace(co_consts=inner, co_linetable=b"", co_filename="")


def rewrite(path: Path) -> None:
    """One archive, in place."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name.endswith(".pyc")}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, lean(data))


if __name__ == "__main__":
    for zipped in sorted(Path(sys.argv[1]).glob("*.zip")):
        rewrite(zipped)
