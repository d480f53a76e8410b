"""What the editor wrote badly, or the check refuses, is put right on the same page: the field is there and takes a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hooks import ROOT
from hooks.page_editor.change import Change, changed
from hooks.page_editor.document import Document
from hooks.page_editor.form import form_of
from hooks.page_editor.places import Block, places
from hooks.source.positions import Path as Place
from tests.support.page_client import Client

SECOND = (ROOT / "tests" / "guides" / "second.yml").read_text("utf-8")
FILE = Document(SECOND.encode(), "second.yml")
WEIGHT: Place = ("criteria", 1, "weight")
AT_WEIGHT = '["criteria",1,"weight"]'
SPOILT = ("lots", "-5", "", "'9'", "a: b", " ", "two\nlines", "1,000")
DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")


def typed(node: Any, path: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every number, yes-or-no and day of the data."""
    if isinstance(node, dict | list):
        for step in node if isinstance(node, dict) else range(len(node)):
            yield from typed(node[step], (*path, step))
    elif isinstance(node, int | float) or (isinstance(node, str) and DAY.match(node)):
        yield path, node


def each_kind() -> dict[str, tuple[Place, Any]]:
    """One place of each field that holds such a value."""
    found: dict[str, tuple[Place, Any]] = {}
    for path, value in typed(FILE.loaded.draft):
        if path != ("format",):
            found.setdefault(".".join("*" if isinstance(step, int) else step for step in path), (path, value))
    return found


def put(document: Document, path: Place, value: str) -> Document:
    return changed(document, [Change(path, value)])


@pytest.mark.parametrize("name", each_kind())
def test_a_field_that_is_no_text_takes_a_good_value_after_any_bad_one(name: str) -> None:
    path, value = each_kind()[name]
    good = str(value).lower() if isinstance(value, bool) else str(value)
    for bad, given in (("lots", good), ("'9'", f" {good}  "), ("", good)):
        assert put(put(FILE, path, bad), path, given).text == SECOND, (bad, given)


@pytest.mark.parametrize("before", ["lots", "'9'", '"9"', "-5", "", "|-\n      9", "lots  # points", "9"])
def test_a_number_is_written_without_quotes_whatever_was_there(before: str) -> None:
    document = FILE.with_text(SECOND.replace("    weight: 7\n", f"    weight: {before}\n", 1))
    comment = "  # points" if "#" in before else ""
    for given in ("10", " 14 ", "'12'", "-3", "1.5"):
        after = put(document, WEIGHT, given)
        assert f"    weight: {given.strip(" '")}{comment}\n" in after.text


def test_a_text_keeps_the_quotes_that_make_it_a_text() -> None:
    after = put(FILE, ("criteria", 1, "reason"), " 7 ")
    assert "    reason: ' 7 '\n" in after.text


def test_a_number_in_quotes_is_shown_with_them_and_taken_without(tmp_path: Path) -> None:
    file = tmp_path / "guide.yml"
    file.write_text(SECOND.replace("    weight: 7\n", "    weight: '9'\n", 1), "utf-8")
    document = Document(file.read_bytes(), "guide.yml")
    (weight,) = [field for field in form_of(document, WEIGHT).fields if field.path == WEIGHT]
    assert (weight.value, weight.kind) == ("'9'", "number")
    assert Client(file, SECOND).change("write", (AT_WEIGHT, "9"))[0] == 200
    assert "    weight: 9\n" in file.read_text("utf-8")


# The page still shows the last guide that could be built


def found(now: str, text: str, *near: str, level: bool = False) -> list[str]:
    """Where a text of the page of the second guide is in the file, now."""
    document = FILE.with_text(now)
    (paths,) = places(document, [Block(text, near, level)], FILE)
    return [document.trail(path) for path in paths]


@pytest.mark.parametrize("value", SPOILT)
def test_the_pencil_of_a_refused_weight_stays_at_it(value: str) -> None:
    spoilt = put(FILE, WEIGHT, value).text
    assert found(spoilt, "7 points", "criteria", "give-back", "weight") == ["criteria › give-back › weight"]


def test_a_refused_weight_is_not_taken_for_another_one_of_its_former_number() -> None:
    spoilt = put(put(FILE, WEIGHT, "lots"), ("criteria", 2, "weight"), "7").text
    assert found(spoilt, "7 points", "criteria", "give-back", "weight") == ["criteria › give-back › weight"]


