"""Rules about the meaning of a guide's data, one to a file.

A rule is a module: its name is the rule's code, its docstring is its manual (one sentence, then PASS and FAIL
snippets), and `check(draft)` yields problems. To add one, write the file and name it in RULES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from inspect import getdoc
from itertools import islice
from types import ModuleType

from ..problems import Problem
from ..source import Loaded
from . import (
    acceptable,
    amount,
    answer,
    capacity,
    condition,
    contradiction,
    correlated,
    duplicate_id,
    effect,
    example,
    future,
    level,
    markdown,
    markup,
    missing_rating,
    need,
    question,
    references,
    reserved,
    same_level,
    scale,
    source,
    strategy,
    sway,
    tag,
    unreachable,
    url,
)
from .draft import Draft

MOST_PER_RULE = 200
"""Problems that one rule may report."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `code` in reports, `manual` with examples, and the function that finds its problems."""

    code: str
    manual: str
    check: Callable[[Draft], Iterator[Problem]]


def _rule(module: ModuleType) -> Rule:
    return Rule(module.__name__.rpartition(".")[2].replace("_", "-"), getdoc(module) or "", module.check)


RULES = tuple(
    _rule(module)
    for module in (
        duplicate_id,
        reserved,
        references,
        level,
        answer,
        tag,
        missing_rating,
        scale,
        amount,
        source,
        future,
        effect,
        contradiction,
        question,
        condition,
        need,
        strategy,
        unreachable,
        acceptable,
        example,
        markup,
        markdown,
        url,
        same_level,
        correlated,
        capacity,
        sway,
    )
)


def check_rules(draft: Draft, rules: tuple[Rule, ...] = RULES) -> list[Problem]:
    """Problems of all rules. A rule that crashes becomes a problem itself, and the others still run."""
    problems: list[Problem] = []
    for rule in rules:
        try:
            problems.extend(replace(found, code=rule.code) for found in islice(rule.check(draft), MOST_PER_RULE))
        except Exception as error:
            problems.append(_crashed(draft, rule, error))
    return problems


def _crashed(draft: Draft, rule: Rule, error: Exception) -> Problem:
    said = f"the rule '{rule.code}' broke: {type(error).__name__}: {error}"
    return draft.places.problem((), rule.code, said[:300], help="This is a mistake of the rule, not of the guide.")


def draft_of(loaded: Loaded, today: date | None = None) -> Draft:
    """What a file holds, as rules see it on a day (by default today)."""
    return Draft(loaded, today or date.today())


__all__ = ["RULES", "Draft", "Rule", "check_rules", "draft_of"]
