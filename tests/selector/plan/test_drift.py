"""Is a decision that was made earlier still right? What is said, and what a pipeline gets."""

from __future__ import annotations

import contextlib
import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selector import AnswerError, Guide, recommend
from selector.analysis.steps import Analysis
from selector.cli import main
from selector.plan.damage import FORMS, OLDER, damage
from selector.plan.drift import decision, link_snapshot, recall, verify
from selector.report import terminal, terminal_drift
from selector.report.adr import record
from tests.support.real_guide import real_guide
from tests.support.small_guides import criterion, data_of, option, question

Data = dict[str, Any]
PLAIN = terminal.Paint(on=False)
ANSWERS = {"place": "work", "rules": ["first"]}


def data() -> Data:
    return data_of(
        [
            criterion("quality", levels={"bad": 0, "poor": 300, "fair": 500, "good": 1000}),
            criterion("speed", weight=10, levels={"slow": 0, "middle": 600, "fast": 1000}),
            criterion("size", weight=1),
        ],
        [
            option("good", ratings={"quality": "good", "speed": "slow"}),
            option("quick", ratings={"quality": "bad", "speed": "fast"}),
            option("dull", ratings={"quality": "bad", "speed": "slow"}),
        ],
        [
            question("place", {"home": [], "work": [{"weight": {"quality": 5}}]}),
            question("rules", {"first": [], "second": []}, kind="many"),
        ],
    )


def made(**changes: Any) -> Data:
    found = decision(recommend(Guide.from_data(data()), ANSWERS), "2026-01-02", {"good": "9/10"})
    return {**json.loads(json.dumps(found)), **changes}


def rated(changes: dict[tuple[str, str], str]) -> Guide:
    """The guide with other levels."""
    changed = data()
    for entry in changed["options"]:
        for name, rating in entry["ratings"].items():
            rating["level"] = changes.get((entry["id"], name), rating["level"])
    return Guide.from_data(changed)


def test_a_decision_holds_the_case_who_came_first_by_how_much_and_on_which_values() -> None:
    found = made()
    assert {key: found[key] for key in ("format", "kind", "guide", "date", "answers", "weights", "relax")} == {
        "format": 1,
        "kind": "decision",
        "guide": "small",
        "date": "2026-01-02",
        "answers": {"place": "work", "rules": ["first"]},
        "weights": {},
        "relax": [],
    }
    # 15 points of 26 against 10 of 26.
    assert (found["leaders"], found["runner_up"], found["lead"]) == (["good"], "quick", 19.23)
    assert found["points"] == {"quality": "15", "speed": "10", "size": "1"}
    assert found["values"]["good"] == {"quality": [1000, 1000], "speed": [0, 0], "size": [0, 0]}
    assert found["shares"] == {"good": "9/10"}
    assert found["revision"] == Guide.from_data(data()).revision


def test_the_same_data_says_still_valid() -> None:
    found = verify(Guide.from_data(data()), made())
    assert (found.status, found.same_revision, found.moved, found.reweighted) == ("valid", True, (), ())
    assert (
        terminal_drift.drift(found, PLAIN)
        == "Still valid: “Good” ranks first.\nThe guide's data is the same as when it was decided."
    )


def test_facts_that_moved_without_consequence_are_named_and_it_is_still_valid() -> None:
    found = verify(rated({("dull", "size"): "good"}), made())
    assert (found.status, found.same_revision) == ("valid", False)
    assert terminal_drift.drift(found, PLAIN) == (
        "Still valid: “Good” ranks first.\n"
        "What moved, without consequence (values from 0, the worst, to 1000):\n"
        "  Dull, Size: 0 -> 1000"
    )


def test_a_smaller_lead_says_closer_and_names_what_moved_most_first() -> None:
    found = verify(rated({("quick", "quality"): "poor", ("dull", "size"): "fair"}), made())
    assert found.status == "closer"
    assert terminal_drift.drift(found, PLAIN) == (
        "Still valid, but closer than it was: “Good” leads by 1.92 points of 100, it was 19.23.\n"
        "Because these moved (values from 0, the worst, to 1000):\n"
        "  Quick, Quality: 0 -> 300\n"
        "  Dull, Size: 0 -> 500"
    )


