"""Own facts: an overruled value gives what an edited guide gives, and nothing that is given as one is lost or does harm."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from selector import AnswerError, Case, Guide, recommend, recommendation_data
from selector.analysis.steps import Analysis
from selector.case.answers import check_case
from selector.case.link import decode, encode
from selector.case.own import checked_own, with_facts
from selector.cli import main
from selector.group.persons import Person
from selector.group.together import together
from selector.guide.own import PRICE, VALUE, value_field
from selector.plan.cost import Bill, bill
from selector.plan.drift import decision, verify
from selector.text.visible import visible
from tests.support.random_guides import edition_some, make_guide, name_some, random_answers
from tests.support.real_guide import guide_data, real_guide
from tests.support.small_guides import criterion, guide_of, option, question

TOLD = ("own", "revision")
"""What says that a fact is overruled; all else is as with an edited guide."""


def random_own(random: Random, data: dict[str, Any], most: int = 4) -> dict[str, Any]:
    """Own facts of all kinds, by name."""
    own: dict[str, Any] = {}
    for _ in range(random.randint(1, most)):
        scale = random.choice(data["criteria"])
        levels = [level["id"] for level in scale["levels"]]
        subjects = [one["id"] for one in data["options"]]
        subjects += [one["id"] for one in data.get("strategies", ()) if scale["id"] in one.get("overrides", {})]
        level = random.choice([random.choice(levels), random.sample(levels, 2), "unknown"])
        own[f"{random.choice(subjects)}.{scale['id']}"] = level
    if data.get("prices"):
        own[f"price.{random.choice(data['prices'])['id']}"] = random.choice([0, 7, 0.25, [1, 2.5]])
    scale = random.choice(data["criteria"])
    field = value_field(scale)
    at = random.randrange(len(scale["levels"]))
    around = [level[field] for level in scale["levels"][max(0, at - 1) : at + 2]]
    room = [number for number in range(min(around) + 1, max(around)) if number <= 1000]
    if len(around) == 3 and room:
        own[f"value.{scale['id']}.{scale['levels'][at]['id']}"] = random.choice(room)
    return own


def edited(data: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The guide as an author would edit it."""
    data = copy.deepcopy(data)
    by_id = {
        section: {one["id"]: one for one in data.get(section, ())}
        for section in ("options", "strategies", "criteria", "prices")
    }
    for name, value in own.items():
        first, *rest = name.split(".")
        if first == PRICE:
            by_id["prices"][rest[0]]["amount"] = value
        elif first == VALUE:
            scale = by_id["criteria"][rest[0]]
            next(level for level in scale["levels"] if level["id"] == rest[1])[value_field(scale)] = value
        else:
            rated = by_id["options"].get(first, {}).get("ratings") or by_id["strategies"][first]["overrides"]
            rated[rest[0]]["level"] = value
            rated[rest[0]].pop("amount", None)
    return data


def told(data: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in data.items() if name not in TOLD}


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_an_overruled_value_gives_the_same_as_an_edited_guide(seed: int) -> None:
    random = Random(seed)
    data = edition_some(name_some(make_guide(seed, options=5, criteria=6, questions=4), seed), seed)
    own, answers = random_own(random, data), random_answers(random, data)
    guide, author = Guide.from_data(data), Guide.from_data(edited(data, own))
    mine, theirs = recommend(guide, answers, own=own), recommend(author, answers)
    assert told(recommendation_data(mine)) == told(recommendation_data(theirs))
    assert Analysis(mine).run().to_data() == Analysis(theirs).run().to_data()
    assert told(recommendation_data(recommend(guide, answers))) == told(
        recommendation_data(recommend(Guide.from_data(data), answers))
    ), "the guide itself stays as it was"


@pytest.mark.parametrize("seed", range(12))
def test_so_it_is_with_the_real_guide_its_prices_and_its_families(seed: int) -> None:
    random, data = Random(seed), guide_data()
    own = random_own(random, data, most=8)
    answers = random.choice(data["examples"])["answers"]
    author = Guide.from_data(edited(data, own))
    mine, theirs = recommend(real_guide(), answers, own=own), recommend(author, answers)
    assert told(recommendation_data(mine)) == told(recommendation_data(theirs))
    for place in mine.places[:20]:
        bills = [
            bill(result.guide, place.strategy, result.situation.quantities, frozenset(), place.editions)
            for result in (mine, theirs)
        ]
        assert same_figures(bills[0]) == same_figures(bills[1])


