"""Every option takes part in at least one strategy, and one that is off can be switched on.

PASS
    options: [{id: a, provides: [store]}]            # `store` is a goal
    options: [{id: b, off: Only on request.}]        # and an answer enables b
FAIL
    options: [{id: c, provides: [polish]}]           # no role needs that
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hooks.source.problems import Problem, join_words, one_of
from selector import Guide

from .common.draft import Draft, Node
from .contradiction import meant

MOST_MEMBERS = 4
"""Members of a strategy where the guide gives no limit, and the largest limit that it can give."""


def check(draft: Draft) -> Iterator[Problem]:
    """Options against all strategies, when those could be enumerated."""
    enabled = {
        option
        for node in draft.each("questions.*.answers.*.effects.*.enable.*")
        for option in meant(draft, node)
    }  # fmt: skip
    for name, option in draft.entries("options").items():
        if option.at("off").exists and name not in enabled:
            yield draft.problem(option.at("off"), f"option '{name}' is off, and no answer enables it", at_key=True,
                                expected="an answer with the effect 'enable', or no 'off'")  # fmt: skip
    found = draft.enumeration
    if found is None or found.left_out or not found.complete:
        return
    used = {member for strategy in found.strategies for member in strategy.members}
    idle = [name for name in draft.entries("options") if name not in used]
    if idle and (limited := _limited(draft, idle)):
        yield limited
        return
    for name in idle:
        option = draft.entries("options")[name]
        yield draft.problem(
            option.at("id"),
            f"option '{name}' takes part in no strategy",
            expected=_cure(draft, name, option),
        )


def _limited(draft: Draft, idle: Sequence[str]) -> Problem | None:
    """The limit of members where that alone keeps options out, with the least that lets the most of them in."""
    limit = draft.root.at("guide", "max_members")
    best, left = 0, set(idle)
    for most in range(int(limit.number or MOST_MEMBERS) + 1, MOST_MEMBERS + 1):
        guide = {**draft.root.value["guide"], "max_members": most}
        found = Guide.from_data({**draft.root.value, "guide": guide}).enumeration
        out = set(idle).difference(*(strategy.members for strategy in found.strategies))
        if len(out) < len(left) and found.complete:
            best, left = most, out
    if not best:
        return None
    kept_out = [repr(name) for name in idle if name not in left]
    said = f"'max_members' is {limit.value}, so no strategy has room for {join_words(kept_out)} and what they need"
    return draft.problem(
        limit, said, expected=f"max_members: {best}{' or more' * (best < MOST_MEMBERS)}; or no such field"
    )


def _cure(draft: Draft, name: str, option: Node) -> str:
    """The partners who need what it provides, and what it could provide instead."""
    provided = set(option.at("provides").texts())
    users = [
        other
        for other, entry in draft.entries("options").items()
        if other != name and provided.intersection(entry.at("needs").texts())
    ]
    asked = draft.root.at("guide", "goals").texts()
    asked += [
        role for role, entry in draft.entries("roles").items() if entry.at("optional").value and role not in asked
    ]
    beside = f"'works_with' {join_words(users, 'or')}, which needs what it provides; or " if users else ""
    return f"{beside}'provides' with {one_of(asked)}, and 'works_with' the options that it is used with"
