"""What is said of a text that has not the form of an id, a day or an address, and what was probably meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote as percent

from .positions import Path, label
from .problems import join_words, quote
from .scalars import address_like, days_like, first_lower, fits, id_like, why_no_address, why_no_day

LATIN = dict(
    zip(
        "\u0430\u0432\u0435\u0451\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0455"
        "\u0501\u051b\u051d\u04bb\u03b1\u03b2\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u0261"
        "\u0131\u0585\u057d",
        "abeekmhopctyxijsdqwhabeikvoptuxgiou",
        strict=True,
    )
)
"""Letters of other scripts that look like Latin ones."""

BLANKS = "\u115f\u1160\u3164\uffa0\u2800"
"""Letters and signs that show nothing."""

HIDDEN = ("Cc", "Cf", "Zs", "Zl", "Zp", "Mn")
"""Categories of Unicode that show nothing without another character."""


def wrong_form(schema: Mapping[str, Any], value: str, path: Path) -> dict[str, str]:
    """`code`, `message`, `expected` and `nearest` of the problem."""
    if value == "TODO":  # as `guide new-option` and `new-criterion` leave it; a nearest name would mislead
        return {"code": "unfinished", "message": f"{label(path)} is still to be written", "expected": form(schema)}
    if schema.get("format") == "date":
        return _wrong_day(schema, value, path)
    is_made = bool({"id", "aliases"} & set(path[-2:]))
    is_address = schema.get("format") == "uri"
    guess = address_like(value) if is_address else id_like(plain_letters(value), is_made=is_made)
    guess = guess if guess != value and ("pattern" not in schema or fits(schema["pattern"], guess)) else ""
    expected = form(schema)
    odd = odd_letter(value) if not is_address else ""
    why = why_no_address(value) if is_address and re.match(r"\s*https://", value) else ""
    if "://" in value and "http" not in schema.get("pattern", "http"):
        expected = "the id of an entry, and the address in that entry"
    elif why:
        expected = _cure(value, why)
    said = f"{label(path)} is {_exact(value)}{f', but {why}' if why else ''}{f', which has {odd}' if odd else ''}"
    return {"code": "value", "message": said, "expected": expected, "nearest": guess}


def form(schema: Mapping[str, Any]) -> str:
    """The form that a text must have."""
    if schema.get("format") == "uri":
        return "an address that starts with https://"
    return first_lower(schema.get("form") or schema.get("description", ""))


def seen(text: str) -> bool:
    """True when a reader can see anything of a text."""
    if text[:1].isascii() and text[:1].isalnum():  # as most begin
        return True
    return any(unicodedata.category(char) not in HIDDEN and char not in BLANKS for char in text)


def odd_letter(text: str) -> str:
    """The first character of a name that misleads, with what it looks like; "" for none."""
    for char in text:
        code = f"U+{ord(char):04X}"
        if unicodedata.category(char) in ("Cf", "Cc", "Mn") or char in BLANKS:
            return f"the invisible character {code}"
        if LATIN.get(char.lower(), char) in "abcdefghijklmnopqrstuvwxyz" and char > "\x7f":
            return f"the letter {unicodedata.name(char, code)} ({code}), which looks like {LATIN[char.lower()]!r}"
    return ""


def plain_letters(text: str) -> str:
    """The text with Latin letters where others look like them, without accents and without what cannot be seen."""
    latin = "".join(LATIN.get(char, LATIN.get(char.lower(), char)) for char in text)
    parts = unicodedata.normalize("NFKD", latin)
    return "".join(char for char in parts if unicodedata.category(char) not in ("Cf", "Cc", "Mn"))


def _wrong_day(schema: Mapping[str, Any], value: str, path: Path) -> dict[str, str]:
    """A day in another order, perhaps one that can be read in two ways, or one that does not exist."""
    days, why = days_like(value), why_no_day(value)
    expected = f"{join_words(days, 'or')}, whichever you mean" if len(days) > 1 else form(schema)
    said = f"{label(path)} is {quote(value)}{why and f', but {why}'}"
    return {"code": "date", "message": said, "expected": expected, "nearest": days[0] if len(days) == 1 else ""}


def _cure(address: str, why: str) -> str:
    """What to write for an address that starts well."""
    if why.startswith("it has spaces at"):
        return f"{address.strip()}, without them"
    odd = re.search(r"[\s<>\"{}|\\^`]", address)
    if not odd:
        return "an address, as in https://example.org/page"
    return f"{percent(odd[0])} in its place" if odd[0] not in "\n\t" else "an address on one line"


def _exact(text: str) -> str:
    """The text in quotes, with the spaces at its ends."""
    inner = text.strip()
    if inner == text or not inner:
        return quote(text)
    return f"'{' ' * text[0].isspace()}{quote(inner)[1:-1]}{' ' * text[-1].isspace()}'"
