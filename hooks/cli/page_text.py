"""The words of a page, and where some words are among them, whatever mark-up, quotes, dashes and spaces are between."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from difflib import SequenceMatcher
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple

BLOCK_END = "\x1e"
"""Stands in a text where one block of a page ends: a browser marks no words over it."""

UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object"})
INLINE = frozenset(
    ["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"]
)  # fmt: skip
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])

KEPT = re.compile(
    "[^\\s\x1e\\\\*_`'\"\u00ad\u00b4\u00b6\u00ab\u00bb\u2018-\u201f\u2032-\u2036\u2039\u203a\u200b-\u200f\u2060\ufeff"
    "\u2010-\u2015\u2212\u301c\uff0d-]+"
)
"""What counts when texts are compared: all but spaces, quotes, dashes, and signs of Markdown."""

REFRESH = re.compile(r"\s*\d+\s*;\s*url\s*=\s*['\"]?([^'\"\s]+)", re.IGNORECASE)

MARKDOWN = (
    (re.compile(r"!?\[([^\]\n]{0,400})\](?:\([^()\s]{0,400}(?:\s+\"[^\"\n]{0,200}\")?\)|\[[^\]\n]{0,200}\])"), r"\1"),
    (re.compile(r"</?[a-zA-Z][^<>\n]{0,400}>"), ""),
    (re.compile(r"^[ \t]*(?://+|#+|>+|;+|\*(?!\*)|--)[ \t]?", re.MULTILINE), ""),
)
"""What a file's text has that its reader does not: links, tags, and signs before headings and comments."""

LIKE = 0.5
"""How similar words must be to be called the same in other words (0..1, as difflib counts)."""


class HtmlText(HTMLParser):
    """Collects what a page of HTML shows.

    Attributes:
        refresh: where the page sends its readers automatically, or "".
        asks_who: True when it has a field for a password.
        excuse: what it says to browsers without scripts, or "".
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.refresh = self.excuse = ""
        self.asks_who = False
        self._parts: list[str] = []
        self._unseen: list[str] = []

    @property
    def text(self) -> str:
        """All text, with marks at the ends of blocks."""
        return re.sub(f"[ \t\r\n]*{BLOCK_END}[\\s{BLOCK_END}]*", BLOCK_END, "".join(self._parts)).strip(BLOCK_END)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins, or what nobody sees."""
        if tag == "meta" and ("http-equiv", "refresh") in [(name, (value or "").lower()) for name, value in attrs]:
            found = REFRESH.match(dict(attrs).get("content") or "")
            self.refresh = found[1] if found else ""
        if tag == "input" and ("type", "password") in [(name, (value or "").lower()) for name, value in attrs]:
            self.asks_who = True
        if tag == "body":
            self._unseen.clear()  # a head need not be closed
        elif tag in UNSEEN:
            self._unseen.append(tag)
        elif tag == "br":
            self._parts.append("\n")
        elif tag not in INLINE and tag not in VOID:
            self._parts.append(BLOCK_END)

    def handle_endtag(self, tag: str) -> None:
        """A block ends, or what nobody sees."""
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        elif tag not in INLINE:
            self._parts.append(BLOCK_END)

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if not self._unseen:
            self._parts.append(data)
        elif self._unseen[-1] == "noscript":
            self.excuse += data.strip()


def html_text(html: str) -> HtmlText:
    """What a page of HTML shows."""
    found = HtmlText()
    found.feed(html)
    found.close()
    return found


def file_text(text: str) -> str:
    """A file of Markdown or code as its readers take it; lines stay lines."""
    for pattern, kept in MARKDOWN:
        text = pattern.sub(kept, text)
    return unescape(text)


class Place(NamedTuple):
    """Where words are in a text: from and to."""

    start: int
    end: int


class PlainText:
    """A text in which words are looked for.

    Attributes:
        text: the text, with signs that mean the same written the same.
        key: what counts of it.
    """

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFKC", text)
        folded = self.text.casefold()
        if len(folded) != len(self.text):  # a letter became two: show the folded text, so that places fit
            self.text = folded
        pieces = list(KEPT.finditer(folded))
        self.key = "".join(piece[0] for piece in pieces)
        self._places = [piece.start() for piece in pieces]
        self._keys: list[int] = []
        count = 0
        for piece in pieces:
            self._keys.append(count)
            count += len(piece[0])

    def find(self, words: str, prefix: str = "", suffix: str = "") -> list[Place]:
        """Where these words are, between these."""
        before, wanted, after = (key_of(text) for text in (prefix, words, suffix))
        found = []
        at = self.key.find(before + wanted + after) if wanted else -1
        while at >= 0:
            start = at + len(before)
            found.append(Place(self._place(start), self._place(start + len(wanted) - 1) + 1))
            at = self.key.find(before + wanted + after, at + 1)
        return found

    def _place(self, at: int) -> int:
        piece = bisect_right(self._keys, at) - 1
        return self._places[piece] + at - self._keys[piece]

    def shown(self, place: Place) -> str:
        """The text there, on one line."""
        return " ".join(self.text[place.start : place.end].replace(BLOCK_END, " ").split())

    def nearest(self, words: str) -> str:
        """The words that are most like these, or "" when none are like enough."""
        tokens = list(re.finditer(f"[^\\s{BLOCK_END}]+", self.text))
        keys, wanted = [_token_key(token[0]) for token in tokens], [_token_key(word) for word in words.split()]
        best, ratio = 0, 0.0
        for start in _likely(keys, wanted):
            now = SequenceMatcher(None, wanted, keys[start : start + len(wanted)], autojunk=False).ratio()
            if now > ratio:
                best, ratio = start, now
        if ratio < LIKE:
            return ""
        first, last = _span(keys, wanted, best)
        return self.shown(Place(tokens[first].start(), tokens[last].end()))


def key_of(text: str) -> str:
    """What counts of a few words."""
    return "".join(KEPT.findall(unicodedata.normalize("NFKC", unescape(text)).casefold()))


def _token_key(word: str) -> str:
    """What counts of one word: not the marks beside it."""
    return key_of(word).strip(".,;:!?()[]")


def _span(keys: list[str], wanted: list[str], best: int) -> tuple[int, int]:
    """The first and last of the words that stand for the wanted ones, when these begin about there."""
    start, end = max(0, best - 2), best + len(wanted) + len(wanted) // 2 + 2
    part = keys[start:end]
    blocks = SequenceMatcher(None, wanted, part, autojunk=False).get_matching_blocks()[:-1]
    first, last = blocks[0], blocks[-1]
    begin = max(0, first.b - first.a)
    missing = len(wanted) - last.a - last.size
    return start + begin, min(start + last.b + last.size - 1 + missing, len(keys) - 1)


def _likely(keys: list[str], wanted: list[str], most: int = 20) -> list[int]:
    """Where windows as long as the wanted words begin that share the most words with them."""
    needed, size = Counter(wanted), len(wanted)
    seen: Counter[str] = Counter()
    common, counts = 0, []
    for index, key in enumerate(keys):
        seen[key] += 1
        common += seen[key] <= needed[key]
        if index >= size:
            old = keys[index - size]
            common -= seen[old] <= needed[old]
            seen[old] -= 1
        counts.append((-common, max(0, index - size + 1)))
    return [start for _, start in sorted(counts)[:most]]
