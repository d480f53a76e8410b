"""Two things of one list do not bear the same name: readers and search could not tell them apart.

PASS
    options: [{id: a, name: Box}, {id: b, name: Bag}], strategies: [{id: c, name: Box + Bag, members: [a, b]}]
FAIL
    options: [{id: a, name: Box}, {id: b, name: box}]
    options: [{id: a, name: Box}, {id: b, name: Bag}], strategies: [{id: c, name: Bag, members: [a, b]}]
    answers: [{id: yes, label: All}, {id: no, label: all}]
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.positions import NAMES
from hooks.source.problems import ERROR, WARNING, Problem, Related, quote

from .common.draft import Draft, Node

LISTS = {
    # where entries are that are shown in one list, and the field with their name
    "roles": "name",
    "classes": "name",
    "groups": "name",
    "categories": "name",
    "criteria": "name",
    "criteria.*.levels": "label",
    "options.*.editions": "name",
    "stages": "name",
    "quantities": "name",
    "topics": "name",
    "questions": "text",
    "questions.*.answers": "label",
    "examples": "title",
    "sources": "title",
    "not_covered": "name",
    "zones": "name",
}

OFTEN_ALIKE = {"sources", "examples"}
"""Lists in which a reader can go on: each entry has its address or its situation beside it."""


def check(draft: Draft) -> Iterator[Problem]:
    """Options and named strategies, which have pages, then all other lists; case and spaces make no difference."""
    seen: dict[str, Node] = {}
    for section in ("options", "strategies"):
        for entry in draft.root.at(section).items():
            name = entry.at("name")
            plain = _plain(name)
            first = seen.setdefault(plain, name)
            if plain and first is not name:
                yield draft.problem(
                    name,
                    f"{NAMES[section]} {quote(entry.id)} has the name of {NAMES[str(first.path[0])]}"
                    f" {quote(draft.root.at(*first.path[:2]).id)}, {quote(first.text)}",
                    expected="a name that tells the two pages apart",
                    related=(Related(draft.line(first), "it is used there"),),
                )
    for pattern, field in LISTS.items():
        for listed in draft.each(pattern):
            yield from _apart(draft, listed, field, WARNING if pattern in OFTEN_ALIKE else ERROR)


def _apart(draft: Draft, listed: Node, field: str, severity: str) -> Iterator[Problem]:
    seen: dict[str, Node] = {}
    for entry in listed.items():
        name = entry.at(field)
        plain = _plain(name)
        first = seen.setdefault(plain, entry)
        if plain and first is not entry:
            yield draft.problem(
                name,
                f"{quote(entry.id)} and {quote(first.id)} have the same {field}, {quote(name.text)}",
                expected=f"a {field} that tells the two apart",
                related=(Related(draft.line(first.at(field)), "it is used there"),),
                severity=severity,
            )


def _plain(name: Node) -> str:
    """The name without what readers hardly see."""
    return " ".join(name.text.casefold().split())
