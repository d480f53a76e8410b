"""What an option needs, an option that it works with provides; every goal is provided by some option.

PASS
    options: [{id: a, needs: [store], works_with: [b]}, {id: b, provides: [store]}]
FAIL
    options: [{id: a, needs: [store], works_with: []}, {id: b, provides: [store]}]
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.problems import Problem, join_words, one_of

from .common.draft import Draft, Node


def check(draft: Draft) -> Iterator[Problem]:
    """Goals of the guide, then needs of each option."""
    options = draft.entries("options")
    provided = {
        role for option in options.values() for field in ("provides", "can_also") for role in option.at(field).texts()
    }
    for goal in draft.each("guide.goals.*"):
        if goal.text in draft.entries("roles") and goal.text not in provided:
            yield draft.problem(goal, f"no option provides the goal '{goal.text}', so there is no strategy at all",
                                expected=f"'provides: [{goal.text}]' in an option; or no '{goal.text}' in 'goals': delete it there")  # fmt: skip
    partners = _partners(options)
    for name, option in options.items():
        for need in option.at("needs").items():
            if need.text not in draft.entries("roles"):
                continue
            able = [
                other for other, entry in options.items() if other != name and need.text in entry.at("provides").texts()
            ]
            if not able:
                yield draft.problem(need, f"option '{name}' needs '{need.text}', which no other option provides",
                                    expected=f"'provides: [{need.text}]' in {_whose(partners[name])}; or no such need")  # fmt: skip
            elif not partners[name] & set(able):
                yield draft.problem(
                    need,
                    f"option '{name}' needs '{need.text}' and works with no option that provides it",
                    expected=f"'works_with' with {one_of(able)}",
                )


def _whose(partners: set[str]) -> str:
    """The options that could provide what is missing."""
    return f"an option that works with it ({join_words(sorted(partners), 'or')})" if partners else "another option"


def _partners(options: dict[str, Node]) -> dict[str, set[str]]:
    """Who works with whom; naming one side is enough."""
    found: dict[str, set[str]] = {name: set() for name in options}
    for name, option in options.items():
        for other in option.at("works_with").texts():
            found[name].add(other)
            found.setdefault(other, set()).add(name)
    return found
