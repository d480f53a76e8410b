"""Icons from the sets that the theme's package brings (Material Design Icons and others, each free to use), inline."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from markupsafe import Markup

PACKAGE = "material"
"""Holds the sets as SVG files. Only its files are read: no engine has to be there."""

SIZE = 24


def icon_file(name: str) -> Path | None:
    """The file of an icon ("material/lock"); None when there is none, or the package is missing."""
    spec = find_spec(PACKAGE)
    for folder in spec.submodule_search_locations or () if spec else ():
        file = Path(folder, "templates", ".icons", f"{name}.svg")
        if file.is_file():
            return file
    return None


@cache
def icon(name: str | None) -> Markup:
    """An icon as SVG in the colour of its text; nothing where there is none."""
    file = icon_file(name) if name else None
    found = re.search(r'viewBox="([\d. -]+)".*?(<path.*?)</svg>', file.read_text("utf-8"), re.DOTALL) if file else None
    if found is None:
        return Markup()
    box, paths = found.groups()
    text = f'<svg class="icon" viewBox="{box}" width="{SIZE}" height="{SIZE}" aria-hidden="true" focusable="false">{paths}</svg>'
    return Markup(text)
