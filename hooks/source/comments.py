"""Words that YAML takes for a comment, although they are more of the text before them.

A `#` after a space begins a comment, so `text: Ask in #help` says "Ask in" and nothing complains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from .lines import split_lines
from .positions import Mark, Path, Positions, trail
from .problems import WARNING, Problem, quote

SPACE_AND_HASH = re.compile(r"(?<![ \t])[ \t]+#")

SENTENCE_END = (".", "!", "?", "…", ")", "。")

NOT_PLAIN = ("'", '"', "|", ">")
"""How values begin in which `#` is part of the text."""


def cut_texts(text: str, positions: Positions, data: Any, texts: Iterable[Path]) -> Iterator[Problem]:
    """One warning for each text that readers read and that a comment seems to cut off.

    Args:
        text: the file's text.
        positions: where its values are.
        data: what it holds.
        texts: paths of the values that readers read.
    """
    lines = split_lines(text)
    marked = {number for number, line in enumerate(lines, 1) if "#" in line and SPACE_AND_HASH.search(line)}
    if not marked:
        return
    for path in texts:
        mark = positions.values[path]
        if mark.last in marked and (found := _comment(lines, mark, _value(data, path))):
            column, comment = found
            said = f"YAML takes {quote(comment)} for a comment, so readers see only {quote(_value(data, path))}"
            yield positions.problem(
                path,
                "comment",
                said,
                mark=Mark(mark.last, column, len(comment), mark.last),
                expected="quotes around the whole text; or two spaces before a # that begins a comment",
                where=trail(data, path),
                severity=WARNING,
            )


def _value(data: Any, path: Path) -> str:
    for step in path:
        data = data[step]
    return " ".join(str(data).split())


def _comment(lines: tuple[str, ...], mark: Mark, value: str) -> tuple[int, str] | None:
    """The column of a comment right after a plain text and its words, where these look like more of the text."""
    if lines[mark.line - 1][mark.column - 1 : mark.column] in NOT_PLAIN:
        return None
    line = lines[mark.last - 1]
    start = mark.column - 1 if mark.last == mark.line else 0
    hash_ = SPACE_AND_HASH.search(line, start)
    before = " ".join(line[start : hash_.start()].split()) if hash_ else ""
    if not hash_ or not before or not value.endswith(before):  # more of the line comes between the text and the comment
        return None
    comment = line[hash_.end() - 1 :].rstrip()
    return (hash_.end(), comment) if _is_text(hash_[0], value, comment) else None


def _is_text(gap: str, value: str, comment: str) -> bool:
    """Comments have two spaces before them, or follow a whole sentence; `#12` and `#channel` are words."""
    if len(gap) > 2 or gap.startswith("\t"):
        return False
    if comment[1:2].strip():
        return True
    return " " in value and not value.endswith(SENTENCE_END)