def test_another_leader_says_changed_and_because_of_what() -> None:
    found = verify(rated({("quick", "quality"): "good"}), made())
    assert found.status == "changed"
    assert terminal_drift.drift(found, PLAIN) == (
        "Changed: “Quick” would rank first now, not “Good”.\n"
        "Because these moved (values from 0, the worst, to 1000):\n"
        "  Quick, Quality: 0 -> 1000"
    )


def test_an_unknown_that_turned_up_shows_as_a_range() -> None:
    found = verify(rated({("dull", "quality"): "unknown"}), made())
    assert terminal_drift.drift(found, PLAIN) == (
        "Still valid: “Good” ranks first.\n"
        "What moved, without consequence (values from 0, the worst, to 1000):\n"
        "  Dull, Quality: 0 -> 0 to 1000"
    )


def test_other_weights_for_the_same_answers_are_named() -> None:
    changed = data()
    changed["criteria"][1]["weight"] = 40
    found = verify(Guide.from_data(changed), made())
    assert found.status == "changed"
    assert found.reweighted == (("speed", "10", "40"),)
    assert terminal_drift.drift(found, PLAIN) == (
        "Changed: “Quick” would rank first now, not “Good”.\n"
        "Because these moved (values from 0, the worst, to 1000):\n"
        "  weight of Speed: 10 -> 40"
    )


def test_a_strategy_that_is_gone_is_named_and_the_decision_has_changed() -> None:
    changed = data()
    del changed["options"][0]
    found = verify(Guide.from_data(changed), made())
    assert found.status == "changed"
    assert terminal_drift.drift(found, PLAIN) == (
        "Changed: “Quick” would rank first now, not “good”.\n"
        "Because these moved (values from 0, the worst, to 1000):\n"
        "  good is no longer a strategy of the guide"
    )


def test_a_newcomer_that_comes_first_is_told_from_a_fact_that_moved() -> None:
    changed = data()
    best = {scale["id"]: {"level": scale["levels"][-1]["id"]} for scale in changed["criteria"]}
    changed["options"].append(option("fresh", ratings=best))
    found = verify(Guide.from_data(data_of(changed["criteria"], changed["options"], changed["questions"])), made())
    assert (found.status, found.moved) == ("changed", ())
    assert terminal_drift.drift(found, PLAIN) == (
        "Changed: “Fresh” would rank first now, not “Good”.\n"
        "The supporting facts haven't changed; other setups are new or have been re-rated."
    )


def test_a_criterion_that_is_new_or_gone_is_named() -> None:
    changed = data()
    changed["criteria"][2] = criterion("shape", weight=1)
    for entry in changed["options"]:
        entry["ratings"]["shape"] = entry["ratings"].pop("size")
    found = verify(Guide.from_data(changed), made())
    assert found.status == "valid"
    assert "  Good, size: 0 -> absent" in terminal_drift.drift(found, PLAIN)
    assert "  Good, Shape: absent -> 0" in terminal_drift.drift(found, PLAIN)
    assert found.reweighted == (("size", "1", "0"), ("shape", "0", "1"))


def test_a_renamed_option_keeps_its_decisions_when_it_keeps_its_former_id() -> None:
    changed = data()
    changed["options"][0] |= {"id": "excellent", "name": "Excellent", "aliases": ["good"]}
    found = verify(Guide.from_data(changed), made())
    assert (found.status, found.moved) == ("valid", ())


def test_answers_that_the_guide_no_longer_knows_are_set_aside_with_a_word() -> None:
    changed = data()
    del changed["questions"][1]
    found = verify(Guide.from_data(changed), made())
    assert found.status == "valid"
    assert found.notices == ("there is no question 'rules'",)
    assert terminal_drift.drift(found, PLAIN) == "Still valid: “Good” ranks first.\nthere is no question 'rules'"


def test_a_decision_for_nothing_stays_one_until_something_meets_the_requirements() -> None:
    asked = question("wants", {"all": [{"require": {"quality": "good", "speed": "fast"}}]})
    strict = {**data(), "questions": [asked]}
    before = decision(recommend(Guide.from_data(strict), {"wants": "all"}), "2026-01-02")
    assert (before["leaders"], before["lead"], before["values"]) == ([], None, {})
    assert verify(Guide.from_data(strict), before).status == "valid"
    better = copy.deepcopy(strict)
    better["options"][0]["ratings"]["speed"]["level"] = "fast"
    found = verify(Guide.from_data(better), before)
    assert found.status == "changed"
    assert terminal_drift.drift(found, PLAIN).startswith("Changed: “Good” would rank first now, not nothing.")


