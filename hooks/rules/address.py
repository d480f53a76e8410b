"""Every page has a separate address that any host and any disk can hold.

PASS
    options: [{id: box}, {id: bag}]
FAIL
    options: [{id: index}]                                # the list of options has this address
    options: [{id: a}, {id: b-vs-c}, {id: a-vs-b}, {id: c}] # "a-vs-b-vs-c" would be two pages
    options: [{id: con}]                                  # no file on Windows can have this name
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from hooks.source.problems import Problem, Related, quote

from .common.draft import Draft, Node

FOLDERS = (("options", "families"), ("criteria",), ("strategies",), ("examples",))
"""Sections whose entries have pages; those of one group share a folder."""

INDEX = "index"
"""The name of each folder's own page."""

LONGEST = 80
"""Characters of an id. A pair's page joins two, and names of files end at 255 bytes on common disks."""

DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
"""Names that Windows keeps for devices, with any ending."""

BETWEEN = "-vs-"
"""What joins the ids in the address of a pair."""


def check(draft: Draft) -> Iterator[Problem]:
    """Entries with pages, under their ids and former ids."""
    for sections in FOLDERS:
        names = [name for section in sections for name in _names(draft, section)]
        for name in names:
            yield from _usable(draft, name)
        if len(sections) > 1:
            yield from _apart(draft, names)
    yield from _pairs(draft)


def _names(draft: Draft, section: str) -> Iterator[Node]:
    for entry in draft.root.at(section).items():
        for name in (entry.at("id"), *entry.at("aliases").items()):
            if name.text:
                yield name


def _usable(draft: Draft, name: Node) -> Iterator[Problem]:
    kind = "former id" if "aliases" in name.path else "id"
    if name.text == INDEX:
        said = f"the {kind} '{INDEX}' is the address of the page that lists all {name.path[0]}"
        yield draft.problem(name, said, expected=f"another {kind}")
    elif name.text in DEVICES:
        said = f"Windows cannot store a page with the {kind} {quote(name.text)}"
        yield draft.problem(name, said, expected=f"another {kind}")
    elif len(name.text) > LONGEST:
        yield draft.problem(
            name, f"the {kind} has {len(name.text)} characters", expected=f"at most {LONGEST}, as it names files"
        )


def _apart(draft: Draft, names: list[Node]) -> Iterator[Problem]:
    """Ids of two sections whose pages share a folder."""
    seen: dict[str, Node] = {}
    for name in names:
        first = seen.setdefault(name.text, name)
        if first is not name and first.path[0] != name.path[0]:
            yield _twice(draft, name, first, f"{first.path[0]}/{name.text}")


def _pairs(draft: Draft) -> Iterator[Problem]:
    """Pairs of options; only ids that hold what joins two can clash."""
    names = list(_names(draft, "options"))
    if not any(BETWEEN in name.text for name in names):
        return
    seen: dict[str, tuple[Node, Node]] = {}
    for one, two in combinations(names, 2):
        for pair in ((one, two), (two, one)):
            address = BETWEEN.join(name.text for name in pair)
            first = seen.setdefault(address, pair)
            if {node.path for node in first} != {node.path for node in pair}:
                at = next(name for name in pair if BETWEEN in name.text)
                yield _twice(draft, at, first[0], f"compare/{address}")
                return


def _twice(draft: Draft, name: Node, first: Node, address: str) -> Problem:
    return draft.problem(
        name,
        f"two pages would have the address {quote(address)}",
        expected="an id that keeps them apart",
        related=(Related(draft.line(first), "the other one"),),
    )
