"""Cases side by side, in the conversation with the page, and the cases that a visitor of the wizard saves. Loaded when a page
asks for it, never at the wizard's start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from selector import Guide
from selector.case.answers import Case
from selector.case.link import encode
from selector.group.address import Entry, people_in
from selector.group.gathering import Gathering
from selector.group.persons import CASES, MOST_CHARACTERS, MOST_PERSONS
from selector.group.what_if import WhatIf, what_if
from selector.report.what_if_data import what_if_csv, what_if_markdown

from .page import Page
from .panels.context import Kept
from .panels.what_if import cases, keep, side_by_side
from .together import GatheringTalk, Reply

RESULT = ("table", "steps", "differences", "keep")
"""The regions of a comparison in the order in which they are read."""

LONGEST_TYPED = 400
"""Characters of a refused name that go back into its field."""

MARKDOWN, CSV = "what-if.md", "what-if.csv"
"""Files that can be saved."""


def first_html(page: Page, *, runtime: str, built: str) -> Markup:
    """The page before there are any cases."""
    return page.render("what_if.html", regions=RESULT, members=(), most=MOST_PERSONS, runtime=runtime, built=built)


class CaseTalk(GatheringTalk):
    """The cases of one page, side by side."""

    kind = CASES
    regions = RESULT

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._found: WhatIf | None = None

    def _forget(self) -> None:
        self._found = None

    def _listed(self) -> Markup:
        return cases(self._page, self._people)

    def _later(self) -> Iterator[dict[str, Markup]]:
        self._found = what_if(self._page.guide, self._people.persons)
        yield side_by_side(self._page, self._found) | {"keep": keep(self._page, self._people)}

    def file(self, what: str, address: str) -> Reply:
        """The comparison as a file; empty before there is one. `address` is that of the page."""
        if self._found is None:
            return {"name": "", "text": ""}
        link = f"{address}#{self._people.address}"
        text = what_if_csv(self._found) if what == CSV else what_if_markdown(self._found, link)
        return {"name": f"{self._page.guide.data['guide']['id']}-{what}", "text": text}


def kept_after(guide: Guide, case: Case, payload: Mapping[str, Any]) -> tuple[Kept, str]:
    """The saved cases after a change, and what to say of it; see `Session.cases`."""
    before = Gathering(guide, kind=CASES).with_entries(people_in(str(payload.get("kept", ""))))
    after, said, refused = before, " ".join(before.messages), None
    if "drop" in payload:
        after = before.without(str(payload["drop"]))
    elif "case" in payload:
        after, said = _saved(guide, before, case, str(payload["case"]))
        refused = None if after is not before else str(payload["case"])[:LONGEST_TYPED]
    links = tuple((person.name, encode(person.case, guide.revision)) for person in after.persons)
    return Kept(links, after.address, said, refused), after.address


def _saved(guide: Guide, before: Gathering, case: Case, typed: str) -> tuple[Gathering, str]:
    """The cases with one more, or in place of the one of its name, and what to say; those before where it can't be saved."""
    name = " ".join(typed.split())
    if not name:
        return before, "Give the case a name."
    if len(name) > MOST_CHARACTERS:
        return before, f"This name has {len(name)} characters. At most {MOST_CHARACTERS} are possible."
    place = next((at for at, person in enumerate(before.persons) if person.name == name), len(before.persons))
    if place == MOST_PERSONS:
        return before, f"At most {MOST_PERSONS} cases can be saved. Remove one, or use the name of one to replace it."
    after = before.without(name).with_entries([Entry(name, encode(case, guide.revision), name)])
    if not after.added:
        return before, " ".join(after.messages)
    *others, new = after.persons
    after = replace(after, persons=(*others[:place], new, *others[place:]))
    told = (
        f"Saved as {new.name}." if place == len(others) else f"Saved as {new.name}, in place of the case of that name."
    )
    return after, " ".join(after.messages) or told