def same_figures(found: Bill) -> Bill:
    """A bill without what says that own facts are in it."""
    return replace(found, upkeep=tuple(replace(item, unit="", own=False) for item in found.upkeep))


@given(st.integers(0, 10**6))
def test_own_facts_come_out_of_a_link_as_they_went_in(seed: int) -> None:
    random = Random(seed)
    data = edition_some(name_some(make_guide(seed, options=4, criteria=5, questions=3), seed), seed)
    guide = Guide.from_data(data)
    case = with_facts(guide, check_case(guide, random_answers(random, data), notices=[]), random_own(random, data))
    link = encode(case, guide.revision)
    read, revision, notices = decode(link, guide)
    assert (read, revision, notices) == (case, guide.revision, [])
    assert encode(read, guide.revision) == link


NAMES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["vault.operations", "value.operations.low", "price.aws-secret", "vault.nothing", "a.b.c.d"]),
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=60)
    | st.sampled_from(["low", "low,high"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@given(st.one_of(st.dictionaries(NAMES, VALUES, max_size=5), VALUES))
@example({"<script>alert(1)</script>": "<img onerror=x>"})
@example({"vault.operations": "x" * 100_000})
@example({"price.aws-secret": "9" * 100_000})
@example([{"fact": ["vault.operations"], "value": {}}])
def test_whatever_is_given_as_an_own_fact_is_taken_or_named(hostile: object) -> None:
    guide, aside = real_guide(), list[AnswerError]()
    facts = checked_own(guide, hostile, aside)
    count = len(hostile) if isinstance(hostile, dict) else 0
    assert len(facts) + len(aside) >= count
    assert all(len(str(error)) < 1500 and visible(str(error)) == str(error) for error in aside)
    recommend(guide, {}, own=hostile, lenient=True)
    if aside:
        with pytest.raises(AnswerError):
            checked_own(guide, hostile)


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_hostile_link_names_each_own_fact_that_it_leaves_out_once(name: str, value: str) -> None:
    guide = real_guide()
    link = f"v=1&own.vault.operations=low&own.{name}={value}&r={guide.revision}"
    case, _, notices = decode(link, guide)
    assert "low" in {fact.value for fact in case.own}
    assert len(set(notices)) == len(notices)
    json.dumps(decision(recommend(guide, {}, own=case.own), "2026-11-23"))


def own_guide(level: str = "bad", **more: Any) -> Guide:
    """Two options, of which the first is bad at what counts."""
    return guide_of(
        [criterion("effort"), criterion("reach", weight=1)],
        [
            option("north", ratings={"effort": level, "reach": "good"}, **more),
            option("south", ratings={"effort": "fair", "reach": "fair"}),
        ],
        [question("size", {"small": [], "large": []})],
    )


def test_an_own_fact_changes_who_comes_first_and_is_marked_as_one() -> None:
    guide = own_guide()
    assert recommend(guide, {"size": "small"}).leaders[0].strategy.id == "south"
    result = recommend(guide, {"size": "small"}, own={"north.effort": "good"})
    assert result.leaders[0].strategy.id == "north"
    assert recommendation_data(result)["own"] == [{"fact": "north.effort", "value": "good", "guide": "bad"}]
    assert result.cell(result.leaders[0].strategy, result.guide.criterion("effort")).own
    assert result.guide.revision == guide.revision


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ({"nort.effort": "good"}, "own fact 'nort.effort': there is no tool 'nort'"),
        ({"north.efort": "good"}, "own fact 'north.efort': there is no criterion 'efort'"),
        ({"north.effort": "god"}, "own fact 'north.effort': there is no level 'god'; expected one of: bad, fair, good, unknown"),
        ({"value.effort.fair": 1001}, "own fact 'value.effort.fair': a whole number from 0 to 1000 is expected, not '1001'"),
        ({"value.effort.fair": 0}, "own fact 'value.effort.fair': value must rise level by level, but 'bad' has 0 and 'fair' 0"),
        ({"price.none": 1}, "own fact 'price.none': there is no price 'none'"),
        ({"north": "good"}, "own fact 'north': name it tool.criterion, price.price or value.criterion.level, with the guide's ids"),
        ("north.effort", "own facts map names to values, not 'north.effort'"),
    ],
)  # fmt: skip
def test_a_bad_own_fact_is_told_with_its_place(own: object, message: str) -> None:
    with pytest.raises(AnswerError) as raised:
        checked_own(own_guide(), own)
    assert str(raised.value) == message


