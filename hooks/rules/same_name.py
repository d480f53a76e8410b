"""Two pages do not bear the same name: readers and search could not tell them apart.

PASS
    options: [{id: a, name: Box}, {id: b, name: Bag}], strategies: [{id: c, name: Box + Bag, members: [a, b]}]
FAIL
    options: [{id: a, name: Box}, {id: b, name: box}]
    options: [{id: a, name: Box}, {id: b, name: Bag}], strategies: [{id: c, name: Bag, members: [a, b]}]
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.positions import NAMES
from hooks.source.problems import Problem, Related, quote

from .common.draft import Draft, Node


def check(draft: Draft) -> Iterator[Problem]:
    """Options and named strategies; case and spaces make no difference."""
    seen: dict[str, Node] = {}
    for section in ("options", "strategies"):
        for entry in draft.root.at(section).items():
            name = entry.at("name")
            plain = " ".join(name.text.casefold().split())
            first = seen.setdefault(plain, name)
            if plain and first is not name:
                yield draft.problem(
                    name,
                    f"{NAMES[section]} {quote(entry.id)} has the name of {NAMES[str(first.path[0])]}"
                    f" {quote(draft.root.at(*first.path[:2]).id)}, {quote(first.text)}",
                    expected="a name that tells the two pages apart",
                    related=(Related(draft.line(first), "it is used there"),),
                )
