"""Editions: one edition meets all requirements or none does, and which one is used, shown and billed."""

from __future__ import annotations

import copy
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from selector import Guide, recommend, recommendation_data
from selector.analysis.unknowns import unknown_impacts
from selector.plan.cost import bill
from selector.report.edition_sentences import edition_texts, failed_text
from selector.report.tradeoffs import cell_text
from selector.web.marks import rating_word
from tests.support.random_guides import edition_some, make_guide, name_some, random_answers
from tests.support.small_guides import criterion, data_of, option, question

Data = dict[str, Any]
seeds = st.integers(0, 10**6)

BOTH = {"budget": "nothing", "rules": "strict"}


def data(**more: Any) -> Data:
    """A store that is cheap in one edition and certified in the other, and one that is neither."""
    criteria = [criterion("price", weight=3), criterion("certified", weight=1)]
    store = option("vault", ratings={"price": {"level": {"free": "good", "paid": "bad"}},
                                     "certified": {"level": {"free": "bad", "paid": "good"}}})  # fmt: skip
    store["editions"] = [
        {"id": "free", "name": "Free"},
        {"id": "paid", "name": "Paid", "tags": ["dear"], "unpriced": True},
    ]
    store["costs"] = []
    other = option("file", ratings={"price": "good", "certified": "bad"})
    asked = [
        question("budget", {"nothing": [{"require": {"price": "good"}}], "little": [{"exclude": ["tag:dear"]}]}),
        question("rules", {"strict": [{"require": {"certified": "good"}}], "none": []}),
    ]
    return data_of(criteria, [store, other], asked, **more)


def guide() -> Guide:
    return Guide.from_data(data())


def test_two_requirements_are_not_met_by_two_editions_and_relaxing_either_is_offered() -> None:
    result = recommend(guide(), BOTH)
    assert result.feasible == ()
    assert result.near is not None
    assert set(result.near.alone) == {"budget.nothing.price", "rules.strict.certified"}
    assert "vault" in result.near.alone["budget.nothing.price"]
    assert result.near.alone["rules.strict.certified"] == ("file", "vault")
    text = failed_text(result, result.place("vault"))
    assert text == "Vault Free: Certified: “Good”. Vault Paid: Price: “Good”"


def test_the_first_edition_is_used_until_a_requirement_asks_for_another() -> None:
    found = guide()
    for answers, edition in (({}, "free"), ({"budget": "nothing"}, "free"), ({"rules": "strict"}, "paid")):
        place = recommend(found, answers).place("vault")
        assert place.editions == (("vault", edition),)
    result = recommend(found, {"rules": "strict"})
    place = result.place("vault")
    assert [result.table.low[place.row], result.winner] == [(0, 1000), place]
    assert edition_texts(result, place) == ["This needs Vault in the Paid edition: Certified: “Good”."]
    easy = recommend(found, {"rules": "none"})
    assert edition_texts(easy, easy.place("vault")) == ["This means Vault in the Free edition."]
    assert cell_text(result, place.strategy, "price") == "Price: Bad (Paid)"
    assert recommendation_data(result)["ranking"][0]["editions"] == {"vault": "paid"}


def test_no_weight_decides_which_edition_is_used() -> None:
    result = recommend(guide(), {}, weights={"price": 0, "certified": 100})
    assert result.place("vault").editions == (("vault", "free"),)


def test_a_tag_of_an_edition_excludes_that_edition_alone() -> None:
    result = recommend(guide(), {"budget": "little"})
    assert result.place("vault").verdict.status == "feasible"
    both = recommend(guide(), {"budget": "little", "rules": "strict"})
    assert both.place("vault").verdict.status == "excluded"
    assert both.near is not None
    assert set(both.near.alone) == {"budget.little.vault", "rules.strict.certified"}


def test_levels_are_shown_with_their_editions() -> None:
    found = guide()
    assert rating_word(found, "vault", "price") == "Good (Free) / Bad (Paid)"
    assert rating_word(found, "file", "price") == "Good"
    assert [cell.edition for cell in found.strategy_cells(found.strategy("vault"), "price")] == ["Free", "Paid"]


def test_the_bill_is_of_the_edition_that_is_used() -> None:
    found = guide()
    strategy, figures = found.strategy("vault"), dict[str, Fraction]()
    assert bill(found, strategy, figures).unpriced == ()
    assert bill(found, strategy, figures, editions=(("vault", "paid"),)).unpriced == ("vault",)


