"""The parts of the runtime, their names and their cache."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import importlib.metadata
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hooks.assets import read_asset

from .archive import BEST, QUICK, byte_compiled, compressed
from .errors import RuntimePackError
from .exports import without_unused_exports
from .fetch import ensure_pyodide, installed_version
from .image import memory_image
from .sources import COMPILED_TEMPLATES, LIBRARIES, app_sources, library_sources, quick
from .trace import traced

FOLDER = "assets/runtime"
SCRIPTS = ("assets/worker.js", "assets/wizard.js")
PAGE_PYTHON = (3, 13)  # the Python inside the pinned Pyodide; byte code is good for this one only
IMAGE = "image"
"""The part that is sent only where it saves time: docs/assets/worker/image.js."""

_HEX = 12
_ORDER = "parts.json"
_KEPT = 8


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the runtime: gzip content under a name that its content gives."""

    name: str
    data: bytes = field(repr=False)

    @property
    def unpacked(self) -> int:
        """Bytes of its content: what arrives where a proxy on the way has unpacked it already."""
        return int.from_bytes(self.data[-4:], "little")  # as the end of a GZIP stream says

    @property
    def file(self) -> str:
        """The file's name inside the runtime's folder. The ending is neutral: servers treat `.gz` specially."""
        return f"{self.name}-{hashlib.sha256(self.data).hexdigest()[:_HEX]}.bin"


@dataclass(frozen=True, slots=True)
class Runtime:
    """What to publish so that the page can run Python."""

    parts: tuple[Part, ...]
    worker: str = ""  # digest of the scripts that run it: a new one is a new edition of the runtime

    @property
    def bytes(self) -> int:
        """Bytes on the wire for all parts that every visitor needs, on a server that does not compress."""
        return sum(len(part.data) for part in self.parts if part.name != IMAGE)

    @property
    def listing(self) -> str:
        """The manifest's text: parts in the order in which they should be asked for."""
        parts = [
            {"name": part.name, "url": part.file, "bytes": len(part.data), "unpacked": part.unpacked}
            for part in self.parts
        ]
        content = {"total": self.bytes, "worker": self.worker, "parts": parts}
        return json.dumps({"edition": _content_hash(content), **content}, indent=1)

    @property
    def manifest(self) -> str:
        """The manifest's address below the site's root; its query keeps an old copy in a cache from being used.

        It is the edition that the manifest says: a page sees when its host has another one by now.
        """
        return f"{FOLDER}/manifest.json?v={json.loads(self.listing)['edition']}"

    @property
    def files(self) -> dict[str, bytes]:
        """Everything to publish, by path below the site's root."""
        parts = {f"{FOLDER}/{part.file}": part.data for part in self.parts}
        return {f"{FOLDER}/manifest.json": self.listing.encode()} | parts


def _content_hash(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:_HEX]


def pack(root: Path, wizard: str, *, image: bool = True) -> Runtime:
    """The runtime for the page: from the cache when nothing that goes into it has changed.

    Args:
        root: the repository.
        wizard: the text that `selector.web.start` is given.
        image: with an image of Python's memory, which takes some seconds for every new text; without it, as for a
            preview, the text is compressed quickly.

    Raises:
        RuntimePackError: it cannot be packed.
    """
    pyodide = ensure_pyodide(root)
    cache = root / ".cache" / "runtime"
    version = str(installed_version(pyodide))
    core = _cached(cache, f"core-{_digest(version.encode(), *_own_code())}", lambda: _core_parts(pyodide))
    code = _cached(cache, f"code-{_digest(*_inputs(root, version))}", lambda: _code_parts(root, pyodide))
    worker = hashlib.sha256(b"".join(read_asset(root / "docs", script) for script in SCRIPTS)).hexdigest()[:_HEX]
    data, level = wizard.encode(), BEST if image else QUICK
    key = f"wizard-{_digest(data, bytes([level]), *_own_code())}"
    text = _cached(cache, key, lambda: [Part("wizard", compressed(data, level))])
    parts = [*core, *code, *text]
    if image:
        key = f"image-{_digest(*_own_code(), *(part.data for part in parts))}"
        parts += _cached(cache, key, lambda: [_image(parts)])
    return Runtime(tuple(parts), worker)


