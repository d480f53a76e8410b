"""The site as a folder that works from disk: opened as files, by a browser that lets a page read no other file.

Made from the finished site, so that there is one build and one truth. Three things differ from a host: an address that
ends in a folder leads to a listing, so each names its page; a worker cannot be started from a file, so the sources of
workers, and what they would fetch, are carried in scripts; and a page's origin is none, which its policy must allow.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Mapping
from pathlib import Path

from hooks.render.csp import POLICY, with_policy, without_policy

from .files import RUNTIME, SEARCH_INDEX, PageLinks, is_copy, unread

INDEX = "index.html"
SCRIPT = "assets/disk.js"
CARRIED = "assets/carried.js"

_SHIM = Path(__file__).with_name("disk.js")
_WORKERS = re.compile(r"assets/javascripts/workers/[^/]+\.js")
_LEFT_OUT = re.compile(
    rf"assets/(?:cards|examples)/.*|404\.html|sitemap\.xml(\.gz)?|sw\.js|{SEARCH_INDEX}\.json|{RUNTIME}/.*|.*\.map"
)
_FIRST_SCRIPT = re.compile(r"<script\b[^>]*\ssrc=")
_NEEDS_RUNTIME = "data-runtime="
_HOST_ONLY = re.compile(r'<!--host-only-->.*?<!--/host-only-->|<link rel="alternate"[^>]*>', re.DOTALL)
"""What is marked so, and the feed: nothing on disk is ever new, and the theme asks for a map of the site beside it."""


def disk_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Everything in the folder, by path below it.

    Args:
        files: a finished site, by path below its root.
    """
    left_out = unread(files)
    disk = {
        name: data
        for name, data in files.items()
        if not _LEFT_OUT.fullmatch(name) and not is_copy(name) and name not in left_out
    }
    links = PageLinks(INDEX)
    for name in [name for name in disk if name.endswith(".html")]:
        disk[name] = disk_page(disk[name].decode(), root="../" * name.count("/"), links=links).encode()
    disk[SCRIPT] = _workers_script(files)
    if f"{RUNTIME}/manifest.json" in files:
        disk[CARRIED] = carried(files).encode()
    if f"{SEARCH_INDEX}.json" in files:
        disk[f"{SEARCH_INDEX}.js"] = _search_script(files[f"{SEARCH_INDEX}.json"])
    return disk


def disk_page(html: str, *, root: str, links: PageLinks) -> str:
    """A page of the site as it must be on disk.

    Args:
        html: the page as a host serves it.
        root: path from the page to the folder's top.
        links: changes the addresses in it.
    """
    text = links(_HOST_ONLY.sub("", without_policy(html)))
    scripts = f'<script src="{root}{SCRIPT}"></script>\n      '
    if _NEEDS_RUNTIME in text:
        scripts += f'<script src="{root}{CARRIED}" defer></script>\n      '
    text = _FIRST_SCRIPT.sub(lambda first: scripts + first[0], text, count=1)
    return with_policy(text, offline=True, inserted_styles="'unsafe-inline'" in "".join(POLICY.findall(html)))


def carried(files: Mapping[str, bytes]) -> str:
    """The runtime and its worker's source as one classic script."""
    manifest = json.loads(files[f"{RUNTIME}/manifest.json"])
    parts = {part["name"]: files[f"{RUNTIME}/{part['url']}"] for part in manifest["parts"] if part["name"] != "image"}
    wizard = json.loads(gzip.decompress(parts["wizard"])) | {"index": INDEX}
    parts["wizard"] = gzip.compress(json.dumps(wizard, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)
    loader = gzip.decompress(parts.pop("loader")).decode()  # in a worker of a page from disk, WebKit imports no scripts
    manifest["parts"] = [part for part in manifest["parts"] if part["name"] in parts]
    content = {
        "worker": f"{loader}\n{files['assets/worker.js'].decode()}",
        "manifest": manifest,
        "files": {name: base64.b64encode(data).decode() for name, data in parts.items()},
    }
    return f"self.carriedRuntime = {json.dumps(content)};\n"


def _workers_script(files: Mapping[str, bytes]) -> bytes:
    sources = {Path(name).name: data.decode() for name, data in files.items() if _WORKERS.fullmatch(name)}
    return f"self.carriedWorkers = {json.dumps(sources)};\n{_SHIM.read_text('utf-8')}".encode()


def _search_script(index: bytes) -> bytes:
    """The search index as the theme wants it from disk, its addresses naming pages."""
    data = json.loads(index)
    for entry in data["docs"]:
        path, mark, place = entry["location"].partition("#")
        if not path or path.endswith("/"):
            entry["location"] = path + INDEX + mark + place
    return f"var __index = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n".encode()
