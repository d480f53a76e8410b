"""One module per family of pages: a function `pages(build)` that yields (path, Markdown)."""
