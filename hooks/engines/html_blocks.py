"""Keeps large blocks of finished HTML away from parsers that would only copy them.

Most of a page is finished HTML, which a Markdown parser and a search indexer would both walk through. Neither has to, and
no page changes: a block is taken out before Markdown runs and put back after it, and the indexer reads the page without
drawings and without what other pages say already.
"""

from __future__ import annotations

import re

BLOCK = re.compile(r"<(div|section|table|figure|ul|ol|dl|details|p)[\s>]")
"""How a block of finished HTML begins, at the start of a line after an empty one."""

FENCE = re.compile(r"`{3,}")

PLACE = '<div data-aside="{}"></div>'

UNSPOKEN = re.compile(
    r"<svg\b.*?</svg>|<details class=\"source-fold\".*?</details>|<span class=\"provenance\">.*?<!--/provenance-->",
    re.DOTALL,
)
"""What an indexer has no use for: drawings, and sources, which have a separate page."""

REPEATED = re.compile(r"<!--unsearched-->.*?<!--/unsearched-->", re.DOTALL)
"""What a template marks because other pages say it already."""

TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)

INLINE = re.compile(
    r'<a class="headerlink".*?</a>|</?(?:a|span|em|strong|small|button|label|input|div|section)\b[^>]*>'
)
"""Tags that an indexer would only step over; it keeps paragraphs, lists and code."""

ATTRIBUTES = re.compile(r"<(?!h[1-6])([a-z]+)\s[^>]*>")


def take_out(markdown: str) -> tuple[str, list[str]]:
    """The text with every whole block of HTML replaced by a place for it, and the blocks.

    A block is whole when it is between empty lines and closes the element that it opens; anything else stays,
    and so does everything inside a fenced code block.
    """
    blocks: list[str] = []
    parts = re.split(r"(\n{2,})", markdown)
    fence = ""
    for index in range(0, len(parts), 2):
        if not fence and _is_whole(parts[index]):
            blocks.append(parts[index].strip())
            parts[index] = PLACE.format(len(blocks) - 1)
        else:
            fence = _fence_after(parts[index], fence)
    return "".join(parts), blocks


def _fence_after(part: str, fence: str) -> str:
    """The fence that is open after a part of the text: its backticks, or nothing."""
    for line in part.split("\n"):
        if not fence and (found := FENCE.match(line)):
            fence = found[0]
        elif fence and line.strip() == fence:
            fence = ""
    return fence


def _is_whole(part: str) -> bool:
    text = part.strip("\n")
    found = BLOCK.match(text)
    if found is None:
        return False
    tag = found[1]
    opened = len(re.findall(rf"<{tag}[\s>]", text))
    return text.endswith(f"</{tag}>") and opened == text.count(f"</{tag}>")


def put_back(html: str, blocks: list[str]) -> str:
    """The page with its blocks in their places."""
    return re.sub(r'<div data-aside="(\d+)"></div>', lambda place: blocks[int(place[1])], html)


def for_search(html: str, *, briefly: bool) -> str:
    """What an indexer should read; `briefly` leaves out tables too, whose cells other pages hold."""
    text = REPEATED.sub("", UNSPOKEN.sub("", html))
    text = TABLE.sub("", text) if briefly else text
    return ATTRIBUTES.sub(r"<\1>", INLINE.sub(" ", text))
