"""What a guide lists first decides nothing: answers inside a question that is "not sure", criteria behind warnings."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from selector import Guide, recommend
from selector.analysis.steps import Analysis
from selector.scoring.differences import at_the_bottom
from tests.support.random_guides import make_guide
from tests.support.real_guide import guide_data, real_guide

seeds = st.integers(0, 10**6)


def shuffled(data: Any, seed: int) -> Guide:
    mixed, random = copy.deepcopy(dict(data)), Random(seed)
    for entry in mixed["questions"]:
        if entry["kind"] != "number":
            random.shuffle(entry["answers"])
    return Guide.from_data(mixed)


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_shares_do_not_change_with_the_order_of_answers_of_a_not_sure_question(seed: int) -> None:
    data = make_guide(seed, options=6, criteria=5, questions=4)
    answers = {entry["id"]: "unsure" for entry in data["questions"]}
    ours, theirs = (Analysis(recommend(guide, answers)) for guide in (Guide.from_data(data), shuffled(data, seed)))
    for analysis in (ours, theirs):
        next(analysis.steps(), None)
    assert ours.shares == theirs.shares


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([0, 500])), min_size=1, max_size=9), seeds)
def test_warnings_do_not_change_with_the_order_of_criteria(cells: list[tuple[int, int]], seed: int) -> None:
    order = list(range(len(cells)))
    Random(seed).shuffle(order)

    def warned(columns: list[int]) -> set[int]:
        found = at_the_bottom([cells[c][0] for c in columns], [cells[c][1] for c in columns])
        return {columns[number] for number in found}

    assert warned(order) == warned(list(range(len(cells))))


def test_warnings_of_the_real_guide_stay_when_its_criteria_are_listed_the_other_way_round() -> None:
    data = dict(guide_data())
    turned = Guide.from_data({**data, "criteria": list(reversed(data["criteria"]))})
    for answers in ({"operators": "few", "licence": "open-source"}, {"platform": "aws"}, {"gitops": "flux"}):
        ours, theirs = recommend(real_guide(), answers), recommend(turned, answers)
        for place in ours.feasible:
            assert ours.warnings(place) == theirs.warnings(theirs.place(place.strategy.id))
