"""Several people's answers compared: what all can accept, who loses how much, whose requirement rules out what."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selector import Guide, Recommendation, recommend
from selector.analysis.sensitivity import with_answer
from selector.case.answers import check_case
from selector.group import GroupError, Person, Together, by_effect, settlings, together
from selector.group.joint import TOLERANCE, Distance
from selector.report.terminal import Paint
from selector.report.together_adr import together_record
from selector.report.together_data import together_data
from selector.report.together_terminal import comparison
from selector.scoring.recommend import recommend_case
from tests.selector.test_cli import api_validator
from tests.support.random_guides import add_gates, edition_some, make_guide, name_some, random_answers
from tests.support.small_guides import criterion, data_of, option, question

Data = dict[str, Any]
seeds = st.integers(0, 10**6)


def guide() -> Guide:
    """Quick is fast, solid is good, middle is fair in both; a rule asks for something fair."""
    criteria = [criterion("quality", weight=1), criterion("speed", weight=1)]
    options = [
        option("quick", ratings={"speed": "good"}),
        option("solid", ratings={"quality": "good"}),
        option("middle", ratings={"quality": "fair", "speed": "fair"}),
    ]
    want = question("want", {"quality": [{"weight": {"quality": 2}}], "speed": [{"weight": {"speed": 2}}]})
    rules = question("rules", {"strict": [{"require": {"quality": "fair"}}], "fast": [{"require": {"speed": "fair"}}],
                               "none": []})  # fmt: skip
    size = question("size", {"small": [], "large": []})
    return Guide.from_data(data_of(criteria, options, [want, rules, size]))


def person(found: Guide, name: str, weights: Data | None = None, relax: tuple[str, ...] = (), **answers: Any) -> Person:
    return Person(name, check_case(found, answers, weights, relax))


def people(found: Guide, *several: Data) -> list[Person]:
    return [person(found, name, **said) for name, said in zip(("Ann", "Bob", "Cem", "Dan"), several, strict=False)]


def compared(*several: Data) -> Together:
    found = guide()
    return together(found, people(found, *several))


def test_losses_are_points_behind_the_own_first_place_and_the_least_regret_is_the_smallest_of_the_largest() -> None:
    """Points 3 to 1: a person's scale is 4 x 1000. Solid 75, middle 50, quick 25 for Ann; turned around for Bob."""
    found = compared({"want": "quality"}, {"want": "speed"})
    assert found.losses("solid") == {"Ann": 0, "Bob": 50}
    assert found.losses("quick") == {"Ann": 50, "Bob": 0}
    assert found.losses("middle") == {"Ann": 25, "Bob": 25}
    assert (found.least_regret, found.regret) == (("middle",), 25)
    assert found.acceptable == ()
    assert found.possible == ("middle", "quick", "solid")
    assert found.first == {"quick": ("Bob",), "solid": ("Ann",)}


def test_what_is_close_for_all_is_acceptable_to_all() -> None:
    near = compared({"weights": {"quality": 100, "speed": 90}}, {"weights": {"quality": 90, "speed": 100}})
    loss = Fraction(1000, 190) / 1
    assert near.losses("quick") == {"Ann": loss, "Bob": 0}
    assert loss < TOLERANCE
    assert near.acceptable == ("middle", "quick", "solid")
    assert (near.least_regret, near.regret) == (("middle",), loss / 2)


def test_most_put_first_counts_heads() -> None:
    found = compared({"want": "quality"}, {"want": "quality"}, {"want": "speed"})
    assert found.first == {"solid": ("Ann", "Bob"), "quick": ("Cem",)}
    assert found.most_first == ("solid",)
    assert found.least_regret == ("middle",)


def test_where_answers_agree_differ_and_are_missing() -> None:
    found = compared(
        {"want": "quality", "size": "large", "rules": "none"}, {"want": "speed", "size": "large"},
        {"want": "unsure", "size": "large", "rules": "none"},
    )  # fmt: skip
    by = {item.question: item for item in found.positions}
    assert {name: item.status for name, item in by.items()} == {"want": "differ", "rules": "missing", "size": "agree"}
    assert by["rules"].silent == ("Bob",)
    assert by["want"].said == {"Ann": "quality", "Bob": "speed", "Cem": "unsure"}
    assert by["want"].proposals == ("quality", "speed")


