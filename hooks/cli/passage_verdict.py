"""What a page says about words that it should have: there, moved, changed, gone, or unreadable."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from hooks.render.citations import Quote
from hooks.render.passages import CHANGED, GONE, MOVED, THERE, UNREADABLE

from .page_text import BLOCK_END, Place, PlainText, file_text
from .read_pages import ReadPage

LITTLE = 200
"""Characters. A page that shows less without scripts shows its text by a script."""

REPOSITORIES = {"github.com", "raw.githubusercontent.com", "gitlab.com", "codeberg.org"}
"""Hosts whose addresses begin with an owner and a name."""

LINES = re.compile(r"#L(\d+)(?:-L?(\d+))?\Z")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of a passage.

    Attributes:
        verdict: there, moved, changed, gone or unreadable.
        moved: the address that has the words now.
        nearest: the words that are most like them.
        note: why a page could not be read, or what keeps a browser from marking the words.
    """

    verdict: str
    moved: str = ""
    nearest: str = ""
    note: str = ""


def judge(quote: Quote, address: str, page: ReadPage) -> Verdict:
    """What a page that was read at an address says about words that are quoted from there."""
    if page.gone:
        return Verdict(GONE, note=f"is gone (status {page.status})")
    if page.note:
        return Verdict(UNREADABLE, note=page.note)
    text, places = _find(quote, page)
    if places:
        moved = page.address if page.moved else "" if page.html else _other_lines(address, text, places)
        note = _unmarkable(quote, text, places) if page.html else ""
        return Verdict(MOVED, moved=moved) if moved else Verdict(THERE, note=note)
    return _missing(quote, page, text)


def _missing(quote: Quote, page: ReadPage, text: PlainText) -> Verdict:
    """What a page says that does not have the words."""
    if page.html and len(text.text) < LITTLE:
        return Verdict(UNREADABLE, note="it shows almost nothing without scripts or a log-in")
    if not page.whole:
        return Verdict(UNREADABLE, note="it is too long to be read to its end")
    alone = text.find(quote.words) if quote.prefix or quote.suffix else []
    if alone:
        around = Place(max(0, alone[0].start - 60), alone[0].end + 60)
        return Verdict(CHANGED, nearest=text.shown(around))
    if nearest := text.nearest(quote.words):
        return Verdict(CHANGED, nearest=nearest)
    return Verdict(UNREADABLE, note=page.wall) if page.wall else Verdict(GONE)


def _find(quote: Quote, page: ReadPage) -> tuple[PlainText, list[Place]]:
    """The text, and where the words are in it; a file is read as it is, and as its readers take it."""
    text = _plain(page.text)
    places = text.find(quote.words, quote.prefix, quote.suffix)
    if not places and not page.html:
        other = _plain(file_text(page.text))
        found = other.find(quote.words, quote.prefix, quote.suffix)
        return (other, found) if found else (text, places)
    return text, places


@lru_cache(maxsize=64)
def _plain(text: str) -> PlainText:
    return PlainText(text)


def _other_lines(address: str, text: PlainText, places: list[Place]) -> str:
    """The address with the lines that have the words, when it names others."""
    named = LINES.search(address)
    if not named:
        return ""
    first, last = int(named[1]), int(named[2] or named[1])
    found = [
        (text.text.count("\n", 0, place.start) + 1, text.text.count("\n", 0, place.end - 1) + 1) for place in places
    ]
    if any(first <= start and end <= last for start, end in found):
        return ""
    start, end = found[0]
    return f"{address[: named.start()]}#L{start}" + (f"-L{end}" if end > start else "")


def _unmarkable(quote: Quote, text: PlainText, places: list[Place]) -> str:
    """Why a browser would not mark these words, or others; "" when it marks them."""
    start, end = places[0]
    part = text.text[start:end]
    if BLOCK_END in part:
        return "they go on over the end of a paragraph, so browsers cannot mark them"
    if _inside_a_word(text.text, start) or _inside_a_word(text.text, end):
        return "they begin or end inside a word, so browsers cannot mark them"
    own = PlainText(quote.words)
    if _letters(part) != _letters(own.text[slice(*own.find(quote.words)[0])]):
        return f"the page writes “{text.shown(places[0])}”, so browsers cannot mark them"
    if len(places) > 1:
        return f"they occur {len(places)} times, and browsers mark the first; `prefix` or `suffix` says which"
    return ""


def _inside_a_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _letters(text: str) -> str:
    """A text as browsers compare it: without case, kinds of spaces and of quotes."""
    text = re.sub("[\u2018-\u201a]", "'", re.sub("[\u201c-\u201e]", '"', text))
    return " ".join(text.casefold().replace("\u00ad", "").split())


def elsewhere(missing: Iterable[str], known: Iterable[str], read: Container[str], most: int) -> dict[str, list[str]]:
    """For each page that lacks words, other pages of its site: all that were read, and at most so many that were not."""
    by_site: dict[str, list[str]] = {}
    for address in dict.fromkeys(known):
        by_site.setdefault(_site(address), []).append(address)
    found = {}
    for page in dict.fromkeys(missing):
        others = [other for other in by_site.get(_site(page), ()) if other != page]
        unread = [other for other in others if other not in read]
        found[page] = [*(other for other in others if other in read), *unread[:most]]
    return found


def _site(address: str) -> str:
    """What one author writes: a host, on hosts of repositories one repository."""
    parts = urlsplit(address)
    return "/".join([parts.netloc, *(parts.path.split("/")[1:3] if parts.netloc in REPOSITORIES else ())])
