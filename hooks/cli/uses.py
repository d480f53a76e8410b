"""Where the id of an entry is used in the guide's file: as a value, as a key, or within a longer name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hooks.rules import Draft
from hooks.rules.answer import CONDITIONS
from hooks.rules.common.draft import Node
from hooks.rules.references import REFERENCES, SOURCES
from hooks.rules.tag import PATTERNS as TARGETS
from hooks.source.positions import NAMES, Path

SECTIONS = NAMES
"""Sections whose entries have ids that the file uses."""

COMBINED = ("examples.*.acceptable.*", "decisions.*.decided|accepted|rejected.*", "rules_of_thumb.*.choose")
"""Where ids of options are joined by signs."""

WITHIN = {"criteria": "levels", "questions": "answers"}
"""Sections whose entries have entries with separate ids."""

RATINGS = ("options.*.ratings", "strategies.*.overrides")


@dataclass(frozen=True, slots=True)
class Declared:
    """An entry with an id.

    Attributes:
        path: where it is in the data.
        what: what such an entry is called.
        id: its id.
        name: what means this entry only: "options/x", "questions/team/small".
    """

    path: Path
    what: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Use:
    """A place that names an entry: a node of the data, whose text is the id or contains it, and the id."""

    node: Node
    id: str

    @property
    def path(self) -> Path:
        """The path of the value, or of the value that the key leads to."""
        return self.node.path

    def replaced(self, text: str, new: str) -> str:
        """The text with another id in place of this one."""
        return _token(self.id).sub(new, text, count=1)


def _token(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9-]){re.escape(name)}(?![a-z0-9-])")


def declared(draft: Draft) -> Iterator[Declared]:
    """All entries with ids, those of sections first."""
    inner = []
    for section, what in SECTIONS.items():
        for entry in draft.root.at(section).items():
            yield Declared(entry.path, what, entry.id, f"{section}/{entry.id}")
            for below in entry.at(WITHIN[section]).items() if section in WITHIN else ():
                kind = f"level of '{entry.id}'" if section == "criteria" else f"answer to '{entry.id}'"
                inner.append(Declared(below.path, kind, below.id, f"{section}/{entry.id}/{below.id}"))
    yield from inner


def meant(draft: Draft, name: str) -> Sequence[Declared]:
    """The entries that a name may mean: one when it says the section, or when only one entry has the id."""
    return [one for one in declared(draft) if name == (one.name if "/" in name else one.id)]


def uses(draft: Draft, entry: Declared) -> list[Use]:
    """Every place that names the entry, apart from its own id."""
    section = str(entry.path[0])
    nodes = _of_part(draft, entry) if len(entry.path) > 2 else _of_section(draft, section, entry.id)
    wanted = _token(entry.id)
    return [Use(node, entry.id) for node in nodes if wanted.search(node.text)]


def _of_section(draft: Draft, section: str, name: str) -> Iterator[Node]:
    """Nodes that may name an entry of a section."""
    as_section = "options" if section == "families" else section
    patterns = [*REFERENCES.get(as_section, ())]
    if section == "sources":
        for pattern in SOURCES:
            yield from draft.each(pattern.removesuffix(".source") + ".passage.{}")
            for node in draft.each(pattern):
                yield from [node] if node.text else node.items()
    if as_section == "options":
        yield from (node for pattern in TARGETS for node in draft.each(pattern) if ":" not in node.text)
        patterns += COMBINED
    if section == "strategies":
        patterns += COMBINED[:1]
    if section in ("options", "criteria"):
        yield from _about(draft, section)
    for pattern in patterns:
        yield from draft.each(pattern)
    yield from (node for node in draft.each("synonyms.*.page") if node.text == f"{section}/{name}")
    yield from (node for node in draft.each("accepted.*.where") if node.text in (name, f"{section}/{name}"))


def _about(draft: Draft, section: str) -> Iterator[Node]:
    """Disagreements are about options and criteria; an id of both means the option."""
    for node in draft.each("disagreements.*.about.*"):
        if (node.text in draft.entries("options")) == (section == "options"):
            yield node


def _of_part(draft: Draft, entry: Declared) -> Iterator[Node]:
    """Nodes that may name a level of a criterion or an answer to a question."""
    section, position = entry.path[:2]
    owner = draft.root.at(section, position).id
    nodes = _levels(draft, owner) if section == "criteria" else _answers(draft, owner, entry.path[:2])
    for node in nodes:
        yield from [node] if node.text else node.items()


def _levels(draft: Draft, criterion: str) -> Iterator[Node]:
    for pattern in RATINGS:
        for ratings in draft.each(pattern):
            yield ratings.at(criterion, "level")
    for required in draft.each("questions.*.answers.*.effects.*.require"):
        yield required.at(criterion)


def _answers(draft: Draft, question: str, place: Path) -> Iterator[Node]:
    yield draft.root.at(*place, "assumed", "answer")
    for condition in draft.each("questions.*.ask_when"):
        if condition.at("question").text == question:
            yield condition.at("any")
    for pattern in (*CONDITIONS, "examples|decisions|evidence.*.answers"):
        for condition in draft.each(pattern):
            yield condition.at(question)
