"""The conversation with the page: requests and replies as JSON text, nothing of the browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from .. import Case, Guide
from ..link import decode
from ..recommend import recommend_case
from .forms import fields_of, link_of, read_fields, relaxable, visible
from .links import Links
from .page import Page
from .shown import Shown
from .texts import StoredTexts
from .views import render

Reply = dict[str, Any]


class Session:
    """Answers one page. Build it from the text of assets/wizard.json."""

    def __init__(self, text: str) -> None:
        data = json.loads(text)
        self.guide = Guide.from_data(data["guide"])
        self.page = Page(self.guide, StoredTexts(data["texts"]), Links(data["root"], data["directories"]))
        self._calls: Mapping[str, Callable[[Mapping[str, Any]], Reply]] = {
            "answer": self.answer,
            "open": self.open,
        }

    def respond(self, request: str) -> str:
        """One request {"call", "payload"} to one reply, both as JSON text.

        Raises:
            KeyError: an unknown call. Whatever a visitor enters or a link holds raises nothing.
        """
        asked = json.loads(request)
        reply = self._calls[asked["call"]](asked["payload"])
        return json.dumps(reply, ensure_ascii=False, separators=(",", ":"))

    def answer(self, payload: Mapping[str, Any]) -> Reply:
        """The form as it stands: {"fields": [[name, value], ...]}."""
        reading = read_fields(self.guide, payload["fields"])
        return self._reply(reading.case, reading.notices, reading.rival)

    def open(self, payload: Mapping[str, Any]) -> Reply:
        """A share link, {"link": text}. The reply also says which fields to fill."""
        case, revision, found = decode(payload["link"], self.guide)
        notices = list(found)
        case = Case(case.answers, case.weights, frozenset(relaxable(self.guide, sorted(case.relax), notices)))
        if revision is not None and revision != self.guide.revision:
            notices.append(
                f"This link was made with data revision {_clip(revision)}; the facts are now at revision"
                f" {self.guide.revision}. The result below is the one of today."
            )
        reply = self._reply(case, tuple(notices), None)
        return {**reply, "fields": fields_of(case)}

    def _reply(self, case: Case, notices: tuple[str, ...], rival: str | None) -> Reply:
        result = recommend_case(self.guide, case, notices)
        return {
            "html": render(self.page, Shown.of(result, rival)),
            "result": result.to_data(),
            "link": link_of(self.guide, case),
            "visible": visible(self.guide, case),
            "notices": list(notices),
        }


def _clip(revision: str) -> str:
    return revision[:12]
