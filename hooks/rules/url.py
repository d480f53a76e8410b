"""Addresses are whole, public and encrypted, in fields and in texts.

PASS
    url: https://example.org/manual
FAIL
    url: https://localhost/manual
    url: https://me:word@example.org/
    summary: See [the manual](http://example.org/).
    summary: See [the manual](../manual.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from hooks.source.problems import Problem, quote
from hooks.source.scalars import address_like, is_address, why_no_address

from .common.draft import Draft
from .common.prose import inside
from .markup import HOSTILE, LINK_TARGET
from .references import CITED

HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\Z", re.IGNORECASE)
AUTO = re.compile(r"<((?:https?|ftp)://[^<>\s]{1,400})>")


def check(draft: Draft) -> Iterator[Problem]:
    """Homes, sources and pages of passages, then links in texts."""
    for pattern in ("sources.*.url", "options.*.home", *(f"{entry}.passage.*.url" for entry in CITED)):
        for node in draft.each(pattern):
            fault = is_address(node.text) and fault_of(node.text)
            if fault:
                yield draft.problem(
                    node, f"{quote(node.text)} {fault}", expected="an address that every reader can open"
                )
    for one in inside(draft):
        targets = [found[1] or found[2] or "" for found in LINK_TARGET.finditer(one.prose)]
        for target in [*targets, *AUTO.findall(one.prose)]:
            if target and not HOSTILE.match(target) and not target.startswith("mailto:"):
                fault = fault_of(target)
                if fault:
                    yield draft.snippet(one.path, target, f"{quote(target)} {fault}", nearest=address_like(target),
                                        expected="an address that starts with https://")  # fmt: skip


def fault_of(address: str) -> str:
    """What is wrong with an address, or ""."""
    if not address.startswith("https://"):
        return "does not start with https://"
    if why := why_no_address(address):
        return f"is no address: {why}"
    parts = urlsplit(address)
    if parts.username is not None:
        return "carries a user name"
    try:
        host = (parts.hostname or "").encode("idna").decode()
    except UnicodeError:
        return "has no valid host"
    return "" if HOST.match(host) else "has no public host"
