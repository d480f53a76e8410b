"""Cases saved in the wizard and put side by side, in the conversation with the page."""

from __future__ import annotations

from functools import partial

from bs4 import BeautifulSoup

from selector.web.session import Session
from tests.selector.web.test_found import call, text
from tests.selector.web.test_own_fields import Visitor
from tests.selector.web.test_together import PEOPLE, links, pasted, rows
from tests.selector.web.test_together import ask as ask_of

ask = partial(ask_of, of="what-if")


def test_pasted_cases_are_put_side_by_side_and_the_address_holds_them() -> None:
    reply = ask(Session(text()), pasted=pasted())
    assert reply["said"] == "3 cases added." and reply["link"].startswith("what-if=1&case=Ann&v=1&")
    table = rows(reply["html"]["table"], "Rank in each case, with the score out of 100")
    assert all(len(cells) == len(PEOPLE) for cells in table.values())
    assert any(cell.startswith("first: 1 (") for cells in table.values() for cell in cells)
    steps = BeautifulSoup(reply["html"]["steps"], "html.parser")
    assert [title.text for title in steps.select("h3")] == ["From Ann to Bob", "From Bob to Cem"]
    again = ask(Session(text()), link=reply["link"])
    assert (again["link"], again["html"]["table"]) == (reply["link"], reply["html"]["table"])


def test_the_table_is_saved_as_markdown_and_csv() -> None:
    session = Session(text())
    assert call(session, "save", what="what-if.csv", address="https://x.test/")["text"] == ""
    link = ask(session, pasted=pasted())["link"]
    saved = call(session, "save", what="what-if.md", address="https://x.test/what-if/")
    assert saved["name"].endswith("-what-if.md") and f"(https://x.test/what-if/#{link})" in saved["text"]
    assert call(session, "save", what="what-if.csv", address="")["text"].splitlines()[0].count("rank") == 3


def test_answers_are_saved_as_cases_replaced_under_their_name_and_forgotten() -> None:
    session = Session(text())
    call(session, "open", link=links()["Ann"])
    first = call(session, "cases", kept="", case=" Today ")
    assert first["said"] == "Saved as Today." and first["kept"].startswith("what-if=1&case=Today&v=1&")
    assert "shown now" in first["html"]["cases"] and "side by side" not in first["html"]["cases"]
    call(session, "open", link=links()["Bob"])
    second = call(session, "cases", kept=first["kept"], case="<i>Later")
    shown = BeautifulSoup(second["html"]["cases"], "html.parser")
    assert [item["data-key"] for item in shown.select("li")] == ["Today", "<i>Later"] and not shown.select("i")
    assert shown.select("a")[0]["href"] == f"../what-if/#{second['kept']}"
    third = call(session, "cases", kept=second["kept"], case="Today")  # in the place of the one before
    assert third["kept"].index("case=Today") < third["kept"].index("Later")
    assert third["said"] == "Saved as Today, in place of the case of that name."
    assert third["said"] in BeautifulSoup(third["html"]["cases"], "html.parser").text
    assert third["kept"].count("thing=service") == 2
    assert call(session, "cases", kept=third["kept"], drop="Today")["kept"].count("case=") == 1


def test_what_a_browser_kept_is_foreign_and_a_tenth_case_is_refused() -> None:
    session = Visitor().session
    assert call(session, "cases", kept="<script>" * 9999)["kept"] == ""
    kept = ""
    for number in range(9):
        kept = call(session, "cases", kept=kept, case=f"Case {number}")["kept"]
    refused = call(session, "cases", kept=kept, case="Ten")
    assert refused["kept"] == kept and refused["said"].startswith("At most 9 cases can be saved. Remove one")
    assert "All 9 cases are in use." in refused["html"]["cases"], "the limit is said before as well"
    again = call(session, "cases", kept=kept, case="Case 3")
    assert again["said"] == "Saved as Case 3, in place of the case of that name." and again["kept"].count("case=") == 9


def test_a_name_that_cannot_be_is_told_at_its_field_and_stays_there() -> None:
    session = Visitor().session
    assert "0 of 9 cases are saved" in call(session, "cases", kept="")["html"]["cases"]
    for typed, message in (("", "Give the case a name."), ("  ", "Give the case"), ("x" * 61, "has 61 characters")):
        reply = call(session, "cases", kept="", case=typed)
        field = BeautifulSoup(reply["html"]["cases"], "html.parser").select_one("[data-case-name]")
        assert reply["refused"] and not reply["kept"] and message in reply["said"]
        assert field is not None and (field["value"], field["aria-invalid"]) == (typed, "true")
        assert message in reply["html"]["cases"]
    reply = call(session, "cases", kept="", case="y" * 60)
    assert not reply["refused"] and reply["said"] == f"Saved as {'y' * 60}."


def test_a_name_in_a_list_is_shortened_aloud_and_never_empty() -> None:
    session = Session(text())
    name = "z" * 80
    reply = ask(session, pasted=f"{name}: https://x.test/#{links()['Ann']}")
    assert "A name has at most 60 characters. It was shortened to “zzz" in reply["html"]["messages"]
    first = "z" * 59 + "…"
    reply = call(session, "what-if", link=reply["link"], rename=[first, "   "])
    assert f"A name can&#39;t be empty. {first} keeps its name." in reply["html"]["messages"]


def test_cases_of_an_earlier_page_stay_listed_when_later_parts_of_the_result_come() -> None:
    visitor = Visitor()
    kept = call(visitor.session, "cases", kept="", case="Today")["kept"]
    session = Visitor().session  # the page was loaded again
    html = call(session, "cases", kept=kept)["html"]
    done = False
    while not done:
        part = call(session, "more")
        html |= part["html"]
        done = part["done"]
    assert "Today" in html["cases"]
