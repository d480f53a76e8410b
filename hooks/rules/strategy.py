"""A named strategy can be formed from its members; the parts of a split one cover them.

PASS
    strategies: [{id: both, members: [a, b]}]
    pattern: split, members: [a, b], parts: [{class: slow, members: [a]}, {class: fast, members: [b]}]
FAIL
    strategies: [{id: both, members: [a, c]}]   # c fills nothing that a leaves open
    pattern: split, members: [a, b], parts: [{class: slow, members: [a]}, {class: fast, members: [a]}]
"""

from __future__ import annotations

from collections.abc import Iterator

from hooks.source.problems import Problem, Related, join_words
from selector import Guide
from selector.guide.strategies import fill

from .common.combination import why_not
from .common.draft import Draft, Node


def check(draft: Draft) -> Iterator[Problem]:
    """Pattern and parts, then whether members leave nothing open, then members that bear two names."""
    seen: dict[frozenset[str], Node] = {}
    for strategy in draft.root.at("strategies").items():
        members = strategy.at("members")
        if strategy.at("pattern").text == "split":
            yield from _parts(draft, strategy)
        elif strategy.at("parts").exists:
            yield draft.problem(strategy.at("parts"), "only a strategy with pattern: split has 'parts'", at_key=True,
                                expected="pattern: split beside it; or no 'parts': delete it")  # fmt: skip
        else:
            yield from _formed(draft, members)
        names = frozenset(members.texts())
        first = seen.setdefault(names, strategy)
        if names and first is not strategy:
            yield draft.problem(members, f"strategy '{first.id}' has the same members, so both would be one page",
                                expected="one of the two strategies: delete the other; or different members",
                                related=(Related(draft.line(first), "it is there"),))  # fmt: skip


def _parts(draft: Draft, strategy: Node) -> Iterator[Problem]:
    parts, members = strategy.at("parts"), strategy.at("members").texts()
    if not parts.exists:
        yield draft.problem(
            strategy.at("pattern"),
            "a split strategy needs 'parts'",
            expected="parts: [{class: …, members: […]}, …], one for each class",
        )
        return
    classes: dict[str, Node] = {}
    covered = set()
    for part in parts.items():
        first = classes.setdefault(part.at("class").text, part)
        if first is not part:
            yield draft.problem(
                part.at("class"),
                f"class '{part.at('class').text}' goes two ways",
                expected="each class in one part only",
                related=(Related(draft.line(first), "the other way is there"),),
            )
        for member in part.at("members").items():
            covered.add(member.text)
            if member.text in draft.entries("options") and member.text not in members:
                yield draft.problem(member, f"'{member.text}' is not a member of this strategy",
                                    expected=f"one of {join_words(members, 'or')}; or '{member.text}' in 'members', too")  # fmt: skip
        yield from _formed(draft, part.at("members"))
    idle = [name for name in members if name not in covered]
    if idle:
        named = join_words([f"'{name}'" for name in idle])
        yield draft.problem(
            parts, f"no part uses {named}", at_key=True, expected="each member in a part; or fewer 'members'"
        )


def _formed(draft: Draft, members: Node) -> Iterator[Problem]:
    """Whether these members fill every goal and need, and none is idle."""
    guide = draft.guide
    names = members.texts()
    if (
        guide is None
        or not names
        or any(name not in {**draft.entries("options"), **draft.entries("families")} for name in names)
    ):
        return
    if fill(guide, names) is None:
        yield draft.problem(
            members,
            f"{' and '.join(repr(name) for name in sorted(names))} cannot form a strategy: {why_not(guide, names)}",
            expected=_cure(draft, guide, names),
        )


def _cure(draft: Draft, guide: Guide, names: list[str]) -> str:
    """The member that is missing or too many, where one is; otherwise what a strategy is."""
    added = [name for name in draft.entries("options") if name not in names and fill(guide, [*names, name]) is not None]
    if added:
        return f"one more member: {join_words(added, 'or')}"
    left = [name for name in names if len(names) > 1 and fill(guide, [one for one in names if one != name]) is not None]
    if left:
        return f"these members without {join_words(left, 'or')}"
    return "members that fill every goal and every need, each with something to do"
