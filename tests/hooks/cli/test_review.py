"""What `guide check` says beyond problems, on guides in which the answer is known."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from hooks.checked import check_loaded
from hooks.cli.field_order import ordered
from hooks.cli.main import main
from hooks.cli.review import Review, review
from hooks.source.load import load, load_bytes
from hooks.source.positions import Path as Place
from tests.support.broken_edits import GUIDES
from tests.support.section_guides import full, without

TODAY = date(2026, 11, 23)
SMALL = ordered(load(GUIDES / "small.yml"))[0]
CELLAR = """          - enable: [ring]
            because: It is out of sight.
          - weight: {weight: 3}
            because: Stairs.
"""
ROOF = "      - {{id: roof, label: On a roof, effects: [{{exclude: [{}], because: It is dry.}}]}}\n"


def reviewed(text: str, today: date = TODAY) -> Review:
    checked = check_loaded(load_bytes(text.encode(), "g.yml"), TODAY)
    assert checked.guide is not None, checked.report()
    return review(checked.guide, checked.loaded, today)


def found(text: str, code: str, today: date = TODAY) -> list[tuple[int, str]]:
    return [(one.line, one.message) for one in reviewed(text, today).findings if one.code == code]


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_old_facts_stand_on_the_lines_of_their_dates() -> None:
    assert found(SMALL, "stale") == []
    stale = found(SMALL, "stale", date(2030, 1, 1))
    lines = SMALL.split("\n")
    assert len(stale) == sum(line.count("verified: ") for line in lines)
    assert all("verified: 2026-01-02" in lines[line - 1] for line, _ in stale)
    assert stale[0][1] == "checked 2026-01-02, 1460 days ago"


def test_an_option_that_no_category_lists_is_a_notice() -> None:
    assert [message.split("'")[1] for _, message in found(SMALL, "category")] == ["chain", "cable", "post"]
    first = found(SMALL, "category")[0]
    assert first == (line_of(SMALL, "id: chain\n"), "no category lists 'chain', so it is shown under “Others”")
    listed = SMALL.replace("options: [bow, ring]", "options: ['tag:rigid', ring, chain, cable, post]")
    assert listed != SMALL
    assert found(listed, "category") == []
    assert found((GUIDES / "lunch.yml").read_text("utf-8"), "category") == [], "a guide without categories"


def test_coverage_counts_what_is_not_known() -> None:
    assert (
        reviewed(SMALL)
        .sentences[0]
        .startswith("15 ratings: 1 unknown, 0 known within a range, 0 without a source, 0 with a passage;")
    )


def test_options_that_never_come_first_are_named_with_how_near_they_came() -> None:
    assert found(SMALL, "never-first")[0] == (
        line_of(SMALL, "- id: cable"),
        "'cable' ranks first for none of 1000 sampled visitors, at best 1.2 points of 100 behind",
    )


def test_without_questions_nothing_is_said_to_be_ruled_out() -> None:
    data = full()
    none: list[Place] = [
        (section, index) for section in ("questions", "examples") for index in range(len(data[section]))
    ]
    left = without(data, none)
    left["options"] = [{key: value for key, value in option.items() if key != "off"} for option in left["options"]]
    text = json.dumps(left)
    assert found(text, "never-first") == []


def test_a_question_that_changes_nothing_is_idle() -> None:
    idle = "  - {id: mood, text: How are you?, kind: one, answers: [{id: well, label: Well}, {id: ill, label: Ill}]}\n"
    text = SMALL.replace("questions:\n", f"questions:\n{idle}")
    assert [line for line, _ in found(text, "idle")] == [line_of(text, "- {id: mood")]
    assert not any("'place'" in message for _, message in found(text, "idle"))


def test_no_dead_ends_is_said_only_when_it_is_proved() -> None:
    assert reviewed(SMALL).sentences[1].startswith("no dead ends: whatever is answered, something is left")


def test_an_answer_that_leaves_nothing_is_found() -> None:
    text = SMALL.replace(CELLAR, CELLAR + ROOF.format("bow, chain, cable, post"))
    assert found(text, "dead-end") == [(line_of(text, "- id: place"), "nothing is left after 'place: roof'")]
    assert reviewed(text).sentences[1].startswith("1 dead end of at most 3 answers")


def test_answers_that_leave_nothing_together_are_found() -> None:
    rare = "{id: few, label: Few, from: 0, effects: [{exclude: [chain, cable, post], because: Rare.}]}"
    text = SMALL.replace(CELLAR, CELLAR + ROOF.format("bow")).replace("{id: few, label: Few, from: 0}", rare)
    end = (line_of(text, "- id: place"), "nothing is left after 'place: roof' and 'nights: 0'")
    assert end in found(text, "dead-end")
    assert "each walked to its end" in reviewed(text).sentences[1]


def test_a_price_and_a_quantity_that_nothing_uses_are_notices() -> None:
    assert found(SMALL, "unused") == []
    text = SMALL.replace("costs: [{price: concrete, label: posts, multiply: [posts]}]", "costs: []")
    assert len(text) < len(SMALL)
    line = line_of(text, "- {id: concrete")
    assert found(text, "unused") == [(line, "price 'concrete' is used nowhere: no option has a line of costs with it")]
    both = text.replace("    sets: posts\n", "")
    said = "quantity 'posts' is used nowhere: nothing sets it or counts it in costs"
    assert found(both, "unused")[0] == (line_of(both, "- {id: posts"), said)


def test_the_command_says_it_after_the_problems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    Path("guide.yml").write_text(SMALL.replace("[bow, ring]}", "[bow, ring, chain, cable, post]}"), encoding="utf-8")
    assert main(["check", "--file", "guide.yml"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("guide.yml: no problems\n\nguide.yml:94:9: notice: 'cable' ranks first for none")
    assert "\nno dead ends: " in out
    assert main(["check", "--file", "guide.yml", "--format", "github"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("::notice file=guide.yml,line=94,col=9,")
    assert "no dead ends" in said.err
    assert main(["check", "--file", "guide.yml", "--format", "markdown"]) == 0
    notices = out.count(": notice: ")
    assert f"## guide.yml: {notices} notice{'s' * (notices > 1)}\n" in capsys.readouterr().out
    assert main(["check", "--file", "guide.yml", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {found["severity"] for found in listed} == {"notice"}
    assert (listed[0]["line"], listed[0]["column"]) == (94, 9)
    assert main(["check", "--file", "guide.yml", "--format", "json", "--quick"]) == 0
    assert capsys.readouterr().out == "[]\n"
