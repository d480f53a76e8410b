"""Two options in view: a link opens the wizard with both, and every answer says where each of them is then."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup, escape

from selector import Case, Guide, web
from selector.case.compared import Compared, compared_in
from selector.case.link import decode, encode
from selector.web.session import Session
from tests.support.small_guides import criterion, guide_of, option, question

REVISION = "0123456789ab"
PAIR = Compared(("quick", "sturdy"), ("place", "size"))
FIELDS = [["q.place", "here"], ["q.size", "any"]]


class PlainTexts:
    """Replaces the build's Markdown."""

    def html(self, markdown: str, /) -> Markup:
        return Markup("<p>{}</p>").format(markdown)

    def inline(self, markdown: str, /) -> Markup:
        return escape(markdown)


def guide() -> Guide:
    ruled_out = {"exclude": ["sturdy"], "because": "It does not fit there."}
    liked = {"weight": {"quality": 9}, "because": "It matters there."}
    return guide_of(
        [criterion("quality", weight=1)],
        [
            {**option("quick", ratings={"quality": "bad"}), "kind": "Tool"},
            {**option("sturdy", ratings={"quality": "good"}), "kind": "Tool"},
        ],
        [question("place", {"here": [liked], "there": [ruled_out]}), question("size", {"any": []})],
    )


@pytest.fixture
def session() -> Session:
    return Session(json.dumps(web.wizard_data(guide(), PlainTexts(), root="../", directories=True)))


def call(session: Session, name: str, **payload: Any) -> dict[str, Any]:
    reply: dict[str, Any] = json.loads(session.respond(json.dumps({"call": name, "payload": payload})))
    return reply


def shown(reply: dict[str, Any]) -> BeautifulSoup:
    return BeautifulSoup(reply["html"]["compared"], "html.parser")


def test_a_link_names_two_options_and_what_decides_between_them() -> None:
    text = encode(Case(), REVISION, compared=PAIR)
    assert text == f"v=1&compare=quick,sturdy&ask=place,size&r={REVISION}"
    assert compared_in(text, guide()) == PAIR
    assert decode(text, guide()) == (Case(), REVISION, [])


@pytest.mark.parametrize("names", ["", "quick", "quick,quick", "quick,gone", "quick,sturdy,quick,gone"])
def test_anything_but_two_known_options_is_no_comparison(names: str) -> None:
    expected = ("quick", "sturdy") if "sturdy" in names else None
    found = compared_in(f"v=1&compare={names}", guide())
    assert (found and found.options) == expected


def test_without_answers_the_questions_that_decide_are_offered(session: Session) -> None:
    page = shown(call(session, "open", link=encode(Case(), REVISION, compared=PAIR)))
    assert page.h2.get_text() == "Quick or Sturdy?"
    assert [button["data-goto"] for button in page.select("button")] == ["dw-q-place", "dw-q-size"]


def test_answers_say_which_of_the_two_fits(session: Session) -> None:
    call(session, "open", link=encode(Case(), REVISION, compared=PAIR))
    reply = call(session, "answer", fields=[["q.place", "there"]])
    page = shown(reply)
    assert "Your answers rule out Sturdy." in page.get_text()
    assert page.find_all("dd")[1].get_text() == "Ruled out. It does not fit there."
    assert compared_in(reply["link"], guide()) == PAIR  # the address keeps the two
    assert [button["data-goto"] for button in page.select("[data-goto]")] == ["dw-q-size"]
    assert "Sturdy fits your answers better." in shown(call(session, "answer", fields=FIELDS)).get_text()


def test_starting_again_ends_the_comparison(session: Session) -> None:
    call(session, "open", link=encode(Case(), REVISION, compared=PAIR))
    assert shown(call(session, "open", link="v=1&place=here")).h2  # an example or a relaxed requirement does not
    assert call(session, "open", link="")["html"]["compared"] == ""
    assert call(session, "answer", fields=FIELDS)["html"]["compared"] == ""