DAMAGED = [
    ({"kind": "recipe"}, "unsupported decision file format"),
    ({"format": 2}, "unsupported decision file format"),
    ({"guide": "other"}, "this decision was made with another guide: other"),
    ({"guide": None}, "this decision was made with another guide: null"),
    ({"answers": 5}, "answers must map ids to values, not '5'"),
    ({"leaders": 5}, "the decision is damaged: a part of it has another form"),
    ({"lead": "far"}, "the decision is damaged: a part of it has another form"),
    ({"values": ["good"]}, "the decision is damaged: a part of it has another form"),
    ({"values": {"good": {"quality": [1]}}}, "the decision is damaged: a part of it has another form"),
    ({"values": {"good": {"quality": [1e999, 0]}}}, "the decision is damaged: a part of it has another form"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "said"), DAMAGED, ids=[str(damage) for damage, _ in DAMAGED])
def test_what_is_no_decision_is_refused(damage: Data, said: str) -> None:
    if "answers" in damage:
        assert said in verify(Guide.from_data(data()), made(**damage)).notices
        return
    with pytest.raises(AnswerError, match=re.escape(said)):
        verify(Guide.from_data(data()), made(**damage))


@pytest.mark.parametrize("field", ["answers", "weights", "relax", "leaders", "lead", "points", "values"])
def test_a_decision_that_lacks_a_part_is_refused(field: str) -> None:
    torn = {key: value for key, value in made().items() if key != field}
    with pytest.raises(AnswerError, match=re.escape(f"the decision is damaged: it has no '{field}'")):
        verify(Guide.from_data(data()), torn)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(["answers", "weights", "relax", "leaders", "lead", "points", "values"]), ANYTHING)
def test_damage_of_any_kind_is_judged_or_refused_and_never_crashes(field: str, damage: Any) -> None:
    try:
        terminal_drift.drift(verify(Guide.from_data(data()), made(**{field: damage})), PLAIN)
    except AnswerError as error:
        assert str(error)


def test_a_keepsake_in_a_link_says_the_same_as_the_whole_decision() -> None:
    before = recommend(Guide.from_data(data()), ANSWERS)
    text = link_snapshot(before)
    assert re.fullmatch(r"good~quick~19\.23~[0-9a-z]{21}~[0-9a-z]{21}", text)
    for guide in (
        Guide.from_data(data()),
        rated({("quick", "quality"): "poor"}),
        rated({("quick", "quality"): "good"}),
    ):
        whole = verify(guide, made())
        found = recall(guide, before.case, made()["revision"], text)
        assert found is not None
        kept = [item for item in whole.moved if item.strategy in ("good", "quick")]
        assert (found.status, found.same_revision, list(found.moved)) == (whole.status, whole.same_revision, kept)


@given(st.text() | st.from_regex(r"[a-z+,]{0,9}(~[a-z0-9.]{0,16}){0,6}", fullmatch=True))
def test_no_keepsake_whatever_makes_a_link_fail(text: str) -> None:
    guide = Guide.from_data(data())
    recall(guide, recommend(guide, ANSWERS).case, "abc", text)


def test_the_record_of_a_decision_and_its_verification_agree_on_the_real_guide(tmp_path: Path) -> None:
    guide = real_guide()
    example = guide.data["examples"][0]
    result = recommend(guide, example["answers"])
    before = decision(result, "2026-01-02")
    assert verify(guide, json.loads(json.dumps(before))).status == "valid"
    assert guide.revision in record(Analysis(result), "2026-01-02")


def run(tmp_path: Path, guide: Guide, found: Any, *more: str) -> int:
    (tmp_path / "guide.json").write_text(json.dumps({"revision": guide.revision, "guide": guide.data}), "utf-8")
    (tmp_path / "decision.json").write_text(found if isinstance(found, str) else json.dumps(found), "utf-8")
    return main(["verify", "--guide", str(tmp_path / "guide.json"), str(tmp_path / "decision.json"), *more])


