"""Share links: what is put in comes out, and nothing that a link holds can do harm."""

from __future__ import annotations

from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selector import Case, Guide, recommend, recommendation_data
from selector.case.answers import UNSURE, check_case
from selector.case.link import bounded, decode, encode
from tests.support.random_guides import make_guide, random_answers
from tests.support.real_guide import guide_data, real_guide
from tests.support.small_guides import criterion, guide_of, option, question

REVISION = "0123456789ab"
seeds = st.integers(0, 10**6)
ids = st.from_regex(r"[a-z0-9]{1,4}(\.[a-z0-9]{1,4}){1,2}", fullmatch=True)


@given(seeds, st.frozensets(ids, max_size=3), st.dictionaries(st.integers(0, 5), st.integers(0, 1000), max_size=3))
def test_every_case_comes_out_of_its_link_as_it_went_in(
    seed: int, relax: frozenset[str], weights: dict[int, int]
) -> None:
    data = make_guide(seed, options=4, criteria=6, questions=7)
    guide = Guide.from_data(data)
    given_weights = {data["criteria"][number]["id"]: points for number, points in weights.items()}
    case = check_case(guide, random_answers(Random(seed), data), given_weights, relax)
    assert decode(encode(case, guide.revision), guide) == (case, guide.revision, [])


def place_guide() -> Guide:
    return guide_of(
        [criterion("quality")],
        [option("both")],
        [
            question("place", {"home": [], "work": []}),
            question("rules", {"first": [], "second": []}, kind="many"),
            question("size", {"any": []}, kind="number", min=1, max=99),
        ],
    )


READABLE = "v=1&place=home&rules=first,second&size=12&w.quality=3&relax=b.c.d&r=0123456789ab"
FORMER = "v=1&r=0123456789ab&place=home&rules=first,second&size=12&w.quality=3&relax=b.c.d"


def test_a_link_is_short_and_readable_and_the_first_format_is_read_for_ever() -> None:
    case = Case({"size": 12, "rules": ("first", "second"), "place": "home"}, {"quality": 3}, frozenset({"b.c.d"}))
    assert encode(case, REVISION) == READABLE
    for text in (READABLE, FORMER, FORMER + "&made=anything~at~all"):
        assert decode(text, place_guide()) == (case, REVISION, [])


def test_equal_cases_have_equal_links() -> None:
    one = Case({"a": "x", "b": "y"}, {"c": 1, "d": 2}, frozenset({"m", "n"}))
    two = Case({"b": "y", "a": "x"}, {"d": 2, "c": 1}, frozenset({"n", "m"}))
    assert encode(one, "r") == encode(two, "r")


def test_questions_may_be_called_like_the_parts_of_a_link() -> None:
    names = ["v", "r", "relax", "made", "w", "q"]
    guide = guide_of([criterion("quality")], [option("both")], [question(name, {"yes": []}) for name in names])
    case = Case(dict.fromkeys(names, "yes"))
    assert decode(encode(case, guide.revision), guide) == (case, guide.revision, [])


def test_every_example_of_the_guide_fits_in_a_link() -> None:
    guide = real_guide()
    for example in guide.data["examples"]:
        case = recommend(guide, example["answers"]).case
        text = encode(case, guide.revision)
        assert len(text) < 600
        assert decode("#" + text, guide) == (case, guide.revision, [])


def test_links_made_under_former_ids_still_work() -> None:
    data = guide_data()
    asked, scale = data["questions"][0], data["criteria"][0]
    asked["aliases"], asked["answers"][0]["aliases"], scale["aliases"] = ["old-asked"], ["old-answer"], ["old-scale"]
    guide = Guide.from_data(data)
    case, revision, notices = decode("v=1&r=0123456789ab&old-asked=old-answer&w.old-scale=9", guide)
    assert case == Case({asked["id"]: asked["answers"][0]["id"]}, {scale["id"]: 9})
    assert (revision, notices) == ("0123456789ab", [])


def test_not_sure_and_an_empty_choice_survive() -> None:
    guide = guide_of([criterion("quality")], [option("both")],
                     [question("one", {"a": []}), question("some", {"a": []}, kind="many"),
                      question("none", {"a": []}, kind="many")])  # fmt: skip
    case = Case({"one": UNSURE, "some": UNSURE, "none": ()})
    assert decode(encode(case, REVISION), guide)[0] == case


