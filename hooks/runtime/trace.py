"""Which modules the page needs, found by importing in Pyodide itself.

`traced()` is used by the build. The text of `_SCRIPT` runs inside Pyodide, started by trace.cjs.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from inspect import getsource
from pathlib import Path

from .archive import stored_zip
from .errors import RuntimePackError
from .fetch import tool
from .lean import without_lines
from .sources import Files

ENTRY = "selector.web"

OWN = ("selector",)  # packages whose imports inside functions are followed too

# Modules that the libraries import only when some function of theirs runs: what an error message
# or a template error needs.
SAFETY = ("traceback", "linecache", "warnings", "_colorize", "textwrap", "tokenize", "jinja2.debug")

_SCRIPT = '''
import ast, importlib, json, sys

def nested(module):
    """Names imported anywhere in a module, functions included."""
    source = module.__spec__.loader.get_source(module.__name__)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module.__spec__.parent if node.level else ""
            base = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
            yield base
            yield from (base + "." + alias.name for alias in node.names)

def attempt(name):
    try:
        importlib.import_module(name)
    except ImportError:
        pass  # a name that is no module, or a part that the platform lacks

importlib.import_module(ENTRY)
for name in SAFETY:
    attempt(name)
seen = set()
while True:
    ours = [m for n, m in list(sys.modules.items()) if n.split(".")[0] in OWN and n not in seen]
    if not ours:
        break
    for module in ours:
        seen.add(module.__name__)
        for name in nested(module):
            attempt(name)
try:
    raise ValueError("what an error needs")
except ValueError:
    import traceback
    traceback.format_exc()
import base64, marshal, sitecustomize
patterns = {  # in plain numbers: the translator's own kinds cannot be stored
    (pattern, int(flags)): (int(all_flags), list(map(int, code)), *groups)
    for (pattern, flags), (all_flags, code, *groups) in sitecustomize.PATTERNS.items()
}
codes = {source: without_lines(code) for source, code in sitecustomize.CODES.items()}
precomputed = {"CODES": codes, "PATTERNS": patterns}
json.dumps({
    "origins": sorted(
        module.__spec__.origin for module in list(sys.modules.values())
        if getattr(module, "__spec__", None) and module.__spec__.origin
    ),
    "precomputed": {name: base64.b64encode(marshal.dumps(value)).decode() for name, value in precomputed.items()},
})
'''


@dataclass(frozen=True, slots=True)
class Trace:
    """What a run in Pyodide showed.

    Attributes:
        library: paths of the modules needed, inside the standard library's archive.
        app: the same inside the app's archive.
        precomputed: name to marshalled value, for the module `_precomputed` (standins/sitecustomize.py).
    """

    library: frozenset[str]
    app: frozenset[str]
    precomputed: dict[str, bytes]


def traced(pyodide: Path, library: Files, app: Files) -> Trace:
    """Import in Pyodide, run by Node, what the page will import.

    Raises:
        RuntimePackError: the selector does not start in Pyodide.
    """
    names = f"ENTRY = {ENTRY!r}\nSAFETY = {SAFETY!r}\nOWN = {OWN!r}\nfrom types import CodeType\n"
    script = names + getsource(without_lines) + _SCRIPT
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs = {"library.zip": stored_zip(library), "app.zip": stored_zip(app), "script.py": script.encode()}
        for file, data in inputs.items():
            (folder / file).write_bytes(data)
        here = str(Path(__file__).with_name("trace.cjs"))
        command = [*tool("node"), here, str(pyodide), *(str(folder / file) for file in inputs)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimePackError(f"the selector does not start in Pyodide:\n{done.stderr.strip()}")
    shown = json.loads(done.stdout)
    origins = shown["origins"]
    return Trace(
        library=_below("/lib/python313.zip/", origins),
        app=_below("/lib/app.zip/", origins),
        precomputed={name: b64decode(value) for name, value in shown["precomputed"].items()},
    )


def _below(prefix: str, origins: Iterable[str]) -> frozenset[str]:
    return frozenset(origin.removeprefix(prefix) for origin in origins if origin.startswith(prefix))
