"""Files for machines. Each carries the revision of the data that it was made from.

A new file is an entry in `catalogue.FILES`: the index, the schema's test and the page about the data follow from it.
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.render.context import Edition

from .catalogue import FILES


def files(edition: Edition) -> Iterator[tuple[str, str]]:
    """All files of the catalogue, with those that exist once per option."""
    for file in FILES:
        yield from file.make(edition)
    yield "robots.txt", robots(edition)


def robots(edition: Edition) -> str:
    """Everyone may read everything. Crawlers ask for this file at the root of a host only; elsewhere it does no harm."""
    rules = "User-agent: *\nAllow: /\n"
    return f"{rules}\nSitemap: {edition.address('sitemap.xml')}\n" if edition.site_url else rules
