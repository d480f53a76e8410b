"""Own facts as a visitor gives them, in a link, a file or on the command line: `option.criterion=level`, `price.id=0.4`,
`value.criterion.level=700`. Checked against the guide; what it does not know is set aside with a sentence, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from selector.guide.guide import Guide
from selector.guide.model import FULL
from selector.guide.own import PRICE, RATING, VALUE, OwnFact, guide_text, value_field
from selector.guide.reading import UNKNOWN

from .answers import AnswerError, Case, clipped

OWN = "own."
"""How the parts of a link that are own facts begin."""

MOST_OWN = 60
"""Own facts that are read at most."""

_NUMBER = re.compile(r"\d{1,9}(\.\d{1,6})?", re.ASCII)


class OwnError(AnswerError):
    """An own fact that the guide cannot use.

    Attributes:
        name: what it is called, as given.
        why: what is wrong with it, as a clause with the guide's ids, as files and arguments are written.
        near: the names that might have been meant.
        words: the same clause with the labels that pages show.
        value: True where only the value is wrong, and the guide knows what it is about.
    """

    def __init__(
        self,
        name: object,
        why: str,
        answer: object = None,
        near: Iterable[str] = (),
        *,
        words: str = "",
        value: bool = False,
    ) -> None:
        super().__init__(f"own fact '{clipped(name)}': {why}", None, answer, "own")
        self.name, self.why, self.near = clipped(name), why, tuple(near)
        self.words, self.value = words or why, value


def checked_own(guide: Guide, given: object, aside: list[AnswerError] | None = None) -> tuple[OwnFact, ...]:
    """Own facts by name, in the order of their names.

    Args:
        guide: the guide; own facts that are in it already are left out of account.
        given: name to level, range, number or text of these; a list of {"fact", "value"} as decisions have it; or facts.
        aside: when given, bad facts are described here instead of raised.

    Raises:
        OwnError: a name, level or number that the guide does not have, or levels' values out of order.
    """
    guide = guide.base or guide
    found: dict[str, OwnFact] = {}
    for name, value in _pairs(given, aside):
        try:
            if len(found) >= MOST_OWN:
                raise OwnError(name, f"only {MOST_OWN} own facts are read")
            fact = _fact(guide, str(name), value)
            if found.setdefault(fact.name, fact) != fact:
                raise OwnError(name, "it is given twice, and only the first one counts")
        except OwnError as error:
            _set_aside(error, aside)
    for fact, why, words in _out_of_order(guide, list(found.values())):
        found.pop(fact.name, None)
        _set_aside(OwnError(fact.name, why, fact.value, words=words, value=True), aside)
    return tuple(found[name] for name in sorted(found))


def with_facts(guide: Guide, case: Case, given: object, aside: list[AnswerError] | None = None) -> Case:
    """The case with these own facts, as `checked_own` takes them, in place of those that it has."""
    return replace(case, own=checked_own(guide, given, aside)) if given else case


def _set_aside(error: AnswerError, aside: list[AnswerError] | None) -> None:
    if aside is None:
        raise error
    aside.append(error)


def _pairs(given: object, aside: list[AnswerError] | None) -> Iterable[tuple[object, object]]:
    """Names and values of the forms that own facts are given in."""
    if given is None:
        return []
    if isinstance(given, Mapping):
        return list(given.items())
    if isinstance(given, list | tuple):
        entries = [_pair(item) for item in given]
        if None not in entries:
            return [entry for entry in entries if entry is not None]
    why = f"own facts map names to values, not '{clipped(given)}'"
    _set_aside(AnswerError(why, None, given, "own facts"), aside)
    return []


def _pair(item: object) -> tuple[object, object] | None:
    if isinstance(item, OwnFact):
        return item.name, item.value
    if isinstance(item, Mapping) and {"fact", "value"} <= item.keys():
        return item["fact"], item["value"]
    return None


def _fact(guide: Guide, name: str, value: object) -> OwnFact:
    first, *rest = name.split(".") if len(name) <= 200 else [""]
    if first == PRICE and len(rest) == 1 and "price" not in guide.today("options"):
        return _price(guide, name, rest[0], value)
    if first == VALUE and len(rest) == 2:
        return _value(guide, name, rest[0], rest[1], value)
    if len(rest) == 1:
        return _rating(guide, name, first, rest[0], value)
    what = guide.terms.option
    raise OwnError(name, f"name it {what}.criterion, price.price or value.criterion.level, with the guide's ids")


def _id(guide: Guide, name: str, section: str, what: str, given: str) -> str:
    """Today's id of an entry."""
    known = guide.today(section)
    if given not in known:
        raise OwnError(name, f"there is no {what} '{clipped(given)}'", given, known)
    return known[given]


