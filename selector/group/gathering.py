"""The people who take part, gathered from what comes in: each entry is added, or a message says why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from selector.guide.guide import Guide
from selector.text.visible import visible

from .address import Entry, address_of
from .persons import MOST_CHARACTERS, MOST_PERSONS, PEOPLE, GroupError, Kind, Person, plain_name, says_something
from .reading import read_person


@dataclass(frozen=True, slots=True)
class Gathering:
    """People with different names, in the order in which they came.

    Attributes:
        messages: what was not added, or not as it was given, in sentences that name the entry.
        added: how many people the last entries brought.
    """

    guide: Guide
    persons: tuple[Person, ...] = ()
    messages: tuple[str, ...] = ()
    added: int = 0
    kind: Kind = PEOPLE

    @property
    def address(self) -> str:
        """What the page's address holds after its "#"."""
        return address_of(self.guide, self.persons, self.kind)

    def with_entries(self, entries: Iterable[Entry]) -> Gathering:
        """These people and those of the entries, as far as they can be read."""
        persons, left = list(self.persons), 0
        messages: list[str] = []
        for entry in entries:
            if len(persons) == MOST_PERSONS or len(messages) == MOST_PERSONS:
                left += 1
                continue
            try:
                persons.append(self._person(entry, persons, messages))
            except GroupError as error:
                messages.append(_sentence(str(error)))
        if left:
            were = "1 more was" if left == 1 else f"{left} more were"
            messages.append(f"At most {MOST_PERSONS} {self.kind.many} can be compared. {were} left out.")
        return replace(self, persons=tuple(persons), messages=tuple(messages), added=len(persons) - len(self.persons))

    def without(self, name: str) -> Gathering:
        """Without one person."""
        left = tuple(person for person in self.persons if person.name != name)
        return replace(self, persons=left, messages=(), added=0)

    def renamed(self, name: str, wanted: str) -> Gathering:
        """With another name for one person; it stays as it is when the new name is empty."""
        messages: list[str] = []
        persons = []
        for person in self.persons:
            others = [other for other in self.persons if other is not person]
            new = self._renamed(person, wanted, messages) if person.name == name else ""
            persons.append(replace(person, name=self._free(new, others, messages)) if new else person)
        called = {_same(old.name): _same(now.name) for old, now in zip(self.persons, persons, strict=True)}
        persons = [replace(one, notices=tuple(called.get(text, text) for text in one.notices)) for one in persons]
        return replace(self, persons=tuple(persons), messages=tuple(messages), added=0)

    def _renamed(self, person: Person, wanted: str, messages: list[str]) -> str:
        """The new name, shortened where it is too long; empty where there is none."""
        new = plain_name(wanted)
        if not new:
            messages.append(f"A name can't be empty. {person.name} keeps its name.")
        return self._told(wanted, new, messages)

    @staticmethod
    def _told(given: str, name: str, messages: list[str]) -> str:
        """The name, and said where it was shortened."""
        if len(visible(" ".join(given.split()))) > MOST_CHARACTERS:
            messages.append(f"A name has at most {MOST_CHARACTERS} characters. It was shortened to “{name}”.")
        return name

    def _person(self, entry: Entry, others: list[Person], messages: list[str]) -> Person:
        """The person of an entry. Raises GroupError for one that cannot take part."""
        name = self._told(entry.name, plain_name(entry.name), messages)
        place = f"{entry.place} ({name})" if name and not entry.place.startswith(name) else entry.place
        if not entry.text.strip():
            raise GroupError(f"{place}: there is no share link in it")
        person = read_person(self.guide, name or self._number(others), entry.text, place)
        if not says_something(self.guide, person.case):
            raise GroupError(f"{place}: no question of this guide is answered in it")
        twin = next((other for other in others if other.case == person.case), None)
        if twin is not None and twin.name == name:
            raise GroupError(f"{place}: {name} is in the list already, with the same answers")
        if twin is not None:
            person = replace(person, notices=(*person.notices, _same(twin.name)))
        if entry.lost and not person.lost:
            person = replace(
                person, lost=(f"{_answers(entry.lost)} could not be read when this {self.kind.one} was added.",)
            )
        return replace(person, name=self._free(person.name, others, messages))

    def _free(self, name: str, others: list[Person], messages: list[str]) -> str:
        """The name, with a number behind it when another person has it."""
        taken = {other.name for other in others}
        if name not in taken:
            return name
        numbered = (f"{name[: MOST_CHARACTERS - 2]} {number}" for number in range(2, len(others) + 3))
        free = next(found for found in numbered if found not in taken)
        messages.append(
            f"Two {self.kind.many} are called {name}. The second one is listed as {free}. You can change the name."
        )
        return free

    def _number(self, others: list[Person]) -> str:
        taken = {other.name for other in others}
        return next(
            name
            for number in range(len(others) + 1, 2 * len(others) + 2)
            if (name := f"{self.kind.one.title()} {number}") not in taken
        )


def _same(name: str) -> str:
    return f"Gives the same answers as {name}."


def _answers(count: int) -> str:
    return "1 answer" if count == 1 else f"{count} answers"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
