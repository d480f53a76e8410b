"""Who takes part in a comparison: names, what each one answered, and what was not added."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from selector.case.answers import Case
from selector.case.link import encode
from selector.group.gathering import Gathering
from selector.group.persons import MOST_PERSONS
from selector.web.marks import counted
from selector.web.page import Page

LONG = 2000
"""Characters of an address that some programs cut."""


def people(page: Page, gathering: Gathering) -> Markup:
    """The people by name, as the tables below have them, each with a field for the name."""
    persons = sorted(entries(page, gathering), key=lambda person: person["name"])
    return page.render("group_people.html", members=persons, most=MOST_PERSONS)


def entries(page: Page, gathering: Gathering) -> list[dict[str, Any]]:
    """Each one's name, how much is answered, where to open it, and what was not read."""
    return [
        {
            "name": person.name,
            "said": _said(person.case),
            "address": f"{page.links('wizard.md')}#{encode(person.case, page.revision)}",
            "notices": [*person.notices, *person.lost],
        }
        for person in gathering.persons
    ]


def _said(case: Case) -> str:
    parts = [counted(len(case.answers), "answer", "answers")]
    parts += [counted(len(case.trades), "trade-off", "trade-offs")] if case.trades else []
    parts += [f"{counted(len(case.weights), 'weight', 'weights')} set"] if case.weights else []
    parts += [counted(len(case.own), "own fact", "own facts")] if case.own else []
    return ", ".join(parts)


def messages(page: Page, gathering: Gathering) -> Markup:
    """What was not added, or not as it was given; the page says it to those who listen."""
    return page.render("group_messages.html", messages=gathering.messages) if gathering.messages else Markup()


def keep(page: Page, gathering: Gathering) -> Markup:
    """The comparison to keep: a record, the link to it, and how long that is."""
    characters = len(gathering.address)
    return page.render("group_keep.html", characters=characters if characters > LONG else 0, most=LONG)
