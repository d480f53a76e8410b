"""Strategies that an example accepts exist.

PASS
    acceptable: [a+b, both]
FAIL
    acceptable: [a+z]
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.alike import nearest
from hooks.source.problems import Problem, quote

from .common.combination import why_not
from .common.draft import Draft, Node

MOST_LIKE = 2
"""Combinations that are named in place of one that does not exist."""


def check(draft: Draft) -> Iterator[Problem]:
    """Each acceptable strategy of each example."""
    for node in draft.each("examples.*.acceptable.*"):
        if node.text and not _known(draft, node.text):
            yield from _unknown(draft, node)


def _known(draft: Draft, name: str) -> bool:
    guide = draft.guide
    if guide is None or draft.enumeration is None:
        return True  # nothing can be said yet
    try:
        guide.strategy(name)
    except KeyError:
        return False
    return True


def _unknown(draft: Draft, node: Node) -> Iterator[Problem]:
    """Say whether the options or their combination is at fault."""
    parts = node.text.split("+")
    options = draft.entries("options")
    strange = [part for part in parts if part not in options]
    if strange:
        names = [*draft.entries("strategies"), *options]
        best = nearest(node.text, names) if len(parts) == 1 else ""
        for part in strange:
            yield draft.problem(
                node,
                f"there is no strategy {quote(node.text)}, because {quote(part)} isn't an option",
                expected="option ids joined by +, or the id of a named strategy",
                nearest=best or "+".join(nearest(one, options) or one for one in parts).replace(node.text, ""),
            )
    elif draft.guide is not None:
        yield draft.problem(
            node,
            f"{quote(node.text)} is no strategy: {why_not(draft.guide, parts)}",
            expected=_cure(draft, parts),
        )


def _cure(draft: Draft, parts: list[str]) -> str:
    """Combinations that exist and are most like these options; and how to make these one."""
    known = draft.enumeration.strategies if draft.enumeration is not None else ()
    wanted = set(parts)
    like = sorted(known, key=lambda one: (len(wanted ^ set(one.members)), one.id))[:MOST_LIKE]
    named = " or ".join(one.named or one.id for one in like)
    return (
        f"{named}, which are the nearest that exist; or options that work together ('works_with') and fill what is open"
    )
