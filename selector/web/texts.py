"""Texts of the guide as HTML. Markdown is rendered at build time; the page only looks the results up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from markupsafe import Markup, escape

from selector import Guide

Entry = Mapping[str, Any]


class Texts(Protocol):
    """What turns Markdown into HTML: the build's renderer, or the results that it stored."""

    def html(self, markdown: str, /) -> Markup:
        """Paragraphs and lists."""

    def inline(self, markdown: str, /) -> Markup:
        """One line, to go inside other markup."""


class StoredTexts:
    """Looks rendered texts up. A text that was not stored is context as it is, escaped: never as markup."""

    def __init__(self, stored: Mapping[str, Mapping[str, str]]) -> None:
        self._stored = stored

    def html(self, markdown: str, /) -> Markup:
        """Paragraphs and lists."""
        return self._find("html", markdown)

    def inline(self, markdown: str, /) -> Markup:
        """One line, to go inside other markup."""
        return self._find("inline", markdown)

    def _find(self, form: str, markdown: str) -> Markup:
        found = self._stored[form].get(markdown)
        return escape(markdown) if found is None else Markup(found)


def store(guide: Guide, texts: Texts) -> dict[str, dict[str, str]]:
    """All texts that the wizard shows, rendered: {"html": {markdown: html}, "inline": {...}}."""
    return {
        "html": {source: str(texts.html(source)) for source in dict.fromkeys(_blocks(guide.data))},
        "inline": {source: str(texts.inline(source)) for source in dict.fromkeys(_lines(guide.data))},
    }


def _blocks(data: Entry) -> Iterator[str]:
    """Fields that may hold paragraphs and lists."""
    for question in data["questions"]:
        yield from _given(question, "help")
    for option in data["options"]:
        for limitation in option["limitations"]:
            yield limitation["text"]
        yield from _notes(option)
    for strategy in data.get("strategies", ()):
        yield from _given(strategy, "why", "travels")
        yield from strategy.get("cautions", ())
        yield from _notes(strategy)
    for evidence in data.get("evidence", ()):
        yield from _given(evidence.get("warning", {}), "text")
    for move in data.get("moves", ()):
        yield from move["steps"]
        yield from _given(move, "side_by_side", "roll_back")


def _lines(data: Entry) -> Iterator[str]:
    """Fields of one line."""
    yield from _given(data["guide"], "question", "caveat")
    for question in data["questions"]:
        yield question["text"]
        yield from _given(question.get("assumed", {}), "because")
        for answer in question["answers"]:
            yield from _given(answer, "label", "help")
            yield from (effect["because"] for effect in answer.get("effects", ()))
    for preference in data.get("preferences", ()):
        yield preference["because"]
    for criterion in data["criteria"]:
        yield from _given(criterion, "question", "reason")
        yield from (level["label"] for level in criterion["levels"])
    for option in (*data["options"], *data.get("families", ())):
        yield from _given(option, "summary", "off")
    for strategy in data.get("strategies", ()):
        yield strategy["summary"]
    for example in data.get("examples", ()):
        yield example["title"]


def _given(entry: Entry, *names: str) -> Iterator[str]:
    yield from (entry[name] for name in names if name in entry)


def _notes(entry: Entry) -> Iterator[str]:
    for starter in entry.get("starter", ()):
        yield from _given(starter, "note")
