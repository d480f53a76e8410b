"""The trade-off question: when it is asked, about what, and that each answer favours the one it is for."""

from __future__ import annotations

import io
import json
import sys
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from selector import Guide, recommend
from selector.analysis.confidence import CLOSE, LEAD, TIE, Verdict
from selector.analysis.steps import Analysis
from selector.analysis.trade_off import trade_off_of, with_trade, without_trade
from selector.case.trades import MOST_TRADES
from selector.cli import main
from selector.report.adr import record
from selector.scoring.recommend import RankedStrategy, Recommendation, recommend_case
from selector.web.links import Links
from selector.web.page import Page
from selector.web.panels.context import ResultContext
from selector.web.regions import FIRST, HEADLINE, render
from tests.selector.web.test_compared import PlainTexts
from tests.support.random_guides import make_guide, random_answers
from tests.support.small_guides import criterion, data_of, option, question

LOTS = ("calm", "cheap", "fast", "firm", "neat", "quiet", "small", "warm")
DATA = data_of(
    [criterion(name) for name in LOTS],
    [
        option("cat", ratings=dict.fromkeys(LOTS[::2], "good") | {"warm": "fair"}),
        option("dog", ratings=dict.fromkeys(LOTS[1::2], "good") | {"calm": "fair"}),
    ],
    [question("own", {"yes": [], "no": []})],
)
GUIDE = Guide.from_data(DATA)


def close(result: Recommendation, word: str = CLOSE) -> Verdict:
    """A verdict by which the first two are too close."""
    return Verdict(word, result.contenders[:2], Fraction(1, 3), None, 0, 0, Fraction(), (), 0, ())


def apart(result: Recommendation, one: RankedStrategy, other: RankedStrategy, names: tuple[str, str]) -> Fraction:
    """By how much one strategy is ahead of another on two criteria, in exact points times value."""
    mine, theirs = (result.table.twice[result.place(place.strategy.id).row] for place in (one, other))
    columns = [result.guide.column(name) for name in names]
    return sum((Fraction(result.situation.points[at]) * (mine[at] - theirs[at]) for at in columns), Fraction())


@settings(max_examples=80)
@given(st.integers(0, 10**6), st.booleans())
def test_an_answer_for_the_leader_never_makes_it_worse_and_one_for_the_rival_never_better(
    seed: int, tied: bool
) -> None:
    data = make_guide(seed, options=6, criteria=8)
    guide = Guide.from_data(data)
    result = recommend(guide, random_answers(Random(seed), data, 0.7))
    if len(result.contenders) < 2 or not result.crowned:
        return
    asked = trade_off_of(result, close(result, TIE if tied else CLOSE))
    if asked is None:
        return
    names = asked.trade.one, asked.trade.other
    gaps = {gap.criterion: gap.twice for gap in result.differences(asked.leader, asked.rival)}
    assert gaps[asked.trade.rather] > 0 > gaps[asked.trade.given_up]
    before = apart(result, asked.leader, asked.rival, names)
    for trade, sign in zip(asked.answers, (1, -1), strict=True):
        after = recommend_case(guide, with_trade(result.case, trade))
        assert (
            sign * apart(after, asked.leader, asked.rival, names) > sign * before
        )  # an answer is never without effect
        assert with_trade(with_trade(result.case, trade.answered(trade.given_up)), trade) == after.case
        assert without_trade(after.case, trade.id) == result.case
        again = trade_off_of(after, close(after))
        assert again is None or not {again.trade.one, again.trade.other} & set(names)


def test_it_asks_about_the_largest_opposing_differences_and_never_more_than_three_times() -> None:
    result = recommend(GUIDE, {"own": "yes"})
    asked = []
    while (found := trade_off_of(result, close(result))) is not None:
        asked.append(found.trade)
        result = recommend_case(GUIDE, with_trade(result.case, found.trade))
    assert len(asked) == MOST_TRADES and len({name for one in asked for name in (one.one, one.other)}) == 6
    assert asked[0].id == "trade.cheap.fast"  # "calm" and "warm" have half a difference
    assert asked[0].levels == (("bad", "good"), ("bad", "good"))


