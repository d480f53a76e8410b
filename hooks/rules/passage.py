"""A passage is short, and belongs to one of the sources beside it.

PASS
    licence: {text: Free., source: manual, passage: free of charge, verified: 2026-01-01}
    licence: {text: Free., source: [manual, paper], passage: {paper: free of charge}, verified: 2026-01-01}
FAIL
    licence: {text: Free., source: [manual, paper], passage: free of charge, verified: 2026-01-01}
    licence: {text: Free., source: manual, passage: {paper: free of charge}, verified: 2026-01-01}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hooks.source.alike import nearest
from hooks.source.problems import WARNING, Problem, one_of, plural, quote

from .common.draft import Draft, Node
from .references import CITED

MOST_WORDS = 25
"""A longer passage is warned of: shorter ones stay true for longer, and nobody reads more beside a fact."""

MOVING = re.compile(r"https://[^/]+/[^/]+/[^/]+/(?:-/)?blob/(?![0-9a-f]{40}/)")
"""A file in a repository at a branch or a tag, which may say something else tomorrow."""


def check(draft: Draft) -> Iterator[Problem]:
    """Every entry that can name a source."""
    for pattern in CITED:
        for entry in draft.each(pattern):
            if entry.at("passage").exists:
                yield from _entry(draft, entry, entry.at("passage"))


def _entry(draft: Draft, entry: Node, passage: Node) -> Iterator[Problem]:
    sources = entry.at("source").texts()
    if not sources:
        expected = "'source': the id of the source that has these words"
        yield draft.problem(passage, "a passage without a source", at_key=True, expected=expected)
    elif passage.text and len(sources) > 1:
        said = f"one passage for {plural(len(sources), 'source')}"
        words = ", ".join(f"{name}: 'its words'" for name in sources)
        cure = f"passage: {{{words}}}; leave out a source of which you quote nothing"
        yield draft.problem(passage, said, expected=cure)
    for key in passage.keys():  # noqa: SIM118  not a dict
        if sources and key.text not in sources:
            said = f"a passage of {quote(key.text)}, which is no source of this entry"
            close = nearest(key.text, sources)
            yield draft.problem(key, said, expected=one_of(sources, key.text), nearest=close)
    for words in [passage] if passage.text else passage.items():
        yield from _one(draft, words)


def _one(draft: Draft, given: Node) -> Iterator[Problem]:
    words = given if given.text else given.at("words")
    count = len(words.text.split())
    if count > MOST_WORDS:
        expected = f"the shortest words that say it, at most {MOST_WORDS}"
        yield draft.problem(words, f"a passage of {count} words", expected=expected, severity=WARNING)
    address = given.at("url")
    if MOVING.match(address.text):
        said = "a file of a repository without its commit"
        expected = "the file at a commit, as in /blob/COMMIT/file#L10-L12"
        yield draft.problem(address, said, expected=expected, severity=WARNING)
