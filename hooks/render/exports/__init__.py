"""Files for machines. Each carries the revision of the data that it was made from.

A new file is an entry in `catalogue.FILES`: the index, the schema's test and the page about the data follow from it.
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.render.context import BuildContext

from .catalogue import FILES


def files(build: BuildContext) -> Iterator[tuple[str, str]]:
    """All files of the catalogue, with those that exist once per option."""
    for file in FILES:
        yield from file.make(build)
    yield "robots.txt", robots(build)


def robots(build: BuildContext) -> str:
    """Everyone may read everything. Crawlers ask for this file at the root of a host only; elsewhere it does no harm."""
    rules = "User-agent: *\nAllow: /\n"
    return f"{rules}\nSitemap: {build.address('sitemap.xml')}\n" if build.site_url else rules
