"""The address that opens a page at some of its words: https://wicg.github.io/scroll-to-text-fragment/."""

from __future__ import annotations

import re
from urllib.parse import quote

LINES = re.compile(r"#L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?\Z")
"""How the address of a file in a repository names lines. Its page is a program that marks them itself."""


def passage_address(address: str, words: str, prefix: str = "", suffix: str = "") -> str:
    """The address of a page, opened at these words, which the browser marks.

    Args:
        address: of the page. A fragment that it has is kept; lines of a file stay as they are.
        words: as the page has them.
        prefix: words right before them, where they occur more than once.
        suffix: words right after them.
    """
    if not words.strip() or LINES.search(address):
        return address
    page, _, directive = address.partition(":~:")
    mark = "" if "#" in page else "#"
    before = f"{_escaped(prefix)}-," if prefix.strip() else ""
    after = f",-{_escaped(suffix)}" if suffix.strip() else ""
    others = f"{directive}&" if directive else ""
    return f"{page}{mark}:~:{others}text={before}{_escaped(words)}{after}"


def _escaped(text: str) -> str:
    """Percent-encoded; a hyphen too, because it tells words from what is before and after them."""
    return quote(" ".join(text.split()), safe="").replace("-", "%2D")
