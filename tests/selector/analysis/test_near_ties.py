"""Near-twins: what counts as one, and that together they are as firm as one would be."""

from __future__ import annotations

import copy
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from selector import Guide, recommend
from selector.analysis.near_ties import NEAR, distance, joint_share, near_ties, swapped
from selector.analysis.steps import Analysis
from selector.scoring.recommend import Recommendation
from tests.support.random_guides import make_guide, random_answers
from tests.support.real_guide import real_guide

seeds = st.integers(0, 10**6)


def random_result(seed: int, *, copied: bool = False) -> Recommendation:
    """A recommendation of a random guide; `copied` adds a copy of its first option."""
    data = make_guide(seed, options=6, criteria=6, questions=5)
    answers = random_answers(Random(seed + 1), data)
    if copied:
        twin = copy.deepcopy(data["options"][0])
        twin["id"], twin["name"] = "the-copy", "The copy"
        for other in data["options"]:
            if data["options"][0]["id"] in other["works_with"]:
                other["works_with"].append("the-copy")
        data["options"].append(twin)
    return recommend(Guide.from_data(data), answers)


@given(seeds)
def test_all_that_sets_two_apart_is_never_less_than_what_their_scores_do(seed: int) -> None:
    result = random_result(seed)
    scale = 20 * sum(result.points)
    for one in result.places:
        for other in result.places:
            apart = distance(result, one, other)
            assert apart == distance(result, other, one)
            assert apart >= abs(Fraction(one.total.twice - other.total.twice, scale))
            assert 0 <= apart <= 100
            if one is other:
                assert apart == 0


@given(seeds)
def test_twins_differ_in_one_member_that_does_the_same_jobs(seed: int) -> None:
    result = random_result(seed)
    winner = result.winner
    found = near_ties(result)
    assert [apart for _, apart in found] == sorted(apart for _, apart in found)
    for place, apart in found:
        assert winner is not None and place in result.feasible
        assert apart <= NEAR
        mine, theirs = set(winner.strategy.members), set(place.strategy.members)
        assert len(mine - theirs) == len(theirs - mine) == 1
        jobs = [sorted(role for role, member in filled.items() if member in apart_from)
                for filled, apart_from in ((winner.strategy.filled, mine - theirs), (place.strategy.filled, theirs - mine))]  # fmt: skip
        assert jobs[0] == jobs[1]


@given(seeds)
def test_a_copy_is_a_twin_and_nothing_sets_it_apart(seed: int) -> None:
    result = random_result(seed, copied=True)
    first = result.guide.options[0].id
    if first in result.situation.owned:
        return  # what is owned adds no burden, and the copy is not owned
    by_members = {place.strategy.members: place for place in result.places}
    for place in result.places:
        if first not in place.strategy.members or "the-copy" in place.strategy.members:
            continue
        members = tuple(sorted("the-copy" if member == first else member for member in place.strategy.members))
        mirror = by_members.get(members)
        if mirror is None or place.strategy.named or place.strategy.pattern != mirror.strategy.pattern:
            continue  # declared by name: an editor's cells need not be the copy's
        assert swapped(place.strategy, mirror.strategy) == (first, "the-copy")
        assert distance(result, place, mirror) == 0
        if place is result.winner:
            assert (mirror, Fraction()) in near_ties(result)


@given(seeds)
def test_a_copy_halves_the_share_but_not_the_share_together(seed: int) -> None:
    alone, split = random_result(seed), random_result(seed, copied=True)
    if alone.winner is None or alone.guide.options[0].id not in alone.winner.strategy.members:
        return
    one, two = Analysis(alone), Analysis(split)
    next(one.steps()), next(two.steps())
    first = alone.guide.options[0].id
    with_first = [place for place in alone.feasible if first in place.strategy.members]
    with_either = [place for place in split.feasible if {first, "the-copy"} & set(place.strategy.members)]
    assert joint_share(two.shares, with_either) >= joint_share(one.shares, with_first)
    assert joint_share(two.shares, split.feasible) == 1


@given(seeds, st.integers(2, 50))
def test_only_ratios_of_weights_count(seed: int, factor: int) -> None:
    result = random_result(seed)
    heavier = {c.id: factor * p for c, p in zip(result.guide.criteria, result.points, strict=True)}
    same = recommend(result.guide, result.case.answers, weights={k: min(v, 1000) for k, v in heavier.items()})
    if max(heavier.values()) <= 1000 and same.winner and result.winner and same.winner.row == result.winner.row:
        assert [(p.strategy.id, d) for p, d in near_ties(same)] == [(p.strategy.id, d) for p, d in near_ties(result)]


def test_what_does_another_job_is_no_twin_however_equal() -> None:
    guide = real_guide()
    pairs = [(one, other) for one in guide.strategies for other in guide.strategies if swapped(one, other)]
    assert pairs
    for one, other in pairs:
        assert sorted(one.filled) == sorted(other.filled)
        assert swapped(other, one) == tuple(reversed(swapped(one, other) or ()))
