"""Every fact of a guide with its place: in the file, on a page, and in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from selector import Guide

from .citations import Entry, Path, Quote, quotes, source_ids

__all__ = [
    "ABOUT",
    "TROUBLE",
    "Entry",
    "Fact",
    "Path",
    "all_facts",
    "amount_text",
    "fact_names",
    "move_anchor",
    "rating_anchor",
]

ABOUT = ("licence", "governance", "release")
TROUBLE = ("failure", "recovery", "first")
OPTION_FACTS = (*ABOUT, *TROUBLE)
"""Fields of an option that hold one fact each, in the order of its page. The guide's `terms` say what pages call them."""


def fact_names(guide: Guide) -> dict[str, str]:
    """What the guide calls the facts of an option."""
    return {field: getattr(guide.terms, field) for field in OPTION_FACTS}


HOP_TEXTS = ("holds", "accepts", "acts_as", "interval", "plaintext", "handover")
"""What drawings say of an option. It has one source for all of it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement with its source.

    Attributes:
        path: keys and positions from the top of the data, as the reader of the file counts lines by.
        about: what it is about, in words: "Name of the option, Name of the criterion".
        page: the page that shows it, with anchor: "options/x.md#licence".
        value: what it says, in Markdown.
        sources: ids of sources, possibly none.
        verified: the day it was checked.
        quotes: words of these sources that say it, possibly none.
    """

    path: Path
    about: str
    page: str
    value: str
    sources: tuple[str, ...]
    verified: date
    version: str | None = None
    inferred: str | None = None
    quotes: tuple[Quote, ...] = ()

    def age(self, today: date) -> int:
        """Days since it was checked."""
        return (today - self.verified).days


def rating_anchor(criterion: str) -> str:
    """The id of a rating on its option's page; other parts of the page have their own ids."""
    return f"on-{criterion}"


def all_facts(guide: Guide) -> list[Fact]:
    """All facts in the order of the data."""
    data = guide.data
    return [
        *(fact for index, option in enumerate(data["options"]) for fact in _option(guide, index, option)),
        *(fact for index, entry in enumerate(data.get("strategies", ())) for fact in _strategy(guide, index, entry)),
        *_moves(data),
        *(
            _of(("prices", i), price["name"], "sources.md#prices", price, _price(price))
            for i, price in _in(data, "prices")
        ),
        *(
            _of(("examples", i), entry["title"], f"examples/{entry['id']}.md", entry, entry["why"])
            for i, entry in _in(data, "examples")
            if "verified" in entry
        ),
        *_disagreements(data),
        *(
            _of(("not_covered", i), entry["name"], f"not-covered.md#{entry['id']}", entry, entry["why"])
            for i, entry in _in(data, "not_covered")
        ),
    ]


def _in(data: Entry, section: str) -> Iterator[tuple[int, Entry]]:
    return enumerate(data.get(section, ()))


def _option(guide: Guide, index: int, option: Entry) -> Iterator[Fact]:
    page, name, path = f"options/{option['id']}.md", option["name"], ("options", index)
    for field, words in fact_names(guide).items():
        if field in option:
            yield _of((*path, field), f"{name}, {words}", f"{page}#{field}", option[field])
    for number, limitation in enumerate(option["limitations"]):
        about = f"{name}, limitation {number + 1}"
        yield _of((*path, "limitations", number), about, f"{page}#limitation-{number + 1}", limitation)
    if "verified" in (hop := option.get("hop", {})):
        said = "; ".join(str(hop[field]) for field in HOP_TEXTS if field in hop)
        yield _of((*path, "hop"), f"{name}, How it works", f"{page}#travels", hop, said)
    yield from _ratings(guide, option["ratings"], (*path, "ratings"), name, page)


def _ratings(guide: Guide, ratings: Entry, path: Path, name: str, page: str) -> Iterator[Fact]:
    for criterion in guide.criteria:
        if criterion.id in ratings:
            about = f"{name}, {criterion.name}"
            yield _of((*path, criterion.id), about, f"{page}#{rating_anchor(criterion.id)}", ratings[criterion.id])


def _strategy(guide: Guide, index: int, entry: Entry) -> Iterator[Fact]:
    page, path = f"strategies/{entry['id']}.md", ("strategies", index)
    if "verified" in entry:
        yield _of(path, entry["name"], page, entry, entry["summary"])
    yield from _ratings(guide, entry.get("overrides", {}), (*path, "overrides"), entry["name"], page)


def _moves(data: Entry) -> Iterator[Fact]:
    for index, move in _in(data, "moves"):
        if "verified" in move:
            yield _of(("moves", index), move["summary"], f"migrate.md#{move_anchor(index)}", move, move["summary"])


def move_anchor(index: int) -> str:
    """The id of a move on the page of moves."""
    return f"move-{index + 1}"


def _disagreements(data: Entry) -> Iterator[Fact]:
    for index, entry in _in(data, "disagreements"):
        for number, side in enumerate(entry["sides"]):
            page = f"unknowns.md#{entry['id']}"
            yield _of(("disagreements", index, "sides", number), entry["question"], page, side, side["says"])


def _price(price: Entry) -> str:
    return f"{amount_text(price['amount'])} {price['currency']} {price['unit']}"


def amount_text(amount: Any) -> str:
    """A number or an interval as it is written: "0.4", "0 to 0.4"."""
    parts = amount if isinstance(amount, list | tuple) else (amount,)
    return " to ".join(f"{float(number):g}" for number in parts)


def _of(path: Path, about: str, page: str, entry: Entry, value: str | None = None) -> Fact:
    return Fact(
        path=path,
        about=about,
        page=page,
        value=entry["text"] if value is None else value,
        sources=source_ids(entry),
        verified=date.fromisoformat(entry["verified"]),
        version=entry.get("version"),
        inferred=entry.get("inferred"),
        quotes=quotes(entry),
    )
