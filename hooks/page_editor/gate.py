"""Who may read and write the guide's file through the development server: pages that it sent itself, on this machine.

Other pages in the same browser can send requests to a server on this machine, and the owner of a host name can let it
point here. So a request needs everything at once: it comes from this machine, calls the server by a name of this
machine, comes from a page with the same origin, holds the token that only such a page has, and is JSON of a small size.
"""

from __future__ import annotations

from collections.abc import Mapping
from hmac import compare_digest
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit

TOKEN_HEADER = "HTTP_X_EDITOR_TOKEN"
"""The header X-Editor-Token, as WSGI calls it. A page of another origin cannot send it without being allowed to."""

MOST_BYTES = 512 * 1024
"""A larger request is refused."""

Environ = Mapping[str, Any]


class Refusal(NamedTuple):
    """An HTTP status and what is wrong, in a sentence."""

    status: str
    words: str


def is_local(environ: Environ) -> bool:
    """True for a request from this machine that calls the server by a name of this machine and its port."""
    if not _is_loopback(environ.get("REMOTE_ADDR", "")):
        return False
    try:
        called = urlsplit(f"//{environ.get('HTTP_HOST', '')}")
        port = called.port or 80
    except ValueError:
        return False
    named = called.hostname == "localhost" or _is_loopback(called.hostname or "")
    return named and called.username is None and str(port) == environ.get("SERVER_PORT")


def is_framed(environ: Environ) -> bool:
    """True when another page shows this one in a frame: it could lead clicks there that were meant for itself."""
    return environ.get("HTTP_SEC_FETCH_DEST", "document") not in ("document", "empty")


def refusal(environ: Environ, token: str) -> Refusal | None:
    """Why a request to read or write may not be answered; None when it may."""
    return next(filter(None, (_sender(environ), _holder(environ, token), _form(environ))), None)


def _sender(environ: Environ) -> Refusal | None:
    """This machine, at the address of this server, from a page of this server."""
    if not is_local(environ):
        return Refusal("403 Forbidden", "The editor answers on this machine only, at the address of its server.")
    same = environ.get("HTTP_ORIGIN") == f"http://{environ.get('HTTP_HOST')}"
    if not same or environ.get("HTTP_SEC_FETCH_SITE", "same-origin") != "same-origin":
        return Refusal("403 Forbidden", "The editor answers pages of this server only.")
    return None


def _holder(environ: Environ, token: str) -> Refusal | None:
    if compare_digest(environ.get(TOKEN_HEADER, "").encode("utf-8", "replace"), token.encode()):
        return None
    return Refusal("403 Forbidden", "The server was started again since this page was loaded. Reload the page.")


def _form(environ: Environ) -> Refusal | None:
    if environ.get("REQUEST_METHOD") != "POST":
        return Refusal("405 Method Not Allowed", "The editor takes POST only.")
    if environ.get("CONTENT_TYPE", "").split(";")[0].strip().lower() != "application/json":
        return Refusal("415 Unsupported Media Type", "The editor takes JSON only.")
    return _size(environ.get("CONTENT_LENGTH", ""))


def _size(said: str) -> Refusal | None:
    if not (said.isascii() and said.isdigit()):
        return Refusal("411 Length Required", "The editor needs the length of a request.")
    if len(said) > 12 or int(said) > MOST_BYTES:
        return Refusal("413 Content Too Large", f"The editor takes at most {MOST_BYTES // 1024} kB at once.")
    return None


def _is_loopback(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)