UNREADABLE = ["The link could not be read and was ignored."]
GONE = [
    ("", []),
    ("#", []),
    ("v=2", ["The link has a format that this page does not know. It was read as far as possible.",
             "The end of the link is missing. Answers might be missing too."]),
    ("place=home", UNREADABLE),
    ("what is this", UNREADABLE),
    ("top=of=the=page", UNREADABLE),
    ("v=1", ["The end of the link is missing. Answers might be missing too."]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "notices"), GONE, ids=[text[:20] for text, _ in GONE])
def test_what_is_no_link_of_ours_is_ignored_with_a_word(text: str, notices: list[str]) -> None:
    assert decode(text, real_guide()) == (Case(), None, notices)


def test_what_a_link_says_wrong_is_set_aside_and_the_rest_holds() -> None:
    text = "v=1&r=0123456789ab&place=moon&rules=first,fifth,second&size=1e3&gone=x&w.gone=1&w.quality=2000&w.=3"
    case, _, notices = decode(text, place_guide())
    assert case == Case({"rules": ("first", "second")})
    assert notices == [
        "“moon” is not an answer to “Place?” and was ignored.",
        "“fifth” is not an answer to “Rules?” and was ignored.",
        "The link's answer to “Size?” is not a number that fits and was ignored.",
        "The link's weight of “Quality” is not a whole number from 0 to 1000 and was ignored.",
        "The link has questions that are not in this guide and were ignored: gone.",
        "The link has criteria that are not in this guide and were ignored: gone.",
    ]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ("place=home&place=work", ["The link has “Place?” twice. Only the first one counts."]),
        ("w.quality=1&w.quality=2", ["The link has the weight of “Quality” twice. Only the first one counts."]),
        ("place=moon&rules=fifth,fifth", ["“moon” is not an answer to “Place?” and was ignored.",
                                          "“fifth” is not an answer to “Rules?” and was ignored."]),
        ("rules=first,unsure", ["The link's answers to “Rules?” exclude each other. One was ignored."]),
        ("a=1&b=1&c=1&d=1", ["The link has questions that are not in this guide and were ignored: a, b, c and 1 more."]),
        ("place=a&rules=b&size=c&w.quality=x&gone=1", [
            "“a” is not an answer to “Place?” and was ignored.", "“b” is not an answer to “Rules?” and was ignored.",
            "The link's answer to “Size?” is not a number that fits and was ignored.",
            "And 2 more parts of the link were ignored."]),
    ],
)  # fmt: skip
def test_a_visitor_reads_sentences_with_names_each_once_and_no_more_than_three(parts: str, said: list[str]) -> None:
    assert bounded(decode(f"v=1&{parts}&r={REVISION}", place_guide())[2]) == said


@pytest.mark.parametrize("number", ["९", "-1", "+5", "5_0", "0x1", "5.0", "1" * 5000, "nan"])
def test_only_plain_digits_are_a_number(number: str) -> None:
    guide = guide_of([criterion("quality")], [option("both")],
                     [question("size", {"any": []}, kind="number", min=0, max=99)])  # fmt: skip
    case, _, notices = decode(f"v=1&size={quote(number)}&r={REVISION}", guide)
    assert case == Case()
    assert notices == ["The link's answer to “Size?” is not a number that fits and was ignored."]


@pytest.mark.parametrize("revision", ["<b>", "a" * 65, "..", "%00", "", "0123"])
def test_a_revision_that_is_none_is_left_out(revision: str) -> None:
    assert decode(f"v=1&r={revision}", real_guide())[1] is None


@given(st.text() | st.text().map(lambda text: f"v=1&{text}") | st.binary().map(lambda raw: "v=1&a=" + quote(raw)))
def test_no_text_whatever_makes_a_link_fail(text: str) -> None:
    case, _, notices = decode(text, real_guide())
    assert recommendation_data(recommend(real_guide(), case.answers, weights=case.weights, relax=case.relax))
    assert all("\n" not in notice and len(notice) < 250 for notice in notices)


@given(st.lists(st.tuples(st.sampled_from([*(entry["id"] for entry in guide_data()["questions"]), "v", "r", "relax"]),
                          st.text(max_size=12))))  # fmt: skip
def test_no_values_for_known_names_make_a_link_fail(pairs: list[tuple[str, Any]]) -> None:
    text = "&".join(["v=1", *(f"{name}={quote(value)}" for name, value in pairs)])
    case, _, _ = decode(text, real_guide())
    again, _, notices = decode(encode(case, REVISION), real_guide())
    assert (again.answers, again.weights, notices) == (case.answers, case.weights, [])
