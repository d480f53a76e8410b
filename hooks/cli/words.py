"""Words that the guide avoids, found in its texts: the list, with better words, is the guide's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hooks.rules import draft_of
from hooks.rules.common.prose import outside_code
from hooks.source.load import Loaded
from hooks.source.problems import NOTICE, Problem, quote

CODE = "word"

OWN = ("words", "synonyms", "sources")
"""Sections that hold the words themselves, or the titles of others."""


@dataclass(frozen=True, slots=True)
class Avoided:
    """Words to avoid: how to find them, what to write instead, and phrases in which they are right."""

    pattern: re.Pattern[str]
    use: str
    right: re.Pattern[str] | None

    def found_in(self, prose: str) -> list[str]:
        """The words that are there, as they are written."""
        spared = [found.span() for found in self.right.finditer(prose)] if self.right else []
        return [
            found[0]
            for found in self.pattern.finditer(prose)
            if not any(start <= found.start() and found.end() <= end for start, end in spared)
        ]


def avoided(entries: Sequence[Mapping[str, Any]]) -> list[Avoided]:
    """The list of a guide, ready to search with."""
    return [
        Avoided(_any_of(entry["avoid"]), str(entry["use"]), _any_of(entry["except"]) if "except" in entry else None)
        for entry in entries
    ]


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words, in any case of letters and with any space between; * is the rest of a word."""
    parts = [
        r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
        for phrase in sorted(phrases, key=len, reverse=True)
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)


def findings(loaded: Loaded) -> Iterator[Problem]:
    """A notice for each text and word, in the order of the file."""
    listed = avoided((loaded.data or {}).get("words", ()))
    draft = draft_of(loaded)
    for path in loaded.texts if listed else ():
        text = draft.root.at(*path).text
        prose = outside_code(text) if path[0] not in OWN else ""
        for one in listed:
            for word in dict.fromkeys(one.found_in(prose)):
                problem = draft.snippet(path, word, f"this guide avoids {quote(word)}", expected=one.use)
                yield replace(problem, code=CODE, severity=NOTICE)
