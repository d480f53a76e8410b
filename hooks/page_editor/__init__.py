"""Texts, levels and weights changed on the page that shows them, under `mkdocs serve` only. Knows no site engine.

The guide's file remains the source: what is changed on a page is written into it, comments and order kept.

gate.py      who may ask: this machine, from a page that this server sent
document.py  the file as it is now
places.py    which places of the file the texts of a page come from
form.py      the fields of a place
change.py    the file with other values: difference, problems, writing
app.py       all of it as addresses of the development server
"""

from __future__ import annotations

from .app import PageEditor

__all__ = ["PageEditor"]
