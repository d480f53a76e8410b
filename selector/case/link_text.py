"""What becomes of a share link on its way: mail programs, gateways, chats and word processors escape, encode, cut and
wrap addresses. This undoes what can be undone, and gives the parts of the link as they were written.

A link of ours is made of `a-z`, digits and `-.,~=&`, and of `%2B`, so that nothing else in it is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

MOST_CHARACTERS = 8000
"""Longer links are not ours: all answers of a large guide fit in a quarter of this."""

MOST_PAIRS = 500

_ROUNDS = 5
"""How often a text may have been encoded."""

_SOFT_BREAK = re.compile(r"=\r?\n")
_UNSEEN = re.compile(
    "[\\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ud800-\udfff\ufeff]+"
)
_AMPERSAND = re.compile(r"&(?:amp|#0*38|#x0*26);", re.IGNORECASE)
_EQUALS = re.compile(r"&(?:equals|#0*61|#x0*3d);", re.IGNORECASE)
_MARKS_AROUND = re.compile(r"(?:&(?:gt|lt|quot|apos|#0*(?:34|39|60|62)|#x0*(?:22|27|3c|3e));)+$", re.IGNORECASE)
_BROKEN_ESCAPE = re.compile(r"%(?![0-9a-f]{2})[0-9a-f]?", re.IGNORECASE)
_DASHES = re.compile("[‐‑‒–—−]")
_OPENING, _CLOSING = "#!?/([{<\"'“‘«*_`", ")]}>\"'”’»*_`.,;:!?\\"
_EATEN = {"®": "&reg", "©": "&copy", "¬": "&not", "¶": "&para", "§": "&sect", "×": "&times", "÷": "&divide",
          "¤": "&curren", "¢": "&cent", "£": "&pound", "¥": "&yen", "°": "&deg", "µ": "&micro", "¯": "&macr"}  # fmt: skip
"""What HTML makes of "&reg" and its like, also inside "&regions="."""

_ADDED = re.compile(
    r"(?:utm|mtm|pk|piwik|matomo|mc|hsa|ml|vero|oly|stm|trk|at|ga|wt|sc)_\w+|_{1,2}hs\w+|__s|_ga|_gl"
    r"|(?:fb|g|d|y|tw|tt|s)clid|msclkid|irclickid|gbraid|wbraid|igshid|igsh|li_fat_id|mkt_tok|srsltid|epik|spm"
    r"|ref|referrer|ref_src|source|src|cmp|cmpid|s_cid|si|sdata|reserved|xtor|trackid",
    re.IGNORECASE,
)


def is_added(name: str) -> bool:
    """True for a name that programs add to addresses to follow readers."""
    return _ADDED.fullmatch(name) is not None


def cleaned(text: str) -> str:
    """A link's text without what was done to it on its way."""
    text = _SOFT_BREAK.sub("", text[: 4 * MOST_CHARACTERS])
    for _ in range(_ROUNDS):
        before = text
        text = _UNSEEN.sub("", text)
        text = _EQUALS.sub("=", _AMPERSAND.sub("&", text))
        text = unquote(_BROKEN_ESCAPE.sub("", text))
        if text == before:
            break
    for eaten, written in _EATEN.items():
        text = text.replace(eaten, written)
    text = _DASHES.sub("-", text)
    if re.search(r"(?:^|[&#?])v=3d1(?:&|$)", text, re.IGNORECASE):  # quoted-printable, left as it was
        text = re.sub("=3d", "=", text, flags=re.IGNORECASE)
    return _MARKS_AROUND.sub("", text).lstrip(_OPENING).rstrip(_CLOSING)


def is_blank(text: str) -> bool:
    """True for a text in which nothing can be seen but number signs: no link was given."""
    return not _UNSEEN.sub("", text).strip("#")


def pairs_of(text: str) -> Iterator[tuple[str, str]]:
    """Names and values of a cleaned text; the value is empty where there is none.

    A link may be in a link, or behind the address of the page: each "#" begins a new one.
    """
    for piece in re.split(r"[&#;?]+", text):
        if piece:
            name, _, value = piece.partition("=")
            yield name.strip(_OPENING + _CLOSING.replace(".", "")), value.lstrip(_OPENING).rstrip(_CLOSING)