def _image(parts: list[Part]) -> Part:
    return Part(IMAGE, compressed(memory_image({part.name: gzip.decompress(part.data) for part in parts})))


def _core_parts(pyodide: Path) -> list[Part]:
    info = json.loads((pyodide / "pyodide-lock.json").read_text("utf-8"))["info"]
    lock = f"self.pyodideLock = {json.dumps({'info': info, 'packages': {}})};\n"
    scripts = [(pyodide / name).read_text("utf-8") for name in ("pyodide.asm.js", "pyodide.js")]
    loader = lock + "\n".join(line for text in scripts for line in text.splitlines() if "sourceMappingURL" not in line)
    program, loader = without_unused_exports((pyodide / "pyodide.asm.wasm").read_bytes(), loader)
    return [Part("python", compressed(program)), Part("loader", compressed(loader.encode()))]


def _code_parts(root: Path, pyodide: Path) -> list[Part]:
    if sys.version_info[:2] != PAGE_PYTHON:
        needed = ".".join(map(str, PAGE_PYTHON))
        raise RuntimePackError(f"the page's byte code needs Python {needed}: run `uv run --python {needed} …`")
    library, app = quick(library_sources(pyodide)), quick(app_sources(root))
    trace = traced(pyodide, library, app)
    wanted = {
        "stdlib": {name: data for name, data in library.items() if name in trace.library}
        | {"_precomputed.py": _precomputed(trace.precomputed)},
        "app": {name: data for name, data in app.items() if name in trace.app or name.startswith(COMPILED_TEMPLATES)},
    }
    zips = byte_compiled(wanted)
    return [Part(name, compressed(data)) for name, data in zips.items()]


def _precomputed(values: Mapping[str, bytes]) -> bytes:
    lines = [f"{name} = loads({value!r})" for name, value in values.items()]
    return "\n".join(["from marshal import loads", *lines]).encode()


def _inputs(root: Path, version: str) -> Iterator[bytes]:
    """Everything that the code parts are made from."""
    yield version.encode()
    yield sys.version.encode()
    for library in (*LIBRARIES, "pyodide-build"):
        yield importlib.metadata.version(library).encode()
    yield from _own_code()
    yield (root / "pyproject.toml").read_bytes()
    for path in sorted((root / "selector").rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(root).as_posix().encode()
            yield path.read_bytes()


def _own_code() -> Iterator[bytes]:
    for path in sorted(Path(__file__).parent.rglob("*.*")):
        if path.suffix in {".py", ".cjs"}:
            yield path.read_bytes()


def _digest(*pieces: bytes) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(len(piece).to_bytes(8))
        digest.update(piece)
    return digest.hexdigest()[:24]


def _cached(cache: Path, key: str, make: Callable[[], list[Part]]) -> list[Part]:
    """The parts stored under a key, made and stored when they are not there."""
    folder = cache / key
    if not folder.is_dir():
        _store(folder, make())
        _drop_old(cache, key.split("-", maxsplit=1)[0])
    names = json.loads((folder / _ORDER).read_text("utf-8"))
    return [Part(name, (folder / name).read_bytes()) for name in names]


def _store(folder: Path, parts: list[Part]) -> None:
    """All or nothing: written beside, then renamed. Of two builds at once, one wins and both are right."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        draft = Path(name) / "draft"
        draft.mkdir()
        for part in parts:
            (draft / part.name).write_bytes(part.data)
        (draft / _ORDER).write_text(json.dumps([part.name for part in parts]), "utf-8")
        with contextlib.suppress(OSError):  # another build has stored the same
            draft.rename(folder)


def _drop_old(cache: Path, kind: str) -> None:
    """Keep the newest few of a kind: branches and test copies of the project may share the cache."""
    stored = sorted(cache.glob(f"{kind}-*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in stored[_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
