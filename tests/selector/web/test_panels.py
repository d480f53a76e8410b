"""The views on the host: what they show, that they are complete, and that foreign text never becomes markup."""

from __future__ import annotations

import copy
import itertools
import json
import re
from dataclasses import replace
from random import Random
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from hooks import ROOT
from hooks.evaluation.outcomes import accepts
from hooks.source.load import load
from selector import Guide, recommend, recommendation_data, web
from selector.analysis.near_ties import near_ties
from selector.analysis.steps import Analysis
from selector.case.answers import Case, check_case, in_force
from selector.case.link import decode, encode
from selector.case.verdict import EXCLUDED, UNVERIFIED
from selector.guide import strategies
from selector.report import verdicts
from selector.scoring.recommend import recommend_case
from selector.web import forms
from selector.web.diagram import lanes, wrap
from selector.web.page import Page
from selector.web.panels import headline, ranking, reasons
from selector.web.panels.context import ResultContext, missing_for
from selector.web.panels.matrix_filter import fitting_text
from selector.web.panels.preview import preview
from selector.web.regions import FIRST, HEADLINE, LATER, render_all
from selector.web.session import Session
from selector.web.texts import StoredTexts, store
from tests.support import small_guides
from tests.support.random_guides import make_guide, random_answers
from tests.support.real_guide import real_guide

LINKS = web.Links("../", directories=True)
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


class PlainTexts:
    """Replaces the build's Markdown."""

    def html(self, markdown: str, /) -> Markup:
        return Markup("<p>{}</p>").format(markdown)

    def inline(self, markdown: str, /) -> Markup:
        return escape(markdown)


class StrictTexts(StoredTexts):
    """Fails on a text that was not stored, where the page would show it unrendered."""

    def _find(self, form: str, markdown: str) -> Markup:
        return Markup(self._stored[form][markdown])


def session(guide: Guide) -> Session:
    return Session(json.dumps(web.wizard_data(guide, PlainTexts(), root="../", directories=True)))


def call(session: Session, name: str, **payload: Any) -> dict[str, Any]:
    reply: dict[str, Any] = json.loads(session.respond(json.dumps({"call": name, "payload": payload})))
    return reply


def soup(markup: str) -> BeautifulSoup:
    return BeautifulSoup(markup, "html.parser")


def regions(guide: Guide, answers: dict[str, Any], **options: Any) -> dict[str, BeautifulSoup]:
    context = ResultContext.of(recommend(guide, answers, relax=options.pop("relax", ())), **options)
    page = Page(guide, PlainTexts(), LINKS)
    return {region: soup(html) for region, html in render_all(page, context).items()}


def with_state(state: str) -> tuple[Guide, dict[str, Any]]:
    """A generated guide and answers that lead to a state of the headline."""
    for seed in range(200):
        data = make_guide(seed, options=10, criteria=8, questions=9, unknown=0.15)
        guide = Guide.from_data(data)
        random = Random(seed)
        for _ in range(5):
            answers = random_answers(random, data)
            if headline.state_of(ResultContext.of(recommend(guide, answers))) == state:
                return guide, answers
    raise AssertionError(f"no generated guide gives the state {state}")


# ---- the page before any answer ----


def test_wizard_prints_every_question_and_answer_and_crowns_nothing() -> None:
    guide = real_guide()
    page = soup(web.wizard_html(guide, PlainTexts(), LINKS, runtime="../assets/runtime/manifest.json"))
    wizard = page.find("decision-wizard")
    assert wizard["data-wizard-state"] == "static"
    assert wizard["data-runtime"] == "../assets/runtime/manifest.json"
    for question in guide.data["questions"]:
        inputs = page.select(f'[data-question="{question["id"]}"]')
        if question["kind"] != "number":
            assert [item["data-answer"] for item in inputs] == [item["id"] for item in question["answers"]] + ["unsure"]
        assert all(item["name"] == f"q.{question['id']}" for item in inputs)
    assert not page.select("[data-strategy]")
    assert "Your recommendation appears here" in page.find(attrs={"data-region": "leader"}).text


def test_before_answers_there_is_one_sentence_and_six_examples_and_without_script_every_option() -> None:
    guide = real_guide()
    assert not regions(guide, {})["ranking"].text
    context = regions(guide, {})["leader"]
    assert len(context.select("p:not(.dw-hint)")) == 1
    assert len(context.select(".dw-starts a[data-link]")) == headline.MOST_PRESETS
    page = soup(web.wizard_html(guide, PlainTexts(), LINKS, runtime="x"))
    names = [item.find("a").text for item in page.select(".dw-result noscript li")]
    assert names == sorted(names, key=str.casefold)
    assert set(names) == {option.name for option in guide.options}


