"""No button of the result leads to nothing, whatever sections a guide has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from selector import Guide, recommend, web
from selector.case.answers import check_case
from selector.web import forms
from selector.web.page import Page
from selector.web.panels.context import ResultContext
from selector.web.panels.headline import leader
from tests.selector.web.test_panels import LINKS, PlainTexts, call, session
from tests.support.section_guides import guides
from tests.support.small_guides import criterion, guide_of, option, question

SECTIONS = ("preferences", "strategies", "moves", "evidence")
"""Sections whose entries lead to others on the page."""

BY_NAME = dict(guides("second.yml", SECTIONS))


def pages(guide: Guide) -> Iterator[BeautifulSoup]:
    """The wizard's page after each example  with all regions, and before any answer."""
    form = str(web.wizard_html(guide, PlainTexts(), LINKS, runtime="x"))
    for example in [*guide.data.get("examples", ())[:2], {"answers": {}}]:
        talk = session(guide)
        reply = call(talk, "answer", fields=forms.fields_of(check_case(guide, example["answers"])))
        html = dict(reply["html"])
        while not (part := call(talk, "more"))["done"]:
            html |= part["html"]
        page = BeautifulSoup(form, "html.parser")
        for region, markup in html.items():
            for place in page.select(f'[data-region="{region}"]'):
                place.clear()
                place.append(BeautifulSoup(markup, "html.parser"))
        yield page


def dead_ends(page: BeautifulSoup) -> list[str]:
    """The words on buttons and links that lead nowhere on their page."""
    found = [
        button
        for button in page.select("[data-show]")
        if not page.select_one(f'[data-region="{button["data-show"]}"] h2')
    ]
    found += [button for button in page.select("[data-goto]") if not page.find(id=button["data-goto"])]
    found += [link for link in page.select('a[href^="#"]') if not page.find(id=link["href"][1:])]
    found += [copy for copy in page.select("[data-copy]") if not copy.find_parent("figure").pre]
    return [button.get_text() for button in found]


@pytest.mark.parametrize("name", BY_NAME)
def test_no_button_of_the_result_leads_to_nothing(name: str) -> None:
    assert not [words for page in pages(BY_NAME[name]) for words in dead_ends(page)]


@pytest.mark.parametrize(("start", "asked"), [(True, True), (True, False), (False, True), (False, False)])
def test_the_card_has_a_button_for_starter_files_and_for_requirements_where_there_are_some(
    start: bool, asked: bool
) -> None:
    files = [{"path": "a.txt", "content": "a"}]
    guide = guide_of(
        [criterion("speed")],
        [option(name, summary=name, starter=files if start else []) for name in ("one", "two")],
        [question("which", {"this": [{"exclude": ["two"]}] if asked else []})],
    )
    card = str(leader(Page(guide, PlainTexts(), LINKS), ResultContext.of(recommend(guide, {"which": "this"}))))
    buttons = {button.get_text() for button in BeautifulSoup(card, "html.parser").select(".dw-take button")}
    assert ("Starter files" in buttons, "Requirements" in buttons) == (start, asked)
    assert "Download record" in buttons
