"""The language of a guide and the direction of its script, as pages, the feed and the theme say them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

RIGHT_TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))
"""Languages that are written from right to left; a guide in another one says `dir: rtl`."""

HTML = re.compile(r"<html\b[^>]*?(?=\s+class=|>)")


def language(about: Mapping[str, Any]) -> str:
    """The language tag of a guide (BCP 47): "en" where it says none."""
    return str(about.get("lang", "en"))


def direction(about: Mapping[str, Any]) -> str:
    """ "ltr" or "rtl": as the guide says, else as its language is written."""
    return str(about.get("dir") or ("rtl" if _base(language(about)) in RIGHT_TO_LEFT else "ltr"))


def theme_language(tag: str, known: Iterable[str]) -> str:
    """The language in which the theme's own words come: the guide's, as far as there is a translation."""
    names = set(known)
    return next((name for name in (tag, _base(tag)) if name in names), "en")


def in_language(html: str, tag: str, way: str) -> str:
    """A page whose element says its language and direction."""
    return HTML.sub(f'<html lang="{tag}" dir="{way}"', html, count=1)


def _base(tag: str) -> str:
    return tag.split("-", 1)[0].casefold()
