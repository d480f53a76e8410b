"""The monthly bill, line by line, checked by hand to the cent."""

from __future__ import annotations

from copy import deepcopy
from fractions import Fraction
from typing import Any

import pytest

from selector import Guide, recommend
from selector.plan.cost import Bill, bill
from selector.report.cost_sentences import arithmetic, bill_lines, short_bill
from tests.support.real_guide import real_guide
from tests.support.small_guides import criterion, data_of, option, question

Data = dict[str, Any]


def cents(number: Fraction) -> int:
    return round(number * 100)


def price(name: str, amount: Any, currency: str = "EUR") -> Data:
    return {"id": name, "name": name.title(), "amount": amount, "unit": "each", "currency": currency}


QUANTITIES = [
    {"id": "things", "name": "Things", "unit": "things", "default": 10},
    {"id": "minutes", "name": "Minutes", "unit": "minutes", "default": 30},
]


def guide(costs: list[Data] | None, **more: Any) -> Guide:
    priced = {} if costs is None else {"costs": costs}
    hours = criterion("hours", "units", unit="hours", levels={"many": (10, 0), "few": (2, 800), "none": (0, 1000)})
    options = [
        option("store", "own", ratings={"hours": {"level": "few", "amount": [1.5, 4]}}, **priced),
        option("reader", "use", needs="own", works_with="store", costs=[], ratings={"hours": "few"}),
    ]
    size = question("size", {"any": []}, kind="number", min=0, max=99, sets="things")
    other = question("other", {"idle": [{"set": {"minutes": 0}}], "busy": [{"set": {"things": 2.5}}]})
    return Guide.from_data(
        data_of([hours], options, [size, other], quantities=QUANTITIES, guide={"currency": "EUR"},
                prices=more.pop("prices", [price("each", 0.4)]), **more)
    )  # fmt: skip


def bill_of(found: Guide, answers: Data | None = None, strategy: str = "reader+store") -> Bill:
    return bill(found, found.strategy(strategy), recommend(found, answers or {}).situation.quantities)


def test_a_price_times_a_quantity_is_exact() -> None:
    found = bill_of(guide([{"price": "each", "label": "things", "multiply": ["things"]}]))
    (line,) = found.lines
    assert (found.low, found.high) == (4, 4)
    assert (line.option, line.label, line.price) == ("store", "things", "each")
    assert (line.factors, line.divisors, line.free) == ((("Things", 10),), (), 0)
    assert (line.quantity, line.unit_low, line.unit_high, line.low, line.high) == (
        10,
        Fraction(2, 5),
        Fraction(2, 5),
        4,
        4,
    )


def test_a_visitors_number_and_an_answer_change_the_bill() -> None:
    found = guide([{"price": "each", "label": "things", "multiply": ["things"]}])
    assert bill_of(found, {"size": 25}).low == 10
    assert bill_of(found, {"other": "busy"}).low == 1
    # What an answer sets counts more than a number.
    assert bill_of(found, {"size": 25, "other": "busy"}).low == 1


def words_of(found: Guide) -> list[str]:
    result = recommend(found, {"size": 20})
    return bill_lines(result, result.place("reader+store"))


def test_a_bill_in_words_shows_every_step_and_no_figure_for_what_has_no_price() -> None:
    dated = [price("each", [0.4, 0.5]) | {"verified": "2026-01-02"}]
    line = {"price": "each", "label": "things", "multiply": ["things", 1500], "divide": ["minutes"], "free": 10}
    assert words_of(guide([line], prices=dated)) == [
        "396.00 to 495.00 EUR a month at list price",
        "Store, things: 20 Things × 1,500 ÷ 30 Minutes − 10 free = 990, times 0.4 to 0.5 EUR each"
        " = 396.00 to 495.00 EUR (price of 2026-01-02)",
        "Hours: 3.5 to 6 hours",
    ]
    assert words_of(guide(None))[0] == "no public price list for Store"
    assert words_of(guide([]))[0] == "No charges"


def test_a_price_that_is_a_range_gives_a_range() -> None:
    found = bill_of(
        guide([{"price": "each", "label": "things", "multiply": ["things", 3]}], prices=[price("each", [0, 0.05])])
    )
    assert (found.low, found.high) == (0, Fraction(3, 2))
    assert found.lines[0].factors == (("Things", 10), ("", 3))


def test_what_is_free_is_taken_off_and_never_below_zero() -> None:
    some = guide([{"price": "each", "label": "things", "multiply": ["things"], "free": 6}])
    assert bill_of(some).low == Fraction(8, 5)
    assert bill_of(some, {"size": 5}).low == 0
    assert bill_of(some, {"size": 6}).low == 0
    assert bill_of(some, {"size": 7}).low == Fraction(2, 5)


