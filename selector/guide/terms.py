"""What a guide calls its options, their combinations and its readers: words of its data, with neutral defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from unicodedata import normalize


@dataclass(frozen=True, slots=True)
class Terms:
    """Words in the sentences of pages, the wizard and the commands, in small letters where the language has them.

    Attributes:
        option, options: what is compared, one and many.
        strategy, strategies: what is recommended: options that work together.
        visitor, visitors: who decides.
        licence, governance, release, failure, recovery, first: headings of the facts of an option with these names.
        trouble: the heading above the last three.
        free, free_note: what a bill says without charges, without a full stop, and a sentence on what it costs
            all the same.
        files: what visitors have that the guide can read, many.
        record, record_short: what a decision is written down in, as a sentence and as a button call it.
    """

    option: str = "option"
    options: str = "options"
    strategy: str = "combination"
    strategies: str = "combinations"
    visitor: str = "visitor"
    visitors: str = "visitors"
    licence: str = "Licence"
    governance: str = "Governance"
    release: str = "Release"
    failure: str = "When it fails"
    recovery: str = "Recovery"
    first: str = "What it needs first"
    trouble: str = "Failure and recovery"
    free: str = "No charges"
    free_note: str = ""
    files: str = "files"
    record: str = "decision record"
    record_short: str = "record"

    @classmethod
    def of(cls, given: Mapping[str, Any], *, combined: bool) -> Terms:
        """The words that a guide gives. Where it combines no options, a strategy is called what an option is."""
        words = {field.name: str(given[field.name]) for field in fields(cls) if field.name in given}
        neutral = cls()
        one, many = words.get("option", neutral.option), words.get("options", neutral.options)
        alone = {} if combined else {"strategy": one, "strategies": many}
        return cls(**(alone | words))


def upfirst(text: str) -> str:
    """With a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def a(noun: str) -> str:
    """The noun after "a" or "an"."""
    letter = normalize("NFD", noun)[:1].casefold()
    return f"{'an' if letter in tuple('aeio') else 'a'} {noun}"
