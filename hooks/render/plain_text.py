"""Texts of the guide for places that are no HTML: lines of Markdown, front matter, code blocks, a search."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from .markdown import Texts


def markdown_text(text: str) -> Markup:
    """Text for one Markdown line, with all that Markdown would read as a sign made harmless; `code` stays code."""
    parts = re.split(r"(`[^`]+`)", " ".join(str(text).split()))
    return Markup("").join(
        Markup(part) if part.startswith("`") and "<" not in part and "&" not in part else _escaped(part)
        for part in parts
    )


def _escaped(text: str) -> Markup:
    return escape(re.sub(r"([\\`*_{}\[\]#!])", r"\\\1", text))


def plain(text: str) -> str:
    """Markdown as plain text, for places that can show nothing else."""
    html = Texts().inline(text)
    return " ".join(Markup(html).striptags().split())


def label(text: str) -> str:
    """Plain text for settings and front matter: themes write it into pages as it is, unescaped."""
    return str(escape(plain(text)))


COMMANDS = "sh"
"""The language of commands. Their lines are numbered, as notes count them; style sheets draw the numbers, so they are
neither selected nor copied."""


def counted(count: int, one: str, many: str = "") -> str:
    """ "no tools", "1 tool", "2 tools": a number with what it counts. `many` is for words that do not just add an s."""
    return f"{count or 'no'} {one if count == 1 else many or f'{one}s'}"


def fence(content: str, language: str = "yaml", title: str = "") -> Markup:
    """A fenced code block whose content cannot end it."""
    longest = max((len(run) for run in re.findall(r"`+", content)), default=0)
    ticks = "`" * max(3, longest + 1)
    language = re.sub(r"[^a-z0-9+#-]", "", language.lower()) or "text"
    name = re.sub(r'["\\\n]', "'", title)
    head = (f' title="{name}"' if name else "") + (' linenums="1"' if language == COMMANDS else "")
    return Markup(f"{ticks}{language}{head}\n{content.rstrip()}\n{ticks}")


def search_names(option: Mapping[str, Any]) -> list[str]:
    """What an option is called in a search: its name, and once more what people call it, which then counts twice."""
    return [option["name"], str(option.get("short", option["name"])).casefold()]
