"""Own facts of the command line: `--own fact=value`, a file of them, and those of a whole case."""

from __future__ import annotations

from collections.abc import Sequence

from selector.case.answers import AnswerError
from selector.case.own import checked_own
from selector.files import InputError, read_json
from selector.guide.guide import Guide
from selector.guide.own import OwnFact

from .nearest import meant


def own_of(guide: Guide, case: object, given: Sequence[str]) -> list[OwnFact]:
    """The own facts of a case and of arguments; of two for one thing the later counts.

    Args:
        guide: the guide.
        case: what the file of a whole case has as its own facts, if anything.
        given: arguments: "name=value", or the name of a JSON file with an object of them, or of a whole case.

    Raises:
        InputError: one that the guide does not know, with the place where it was given.
    """
    found = {fact.name: fact for fact in _checked(guide, case, "")}
    for argument in given:
        name, equals, value = argument.partition("=")
        if equals:
            facts = _checked(guide, {name.strip(): value.strip()}, "--own: ")
        else:
            data = read_json(argument)
            facts = _checked(guide, data.get("own", data), f"{argument}: ")
        found.update({fact.name: fact for fact in facts})
    return list(found.values())


def _checked(guide: Guide, given: object, place: str) -> tuple[OwnFact, ...]:
    try:
        return checked_own(guide, given)
    except AnswerError as error:
        raise InputError(f"{place}{error}{meant(guide, error)}") from error
