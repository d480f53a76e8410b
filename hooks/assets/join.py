"""Puts style sheets and scripts together from their parts.

A file directly in docs/assets is one that pages load; one in docs/assets/inline is one that a page carries. The other
folders in there hold parts: they are published only inside the files that import them. A browser could follow the imports too. But from disk it loads no modules, and it needs a
request for each part.

Style sheets: `@import "part.css";` is replaced by the part, so the order of the imports is the order of the cascade.
Scripts: parts are ES modules with named imports and exports, `import { name } from "./part.js";`. Joined, they are one
classic script in the order in which modules would run, in one scope that nothing else sees. A part may also import the
classic script of a package that package-lock.json pins, `import { Name } from "package/dist/name.min.js";`.

What is joined loses its comments and indentation, a quarter of its bytes. Names stay, so that errors can be read.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

FOLDER = "assets"
INLINE = "assets/inline"
"""Scripts that a page carries instead of loading them."""

PACKAGES = "node_modules"

_STYLE_IMPORT = re.compile(r'^@import "(?P<path>[^"]+)";\n', re.MULTILINE)
_SCRIPT_IMPORT = re.compile(r'^import (?:\{(?P<names>[^}]*)\} from )?"(?P<path>[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) (\w+))", re.MULTILINE)
_DECLARATION = re.compile(r"^(?:async )?(?:function\*?|class|const|let) (\w+)", re.MULTILINE)
_GLOBAL = re.compile(r"^var (\w+) ?=")
"""What the script of a package begins with: the one name that it gives."""

_LEFT_OVER = re.compile(r"^(?:import|export|@import)\b.*", re.MULTILINE)


class AssetError(Exception):
    """A style sheet or a script cannot be put together; the message names the file."""


@dataclass(frozen=True, slots=True)
class Assets:
    """What to publish of our style sheets and scripts.

    Attributes:
        files: those that import parts, joined, by path below the folder of the pages.
        parts: paths of sources that are not published on their own.
    """

    files: dict[str, bytes]
    parts: frozenset[str]

    @property
    def sources(self) -> frozenset[str]:
        """Paths of all sources that what is joined takes the place of."""
        return self.parts | self.files.keys()


def join_assets(docs: Path) -> Assets:
    """Join all files that import parts.

    Args:
        docs: the folder of the pages.

    Raises:
        AssetError: a part is missing, imported by no file, or written in a way that cannot be joined.
    """
    sources = {path for kind in ("css", "js") for path in (docs / FOLDER).rglob(f"*.{kind}")}
    return _all_joined(docs, frozenset((path, path.stat().st_mtime_ns) for path in sources))


@lru_cache(maxsize=1)  # while an editor works on a guide, no asset changes
def _all_joined(docs: Path, as_of: frozenset[tuple[Path, int]]) -> Assets:
    sources = {path for path, _ in as_of}
    entries = {path for path in sources if path.parent == docs / FOLDER}
    carried = {path for path in sources if path.parent == docs / INLINE}
    files: dict[str, bytes] = {}
    used: set[Path] = set()
    for entry in sorted(entries | carried):
        modules = list(_in_order(docs, entry))
        used.update(modules)
        if len(modules) > 1 and entry in entries:
            files[entry.relative_to(docs).as_posix()] = _joined(docs, entry, modules).encode()
    if unused := sorted(path.relative_to(docs).as_posix() for path in sources - used - entries):
        raise AssetError(f"{unused[0]} is imported by no file in {FOLDER}/")
    return Assets(files, frozenset(path.relative_to(docs).as_posix() for path in sources - entries))


def read_asset(docs: Path, path: str) -> bytes:
    """A file as it is published, joined when it imports parts. Raises what `join_assets` raises."""
    entry = docs / path
    if known := _read_last.get(entry):
        as_of, content = known
        with suppress(OSError):
            if all(module.stat().st_mtime_ns == stamp for module, stamp in as_of):
                return content
    modules = list(_in_order(docs, entry)) if entry.suffix in {".css", ".js"} else [entry]
    as_of = [(module, module.stat().st_mtime_ns) for module in modules if module.exists()]
    content = _joined(docs, entry, modules).encode() if len(modules) > 1 else entry.read_bytes()
    _read_last[entry] = as_of, content
    return content


_read_last: dict[Path, tuple[list[tuple[Path, int]], bytes]] = {}
"""What was read last, with all files that it was made from: while an editor works on a guide, no asset changes."""


def named_by_content(docs: Path, path: str) -> str:
    """The address of an asset with a version in it that its content gives, so that no cache shows an old one."""
    return f"{path}?v={hashlib.sha256(read_asset(docs, path)).hexdigest()[:8]}"


def _in_order(
    docs: Path, path: Path, importers: tuple[Path, ...] = (), done: set[Path] | None = None
) -> Iterator[Path]:
    """The file and all that it imports, each after what it imports itself."""
    done = set() if done is None else done
    if path in importers:
        raise AssetError(f"{path.name} imports itself, by way of {importers[-1].name}")
    if path in done:
        return
    done.add(path)
    for found in _imports(path).finditer(_read(path)):
        yield from _in_order(docs, _imported(docs, path, found), (*importers, path), done)
    yield path


def _imported(docs: Path, path: Path, found: re.Match[str]) -> Path:
    of_package = path.suffix == ".js" and not found["path"].startswith(".")
    folder = docs.parent / PACKAGES if of_package else path.parent
    return Path(os.path.normpath(folder / found["path"]))


def _name(docs: Path, path: Path) -> str:
    return path.relative_to(docs if path.is_relative_to(docs) else docs.parent).as_posix()


def _imports(path: Path) -> re.Pattern[str]:
    return _STYLE_IMPORT if path.suffix == ".css" else _SCRIPT_IMPORT


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise AssetError(f"{path} is imported and cannot be read: {error.strerror}") from error


def _joined(docs: Path, entry: Path, modules: list[Path]) -> str:
    texts = {_name(docs, path): _read(path) for path in modules}
    bare = {name: _imports(entry).sub("", text).strip() for name, text in texts.items()}
    if entry.suffix == ".js":
        _check_names(docs, modules)
        bare = {name: _EXPORT.sub("", text) for name, text in bare.items()}
    for name, text in bare.items():
        if left := _LEFT_OVER.search(text):
            raise AssetError(f"{name}: {left[0]!r} cannot be joined; see hooks/assets/join.py for the forms that can")
    if entry.suffix == ".css":
        return str(cssmin("\n\n".join(bare.values()))) + "\n"
    return str(jsmin('(() => {\n"use strict";\n' + "\n\n".join(bare.values()) + "\n})();\n")) + "\n"


def _check_names(docs: Path, modules: list[Path]) -> None:
    """Modules share one scope once they are joined: what they declare must differ, and what they import must be there."""
    declared = Counter(name for path in modules for name in _DECLARATION.findall(_EXPORT.sub("", _read(path))))
    if twice := [name for name, count in declared.items() if count > 1]:
        raise AssetError(f"{_name(docs, modules[-1])}: two parts declare {twice[0]!r}")
    for path in modules:
        for found in _SCRIPT_IMPORT.finditer(_read(path)):
            text = _read(_imported(docs, path, found))
            exported = {*_EXPORT.findall(text), *_GLOBAL.findall(text)}
            names = {name.strip() for name in (found["names"] or "").split(",")} - {""}
            if missing := sorted(names - exported):
                raise AssetError(f"{_name(docs, path)}: {found['path']} exports no {missing[0]!r}")
