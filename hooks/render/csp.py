"""The Content-Security-Policy of a page, made from the page itself: no inline script runs that was not built in."""

from __future__ import annotations

import base64
import hashlib
import re

SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<content>.*?)</script>", re.DOTALL | re.IGNORECASE)
STYLE = re.compile(r"<style[^>]*>(?P<content>.*?)</style>", re.DOTALL | re.IGNORECASE)
HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)
POLICY = re.compile(r'\s*<meta http-equiv="Content-Security-Policy" content="[^"]*">')


def with_policy(html: str, *, offline: bool = False, inserted_styles: bool = False) -> str:
    """The page with its policy as the first thing in its head, in place of one that it may have.

    Args:
        html: a whole page. Inline scripts in it are allowed by their hashes, and no others.
        offline: for pages opened from disk, whose worker is started from a Blob.
        inserted_styles: for themes whose scripts insert style sheets into the page; their hashes can't be known.
    """
    html = without_policy(html)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(html, offline=offline, inserted_styles=inserted_styles)}">'
    return HEAD.sub(lambda head: f"{head[0]}\n    {meta}", html, count=1)


def without_policy(html: str) -> str:
    """The page as it was before `with_policy`."""
    return POLICY.sub("", html, count=1)


def policy(html: str, *, offline: bool = False, inserted_styles: bool = False) -> str:
    """The policy as text, without double quotes."""
    scripts = [match["content"] for match in SCRIPT.finditer(html) if _runs(match["attributes"])]
    styles = [match["content"] for match in STYLE.finditer(html)]
    blob = " blob:" if offline else ""
    # A page opened from disk has an opaque origin, which 'self' does not match in every browser.
    own = "'self' file:" if offline else "'self'"
    rules = {
        "default-src": own,
        "script-src": f"{own}{blob} 'wasm-unsafe-eval'{_hashes(scripts)}",
        "style-src": f"{own} 'unsafe-inline'" if inserted_styles else f"{own}{_hashes(styles)}",
        "img-src": f"{own} data:",
        "worker-src": f"{own}{blob}",
        "connect-src": f"{own}{blob}",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _runs(attributes: str) -> bool:
    """True for an inline script that is code: blocks of JSON are data and need no leave."""
    return "src=" not in attributes and "json" not in attributes


def _hashes(contents: list[str]) -> str:
    digests = dict.fromkeys(hashlib.sha256(content.encode()).digest() for content in contents)
    return "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
