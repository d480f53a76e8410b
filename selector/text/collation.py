"""The order of names: letters by their base letter, then by their marks, never by their number in Unicode.

Python's standard library has no collation (Unicode Technical Standard 10), and a table of all scripts would be half as
large as the whole selector. Its first levels are enough for names: base letters, then accents, then capitals. What a
language does otherwise is one line below: letters that it counts as separate ones, after "z".
"""

from __future__ import annotations

from functools import cache
from unicodedata import combining, normalize

AFTER_Z = {
    "sv": "åäö",
    "fi": "åäö",
    "da": "æøå",
    "nb": "æøå",
    "nn": "æøå",
    "no": "æøå",
    "is": "þæö",
    "et": "õäöü",
}
"""By language, letters that follow all others, in their order (Unicode CLDR, collation charts)."""

WITHOUT_PARTS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
"""Letters that Unicode does not take apart, as most languages sort them."""

Key = tuple[str, str, str]


@cache
def sort_key(name: str, language: str = "en") -> Key:
    """What to sort a name by: its base letters, then its letters with their marks, then the name itself.

    Args:
        language: a language tag, such as "de" or "sv-FI".
    """
    separate = AFTER_Z.get(language.split("-", 1)[0].casefold(), "")
    folded = normalize("NFC", name.casefold())
    return "".join(_base(letter, separate) for letter in folded), folded, name


@cache  # names share their letters
def _base(letter: str, separate: str) -> str:
    if letter in separate:
        return f"z\uffff{separate.index(letter)}"
    whole = WITHOUT_PARTS.get(letter, letter)
    return "".join(part for part in normalize("NFD", whole) if not combining(part)) or whole