def _rating(guide: Guide, name: str, given: str, aspect: str, value: object) -> OwnFact:
    section, subject = _rated(guide, name, given)
    criterion = _id(guide, name, "criteria", "criterion", aspect)
    ratings = guide.entry(section, subject).get("ratings" if section == "options" else "overrides", {})
    if criterion not in ratings:
        raise OwnError(name, f"'{clipped(given)}' has no rating of its own on it: overrule those of its members")
    text = _levels(guide, name, criterion, value)
    return OwnFact(RATING, subject, criterion, text, guide_text(ratings[criterion]["level"]))


def _rated(guide: Guide, name: str, given: str) -> tuple[str, str]:
    """Section and id of what a rating is about: an option, or a named strategy that is rated as a whole."""
    options, strategies = guide.today("options"), guide.today("strategies")
    if given not in options and given in strategies:
        return "strategies", strategies[given]
    option = guide.option(_id(guide, name, "options", guide.terms.option, given))
    if option.stands_for:
        several = ", ".join(option.stands_for)
        raise OwnError(name, f"'{clipped(given)}' stands for several: overrule one of {several}")
    return "options", option.id


def _levels(guide: Guide, name: str, criterion: str, value: object) -> str:
    """A level, a range from the worse to the better, or "unknown"."""
    levels = guide.criterion(criterion).levels
    ids = [level.id for level in levels]
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, list | tuple) else [value]
    if len(parts) == 1 and parts[0] == UNKNOWN:
        return UNKNOWN
    if not 1 <= len(parts) <= 2:
        raise OwnError(name, "a level, two of them as a range, or 'unknown' is expected", value, value=True)
    for part in parts:
        if part not in ids:
            why = f"there is no level '{clipped(part)}'; expected one of: {', '.join([*ids, UNKNOWN])}"
            labels = ", ".join(f"“{level.label}”" for level in levels)
            words = f"“{clipped(part)}” is none of its levels ({labels}, or not known)"
            raise OwnError(name, why, part, words=words, value=True)
    order = sorted({ids.index(str(part)) for part in parts})
    if len(order) == 2 and order == [0, len(ids) - 1]:
        return UNKNOWN
    return ",".join(ids[index] for index in order)


def _price(guide: Guide, name: str, price: str, value: object) -> OwnFact:
    found = guide.entry("prices", _id(guide, name, "prices", "price", price))
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, list | tuple) else [value]
    numbers = [_number(part) for part in parts]
    if not 1 <= len(numbers) <= 2 or None in numbers:
        unit = f"{found['currency']} {found['unit']}"
        why = f"an amount in {unit} is expected, 0.4 for example, or two as a range, not '{clipped(value)}'"
        words = f"an amount in {unit} is expected, such as 0.4 or 0.3 to 0.6, not “{clipped(value)}”"
        raise OwnError(name, why, value, words=words, value=True)
    several = sorted({str(number) for number in numbers}, key=float)
    return OwnFact(PRICE, str(found["id"]), "", ",".join(several), guide_text(found["amount"]))


