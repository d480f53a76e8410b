"""Own facts in a share link: `own.option.criterion=level~what the guide said`."""

from __future__ import annotations

from collections.abc import Mapping

from selector.guide.guide import Guide

from .answers import AnswerError, Case
from .own import OwnError, changed, with_facts
from .own_words import changed_text


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
    texts = [changed_text(guide, fact, was) for fact, was in changed(guide, case.own, before)]
    return case, [*map(_left_out, aside), *texts]


def _left_out(error: AnswerError) -> str:
    if not isinstance(error, OwnError):
        return "The link's own facts could not be read and were ignored."
    return f"The link's own fact “{error.name}” was ignored: {error.why}."
