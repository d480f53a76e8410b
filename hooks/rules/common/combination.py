"""Why options cannot be combined into a strategy, in words. Not a rule: rules use it for their messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hooks.source.problems import join_words
from selector import Guide
from selector.guide.model import Option


def why_not(guide: Guide, names: Iterable[str]) -> str:
    """The first reason that can be named. For members that indeed cannot form one."""
    members = {name: guide.option(name) for name in sorted(set(names))}
    return next(_reasons(guide, members), "one of them has nothing to do")


def _reasons(guide: Guide, members: Mapping[str, Option]) -> Iterator[str]:
    for name, option in members.items():
        if len(members) > 1 and not option.works_with & members.keys():
            yield f"'{name}' works with none of the others"
    for goal in guide.goals:
        able = [name for name, option in members.items() if goal in option.provides]
        spare = [name for name, option in members.items() if goal in option.can_also]
        if not able and not spare:
            yield f"no option fills '{goal}'"
    for name, option in members.items():
        for need in sorted(option.needs):
            if not any(need in members[other].provides for other in option.works_with & members.keys()):
                yield f"'{name}' needs '{need}' from one that it works with"
    for goal in guide.goals:
        able = [name for name, option in members.items() if goal in option.provides]
        if len(able) > 1:
            yield f"{join_words([repr(name) for name in able])} both fill '{goal}'"
    for name, option in members.items():
        asked = {*guide.goals, *(role.id for role in guide.roles if role.optional)}
        asked.update(need for other in option.works_with & members.keys() for need in members[other].needs)
        if not asked & (option.provides | option.can_also):
            yield f"'{name}' fills nothing that is asked for"