def test_the_pencil_of_every_text_stays_when_the_file_has_it_empty() -> None:
    texts = [path for path in FILE.loaded.texts if path[:2] == ("options", 0)]
    assert len(texts) > 10
    for path in texts:
        value = " ".join(FILE.at(path).split())
        near = tuple(FILE.trail(path).split(" › "))
        if FILE.trail(path) in found(SECOND, value, *near):
            assert FILE.trail(path) in found(put(FILE, path, "").text, value, *near)


def test_the_pencil_of_a_refused_level_stays_at_it() -> None:
    spoilt = put(FILE, ("options", 0, "ratings", "reach", "level"), "").text
    assert found(spoilt, "Anywhere and closed", "options", "mit", "reach", level=True) == [
        "options › mit › ratings › reach › level"
    ]


def test_an_entry_that_moved_is_still_found_and_one_that_is_gone_is_not() -> None:
    lines = SECOND.split("\n")
    start = lines.index("  - id: give-back")
    end = lines.index("  - id: patents")
    gone = "\n".join(lines[:start] + lines[end:])
    assert found(gone, "7 points", "criteria", "give-back", "weight") == []
    assert found(gone, "4 points", "criteria", "patents", "weight") == ["criteria › patents › weight"]


def test_a_page_asks_for_the_places_of_its_own_texts(tmp_path: Path) -> None:
    file = tmp_path / "guide.yml"
    file.write_text(SECOND, "utf-8")
    client = Client(file, SECOND)
    block = {"text": "7 points", "near": ["criteria", "give-back", "weight"], "level": False}
    before = client.ask("find", {"blocks": [block]})
    assert client.change("write", (AT_WEIGHT, "lots"), despite=True)[0] == 200
    assert client.ask("find", {"blocks": [block]}) == before
    assert before[1]["places"][0][0]["path"] == AT_WEIGHT


# What the editor says


@pytest.fixture
def client(tmp_path: Path) -> Client:
    file = tmp_path / "guide.yml"
    file.write_text(SECOND, "utf-8")
    return Client(file, SECOND)


def test_what_is_said_of_a_draft_is_what_the_preview_does(client: Client) -> None:
    said = client.change("check", (AT_WEIGHT, "lots"))[1]
    assert "Nothing can be built of it until the problems are corrected" in said["html"]
    assert "The preview then shows" not in said["html"]
    written = client.change("write", (AT_WEIGHT, "lots"), despite=True)[1]["words"]
    assert "Nothing can be built" in written and "former texts" in written
    assert "loads again when the site is built" in client.change("write", (AT_WEIGHT, "9"))[1]["words"]
    source = '["options",0,"licence","source"]'
    said = client.change("check", (source, "osi-mitt"))[1]
    assert "The preview then shows the guide together with its problems" in said["html"]
    assert "Nothing can be built" not in said["html"]
    assert (
        "loads again when the site is built" in client.change("write", (source, "osi-mitt"), despite=True)[1]["words"]
    )


def test_a_problem_that_stays_is_no_reason_to_say_that_there_is_none(client: Client) -> None:
    assert "The check finds no problems." in client.change("check", (AT_WEIGHT, "8"))[1]["html"]
    client.change("write", ('["criteria",2,"weight"]', "lots"), despite=True)
    said = client.change("check", (AT_WEIGHT, "8"))[1]
    assert said["stops"] is False
    assert "The check finds no new problems." in said["html"]
    assert "The file had a problem before that stops a build." in said["html"]
    assert "Nothing can be built" in client.change("write", (AT_WEIGHT, "8"))[1]["words"]


def test_the_same_words_at_a_second_field_are_a_new_problem(client: Client) -> None:
    client.change("write", (AT_WEIGHT, "lots"), despite=True)
    other = '["criteria",2,"weight"]'
    status, said = client.change("write", (other, "lots"))
    assert (status, said["stops"], list(said["at"])) == (409, True, [other])


def test_a_save_elsewhere_is_told_with_what_happens_next(client: Client) -> None:
    base = client.ask("form", {"paths": [AT_WEIGHT]})[1]["base"]
    client.file.write_text(SECOND + "\n# mine\n", "utf-8")
    said = client.ask("show", {"base": base, "changes": [{"path": AT_WEIGHT, "value": "8"}]})[1]["words"]
    assert "the form comes back with what you typed" in said
    assert "cancel" not in said.lower()
