"""What was read from files, in the conversation with the page."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from bs4 import BeautifulSoup

from hooks.render.site import wizard_json
from hooks.source.load import load
from selector import Guide
from selector.web.session import Session
from tests.support.broken_edits import GUIDES

MANIFEST = b'{"name": "x", "main": "x.js", "license": "MIT"}'


@cache
def text() -> str:
    data = load(GUIDES / "second.yml").data
    assert data is not None
    return wizard_json(Guide.from_data(data))


def call(session: Session, name: str, **payload: Any) -> dict[str, Any]:
    reply: dict[str, Any] = json.loads(session.respond(json.dumps({"call": name, "payload": payload})))
    return reply


def read(session: Session, files: dict[str, bytes], fields: list[list[str]] | None = None) -> dict[str, Any]:
    paths = list(files)
    for index in call(session, "files", paths=paths)["wanted"]:
        session.read_file(paths[index], files[paths[index]], len(files[paths[index]]))
    return call(session, "found", fields=fields or [])


def test_answers_are_filled_in_and_marked_as_read() -> None:
    session = Session(text())
    reply = read(session, {"package.json": MANIFEST, "docs/package.json": MANIFEST})
    assert sorted(map(tuple, reply["fields"])) == [("q.thing", "library"), ("q.today", "mit")]
    assert reply["read"] == ["thing", "today"]
    assert "You run: MIT License in a library." in reply["html"]["found"]
    assert call(session, "confirm", question="today")["read"] == ["thing"]
    said = call(session, "answer", fields=[["q.thing", "program"], ["q.today", "mit"]])
    assert said["read"] == []
    states = {one["data-read-answer"]: one["data-state"] for one in soup(said).select("[data-read-answer]")}
    assert states == {"thing": "other", "today": "said"}


def test_what_was_said_is_left_as_it_is() -> None:
    reply = read(Session(text()), {"package.json": MANIFEST}, [["q.thing", "service"]])
    assert ("q.thing", "service") in map(tuple, reply["fields"])
    assert reply["read"] == ["today"]


def test_each_side_of_a_contradiction_can_be_chosen() -> None:
    reply = read(Session(text()), {"package.json": MANIFEST, ".github/dco.yml": b""})
    today = soup(reply).select_one('[data-read-answer="today"]')
    assert today is not None
    assert today["data-state"] == "clash"
    assert [one["data-set"] for one in today.select("[data-set]")] == ["q.today=mit", "q.today=sign-off"]


def test_names_of_files_are_text() -> None:
    reply = read(Session(text()), {"<img src=x>/package.json": MANIFEST})
    assert soup(reply).select("img") == []
    assert "&lt;img src=x&gt;/package.json:1" in reply["html"]["found"]


def test_what_cannot_be_seen_in_names_of_files_is_shown_escaped() -> None:
    reply = read(Session(text()), {"\x1b[2J\u202eoops\x9b/package.json": MANIFEST})
    assert r"\x1b[2J\u202eoops\x9b/package.json:1" in reply["html"]["found"]
    assert not {"\x1b", "\u202e", "\x9b"} & {*reply["html"]["found"]}


def test_one_file_is_one_file() -> None:
    assert "1 file read." in read(Session(text()), {"package.json": MANIFEST})["html"]["found"]


def test_a_second_folder_takes_the_place_of_the_first() -> None:
    session = Session(text())
    read(session, {"package.json": MANIFEST})
    assert "Nothing was found" in read(session, {"package.json": b"{}"})["html"]["found"]


def soup(reply: dict[str, Any]) -> BeautifulSoup:
    return BeautifulSoup(reply["html"]["found"], "html.parser")
