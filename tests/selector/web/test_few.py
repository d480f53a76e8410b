"""Guides with little in them: what the result says is true, and its rows can be told apart."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from selector import Guide
from tests.selector.web.test_panels import call, session
from tests.support.small_guides import criterion, guide_of, option, question


def small() -> Guide:
    """Two options of a kind, a question of which one answer rules out both, and another question."""
    options = [option(name, summary=name, kind="Bicycle", ratings={"hills": level})
               for name, level in (("roadster", "fair"), ("ebike", "good"))]  # fmt: skip
    return guide_of(
        [criterion("hills") | {"reason": "It decides."}],
        options,
        [
            question("train", {"daily": [{"exclude": ["roadster", "ebike"]}], "never": []}),
            question("slope", {"flat": [], "steep": [{"weight": {"hills": 8}}]}),
        ],
    )


def html_of(**answers: str) -> dict[str, str]:
    """All regions after these answers."""
    talk = session(small())
    html = dict(call(talk, "answer", fields=[[f"q.{name}", value] for name, value in answers.items()])["html"])
    while not (part := call(talk, "more"))["done"]:
        html |= part["html"]
    return html | part["html"]


@pytest.mark.parametrize("answers", [{"train": "daily"}, {"train": "daily", "slope": "flat"}])
def test_where_nothing_is_left_no_further_answer_is_said_to_lead_to_a_recommendation(answers: dict[str, str]) -> None:
    html = html_of(**answers)
    assert "No setup meets all your requirements" in html["leader"]
    assert "more answer" not in html["progress"] and "Relax a requirement" in html["progress"]
    rows = [row.strong.get_text() for row in BeautifulSoup(html["leader"], "html.parser").select(".dw-misses li")]
    assert sorted(rows) == ["No Ebike", "No Roadster"]


def test_no_open_question_is_spoken_of_where_all_are_answered() -> None:
    assert "open answer" not in html_of(train="never", slope="steep")["progress"]
    assert "No question is open" in html_of(train="never", slope="steep")["progress"]
