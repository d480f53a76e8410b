"""What a browser needs to keep the whole site: one compressed bundle of its files, and the service worker.

One bundle instead of hundreds of requests. Pages resemble each other, so each line is carried once and a page is a row
of line numbers: a quarter of the bytes that compression alone would leave. A bundle arrives whole or not at all, so
files of two editions never mix. The runtime's parts stay apart: their names tell their content, and a page that has
run them has fetched them already.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .files import FOLDER, RUNTIME, is_copy, unread

_IMAGE = re.compile(rf"{RUNTIME}/image-")
"""A browser that has a copy makes its own."""

_LEFT_OUT = re.compile(rf"sw\.js|sitemap\.xml\.gz|.*\.map|{RUNTIME}/.*\.bin")
_VERSION = re.compile(r'(?:href|src|data-runtime)="[^"?]*\?v=([0-9a-f]+)"')
_WORKER = Path(__file__).with_name("sw.js")
_TYPES = {".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml", ".csv": "text/csv"}


@dataclass(frozen=True, slots=True)
class Copy:
    """What to publish so that a browser can keep the site.

    Attributes:
        files: by path below the site's root.
        bytes: what keeping the site takes over the wire, and about what it takes on the visitor's disk.
    """

    files: dict[str, bytes] = field(repr=False)
    bytes: int


def browser_copy(files: Mapping[str, bytes]) -> Copy:
    """The bundle and the service worker of a finished site.

    Args:
        files: the site, by path below its root.
    """
    parts = [
        name for name in files if name.startswith(f"{RUNTIME}/") and name.endswith(".bin") and not _IMAGE.match(name)
    ]
    kept = _cacheable(files)
    data = bundle(kept)
    name = f"{FOLDER}/site-{_digest(data)}.bin"
    edition = {
        "version": _digest(data, *(part.encode() for part in parts)),
        "bundle": name,
        "parts": parts,
        "versions": _versions(kept),
        "unpacked": {name: _digest(gzip.decompress(data))}
        | {part: _digest(gzip.decompress(files[part])) for part in parts},
    }
    worker = f"const EDITION = {json.dumps(edition, indent=1)};\n{_WORKER.read_text('utf-8')}"
    return Copy({name: data, "sw.js": worker.encode()}, len(data) + sum(len(files[part]) for part in parts))


def bundle(files: Mapping[str, bytes]) -> bytes:
    """Files as one gzip stream.

    In it: the length of the head in four bytes, and the head as JSON; the contents of files that are no pages; for
    each page its lines, as distances from the line before, less one, in four bytes each; all lines, each once.
    """
    pages = {name: data.decode() for name, data in files.items() if name.endswith(".html")}
    others = {name: data for name, data in files.items() if name not in pages}
    numbers: dict[str, int] = {}
    rows = {name: [numbers.setdefault(line, len(numbers)) for line in text.split("\n")] for name, text in pages.items()}
    head = {
        "files": [{"path": name, "type": _media_type(name), "bytes": len(data)} for name, data in others.items()],
        "pages": [{"path": name, "lines": len(row)} for name, row in rows.items()],
    }
    text = json.dumps(head).encode()
    steps = b"".join(_steps(row) for row in rows.values())
    pieces = [len(text).to_bytes(4), text, *others.values(), steps, "\n".join(numbers).encode()]
    return gzip.compress(b"".join(pieces), 6, mtime=0)


def _steps(row: list[int]) -> bytes:
    before = [-1, *row[:-1]]
    return struct.pack(f"<{len(row)}i", *(here - there - 1 for here, there in zip(row, before, strict=True)))


def _cacheable(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """All that a reader may ask for; pictures that only other sites show are not."""
    left_out = unread(files)
    return {
        name: data
        for name, data in files.items()
        if not _LEFT_OUT.fullmatch(name) and not is_copy(name) and name not in left_out
    }


def _versions(files: Mapping[str, bytes]) -> list[str]:
    """What pages ask for with a version: which files belong to these pages."""
    pages = (data.decode() for name, data in files.items() if name.endswith(".html"))
    return sorted({version for page in pages for version in _VERSION.findall(page)})


def _media_type(name: str) -> str:
    found = _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith("text/") or found == "application/json" else found


def _digest(*pieces: bytes) -> str:
    return hashlib.sha256(b"\n".join(pieces)).hexdigest()[:12]