def test_a_price_that_would_be_divided_by_0_is_not_known_rather_than_free() -> None:
    found = guide([{"price": "each", "label": "reads", "multiply": ["things", 60], "divide": ["minutes"]}])
    assert bill_of(found).low == 8
    idle = bill_of(found, {"other": "idle"})
    assert (idle.lines, idle.unpriced) == ((), ("store",))


def test_a_member_without_prices_is_named_and_an_empty_list_means_free() -> None:
    found = bill_of(guide(None))
    assert (found.lines, found.unpriced, found.low) == ((), ("store",), 0)
    assert bill_of(guide([])).unpriced == ()


def test_upkeep_of_points_is_what_is_typical_of_each_member_and_nothing_of_what_runs_already() -> None:
    data = deepcopy(guide([]).data)
    hours = next(entry for entry in data["criteria"] if entry["id"] == "hours")
    hours["aggregate"] = {"rule": "points", "capacity": 20, "owned": "free", "unit": "hours"}
    for points, level in zip((9, 2, 0), hours["levels"], strict=True):
        del level["units"], level["value"]
        level |= {"points": points, "typical": [points, 2 * points]}
    for entry in data["options"]:
        entry["ratings"]["hours"].pop("amount", None)
    found = Guide.from_data(data)
    strategy = max(found.strategies, key=lambda item: len(item.members))
    points = [found.option(member).ratings["hours"] for member in strategy.members]
    (upkeep,) = bill(found, strategy, {}).upkeep
    assert upkeep.low == sum(rating.light for rating in points)
    assert upkeep.high == 2 * sum(rating.heavy for rating in points)
    (rest,) = bill(found, strategy, {}, frozenset(strategy.members)).upkeep
    assert (rest.low, rest.high) == (0, 0)


def test_another_currency_is_shown_and_not_added() -> None:
    costs = [{"price": "each", "label": "things", "multiply": ["things"]},
             {"price": "abroad", "label": "more", "multiply": ["things"]}]  # fmt: skip
    found = bill_of(guide(costs, prices=[price("each", 0.4), price("abroad", 9, "USD")]))
    assert [line.label for line in found.lines] == ["things"]
    assert [(line.label, line.low, line.currency) for line in found.foreign] == [("more", 90, "USD")]
    assert (found.currency, found.low) == ("EUR", 4)


def test_upkeep_adds_up_the_declared_hours_of_all_members() -> None:
    (upkeep,) = bill_of(guide([])).upkeep
    assert (upkeep.criterion, upkeep.unit) == ("hours", "hours")
    assert (upkeep.low, upkeep.high) == (Fraction(7, 2), 6)


def with_self_use(costs: list[Data]) -> Data:
    """The guide in which the store can be used alone."""
    data = {**guide(costs).data}
    store, *others = data["options"]
    return {**data, "options": [{**store, "can_also": ["use"]}, *others]}


@pytest.mark.parametrize(("strategy", "labels"), [("store", ["itself"]), ("reader+store", ["for others"])])
def test_a_line_may_depend_on_who_does_a_job(strategy: str, labels: list[str]) -> None:
    costs = [{"price": "each", "label": "itself", "multiply": ["things"], "when_fills": "use"},
             {"price": "each", "label": "for others", "multiply": ["things"], "unless_fills": "use"}]  # fmt: skip
    found = Guide.from_data(with_self_use(costs))
    assert [line.label for line in bill_of(found, strategy=strategy).lines] == labels


def test_in_a_split_strategy_the_job_in_a_members_own_way_counts() -> None:
    data = with_self_use([{"price": "each", "label": "itself", "multiply": ["things"], "when_fills": "use"}])
    data["options"] = [*data["options"], option("both", ratings={"hours": {"level": "none"}}, costs=[])]
    parts = [{"class": "slow", "members": ["both"]}, {"class": "fast", "members": ["store"]}]
    data["strategies"] = [
        {"id": "two", "name": "Two", "members": ["both", "store"], "pattern": "split", "parts": parts}
    ]
    found = Guide.from_data(data)
    assert found.strategy("two").filled["use"] == "both"
    assert [line.label for line in bill_of(found, strategy="two").lines] == ["itself"]


