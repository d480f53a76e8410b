"""Rules about the meaning of a guide's data, one to a file.

A rule is a module: its name is the rule's code, its docstring is its manual (one sentence, then PASS and FAIL
snippets), and `check(draft)` yields problems. To add one, write the file and name it in STEPS or ALONE.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from inspect import getdoc
from itertools import islice
from types import ModuleType

from hooks.source.load import Loaded
from hooks.source.problems import Problem, errors

from . import (
    acceptable,
    address,
    amount,
    answer,
    capacity,
    condition,
    contradiction,
    correlated,
    counted_twice,
    decision,
    divisor,
    duplicate_id,
    edition,
    effect,
    evidence,
    example,
    future,
    itself,
    left_to_weight,
    level,
    markdown,
    markup,
    missing_rating,
    need,
    passage,
    pattern,
    question,
    references,
    reserved,
    same_evidence,
    same_level,
    same_name,
    scale,
    source,
    strategy,
    sway,
    synonym,
    tag,
    unfinished,
    unreachable,
    url,
)
from .common.draft import Draft

MOST_PER_RULE = 200
"""Problems that one rule may report."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `code` in reports, `manual` with examples, and the function that finds its problems.

    `is_slow` is true for one that scores many visitors: the preview shows a page before it has judged.
    """

    code: str
    manual: str
    check: Callable[[Draft], Iterator[Problem]]
    is_slow: bool


def _rule(module: ModuleType) -> Rule:
    code = module.__name__.rpartition(".")[2].replace("_", "-")
    return Rule(code, getdoc(module) or "", module.check, module in SLOW)


SLOW = (example, correlated, counted_twice, left_to_weight)

ENTRIES = (duplicate_id, same_name, address, reserved, references, synonym, tag, level, edition, missing_rating, scale, answer,
           condition, decision, evidence, itself)  # fmt: skip
"""Rules that judge each entry and what it names."""

STEPS = tuple(
    tuple(_rule(module) for module in step)
    for step in (
        ENTRIES,
        (need,),
        (strategy,),
        (
            unreachable,
            acceptable,
            example,
            same_level,
            same_evidence,
            correlated,
            counted_twice,
            left_to_weight,
            capacity,
            sway,
        ),
    )
)
"""Rules that build on each other: a step is taken when the data has the right shape and the steps before found no
error, as one wrong name would otherwise be followed by everything that does not work without it."""

ALONE = tuple(
    _rule(module)
    for module in (
        *(amount, divisor, source, passage, future, effect, contradiction, question, pattern),
        *(markup, markdown, url, unfinished),
    )
)  # fmt: skip
"""Rules that judge single entries and always run."""

RULES = (*(rule for step in STEPS for rule in step), *ALONE)


def check_rules(draft: Draft, *, quick: bool = False) -> list[Problem]:
    """Problems of all rules that can say something; `quick` leaves out the slow ones."""
    problems = [problem for rule in ALONE for problem in run(rule, draft)]
    sound = True
    for step in STEPS:
        found = (
            [problem for rule in step if not (quick and rule.is_slow) for problem in run(rule, draft)] if sound else []
        )
        problems.extend(found)
        sound = sound and draft.has_shape and not errors(found)
    return problems


def run(rule: Rule, draft: Draft) -> list[Problem]:
    """Problems of one rule. A rule that crashes becomes a problem itself, and the others still run."""
    found: list[Problem] = []
    try:
        found.extend(replace(problem, code=rule.code) for problem in islice(rule.check(draft), MOST_PER_RULE))
    except Exception as error:
        found.append(_crashed(draft, rule, error))
    return found


def _crashed(draft: Draft, rule: Rule, error: Exception) -> Problem:
    said = f"the rule '{rule.code}' broke: {type(error).__name__}: {error}"
    return draft.positions.problem((), rule.code, said[:300], help="This is a mistake of the rule, not of the guide.")


def draft_of(loaded: Loaded, today: date | None = None) -> Draft:
    """What a file holds, as rules see it on a day (by default today)."""
    return Draft(loaded, today or date.today())


__all__ = ["RULES", "Draft", "Rule", "check_rules", "draft_of", "run"]
