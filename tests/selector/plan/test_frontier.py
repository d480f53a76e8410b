"""Score against cost: who is on the efficient frontier, and what dominates the others."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from selector import Guide, recommend
from selector.plan.frontier import MONEY, TradeOff, trade_offs
from selector.report.cost_sentences import short_bill, spread
from selector.scoring.recommend import Recommendation
from tests.support.random_guides import add_gates, make_guide, random_answers
from tests.support.real_guide import real_guide
from tests.support.small_guides import criterion, guide_of, option, question

PRICE = {"id": "fee", "amount": 2, "currency": "EUR", "unit": "per month", "source": "s", "verified": "2026-05-06"}


def priced(**months: int) -> Guide:
    """Options whose score is their level of `quality`, each with what it costs a month; 0 is free, -1 not known."""
    options = [
        option(name, ratings={"quality": f"l{index}"}, **({} if cost < 0 else {"costs": [
            {"label": "Fee", "price": "fee", "multiply": [cost]}] if cost else []}))
        for index, (name, cost) in enumerate(months.items())
    ]  # fmt: skip
    levels = [{"id": f"l{index}", "label": f"L{index}", "meaning": "So.", "value": 250 * index} for index in range(5)]
    scale = {**criterion("quality"), "levels": levels}
    asked = question("place", {"here": [{"weight": {"quality": 1}, "because": "So."}], "there": []})
    data = guide_of([scale], options, [asked]).data
    sources = [{"id": "s", "title": "Prices", "url": "https://example.org/prices"}]
    more = {"guide": {**data["guide"], "currency": "EUR"}, "prices": [PRICE], "sources": sources}
    return Guide.from_data({**data, **more})


def money(result: Recommendation) -> TradeOff:
    found = trade_offs(result)[0]
    assert found.measure == MONEY
    return found


def test_the_frontier_is_named_cheapest_first_and_what_is_off_it_says_what_is_better() -> None:
    result = recommend(priced(worst=0, dear=9, fair=4, unknown=-1, best=8), {"place": "here"})
    found = money(result)
    assert [point.place.strategy.id for point in found.frontier] == ["worst", "fair", "best"]
    assert {point.place.strategy.id: point.better for point in found.points if not point.efficient} == {
        "dear": ("fair", "best")
    }
    assert [place.strategy.id for place in found.missing] == ["unknown"]
    assert (found.unit, [float(point.cost) for point in found.frontier]) == ("EUR", [0, 8, 16])


def test_the_chart_of_effort_has_the_hours_of_the_card() -> None:
    """Also where others run a tool for the visitor, which the card leaves out."""
    guide, spared = real_guide(), 0
    for example in guide.data["examples"]:
        result = recommend(guide, example["answers"])
        spared += bool(result.situation.spared)
        if result.winner is None:
            continue
        found = next(off for off in trade_offs(result) if off.measure == "operations")
        point = next(point for point in found.points if point.place is result.winner)
        hours = f"{spread(point.low, point.high)} {found.unit}"
        assert not point.high or hours in short_bill(result, result.winner)
    assert spared


def test_equals_in_both_are_both_on_the_frontier() -> None:
    guide = priced(one=3, other=3)
    same = {
        **guide.data,
        "options": [{**entry, "ratings": guide.data["options"][0]["ratings"]} for entry in guide.data["options"]],
    }
    found = money(recommend(Guide.from_data(same), {"place": "here"}))
    assert [point.efficient for point in found.points] == [True, True]


@given(seed=st.integers(0, 10_000))
def test_what_is_on_the_frontier_is_undominated_and_what_is_not_is_dominated_by_one_on_it(seed: int) -> None:
    data = add_gates(make_guide(seed, options=7), seed)
    result = recommend(Guide.from_data(data), random_answers(Random(seed), data), lenient=True)
    offs = trade_offs(result)
    assert len(offs) == bool(result.feasible) * sum(
        "unit" in entry["aggregate"] for entry in result.guide.data["criteria"]
    )
    for off in offs:
        points = [(point.place.total.twice, point.low + point.high, point) for point in off.points]
        assert {point.place.strategy.id for point in off.points} == {place.strategy.id for place in result.feasible}
        front = [(score, cost) for score, cost, point in points if point.efficient]
        for score, cost, point in points:
            dominating = [(s, c) for s, c in front if s >= score and c <= cost and (s, c) != (score, cost)]
            assert bool(dominating) != point.efficient
        leading = {place.strategy.id for place in result.leaders}
        among = [(score, point.place) for score, _, point in points if not point.place.tier]
        if leading:
            best = max(score for score, _ in among)
            assert {place.strategy.id for score, place in among if score == best} == leading


def test_the_real_guide_has_both_measures_and_a_frontier_for_every_example() -> None:
    for example in real_guide().data["examples"][::6]:
        result = recommend(real_guide(), example["answers"])
        offs = trade_offs(result)
        assert [off.measure for off in offs] == [MONEY, "operations"]
        assert all(off.frontier or not off.points for off in offs)
        assert all(len(off.points) + len(off.missing) == len(result.feasible) for off in offs)
