"""An id, former ids included, stands for one thing.

PASS
    options: [{id: a}, {id: b, aliases: [old-b]}]
FAIL
    options: [{id: a}, {id: a}]
    options: [{id: a}, {id: b, aliases: [a]}]
    options: [{id: a}], strategies: [{id: a, members: [b, c]}]   # which one would "a" be in a link?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hooks.source.positions import NAMES
from hooks.source.problems import Problem, Related, quote

from .common.draft import Draft, Node


def check(draft: Draft) -> Iterator[Problem]:
    """Entries of each section, levels of each criterion, answers of each question, options against strategies."""
    for section, what in NAMES.items():
        yield from _apart(draft, draft.root.at(section).items(), what)
    for criterion in draft.root.at("criteria").items():
        yield from _apart(draft, criterion.at("levels").items(), f"level of '{criterion.id}'")
    for option in draft.root.at("options").items():
        yield from _apart(draft, option.at("editions").items(), f"edition of '{option.id}'")
    for question in draft.root.at("questions").items():
        yield from _apart(draft, question.at("answers").items(), f"answer to '{question.id}'")
    yield from _strategies(draft)


def _apart(draft: Draft, entries: Iterable[Node], what: str) -> Iterator[Problem]:
    """Ids first, so that an alias that clashes with a later id is the one at fault."""
    seen: dict[str, Node] = {}
    listed = list(entries)
    names = [(entry.at("id"), "id") for entry in listed]
    names += [(alias, "former id") for entry in listed for alias in entry.at("aliases").items()]
    for name, kind in names:
        if not name.text:
            continue
        first = seen.setdefault(name.text, name)
        if first is not name:
            yield draft.problem(
                name,
                f"{kind} {quote(name.text)} belongs to another {what} already",
                expected="a different id",
                related=(Related(draft.line(first), "it is used there"),),
            )


def _strategies(draft: Draft) -> Iterator[Problem]:
    """A strategy may bear the id of an option only when it is that option alone."""
    options = draft.entries("options")
    for strategy in draft.root.at("strategies").items():
        for name in (strategy.at("id"), *strategy.at("aliases").items()):
            if name.text in options and strategy.at("members").texts() != [name.text]:
                yield draft.problem(
                    name,
                    f"strategy {quote(name.text)} has the id of an option",
                    expected="a different id, as links to a strategy may name either",
                    related=(Related(draft.line(options[name.text].at("id")), "the option is declared there"),),
                )