def test_a_link_says_what_it_leaves_out_and_what_the_guide_says_otherwise_today() -> None:
    before, now = own_guide("bad"), own_guide("fair")
    case = with_facts(before, Case({"size": "small"}), {"north.effort": "good"})
    link = encode(case, before.revision)
    assert "own.north.effort=good~bad" in link
    read, _, notices = decode(link.replace("&r=", "&own.west.effort=good~bad&r="), now)
    assert [fact.value for fact in read.own] == ["good"]
    assert notices == [
        "The link's own fact “west.effort” was ignored: there is no tool 'west'.",
        "Your own fact is kept: North, Effort: Good. The guide said “Bad” then and says “Fair” now.",
    ]


def test_a_decision_keeps_its_own_facts_and_tells_when_the_guide_has_changed() -> None:
    made = json.loads(
        json.dumps(decision(recommend(own_guide(), {"size": "small"}, own={"north.effort": "good"}), "2026-11-23"))
    )
    drift = verify(own_guide(), made)
    assert (drift.status, drift.own_moved, drift.leaders_before) == ("valid", (), ("north",))
    drift = verify(own_guide("fair"), made)
    assert drift.status == "valid"
    assert [(fact.name, fact.value, was) for fact, was in drift.own_moved] == [("north.effort", "good", "bad")]
    older = {name: part for name, part in made.items() if name != "own"}
    assert verify(own_guide(), older).status == "changed"


def test_former_names_are_read() -> None:
    guide = own_guide(aliases=["polar"])
    assert checked_own(guide, {"polar.effort": "good"})[0].name == "north.effort"


def given_to(tmp_path: Path, *arguments: str) -> int:
    """The command `recommend` with an answer and these arguments."""
    (tmp_path / "guide.json").write_text(json.dumps(own_guide().data), "utf-8")
    (tmp_path / "answers.json").write_text('{"size": "small"}', "utf-8")
    files = ("--guide", str(tmp_path / "guide.json"), "--answers", str(tmp_path / "answers.json"))
    return main(["recommend", *files, *arguments])


def test_the_command_line_takes_own_facts_and_files_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert given_to(tmp_path, "--own", "north.effort=good", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["leaders"] == ["north"]
    assert found["own"] == [{"fact": "north.effort", "value": "good", "guide": "bad"}]
    own = tmp_path / "own.json"
    own.write_text(json.dumps({"north.effort": ["bad", "fair"]}), "utf-8")
    assert given_to(tmp_path, "--own", str(own)) == 0
    assert "Own fact: North, Effort: Bad to Fair (the guide: Bad)." in capsys.readouterr().out
    own.write_text(json.dumps({"nort.effort": "good"}), "utf-8")
    assert given_to(tmp_path, "--own", str(own)) == 2
    assert f"{own}: own fact 'nort.effort': there is no tool 'nort'; nearest: north" in capsys.readouterr().err


def test_what_one_of_several_people_knows_holds_for_all_and_contradictions_are_named() -> None:
    guide = own_guide()
    case = Case({"size": "small"})
    ann = Person("Ann", with_facts(guide, case, {"north.effort": "good"}))
    bob, cem = Person("Bob", case), Person("Cem", with_facts(guide, case, {"north.effort": "fair"}))
    found = together(guide, [bob, ann])
    assert found.least_regret == ("north",) and found.first == {"north": ("Ann", "Bob")}
    assert found.persons[0].notices == ("Own fact, used for everyone: North, Effort: Good (the guide: Bad).",)
    found = together(guide, [cem, bob, ann])
    assert found.least_regret == ("south",) and not found.guide.own
    assert "because Ann and Cem say different things" in found.persons[0].notices[0]
    assert together(guide, [ann, bob, cem]).least_regret == found.least_regret
