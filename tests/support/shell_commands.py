"""The simple commands of a line of shell, for tests that read what commands make and need."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import NamedTuple

OPERATORS = {"&&", "||", "|", ";", "&", "(", ")"}


class Command(NamedTuple):
    """One simple command: its words without options, and its options with all their values."""

    words: list[str]
    options: dict[str, list[str]]

    def get(self, *names: str) -> str:
        """The value of the first of these options that is there, or ""."""
        return next((self.options[name][0] for name in names if name in self.options), "")

    @property
    def namespace(self) -> str:
        return self.get("--namespace", "-n") or "default"


def simple_commands(line: str) -> Iterator[Command]:
    """The simple commands of a line, those in `$( )` too."""
    for inner in re.findall(r"\$\(((?:[^()]|\([^()]*\))*)\)", line):
        yield from simple_commands(inner)
    lexer = shlex.shlex(line, posix=True, punctuation_chars=";&|()")
    lexer.whitespace_split = True
    words: list[str] = []
    for word in [*lexer, ";"]:
        if word not in OPERATORS:
            words.append(word)
        elif words:
            yield _command(words)
            words = []


def _command(words: list[str]) -> Command:
    plain: list[str] = []
    options: dict[str, list[str]] = {}
    while words:
        word, *words = words
        if word == "--":
            plain += words
            break
        if not word.startswith("-") or word == "-":
            plain.append(word)
        elif "=" in word:
            name, _, value = word.partition("=")
            options.setdefault(name, []).append(value)
        elif words and not words[0].startswith("-"):
            options.setdefault(word, []).append(words.pop(0))
        else:
            options.setdefault(word, []).append("")
    return Command(plain, options)
