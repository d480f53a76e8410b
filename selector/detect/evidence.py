"""The guide's evidence, ready to be looked for: what a file must look like, and what it then points to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from selector.guide.guide import Guide

from .fields import Field, FieldPattern
from .globs import compiled

SURE, LIKELY, HINT = "sure", "likely", "hint"

STRENGTHS = (HINT, LIKELY, SURE)
"""From weakest: a hint fills in nothing, what is likely fills in an answer and says what is probably in
use, what is sure says what is in use."""

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Pattern:
    """One form that evidence takes. Empty parts ask for nothing; of each group in `words` one must occur; `called` is how
    that which it finds is called, when its option stands for many."""

    path: re.Pattern[str] | None
    kinds: frozenset[str]
    api: re.Pattern[str] | None
    has: tuple[FieldPattern, ...]
    lacks: tuple[FieldPattern, ...]
    single: tuple[FieldPattern, ...]
    values: tuple[tuple[FieldPattern, re.Pattern[str]], ...]
    line: re.Pattern[str] | None
    words: tuple[tuple[str, ...], ...]
    called: str = ""

    @classmethod
    def of(cls, entry: Entry, shared: Mapping[str, str]) -> Pattern:
        """From a plain entry of `find`; `shared` are expressions that it may name after `@`."""
        has = tuple(map(FieldPattern, texts(entry.get("has"))))
        single = tuple(map(FieldPattern, texts(entry.get("single"))))
        wanted = {name: [named(one, shared) for one in texts(given)] for name, given in entry.get("value", {}).items()}
        values = tuple((FieldPattern(name), any_of(given)) for name, given in wanted.items())
        paths = texts(entry.get("path"))
        words = [word for one in (*has, *single, *(name for name, _ in values)) for word in one.words]
        words += [(word,) for word in texts(entry.get("contains"))]
        return cls(
            path=compiled(paths) if paths else None,
            kinds=frozenset(texts(entry.get("kind"))),
            api=_api(texts(entry.get("api"))),
            has=has,
            lacks=tuple(map(FieldPattern, texts(entry.get("lacks")))),
            single=single,
            values=values,
            line=any_of(texts(entry["line"])) if "line" in entry else None,
            words=tuple(dict.fromkeys(words)),
            called=entry.get("called", ""),
        )

    @property
    def reads_documents(self) -> bool:
        """True when documents are looked at, rather than lines or paths alone."""
        return bool(self.kinds or self.api or self.needs_fields)

    @property
    def needs_fields(self) -> bool:
        """True when kind and version alone do not tell."""
        return bool(self.has or self.lacks or self.single or self.values)

    def may_be_in(self, text: str) -> bool:
        """False when words are missing without which nothing can be found. Quick."""
        return all(any(word in text for word in group) for group in self.words)

    def fits_path(self, path: str) -> bool:
        """True when a file may be there."""
        return self.path is None or self.path.fullmatch(path) is not None

    def line_in(self, rows: list[Field]) -> int | None:
        """The line of what was found in these fields, or None."""
        line: int | None = None
        for one in self.has:
            first = next((found for found in rows if one.matches(found.path, below=True)), None)
            if first is None:
                return None
            line = first.line if line is None else line
        for one in self.single:
            found = [row for row in rows if one.matches(row.path)]
            if len(found) != 1:
                return None
            line = found[0].line if line is None else line
        for one, wanted in self.values:
            first = next((row for row in rows if one.matches(row.path) and wanted.fullmatch(row.value)), None)
            if first is None:
                return None
            line = first.line if line is None else line
        if any(one.matches(row.path, below=True) for one in self.lacks for row in rows):
            return None
        return 0 if line is None else line


@dataclass(frozen=True)
class Evidence:
    """Patterns and what they point to.

    Attributes:
        answers: question id to the answer ids that it points to.
        uses: options that it shows at work.
        per: when not None, places count once for each beginning of a path that this expression matches, save those
            whose last step is in `but`.
        least, most: fewer or more do not count.
        needs: one of these pieces of evidence must be found as well.
        unless: evidence that, when found, takes this one away.
        warning: what is to be known whatever is chosen, or "".
    """

    id: str
    entry: Entry = field(repr=False)
    strength: str
    patterns: tuple[Pattern, ...]
    answers: Mapping[str, tuple[str, ...]]
    uses: tuple[str, ...]
    per: re.Pattern[str] | None
    but: re.Pattern[str]
    least: int
    most: int | None
    needs: tuple[str, ...]
    unless: tuple[str, ...]
    counts: str | None
    warning: str

    def named(self, count: int) -> str:
        """Its name for so many."""
        return str(self.entry["name"] if count == 1 else self.entry["names"])


@dataclass(frozen=True)
class Rules:
    """How files are to be read, by the guide's word.

    Attributes:
        aside: paths of files that show or try things and use nothing.
        foreign: folders of others' files: (name, file beside it that makes it so).
        documents: paths of files that are read as documents.
        units: what is counted to say how far something reaches, or None.
        source: evidence that says that others use what is here: what a template only may include is then a hint.
        traceless: options that may be in use without a trace in files: that nothing shows them says nothing.
        headline: question id and, by answer, the words that the headline adds; ("", {}) when it adds nothing.
    """

    evidence: tuple[Evidence, ...]
    aside: re.Pattern[str]
    foreign: tuple[tuple[str, str], ...]
    documents: re.Pattern[str]
    units: tuple[Pattern, ...]
    unit_names: tuple[str, str]
    source: frozenset[str]
    headline: tuple[str, Mapping[str, str]]
    traceless: frozenset[str] = frozenset()

    @classmethod
    def of(cls, guide: Guide) -> Rules:
        """What a guide says about files. A guide that says nothing finds nothing."""
        reading = guide.data.get("reading", {})
        units = reading.get("units", {})
        shared = reading.get("values", {})
        return cls(
            evidence=tuple(_evidence(guide, entry, shared) for entry in guide.data.get("evidence", ())),
            aside=compiled(reading.get("aside", ())),
            foreign=tuple((one["folder"], one["beside"]) for one in reading.get("foreign", ())),
            documents=compiled(reading.get("documents", ())),
            units=tuple(Pattern.of(entry, shared) for entry in units.get("find", ())),
            unit_names=(units.get("name", ""), units.get("names", "")),
            source=frozenset(reading.get("own_source", ())),
            headline=_headline(guide, reading.get("headline", {})),
            traceless=frozenset(guide.targets(reading.get("traceless", ()))),
        )


def _headline(guide: Guide, entry: Entry) -> tuple[str, Mapping[str, str]]:
    return (guide.question(entry["question"]).id, entry["answers"]) if entry else ("", {})


def _evidence(guide: Guide, entry: Entry, shared: Mapping[str, str]) -> Evidence:
    answers = {guide.question(name).id: tuple(texts(given)) for name, given in entry.get("answers", {}).items()}
    return Evidence(
        id=entry["id"],
        entry=entry,
        strength=entry["strength"],
        patterns=tuple(Pattern.of(one, shared) for one in entry["find"]),
        answers=answers,
        uses=tuple(guide.option(name).id for name in entry.get("uses", ())),
        per=compiled([entry["per"]]) if "per" in entry else None,
        but=compiled(entry.get("but", ())),
        least=entry.get("least", 1),
        most=entry.get("most"),
        needs=tuple(entry.get("needs", ())),
        unless=tuple(entry.get("unless", ())),
        counts=guide.question(entry["counts"]).id if "counts" in entry else None,
        warning=entry.get("warning", {}).get("text", ""),
    )


def texts(value: Any) -> list[str]:
    """One text or several as a list."""
    return [value] if isinstance(value, str) else list(value or ())


def named(expression: str, shared: Mapping[str, str]) -> str:
    """The expression itself, or the shared one that it names."""
    return shared[expression[1:]] if expression.startswith("@") else expression


def any_of(expressions: list[str]) -> re.Pattern[str]:
    """One expression for all of these. Raises re.error, OverflowError or RecursionError when there is none."""
    return re.compile("|".join(f"(?:{one})" for one in expressions), re.DOTALL)


def _api(names: list[str]) -> re.Pattern[str] | None:
    """A group with any version, `group/version` as it is, `*` for any part."""
    if not names:
        return None
    parts = [re.escape(name).replace(r"\*", "[^/]*") + ("" if "/" in name else "(?:/.*)?") for name in names]
    return re.compile("|".join(parts))