def test_the_union_of_requirements_names_whose_rules_out_what() -> None:
    found = compared({"want": "speed", "rules": "strict"}, {"want": "quality", "rules": "fast"})
    assert found.possible == ("middle",)
    assert [(item.id, item.persons, item.rules_out, item.alone) for item in found.asked] == [
        ("rules.fast.speed", ("Bob",), ("solid",), ("solid",)),
        ("rules.strict.quality", ("Ann",), ("quick",), ("quick",)),
    ]


def test_people_who_use_different_things_are_bound_to_different_things() -> None:
    """Both bindings come from the same question, and each is its own requirement with its own words."""
    options = [option("quick"), option("solid"), option("middle")]
    used = question("used", {name: [{"bind": [name], "because": "It runs."}] for name in ("quick", "solid")})
    found = Guide.from_data(data_of([criterion("quality", weight=1)], options, [used]))
    both = together(found, people(found, {"used": "quick"}, {"used": "solid"}))
    texts = {
        item["text"]: (item["persons"], item["rules_out"]) for item in together_data(both, settlings(both))["asked"]
    }
    assert texts == {
        "with Quick": (["Ann"], ["middle", "solid"]),
        "with Solid": (["Bob"], ["middle", "quick"]),
    }
    assert both.joint.distance.requirements == 1
    same = together(found, people(found, {"used": "quick"}, {"used": "quick"}))
    assert [(item.id, item.persons) for item in same.asked] == [("bind.used", ("Ann", "Bob"))]


def test_settling_one_disagreement_is_judged_by_the_worst_of_its_answers() -> None:
    found = compared({"want": "speed", "rules": "strict"}, {"want": "quality", "rules": "fast"})
    # Ann's first place is middle: quick is ruled out for her. Bob's is middle as well.
    assert found.regret == 0
    found = compared({"want": "quality"}, {"want": "speed", "rules": "none"})
    want, rules = by_effect(settlings(found))
    assert (want.question, want.helps, want.sure) == ("want", True, Distance(0, Fraction(0)))
    assert [(item.answer, item.strategies) for item in want.outcomes] == [
        ("quality", ("solid",)),
        ("speed", ("quick",)),
    ]
    assert (rules.question, rules.helps, rules.sure) == ("rules", False, Distance(0, Fraction(25)))


def test_nothing_possible_names_what_to_relax_and_whose_it_is() -> None:
    criteria = [criterion("quality"), criterion("speed")]
    options = [option("quick", ratings={"speed": "good"}), option("solid", ratings={"quality": "good"})]
    rules = question("rules", {"strict": [{"require": {"quality": "fair"}}], "fast": [{"require": {"speed": "fair"}}]})
    found = Guide.from_data(data_of(criteria, options, [rules]))
    group = together(found, people(found, {"rules": "strict"}, {"rules": "fast"}))
    assert (group.possible, group.acceptable, group.least_regret, group.regret) == ((), (), (), None)
    assert group.near is not None
    assert dict(group.near.alone) == {"rules.fast.speed": ("solid",), "rules.strict.quality": ("quick",)}
    (settling,) = settlings(group)
    assert settling.now == Distance(1, Fraction(0))
    assert settling.sure == Distance(0, Fraction(0))
    assert settling.helps


def editions() -> Guide:
    criteria = [criterion("price", weight=3), criterion("certified", weight=1)]
    store = option("vault", ratings={"price": {"level": {"free": "good", "paid": "bad"}},
                                     "certified": {"level": {"free": "bad", "paid": "good"}}})  # fmt: skip
    store["editions"] = [{"id": "free", "name": "Free"}, {"id": "paid", "name": "Paid", "unpriced": True}]
    other = option("file", ratings={"price": "good", "certified": "bad"})
    asked = [question("budget", {"nothing": [{"require": {"price": "good"}}]}),
             question("rules", {"strict": [{"require": {"certified": "good"}}]}),
             question("size", {"large": []})]  # fmt: skip
    return Guide.from_data(data_of(criteria, [store, other], asked))


def test_two_requirements_that_no_one_edition_meets_are_not_met_together() -> None:
    found = editions()
    group = together(found, people(found, {"budget": "nothing"}, {"rules": "strict"}))
    assert "vault" not in group.possible
    assert group.apart == ("vault",)
    assert next(item for item in together_data(group)["strategies"] if item["id"] == "vault")["editions_differ"]


def test_a_loss_is_counted_in_the_edition_that_all_can_have() -> None:
    found = editions()
    group = together(found, people(found, {"size": "large"}, {"rules": "strict"}))
    # Ann alone would take the free edition: 75 of 100. Bob needs the paid one: 25 of 100.
    assert group.losses("vault") == {"Ann": 50, "Bob": 0}


