"""The types of pages that the site has, found in its folders: a new family is tested without being named anywhere."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

MISSING = "404.html"
"""What a host shows for an address that no page has."""


def page_types(site: Path) -> list[str]:
    """One address of each type, relative to the site's root: every page at the top, and the largest page of each folder.

    A page that only sends on to another address is no type.
    """
    families: dict[Path, list[tuple[int, str]]] = {}
    for file in site.rglob("index.html"):
        folder = file.parent.relative_to(site)
        address = "" if folder == Path() else f"{folder.as_posix()}/"
        family = folder if len(folder.parts) < 2 else folder.parent / "*"
        if 'http-equiv="refresh"' not in file.read_text(encoding="utf-8")[:2000]:
            families.setdefault(family, []).append((file.stat().st_size, address))
    return [max(family)[1] for _, family in sorted(families.items())] + [MISSING]


def file_of(site: Path, address: str) -> Path:
    """The file that a host sends for an address."""
    return site / (f"{address}index.html" if not address or address.endswith("/") else address)


def visit(page: Page, root: str, address: str) -> None:
    """Go to a page of the site that is served at a root. The page for wrong addresses first finds where it is."""
    page.goto(root + address, wait_until="networkidle" if address == MISSING else "load")
