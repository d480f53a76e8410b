"""What was probably meant: the nearest names that the guide has, for messages of the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from selector.case.answers import UNSURE, AnswerError, clipped
from selector.case.own import OwnError
from selector.guide.guide import Guide
from selector.guide.terms import a
from selector.scoring.recommend import Recommendation

LIKE = 0.6
"""How similar a name must be to be called the nearest (0..1, as difflib counts)."""

MOST_NAMES = 12
"""Answers that are listed in full."""

MOST_SETUPS = 3
"""Setups that are named."""


def nearest(name: str, names: Iterable[str]) -> str:
    """The name that is most like this one, or "" when none is like enough."""
    known, short = [*names], name[:80]
    for written in (short, short.casefold()):
        if found := get_close_matches(written, known, n=1, cutoff=LIKE):
            return found[0]
    return ""


def meant(guide: Guide, error: AnswerError) -> str:
    """What follows a message about a bad answer: "; nearest: x", or "; expected one of: a, b"; or nothing."""
    if isinstance(error, OwnError):
        return _near(error.answer, error.near)
    if error.kind == "question":
        return _near(error.question, guide.today("questions"))
    if error.kind == "criterion":
        return _near(error.answer, guide.today("criteria"))
    if error.kind != "answer" or error.question is None:
        return ""
    entries = guide.entry("questions", guide.question(error.question).id)["answers"]
    ids = [str(entry["id"]) for entry in entries]
    if near := _near(error.answer, [*ids, UNSURE, *(alias for entry in entries for alias in entry.get("aliases", ()))]):
        return near
    more = f" and {len(ids) - MOST_NAMES} more" if len(ids) > MOST_NAMES else ""
    return f"; expected one of: {', '.join(ids[:MOST_NAMES])}{more}"


def _near(name: object, names: Iterable[str]) -> str:
    found = nearest(name, names) if isinstance(name, str) else ""
    return f"; nearest: {found}" if found else ""


def no_setup(result: Recommendation, name: str) -> str:
    """Why this names no setup, and which may be meant: those with the same tools, best first."""
    guide, terms = result.guide, result.guide.terms
    parts, options = name.split("+"), guide.today("options")
    unknown = next((part for part in parts if part not in options), None)
    if unknown is not None:
        names = [*options, *(guide.today("strategies") if len(parts) == 1 else ())]
        return f"there is no {terms.strategy if len(parts) == 1 else terms.option} '{clipped(unknown)}'" + (
            _near(unknown, names) or "; `recommend --json` lists all"
        )
    members = {options[part] for part in parts}
    places = [place for place in result.places if members <= set(place.strategy.members)]
    if not result.crowned:
        places.sort(key=lambda place: (len(place.strategy.members), place.strategy.id))
    ids = [place.strategy.id for place in places]
    more = f" and {len(ids) - MOST_SETUPS} more" if len(ids) > MOST_SETUPS else ""
    such = f": {_listed(ids[:MOST_SETUPS])}{more}" if ids else ""
    if len(parts) == 1:
        return f"'{clipped(name)}' is {a(terms.option)}; name {a(terms.strategy)}{such}"
    return f"'{clipped(name)}' is not {a(terms.strategy)}" + (f"; these contain it{such}" if such else "")


def nothing_leads(result: Recommendation) -> str:
    """Why there is nothing to decide on."""
    if not result.crowned:
        return "no question is answered"
    return f"no {result.guide.terms.strategy} meets all requirements; `recommend` says which to relax"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
