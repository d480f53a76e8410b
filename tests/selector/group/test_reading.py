"""Links and files of people, in whatever state they arrive."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selector import Guide, recommend, recommendation_data
from selector.case.answers import check_case
from selector.case.link import encode
from selector.group import GroupError, read_person
from selector.plan.drift import decision
from selector.text.visible import UNSEEN
from tests.support.small_guides import criterion, guide_of, option, question

Data = dict[str, Any]
SAID: Data = {"place": "work", "rules": ["strict"], "size": 3}


def guide() -> Guide:
    place = question("place", {"work": [{"weight": {"quality": 5}}], "home": []}, aliases=["site"])
    rules = question("rules", {"strict": [{"require": {"quality": "fair"}}], "none": []}, kind="many")
    size = question("size", {"small": [], "large": []}, kind="number", min=1, max=50, starts={"small": 1, "large": 10})
    return guide_of([criterion("quality")], [option("good", ratings={"quality": "good"})], [place, rules, size])


def link(**more: Any) -> str:
    found = guide()
    return encode(check_case(found, SAID, more.get("weights")), more.get("revision", found.revision))


def forms() -> dict[str, str]:
    """All that a person can hand in, with the same answers."""
    result = recommend(guide(), SAID)
    return {
        "address": f"https://example.org/guide/wizard/#{link()}",
        "fragment": link(),
        "with its sign": f"  #{link()}\n",
        "encoded once more": f"https://example.org/guide/wizard/%23{quote(link())}",
        "with what programs add": f"https://example.org/wizard/?utm_source=x#{link()}&utm_medium=mail",
        "answers": json.dumps(SAID),
        "case": json.dumps({"answers": SAID, "weights": {}, "relax": []}),
        "decision": json.dumps(decision(result, "2026-01-01")),
        "recommendation": json.dumps(recommendation_data(result)),
        "older name": json.dumps({"site": "work", "rules": ["strict"], "size": 3}),
    }


@pytest.mark.parametrize("form", forms())
def test_every_form_holds_the_same_answers(form: str) -> None:
    person = read_person(guide(), "Ann", forms()[form])
    assert (person.name, person.case, person.lost) == ("Ann", check_case(guide(), SAID), ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a.json: it is neither a share link of this guide nor a JSON object"),
        ("<script>alert(1)</script>", "a.json: it is neither a share link"),
        ("[1]", "a.json: it is neither a share link"),
        ('{"a": 1', "a.json: it is no JSON: Expecting"),
        ('{"place": "work", "place": "home"}', "a.json: it is no JSON: 'place' is in it twice"),
        ('{"a":' * 100_000, "a.json: it has 500,000 characters"),
        ('{"a":' * 30_000, "a.json: it is no JSON: it is nested too deeply"),
        (json.dumps({"x": "y" * 300_000}), "a.json: it has 300,009 characters, a decision at most 200,000"),
        ('{"answers": {}, "guide": "<script>"}', "a.json: it was made with another guide: <script>"),
        ('{"answers": {}, "kind": "decision", "format": 1}', "a.json: the decision is damaged: it has no 'revision'"),
        ('{"answers": {}, "kind": "decision", "format": 2}', "a.json: the decision is damaged: format 2 is not known"),
        ("https://example.org/guide/wizard/", "a.json: this address has no answers"),
        ("https://example.org/guide/wizard/#", "a.json: this is no share link of this guide"),
        ("#" + "x" * 100_000, "a.json: this is no share link: it has 100,000 characters, a link at most 8,000"),
        ("v=1&place=" + "w" * 100_000, "a.json: this is no share link: it has 100,010 characters"),
    ],
    ids=range(15),
)
def test_what_cannot_be_read_is_said_with_its_place(text: str, message: str) -> None:
    with pytest.raises(GroupError) as error:
        read_person(guide(), "Ann", text, "a.json")
    assert str(error.value).startswith(message)
    assert len(str(error.value)) < 300


def test_a_link_of_another_guide_loses_all_its_answers_by_name() -> None:
    person = read_person(guide(), "Ann", "https://example.org/#v=1&licence=mit&<script>=1&r=0123456789ab")
    assert person.lost == ("The link has questions that are not in this guide and were ignored: licence, script.",)
    assert not person.case.answers


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        (json.dumps({**SAID, "colour": "red"}), "There is no question 'colour'."),
        (json.dumps({**SAID, "place": "<script>"}), "Question 'place' has no answer '<script>'."),
        (json.dumps({"answers": SAID, "weights": {"speed": 3}}), "There is no criterion 'speed'."),
        (f"#{link()}&colour=red", "The link has questions that are not in this guide and were ignored: colour."),
        (f"#{link()}&relax=a,b&size=99", "The link has “Size?” twice. Only the first one counts."),
    ],
)
def test_answers_that_the_guide_does_not_know_are_named(text: str, lost: str) -> None:
    person = read_person(guide(), "Ann", text)
    assert person.lost == (lost,)
    assert person.case.answers["rules"] == ("strict",)


def test_answers_for_an_older_guide_are_read_with_a_notice() -> None:
    found = guide()
    notice = f"Answered for revision 0123456789ab of the guide; it has revision {found.revision} now."
    for text in (f"#{link(revision='0123456789ab')}", json.dumps({"answers": SAID, "revision": "0123456789ab"})):
        person = read_person(found, "Ann", text)
        assert (person.notices, person.lost, person.revision) == ((notice,), (), "0123456789ab")
        assert person.case == check_case(found, SAID)


def test_names_are_short_and_hold_nothing_unseen() -> None:
    found = guide()
    assert read_person(found, "  Ann \n B\x1b[2J\u202e ", link()).name == r"Ann B\x1b[2J\u202e"
    assert read_person(found, "x" * 10_000, link()).name == "x" * 59 + "…"
    assert read_person(found, " ", link()).name == "unnamed"


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.text(alphabet='{}[]":,#=&%v1place', max_size=80)))
def test_nothing_makes_reading_crash(text: str) -> None:
    for start in ("", "#v=1&", '{"answers": '):
        try:
            person = read_person(guide(), text, start + text)
        except GroupError as error:
            assert not UNSEEN.search(str(error))
        else:
            assert person.name
