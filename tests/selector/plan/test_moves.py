"""The way from what a visitor has today: fewest moves, then the safest, and what is kept or set up anew."""

from __future__ import annotations

from typing import Any

import pytest

from selector import Guide, recommend
from selector.plan.moves import RISKS, find_moves
from tests.support.real_guide import real_guide
from tests.support.small_guides import criterion, guide_of, option

Data = dict[str, Any]


def move(name: str, source: str, target: str, risk: str = "low") -> Data:
    return {"name": name, "from": source.split(), "to": target.split(), "risk": risk}


def guide(*moves: Data) -> Guide:
    options = [option(name) for name in "abcde"]
    options.append(option("store", "own", can_also="use"))
    options.append(option("reader", "use", needs="own", works_with="store"))
    return guide_of([criterion("quality")], options, moves=list(moves))


def way(guide: Guide, today: str, goal: str) -> tuple[list[str], tuple[str, ...], tuple[str, ...]]:
    path = find_moves(guide, today.split(), guide.strategy(goal))
    return [item["name"] for item in path.moves], path.added, path.unchanged


def test_who_is_there_already_needs_no_move() -> None:
    assert way(guide(move("there", "a", "b")), "a", "a") == ([], (), ("a",))


def test_a_declared_move_is_taken() -> None:
    assert way(guide(move("there", "a", "b")), "a", "b") == (["there"], (), ())


def test_one_risky_move_is_fewer_than_two_safe_ones() -> None:
    moves = move("first", "a", "b"), move("second", "b", "c"), move("jump", "a", "c", "high")
    assert way(guide(*moves), "a", "c") == (["jump"], (), ())


def test_of_equally_many_moves_the_safest_are_taken() -> None:
    moves = (
        move("risky", "a", "b", "high"), move("then", "b", "d"),
        move("medium", "a", "c", "medium"), move("medium too", "c", "d", "medium"),
    )  # fmt: skip
    assert way(guide(*moves), "a", "d") == (["medium", "medium too"], (), ())


def test_many_medium_moves_are_taken_before_one_of_high_risk() -> None:
    moves = (
        move("one", "a", "b", "medium"), move("two", "b", "c", "medium"), move("three", "c", "e", "medium"),
        move("x", "a", "d"), move("y", "d", "b", "high"), move("z", "b", "e"),
    )  # fmt: skip
    assert way(guide(*moves), "a", "e")[0] == ["one", "z"]
    assert way(guide(*moves[:-1]), "a", "e")[0] == ["one", "two", "three"]


def test_of_equal_ways_the_one_declared_first_is_taken() -> None:
    moves = move("first", "a", "b"), move("second", "a", "b")
    assert way(guide(*moves), "a", "b")[0] == ["first"]


def test_what_is_not_needed_any_more_is_given_up_by_a_move_or_left_over() -> None:
    found = guide(move("one", "a", "c"), move("both", "a b", "c"))
    assert way(found, "a b", "c")[0] == ["both"]
    found = guide(move("drop", "store reader", "store"))
    assert way(found, "store reader", "store")[0] == ["drop"]
    found = guide(move("one", "a", "c"))
    assert find_moves(found, ["a", "b"], found.strategy("c")).removed == ("b",)


def test_no_move_is_taken_only_to_have_less_left_over() -> None:
    found = guide(move("pointless", "a b", "d"))
    assert way(found, "a b c", "c") == ([], (), ("c",))
    assert way(found, "a b", "c") == ([], ("c",), ())
    assert find_moves(found, ["a", "b", "c"], found.strategy("c")).removed == ("a", "b")


def test_a_move_of_two_needs_both_to_be_in_use() -> None:
    assert way(guide(move("both", "a b", "c")), "a", "c") == ([], ("c",), ())
    assert way(guide(move("both", "a b", "c")), "b a", "c") == (["both"], (), ())


def test_what_no_move_leads_to_is_set_up_anew() -> None:
    assert way(guide(), "a", "reader+store") == ([], ("reader", "store"), ())
    assert way(guide(), "", "a") == ([], ("a",), ())


def test_what_stays_is_kept_and_only_the_rest_is_new() -> None:
    assert way(guide(), "store", "reader+store") == ([], ("reader",), ("store",))
    moves = move("add", "store", "store reader"), move("away", "a", "store")
    assert way(guide(*moves), "store", "reader+store") == (["add"], (), ("store",))
    assert way(guide(*moves), "a", "reader+store") == (["away", "add"], (), ())


