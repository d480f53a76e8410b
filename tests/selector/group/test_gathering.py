"""People gathered from pasted texts and addresses: who is added, and what is said of those who are not."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selector import Guide
from selector.case.answers import check_case
from selector.case.link import encode
from selector.group import MOST_PERSONS
from selector.group.address import in_file, pasted, people_in
from selector.group.gathering import Gathering
from tests.support.small_guides import criterion, guide_of, option, question


def guide() -> Guide:
    place = question("place", {"work": [], "home": [], "road": []})
    person = question("person", {"one": [], "two": []})  # a name that addresses use
    return guide_of([criterion("quality")], [option("good", ratings={"quality": "good"})], [place, person])


def link(revision: str = "", **answers: Any) -> str:
    return encode(check_case(guide(), answers), revision or guide().revision)


def gathered(text: str, group: Gathering | None = None) -> Gathering:
    return (group or Gathering(guide())).with_entries(pasted(text))


def said(group: Gathering) -> dict[str, dict[str, Any]]:
    return {person.name: dict(person.case.answers) for person in group.persons}


ANN, BOB = {"place": "work", "person": "one"}, {"place": "home"}


@pytest.mark.parametrize(
    "form",
    [
        "Ann: https://x.test/wizard/#{ann}\nBob: https://x.test/wizard/#{bob}",
        "Ann\nhttps://x.test/wizard/#{ann}\n\n- Bob -\n  #{bob}",
        "Ann {ann}\nBob = {bob}",
        "Ann: file:///home/x/wizard/index.html#{ann}\n* Bob, https://x.test/wizard/#{bob_begins}\n{bob_ends}",
    ],
)
def test_links_come_with_names_before_or_above_them(form: str) -> None:
    bob = link(**BOB)
    text = form.format(ann=link(**ANN), bob=bob, bob_begins=bob[:12], bob_ends=bob[12:])
    group = gathered(text)
    assert (said(group), group.messages, group.added) == ({"Ann": ANN, "Bob": BOB}, (), 2)


def test_links_without_names_are_numbered() -> None:
    assert list(said(gathered(f"{link(**ANN)}\n{link(**BOB)}"))) == ["Person 1", "Person 2"]


def test_an_address_holds_everyone_and_can_be_pasted() -> None:
    group = gathered(f"Ann & Co=1 <b>: {link(**ANN)}\nZoë: {link(**BOB)}")
    assert list(said(group)) == ["Ann & Co=1 <b>", "Zoë"]
    for address in (group.address, quote(group.address), group.address.replace("&", "&amp;"), f"#{group.address}"):
        again = Gathering(guide()).with_entries(people_in(address))
        assert (said(again), again.messages, again.address) == (said(group), (), group.address)
    assert said(gathered(f"look: https://x.test/together/#{group.address}")) == said(group)


def test_what_was_lost_and_an_older_revision_are_still_known_after_a_reload() -> None:
    group = gathered(f"Ann: {link('0' * 12, **ANN)}&place=nowhere&what=x&r={'0' * 12}")
    again = Gathering(guide()).with_entries(people_in(group.address)).persons[0]
    assert again.lost[0].startswith(f"{len(group.persons[0].lost)} answer")
    assert any("revision 000000000000" in notice for notice in again.notices)


HOSTILE = {
    "x" * 100_000: "The pasted text: there is no share link in it.",
    f"v=1&{'x' * 100_000}": "Link 1: this is no share link",
    "{" + "x" * 100_000: "The pasted text: it is no JSON",
    "[" * 100_000: "The pasted text: there is no share link in it.",
    "<script>alert(1)</script>": "The pasted text: there is no share link in it.",
    "https://x.test/wizard/": "Link 1: this address has no answers",
    "Ann: #v=1&r=0": "Link 1 (Ann): no question of this guide is answered in it.",
    json.dumps({"guide": "other", "answers": {}}): "The pasted text: it was made with another guide: other.",
    json.dumps({}): "The pasted text: no question of this guide is answered in it.",
}


@pytest.mark.parametrize("text", HOSTILE)
def test_what_cannot_be_read_is_named_and_others_go_on(text: str) -> None:
    group = gathered(text, gathered(f"Ann: {link(**ANN)}"))
    assert list(said(group)) == ["Ann"]
    assert len(group.messages) == 1 and group.messages[0].startswith(HOSTILE[text])
    assert group.added == 0


def test_a_hostile_line_between_two_links_stops_neither() -> None:
    group = gathered(f"Ann: {link(**ANN)}\nEve: https://x.test/#v=1&{'y' * 9000}\nBob: {link(**BOB)}")
    assert list(said(group)) == ["Ann", "Bob"]
    assert group.messages[0].startswith("Link 2 (Eve): this is no share link")


def test_a_tenth_person_is_left_out() -> None:
    group = gathered("\n".join(f"P{number}: {link(**BOB)}" for number in range(MOST_PERSONS + 3)))
    assert len(group.persons) == MOST_PERSONS
    assert group.messages == ("At most 9 people can be compared. 3 more were left out.",)


def test_two_of_one_name_are_told_apart_and_the_same_person_is_added_once() -> None:
    group = gathered(f"Ann: {link(**ANN)}\nAnn: {link(**BOB)}\nAnn: {link(**ANN)}\nCem: {link(**ANN)}")
    assert list(said(group)) == ["Ann", "Ann 2", "Cem"]
    assert group.messages == (
        "Two people are called Ann. The second one is listed as Ann 2. You can change the name.",
        "Link 3 (Ann): Ann is in the list already, with the same answers.",
    )
    assert group.persons[2].notices == ("Gives the same answers as Ann.",)
    assert list(said(group.renamed("Cem", "Ann"))) == ["Ann", "Ann 2", "Ann 3"]
    assert list(said(group.renamed("Cem", "  ").without("Ann"))) == ["Ann 2", "Cem"]


@given(st.text(max_size=200) | st.builds("{}#together=1&person={}".format, st.text(max_size=5), st.text(max_size=100)))
def test_no_text_raises(text: str) -> None:
    for entries in (pasted(text), people_in(text)):
        group = Gathering(guide()).with_entries(entries)
        assert Gathering(guide()).with_entries(people_in(group.address)).address == group.address


def test_a_decision_record_is_one_person_under_the_name_of_its_file() -> None:
    record = f"""# Use good
* Good: it lasts ([source](https://docs.example.org/a#lasting), 2026-11-01)
[The same answers in the wizard](https://x.test/wizard/#{link(**ANN)})
"""
    group = Gathering(guide()).with_entries(in_file("ours.md", "ours", record))
    assert (said(group), group.messages) == ({"ours": ANN}, ())


@pytest.mark.parametrize("content", ["", "[1, 2]", "\x89PNG\r\n", "https://docs.example.org/a#lasting"])
def test_a_file_without_answers_is_named(content: str) -> None:
    group = Gathering(guide()).with_entries(in_file("notes.json", "notes", content))
    assert (said(group), group.messages) == ({}, ("notes.json: there is no share link in it.",))


def test_what_is_said_of_equal_answers_follows_a_new_name() -> None:
    group = gathered(f"Ann {link(**ANN)}\nAnnie {link(**ANN)}").renamed("Ann", "Bea")
    assert [person.notices for person in group.persons] == [(), ("Gives the same answers as Bea.",)]


def test_a_huge_name_is_clipped_in_what_is_said() -> None:
    group = Gathering(guide()).with_entries(people_in(f"together=1&person={'A' * 50_000}"))
    assert all(len(text) < 300 for text in group.messages)
