"""Own facts in words, for the page, the terminal and the record."""

from __future__ import annotations

from selector.guide.guide import Guide
from selector.guide.own import PRICE, RATING, VALUE, OwnFact
from selector.guide.reading import UNKNOWN

from .answers import clipped
from .own import name_today

OURS = "own fact"
"""What marks a level or an amount that is a visitor's own."""


def about(guide: Guide, fact: OwnFact) -> str:
    """What a fact is about: "Tool, Criterion", the name of a price, or "Criterion, value of “Level”"."""
    if fact.kind == PRICE:
        return str(guide.entry("prices", fact.subject)["name"])
    if fact.kind == VALUE:
        criterion = guide.criterion(fact.subject)
        label = criterion.levels[criterion.level_index(fact.aspect)].label
        return f"{criterion.name}, value of “{label}”"
    known = guide.today("options")
    name = guide.option(fact.subject).name if fact.subject in known else guide.entry("strategies", fact.subject)["name"]
    return f"{name}, {guide.criterion(fact.aspect).name}"


def title(guide: Guide, name: str) -> str:
    """What a fact of this name is about, in words; the name itself where the guide does not know it."""
    first, *rest = name_today(guide, name).split(".")
    try:
        if first == PRICE and rest:
            return about(guide, OwnFact(PRICE, rest[0], "", "", ""))
        if first == VALUE and len(rest) == 2:
            return about(guide, OwnFact(VALUE, rest[0], rest[1], "", ""))
        return about(guide, OwnFact(RATING, first, rest[0], "", "")) if len(rest) == 1 else clipped(name)
    except (KeyError, ValueError):
        return clipped(name)


def in_words(guide: Guide, fact: OwnFact, text: str) -> str:
    """A value of a fact, its own or the guide's, in words. Foreign texts that mean nothing here are quoted."""
    if fact.kind == VALUE:
        return clipped(text)
    if fact.kind == PRICE:
        low, _, high = text.partition(",")
        price = guide.entry("prices", fact.subject)
        return f"{clipped(f'{low} to {high}' if high else low)} {price['currency']} {price['unit']}"
    labels = {level.id: level.label for level in guide.criterion(fact.aspect).levels}
    names = _editions(guide, fact)
    several = []
    for part in text.split("~"):
        edition, _, level = part.rpartition(".")
        worse, _, better = level.partition(",")
        word = "not known" if level == UNKNOWN else labels.get(worse, f"“{clipped(worse)}”")
        word += f" to {labels.get(better, clipped(better))}" if better else ""
        several.append(f"{word} ({names.get(edition, clipped(edition))})" if edition else word)
    return " / ".join(several)


def _editions(guide: Guide, fact: OwnFact) -> dict[str, str]:
    if fact.subject not in guide.today("options"):
        return {}
    return {edition.id: edition.name for edition in guide.option(fact.subject).editions}


def own_text(guide: Guide, fact: OwnFact) -> str:
    """A fact with the guide's value beside it: "Tool, Criterion: Low (the guide: High)"."""
    beside = "the guide says the same" if fact.same else f"the guide: {in_words(guide, fact, fact.guide)}"
    return f"{about(guide, fact)}: {in_words(guide, fact, fact.value)} ({beside})"


def changed_text(guide: Guide, fact: OwnFact, was: str) -> str:
    """Says that the guide's value has changed since an own fact replaced it; the own fact stays."""
    now = "as you do" if fact.same else f"“{in_words(guide, fact, fact.guide)}”"
    return (
        f"Your own fact is kept: {about(guide, fact)}: {in_words(guide, fact, fact.value)}."
        f" The guide said “{in_words(guide, fact, was)}” then and says {now} now."
    )