def test_core_questions_come_first_and_the_others_in_folds_by_topic() -> None:
    guide = real_guide()
    page = soup(web.wizard_html(guide, PlainTexts(), LINKS, runtime="x"))
    core = [item["id"].removeprefix("dw-q-") for item in page.select(".dw-core > .dw-question")]
    assert tuple(core) == guide.core
    assert 8 <= len(core) <= 12
    names = {entry["name"] for entry in guide.data["topics"]}
    folded: list[str] = []
    for fold in page.select("details.dw-topic"):
        assert any(fold.find("summary").text.startswith(name) for name in names)
        assert not fold.has_attr("open")
        folded += [item["id"].removeprefix("dw-q-") for item in fold.select(".dw-question")]
    assert sorted(core + folded) == sorted(question.id for question in guide.questions)


def test_wizard_has_one_place_for_every_region_in_the_order_of_the_design() -> None:
    page = soup(web.wizard_html(real_guide(), PlainTexts(), LINKS, runtime="x"))
    found = [item["data-region"] for item in page.select(".dw-result [data-region]")]
    assert tuple(found) == web.REGIONS
    assert set(FIRST) | set(LATER) <= set(found) | {"progress", "summary", "bar", "found", "trades"}


@pytest.mark.parametrize("seed", range(4))
def test_nothing_that_a_content_security_policy_would_refuse(seed: int) -> None:
    guide = Guide.from_data(make_guide(seed))
    html = str(web.wizard_html(guide, PlainTexts(), LINKS, runtime="x"))
    answers = random_answers(Random(seed), dict(guide.data))
    html += "".join(web.regions_html(guide, recommend(guide, answers), PlainTexts(), LINKS, live=True).values())
    assert "<script" not in html
    assert "<style" not in html
    assert not re.search(r"<[^>]*\s(style|on\w+)=", html)


def test_no_blank_lines_that_would_end_a_block_of_markdown_except_in_files() -> None:
    guide = real_guide()
    for example in guide.data["examples"]:
        context = web.regions_html(guide, recommend(guide, example["answers"]), PlainTexts(), LINKS)
        for html in context.values():
            assert "\n\n" not in re.sub(r"<pre.*?</pre>", "<pre/>", html, flags=re.DOTALL)


# ---- texts ----


def test_every_text_that_a_view_shows_was_stored_at_build_time() -> None:
    guide = real_guide()
    page = Page(guide, StrictTexts(store(guide, PlainTexts())), LINKS)
    forms.form_html(page)
    random = Random(7)
    for _ in range(40):
        render_all(page, ResultContext.of(recommend(guide, random_answers(random, dict(guide.data)))))
    for example in guide.data["examples"]:
        render_all(page, ResultContext.of(recommend(guide, example["answers"])))


def test_a_text_that_was_not_stored_is_shown_as_text() -> None:
    assert StoredTexts({"html": {}, "inline": {}}).inline("<b>") == "&lt;b&gt;"


