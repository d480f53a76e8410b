"""Trade-offs and sensitivity on the page: charts that show the figures beside them, and when they come."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from selector import Guide, recommend, web
from selector.case.answers import check_case
from selector.report.sensitivity import Sensitivity
from selector.web import forms
from selector.web.charts.axes import apart, axis
from selector.web.page import Page
from selector.web.panels.sensitivity import sensitivity
from selector.web.session import Session
from tests.selector.plan.test_frontier import priced
from tests.selector.web.test_panels import EVIL, LINKS, PlainTexts, call, session
from tests.support.random_guides import add_gates, make_guide, random_answers
from tests.support.real_guide import real_guide


def charts(guide: Guide, answers: dict[str, Any], criterion: str = "") -> BeautifulSoup:
    found = Sensitivity.of(recommend(guide, answers, lenient=True)).run()
    return BeautifulSoup(sensitivity(Page(guide, PlainTexts(), LINKS), found, criterion), "html.parser")


def figures(drawn: Tag) -> list[tuple[float, float]]:
    """Places of the marks of a scatter chart, in the order of its table."""
    found = []
    for mark in drawn.select(".dw-chart-svg .dw-chart-mark"):
        if mark.name == "path":
            x, y = map(float, re.findall(r"-?[\d.]+", str(mark["d"]))[:2])
            found.append((x, y + 7))
        elif mark.name == "circle":
            found.append((float(str(mark["cx"])), float(str(mark["cy"]))))
        else:
            found.append((float(str(mark["x"])) + 4, float(str(mark["y"])) + 4))
    return found


def test_marks_are_where_the_figures_of_the_table_say() -> None:
    drawn = charts(priced(worst=0, dear=9, fair=4, unknown=-1, best=8), {"place": "here"})
    chart = drawn.select_one("[data-key=scatter-money]")
    assert chart is not None
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in chart.select("tbody tr")]
    assert rows == [
        ["1", "Best", "100.0", "16.00", "efficient"],
        ["2", "Fair", "50.0", "8.00", "efficient"],
        ["3", "Dear", "25.0", "18.00", "behind 1"],
        ["4", "Worst", "0.0", "0.00", "efficient"],
    ]
    places = figures(chart)
    by_score = sorted(range(4), key=lambda index: -places[index][1])
    assert [rows[index][1] for index in by_score] == ["Worst", "Dear", "Fair", "Best"]
    by_cost = sorted(range(4), key=lambda index: places[index][0])
    assert [rows[index][1] for index in by_cost] == ["Worst", "Fair", "Best", "Dear"]
    assert "Not shown" in chart.get_text() and "Unknown" in chart.get_text()
    assert "“Worst” (0.0 at EUR 0), “Fair” (50.0 at EUR 8.00) and “Best” (100.0 at about EUR 16)" in chart.get_text()


def test_every_chart_is_one_image_with_a_title_a_description_and_its_figures_as_a_table() -> None:
    example = real_guide().data["examples"][20]
    drawn = charts(real_guide(), example["answers"])
    ids = [str(element["id"]) for element in drawn.select("[id]")]
    assert len(ids) == len(set(ids))
    images = drawn.select("svg[role=img]")
    assert len(images) == 4
    for image in images:
        title, desc = (drawn.find(id=name) for name in str(image["aria-labelledby"]).split())
        assert isinstance(title, Tag) and isinstance(desc, Tag)
        assert (title.name, desc.name) == ("title", "desc") and len(desc.get_text()) > 40
        section = image.find_parent("section")
        assert section is not None and section.select_one("table caption") is not None
    assert all(svg["aria-hidden"] == "true" for svg in drawn.select("svg:not([role])"))
    assert not drawn.select("[style]")  # the page's policy forbids it


def test_lines_cross_where_the_table_and_the_sentences_say_and_every_criterion_can_be_picked() -> None:
    example = real_guide().data["examples"][20]
    drawn = charts(real_guide(), example["answers"])
    names = [str(option["value"]) for option in drawn.select("[data-key=lines] option")]
    assert len(names) > 3
    for name in names:
        chart = charts(real_guide(), example["answers"], name).select_one("[data-key=lines]")
        assert chart is not None
        chosen = chart.select_one("option[selected]")
        assert chosen is not None and chosen["value"] == name
        letters = [item.get_text() for item in chart.select(".dw-chart-told strong")]
        assert len(chart.select("svg[role=img] .dw-chart-crossing")) == len(letters)
        ends = [
            [float(number) for number in re.findall(r"[\d.]+", str(line["d"]))]
            for line in chart.select("svg[role=img] .dw-chart-line")
        ]
        rows = [[cell.get_text() for cell in row.select("td.number")] for row in chart.select("tbody tr")]
        assert len(ends) == len(rows)
        for one, other in pairwise(range(len(rows))):
            assert (float(rows[one][0]) > float(rows[other][0])) <= (ends[one][1] <= ends[other][1])
            assert (float(rows[one][2]) > float(rows[other][2])) <= (ends[one][3] <= ends[other][3])


@given(seed=st.integers(0, 10_000))
@settings(max_examples=20)
def test_nothing_is_drawn_outside_its_chart(seed: int) -> None:
    data = add_gates(make_guide(seed, options=7), seed)
    guide, answers = Guide.from_data(data), random_answers(Random(seed), data)
    if recommend(guide, answers, lenient=True).winner is None:
        return
    drawn = charts(guide, answers)
    for image in drawn.select("svg[role=img]"):
        width, height = map(float, str(image["viewbox"]).split()[2:])
        for element in image.select("text, circle, rect"):
            x, y = float(str(element.get("x") or element.get("cx"))), float(str(element.get("y") or element.get("cy")))
            assert 0 <= x <= width and 0 <= y <= height, element
            assert x + float(str(element.get("width", 0))) <= width and float(str(element.get("width", 0))) >= 0, (
                element
            )
    for row in drawn.select(".dw-chart-ranks tbody tr"):
        widths = [float(str(bar["width"])) for bar in row.select("rect")]
        assert sum(widths) == pytest.approx(100, abs=0.5)


def test_names_are_text_and_not_markup() -> None:
    data = priced(worst=0, best=8).data
    named = [{**entry, "name": f"{EVIL} {entry['id']}"} for entry in data["options"]]
    drawn = charts(Guide.from_data({**data, "options": named}), {"place": "here"})
    assert not drawn.select("script, img") and EVIL in drawn.get_text()


def test_where_nothing_competes_sentences_stand_in_for_charts() -> None:
    data = priced(only=3).data
    text = charts(Guide.from_data(data), {"place": "here"}).get_text()
    assert "No other setup meets all your requirements, so no weight changes the recommendation of “Only”." in text
    assert "Nothing competes with “Only”, so there is no lead to move." in text
    assert "No other setup competes, so no rating on its own changes what ranks first." in text


def rest(talk: Session) -> dict[str, str]:
    found: dict[str, str] = {}
    while not (part := call(talk, "more"))["done"]:
        found |= part["html"]
    return found


def test_charts_come_when_they_are_opened_and_then_after_each_answer_until_they_are_closed() -> None:
    guide = real_guide()
    talk = session(guide)
    fields = [forms.fields_of(check_case(guide, guide.data["examples"][number]["answers"])) for number in (20, 10)]
    first = call(talk, "answer", fields=fields[0])["html"]
    assert "sensitivity" not in first and "Calculating" in rest(talk)["sensitivity"]

    opened = call(talk, "sensitivity", criterion="")
    assert "Score against monthly cost" in opened["html"]["sensitivity"] and not opened["done"]
    assert "Drawing weightings" in opened["html"]["sensitivity"]
    whole = rest(talk)["sensitivity"]
    assert "In 10,000 weightings" in whole and "How far each answer moves the lead" in whole

    names = re.findall(r'<option value="([^"]+)"', whole)
    picked = call(talk, "sensitivity", criterion=names[1])["html"]["sensitivity"]
    assert f'<option value="{names[1]}" selected>' in picked and "In 10,000 weightings" in picked
    rest(talk)

    assert "sensitivity" not in call(talk, "answer", fields=fields[1])["html"]  # the old ones stay, marked as old
    parts = []
    while not (part := call(talk, "more"))["done"]:
        parts += [part["html"]["sensitivity"]] if "sensitivity" in part["html"] else []
    assert parts and not any("Calculating" in part for part in parts)
    assert parts[-1] == str(
        sensitivity(talk.page, Sensitivity.of(recommend(guide, guide.data["examples"][10]["answers"])).run(), names[1])
    )

    assert call(talk, "sensitivity", criterion=None) == {"html": {}, "done": False}
    assert rest(talk) == {}
    call(talk, "answer", fields=fields[0])
    assert "Calculating" in rest(talk)["sensitivity"]


def test_there_are_no_charts_before_something_is_named_nor_for_an_unknown_criterion() -> None:
    talk = session(real_guide())
    assert call(talk, "sensitivity", criterion="")["html"] == {}
    call(talk, "answer", fields=[])
    assert call(talk, "sensitivity", criterion="")["html"] == {} and rest(talk)["sensitivity"] == ""
    fields = forms.fields_of(check_case(real_guide(), real_guide().data["examples"][20]["answers"]))
    call(talk, "answer", fields=fields)
    known, unknown = (call(talk, "sensitivity", criterion=name)["html"]["sensitivity"] for name in ("", "<no such>"))
    assert unknown == known


@given(st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=9))
def test_an_axis_holds_all_its_figures_and_has_few_round_ticks(values: list[float]) -> None:
    found = axis(values, 34, 326)
    assert all(33.9 <= found.at(value) <= 326.1 for value in values)
    assert 2 <= len(found.ticks) <= 9
    places = [place for place, _ in found.marks]
    assert places == sorted(places) and (places[0], places[-1]) == (34, 326)


@given(st.lists(st.floats(0, 200), min_size=1, max_size=6))
def test_numbers_beside_lines_stay_apart_and_in_order(places: list[float]) -> None:
    found = apart(places, 13, 0, 200)
    assert all(after - before >= 12.8 for before, after in pairwise(sorted(found)))
    assert all(-0.1 <= value <= 200.1 for value in found)
    assert [found[index] for index in sorted(range(len(places)), key=lambda index: places[index])] == sorted(found)


def test_the_page_has_the_fold_without_charts() -> None:
    page = BeautifulSoup(web.wizard_html(real_guide(), PlainTexts(), LINKS, runtime="x"), "html.parser")
    fold = page.select_one("details[data-charts]")
    assert fold is not None and not fold.has_attr("open")
    region = fold.select_one("[data-region=sensitivity]")
    assert region is not None and not region.get_text(strip=True)
