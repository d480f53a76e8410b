"""Texts in and out of the command line, whatever the platform's encoding: files, standard input, published guides."""

from __future__ import annotations

import codecs
import locale
import sys
import unicodedata
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import Any, TextIO

from .text.encodings import marked
from .text.objects import InputError, parsed

__all__ = ["InputError", "OutputError", "is_address", "read_json", "read_text", "text_of", "write_safely"]

PUBLISHED = "api/guide.json"
"""Where a site has its guide, below its own address."""

MOST_BYTES = 64 * 1024 * 1024
SECONDS = 30

_PLAIN = str.maketrans(
    {"–": "-", "—": "-", "‑": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "→": "->", "←": "<-",
     "×": "x", "·": "-", "•": "*", "÷": "/", "≥": ">=", "≤": "<=", "≈": "~", "\u00a0": " ", "\u202f": " "}
)  # fmt: skip


class OutputError(Exception):
    """Something that cannot be written, with a sentence for the user."""


def read_text(place: str) -> str:
    """The text of a file, of standard input ("-"), or of an address.

    Raises:
        InputError: it cannot be read.
    """
    try:
        if is_address(place):
            return text_of(_downloaded(place))
        if place != "-":
            return text_of(Path(place).read_bytes())
        if sys.stdin is None:
            raise ValueError("standard input is closed")
        raw = getattr(sys.stdin, "buffer", None)  # a program that replaces a terminal may have none
        return sys.stdin.read() if raw is None else text_of(raw.read())
    except (OSError, ValueError, HTTPException) as error:
        raise InputError(f"cannot read {place}: {getattr(error, 'strerror', None) or error}") from error


def read_json(place: Path | str | None) -> dict[str, Any]:
    """An object of JSON from the same places; empty when none is given.

    Raises:
        InputError: it cannot be read, or is no object.
    """
    if place is None:
        return {}
    text = read_text(str(place))
    try:
        data = parsed(text)
    except ValueError as error:
        page = " (a web page: is there another address in place of the guide's?)" if text.lstrip()[:1] == "<" else ""
        raise InputError(f"cannot read {place}: {error}{page}") from error
    if not isinstance(data, dict):
        raise InputError(f"{place}: expected a JSON object")
    return data


def text_of(data: bytes) -> str:
    """Bytes as text: with a byte order mark as it says, UTF-16 without one too, as Windows PowerShell writes files.

    Raises:
        ValueError: they are no text.
    """
    data, encoding = marked(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        own = locale.getencoding()
        if encoding != "utf-8" or codecs.lookup(own).name == "utf-8":
            raise ValueError("it is neither UTF-8 nor UTF-16; save it as UTF-8") from error
        return data.decode(own)


def is_address(place: str) -> bool:
    """True for an address on the web, in place of a file."""
    return place.lower().startswith(("https://", "http://"))


def _downloaded(address: str) -> bytes:
    """What is published at an address: a file ending in .json, else the guide of the site that is there."""
    parts = urllib.parse.urlsplit(address)
    path = parts.path if parts.path.lower().endswith(".json") else f"{parts.path.rstrip('/')}/{PUBLISHED}"
    url = urllib.parse.urlunsplit((parts.scheme, parts.netloc, urllib.parse.quote(path, safe="/%"), parts.query, ""))
    request = urllib.request.Request(url, headers={"Accept": "application/json", "User-Agent": "selector"})
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            data: bytes = answer.read(MOST_BYTES + 1)
    except urllib.error.HTTPError as error:
        raise ValueError(f"{url} answered {error.code} {error.reason}") from error
    except urllib.error.URLError as error:
        raise ValueError(f"{url} did not answer: {error.reason}. Or download it and name the file") from error
    if len(data) > MOST_BYTES:
        raise ValueError(f"{url} is too large to be a guide")
    return data


def write_safely(stream: TextIO) -> None:
    """Let a stream take every character: what its encoding lacks comes out as the nearest that it has."""
    codecs.register_error("selector.nearest", _nearest)
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="selector.nearest")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end].translate(_PLAIN)
    parts = unicodedata.normalize("NFKD", missing)
    return "".join(part if part.isascii() else "?" for part in parts if not unicodedata.combining(part)), error.end
