"""Assumptions, bindings and preferences that are set aside: in cases, links, forms, decisions and drift, by old ids too."""

from __future__ import annotations

from typing import Any

import pytest

from selector import Guide, recommend
from selector.analysis.steps import Analysis
from selector.case.answers import check_case
from selector.case.link import decode, encode
from selector.plan.drift import decision, verify
from selector.report import gate_sentences, terminal, terminal_drift
from selector.report.adr import record
from selector.report.json_report import recommendation_data
from selector.web.forms import fields_of, read_fields, relaxable
from tests.support.small_guides import criterion, data_of, option, question

GATES = ["assumed.code", "bind.use", "prefer.new"]
Data = dict[str, Any]


def data() -> Data:
    options = [
        option("file", ratings={"quality": "fair", "easy": "good"}, tags="plain"),
        option("vault", ratings={"quality": "good", "easy": "bad"}, tags="store"),
        option("cloud", ratings={"quality": "good", "easy": "good"}, tags="store"),
    ]
    code = {**question("code", {"no": [{"require": {"easy": "good"}}], "can": []}), "aliases": ["app"],
            "assumed": {"answer": "no", "because": "Code is not ours."}}  # fmt: skip
    use = {**question("use", {"vault": [{"have": ["vault"]}, {"bind": ["vault"]}], "none": []}), "aliases": ["used"]}
    need = question("need", {"audit": [], "nothing": []})
    need["answers"][1]["contradicts"] = [{"answers": {"use": ["vault"]}, "because": "A store is a need."}]
    new = {"id": "new", "aliases": ["fresh"], "name": "Nothing new", "over": ["tag:store"], "unless": {"need": ["audit"]},
           "because": "As soon as you need audit, a store pays off."}  # fmt: skip
    criteria = [criterion("quality", weight=10), criterion("easy", weight=1)]
    return data_of(criteria, options, [code, use, need], preferences=[new])


def guide() -> Guide:
    return Guide.from_data(data())


@pytest.mark.parametrize(
    ("old", "new"), [("assumed.app", "assumed.code"), ("bind.used", "bind.use"), ("prefer.fresh", "prefer.new")]
)
def test_old_ids_of_gates_are_known(old: str, new: str) -> None:
    assert check_case(guide(), {}, relax=[old]).relax == {new}


def test_links_and_forms_carry_gates_that_were_set_aside() -> None:
    case = check_case(guide(), {"need": "nothing"}, relax=GATES)
    again, _, notices = decode(encode(case, guide().revision), guide())
    assert (again, notices) == (case, [])
    assert read_fields(guide(), fields_of(case)).case == case
    bad: list[str] = []
    assert relaxable(guide(), [*GATES, "assumed.need", "bind.need", "prefer.gone", "assumed.nothing"], bad) == GATES
    assert len(bad) == 4


def test_a_decision_keeps_what_held_and_drift_says_what_does_not_any_more() -> None:
    made = decision(recommend(guide(), {"need": "nothing"}), "2026-11-24")
    assert made["gates"] == ["assumed.code", "prefer.new"]
    changed = data()
    changed["preferences"] = []
    found = verify(Guide.from_data(changed), made)
    assert (found.status, found.gates_new, found.gates_gone) == ("changed", (), ("prefer.new",))
    text = terminal_drift.drift(found, terminal.Paint(on=False))
    assert "held then and does not now: " in text
    changed = data()
    del changed["questions"][0]["assumed"]
    later = verify(guide(), decision(recommend(Guide.from_data(changed), {"need": "audit"}), "2026-11-24"))
    assert later.gates_new == ("assumed.code",)
    assert "did not hold then: the assumption “No”: Code?" in terminal_drift.drift(later, terminal.Paint(on=False))
    old = {name: value for name, value in made.items() if name != "gates"}
    assert verify(guide(), old).gates_new == ()


