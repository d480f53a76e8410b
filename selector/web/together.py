"""Several people's answers, in the conversation with the page. Loaded when a page asks for it, never at the wizard's start."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import PurePosixPath
from time import perf_counter
from typing import Any

from markupsafe import Markup

from selector.case.answers import clipped
from selector.case.link import encode
from selector.group import GroupError, by_effect, settlings, together
from selector.group.address import Entry, in_file, pasted, people_in
from selector.group.facts import noted
from selector.group.gathering import Gathering
from selector.group.persons import MOST_PERSONS, PEOPLE, Kind
from selector.group.settling import Settling
from selector.group.together import Together
from selector.report.together_adr import together_record

from .marks import counted
from .page import Page
from .panels.group import comparison, settle
from .panels.people import keep, messages, people

Reply = dict[str, Any]

RESULT = ("agreement", "settle", "answers", "rankings", "asked", "keep")
"""The regions of a comparison in the order in which they are read."""

PATIENCE = 0.3
"""Seconds of work between two parts."""


def first_html(page: Page, *, runtime: str, built: str) -> Markup:
    """The page before there are any people."""
    return page.render("together.html", regions=RESULT, members=(), most=MOST_PERSONS, runtime=runtime, built=built)


class GatheringTalk(ABC):
    """Those of one page who are compared: they come, go and are called otherwise. What is compared is the business of the
    classes made from this one."""

    kind: Kind
    regions: tuple[str, ...]

    def __init__(self, page: Page) -> None:
        self._page = page
        self._people = Gathering(page.guide, kind=self.kind)

    def change(self, payload: Mapping[str, Any]) -> tuple[Reply, Iterator[dict[str, Markup]]]:
        """What `Session.together` says; the reply and the parts that come after it."""
        opened = payload["link"] != self._people.address
        if opened:
            self._people = self._opened(str(payload["link"]))
        had = self._people
        if new := list(_entries(payload)):
            self._people = had.with_entries(new)
        elif "remove" in payload:
            self._people = had.without(payload["remove"])
        elif "rename" in payload:
            self._people = had.renamed(*payload["rename"])
        group = self._people
        self._forget()
        regions = {"people": self._listed(), "messages": messages(self._page, group)}
        compared = len(group.persons) > 1
        regions |= {} if compared else dict.fromkeys(self.regions, Markup())
        reply: Reply = {
            "html": regions,
            "link": group.address,
            "persons": [[person.name, encode(person.case, self._page.revision)] for person in group.persons],
            "said": _said(group),
            "refused": bool(new) and not group.added,
            "more": compared,
        }
        return reply, self._later() if compared else iter(())

    def _opened(self, address: str) -> Gathering:
        """Those of an address, or a message on one that holds nobody."""
        found = Gathering(self._page.guide, kind=self.kind).with_entries(people_in(address))
        if found.persons or found.messages or not address.strip():
            return found
        text = f"The address holds no {self.kind.many}: what is behind its “#” could not be read: “{clipped(address)}”."
        return replace(found, messages=(text,))

    @abstractmethod
    def _forget(self) -> None:
        """There are others: what was found about those before is not about them."""

    @abstractmethod
    def _listed(self) -> Markup:
        """The list of those who are compared."""

    @abstractmethod
    def _later(self) -> Iterator[dict[str, Markup]]:
        """The comparison in parts."""


class GroupTalk(GatheringTalk):
    """The people of one page, and their comparison."""

    kind = PEOPLE
    regions = RESULT

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._found: Together | None = None
        self._settled: list[Settling] = []

    def _forget(self) -> None:
        self._found, self._settled = None, []

    def _listed(self) -> Markup:
        group = self._people
        return people(self._page, replace(group, persons=noted(self._page.guide, group.persons)))

    def _later(self) -> Iterator[dict[str, Markup]]:
        """The comparison, then what settling each open question would do."""
        page, group = self._page, self._people
        try:
            found = together(page.guide, group.persons)
        except GroupError as error:
            yield {"agreement": page.render("notice.html", notices=[str(error)])}
            return
        self._found, page = found, replace(page, guide=found.guide)
        yield comparison(page, found) | {"settle": settle(page, found, (), 0), "keep": keep(page, group)}
        tried: list[Settling] = []
        clock = perf_counter()
        for step in settlings(found):
            tried.append(step)
            if perf_counter() - clock > PATIENCE:
                yield {"settle": settle(page, found, (), len(tried))}
                clock = perf_counter()
        self._settled = by_effect(tried)
        yield {"settle": settle(page, found, self._settled)}

    def record(self, date: str, deciders: str, address: str) -> Reply:
        """The decision record as a file; empty before there is a comparison. `address` is that of the page."""
        if self._found is None:
            return {"name": "", "text": ""}
        name = f"{self._page.guide.data['guide']['id']}-together.md"
        link = f"{address}#{self._people.address}"
        return {"name": name, "text": together_record(self._found, self._settled, date, deciders, link)}


def _entries(payload: Mapping[str, Any]) -> Iterator[Entry]:
    files = (in_file(str(name), PurePosixPath(name).stem, str(text)) for name, text in payload.get("files", ()))
    text = str(payload.get("pasted", ""))
    return chain(pasted(text) if text.strip() else (), *files)


def _said(group: Gathering) -> str:
    """What happened, for those who listen."""
    parts = [f"{counted(group.added, group.kind.one, group.kind.many)} added."] if group.added else []
    parts += group.messages
    return " ".join(parts)
