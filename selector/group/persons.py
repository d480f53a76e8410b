"""Who takes part, and what they answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from selector.case.answers import NOTHING, Case, in_force
from selector.guide.guide import Guide
from selector.text.visible import visible

MOST_PERSONS = 9
"""People whose answers are compared at once."""

MOST_CHARACTERS = 60
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is compared: people, or the cases of one visitor.

    Attributes:
        mark: name of the part by which an address of several begins.
        part: name of the part before each one's answers.
        one, many: what messages call them.
    """

    mark: str
    part: str
    one: str
    many: str


PEOPLE = Kind("together", "person", "person", "people")
CASES = Kind("what-if", "case", "case", "cases")


class GroupError(ValueError):
    """Answers that cannot be compared, with a sentence for the user that names the person or the file."""


@dataclass(frozen=True)
class Person:
    """One person's answers, checked against the guide.

    Attributes:
        name: what to call them.
        case: what they said.
        revision: of the guide for which they said it; None when it is not known.
        notices: what a reader should know about the answers, such as that an older guide was answered.
        lost: answers that the guide does not understand, in sentences. They are not in `case`, so a comparison is
            about fewer answers than this person gave.
    """

    name: str
    case: Case
    revision: str | None = None
    notices: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def plain_name(given: str) -> str:
    """A name on one line, short, with nothing unseen in it; empty when nothing is left."""
    name = visible(" ".join(given[: 4 * MOST_CHARACTERS].split()))
    return name if len(name) <= MOST_CHARACTERS else f"{name[: MOST_CHARACTERS - 1]}…"


def checked(guide: Guide, persons: Iterable[Person]) -> tuple[Person, ...]:
    """The people by name, whatever order they are given in.

    Raises:
        GroupError: nobody, or more than MOST_PERSONS; two of one name; or one who has answered nothing.
    """
    found = sorted(persons, key=lambda person: person.name)
    if not 1 <= len(found) <= MOST_PERSONS:
        raise GroupError(f"the answers of 1 to {MOST_PERSONS} people can be compared, not of {len(found)}")
    names = [person.name for person in found]
    if len(set(names)) < len(names):
        twin = next(name for name in names if names.count(name) > 1)
        raise GroupError(f"two people are called '{twin}'")
    for person in found:
        if not says_something(guide, person.case):
            raise GroupError(f"{person.name}: no question is answered")
    return tuple(found)


def says_something(guide: Guide, case: Case) -> bool:
    """True when an answer in force is more than "not sure", or a weight is set."""
    return bool(case.weights) or any(case.answers.get(name, ()) not in NOTHING for name in in_force(guide, case))


def distinct(persons: Sequence[Person]) -> tuple[Case, ...]:
    """Their cases, equal ones once: who agrees in everything with another adds no further view."""
    found: list[Case] = []
    for person in persons:
        if person.case not in found:
            found.append(person.case)
    return tuple(found)
