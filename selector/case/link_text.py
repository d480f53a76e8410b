"""What becomes of a share link on its way: mail programs, gateways, chats and word processors escape, encode, cut and
wrap addresses. This undoes what can be undone, and gives the parts of the link as they were written.

A link of ours is made of `a-z`, digits and `-.,~=&`, and of `%2B`, so that nothing else in it is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from .link_around import unwrapped
from .link_signs import UNSEEN, as_meant, from_quoted_printable

MOST_CHARACTERS = 8000
"""Longer links are not ours: all answers of a large guide fit in a quarter of this."""

MOST_PAIRS = 500

MOST_ROUNDS = 8
"""How often a text may have been encoded."""

_BROKEN_ESCAPE = re.compile(r"%(?![0-9a-f]{2})[0-9a-f]?", re.IGNORECASE)
_OPENING, _CLOSING = "#!?/([{<\"'“‘«*_`|", ")]}>\"'”’»*_`.,;:!?|…。」』】》"
_VALUE = re.compile(r"[a-z0-9_.,~+%-]*", re.IGNORECASE)
_AROUND_NAMES = _OPENING + _CLOSING.replace(".", "") + "+~"
_ADDED = re.compile(
    r"(?:utm|mtm|pk|piwik|matomo|mc|hsa|ml|vero|oly|stm|trk|at|ga|wt|sc)_\w+|hs(?:enc|mi|fp|sc|tc|ctatracking)\w*|ga|gl"
    r"|(?:fb|g|d|y|tw|tt|s)clid|msclkid|irclickid|gbraid|wbraid|igshid|igsh|li_fat_id|mkt_tok|srsltid|epik|spm"
    r"|ref|referrer|ref_src|source|src|cmp|cmpid|s_cid|si|sdata|reserved|xtor|trackid",
    re.IGNORECASE,
)


def is_added(name: str) -> bool:
    """True for a name that programs add to addresses to follow readers."""
    return _ADDED.fullmatch(name.strip("_")) is not None


def cleaned(text: str) -> str:
    """A link's text without what was done to it on its way."""
    text = unwrapped(text[: 4 * MOST_CHARACTERS])[0]
    for _ in range(MOST_ROUNDS):
        before = text
        text = unquote(_BROKEN_ESCAPE.sub("", as_meant(from_quoted_printable(text))))
        if text == before:
            break
    return text.lstrip(_OPENING).rstrip(_CLOSING)


def parted(value: str) -> tuple[str, str]:
    """A value as far as it has the signs of ours, and what follows: a tag, a label, the sentence that the link was in."""
    end = _VALUE.match(value).end()  # type: ignore[union-attr]  # it matches any text
    tail = value[end:] if end and any(map(str.isalnum, value[end:])) else ""
    return value[:end] if end else value, tail


def is_blank(text: str) -> bool:
    """True for a text in which nothing can be seen but number signs: no link was given."""
    return not UNSEEN.sub("", text).strip("#")


def pairs_of(text: str) -> Iterator[tuple[str, str]]:
    """Names and values of a cleaned text; the value is empty where there is none.

    A link may be in a link, or behind the address of the page: each "#" begins a new one.
    """
    for piece in re.split(r"[&#;?]+", text):
        if piece:
            name, _, value = piece.partition("=")
            yield name.strip(_AROUND_NAMES), value.lstrip(_OPENING).rstrip(_CLOSING + "+~")
