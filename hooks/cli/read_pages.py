"""Reads pages of the web: politely, within limits, and from a cache when that was done a few days ago."""

from __future__ import annotations

import hashlib
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from .page_text import HtmlText, html_text
from .polite import AGENT, FRESH, GONE, MOVED, REDIRECTS, TIMEOUT, each_host, opener, why
from .progress import Progress

MOST_BYTES = 8_000_000
"""Of a longer page only the beginning is read."""

MOST_SECONDS = 90
"""A page that takes longer is left."""

SHORT = 2000
"""Characters. A page that shows less, and has words for browsers without scripts, shows its own text by scripts."""

CHUNK = 65_536

RAW = (
    (re.compile(r"https://github\.com/([^/]+/[^/]+)/blob/(.+)"), r"https://raw.githubusercontent.com/\1/\2"),
    (re.compile(r"(https://[^/]+/.+?)/-/blob/(.+)"), r"\1/-/raw/\2"),
)
"""Where hosts of repositories have a file itself, without the program that shows it."""

TEXTS = re.compile(r"text/|application/(?:[a-z.-]+\+)?(?:json|xml|yaml|x-yaml|toml|javascript)\b")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


class Response(NamedTuple):
    """An answer to one request: status, `Location`, `Content-Type`, and the content; `whole` when that is all of it."""

    status: int
    location: str = ""
    type: str = "text/html"
    content: bytes = b""
    whole: bool = True


Get = Callable[[str], Response]
"""From address to answer, redirects not followed; raises OSError, HTTPException or ValueError when there is none."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What was read at an address.

    Attributes:
        status: of the last answer; 0 when there was none.
        address: where it was read, after redirects.
        text: what it says, or "".
        asked: the day.
        moved: True when it was read elsewhere, and that is meant to last.
        html: False for a file, whose text has lines.
        whole: False when it was too long to be read to its end.
        note: why there is no text.
        wall: why the text may not be the page's own: it asks who reads, or begs for scripts.
    """

    status: int
    address: str
    text: str = ""
    asked: str = ""
    moved: bool = False
    html: bool = True
    whole: bool = True
    note: str = ""
    wall: str = ""

    @property
    def gone(self) -> bool:
        """True when the server says that there is no such page."""
        return self.status in GONE