def test_a_preference_gives_way_when_nothing_that_it_prefers_is_possible_for_all() -> None:
    criteria = [criterion("quality"), criterion("speed")]
    options = [
        option("own", ratings={"quality": "bad"}, tags="in-house"),
        option("bought", ratings={"quality": "good", "speed": "fair"}, tags="foreign"),
        option("rented", ratings={"quality": "fair", "speed": "good"}, tags="foreign"),
    ]
    where = question("where", {"here": [], "there": []})
    rules = question("rules", {"strict": [{"require": {"quality": "fair"}}], "none": []})
    prefer = {"id": "in-house-first", "prefer": ["own"], "over": ["tag:foreign"],
              "when": {"where": ["here"]}, "because": "Ours first."}  # fmt: skip
    found = Guide.from_data(data_of(criteria, options, [where, rules], preferences=[prefer]))
    alone = together(found, people(found, {"where": "here"}, {"where": "there"}))
    assert (alone.acceptable, alone.possible[0]) == ((), "own")
    group = together(found, people(found, {"where": "here"}, {"where": "there", "rules": "strict"}))
    assert set(group.possible) == {"bought", "rented"}
    assert group.acceptable  # Ann's preference is for what Bob's requirement rules out


@pytest.mark.parametrize(
    ("several", "message"),
    [
        ([], "1 to 9 people"),
        ([("Ann", {"want": "quality"})] * 10, "1 to 9 people"),
        ([("Ann", {"want": "quality"}), ("Ann", {"want": "speed"})], "two people are called 'Ann'"),
        ([("Ann", {"want": "quality"}), ("Bob", {"want": "unsure"})], "Bob: no question is answered"),
    ],
)
def test_groups_that_cannot_be_compared_are_refused(several: list[tuple[str, Data]], message: str) -> None:
    found = guide()
    with pytest.raises(GroupError, match=message):
        together(found, [person(found, name, **said) for name, said in several])


def some_group(seed: int, size: int = 3) -> tuple[Guide, list[Person]]:
    """A random guide, every third with gates or editions, and people who say different things about it."""
    data = make_guide(seed, options=6, criteria=5, questions=5, unknown=0.05 if seed % 2 else 0.0)
    if seed % 3 == 1:
        data = name_some(add_gates(data, seed), seed, most=2)
    if seed % 3 == 2:
        data = edition_some(data, seed)
    found, random, several = Guide.from_data(data), Random(seed), []
    for name in ("Ann", "Bob", "Cem", "Dan")[:size]:
        answers = random_answers(random, data, 0.6)
        several.append(Person(name, check_case(found, answers, {data["criteria"][0]["id"]: random.randint(1, 30)})))
    return found, several


def without_people(data: Data) -> Data:
    """What must not depend on how many agree."""
    kept = ("acceptable", "least_regret", "settlings", "near")
    strategies = [
        {key: item[key] for key in ("id", "possible", "acceptable", "largest_loss")} for item in data["strategies"]
    ]
    asked = [{key: item[key] for key in ("id", "rules_out", "alone")} for item in data["asked"]]
    near = [{key: item[key] for key in ("relax", "strategies")} for item in data["near"]]
    return {key: data[key] for key in kept} | {"strategies": strategies, "asked": asked, "near": near}


def whole(found: Guide, several: list[Person]) -> Data:
    group = together(found, several)
    return together_data(group, by_effect(settlings(group)))


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_the_order_of_the_people_changes_nothing(seed: int) -> None:
    found, several = some_group(seed)
    results = [whole(found, list(order)) for order in permutations(several)]
    assert all(result == results[0] for result in results)


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(0, 2))
def test_somebody_who_says_what_another_says_changes_nothing_but_names_and_heads(seed: int, who: int) -> None:
    found, several = some_group(seed)
    before = whole(found, several)
    after = whole(found, [*several, Person("Zoe", several[who].case)])
    assert without_people(after) == without_people(before)
    assert {item["question"]: item["status"] for item in after["questions"]} == {
        item["question"]: item["status"] for item in before["questions"]
    }
    assert {item["strategy"] for item in after["first"]} == {item["strategy"] for item in before["first"]}


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_one_person_has_the_own_ranking_and_no_disagreement(seed: int) -> None:
    found, several = some_group(seed, size=1)
    group = together(found, several)
    result = recommend_case(found, several[0].case)
    assert set(group.possible) == {place.strategy.id for place in result.feasible}
    assert set(group.least_regret) == {place.strategy.id for place in result.leaders}
    assert group.regret == (0 if result.leaders else None)
    assert list(settlings(group)) == [] or {item.status for item in group.positions} > {"agree"}