def test_everything_beside_the_answers_is_said_with_its_reason() -> None:
    result = recommend(guide(), {"need": "nothing"})
    assert [text for _, text in gate_sentences.assumptions(result)] == [
        "Assumed until you answer “Code?”: “No”. Code is not ours."
    ]
    assert [text for _, text in gate_sentences.preferences(result)] == [
        "Nothing new. As soon as you need audit, a store pays off. Listed after others for this reason: Cloud,"
        " 45.5 points ahead of the recommendation."
    ]
    bound = recommend(guide(), {"use": "vault", "code": "can"})
    assert [text for _, text in gate_sentences.bindings(bound)] == ["Only setups with Vault: You said vault."]
    both = recommend(guide(), {"use": "vault", "need": "nothing", "code": "no"})
    assert [text for _, text in gate_sentences.yielded(both)] == [
        "Your answers call for Vault, but no setup with it meets “Easy: “Good””."
    ]
    assert gate_sentences.contradictions(both) == [
        "Two of your answers contradict each other: “Nothing” (Need?) and “Vault” (Use?). A store is a need."
    ]
    for case in (result, bound, both):
        analysis = Analysis(case).run()
        kinds = (
            gate_sentences.assumptions,
            gate_sentences.bindings,
            gate_sentences.preferences,
            gate_sentences.yielded,
        )
        texts = [*gate_sentences.contradictions(case), *(text for kind in kinds for _, text in kind(case))]
        assert texts
        assert all(f"   {text}" in terminal.recommendation(analysis, terminal.Paint(on=False)) for text in texts)
        written = record(analysis, "2026-11-24")
        # What the winner uses because it binds is the first reason for it; all else stands in the same words.
        reasons = {text: f"Uses Vault. {item.because} (Answer: Vault.)" for item, text in gate_sentences.bindings(case)}
        assert all(f"- {reasons.get(text, text)}" in written for text in texts)


def test_the_data_has_them_with_the_id_that_sets_each_aside() -> None:
    found = recommendation_data(recommend(guide(), {"need": "nothing"}))
    gates = found["gates"]
    assert [(item["id"], item["in_force"], item["because"]) for item in gates["assumptions"]] == [
        ("assumed.code", True, "Code is not ours.")
    ]
    assert [(item["id"], item["best"], item["ahead"]) for item in gates["preferences"]] == [
        ("prefer.new", "cloud", 45.45)
    ]
    assert [(place["id"], place["tier"], place["behind"]) for place in found["ranking"][:2]] == [
        ("file", 0, []), ("cloud", 1, ["new"])
    ]  # fmt: skip
    both = recommendation_data(recommend(guide(), {"use": "vault", "need": "nothing", "code": "no"}))["gates"]
    assert [(item["id"], item["to"]) for item in both["yielded"]] == [("bind.use", ["code.no.easy"])]
    assert [item["question"] for item in both["contradictions"]] == ["need"]


def test_what_would_change_it_names_gates_that_decide_alone() -> None:
    analysis = Analysis(recommend(guide(), {"need": "nothing"})).run()
    assert [(lift.gate, sorted(lift.leaders)) for lift in analysis.lifts] == [("prefer.new", ["cloud"])]
    bound = Analysis(recommend(guide(), {"use": "vault", "need": "audit", "code": "can"})).run()
    assert [(lift.gate, sorted(lift.leaders)) for lift in bound.lifts] == [("bind.use", ["cloud"])]
    for found, text in (
        (analysis, "Without the preference “Nothing new”: “Cloud” would rank first."),
        (bound, "Without the limit to setups with Vault: “Cloud” would rank first."),
    ):
        assert text in terminal.recommendation(found, terminal.Paint(on=False))
        assert f"- {text}" in record(found, "2026-11-24")


def test_the_record_says_what_was_set_aside_and_a_reason_only_once() -> None:
    relaxed = Analysis(recommend(guide(), {"need": "nothing", "code": "can"}, relax=["prefer.new"])).run()
    assert "- Ignored: the preference “Nothing new”." in record(relaxed, "2026-11-24")
    free = Analysis(recommend(guide(), {"use": "vault", "need": "audit", "code": "can"}, relax=["bind.use"])).run()
    assert "- Ignored: the limit to setups with Vault." in record(free, "2026-11-24")
    kept = [{**data()["preferences"][0], "prefer": ["file"]}]
    preferred = Analysis(recommend(Guide.from_data({**data(), "preferences": kept}), {"need": "nothing"})).run()
    drivers = record(preferred, "2026-11-24").partition("## Decision Drivers")[2].partition("## Considered")[0]
    assert (
        "- Uses File. As soon as you need audit, a store pays off. Listed after others for this reason: Cloud,"
        " 45.5 points ahead of the recommendation."
    ) in drivers
    assert drivers.count("As soon as you need audit, a store pays off.") == 1
