"""Addresses of the site's pages, as seen from one page. The same rule serves the build and the browser."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Links:
    """Turns a page's path under the documentation folder into an address for raw HTML.

    Attributes:
        root: path from the page that holds the link to the root of the site: "", "../", "../../".
        directories: True when pages are served as folders ("options/x/"), False for files ("options/x.html").
        index: what an address that ends in a folder needs behind it: "index.html" where no server adds it.
    """

    root: str
    directories: bool
    index: str = ""

    def __call__(self, page: str) -> str:
        """The address of "options/x.md", "options/index.md" or, unchanged, of any other file."""
        if not page.endswith(".md"):
            return self.root + page
        stem = page.removesuffix(".md")
        if not self.directories:
            return f"{self.root}{stem}.html"
        folder = stem.removesuffix("index")
        address = self.root + (folder if folder == "" or folder.endswith("/") else f"{folder}/")
        return (address or "./") + self.index
