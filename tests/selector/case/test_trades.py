"""Trade-offs: what an answer does to weights, and what becomes of it in links, files and records."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selector import Case, Guide, recommend
from selector.case.answers import AnswerError, check_case
from selector.case.link import decode, encode
from selector.case.situation import interpret
from selector.case.trades import MOST_TRADES, Trade, apply_trades, read_trades, swing
from selector.plan.damage import damage
from selector.plan.drift import VALID, decision, verify
from selector.report.json_report import recommendation_data
from tests.support.random_guides import make_guide, random_answers
from tests.support.small_guides import criterion, guide_of, option, question

seeds = st.integers(0, 10**6)


def guide(**weights: int) -> Guide:
    """Six criteria of 10 points each, with three levels at 0, 500 and 1000, unless `weights` says otherwise."""
    names = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta")
    return guide_of(
        [criterion(name, weight=weights.get(name, 10)) for name in names],
        [option("both"), option("other")],
        [question("more", {"yes": [{"weight": {"alpha": 30}}], "no": []})],
    )


def points(found: Guide, trades: dict[str, str], **weights: int) -> dict[str, int | Fraction]:
    case = check_case(found, {"more": "no", **trades}, weights)
    return dict(zip((item.id for item in found.criteria), interpret(found, case).points, strict=True))


def random_trade(random: Random, found: Guide) -> Trade:
    several = [item for item in found.criteria if len({level.value for level in item.levels}) > 1]
    one, other = random.sample(several, 2)
    levels = {}
    for item in (one, other):
        worse = random.choice([level for level in item.levels if level.value < item.levels[-1].value])
        better = random.choice([level for level in item.levels if level.value > worse.value])
        levels[item.id] = worse.id, better.id
    first, second = sorted(levels)
    text = ",".join((one.id, *levels[first], *levels[second]))
    return read_trades(found, {f"trade.{one.id}.{other.id}": text}, None)[0]


def ratio(found: Guide, trade: Trade, values: tuple[int | Fraction, ...]) -> Fraction | None:
    """How much more the situation with the chosen criterion weighs; None where the other one weighs nothing."""
    mine, theirs = (
        Fraction(values[found.column(name)]) * swing(found, trade, name) for name in (trade.rather, trade.given_up)
    )
    return mine / theirs if theirs else None


@given(seeds)
def test_an_answer_never_moves_the_weights_towards_the_other_one_and_agrees_with_itself_within_the_range(
    seed: int,
) -> None:
    data = make_guide(seed, options=4, criteria=5)
    found, random = Guide.from_data(data), Random(seed)
    case = check_case(found, random_answers(random, data, 0.6))
    for trade in (random_trade(random, found) for _ in range(4)):
        before = interpret(found, case).points
        after = interpret(found, Case(case.answers, trades=(trade,))).points
        was, now = ratio(found, trade, before), ratio(found, trade, after)
        for column, (old, new) in enumerate(zip(before, after, strict=True)):
            assert Fraction(old) / 2 <= new <= 2 * old  # the plausible range of every weight
            assert old == new or found.criteria[column].id in (trade.rather, trade.given_up)
        if was is not None and now is not None:
            assert now >= was
            assert now >= 1 or was < Fraction(1, 4)  # as it was said, wherever plausible weights allow that
            assert now > was or was >= 4 or not was
        opposite = interpret(found, Case(case.answers, trades=(trade.answered(trade.given_up),))).points
        then = ratio(found, trade, opposite)
        assert then is None or was is None or then <= was


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 1000), st.integers(1, 1000))
def test_the_moved_weight_is_the_middle_of_what_is_left_of_the_range(
    mine: int, theirs: int, gain: int, loss: int
) -> None:
    """The independent way: the ratio's plausible range is r/4 .. 4r, the answer leaves what is at least 1 of it, and the
    geometric middle of that is where the ratio goes. Whole points, tried one by one in fifty digits."""
    found = guide_of(
        [
            criterion("x", weight=mine, levels={"a": 0, "b": gain}),
            criterion("y", weight=theirs, levels={"a": 0, "b": loss}),
        ],
        [option("both")],
    )
    trade = read_trades(found, {"trade.x.y": "x"}, None)
    (new_mine, new_theirs), moved = apply_trades(found, trade, {}, (mine, theirs))
    assert [(before, after) for _, before, after in moved[0].changes] == [(mine, new_mine), (theirs, new_theirs)]
    if not mine or not theirs:
        assert (new_mine, new_theirs) == (2 * mine * bool(theirs) or mine, theirs if theirs == 0 else new_theirs)
        return
    r = Decimal(mine * gain) / (theirs * loss)
    if r >= 4:
        assert (new_mine, new_theirs) == (mine, theirs)
        return
    middle = (max(Decimal(1), r / 4) * 4 * r).sqrt()
    exact = Decimal("1e-20")
    tried = (n for n in range(mine, 2 * mine + 1) if Decimal(n * gain) / (theirs * loss) >= middle - exact)
    rises = next(tried, None)
    if rises is not None:
        assert (new_mine, new_theirs) == (rises, theirs)
        return
    falls = [n for n in range(theirs + 1) if Decimal(2 * mine * gain) >= (middle - exact) * n * loss]
    assert (new_mine, new_theirs) == (2 * mine, max(Fraction(theirs, 2), falls[-1]))


def test_equal_swings_are_told_apart_by_a_double_weight_and_a_weaker_one_gives_way_as_well() -> None:
    assert points(guide(), {"trade.alpha.beta": "alpha"}) == {**points(guide(), {}), "alpha": 20}
    assert points(guide(beta=20), {"trade.alpha.beta": "alpha"}) == {
        **points(guide(), {}), "alpha": 20, "beta": 14  # 10:20 becomes 20:14, twice the root of a half
    }  # fmt: skip
    assert points(guide(alpha=40), {"trade.alpha.beta": "alpha"})["alpha"] == 40  # four times as much says it already
    half = points(guide(), {"trade.alpha.beta": "beta,fair,good,bad,good"})  # half of a scale against a whole one
    assert (half["alpha"], half["beta"]) == (10, 15)


def test_one_pair_is_one_question_and_taking_it_back_restores_the_case_and_its_link() -> None:
    found = guide()
    case = check_case(found, {"more": "yes", "trade.alpha.beta": "alpha"})
    assert check_case(found, {"more": "yes", "trade.beta.alpha": "alpha"}) == case
    assert check_case(found, {"more": "yes", "trade.alpha.beta": "alpha", "trade.beta.alpha": "alpha"}) == case
    with pytest.raises(AnswerError, match="has two answers"):
        check_case(found, {"trade.alpha.beta": "alpha", "trade.beta.alpha": "beta"})
    before = check_case(found, {"more": "yes"})
    assert Case(case.answers, case.weights, case.relax) == before
    link = encode(case, "0123456789ab")
    assert "&trade.alpha.beta=alpha,bad,good,bad,good&" in link
    assert encode(before, "0123456789ab") == link.replace("&trade.alpha.beta=alpha,bad,good,bad,good", "")


@given(seeds)
def test_the_order_of_trade_offs_decides_nothing_and_every_case_comes_out_of_its_link(seed: int) -> None:
    data = make_guide(seed, options=3, criteria=8)
    found, random = Guide.from_data(data), Random(seed)
    several = [random_trade(random, found) for _ in range(5)]
    aside: list[AnswerError] = []
    given_trades = {trade.id: trade.text for trade in several}
    kept = read_trades(found, given_trades, aside)
    assert kept == read_trades(found, dict(reversed(given_trades.items())), [])
    assert len(kept) + len(aside) == len(given_trades) and len(kept) <= MOST_TRADES
    case = check_case(found, {**random_answers(random, data, 0.5), **{trade.id: trade.text for trade in kept}})
    assert decode(encode(case, found.revision), found) == (case, found.revision, [])
    assert interpret(found, case).points == interpret(found, Case(case.answers, trades=kept[::-1])).points


HOSTILE = {
    "trade.alpha.alpha=alpha": "The trade-off 'trade.alpha.alpha' does not name two criteria of this guide. It was ignored.",
    "trade.alpha=alpha": "The trade-off 'trade.alpha' does not name two criteria of this guide. It was ignored.",
    "trade.alpha.nothing=alpha": "The trade-off 'trade.alpha.nothing' does not name two criteria of this guide. It was ignored.",
    "trade.alpha.beta=gamma": "The trade-off between “Alpha” and “Beta” has another answer: 'gamma'. It was ignored.",
    "trade.alpha.beta=alpha,good,bad,bad,good": "The trade-off between “Alpha” and “Beta” has levels that are not in this"
    " guide, or not the worse one first: 'alpha,good,bad,bad,good'. It was ignored.",
    "trade.alpha.beta=alpha,bad": "The trade-off between “Alpha” and “Beta” has levels that are not in this guide, or not the"
    " worse one first: 'alpha,bad'. It was ignored.",
    "trade.alpha.beta=alpha&trade.beta.gamma=beta": "The trade-off between “Beta” and “Gamma” is about a criterion of another"
    " one. It was ignored.",
    "trade.alpha.beta=alpha&trade.beta.alpha=beta": "The trade-off between “Alpha” and “Beta” has two answers. It was ignored.",
}


@pytest.mark.parametrize("part", HOSTILE)
def test_what_cannot_be_used_is_named_once_and_the_rest_of_the_link_counts(part: str) -> None:
    case, _, notices = decode(f"v=1&more=yes&{part}&r=0123456789ab", guide())
    assert notices == [HOSTILE[part]]
    assert case.answers == {"more": "yes"} and len(case.trades) == part.count("&")


def test_a_foreign_name_is_shown_as_text_and_a_fourth_trade_off_is_one_too_many() -> None:
    found = guide_of([criterion(name) for name in "abcdefgh"], [option("both")])
    *_, notices = decode("v=1&trade.<script>.a=a&r=0123456789ab", found)
    assert len(notices) == 1 and "trade.<script>.a" in notices[0]
    case, _, notices = decode("v=1&trade.a.b=a&trade.c.d=c&trade.e.f=e&trade.g.h=g&r=0123456789ab", found)
    assert [trade.id for trade in case.trades] == ["trade.a.b", "trade.c.d", "trade.e.f"]
    assert notices == ["The trade-off between “G” and “H” is one too many: 3 count. It was ignored."]


def test_a_weight_set_by_hand_is_exact_whatever_trade_off_was_answered() -> None:
    assert points(guide(), {"trade.alpha.beta": "alpha"}, alpha=7) == {**points(guide(), {}), "alpha": 7}
    assert points(guide(), {"trade.alpha.beta": "alpha"}, beta=90)["alpha"] == 10


def test_a_decision_keeps_its_trade_offs_and_verify_counts_them() -> None:
    found = guide()
    result = recommend(found, {"more": "yes", "trade.alpha.beta": "beta"})
    made = decision(result, "2026-11-01")
    assert made["trades"] == {"trade.alpha.beta": "beta,bad,good,bad,good"} == recommendation_data(result)["trades"]
    assert not damage(made) and damage({**made, "trades": ["x"]}).startswith("'trades' must be")
    drift = verify(found, made)
    assert (drift.status, drift.reweighted, drift.result.case) == (VALID, (), result.case)
    assert verify(found, {name: value for name, value in made.items() if name != "trades"}).reweighted
