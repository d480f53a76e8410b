"""One module per family of pages: a function `pages(edition)` that yields (path, Markdown)."""