def test_moves_that_bring_part_of_the_goal_are_better_than_none() -> None:
    assert way(guide(move("half", "a", "store")), "a", "reader+store") == (["half"], ("reader",), ())


def test_a_move_that_gives_up_a_wanted_member_is_not_taken_for_nothing() -> None:
    assert way(guide(move("swap", "store", "reader")), "store", "reader+store") == ([], ("reader",), ("store",))


def test_moves_in_a_circle_come_to_an_end() -> None:
    assert way(guide(move("there", "a", "b"), move("back", "b", "a")), "a", "c") == ([], ("c",), ())


def test_former_ids_of_options_are_understood_and_unknown_ones_are_an_error() -> None:
    data = {**guide(move("there", "old", "b")).data}
    data["options"] = [{**entry, **({"aliases": ["old"]} if entry["id"] == "a" else {})} for entry in data["options"]]
    assert way(Guide.from_data(data), "old", "b")[0] == ["there"]
    with pytest.raises(KeyError, match="nowhere"):
        find_moves(guide(), ["nowhere"], guide().strategy("a"))


def test_on_the_real_guide_every_declared_move_is_found_and_each_step_of_a_way_can_be_taken() -> None:
    real = real_guide()
    names = {strategy.members: strategy for strategy in real.strategies}
    for entry in real.data["moves"]:
        source = {real.option(name).id for name in entry["from"]}
        target = tuple(sorted(real.option(name).id for name in entry["to"]))
        if target in names:
            path = find_moves(real, source, names[target])
            assert (len(path.moves), path.added) == (1, ())
            assert RISKS[path.moves[0]["risk"]] <= RISKS[entry["risk"]]
    for strategy in real.strategies:
        path = find_moves(real, [real.options[0].id], strategy)
        state = {real.options[0].id}
        for step in path.moves:
            source = {real.option(name).id for name in step["from"]}
            assert source <= state
            state = (state - source) | {real.option(name).id for name in step["to"]}
        assert set(strategy.members) == (state & set(strategy.members)) | set(path.added)


def test_owning_a_store_is_not_reading_it_from_code() -> None:
    moves = move("out of code", "store", "store reader"), move("into code", "store reader", "store", "high")
    found = guide(*moves)
    owned = find_moves(found, ["store"], found.strategy("reader+store"), ())
    assert ([item["name"] for item in owned.moves], owned.added, owned.unchanged) == ([], ("reader",), ("store",))
    read = find_moves(found, ["store"], found.strategy("reader+store"), ["store"])
    assert [item["name"] for item in read.moves] == ["out of code"]


def test_what_is_owned_and_takes_on_a_further_job_is_named_and_not_set_up() -> None:
    found = guide()
    path = find_moves(found, ["store"], found.strategy("store"), ())
    assert (path.added, path.unchanged, path.wider) == ((), ("store",), ("store",))
    assert find_moves(found, ["store"], found.strategy("store"), ["store"]).wider == ()
    assert find_moves(found, ["store", "reader"], found.strategy("reader+store"), ()).wider == ()


@pytest.mark.parametrize(
    ("answers", "today"),
    [
        ({"store": ["vault"], "application": "no"}, {"vault"}),
        ({"platform": "aws", "store": ["vault"]}, {"vault"}),
        ({"platform": "aws", "store": ["aws"], "application": "objects"}, {"aws-secrets-manager"}),
        ({"tools": ["sops"], "gitops": "flux"}, {"sops"}),
        ({"tools": ["sops"], "gitops": "argocd"}, {"ksops"}),
    ],
    ids=str,
)
def test_on_the_real_guide_the_way_starts_from_what_is_in_use_as_what_it_is(answers: Data, today: set[str]) -> None:
    result = recommend(real_guide(), answers)
    assert result.winner is not None
    assert result.situation.owned == today
    path = find_moves(result.guide, today, result.winner.strategy, result.situation.used_besides)
    assert not today & set(path.added)
    assert "kms-v2" not in path.removed
    if "store" in answers:
        assert not [item for item in path.moves if item["from"] == sorted(today)]
    assert recommend(real_guide(), {"store": ["vault"], "application": "sdk"}).situation.used_besides == {"vault"}
