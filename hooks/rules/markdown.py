"""Texts render as Markdown: what is opened is closed, and links lead somewhere.

PASS
    summary: Run `make`, see [the manual](https://example.org/).
FAIL
    summary: Run `make.
    summary: See [the manual](https://example.org/.
    summary: See [the manual]().
    name: "**Box**"
    summary: "- - - - - - - - - - - - - - - - - - - - - - one"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from hooks.source.positions import Path
from hooks.source.problems import Problem, quote

from .common.draft import Draft
from .common.prose import inside, open_fence

CLOSED = re.compile(r"\]\(([^()]|\([^()]*\))*\)")
EMPTY = re.compile(r"\]\(\s*\)")
BOLD = re.compile(r"(?<![\\*])\*{2,3}(?=[^\s*])|(?<=[^\s*\\])\*{2,3}(?!\*)")
REFERENCE = re.compile(r"\[[^\[\]]{1,80}\]\[([^\[\]]{0,80})\]")

PLAIN = ("name", "names")
"""Fields that titles, links and cells show as they are written; labels may have code in them."""

IN_NAME = re.compile(r"\*\*([^*\s][^*]*)\*\*|`([^`]+)`|!?\[([^\[\]]+)\]\([^()]*\)")

MOST_DEEP = 20
"""Lists and quotations within each other; with some hundreds, no page can be made."""

DEEP = re.compile(
    rf"^(?: {{4}}|\t|[-+*] {{1,4}}|> {{0,3}}|\d+[.)] {{1,4}}){{{MOST_DEEP},}}(?:[-+*]|\d+[.)])[ \t]+(?=[^-+*\s]).*",
    re.MULTILINE,
)


def check(draft: Draft) -> Iterator[Problem]:
    """Every text that readers read: fences, code marks, links, emphasis."""
    for one in inside(draft):
        fence, before = open_fence(one.text)
        if fence:
            found = draft.snippet(one.path, fence, "", expected=f"{fence} on a separate line after it", skip=before)
            yield replace(found, message=f"the code block that opens on line {found.line} is never closed")
            continue
        yield from _line_marks(draft, one.path, one.prose)
    for path in draft.texts:
        if path[-1] in PLAIN and (mark := IN_NAME.search(draft.root.at(*path).text)):
            yield draft.snippet(
                path, mark[0], f"Markdown in a name, which most pages show as it is written: {quote(mark[0])}",
                expected=quote(mark[1] or mark[2] or mark[3]),
            )  # fmt: skip
        text = draft.root.at(*path).text
        if len(text) > 2 * MOST_DEEP and (deep := DEEP.search(text)):
            yield draft.snippet(
                path,
                deep[0].strip()[-80:],
                "lists nest too deep",
                expected=f"at most {MOST_DEEP} lists within each other",
            )


def _line_marks(draft: Draft, path: Path, prose: str) -> Iterator[Problem]:
    tick = re.search(r"(?<!\\)`+", prose)
    if tick:
        expected = f"{tick[0]} after the code as well; or \\` where a backtick is meant"
        yield draft.snippet(path, tick[0], f"code begins with {tick[0]} and does not end", expected=expected)
    for found in re.finditer(r"\]\(", prose):
        if not CLOSED.match(prose, found.start()):
            shown = prose[found.start() : found.start() + 40].partition("\n")[0]
            yield draft.snippet(
                path, shown, f"a link that is never closed: {quote(shown)}", expected=") after the address"
            )
        elif EMPTY.match(prose, found.start()):
            yield draft.snippet(
                path, "](", "a link that leads nowhere", expected="an address that starts with https://"
            )
    for found in REFERENCE.finditer(prose):
        yield draft.snippet(path, found[0], f"a link by name: {quote(found[0])}", expected="[words](https://...)")
    if len(BOLD.findall(prose)) % 2:
        yield draft.snippet(path, "**", "bold text without its end", expected="** after the bold words as well")
