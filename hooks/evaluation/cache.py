"""Cached results of slow calculations, valid for as long as what counts in a decision is the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from selector import Guide
from selector.guide.option import Option

NAMES = frozenset(("name", "short", "in_setups", "title", "label"))
"""Fields that say what something is called."""

MOST = 8
"""Results in the cache."""

_cached: dict[tuple[str, str], Any] = {}
_last: list[tuple[Guide, str]] = []
"""The guide that was asked about last, and its digest."""


def cached_result[T](guide: Guide, name: str, make: Callable[[], T]) -> T:
    """The result of this name for a guide that decides alike, or a new one.

    Args:
        guide: what the result is made from.
        name: which result, with all else that it depends on.
        make: works it out. It may depend on what counts in a decision only, and hold no texts: ids and figures.
    """
    if not _last or _last[0][0] is not guide:
        _last[:] = [(guide, decision_digest(guide))]
    key = (name, _last[0][1])
    if key not in _cached:
        for old in list(_cached)[: 1 - MOST]:
            del _cached[old]
        _cached[key] = make()
    return _cached[key]  # type: ignore[no-any-return]


def decision_digest(guide: Guide) -> str:
    """A digest of everything that counts in a decision; texts about options, and sources, are not among that.

    The selector's records hold what counts, and the sections here whatever else it reads. More than counts is in it:
    a changed text may give a new digest, a changed figure or id always does. Names do not count: equals come in the
    order of their ids.
    """
    data = guide.data
    sections = ("guide", "roles", "classes", "groups", "criteria", "questions", "strategies", "quantities")
    sections += ("families", "preferences")
    answers = [entry["answers"] for entry in data.get("examples", ())]
    counted = _without_sentences([[data.get(section) for section in sections], answers])
    options = [_unnamed(option) for option in guide.candidates]
    text = json.dumps([counted, guide.max_members], sort_keys=True)
    return hashlib.sha256(f"{text}\0{options!r}".encode()).hexdigest()


def _unnamed(option: Option) -> Option:
    editions = tuple(replace(edition, name="") for edition in option.editions)
    return replace(option, name="", in_setups="", editions=editions)


def _without_sentences(value: Any) -> Any:
    """The same data without names, and without what has a space in it: no id, figure or rule has."""
    if isinstance(value, dict):
        return {key: _without_sentences(inner) for key, inner in value.items() if key not in NAMES}
    if isinstance(value, list | tuple):
        return [_without_sentences(inner) for inner in value]
    return None if isinstance(value, str) and " " in value else value