def plain_losses(result: Recommendation, names: list[str]) -> Any:
    """By NumPy, from the scores of the ranking: points of 100 behind the first contender, at least 0."""
    scores = {place.strategy.id: place.total.twice / (20 * sum(result.points)) for place in result.places}
    best = max(scores[place.strategy.id] for place in result.contenders)
    return np.maximum(0, best - np.array([scores[name] for name in names]))


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_losses_acceptable_set_and_least_regret_agree_with_numpy(seed: int) -> None:
    """Without editions and preferences, where a person's own ranking says it all. Tolerance: their floats."""
    data = make_guide(seed, options=6, criteria=5, questions=5, unknown=0.1 if seed % 2 else 0.0)
    found, random = Guide.from_data(data), Random(seed)
    several = []
    for name in ("Ann", "Bob", "Cem"):
        weights = {data["criteria"][0]["id"]: random.randint(1, 30)}
        several.append(Person(name, check_case(found, random_answers(random, data, 0.4), weights)))
    group = together(found, several)
    results = [recommend_case(found, one.case) for one in several]
    feasible = [{place.strategy.id for place in result.feasible} for result in results]
    names = sorted(set.intersection(*feasible))
    assert set(group.possible) == set(names)
    if not names:
        assert group.regret is None
        return
    table = np.stack([plain_losses(result, names) for result in results])
    for column, name in enumerate(names):
        assert [float(loss) for loss in group.losses(name).values()] == pytest.approx(list(table[:, column]), abs=1e-9)
    largest = table.max(axis=0)
    assert group.regret is not None
    assert float(group.regret) == pytest.approx(largest.min(), abs=1e-9)
    assert set(group.least_regret) == {
        name for name, loss in zip(names, largest, strict=True) if loss < largest.min() + 1e-9
    }
    assert set(group.acceptable) == {
        name for name, loss in zip(names, largest, strict=True) if loss <= TOLERANCE + 1e-9
    }


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_settling_agrees_with_asking_everybody_again(seed: int) -> None:
    """Every answer given to all, and the group compared anew."""
    found, several = some_group(seed, size=2)
    for item in settlings(together(found, several)):
        for outcome in item.outcomes:
            again = [Person(one.name, with_answer(one.case, item.question, outcome.answer)) for one in several]
            group = together(found, again)
            assert (outcome.strategies, outcome.left) == (group.least_regret, group.joint.distance)
            assert group.joint.distance.loss == (group.regret or 0)


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_relaxing_what_alone_rules_something_out_brings_it_back(seed: int) -> None:
    data = make_guide(seed, options=6, criteria=5, questions=5, unknown=0.0)
    found, random = Guide.from_data(data), Random(seed)
    several = [Person(name, check_case(found, random_answers(random, data, 0.7), {data["criteria"][0]["id"]: 5}))
               for name in ("Ann", "Bob")]  # fmt: skip
    group = together(found, several)
    for item in group.asked:
        relaxed = [Person(one.name, check_case(found, one.case.answers, one.case.weights, {*one.case.relax, item.id}))
                   for one in several]  # fmt: skip
        back = set(together(found, relaxed).possible)
        assert set(item.alone) <= back
        assert not back.intersection(set(item.rules_out) - set(item.alone))


def test_a_group_is_made_from_what_recommend_gives() -> None:
    found = guide()
    group = together(found, people(found, {"want": "quality"}, {"want": "speed"}))
    assert group.results["Ann"].leaders == recommend(found, {"want": "quality"}).leaders


def test_trade_offs_are_told_with_who_would_rather_have_what() -> None:
    said = {"want": "quality", "rules": "none"}
    name = "trade.quality.speed"
    found = compared({**said, name: "quality"}, {**said, name: "speed"}, said)
    item = found.traded[0]
    assert (item.status, item.silent) == ("differ", ("Cem",))
    data = together_data(found)["traded"][0]
    assert "Quality" in data["text"] and "Speed" in data["text"]
    assert [one["persons"] for one in data["said"]] == [["Ann"], ["Bob"]]
    assert list(api_validator("together").iter_errors(together_data(found))) == []
    record = together_record(found, [], "2026-11-28")
    section = record.partition("### Trade-offs")[2].partition("\n## ")[0]
    assert "Ann: “Quality: " in section and "Cem: no answer." in section
    assert "Cem: no answer." in comparison(found, [], Paint(on=False))
    assert compared({**said, name: "speed"}, {**said, name: "speed"}).traded[0].status == "agree"