def test_a_clear_lead_is_not_asked_about_and_neither_is_a_weight_set_by_hand() -> None:
    result = recommend(GUIDE, {"own": "yes"})
    assert trade_off_of(result, close(result, LEAD)) is None and trade_off_of(result, None) is None
    by_hand = recommend(GUIDE, {"own": "yes"}, weights={name: 10 for name in LOTS if name != "cheap"})
    assert trade_off_of(by_hand, close(by_hand)) is None


def shown(result: Recommendation) -> dict[str, BeautifulSoup]:
    page = Page(GUIDE, PlainTexts(), Links("../", directories=True))
    context = ResultContext.of(result)
    context = ResultContext(result, context.rival, (), Analysis(result).run())
    return {
        name: BeautifulSoup(html, "html.parser") for name, html in render(page, context, {**FIRST, **HEADLINE}).items()
    }


def test_the_card_asks_where_it_is_too_close_and_an_answer_is_listed_to_be_changed_and_taken_back() -> None:
    result = recommend(GUIDE, {"own": "yes"})
    before = shown(result)
    buttons = before["leader"].select(".dw-trade-answers button")
    assert [" ".join(button.text.split()) for button in buttons] == ["Cheap: Bad Fast: Good", "Cheap: Good Fast: Bad"]
    assert (
        not before["trades"].text
        and str(buttons[0]["data-link"]).count("&trade.cheap.fast=fast,bad,good,bad,good&") == 1
    )
    weights = {name: 40 * (place % 2) for place, name in enumerate(LOTS) if name not in ("cheap", "fast")}
    after = shown(recommend(GUIDE, {"own": "yes", "trade.cheap.fast": "cheap"}, weights=weights))
    assert "Recommended for you" in after["leader"].text and not after["leader"].select(".dw-trade")
    given_boxes = after["trades"].select("fieldset.dw-question input[name='trade.cheap.fast']")
    assert [box.has_attr("checked") for box in given_boxes] == [True, False]
    assert "It changes the weight of “Cheap” from 10 to 20." in after["trades"].text
    assert after["trades"].select_one("[data-clear='trade.cheap.fast']")


def test_the_record_names_the_question_the_answer_and_the_weight_that_it_moved() -> None:
    text = record(Analysis(recommend(GUIDE, {"own": "yes", "trade.cheap.fast": "cheap"})).run(), "2026-11-24")
    assert (
        "- Which would you rather have? **Cheap: Good with Fast: Bad, rather than Cheap: Bad with Fast: Good**" in text
    )
    assert "It changes the weight of “Cheap” from 10 to 20." in text


def test_the_command_line_names_the_question_asks_it_and_keeps_its_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place, kept, said = tmp_path / "guide.json", tmp_path / "kept.json", tmp_path / "said.json"
    place.write_text(json.dumps(DATA), "utf-8")
    said.write_text(json.dumps({"own": "yes"}), "utf-8")
    main(["recommend", "--guide", str(place), "--answers", str(said)])
    out = capsys.readouterr().out
    assert '   Cheap: Bad with Fast: Good:\n      "trade.cheap.fast": "fast,bad,good,bad,good"\n' in out
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\n7\n2\n\n"))
    main(["ask", "--guide", str(place), "--save", str(kept)])
    out = capsys.readouterr().out
    assert "Too close to call. Which would you rather have?\n  1. Cheap: Bad with Fast: Good\n" in out
    assert json.loads(kept.read_text("utf-8"))["trade.cheap.fast"] == "cheap,bad,good,bad,good"
    main(["recommend", "--guide", str(place), "--answers", str(kept), "--json"])
    data = json.loads(capsys.readouterr().out)
    assert data["trades"] == {"trade.cheap.fast": "cheap,bad,good,bad,good"}
    asked = data["analysis"]["trade_off"]
    assert asked is None or "cheap" not in asked["id"]