def read_all(
    addresses: Iterable[str],
    today: date,
    cache: Path | None,
    get: Get | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> dict[str, ReadPage]:
    """The pages at these addresses, without their fragments: from the cache where it is fresh, else by asking.

    Without a cache nobody is asked over the network, so that nobody needs a pause.
    """
    wanted = set(addresses)
    if cache is None:
        return {address: read_page(address, today, get or request) for address in wanted}
    since = (today - FRESH).isoformat()
    kept = {address: page for address in wanted if (page := _cached(cache, address))}
    kept = {address: page for address, page in kept.items() if page.status == 200 and page.asked >= since}

    def read(address: str) -> ReadPage:
        page = read_page(address, today, get or request)
        _keep(cache, address, page)
        return page

    return kept | each_host(wanted - kept.keys(), read, sleep, Progress("pages read"))


def read_page(address: str, today: date, get: Get) -> ReadPage:
    """Follow an address to its page and take the text out of it."""
    here, lasting, day = _file_itself(address), True, today.isoformat()
    start = here
    for _ in range(REDIRECTS):
        try:
            if not here.startswith("https://"):
                raise ValueError("it moves to an address without https")
            answer = get(here)
        except (OSError, HTTPException, ValueError) as error:
            return ReadPage(0, here, asked=day, note=why(error))
        onward, stays = answer.location, answer.status in MOVED
        if not (300 <= answer.status < 400 and onward):
            page = _read(answer, here, day, moved=lasting and here != start)
            if not isinstance(page, str):
                return page
            onward, stays = page, True
        lasting = lasting and stays
        here = urldefrag(urljoin(here, onward))[0]
    return ReadPage(0, here, asked=day, note="it moves in a circle")


def _read(answer: Response, here: str, day: str, *, moved: bool) -> ReadPage | str:
    """The page, or the address to which it sends its readers."""
    if answer.status != 200:
        note = f"status {answer.status}"
        return ReadPage(answer.status, here, asked=day, moved=moved, note=note)
    if not TEXTS.match(answer.type) and answer.type:
        note = f"it is {answer.type.partition(';')[0]}"
        return ReadPage(answer.status, here, asked=day, moved=moved, note=note)
    text, wall = _decoded(answer), ""
    is_html = "html" in answer.type or not answer.type
    if is_html:
        found = html_text(text)
        if found.refresh and urldefrag(urljoin(here, found.refresh))[0] != here:
            return found.refresh
        text, wall = found.text, _wall(found)
    return ReadPage(answer.status, here, text, day, moved, is_html, answer.whole, wall=wall)


def _wall(found: HtmlText) -> str:
    if found.asks_who:
        return "it asks for a log-in"
    return "it needs scripts" if found.excuse and len(found.text) < SHORT else ""


def _decoded(answer: Response) -> str:
    head = answer.content[:2048].decode("ascii", errors="replace")
    named = CHARSET.search(answer.type) or ("html" in answer.type and CHARSET.search(head)) or None
    try:
        return answer.content.decode(named[1] if named else "utf-8", errors="replace")
    except LookupError:
        return answer.content.decode(errors="replace")


def _file_itself(address: str) -> str:
    for pattern, raw in RAW:
        if pattern.fullmatch(address):
            return pattern.sub(raw, address)
    return address


# Where pages come from


def request(address: str) -> Response:
    """Ask the server."""
    asked = urllib.request.Request(
        address, headers={"User-Agent": AGENT, "Accept": "text/html, text/*;q=0.9, */*;q=0.5"}
    )
    try:
        with opener().open(asked, timeout=TIMEOUT) as response:
            content, end = b"", time.monotonic() + MOST_SECONDS
            while len(content) <= MOST_BYTES and (chunk := response.read(CHUNK)):
                content += chunk
                if time.monotonic() > end:
                    raise OSError(f"no end after {MOST_SECONDS} seconds")
            whole = len(content) <= MOST_BYTES
            return Response(
                response.status, "", response.headers.get("Content-Type") or "", content[:MOST_BYTES], whole
            )
    except urllib.error.HTTPError as error:
        with error:
            return Response(error.code, error.headers.get("Location") or "")


def local_copy(folder: Path) -> Get:
    """Pages from a folder with their copies, as `wget --mirror` keeps them: host/path, host/path/index.html."""

    def get(address: str) -> Response:
        parts = urlsplit(address)
        path = folder / parts.netloc / unquote(parts.path).strip("/")
        choices = (path, path / "index.html", path.with_name(f"{path.name}.html"))
        file = next((choice for choice in choices if choice.is_file()), None)
        if file is None or not file.resolve().is_relative_to(folder.resolve()):
            raise OSError("there is no copy of it")
        content = file.read_bytes()
        is_html = file.suffix in (".html", ".htm") or content.lstrip()[:9].lower() == b"<!doctype"
        return Response(200, "", "text/html" if is_html else "text/plain", content)

    return get


# The cache


def _file(cache: Path, address: str) -> Path:
    return cache / f"{hashlib.sha256(address.encode()).hexdigest()[:24]}.json"


def _cached(cache: Path, address: str) -> ReadPage | None:
    """What an earlier run read; None when there is nothing, or it is damaged."""
    try:
        data: Mapping[str, object] = json.loads(_file(cache, address).read_text(encoding="utf-8"))
        return ReadPage(**data["page"]) if data["of"] == address else None  # type: ignore[arg-type]
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _keep(cache: Path, address: str, page: ReadPage) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"of": address, "page": asdict(page)}, ensure_ascii=False)
    _file(cache, address).write_text(text, encoding="utf-8")
