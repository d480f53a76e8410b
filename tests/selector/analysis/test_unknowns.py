"""Unknown facts worth learning: of options, of cells that named strategies declare, and of one class of a split one."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from selector import Guide, recommend
from selector.analysis.sensitivity import leaders_of
from selector.analysis.unknowns import impactful_unknowns, unknown_impacts
from selector.report.sentences import unknown_text
from tests.support.random_guides import add_gates, make_guide, name_some, random_answers
from tests.support.small_guides import criterion, guide_of, option, question

seeds = st.integers(0, 10**6)
Data = dict[str, Any]


def levels_of(scale: Data, said: Any) -> list[str]:
    ids = [level["id"] for level in scale["levels"]]
    if said == "unknown":
        return ids
    if isinstance(said, list):
        low, high = sorted(map(ids.index, said))
        return ids[low : high + 1]
    return []


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_what_a_cell_would_change_is_what_a_guide_that_knows_it_says_with_gates_and_named_strategies(seed: int) -> None:
    data = name_some(make_guide(seed, options=6, criteria=5, questions=5, unknown=0.15), seed, unknown=0.6)
    data = {**add_gates(data, seed), "families": []}
    answers = random_answers(Random(seed + 1), data)
    result = recommend(Guide.from_data(data), answers)
    now = frozenset(place.strategy.id for place in result.leaders)
    if not now:
        return
    found = {(item.option, item.strategy, item.criterion): item.changes for item in unknown_impacts(result)}
    known = {(strategy.named or "") for strategy in result.guide.strategies}
    owners = [(entry["id"], "", "ratings") for entry in data["options"]]
    owners += [("", entry["id"], "overrides") for entry in data["strategies"] if entry["id"] in known]
    for name, strategy, kind in owners:
        for scale in data["criteria"]:
            fresh = copy.deepcopy(data)
            entries = fresh["strategies"] if strategy else fresh["options"]
            cells = next(entry for entry in entries if entry["id"] == (strategy or name))[kind]
            expected = {}
            for level in levels_of(scale, cells.get(scale["id"], {}).get("level")):
                cells[scale["id"]]["level"] = level
                leaders = leaders_of(Guide.from_data(fresh), result.case)
                if leaders != now:
                    expected[level] = leaders
            assert found.get((name, strategy, scale["id"]), {}) == expected


def test_a_range_that_a_named_strategy_declares_is_worth_learning() -> None:
    options = [option("a", ratings={"quality": "fair"}), option("b", ratings={"quality": "bad"})]
    named = {"id": "special", "name": "Special b", "members": ["b"],
             "overrides": {"quality": {"level": ["bad", "good"], "text": "It depends."}}}  # fmt: skip
    guide = guide_of([criterion("quality")], options, [question("q", {"x": []})], strategies=[named])
    result = recommend(guide, {"q": "x"})
    found = impactful_unknowns(result)
    assert [(item.option, item.strategy, item.criterion) for item in found] == [("", "special", "quality")]
    assert unknown_text(guide, found[0]).startswith("We do not know Special b on Quality. If it is")


def test_a_cell_that_only_a_class_of_a_split_strategy_asks_for_is_worth_learning() -> None:
    """The better strategy is split; what is asked of its slow half is not known of the member that fills it."""
    options = [
        option("file", ratings={"quality": "unknown", "speed": "good"}),
        option("store", ratings={"quality": "good", "speed": "good"}),
        option("plain", ratings={"quality": "good", "speed": "bad"}),
        option("keep", ratings={"quality": "good", "speed": "bad"}),
    ]
    split = {"id": "both", "name": "Both", "members": ["file", "store"], "pattern": "split",
             "parts": [{"class": "slow", "members": ["file"]}, {"class": "fast", "members": ["store"]}]}  # fmt: skip
    asks = question("q", {"x": [{"require": {"quality": "good"}, "class": "slow"}, {"exclude": ["store"]}]})
    asks["answers"][0]["effects"][1]["exclude"] = ["keep"]
    classes = [{"id": "slow", "name": "Slow"}, {"id": "fast", "name": "Fast"}]
    criteria = [criterion("quality", "worst", weight=0, cls="fast"), criterion("speed", "worst", weight=10)]
    unequal = {"id": "store-alone", "name": "Store", "over": ["store"], "prefer": ["file"], "because": "No."}
    guide = guide_of(criteria, options, [asks], strategies=[split], classes=classes, preferences=[unequal])
    result = recommend(guide, {"q": "x"})
    assert result.place("both").verdict.unverified == {"q.x.quality"}
    changes = {(item.option, item.criterion): item.changes for item in impactful_unknowns(result)}
    assert any("file+store" in leaders for leaders in changes["file", "quality"].values())
