"""What a site does without because there would be too much of it. Nothing is dropped in silence."""

from __future__ import annotations

from selector import Guide

from .nav import MOST
from .pages.pairs import pairs_without_page


def left_out(guide: Guide) -> list[str]:
    """One sentence for each bound that was met."""
    said = []
    if pairs := pairs_without_page(guide):
        said.append(f"{pairs} pairs of options have no separate page; the page of comparisons shows any of them")
    for section in ("options", "strategies", "examples"):
        entries = len(guide.data.get(section, ()))
        if entries > MOST:
            said.append(f"the navigation does not name {entries} {section}; their list does")
    found = guide.enumeration
    if found.left_out or not found.complete:
        number = f"{'' if found.complete else 'at least '}{found.left_out}"
        said.append(f"{number} combinations of options were left out; {len(found.strategies)} are ranked")
    return said
