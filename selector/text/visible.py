"""Foreign text, such as names of files, made safe to show: what a reader cannot see, or what acts on a terminal or on
the order of characters, is shown escaped."""

from __future__ import annotations

import re

UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
"""Control characters, what turns the direction of text, separators of lines, blanks without width, halves of characters."""


def visible(text: str, keep: str = "") -> str:
    """The text with everything unseen escaped as in `\\x1b` and `\\u202e`, but for the characters to keep."""
    return UNSEEN.sub(lambda found: found[0] if found[0] in keep else _escaped(ord(found[0])), text)


def _escaped(code: int) -> str:
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file's name that is no text
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
