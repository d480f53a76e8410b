"""`selector together` as people meet it: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from hooks.source.load import load
from selector import Guide
from selector.case.answers import check_case
from selector.case.link import encode
from selector.cli import main
from tests.selector.test_cli import LOCKS, api_validator
from tests.support.small_guides import criterion, data_of, option, question

Data = dict[str, Any]
Captured = pytest.CaptureFixture[str]


def data() -> Data:
    criteria = [criterion("quality", weight=1), criterion("speed", weight=1)]
    options = [
        option("quick", ratings={"speed": "good"}),
        option("solid", ratings={"quality": "good"}),
        option("middle", ratings={"quality": "fair", "speed": "fair"}),
    ]
    want = question("want", {"quality": [{"weight": {"quality": 2}}], "speed": [{"weight": {"speed": 2}}]})
    rules = question("rules", {"strict": [{"require": {"quality": "fair"}}], "fast": [{"require": {"speed": "good"}}]})
    return data_of(criteria, options, [want, rules])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "guide.json").write_text(json.dumps({"revision": "abc", "guide": data()}), "utf-8")
    for name, said in {
        "ann": {"want": "quality", "rules": "strict"}, "bob": {"want": "speed"}, "cem": {"rules": "fast"},
        "old": {"answers": {"want": "speed"}, "revision": "0123456789ab"}, "lost": {"want": "speed", "colour": "red"},
    }.items():  # fmt: skip
        (tmp_path / f"{name}.json").write_text(json.dumps(said), "utf-8")
    return tmp_path


def run(place: Path, *arguments: str) -> int:
    people = [str(place / one) if one.endswith(".json") and "=" not in one else one for one in arguments]
    named = [re.sub(r"=(\w+\.json)$", lambda found: f"={place / found[1]}", one) for one in people]
    return main(["together", "--guide", str(place / "guide.json"), *named])


def shared(**said: str) -> str:
    guide = Guide.from_data(data())
    return f"https://example.org/guide/wizard/#{encode(check_case(guide, said), guide.revision)}"


def test_a_table_of_ranks_and_what_follows_from_it(place: Path, capsys: Captured) -> None:
    assert run(place, "ann.json", f"Bob={shared(want='speed')}") == 0
    output = capsys.readouterr()
    assert output.err == ""
    assert output.out == (
        "         Bob   ann  largest loss\n"
        "Middle    2.    2.  25.0 (Bob, ann)\n"
        "Solid     3.    1.  50.0 (Bob)\n"
        "Quick     1.   out  not possible\n"
        "\n"
        "Nothing is acceptable to all: with every setup that meets the requirements of all, someone loses too much or"
        " prefers another one.\n"
        "Least regret: “Middle”. The largest loss is 25 points of 100, for Bob and ann.\n"
        "Put first by most: “Quick” by Bob; “Solid” by ann.\n"
        "\n"
        "Answers differ:\n"
        "   Want? Bob: “Speed”; ann: “Quality”.\n"
        "Answers are missing:\n"
        "   Rules? ann: “Strict”; Bob: no answer.\n"
        "Same answer of all: 0 questions.\n"
        "\n"
        "Settle first:\n"
        "   Want? all “Quality”: “Solid”, first for everyone; all “Speed”: “Middle”, largest loss 25 points.\n"
        "\n"
        "Requirements of all together:\n"
        "   Quality: “Fair” or better (ann): rules out 1 setup, 1 of them alone.\n"
        "\n"
        "A loss is in points of 100 on each person's own scale, from the worst to the best level of everything. To compare"
        " two people's losses is to take it that this scale means as much to both. Weights are not averaged.\n"
    )


def test_nothing_possible_is_exit_code_one_with_whose_requirements_to_relax(place: Path, capsys: Captured) -> None:
    assert run(place, "ann.json", "cem.json") == 1
    out = capsys.readouterr().out
    assert "Nothing meets the requirements of all." in out
    assert "Relax Speed: “Good” (cem). That allows “Middle” and “Solid”.\n" in out
    assert "Relax Quality: “Fair” or better (ann). That allows “Quick”.\n" in out


def test_people_are_called_by_their_files_or_by_the_name_given(place: Path, capsys: Captured) -> None:
    assert run(place, "ann.json", "Robert B.=bob.json", shared(want="speed"), "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [person["name"] for person in found["persons"]] == ["Person 3", "Robert B.", "ann"]
    assert [item["persons"] for item in found["first"]] == [["Person 3", "Robert B."], ["ann"]]
    assert list(api_validator("together").iter_errors(found)) == []


def test_json_of_a_guide_with_everything_has_the_published_form(tmp_path: Path, capsys: Captured) -> None:
    guide = load(LOCKS).data
    assert guide is not None
    (tmp_path / "guide.json").write_text(json.dumps(guide), "utf-8")
    said = [example["answers"] for example in guide["examples"][:4]]
    for number, answers in enumerate(said):
        case = {"answers": answers, "weights": {"upkeep": 10 * number}, "relax": []}
        (tmp_path / f"p{number}.json").write_text(json.dumps(case), "utf-8")
    assert run(tmp_path, *(f"p{number}.json" for number in range(4)), "--json") in (0, 1)
    found = json.loads(capsys.readouterr().out)
    assert list(api_validator("together").iter_errors(found)) == []
    assert found["weights"] and found["settlings"] and found["asked"] and found["questions"]


def test_the_record_has_who_was_consulted_and_their_positions(place: Path, capsys: Captured) -> None:
    assert run(place, "ann.json", f"<b>Bob [x](y)={shared(want='speed')}", "--adr") == 0
    out = capsys.readouterr().out
    head, _, body = out.removeprefix("---\n").partition("---\n")
    assert 'consulted: "<b>Bob [x](y), ann"\n' in head
    assert "# Use Middle\n" in body
    assert r"- **\<b\>Bob \[x\](y)**: Quick" in body
    assert "<b>" not in body and "[x](y)" not in body
    headings = [line for line in body.splitlines() if line.startswith("## ")]
    assert headings == [
        "## Context and Problem Statement", "## Decision Drivers", "## Considered Options", "## Decision Outcome",
        "## Positions", "## What Could Change It", "## More Information",
    ]  # fmt: skip


def test_answers_for_an_older_guide_are_compared_with_a_word(place: Path, capsys: Captured) -> None:
    assert run(place, "ann.json", "old.json") == 0
    assert re.fullmatch(
        r"selector: \S+old.json: Answered for revision 0123456789ab of the guide; it has revision \w+ now.\n",
        capsys.readouterr().err,
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ann.json"], "one person's answers cannot be compared; name two to nine"),
        (["ann.json"] * 10, "the answers of 1 to 9 people can be compared, not of 10"),
        (["ann.json", "ann.json"], "two people are called 'ann'"),
        (["ann.json", "none.json"], "cannot read {place}/none.json: No such file or directory"),
        (["ann.json", "lost.json"], "{place}/lost.json: There is no question 'colour'."),
        (["ann.json", "evil.json"], "{place}/evil.json: it is neither a share link of this guide nor a JSON object"),
        (["ann.json", "big.json"], "{place}/big.json: it has 250,002 characters, a decision at most 200,000"),
        (["ann.json", "other.json"], "{place}/other.json: it was made with another guide: other"),
        (["ann.json", "past.json"], "{place}/past.json: Question 'want' has no answer 'price'. Answered for revision"
                                    " 0123456789ab of the guide; it has revision {revision} now."),
        (["ann.json", "Bob=#" + "x" * 100_000], "link 2 (Bob): this is no share link: it has 100,000 characters, a link at"
                                                " most 8,000"),
        (["ann.json", "https://example.org/wizard/#<script>"], "link 2: this is no share link of this guide: no answer in it"
                                                               " is known here"),
        (["ann.json", "v=1&colour=red&r=0123456789ab"], "link 2: The link has questions that are not in this guide and were"
         " ignored: colour. Answered for revision 0123456789ab of the guide; it has revision {revision} now."),
        (["ann.json", "unsure.json"], "unsure: no question is answered"),
    ],
    ids=range(13),
)  # fmt: skip
def test_what_cannot_be_compared_is_exit_code_two_with_its_place(
    place: Path, capsys: Captured, arguments: list[str], said: str
) -> None:
    for name, text in {
        "evil": "<script>alert(1)</script>", "big": "{" + " " * 250_000 + "}", "unsure": '{"want": "unsure"}',
        "other": json.dumps({"answers": {}, "guide": "other"}),
        "past": json.dumps({"answers": {"want": "price"}, "revision": "0123456789ab"}),
    }.items():  # fmt: skip
        (place / f"{name}.json").write_text(text, "utf-8")
    assert run(place, *arguments) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err == f"selector: {said.format(place=place, revision=Guide.from_data(data()).revision)}\n"
