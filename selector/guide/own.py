"""Own facts: ratings, prices and levels' values that a visitor knows better, and the guide's data with them.

An own fact replaces a value of the guide's data before anything is read from it, so ranking, requirements, costs and
sensitivity see it as if the guide had been edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

RATING, PRICE, VALUE = "rating", "price", "value"

FACTS = (
    "source",
    "passage",
    "verified",
    "version",
    "text",
    "note",
    "inferred",
    "unlike",
    "applies",
    "amount",
    "region",
)
"""Fields of a rating or a price that speak of the guide's own value."""

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OwnFact:
    """One value that a visitor overrules. `selector.case.own` reads and checks them; `overruled.with_own` puts them in.

    Attributes:
        kind: RATING, PRICE or VALUE.
        subject: id of an option, or of a named strategy that is rated as a whole; of a price; of a criterion.
        aspect: the criterion of a rating, the level of a value; empty for a price.
        value: as text: a level, "worse,better" or "unknown"; a number or "low,high"; a whole number.
        guide: what the guide says, as such a text. With editions "edition.level~edition.level".
    """

    kind: str
    subject: str
    aspect: str
    value: str
    guide: str

    @property
    def name(self) -> str:
        """What it is called in links and files: "option.criterion", "price.id", "value.criterion.level"."""
        parts = (self.subject, self.aspect) if self.kind == RATING else (self.kind, self.subject, self.aspect)
        return ".".join(part for part in parts if part)

    @property
    def same(self) -> bool:
        """True where the guide says the same."""
        return self.value == self.guide


def guide_text(value: Any) -> str:
    """A level, a range, levels by edition or a number of the guide's data as the text of an own fact."""
    if isinstance(value, Mapping):
        return "~".join(f"{edition}.{guide_text(level)}" for edition, level in value.items())
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def value_field(criterion: Entry) -> str:
    """The field of a criterion's levels that holds their value: points of burden where those add up."""
    return "points" if criterion["aggregate"]["rule"] == "points" else "value"


def patched(data: Entry, own: Iterable[OwnFact]) -> dict[str, Any]:
    """The guide's data with own facts in place of its values. Each place says so in a field `own`, which holds the
    guide's value as text, and has no text, source or date any more, as those are about the guide's value."""
    sections = dict(data)
    for fact in own:
        if fact.kind == PRICE:
            _swap(sections, "prices", fact.subject, _own(fact, "amount", _numbers(fact.value)))
        elif fact.kind == VALUE:
            _swap(sections, "criteria", fact.subject, _level(fact))
        elif any(entry["id"] == fact.subject for entry in data["options"]):
            _swap(sections, "options", fact.subject, _rating(fact, "ratings"))
        else:
            _swap(sections, "strategies", fact.subject, _rating(fact, "overrides"))
    return sections


def _swap(sections: dict[str, Any], section: str, name: str, change: Any) -> None:
    """Replace one entry by its changed copy; everything else stays the same object."""
    sections[section] = [change(entry) if entry["id"] == name else entry for entry in sections[section]]


def _own(fact: OwnFact, field: str, value: Any) -> Any:
    def change(entry: Entry) -> dict[str, Any]:
        return {**{name: part for name, part in entry.items() if name not in FACTS}, field: value, "own": fact.guide}

    return change


def _rating(fact: OwnFact, field: str) -> Any:
    value: Any = fact.value.split(",") if "," in fact.value else fact.value

    def change(entry: Entry) -> dict[str, Any]:
        ratings = entry[field]
        return {**entry, field: {**ratings, fact.aspect: _own(fact, "level", value)(ratings.get(fact.aspect, {}))}}

    return change


def _level(fact: OwnFact) -> Any:
    def change(entry: Entry) -> dict[str, Any]:
        field = value_field(entry)
        levels = [
            {**level, field: int(fact.value), "own": fact.guide} if level["id"] == fact.aspect else level
            for level in entry["levels"]
        ]
        return {**entry, "levels": levels}

    return change


def _numbers(text: str) -> Any:
    numbers = [float(part) if "." in part else int(part) for part in text.split(",")]
    return numbers if len(numbers) > 1 else numbers[0]
