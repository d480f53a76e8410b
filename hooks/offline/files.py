"""A finished site as files in memory, and what both copies of it leave out."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = "assets/offline"
"""Where the copies are published; no copy holds another."""

RUNTIME = "assets/runtime"

SEARCH_INDEX = "search/search_index"
"""As JSON on a host, as a script from disk."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_CARD = re.compile(r'<meta property="og:image" content="([^"]+)"')
_LINK = re.compile(r'(\s(?:href|src)="|\bcontent="\d+; ?url=)([^"#?:]*)([#?"])')


def read_site(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by path, in order; what begins with a dot is no one's page."""
    found = ((path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*")) if path.is_file())
    return {name: path.read_bytes() for name, path in found if not name.startswith(".")}


def is_copy(name: str) -> bool:
    """True for a file that is itself a copy of the site, or a part of one."""
    return name.startswith(f"{FOLDER}/")


def unread(files: Mapping[str, bytes]) -> set[str]:
    """What neither copy needs: pictures that only other sites show, and the search's rules for other languages."""
    index = json.loads(files.get(f"{SEARCH_INDEX}.json", b"{}"))
    if index.get("config", {}).get("lang") != ["en"]:  # which has its rules built in
        return _cards(files)
    return _cards(files) | {name for name in files if name.startswith("assets/javascripts/lunr/")}


def _cards(files: Mapping[str, bytes]) -> set[str]:
    """Pictures that no page shows: other sites show them beside a link to it."""
    pages = (data.decode() for name, data in files.items() if name.endswith(".html"))
    addresses = {address for page in pages for address in _CARD.findall(page)}
    pictures = [name for name in files if name.endswith(".png")]
    return {name for name in pictures if any(address.endswith(f"/{name}") for address in addresses)}


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Makes every address that ends in a folder name the page in it. Pages share most lines: each is read once."""

    index: str
    _lines: dict[str, str] = field(default_factory=dict)

    def __call__(self, html: str) -> str:
        """The page with its addresses changed."""
        known, lines = self._lines, html.split("\n")
        return "\n".join([known[line] if line in known else self._changed(line) for line in lines])

    def _changed(self, line: str) -> str:
        self._lines[line] = changed = _LINK.sub(self._named, line)
        return changed

    def _named(self, link: re.Match[str]) -> str:
        start, path, end = link.groups()
        if not path or path.startswith("//"):
            return link[0]
        if path.rpartition("/")[2] in {".", ".."}:
            path += "/"
        return f"{start}{path}{self.index}{end}" if path.endswith("/") else link[0]


def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
    """The files as a zip with one folder in it, the same to the byte for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(f"{folder}/{name}", _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name])
    return buffer.getvalue()
