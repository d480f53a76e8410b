"""Gates: assumptions, bindings, preferences, families, classes. Against a plain second judge, and by their properties."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from selector import Guide, Recommendation, recommend
from selector.analysis.sensitivity import leaders_of, lifts
from tests.support.plain_gates import judge
from tests.support.random_guides import add_gates, edition_some, make_guide, name_some, random_answers
from tests.support.small_guides import criterion, guide_of, option, question

seeds = st.integers(0, 10**6)
Data = dict[str, Any]


def case_of(seed: int, **more: Any) -> tuple[Data, Data]:
    data = make_guide(seed, **{"options": 7, "criteria": 5, "questions": 6, "unknown": 0.15, **more})
    if seed % 3:
        data = name_some(data, seed)
    data = add_gates(data, seed)
    return data, random_answers(Random(seed + 1), data)


def standing(result: Recommendation) -> dict[str, tuple[str, int]]:
    return {place.strategy.id: (place.verdict.status, place.tier) for place in result.places}


def feasible(result: Recommendation) -> set[str]:
    return {place.strategy.id for place in result.feasible}


@settings(max_examples=300)
@given(seeds, st.booleans())
def test_gates_agree_with_a_judge_that_knows_sets_of_names_only(seed: int, relaxing: bool) -> None:
    data, answers = case_of(seed)
    if seed % 2:
        data = edition_some(data, seed)
    guide = Guide.from_data(data)
    relax = frozenset[str]()
    if relaxing:
        names = [f"assumed.{q['id']}" for q in data["questions"]] + [f"bind.{q['id']}" for q in data["questions"]]
        names += [f"prefer.{entry['id']}" for entry in data["preferences"]]
        names += [item.id for item in recommend(guide, answers).situation.requirements]
        relax = frozenset(Random(seed).sample(names, len(names) // 3))
    result, plain = recommend(guide, answers, relax=relax), judge(guide, answers, relax)
    for place in result.places:
        name = place.strategy.id
        assert (name, place.verdict.failed) == (name, plain.failed[name])
        assert (name, place.verdict.unverified) == (name, plain.open[name])
        assert (name, set(place.verdict.behind)) == (name, {gate for gate, names in plain.behind if name in names})
    assert {item.id for item in result.yielded} == plain.yielded
    assert {place.strategy.id for place in result.feasible if not place.tier} == plain.contenders
    order = [(place.tier, -place.total.twice) for place in result.feasible]
    assert order == sorted(order) or not result.crowned


@settings(max_examples=150)
@given(seeds)
def test_one_more_requirement_never_makes_a_strategy_feasible_unless_something_yields_to_it(seed: int) -> None:
    data, answers = case_of(seed)
    random = Random(seed)
    scale = random.choice(data["criteria"])
    more = copy.deepcopy(data)
    effect = {"require": {scale["id"]: random.choice(scale["levels"])["id"]}, "because": "Now."}
    more["questions"].append({"id": "more", "text": "More?", "kind": "one",
                              "answers": [{"id": "yes", "label": "Yes", "effects": [effect]}]})  # fmt: skip
    before = recommend(Guide.from_data(more), answers)
    after = recommend(Guide.from_data(more), {**answers, "more": "yes"})
    if before.yielded == after.yielded:
        assert feasible(after) <= feasible(before)
    bare = {**more, "preferences": []}
    assert feasible(recommend(Guide.from_data(bare), {**answers, "more": "yes"})) == feasible(after)


@settings(max_examples=100)
@given(seeds)
def test_a_preference_changes_no_score_and_rules_nothing_out(seed: int) -> None:
    data, answers = case_of(seed)
    ours = recommend(Guide.from_data(data), answers)
    bare = recommend(Guide.from_data({**data, "preferences": []}), answers)
    assert {p.strategy.id: (p.total, p.verdict.status) for p in ours.places} == {
        p.strategy.id: (p.total, p.verdict.status) for p in bare.places
    }
    assert bool(ours.contenders) == bool(bare.feasible)


@settings(max_examples=100)
@given(seeds)
def test_setting_a_gate_aside_gives_exactly_the_case_without_it(seed: int) -> None:
    data, answers = case_of(seed)
    result = recommend(Guide.from_data(data), answers)
    for gate in result.gates_in_force:
        kind, name = gate.split(".")
        less = copy.deepcopy(data)
        if kind == "prefer":
            less["preferences"] = [entry for entry in less["preferences"] if entry["id"] != name]
        for entry in less["questions"]:
            if entry["id"] == name and kind == "assumed":
                del entry["assumed"]
            if entry["id"] == name and kind == "bind":
                for answer in entry["answers"]:
                    answer["effects"] = [effect for effect in answer["effects"] if "bind" not in effect]
        aside = recommend(Guide.from_data(data), answers, relax=[gate])
        assert standing(aside) == standing(recommend(Guide.from_data(less), answers))


@settings(max_examples=100)
@given(seeds)
def test_a_gate_that_yields_changes_nothing(seed: int) -> None:
    data, answers = case_of(seed)
    result = recommend(Guide.from_data(data), answers)
    names = [item.id for item in result.yielded]
    again = recommend(Guide.from_data(data), answers, relax=names)
    assert standing(again) == standing(result)
    assert all(item.to for item in result.yielded)


@settings(max_examples=100)
@given(seeds)
def test_exactly_one_of_a_family_and_its_members_takes_part(seed: int) -> None:
    data, answers = case_of(seed)
    if not data["families"]:
        return
    family, members = "family", set(data["families"][0]["stands_for"])
    result = recommend(Guide.from_data(data), answers)
    on = (result.situation.enabled | result.situation.owned) & members
    alive = {name for p in result.places if not any(f.startswith("off.") for f in p.verdict.failed)
             for name in p.strategy.members}  # fmt: skip
    assert alive & (members | {family}) <= (on or {family})


@settings(max_examples=60)
@given(seeds)
def test_the_order_of_options_questions_and_answers_decides_no_gate(seed: int) -> None:
    data, answers = case_of(seed)
    random = Random(seed)
    mixed = copy.deepcopy(data)
    random.shuffle(mixed["options"])
    for entry in mixed["questions"]:
        if entry["kind"] != "number":
            random.shuffle(entry["answers"])
    assert standing(recommend(Guide.from_data(mixed), answers)) == standing(recommend(Guide.from_data(data), answers))


@settings(max_examples=60)
@given(seeds)
def test_preferences_over_things_apart_may_be_declared_in_any_order(seed: int) -> None:
    data, answers = case_of(seed)
    result = recommend(Guide.from_data(data), answers)
    touched = [rows for _, rows in result.gates.behind]
    if len(touched) != 2 or touched[0] & touched[1]:
        return
    turned = {**data, "preferences": list(reversed(data["preferences"]))}
    other = recommend(Guide.from_data(turned), answers)
    assert {p.strategy.id for p in other.contenders} == {p.strategy.id for p in result.contenders}


@settings(max_examples=60)
@given(seeds)
def test_what_alone_keeps_others_from_the_first_place_is_found(seed: int) -> None:
    data, answers = case_of(seed)
    guide = Guide.from_data(data)
    result = recommend(guide, answers)
    now = {place.strategy.id for place in result.leaders}
    found = {lift.gate: lift.leaders for lift in lifts(result)}
    for gate in result.gates_in_force:
        aside = recommend(guide, answers, relax=[gate])
        then = {place.strategy.id for place in aside.leaders}
        assert then == leaders_of(guide, aside.case)
        assert found.get(gate, frozenset(now)) == then


def gated() -> Guide:
    """Two stores and a file. The file is preferred to a new store, code is assumed fixed, what is in use binds."""
    options = [
        option("file", ratings={"quality": "fair", "easy": "good"}, tags="plain"),
        option("vault", ratings={"quality": "good", "easy": "bad"}, tags="store"),
        option("cloud", ratings={"quality": "good", "easy": "good"}, tags="store"),
    ]
    code = question("code", {"no": [{"require": {"easy": "good"}}], "can": []})
    code["assumed"] = {"answer": "no", "because": "Code is not ours."}
    use = question("use", {"vault": [{"have": ["vault"]}, {"bind": ["vault"]}], "none": []})
    need = question("need", {"audit": [], "nothing": []})
    new = {"id": "new", "name": "Nothing new", "over": ["tag:store"], "unless": {"need": ["audit"]}, "because": "Why?"}
    criteria = [criterion("quality", weight=10), criterion("easy", weight=1)]
    return guide_of(criteria, options, [code, use, need], preferences=[new])


def test_an_assumption_rules_out_until_its_question_is_answered_and_is_no_answer() -> None:
    guide = gated()
    assert not recommend(guide, {}).crowned
    assert recommend(guide, {"need": "audit"}).place("vault").verdict.failed == {"code.no.easy"}
    assert not recommend(guide, {"need": "audit", "code": "can"}).place("vault").verdict.failed
    assert not recommend(guide, {"need": "audit"}, relax=["assumed.code"]).place("vault").verdict.failed


def test_what_is_in_use_binds_and_yields_with_what_it_yields_to() -> None:
    guide = gated()
    bound = recommend(guide, {"use": "vault", "code": "can"})
    assert [place.strategy.id for place in bound.leaders] == ["vault"]
    assert bound.place("cloud").verdict.failed == {"bind.use"}
    yielding = recommend(guide, {"use": "vault", "code": "no"})
    assert [(item.id, item.to) for item in yielding.yielded] == [("bind.use", ("code.no.easy",))]


def test_a_preference_orders_and_yields_to_its_reasons_and_to_what_is_in_use() -> None:
    guide = gated()
    result = recommend(guide, {"need": "nothing"})
    assert [place.strategy.id for place in result.leaders] == ["file"]
    assert result.place("cloud").tier == 1
    assert result.place("cloud").total.twice > result.place("file").total.twice
    assert [place.strategy.id for place in recommend(guide, {"need": "audit"}).leaders] == ["cloud"]
    assert [p.strategy.id for p in recommend(guide, {"need": "nothing"}, relax=["prefer.new"]).leaders] == ["cloud"]
