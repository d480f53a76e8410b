"""Which picture a page has when its link is shared."""

from __future__ import annotations

KINDS = {"options": "Option", "strategies": "Combination", "criteria": "Criterion"}
"""Folders in which every page has its own picture, with what such a page is about."""

GENERAL = "assets/cards/index.png"


def card_of(page: str) -> str:
    """The picture of a page ("options/x.md"), below the site's root. Pairs and examples share the general one."""
    folder, _, name = page.rpartition("/")
    if folder not in ("", *KINDS) and name != "index.md":
        return GENERAL
    return f"assets/cards/{page.removesuffix('.md')}.png"