REAL: list[tuple[str, dict[str, int], int, int]] = [
    # 50 values, five to a secret: 10 x 0.40, and 10 x 3 clusters x 43,800 minutes / 60 / 10,000 = 2.19 lots of calls
    # at 0.05: 4.1095.
    ("aws-secrets-manager+eso", {}, 411, 411),
    # 40 secrets at 0.40 = 16.00; 40 x 20 x 43,800 / 60 / 10,000 = 58.4 lots at 0.05 = 2.92.
    ("aws-secrets-manager+eso", {"secrets": 200, "clusters": 20}, 1892, 1892),
    # One value to a secret: 200 secrets at 0.40 = 80.00; 200 x 20 x 43,800 / 60 / 10,000 = 292 lots at 0.05 = 14.60.
    ("aws-secrets-manager+eso", {"secrets": 200, "clusters": 20, "values-per-secret": 1}, 9460, 9460),
    # Read by pods themselves: 10 x 0.40 = 4.00; 100 pods x 3 x 43,800 / 60 / 10,000 = 21.9 lots at 0.05 = 1.095.
    ("aws-secrets-manager", {}, 510, 510),
    # No charge for keeping: 2.19 lots at 0.03 = 0.0657.
    ("azure-key-vault+eso", {}, 7, 7),
    # (10 x 2 - 6) x 0.06 = 0.84; (2.19 - 1) x 0.03 = 0.0357; (5 - 3) x 0.05 = 0.10: 0.9757.
    ("eso+google-secret-manager", {}, 98, 98),
    # Three values, one version each: all six free; 3 x 1 x 730 / 10,000 = 0.219 lots: free; two rotations: free.
    ("eso+google-secret-manager", {"secrets": 3, "versions": 1, "clusters": 1, "rotations": 2}, 0, 0),
    # The free edition, which counts until a requirement asks for another, has no charges however many identities read.
    ("infisical", {}, 0, 0),
    ("infisical", {"identities": 6}, 0, 0),
    # A key in each of three clusters at 0 to 1.
    ("kms-v2+native-secrets", {}, 0, 300),
    ("native-secrets", {}, 0, 0),
]


@pytest.mark.parametrize(("strategy", "figures", "low", "high"), REAL)
def test_bills_of_the_real_guide_agree_with_hand_worked_ones_to_the_cent(
    strategy: str, figures: dict[str, int], low: int, high: int
) -> None:
    real = real_guide()
    quantities = recommend(real, {}).situation.quantities | {name: Fraction(value) for name, value in figures.items()}
    found = bill(real, real.strategy(strategy), quantities)
    assert (cents(found.low), cents(found.high)) == (low, high)
    assert not found.foreign
    assert all(line.price in {entry["id"] for entry in real.data["prices"]} for line in found.lines)


def test_every_price_of_the_real_guide_that_is_shown_has_a_source() -> None:
    real = real_guide()
    quantities = recommend(real, {}).situation.quantities
    for strategy in real.strategies:
        found = bill(real, strategy, quantities)
        assert found.low <= found.high
        for line in (*found.lines, *found.foreign):
            assert real.entry("prices", line.price)["source"]


def test_five_thousand_values_are_not_billed_as_five_thousand_secrets_and_the_bill_says_so() -> None:
    guide = real_guide()
    result = recommend(guide, {"platform": "aws", "store": ["aws"], "application": "objects", "secrets": 5000})
    place = result.place("aws-secrets-manager+eso")
    lines = bill_lines(result, place)
    assert any("5,000 Secret values ÷ 5 Values per secret = 1,000," in line for line in lines)
    assert any(line.startswith("Values per secret: 5, because one JSON secret holds") for line in lines)
    assert lines[1].startswith("You already use AWS Secrets Manager. The effort is what comes on top of that.")


def test_nothing_is_said_to_be_in_use_where_nothing_is() -> None:
    result = recommend(real_guide(), {"platform": "aws"})
    assert not any("already use" in line for line in bill_lines(result, result.place("aws-secrets-manager+eso")))


def test_a_free_plan_covers_all_up_to_its_limit_and_nothing_above() -> None:
    costs = [{"price": "each", "label": "seats", "multiply": ["things"], "free_up_to": 5}]
    found = Guide.from_data(with_self_use(costs))
    for number, quantity in ((0, 0), (5, 0), (6, 6)):
        line = bill(found, found.strategy("store"), {"things": Fraction(number)}).lines[0]
        assert (line.quantity, line.covered) == (quantity, 0 < number <= 5)
        assert ("all covered by a free plan" in arithmetic(line)) == line.covered


def test_a_family_has_no_price_list_and_is_not_said_to_lack_one() -> None:
    """What stands for several options costs what the chosen one costs."""
    result = recommend(real_guide(), {"platform": "on-premises"})
    family = next(place for place in result.places if {"self-run", "eso"} == set(place.strategy.members))
    text = short_bill(result, family)
    assert "depend on the tool behind" in text
    assert "No public price list" not in text


def test_a_price_that_is_paid_once_needs_no_quantity() -> None:
    """Without `multiply` a price counts once; `divide` spreads it over the months of use."""
    once = [{"price": "each", "label": "a thing"}, {"price": "each", "label": "bought", "divide": [4]}]
    found = bill_of(guide(once))
    assert [line.low for line in found.lines] == [Fraction(2, 5), Fraction(1, 10)]
    assert [arithmetic(line) for line in found.lines] == ["1", "1 ÷ 4"]
