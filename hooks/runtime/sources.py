"""The Python sources that go into the page: standard library, Jinja2, the selector's wheel and its templates.

`standins/` holds small modules that take the place of large ones which the page has no use for.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from .errors import RuntimePackError

LIBRARIES = ("jinja2", "markupsafe")
STANDINS = Path(__file__).with_name("standins")
COMPILED_TEMPLATES = "selector/web/_compiled"

# Run in a fresh interpreter, so that a build that has been serving for hours sees the sources as they are now.
_BUILD_WHEEL = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
_COMPILE_TEMPLATES = """
import sys
from selector.web.page import environment
environment().compile_templates(
    sys.argv[1], zip=None, ignore_errors=False, filter_func=lambda name: name.endswith(".html")
)
"""

Files = dict[str, bytes]


def library_sources(pyodide: Path) -> Files:
    """Pyodide's whole standard library, with the stand-ins in place."""
    with zipfile.ZipFile(pyodide / "python_stdlib.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name.endswith(".py")}
    return files | {name: data for name, data in _standins().items() if name.split("/")[0] not in LIBRARIES}


def app_sources(root: Path) -> Files:
    """Python sources by path inside the archive: selector, its compiled templates, Jinja2 and MarkupSafe."""
    files: Files = {}
    for library in LIBRARIES:
        files |= package_sources(library)
    files |= {name: data for name, data in _standins().items() if name in files}
    files |= {name: data for name, data in wheel_contents(root).items() if name.endswith(".py")}
    return files | compiled_templates(root)


def quick(files: Files) -> Files:
    """The same sources with annotations left unread.

    Jinja and Pyodide annotate all they define; working the annotations out is a good part of importing them.
    """
    marked = ("jinja2/", "markupsafe/", "_pyodide/", "pyodide/")
    first = b"from __future__ import annotations\n"
    return {
        name: first + data if name.startswith(marked) and first not in data else data for name, data in files.items()
    }


def package_sources(name: str) -> Files:
    """The Python sources of an installed package; its C parts stay behind."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimePackError(f"{name} is not installed: run `uv sync`")
    folder = Path(spec.origin).parent
    return {path.relative_to(folder.parent).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.py"))}


def wheel_contents(root: Path) -> Files:
    """Builds the selector's wheel and reads it."""
    with tempfile.TemporaryDirectory() as folder:
        if importlib.util.find_spec("hatchling"):
            _run([sys.executable, "-c", _BUILD_WHEEL, folder], root)
        else:
            _run(["uv", "build", "--wheel", "--quiet", "--python", sys.executable, "--out-dir", folder], root)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def compiled_templates(root: Path) -> Files:
    """The templates as Python modules, so that the page parses none."""
    with tempfile.TemporaryDirectory() as folder:
        _run([sys.executable, "-c", _COMPILE_TEMPLATES, folder], root)
        files = {f"{COMPILED_TEMPLATES}/{path.name}": path.read_bytes() for path in sorted(Path(folder).glob("*.py"))}
    return {f"{COMPILED_TEMPLATES}/__init__.py": b""} | files


def _standins() -> Files:
    return {path.relative_to(STANDINS).as_posix(): path.read_bytes() for path in sorted(STANDINS.rglob("*.py"))}


def _run(command: list[str], root: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(root)}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimePackError(f"`{' '.join(command[:4])[:80]} …` failed:\n{(done.stderr or done.stdout).strip()}")
