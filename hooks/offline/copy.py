"""What a browser needs to keep the whole site: one compressed bundle of its files, and the service worker.

One bundle instead of hundreds of requests: pages resemble each other, so together they compress to a fifth, and a
bundle arrives whole or not at all, so that files of two editions never mix. The runtime's parts stay apart: their
names tell their content, and the page that runs them has fetched them already.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
from pathlib import Path

FOLDER = "assets/offline"
RUNTIME = "assets/runtime"
_LEFT_OUT = ("sitemap.xml", "sitemap.xml.gz", "sw.js")
_ENDINGS_LEFT_OUT = (".map", ".zip")
_WORKER = Path(__file__).with_name("sw.js")
_TYPES = {".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml", ".csv": "text/csv"}


def offline_files(site: Path) -> dict[str, bytes]:
    """The bundle and the service worker of a finished site, by path below its root.

    Args:
        site: the folder that MkDocs has written.
    """
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}
    parts = [name for name in files if name.startswith(f"{RUNTIME}/") and name.endswith(".bin")]
    kept = {name: data for name, data in files.items() if name not in parts and _is_kept(name)}
    data = bundle(kept)
    name = f"{FOLDER}/site-{_digest(data)}.bin"
    edition = {"version": _digest(data, *(part.encode() for part in parts)), "bundle": name, "parts": parts}
    worker = f"const EDITION = {json.dumps(edition, indent=1)};\n{_WORKER.read_text('utf-8')}"
    return {name: data, "sw.js": worker.encode()}


def bundle(files: dict[str, bytes]) -> bytes:
    """Files as one gzip stream: the length of a list in four bytes, the list as JSON, then the contents."""
    listing = [{"path": name, "type": _media_type(name), "bytes": len(data)} for name, data in files.items()]
    head = json.dumps(listing).encode()
    return gzip.compress(b"".join([len(head).to_bytes(4), head, *files.values()]), 9, mtime=0)


def _is_kept(name: str) -> bool:
    return name not in _LEFT_OUT and not name.endswith(_ENDINGS_LEFT_OUT) and not name.startswith((f"{FOLDER}/", "."))


def _media_type(name: str) -> str:
    found = _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith("text/") or found == "application/json" else found


def _digest(*pieces: bytes) -> str:
    return hashlib.sha256(b"\n".join(pieces)).hexdigest()[:12]
