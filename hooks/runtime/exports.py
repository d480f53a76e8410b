"""Takes from Pyodide the exports that nothing calls: most are for compiled packages, and the page loads none.

Pyodide offers nearly all functions of Python to packages that are loaded later: 9,700 names. The browser makes an object
of each while Python starts, and the loader an entry in a table and a property. The page needs a few hundred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .errors import RuntimePackError

_PREAMBLE = b"\0asm\1\0\0\0"
_EXPORTS = 7
"""The number of the section of exports: https://webassembly.github.io/spec/core/binary/modules.html#export-section."""

_PROPERTY = re.compile(r'(?:var )?([\w$]+)=Module\["([\w$]+)"\]=wasmExports\["([\w$]+)"\];')
"""How the loader offers one export under a name and as a property."""

_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_SEVEN, _MORE = 0x7F, 0x80


class _Read(NamedTuple):
    """A number, and the place behind it."""

    number: int
    end: int


def without_unused_exports(program: bytes, loader: str) -> tuple[bytes, str]:
    """The program and its loader without the exports that the loader only passes on.

    Args:
        program: a WebAssembly module.
        loader: the text of the script that starts it.

    Raises:
        RuntimePackError: it is no module, or it has no exports.
    """
    named = set(_NAME.findall(_PROPERTY.sub("", loader)))
    kept = _PROPERTY.sub(lambda found: found[0] if named.intersection(found.groups()) else "", loader)
    return _with_exports(program, set(_NAME.findall(kept))), kept


def _with_exports(program: bytes, names: set[str]) -> bytes:
    if not program.startswith(_PREAMBLE):
        raise RuntimePackError("Pyodide's program is no WebAssembly module of version 1")
    parts = [_PREAMBLE]
    found = False
    for kind, start, end in _sections(program):
        content = program[start:end]
        if kind == _EXPORTS:
            found = True
            content = _only(content, names)
        parts += [bytes([kind]), _leb(len(content)), content]
    if not found:
        raise RuntimePackError("Pyodide's program exports nothing")
    return b"".join(parts)


def _sections(program: bytes) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of each section's content."""
    place = len(_PREAMBLE)
    while place < len(program):
        size, start = _read(program, place + 1)
        yield program[place], start, start + size
        place = start + size


def _only(exports: bytes, names: set[str]) -> bytes:
    count, place = _read(exports, 0)
    kept = []
    for _ in range(count):
        length, start = _read(exports, place)
        name = exports[start : start + length].decode()
        end = _read(exports, start + length + 1).end  # a byte for the kind, then the index
        # The program's C names have a line in front in the loader.
        if name in names or f"_{name}" in names:
            kept.append(exports[place:end])
        place = end
    return b"".join([_leb(len(kept)), *kept])


def _read(data: bytes, place: int) -> _Read:
    """An unsigned number of seven bits a byte (LEB128), and the place behind it."""
    number = shift = 0
    while True:
        byte = data[place]
        place += 1
        number |= (byte & _SEVEN) << shift
        if byte < _MORE:
            return _Read(number, place)
        shift += 7


def _leb(number: int) -> bytes:
    """A number as LEB128."""
    parts = bytearray()
    while number > _SEVEN:
        parts.append(number & _SEVEN | _MORE)
        number >>= 7
    return bytes([*parts, number])
