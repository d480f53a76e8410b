"""A share link, a decision file or a file of answers, whatever was done to it, as a person's answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from selector.case import link
from selector.case.answers import AnswerError, Case, clipped, judged
from selector.case.link_text import MOST_CHARACTERS
from selector.case.own import with_facts
from selector.case.trades import with_trades
from selector.guide.guide import Guide
from selector.plan.damage import damage
from selector.plan.drift import FORMAT
from selector.text.objects import InputError, object_of
from selector.text.visible import visible

from .address import MOST_FILE
from .persons import GroupError, Person, plain_name

HARMLESS = (link.ADDED, link.NO_END, link.NO_BEGINNING)
"""How notices begin that do not say that an answer was lost."""

_LINK = re.compile(r"\s*(?:[a-z]+://|#|v=\d+&)", re.IGNORECASE)

_HASH = re.compile("#|%(?:25)*23")
"""The sign before the answers, also as mail programs write it."""


def is_link(text: str) -> bool:
    """True for what looks like a share link, or like the part of one after its "#"."""
    return _LINK.match(text) is not None


def read_person(guide: Guide, name: str, text: str, place: str = "") -> Person:
    """A person's answers from foreign text.

    Args:
        guide: the guide that is decided on.
        name: what to call the person.
        text: an address with answers after its "#", or that part alone; or the JSON of a decision (`selector decide`, the
            wizard's file), of a recommendation, or of answers alone.
        place: what the text is called in messages, a file's name say; default the name.

    Raises:
        GroupError: it cannot be read at all, or was made with another guide. Answers that the guide does not understand
            are set aside, in `Person.lost`.
    """
    called = plain_name(name) or "unnamed"
    where = visible(place) or called
    try:
        read = _from_link if is_link(text) or not text.lstrip().startswith("{") else _from_file
        case, revision, notices = read(guide, text)
    except InputError as error:
        raise GroupError(f"{where}: {error}") from error
    lost = tuple(notice for notice in notices if not notice.startswith(HARMLESS))
    kept = [notice for notice in notices if notice.startswith(HARMLESS)]
    if revision is not None and revision != guide.revision:
        kept.append(f"Answered for revision {clipped(revision)} of the guide; it has revision {guide.revision} now.")
    return Person(called, case, revision, tuple(kept), lost)


def _from_link(guide: Guide, text: str) -> tuple[Case, str | None, list[str]]:
    before, *after = _HASH.split(text, maxsplit=1)
    fragment = after[0] if after else before
    if not after and "://" in text:
        raise InputError("this address has no answers: a share link has them after a '#'")
    if len(fragment) > MOST_CHARACTERS:
        raise InputError(
            f"this is no share link: it has {len(fragment):,} characters, a link at most {MOST_CHARACTERS:,}"
        )
    case, revision, notices = link.decode(fragment, guide)
    if link.UNREADABLE in notices or not fragment.strip():
        if not is_link(text):
            raise InputError("it is neither a share link of this guide nor a JSON object")
        raise InputError("this is no share link of this guide: no answer in it is known here")
    return case, revision, notices


def _from_file(guide: Guide, text: str) -> tuple[Case, str | None, list[str]]:
    if len(text) > MOST_FILE:
        raise InputError(f"it has {len(text):,} characters, a decision at most {MOST_FILE:,}")
    data = object_of(text)
    if not isinstance(data.get("answers"), dict):
        return _case(guide, {"answers": data}, None)
    made_with = data.get("guide", guide.data["guide"]["id"])
    if made_with != guide.data["guide"]["id"]:
        raise InputError(f"it was made with another guide: {clipped(made_with)}")
    if data.get("kind") == "decision":
        wrong = damage(data) if data.get("format") == FORMAT else f"format {clipped(data.get('format'))} is not known"
        if wrong:
            raise InputError(f"the decision is damaged: {wrong}")
    revision = data.get("revision")
    return _case(guide, data, revision if isinstance(revision, str) else None)


def _case(guide: Guide, data: Mapping[str, Any], revision: str | None) -> tuple[Case, str | None, list[str]]:
    aside: list[AnswerError] = []
    case = judged(guide, with_trades(data), data.get("weights"), data.get("relax") or (), aside=aside)
    case = with_facts(guide, case, data.get("own"), aside)
    return case, revision, [f"{str(error)[:1].upper()}{str(error)[1:]}." for error in aside]
