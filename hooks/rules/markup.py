"""Texts hold no HTML outside of code, and no address that runs something.

PASS
    summary: Put `<name>` into [the form](https://example.org/form).
FAIL
    summary: Put <b>your name</b> there.
    summary: "[click](javascript:alert(1))"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hooks.source.problems import Problem, quote

from .common.draft import Draft
from .common.prose import inside

TAG = re.compile(
    r"</?[a-zA-Z][a-zA-Z0-9:-]{0,40}(?=[\s/>])[^<>]{0,400}>|<!--|<!\[CDATA\[|<[!?][a-zA-Z]"
    r"|<[a-zA-Z][^<>]{0,200}[\s/]on[a-z]{1,30}\s*="
)
AUTOLINK = re.compile(r"<(?:https://|mailto:)[^<>\s]{1,400}>\Z")
HOSTILE = re.compile(r"(?:javascript|vbscript|data|file)\s*(?::|&#|&colon)", re.IGNORECASE)
LINK_TARGET = re.compile(
    r"\]\(\s*<?((?:[^()\s<>]|\([^()\s<>]*\)){0,400})>?(?=[\s)])|^ {0,3}\[[^\]]{1,80}\]:\s*<?([^\s>]{1,400})",
    re.MULTILINE,
)


def check(draft: Draft) -> Iterator[Problem]:
    """Every text that readers read."""
    for one in inside(draft):
        path, prose, opened = one.path, one.prose, False
        for found in TAG.finditer(prose):
            if not AUTOLINK.match(found[0]) and not (opened and found[0].startswith("</")):
                opened = True
                yield draft.snippet(
                    path,
                    found[0],
                    f"HTML in a text: {quote(found[0])}",
                    expected="plain words or Markdown, as **bold** or [words](https://...); or `code` marks around what"
                    " readers should see as it is",
                )
        for found in LINK_TARGET.finditer(prose):
            target = found[1] or found[2] or ""
            if HOSTILE.match(re.sub(r"[\x00-\x20]", "", target)):
                yield draft.snippet(path, target, f"a link that runs or loads something: {quote(target)}",
                                    expected="an address that starts with https://")  # fmt: skip
