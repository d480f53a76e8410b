"""Two options that a visitor wants to decide between, and the questions that decide it, as parts of a share link:
`compare=one,other&ask=question,question`."""

from __future__ import annotations

from dataclasses import dataclass

from selector.guide.guide import Guide

from .link_text import MOST_CHARACTERS, cleaned, pairs_of

COMPARE, ASK = "compare", "ask"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two options side by side.

    Attributes:
        options: their ids.
        questions: ids of the questions whose answers decide between them, the most important first.
    """

    options: tuple[str, str]
    questions: tuple[str, ...] = ()

    def parts(self) -> list[tuple[str, str]]:
        """Names and values for a link."""
        asked = [(ASK, ",".join(self.questions))] if self.questions else []
        return [(COMPARE, ",".join(self.options)), *asked]


def compared_in(text: str, guide: Guide) -> Compared | None:
    """The two options of a link; None when it does not name two that the guide has. Former ids are read too."""
    found = {name.lower(): value for name, value in pairs_of(cleaned(text)[:MOST_CHARACTERS])}
    options = _known(guide, "options", found.get(COMPARE, ""))
    if len(options) != 2:
        return None
    return Compared((options[0], options[1]), tuple(_known(guide, "questions", found.get(ASK, ""))))


def _known(guide: Guide, section: str, names: str) -> list[str]:
    today = guide.today(section)
    return list(dict.fromkeys(today[name] for name in names.lower().split(",") if name in today))