def poisoned(value: Any, key: str = "") -> Any:
    """The same data with markup in every text that is not an id."""
    if isinstance(value, dict):
        return {name: poisoned(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [poisoned(item, key) for item in value]
    texts = {"name", "title", "text", "label", "because", "summary", "reason", "kind", "help", "unit", "off", "verb"}
    kinds = ("one", "many", "number")
    return value + EVIL if isinstance(value, str) and key in texts and value not in kinds else value


@pytest.mark.parametrize("seed", range(6))
def test_markup_in_the_data_is_shown_as_text_everywhere(seed: int) -> None:
    data = make_guide(seed, options=8, criteria=6, questions=6)
    data["examples"] = [
        {"id": "e", "title": "E", "answers": {}, "acceptable": ["o0"], "why": "W", "situation": "S"},
    ]
    data = poisoned(data)
    guide = Guide.from_data(data)
    html = str(web.wizard_html(guide, PlainTexts(), LINKS, runtime="x"))
    answers = random_answers(Random(seed), data, share=1)
    html += "".join(web.regions_html(guide, recommend(guide, answers), PlainTexts(), LINKS, live=True).values())
    html += web.drawing_html(guide, guide.strategies[0])
    assert EVIL.split(">", maxsplit=1)[0] not in html
    parsed = soup(html)
    assert not parsed.find("script")
    assert not parsed.find("img")


# ---- fields, links ----


@given(st.integers(0, 10_000))
def test_fields_say_the_same_case_back(seed: int) -> None:
    data = make_guide(seed % 20)
    guide = Guide.from_data(data)
    random = Random(seed)
    answers = random_answers(random, data)
    weights = {criterion.id: random.randint(0, 30) for criterion in guide.criteria if random.random() < 0.3}
    situation = recommend(guide, answers).situation
    relax = [item.id for item in (*situation.requirements, *situation.exclusions) if random.random() < 0.5]
    case = check_case(guide, answers, weights, relax)
    said = {name: value for name, value in case.answers.items() if value != ()}  # no box ticked is no answer
    reading = forms.read_fields(guide, forms.fields_of(case))
    assert reading.case == Case(said, case.weights, case.relax)
    assert reading.notices == ()


def test_what_the_guide_does_not_know_is_set_aside_with_a_notice() -> None:
    guide = real_guide()
    fields = [
        ["q.no-such-question", "x"],
        ["q." + guide.questions[0].id, "<script>"],
        ["w.no-such-criterion", "3"],
        ["w." + guide.criteria[0].id, "999999999999999999"],
        ["rival", "no-such-strategy"],
        ["other", "ignored"],
    ]
    reading = forms.read_fields(guide, fields)
    assert reading.case == Case({}, {}, frozenset())
    assert reading.rival is None
    assert len(reading.notices) == 4


def test_opening_a_link_fills_the_fields_that_give_the_same_link() -> None:
    guide = real_guide()
    talk = session(guide)
    for example in guide.data["examples"]:
        link = encode(check_case(guide, example["answers"]), guide.revision)
        opened = call(talk, "open", link=link)
        assert opened["link"] == link
        assert opened["notices"] == []
        answered = call(talk, "answer", fields=opened["fields"])
        assert {**opened, "fields": None, "effect": ""} == {**answered, "fields": None, "effect": ""}
        accepted = {guide.strategy(name).id for name in example["acceptable"]}
        assert accepts(guide, accepted, guide.strategy(opened["result"]["leaders"][0]))


HOSTILE = [
    "<script>alert(1)</script>",
    "v=1&r=000000000000&%3Cscript%3Ealert(1)%3C/script%3E=x",
    "v=1&r=%3Cimg%20src=x%20onerror=alert(1)%3E&q=%22%3E%3Cimg%20src=x%3E",
    "v=1&nowhere=nothing&w.nothing=3&relax=a,b",
    "v=2&nothing=production",
    "v=1&" + "a=b&" * 25_000,
    "x" * 100_000,
    "%ff%fe=%00",
    "v=1&w." + "9" * 5000 + "=1",
    "&&&===",
]


@pytest.mark.parametrize("link", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_links_give_a_notice_and_no_markup(link: str) -> None:
    reply = call(session(real_guide()), "open", link=link)
    page = soup("".join(reply["html"].values()))
    assert reply["notices"]
    assert reply["fields"] == []
    assert page.select(".dw-notice li")
    assert not page.find(["script", "img"])
    assert len(page.select_one(".dw-notice").text) < 2000


def test_a_link_with_many_faults_gives_three_sentences_and_a_count() -> None:
    guide = real_guide()
    one = next(item for item in guide.questions if item.kind == "one")
    relax = ",".join(f"{one.id}.x{number}.y" for number in range(9))
    link = f"v=1&{one.id}=x&gone=1&w.gone=1&w.{guide.criteria[0].id}=x&relax={relax}&r={guide.revision}"
    assert call(session(guide), "open", link=link)["notices"] == [
        f"“x” is not an answer to “{one.text}” and was ignored.",
        f"The link's weight of “{guide.criteria[0].name}” is not a whole number from 0 to 1000 and was ignored.",
        "The link has questions that are not in this guide and were ignored: gone.",
        "And 2 more parts of the link were ignored.",
    ]
    lone = call(session(guide), "open", link=f"v=1&relax={relax}&r={guide.revision}")["notices"]
    assert lone == ["A requirement that was to be relaxed is not in this guide."]


def test_a_link_made_with_other_data_says_so() -> None:
    guide = real_guide()
    link = encode(check_case(guide, guide.data["examples"][0]["answers"]), "0123456789ab")
    assert "older version of the data" in call(session(guide), "open", link=link)["notices"][0]


def test_an_empty_form_has_a_clean_address() -> None:
    assert call(session(real_guide()), "answer", fields=[["rival", ""]])["link"] == ""


def test_reply_carries_the_result_as_python_gives_it() -> None:
    guide = real_guide()
    answers = guide.data["examples"][0]["answers"]
    reply = call(session(guide), "answer", fields=forms.fields_of(check_case(guide, answers)))
    assert reply["result"] == json.loads(json.dumps(recommendation_data(recommend(guide, answers))))


def test_a_question_with_a_condition_is_visible_when_it_holds() -> None:
    data = make_guide(1, questions=3)
    data["questions"][1]["ask_when"] = {"question": "q0", "any": ["a0"]}
    talk = session(Guide.from_data(data))
    assert call(talk, "answer", fields=[])["visible"] == {"q0": True, "q1": False, "q2": True}
    assert call(talk, "answer", fields=[["q.q0", "a0"]])["visible"]["q1"] is True


# ---- results ----


@given(st.integers(0, 10_000))
def test_every_strategy_stands_in_the_ranking_once_in_order(seed: int) -> None:
    data = make_guide(seed % 30, options=9, criteria=6)
    guide = Guide.from_data(data)
    result = recommend(guide, random_answers(Random(seed), data, share=1))
    rows = soup(web.regions_html(guide, result, PlainTexts(), LINKS)["ranking"]).select("[data-strategy]")
    if result.crowned:
        assert [row["data-strategy"] for row in rows] == [place.strategy.id for place in result.places]
        assert [row["data-status"] for row in rows] == [place.verdict.status for place in result.places]


def test_the_ranking_says_what_was_bounded_and_who_is_ahead_on_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strategies, "MOST_STRATEGIES", 2)
    options = [small_guides.option(name, ratings={"quality": level}) for name, level in
               (("a-best", "good"), ("b-fair", "fair"), ("c-fair", "fair"), ("d-last", "bad"))]  # fmt: skip
    guide = small_guides.guide_of(
        [small_guides.criterion("quality")], options, [small_guides.question("any", {"yes": []})]
    )
    context = ResultContext.of(recommend(guide, {"any": "yes"}))
    text = LATER["ranking"](Page(guide, PlainTexts(), LINKS), context)
    assert "2 further combinations were left out" in text
    assert "No advantage over A-Best on anything that matters here." in text


def test_reasons_that_decide_come_first_and_bars_follow_the_differences() -> None:
    guide = real_guide()
    for example in guide.data["examples"]:
        result = recommend(guide, example["answers"])
        data = recommendation_data(result)
        if not data["reasons"]:
            continue
        context = regions(guide, example["answers"])["reasons"]
        keys = [row["data-key"] for row in context.select(".dw-reason")]
        assert keys[: len(data["sufficient"])] == data["sufficient"]
        assert sorted(keys) == sorted(item["criterion"] for item in data["reasons"])
        widths = {row["data-key"]: int(row.find("rect")["width"]) for row in context.select(".dw-reason")}
        biggest = max(data["reasons"], key=lambda item: abs(item["difference"]))
        assert widths[biggest["criterion"]] == 100


def test_any_strategy_can_be_the_rival() -> None:
    guide = real_guide()
    result = recommend(guide, guide.data["examples"][0]["answers"])
    page = Page(guide, PlainTexts(), LINKS)
    for place in result.places[1:]:
        context = ResultContext.of(result, place.strategy.id)
        shown = soup(FIRST["reasons"](page, context))
        assert f"Why not {place.strategy.name}?" in shown.find("h2").text


def test_when_nothing_is_left_each_near_miss_brings_back_what_it_promises() -> None:
    guide, answers = with_state("nothing")
    talk = session(guide)
    context = regions(guide, answers)["leader"]
    assert context.select(".dw-misses li")
    for button in context.select("[data-link]"):
        reply = call(talk, "open", link=button["data-link"])
        back = [row for row in reply["result"]["ranking"] if row["status"] != EXCLUDED]
        text = button.find_parent("li").text
        assert back
        assert all(any(row["name"] in text for row in back) for _ in back)


def test_what_is_not_verified_says_what_to_confirm() -> None:
    guide, answers = with_state("unverified")
    context = regions(guide, answers)
    assert "Not confirmed" in context["leader"].find("h2").text
    assert "To confirm" in context["leader"].text
    waiting = [place for place in recommend(guide, answers).places if place.verdict.status == UNVERIFIED]
    assert len(context["requirements"].select("li")) == len(waiting)


def test_too_close_to_call_shows_several_without_a_crown() -> None:
    guide, answers = with_state("close")
    context = regions(guide, answers)["leader"]
    assert "Too close to call" in context.find("h2").text
    assert len(context.select(".dw-card")) >= 2
    assert "recommended for you" not in context.text.lower()


def test_a_requirement_can_be_allowed_anyway_and_taken_back() -> None:
    guide = real_guide()
    answers = next(
        example["answers"]
        for example in guide.data["examples"]
        if recommend(guide, example["answers"]).situation.exclusions
    )
    name = recommend(guide, answers).situation.exclusions[0].id

    def box(**options: Any) -> Tag:
        inputs = regions(guide, answers, **options)["excluded"].select("input")
        return next(one for one in inputs if name in one["value"].split(","))

    assert (box()["name"], box()["form"], box().has_attr("checked")) == ("relax", "dw-form", False)
    assert box(relax=[name]).has_attr("checked")


def test_what_two_answers_require_in_the_same_words_is_one_requirement_with_both_answers() -> None:
    asks = {name: [{"require": {"speed": "good"}, "because": f"The {name} reason."}] for name in ("first", "second")}
    guide = small_guides.guide_of(
        [small_guides.criterion("speed")],
        [small_guides.option("slow", ratings={"speed": "bad"}), small_guides.option("fast", ratings={"speed": "good"})],
        [small_guides.question(name, {"yes": effects}) for name, effects in asks.items()],
    )
    answers = {"first": "yes", "second": "yes"}

    def shown(*relax: str) -> BeautifulSoup:
        context = ResultContext.of(recommend(guide, answers, relax=relax))
        return soup(ranking.excluded(Page(guide, PlainTexts(), LINKS), context))

    (row,) = shown().select(".dw-requirement")
    assert row.select_one("summary").text.split() == ["Speed:", "“Good”", "rules", "out", "1", "setup"]
    assert "The first reason." in row.text and "The second reason." in row.text
    assert [said.text for said in row.select("details > p small")] == ["You answered: Yes."] * 2

    fields = [[f"q.{name}", "yes"] for name in answers] + [["relax", row.select_one("input")["value"]]]
    reading = forms.read_fields(guide, fields)  # one tick sets both aside
    assert reading.case.relax == {"first.yes.speed", "second.yes.speed"}
    (row,) = shown(*reading.case.relax).select(".dw-requirement")
    assert row.select_one("input").has_attr("checked") and "ignored" in row.select_one("summary").text
    one_only = shown("first.yes.speed").select(".dw-requirement")
    assert [box.has_attr("checked") for one in one_only for box in one.select("input")] == [True, False]


def test_weights_name_the_answers_that_drove_them() -> None:
    guide = real_guide()
    answers = guide.data["examples"][0]["answers"]
    context = regions(guide, answers)["weights"].text
    for reason in recommend(guide, answers).situation.reasons:
        if reason.add and reason.because:
            assert reason.because in context


def test_example_pages_have_no_controls_that_need_the_script() -> None:
    guide = real_guide()
    for example in guide.data["examples"]:
        context = web.regions_html(guide, recommend(guide, example["answers"]), PlainTexts(), LINKS, live=False)
        html = "".join(html for region, html in context.items() if region != "files")
        assert len(html) > 1000 and not re.search(r"<(?:input|button)\b|\sdata-link\b", html)


def test_ids_are_unique_on_the_page() -> None:
    guide = real_guide()
    page = soup(web.wizard_html(guide, PlainTexts(), LINKS, runtime="x"))
    context = regions(guide, guide.data["examples"][0]["answers"])
    ids = [item["id"] for item in page.select("form [id]")]
    ids += [item["id"] for part in context.values() for item in part.select("[id]")]
    assert len(ids) == len(set(ids))


# ---- drawing, marks, addresses ----


def test_drawing_tells_the_way_in_words_and_names_every_member() -> None:
    guide = real_guide()
    for strategy in guide.strategies:
        drawings = soup(web.drawing_html(guide, strategy)).find_all("svg")
        assert len(drawings) == len(lanes(guide, strategy)) == max(1, len(strategy.parts))
        label = " ".join(drawing["aria-label"] for drawing in drawings)
        for member in strategy.members:
            assert guide.option(member).name in label


def test_drawing_keeps_its_boxes_apart_and_its_lines_inside() -> None:
    guide = real_guide()
    for strategy in guide.strategies:
        for drawing in soup(web.drawing_html(guide, strategy)).find_all("svg"):
            boxes = [(int(box["y"]), int(box["height"])) for box in drawing.select(".dw-drawing-box")]
            assert all(top + height < following for (top, height), (following, _) in itertools.pairwise(boxes))
            assert boxes[-1][0] + boxes[-1][1] <= int(drawing["height"])
            inside = drawing.select(".dw-drawing-name, .dw-drawing-text, .dw-drawing-plain")
            assert all(any(top < int(item["y"]) <= top + height - 4 for top, height in boxes) for item in inside)
            between = drawing.select(".dw-drawing-hop, .dw-drawing-zone")
            assert not any(top < int(item["y"]) < top + height for item in between for top, height in boxes)
            frames = [(int(item["y"]), int(item["height"])) for item in drawing.select(".dw-drawing-frame")]
            assert all(top + height <= int(drawing["height"]) for top, height in frames)


def test_drawing_shows_where_things_run_who_reads_as_whom_and_where_plain_text_is() -> None:
    """A copy that is left behind, and none: the two differ at a glance in what the guide's data says of them."""
    data = small_guides.data_of(
        [small_guides.criterion("quality")],
        [
            small_guides.option("shelf", "keep", works_with="van pipe"),
            small_guides.option("van", "bring copy", needs="keep"),
            small_guides.option("pipe", "bring", needs="keep"),
        ],
        [small_guides.question("any", {"yes": []})],
    )
    data["zones"] = [{"id": "house", "name": "House"}]
    data["roles"] = [
        {"id": "keep", "name": "Keep", "description": "D", "verb": "keeps it"},
        {"id": "bring", "name": "Bring", "description": "D", "verb": "brings it"},
        {"id": "copy", "name": "Copy", "description": "D",
         "leaves": {"name": "Drawer", "zone": "house", "plaintext": "unless locked", "gives": "Taken out"}},
    ]  # fmt: skip
    data["guide"] |= {"goals": ["keep", "bring"], "end": {"name": "Table", "zone": "house"}}
    shelf, van, pipe = data["options"]
    shelf["hop"] = {"accepts": "Badge"}
    van["hop"] = {"zone": "house", "acts_as": "the driver's", "interval": "Every hour", "plaintext": "in the van"}
    pipe["hop"] = {"zone": "house", "acts_as": "yours", "handover": "Poured"}
    guide = Guide.from_data(data)
    label = {
        strategy.id: soup(web.drawing_html(guide, strategy)).find("svg")["aria-label"] for strategy in guide.strategies
    }
    assert "Drawer: plain text unless locked" in label["shelf+van"]
    assert "plain text in the van (Badge: the driver's, Every hour)" in label["shelf+van"]
    assert "Table (Taken out)" in label["shelf+van"]
    assert "Drawer" not in label["pipe+shelf"] and "plain text" not in label["pipe+shelf"]
    assert "(Badge: yours)" in label["pipe+shelf"] and "Table (Poured)" in label["pipe+shelf"]
    drawing = soup(web.drawing_html(guide, guide.strategy("shelf+van")))
    assert [frame.text for frame in drawing.select(".dw-drawing-zone")] == ["House"]
    assert len(drawing.select(".dw-drawing-eye")) == 2


@pytest.mark.parametrize(
    ("text", "lines"), [("one two three", ["one two", "three"]), ("", []), ("incomprehensible", ["incomprehensible"])]
)
def test_wrap(text: str, lines: list[str]) -> None:
    assert wrap(text, 7) == lines


def test_level_mark_says_the_level_in_words_and_shape() -> None:
    guide = Guide.from_data(copy.deepcopy(make_guide(3, unknown=0.5)))
    for option in guide.options:
        for criterion in guide.criteria:
            cell = guide.cell(option.id, criterion.id)
            context = soup(web.level_html(guide, criterion.id, cell))
            if cell.level is not None:
                level = criterion.levels[criterion.level_index(cell.level)]
                assert context.select_one(".level-word").text == level.label
            else:
                assert context.select_one(".level-unconfirmed")


@pytest.mark.parametrize(
    ("root", "directories", "page", "address"),
    [
        ("../", True, "options/x.md", "../options/x/"),
        ("../", True, "options/index.md", "../options/"),
        ("../", True, "index.md", "../"),
        ("", True, "index.md", "./"),
        ("", False, "index.md", "index.html"),
        ("../", False, "options/index.md", "../options/index.html"),
        ("", False, "options/x.md", "options/x.html"),
        ("../../", True, "api/guide.json", "../../api/guide.json"),
    ],
)
def test_links(root: str, directories: bool, page: str, address: str) -> None:
    assert web.Links(root, directories)(page) == address


def test_what_may_come_later_comes_in_parts_and_belongs_to_the_last_answer() -> None:
    guide = real_guide()
    talk = session(guide)
    assert call(talk, "more") == {"html": {}, "done": True}
    fields = forms.fields_of(check_case(guide, guide.data["examples"][0]["answers"]))
    call(talk, "answer", fields=fields)
    call(talk, "answer", fields=[])
    first = call(talk, "answer", fields=fields)["html"]
    later: dict[str, str] = {}
    while not (part := call(talk, "more"))["done"]:
        later |= part["html"]
    # What the figures may turn around comes again; all else comes once.
    assert set(first) & set(later) <= {*HEADLINE, "robustness"}
    page = Page(guide, PlainTexts(), LINKS)
    result = recommend(guide, guide.data["examples"][0]["answers"])
    context = replace(ResultContext.of(result), analysis=Analysis(result).run())
    assert first | later == {region: str(html) for region, html in render_all(page, context).items()}


@pytest.mark.parametrize("name", ["second.yml", "small.yml"])
def test_a_guide_on_another_subject_needs_nothing_else(name: str) -> None:
    found = load(ROOT / "tests" / "guides" / name)
    assert found.data is not None, found.problems
    guide = Guide.from_data(found.data)
    page = Page(guide, StrictTexts(store(guide, PlainTexts())), LINKS)
    printed = str(web.wizard_html(guide, page.texts, LINKS, runtime="x"))
    talk = session(guide)
    for example in guide.data.get("examples", ()):
        reply = call(talk, "answer", fields=forms.fields_of(check_case(guide, example["answers"])))
        assert reply["result"]["crowned"]
        render_all(page, ResultContext.of(recommend(guide, example["answers"])))
        while not (part := call(talk, "more"))["done"]:
            printed += "".join(part["html"].values())
    subject = {option["name"].lower() for option in real_guide().data["options"]}
    assert not [name for name in subject if name in printed.lower()]


@pytest.mark.parametrize("example", real_guide().data["examples"][:8], ids=lambda entry: entry["id"])
def test_what_fits_are_the_members_of_what_meets_every_requirement(example: dict[str, Any]) -> None:
    guide = real_guide()
    result = recommend(guide, example["answers"])
    rows = [row for row in recommendation_data(result)["ranking"] if row["status"] == "feasible"]
    stands_for = {family.id: family.stands_for for family in guide.families}
    wanted = {name for row in rows for member in row["members"] for name in stands_for.get(member, (member,))}
    told = dict(part.split("=", 1) for part in fitting_text(result, result.guide.revision).split("&"))
    assert set(told["fits"].split("+")) == wanted
    assert decode(unquote(told["answers"]), guide)[0] == result.case
    link = soup(ranking.ranking(Page(guide, PlainTexts(), LINKS), ResultContext.of(result))).find(
        "a", string=re.compile("what fits")
    )
    assert urlsplit(link["href"]).fragment == fitting_text(result, result.guide.revision)


def test_nothing_is_said_to_fit_before_an_answer_or_when_nothing_does() -> None:
    assert fitting_text(recommend(real_guide(), {}), "") == ""
    guide, answers = with_state("nothing")
    assert fitting_text(recommend(guide, answers), "") == ""


# ---- why not this one ----


def test_every_option_can_be_asked_why_not() -> None:
    guide = real_guide()
    page = Page(guide, PlainTexts(), LINKS)
    for example in guide.data["examples"][2:5]:
        result = recommend(guide, example["answers"])
        assert result.winner is not None
        asked = soup(reasons.reasons(page, ResultContext.of(result))).select(".dw-others [data-rival]")
        names = {button.text: button["data-rival"] for button in asked}
        left = [option for option in guide.options if option.id not in result.winner.strategy.members]
        assert set(names) == {option.name for option in left}
        for option in left:
            place = result.place(names[option.name])
            assert option.id in place.strategy.members
            told = soup(reasons.reasons(page, ResultContext.of(result, place.strategy.id))).text
            assert f"Why not {place.strategy.name}?" in told
            assert ("It does not meet: " in told) == bool(place.verdict.failed)
            assert ("Not confirmed for " in told) == bool(place.verdict.unverified)


def test_reasons_lead_to_the_options_in_which_the_two_differ() -> None:
    guide = real_guide()
    for example in guide.data["examples"][:12]:
        context = ResultContext.of(recommend(guide, example["answers"]))
        if context.result.winner is None or context.rival is None:
            continue
        apart = set(context.result.winner.strategy.members) ^ set(context.rival.strategy.members)
        html = soup(reasons.reasons(Page(guide, PlainTexts(), LINKS), context))
        links = html.find_all("a", string=re.compile("in which they differ"))
        assert bool(links) == (2 <= len(apart) <= 4)
        for link in links:
            assert set(urlsplit(link["href"]).fragment.removeprefix("compare=").split("+")) == apart


# ---- near-near_ties ----


def test_near_twins_are_named_together_with_their_share_together() -> None:
    guide = real_guide()
    result, found = next(
        (result, near)
        for example in guide.data["examples"]
        if (near := near_ties(result := recommend(guide, example["answers"])))
    )
    analysis = Analysis(result).run()
    context = replace(ResultContext.of(result), analysis=analysis)
    page = Page(guide, PlainTexts(), LINKS)
    told, sure = soup(headline.leader(page, context)), soup(render_all(page, context)["robustness"])
    for place, _ in found:
        assert place.strategy.name in told.select_one(".dw-twin").text
        assert place.strategy.name in sure.select_one(".dw-together").text
    assert f"{float(max(apart for _, apart in found)):.1f} points out of 100" in told.select_one(".dw-twin").text
    assert result.winner is not None
    share = sum(analysis.shares[place.strategy.id] for place in (result.winner, *(place for place, _ in found)))
    assert verdicts.share_in_words(share, analysis.draws) in sure.select_one(".dw-together").text


def test_without_a_near_twin_nothing_is_said_of_one() -> None:
    guide = real_guide()
    example = next(entry for entry in guide.data["examples"] if not near_ties(recommend(guide, entry["answers"])))
    context = ResultContext.of(recommend(guide, example["answers"]))
    html = render_all(Page(guide, PlainTexts(), LINKS), replace(context, analysis=Analysis(context.result).run()))
    assert "dw-twin" not in html["leader"] and "dw-together" not in html["robustness"]


# ---- what an answer would change ----


@pytest.mark.parametrize("worked_out", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_a_preview_says_who_comes_first_when_the_answer_is_given(seed: int, worked_out: bool) -> None:
    data = make_guide(seed, options=8, criteria=6, questions=6, unknown=0.1)
    guide = Guide.from_data(data)
    answers = random_answers(Random(seed), data)
    result = recommend(guide, answers)
    analysis = Analysis(result)
    if worked_out:
        analysis.run()
    context = replace(ResultContext.of(result), analysis=analysis)
    fields = forms.fields_of(result.case)
    for question in guide.questions:
        if question.id not in in_force(guide, result.case) or question.kind == "number":
            continue
        for answer in question.answers:
            said = preview(guide, context, question.id, answer.id)
            field = (f"q.{question.id}", answer.id)
            others = [f for f in fields if f[0] != field[0] or (question.kind == "many" and f[1] != "unsure")]
            clicked = [f for f in others if f != field] + ([] if field in fields else [field])
            then = recommend_case(guide, forms.read_fields(guide, clicked).case)
            names = [place.strategy.name for place in then.leaders]
            if not then.crowned:
                assert said.startswith("This is your only answer")
                continue
            assert said.startswith("Without it") == (field in fields)
            if missing_for(then):
                left = len(then.feasible)
                assert f"eaves {left} of {len(guide.strategies)} setups" in said if left else "o setup" in said, said
                assert not any(f"{name}" in said for name in names)
            elif not names:
                assert "o setup would meet all" in said
            else:
                assert all(name in said for name in names), said
                same = {p.strategy.id for p in then.leaders} == {p.strategy.id for p in result.leaders}
                assert bool(re.search(r"stays? recommended", said)) == same


def test_a_preview_before_any_answer_and_of_what_the_guide_does_not_know() -> None:
    guide = real_guide()
    question = guide.questions[0]
    session = Session(json.dumps(web.wizard_data(guide, PlainTexts(), root="../", directories=True)))
    text = call(session, "preview", question=question.id, answer=question.answers[0].id)["text"]
    left = len(recommend(guide, {question.id: question.answers[0].id}).feasible)
    assert text == f"Leaves {left} of {len(guide.strategies)} setups."
    for hostile in ("<img src=x>", "__proto__", "", "9" * 5000):
        assert call(session, "preview", question=hostile, answer=hostile)["text"] == ""
        assert call(session, "preview", question=question.id, answer=hostile)["text"] == ""
    number = next(question for question in guide.questions if question.kind == "number")
    assert call(session, "preview", question=number.id, answer="9" * 5000)["text"] == ""


def test_a_preview_leaves_the_result_as_it_was() -> None:
    guide = real_guide()
    session = Session(json.dumps(web.wizard_data(guide, PlainTexts(), root="../", directories=True)))
    answers = guide.data["examples"][0]["answers"]
    question = guide.question(next(iter(answers)))
    fields = forms.fields_of(check_case(guide, answers))
    before = call(session, "answer", fields=fields)
    call(session, "preview", question=question.id, answer=question.answers[1].id)
    saved = json.loads(call(session, "save", what="decision", date="2026-11-23", address="x")["text"])
    assert saved["answers"] == before["result"]["answers"]


def test_start_and_respond_are_all_that_the_page_needs() -> None:
    guide = Guide.from_data(make_guide(2))
    web.start(json.dumps(web.wizard_data(guide, PlainTexts(), root="../", directories=True)))
    reply = json.loads(web.respond(json.dumps({"call": "answer", "payload": {"fields": []}})))
    assert set(reply) == {"html", "result", "link", "fits", "visible", "notices", "read", "more", "named", "effect"}