def test_what_is_in_use_may_be_the_edition_that_costs() -> None:
    """Nobody says which edition they run: the first is free to them, and of another it is not known."""
    some = data()
    some["criteria"][0] = criterion("price", "points", capacity=8, owned="free", levels={"bad": 8, "good": 0})
    some["questions"].append(question("have", {"vault": [{"have": ["vault"]}], "none": []}))
    result = recommend(Guide.from_data(some), {**BOTH, "have": "vault"})
    assert result.place("vault").verdict.unverified == {"budget.nothing.price"}


def test_a_family_meets_what_one_of_its_members_meets() -> None:
    family = {"id": "either", "name": "Either", "kind": "Store", "stands_for": ["vault", "file"], "question": "budget",
              "summary": "Either.", "because": "Not known."}  # fmt: skip
    found = Guide.from_data(data(families=[family]))
    assert recommend(found, {"rules": "strict"}).place("either").verdict.status == "unverified"
    result = recommend(found, BOTH)
    assert result.place("either").verdict.status == "excluded"
    assert {way.failed for way in result.place("either").verdict.ways} == {
        frozenset({"budget.nothing.price"}),
        frozenset({"rules.strict.certified"}),
    }


def test_an_unknown_of_one_edition_is_tried_at_each_of_its_levels() -> None:
    some = data()
    some["options"][0]["ratings"]["certified"]["level"] = {"free": "bad", "paid": "unknown"}
    result = recommend(Guide.from_data(some), {"rules": "strict"})
    (item,) = unknown_impacts(result)
    assert (item.option, item.criterion, set(item.changes)) == ("vault", "certified", {"good"})


def case_of(seed: int) -> tuple[Data, Data]:
    some = make_guide(seed, options=6, criteria=5, questions=5)
    if seed % 2:
        some = name_some(some, seed, most=2)
    return some, random_answers(Random(seed + 1), some)


@settings(max_examples=60)
@given(seeds)
def test_an_option_with_one_edition_scores_as_without(seed: int) -> None:
    some, answers = case_of(seed)
    edition = copy.deepcopy(some)
    for entry in edition["options"]:
        entry["editions"] = [{"id": "only", "name": "Only"}]
        for rating in entry["ratings"].values():
            rating["level"] = {"only": rating["level"]}
    before, after = recommend(Guide.from_data(some), answers), recommend(Guide.from_data(edition), answers)
    assert [(p.strategy.id, p.rank, p.total, p.verdict.status) for p in before.places] == [
        (p.strategy.id, p.rank, p.total, p.verdict.status) for p in after.places
    ]


@settings(max_examples=60)
@given(seeds)
def test_what_meets_the_requirements_does_so_where_every_option_has_one_edition(seed: int) -> None:
    some, answers = case_of(seed)
    some = edition_some(some, seed)
    result = recommend(Guide.from_data(some), answers)
    editions = {
        entry["id"]: [one["id"] for one in entry["editions"]] for entry in some["options"] if "editions" in entry
    }
    met = set[str]()
    for choice in product(*editions.values()):
        single = flat(some, dict(zip(editions, choice, strict=True)))
        met |= {place.strategy.id for place in recommend(Guide.from_data(single), answers).feasible}
    assert {place.strategy.id for place in result.feasible} <= met
    for place in result.feasible:
        single = recommend(Guide.from_data(flat(some, dict(place.editions))), answers)
        assert place.strategy.id in {other.strategy.id for other in single.feasible}
        if not place.strategy.members or not result.situation.owned:
            assert single.place(place.strategy.id).total == place.total


def flat(some: Data, chosen: dict[str, str]) -> Data:
    """The same guide with one edition of each option: the chosen one, else the first."""
    found = copy.deepcopy(some)
    for entry in found["options"]:
        editions = entry.pop("editions", [])
        name = chosen.get(entry["id"], editions[0]["id"] if editions else "")
        entry["tags"] = [
            *entry.get("tags", []),
            *(tag for one in editions if one["id"] == name for tag in one.get("tags", [])),
        ]
        for rating in entry["ratings"].values():
            if isinstance(rating["level"], dict):
                rating["level"] = rating["level"][name]
    return found
