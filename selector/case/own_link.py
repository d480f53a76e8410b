"""Own facts in a share link: `own.option.criterion=level~what the guide said`."""

from __future__ import annotations

from collections.abc import Mapping

from selector.guide.guide import Guide

from .answers import AnswerError, Case
from .own import OwnError, changed, with_facts
from .own_words import changed_text, title

MOST_TOLD = 3
"""Own facts of which is told what became of them; the rest is counted."""


def own_in(guide: Guide, case: Case, parts: Mapping[str, str]) -> tuple[Case, list[str]]:
    """The case with the own facts of a link, and sentences for the visitor on those that were left out and those of
    which the guide says something else today. Never raises: a link is foreign input.

    Args:
        parts: the link's parts by what follows "own." in their names.
    """
    if not parts:
        return case, []
    values = {name: value.lower().partition("~") for name, value in parts.items()}
    aside: list[AnswerError] = []
    case = with_facts(guide, case, {name: value for name, (value, _, _) in values.items()}, aside)
    before = {name: said for name, (_, _, said) in values.items() if said}
    kept = [changed_text(guide, fact, was) for fact, was in changed(guide, case.own, before)]
    more = [f"The guide has changed for {len(kept) - MOST_TOLD} more of your own facts."] if kept[MOST_TOLD:] else []
    return case, [*_left_out(guide, aside), *([" ".join([*kept[:MOST_TOLD], *more])] if kept else [])]


def _left_out(guide: Guide, aside: list[AnswerError]) -> list[str]:
    """What was left out, as one sentence: a link's notices are few, and none may hide that."""
    texts = [
        f"“{title(guide, error.name)}” was ignored: {error.words}" for error in aside if isinstance(error, OwnError)
    ]
    if len(texts) < len(aside):
        return ["The link's own facts could not be read and were ignored."]
    if len(texts) < 2:
        return [f"The link's own fact {text}." for text in texts]
    more = len(texts) - MOST_TOLD
    return [f"The link's own facts: {'; '.join(texts[:MOST_TOLD])}{f'; and {more} more' if more > 0 else ''}."]