@pytest.mark.parametrize(
    ("changes", "code", "status"),
    [
        ({}, 0, "valid"),
        ({("quick", "quality"): "poor"}, 1, "closer"),
        ({("quick", "quality"): "good"}, 1, "changed"),
    ],
)
def test_a_pipeline_gets_zero_while_it_is_valid_and_one_when_it_is_not(
    changes: dict[tuple[str, str], str],
    code: int,
    status: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(tmp_path, rated(changes), made(), "--json") == code
    found = json.loads(capsys.readouterr().out)
    assert found["status"] == status
    assert set(found) == {"status", "same_revision", "revision", "leaders_before", "leaders", "lead_before", "lead",
                          "gates_new", "gates_gone", "moved", "own", "reweighted", "notices"}  # fmt: skip


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("{", "cannot read "),
        ("[]", "expected a JSON object"),
        ("{}", "unsupported decision file format"),
    ],
)
def test_a_pipeline_gets_two_and_a_sentence_when_the_file_is_no_decision(
    found: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, rated({}), found) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert said in output.err
    assert output.err.startswith("selector: ")


IN_A_FILE = [
    ("answers", None, "answers by question, not null"),
    ("answers", 5, "answers by question, not 5"),
    ("answers", "x", "answers by question, not x"),
    ("answers", [], "answers by question, not []"),
    ("weights", [], "whole numbers by criterion, not []"),
    ("weights", {"speed": "x"}, 'whole numbers by criterion, not {"speed": "x"}'),
    ("weights", {"speed": True}, 'whole numbers by criterion, not {"speed": true}'),
    ("weights", None, "whole numbers by criterion, not null"),
    ("relax", {}, "a list of texts, not {}"),
    ("relax", [5], "a list of texts, not [5]"),
    ("gates", [None], "a list of texts, not [null]"),
    ("leaders", "good", "a list of texts, not good"),
    ("leaders", [["good"]], 'a list of texts, not [["good"]]'),
    ("runner_up", 5, "a text or null, not 5"),
    ("shares", [1], "fractions by setup, not [1]"),
    ("shares", {"good": "most"}, 'fractions by setup, not {"good": "most"}'),
    ("shares", {"good": "1/0"}, 'fractions by setup, not {"good": "1/0"}'),
    ("points", {"speed": 5}, 'fractions by criterion, not {"speed": 5}'),
    ("revision", 5, "a text, not 5"),
    ("date", "yesterday", "a day, as 2026-01-31, not yesterday"),
    ("date", "2026-13-01", "a day, as 2026-01-31, not 2026-13-01"),
    ("date", None, "a day, as 2026-01-31, not null"),
    ("lead", "far", "a number or null, not far"),
    ("lead", float("nan"), "a number or null, not NaN"),
    ("values", {"good": {"quality": [1]}}, 'two whole numbers by setup and criterion, not {"good": {"quality": [1]}}'),
    ("values", {"good": 1}, 'two whole numbers by setup and criterion, not {"good": 1}'),
]


@pytest.mark.parametrize(("field", "value", "said"), IN_A_FILE, ids=[f"{name} {value}" for name, value, _ in IN_A_FILE])
def test_a_damaged_file_is_called_damaged_in_words(
    field: str, value: object, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, Guide.from_data(data()), made(**{field: value})) == 2
    assert capsys.readouterr() == ("", f"selector: the decision is damaged: '{field}' must be {said}\n")


@pytest.mark.parametrize("field", sorted(FORMS.keys() - {*OLDER}))
def test_a_file_that_lacks_a_part_is_called_damaged(
    field: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torn = {key: value for key, value in made().items() if key != field}
    assert run(tmp_path, Guide.from_data(data()), torn) == 2
    assert capsys.readouterr() == ("", f"selector: the decision is damaged: it has no '{field}'\n")


@given(st.sampled_from(sorted(made())), ANYTHING)
def test_what_is_not_called_damaged_can_be_verified(field: str, value: Any) -> None:
    spoilt = made(**{field: value})
    if not damage(spoilt):
        with contextlib.suppress(AnswerError):  # another format, another guide
            terminal_drift.drift(verify(Guide.from_data(data()), spoilt), PLAIN)
