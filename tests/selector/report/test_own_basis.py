"""What depends on an own fact says so in plain sight: the card, alternatives, hours, the record, the terminal."""

from __future__ import annotations

from functools import cache
from typing import Any

from bs4 import BeautifulSoup

from selector import Recommendation, recommend
from selector.analysis.steps import Analysis
from selector.case.own_words import OURS
from selector.report.adr import record
from selector.report.cost_sentences import short_bill
from selector.report.own_basis import own_basis, own_basis_text, own_names
from selector.report.terminal import Paint, comparison, recommendation
from tests.support.real_guide import real_guide
from tests.support.wizard_states import answers_for, link_for, regions_for

BASIS = "by our estimate"
"""What the guide says of hours."""


@cache
def visitor() -> tuple[dict[str, Any], dict[str, str], str, str]:
    """Answers of an example, an own fact on the criterion that has hours that leaves its first two in place, the member of
    the recommendation that it is about, and the criterion's name."""
    guide = real_guide()
    scale = next(one for one in guide.data["criteria"] if one["aggregate"].get("basis") == BASIS)
    for example in guide.data["examples"]:
        result = recommend(guide, example["answers"])
        if not result.winner or not result.runner_up:
            continue
        for member in (name for name in result.winner.strategy.members if not guide.option(name).stands_for):
            said = guide.entry("options", member)["ratings"][scale["id"]]["level"]
            for level in reversed(scale["levels"]):  # a better one where there is any
                own = {f"{member}.{scale['id']}": level["id"]}
                found = recommend(guide, example["answers"], own=own)
                if level["id"] == said or not found.winner or not found.runner_up:
                    continue
                if found.winner.row == result.winner.row and own_basis_text(found, found.winner):
                    return example["answers"], own, member, scale["name"]
    raise AssertionError("no own fact leaves a recommendation as it is")


def overruled() -> tuple[dict[str, str], str, str]:
    return visitor()[1:]


def result_with(own: dict[str, str]) -> Recommendation:
    return recommend(real_guide(), visitor()[0], own=own)


def test_the_card_says_which_own_facts_it_rests_on_outside_every_fold() -> None:
    own, member, scale = overruled()
    name, value = next(iter(own.items()))
    link = link_for(visitor()[0])
    plain, html = regions_for(link), regions_for(f"{link}&own.{name}={value}")
    assert OURS not in plain["leader"] + plain["alternatives"]
    card = BeautifulSoup(html["leader"], "html.parser")
    mark = card.select_one(".dw-own-basis")
    assert mark is not None and not mark.find_parents("details")
    assert real_guide().option(member).name in mark.get_text() and scale in mark.get_text()
    assert "(the guide: " in mark.get_text()
    cost = next(entry for entry in card.select(".dw-facts > div") if entry.select_one("dt:-soup-contains('Cost')"))
    assert BASIS not in cost.get_text() and "with own facts" in cost.get_text()
    assert "with own facts" in html["cost"] and BASIS not in html["cost"]
    assert BASIS in plain["leader"]
    assert "Depends on own facts" in html["ranking"]


def test_each_strategy_is_marked_for_what_it_rests_on_and_no_other() -> None:
    own, member, scale = overruled()
    result = result_with(own)
    for place in result.places:
        meant = {name for one in place.strategy.members for name in (one, *real_guide().option(one).stands_for)}
        cell = result.cell(place.strategy, next(one for one in real_guide().criteria if one.name == scale))
        assert bool(own_basis(result, place)) == cell.own
        assert own_names(result, place) == (scale if cell.own else "")
        if not cell.own:
            assert BASIS in short_bill(result, place) or "hours" not in short_bill(result, place)
        else:
            assert member in meant, "an own fact counts for its own option alone"


def test_a_price_of_ones_own_marks_what_is_billed_by_it() -> None:
    guide = real_guide()
    billed = next(
        (name, cost["price"])
        for option in guide.data["options"]
        for name, cost in [(option["id"], cost) for cost in option.get("costs", ())]
    )
    result = recommend(guide, visitor()[0], own={f"price.{billed[1]}": 0.123})
    places = [place for place in result.places if "with own prices" in short_bill(result, place)]
    assert places
    for place in places:
        assert "0.123" in own_basis_text(result, place)


def test_record_terminal_and_comparison_say_it() -> None:
    own, _, scale = overruled()
    result = result_with(own)
    assert result.winner is not None and result.runner_up is not None
    analysis = Analysis(result).run()
    text = record(analysis, "2026-11-28")
    outcome = text.partition("## Decision Outcome")[2].partition("\n## ")[0]
    assert "This depends on own facts: " in outcome and scale in outcome
    assert BASIS not in next(line for line in text.splitlines() if line.startswith("- Cost:"))
    printed = recommendation(analysis, Paint(on=False))
    assert "This depends on own facts: " in printed
    compared = comparison(result, result.winner, result.runner_up, Paint(on=False))
    assert ": \n" not in f"{compared}\n", "an own rating has no text, but a level"


def test_a_result_without_a_recommendation_names_the_own_facts_that_count() -> None:
    own, member, _ = overruled()
    name, value = next(iter(own.items()))
    for state in ("held", "nothing"):
        html = regions_for(f"{link_for(answers_for(state))}&own.{name}={value}")
        assert f"Your own facts count here: {real_guide().option(member).name}" in BeautifulSoup(
            html["leader"], "html.parser"
        ).get_text(" ", strip=True).replace("  ", " ")
