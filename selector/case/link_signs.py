"""The signs of a share link as input methods, editors, mail programs and gateways write them, made those that are meant.

A link of ours is made of `a-z`, digits and `-.,~=&`, and of `%2B`, so that nothing else in it is meant.
"""

from __future__ import annotations

import re
from unicodedata import decomposition, normalize

UNSEEN = re.compile(
    "[\\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ud800-\udfff\ufeff\ufffd]+"
)

_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));", re.IGNORECASE)
_AMPERSAND = re.compile(r"&(?:(?:amp|#0*38|#x0*26)(?:;|(?=&)))+", re.IGNORECASE)
_NAMED = {
    "equals": "=", "comma": ",", "period": ".", "hyphen": "-", "dash": "-", "ndash": "-", "mdash": "-", "lowbar": "_",
    "num": "#", "percnt": "%", "plus": "+", "quest": "?", "colon": ":", "sol": "/", "bsol": "\\", "gt": ">", "lt": "<",
    "quot": '"', "apos": "'", "lsquo": "'", "rsquo": "'", "ldquo": '"', "rdquo": '"', "hellip": "…", "nbsp": " ",
    "ensp": " ", "emsp": " ", "thinsp": " ", "shy": "", "zwj": "", "zwnj": "", "lrm": "", "rlm": "", "tab": " ",
    "newline": "\n",
}  # fmt: skip
"""The named characters of HTML that stand for a sign of ours, or for none at all."""

_EATEN = {"®": "&reg", "©": "&copy", "¬": "&not", "¶": "&para", "§": "&sect", "×": "&times", "÷": "&divide",
          "¤": "&curren", "¢": "&cent", "£": "&pound", "¥": "&yen", "°": "&deg", "µ": "&micro", "¯": "&macr"}  # fmt: skip
"""What HTML makes of "&reg" and its like, also inside "&regions="."""

_OTHER = str.maketrans("‐‑‒–—−⁃˗、․", "--------,.")
_FORMS = ("<wide>", "<small>", "<narrow>", "<font>", "<noBreak>")
"""Forms of one and the same sign. Raised digits are none: they are footnotes."""

_ESCAPED = re.compile(r"\\u00([0-7][0-9a-f])|\\x([0-7][0-9a-f])", re.IGNORECASE)
_ESCAPE_LEFT = re.compile(r"u00(26|3d)", re.IGNORECASE)
_MISREAD = re.compile("[Â-ô][^\x00-\x7f]{1,3}")
_WINDOWS = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ"
"""UTF-8 that was read as the alphabet of Western Windows, and the signs that this has at 128 to 159."""

_QUOTED_LINE = re.compile(r"[\r\n][ \t]*(?:[>|][ \t]*)+|>{1,9}[ \t\xa0]{1,9}(?=[^\s&=>]{1,99}[&=])")
"""Where a line of a quoted mail begins: browsers take away the line's end, but leave its mark and its space."""

_BEHIND = re.compile(r"(?<=[&#;?]r=[0-9a-f]{12})[ \t\xa0]+(?=\S)", re.IGNORECASE)
"""Where a sentence goes on after a whole link."""

_SOFT_BREAK = re.compile(r"=[ \t]*\r?\n")
_QUOTED_PRINTABLE = re.compile(r"(?:^|[&#?/])v=(?:\r?\n)?3d\d", re.IGNORECASE)
_PIECE = re.compile("[^&#?]+")
_QUOTED_SIGN = re.compile(r"=(?:(3d|20|0[ad])|[ \t]*\r?\n|)", re.IGNORECASE)


def as_meant(text: str) -> str:
    """A text with each sign as a link of ours has it; percent signs stay."""
    text = _MISREAD.sub(_read_again, text)
    for eaten, written in _EATEN.items():
        text = text.replace(eaten, written)
    text = re.sub("[^\x00-\x7f]", _plain, text).translate(_OTHER)
    text = _ENTITY.sub(_named, _AMPERSAND.sub("&", text))
    text = _ESCAPED.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
    if "&" not in text:  # the backslash was lost
        text = _ESCAPE_LEFT.sub(lambda found: chr(int(found[1], 16)), text)
    text = _PIECE.sub(_joined, text)
    return UNSEEN.sub("", _BEHIND.sub("#", _QUOTED_LINE.sub("", text))).replace("\\", "")


def from_quoted_printable(text: str) -> str:
    """A text that a mail program left in quoted-printable, as its writer wrote it; any other text as it is."""
    pieces = _PIECE.findall(text)
    all_quoted = len(pieces) > 1 and all(re.search("=3d", piece, re.IGNORECASE) for piece in pieces)
    if not all_quoted and not _QUOTED_PRINTABLE.search(text):
        return text
    return _PIECE.sub(_unquoted, text)


def _unquoted(piece: re.Match[str]) -> str:
    if "=3d" not in piece[0].lower():  # a gateway has undone it already
        return piece[0]
    return _QUOTED_SIGN.sub(lambda found: chr(int(found[1], 16)) if found[1] else "", piece[0])


def _joined(found: re.Match[str]) -> str:
    """A piece with a soft break, if the sign before the line's end is not the one between name and value."""
    return _SOFT_BREAK.sub("", found[0]) if found[0].count("=") > 1 and "\n" in found[0] else found[0]


def _plain(found: re.Match[str]) -> str:
    sign = found[0]
    if decomposition(sign).startswith(_FORMS) or "ﬀ" <= sign <= "ﬆ":
        return normalize("NFKC", sign)
    return sign


def _named(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED.get(found[3].lower(), found[0])
    code = int(found[1] or found[2], 10 if found[1] else 16)
    return chr(code) if 0 < code < 0x110000 else ""


def _read_again(found: re.Match[str]) -> str:
    codes = [_WINDOWS.find(sign) + 0x80 if sign in _WINDOWS else ord(sign) for sign in found[0]]
    for end in range(len(codes), 1, -1):
        try:
            return bytes(codes[:end]).decode() + found[0][end:]
        except ValueError:  # no bytes, or no text
            continue
    return found[0]
