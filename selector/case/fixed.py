"""Answers that an organisation has fixed for all its visitors, in a guide with the organisation's own facts over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from selector.guide.guide import Guide

from .answers import Case, Value, judged


def fixed_answers(guide: Guide) -> Mapping[str, Value]:
    """Answers by question id, checked once and kept with the guide."""
    if "_fixed_answers" not in guide.__dict__:
        given = {name: entry["answer"] for name, entry in guide.data.get("fixed", {}).items()}
        guide.__dict__["_fixed_answers"] = judged(guide, given).answers if given else {}
    found: Mapping[str, Value] = guide.__dict__["_fixed_answers"]
    return found


def with_fixed(guide: Guide, case: Case) -> tuple[Case, list[str]]:
    """The case with the fixed answers, and a sentence for each answer that they replace."""
    fixed = fixed_answers(guide)
    if not fixed or all(case.answers.get(name) == value for name, value in fixed.items()):
        return case, []
    texts = [
        f"“{guide.question(name).text}” is fixed by {guide.data['organisation']['name']}. Another answer was ignored."
        for name, value in fixed.items()
        if case.answers.get(name, value) != value
    ]
    return replace(case, answers={**case.answers, **fixed}), texts
