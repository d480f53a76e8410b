"""Whether the end of a share link is missing. Our links end in the revision, but links written by people may leave it out."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import takewhile

from selector.guide.guide import Guide

from .compared import ASK, COMPARE
from .link_text import cleaned, is_added, pairs_of

_OPEN_END = re.compile(r"(?:[&=~+-]|%[0-9a-f]?)$", re.IGNORECASE)
"""What a link never ends in: a sign after which something follows, or the beginning of an escape."""

MADE, RELAX, REVISION, VERSION = "made", "relax", "r", "v"


def is_cut(guide: Guide, given: str, faulty: Collection[str]) -> bool:
    """True when a link without a whole revision shows that it was longer; cut between two parts, `could_be_cut` may tell.

    It has a part that is always followed by a revision, or the beginning of a revision, or it says nothing, or its last
    part breaks off: after a sign, in a name, or in a value that begins as one of the guide's does.

    Args:
        guide: gives the ids that a value may be.
        given: the link as it arrived.
        faulty: names of parts whose value could not be used.
    """
    parts = [(name, value) for name, value in pairs_of(cleaned(given)) if not is_added(name)]
    names = {name.lower() for name, _ in parts}
    if not parts or names & {MADE, REVISION} or names <= {VERSION}:
        return True
    name, value = parts[-1]
    if _OPEN_END.search(given.strip()) or _OPEN_END.search(cleaned(given)) or not value:
        return True
    item = value.rpartition(",")[2]
    return name.lower().replace("_", "-") in faulty or _begins_one(item, _ids(guide, name))


def could_be_cut(given: str) -> bool:
    """True when a link may be one of ours that was cut between two parts: answers in our order, and at least two parts."""
    first, *others = [name for name, _ in pairs_of(cleaned(given)) if not is_added(name)]
    answers = [name.removeprefix("q.") for name in takewhile(_is_answer, others)]
    return first == VERSION and len(others) > 1 and answers == sorted(answers)


def _is_answer(name: str) -> bool:
    """What comes first in our links; points, own facts and trade-offs have names with a dot."""
    return "." not in name.removeprefix("q.") and name not in (RELAX, COMPARE, ASK)


def _begins_one(item: str, known: Collection[str]) -> bool:
    """True for the beginning of an id that is no id."""
    plain = item.lower().replace("_", "-")
    return plain not in known and any(one.startswith(plain) for one in known)


def _ids(guide: Guide, name: str) -> Collection[str]:
    """What the value of a part may be, one at a time."""
    if name == COMPARE:
        return guide.today("options")
    if name == ASK:
        return guide.today("questions")
    question = name.removeprefix("q.")
    if question not in guide.today("questions"):
        return ()
    answers = guide.entry("questions", guide.question(question).id)["answers"]
    return ["unsure", *(str(known) for one in answers for known in (one["id"], *one.get("aliases", ())))]
