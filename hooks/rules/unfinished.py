"""Nothing is left to be written.

PASS
    summary: Keeps the door shut.
FAIL
    summary: TODO
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hooks.source.problems import Problem

from .common.draft import Draft

TODO = re.compile(r"\b(TODO|FIXME|XXX)\b")


def check(draft: Draft) -> Iterator[Problem]:
    """Every text that readers read."""
    for path in draft.texts:
        found = TODO.search(draft.root.at(*path).text)
        if found:
            yield draft.snippet(
                path, found[0], f"{found[0]} in a text", expected="the text that is still to be written"
            )