def _number(given: object) -> str | None:
    """A number as it is written, shortest; None for what is none that can be read."""
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        return None
    text = given.strip() if isinstance(given, str) else str(given)
    if not _NUMBER.fullmatch(text):
        return None
    whole, _, part = text.partition(".")
    part = part.rstrip("0")
    return f"{int(whole)}.{part}" if part else str(int(whole))


def _value(guide: Guide, name: str, criterion: str, level: str, value: object) -> OwnFact:
    found = guide.entry("criteria", _id(guide, name, "criteria", "criterion", criterion))
    entry = next((one for one in found["levels"] if one["id"] == level), None)
    if entry is None:
        ids = [str(one["id"]) for one in found["levels"]]
        raise OwnError(name, f"there is no level '{clipped(level)}'; expected one of: {', '.join(ids)}", level)
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not _NUMBER.fullmatch(text) or "." in text or int(text) > FULL:
        expected = f"a whole number from 0 to {FULL} is expected, not "
        raise OwnError(name, f"{expected}'{clipped(value)}'", value, words=f"{expected}“{clipped(value)}”", value=True)
    return OwnFact(VALUE, str(found["id"]), str(entry["id"]), str(int(text)), guide_text(entry[value_field(found)]))


def _out_of_order(guide: Guide, facts: list[OwnFact]) -> Iterable[tuple[OwnFact, str, str]]:
    """Values of levels that do not run from worst to best with the others of their criterion: all own ones of it. Each with
    what is wrong, by ids and by labels."""
    for criterion in {fact.subject: None for fact in facts if fact.kind == VALUE}:
        own = {fact.aspect: fact for fact in facts if fact.kind == VALUE and fact.subject == criterion}
        entry = guide.entry("criteria", criterion)
        field = value_field(entry)
        way = -1 if field == "points" else 1
        numbers = [
            (level["id"], int(own[level["id"]].value) if level["id"] in own else level[field])
            for level in entry["levels"]
        ]
        wrong = [(a, b) for a, b in pairwise(numbers) if (b[1] - a[1]) * way <= 0]
        if wrong:
            (before, low), (after, high) = wrong[0]
            order = "fall" if way < 0 else "rise"
            why = f"{field} must {order} level by level, but '{before}' has {low} and '{after}' {high}"
            labels = {level["id"]: level["label"] for level in entry["levels"]}
            rule = f"{'points' if way < 0 else 'values'} must {order} from level to level"
            words = f"{rule}, but “{labels[before]}” has {low} and “{labels[after]}” {high}"
            yield from ((fact, why, words) for fact in own.values())


def parts_of(own: Iterable[OwnFact]) -> list[tuple[str, str]]:
    """Names and values for a link. What the guide said is behind "~", so that a later reader learns what has changed."""
    return [(f"{OWN}{fact.name}", f"{fact.value}~{fact.guide}") for fact in own]


def changed(guide: Guide, own: Iterable[OwnFact], before: Mapping[str, str]) -> list[tuple[OwnFact, str]]:
    """Own facts of which the guide says something else than before (name to text), with what it said."""
    said = {name_today(guide, name): text for name, text in before.items()}
    return [(fact, said[fact.name]) for fact in own if said.get(fact.name, fact.guide) != fact.guide]


def name_today(guide: Guide, name: str) -> str:
    """The name of an own fact with the ids of today, as far as the guide knows them."""
    first, *rest = name.split(".")
    if len(rest) == 2:
        return ".".join((first, guide.today("criteria").get(rest[0], rest[0]), rest[1]))
    if first == PRICE and rest:
        return ".".join((first, guide.today("prices").get(rest[0], rest[0])))
    subject = guide.today("options").get(first) or guide.today("strategies").get(first, first)
    return ".".join((subject, *(guide.today("criteria").get(part, part) for part in rest)))


def as_said(own: Iterable[OwnFact]) -> list[dict[str, str]]:
    """Own facts as plain JSON data, as decisions keep them and reports give them."""
    return [{"fact": fact.name, "value": fact.value, "guide": fact.guide} for fact in own]
