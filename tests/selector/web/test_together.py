"""Several people's answers, in the conversation with the page."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from time import perf_counter
from typing import Any

from bs4 import BeautifulSoup, Tag

from hooks import ROOT
from selector.group import by_effect, read_person, settlings, together
from selector.report.together_adr import together_record
from selector.web.session import Session
from tests.selector.web.test_found import call, text

PEOPLE = {
    "Ann": "thing=library&companies=people&changes=no",
    "Bob": "thing=service&companies=people&changes=service",
    "Cem": "thing=library&companies=people&wishes=no-copyleft",
}


@cache
def revision() -> str:
    return Session(text()).guide.revision


def links() -> dict[str, str]:
    return {name: f"v=1&{answers}&r={revision()}" for name, answers in PEOPLE.items()}


def pasted() -> str:
    return "\n".join(f"{name}: https://x.test/wizard/#{link}" for name, link in links().items())


def ask(session: Session, link: str = "", *, of: str = "together", **change: Any) -> dict[str, Any]:
    """The reply with all parts that come after it."""
    reply = call(session, of, link=link, **change)
    more = reply["more"]
    while more:
        part = call(session, "more")
        reply["html"] |= part["html"]
        more = not part["done"]
    return reply


def rows(html: str, caption: str) -> dict[str, list[str]]:
    """A table's rows by their heads."""
    soup = BeautifulSoup(html, "html.parser")
    found = next(table for table in soup.select("table") if cell_text(table.select("caption")[0]) == caption)
    return {cell_text(row.th): list(map(cell_text, row.select("td"))) for row in found.select("tbody tr")}


def cell_text(cell: Tag | None) -> str:
    assert cell is not None
    for label in cell.select("[aria-hidden]"):
        label.decompose()
    return " ".join(cell.text.split())


def test_three_links_give_who_wants_what_who_ranks_how_and_what_to_settle() -> None:
    session = Session(text())
    reply = ask(session, pasted=pasted())
    html = reply["html"]
    assert reply["said"] == "3 people added."
    differ = rows(html["answers"], "Answers differ")
    assert differ["Must changes by others come back?"][2] == "no answer"
    assert len(set(differ["What do you publish?"])) == 2
    agree = rows(html["answers"], "Everyone agrees")
    assert agree and all(len(set(answers) - {"not asked"}) == 1 for answers in agree.values())

    found = together(session.guide, [read_person(session.guide, name, link) for name, link in links().items()])
    name = session.guide.strategy(found.least_regret[0]).name if found.least_regret else "What to relax"
    assert name in html["agreement"]
    assert "Settle first" in html["settle"] and "Trying" not in html["settle"]
    assert "Rules out" in html["asked"]
    record = call(session, "save", what="together", date="2026-11-27", address="x", deciders="The team")
    assert record["name"] == "project-licence-together.md"
    link = f"x#{reply['link']}"
    assert record["text"] == together_record(found, by_effect(settlings(found)), "2026-11-27", "The team", link)
    assert f"[The same answers compared]({link})" in record["text"]
    again = ask(Session(text()), files=[["record.md", record["text"]]])  # the record brings everyone back
    assert [name for name, _ in again["persons"]] == list(PEOPLE) and again["link"] == reply["link"]


def test_people_are_listed_in_the_order_in_which_the_tables_have_them() -> None:
    lines = reversed(pasted().splitlines())
    html = ask(Session(text()), pasted="\n".join(lines))["html"]
    listed = [field["data-person"] for field in BeautifulSoup(html["people"], "html.parser").select("[data-person]")]
    head = BeautifulSoup(html["rankings"], "html.parser").select_one("thead")
    assert head is not None
    assert listed == [cell.text for cell in head.select("th") if cell.text in PEOPLE] == sorted(PEOPLE)


def test_ranks_are_those_of_each_person() -> None:
    session = Session(text())
    ask(session, pasted=pasted())
    html = ask(session, pasted=pasted())["html"]["rankings"]
    found = together(session.guide, [read_person(session.guide, name, link) for name, link in links().items()])
    table = rows(html, "Ranks by person, and the largest loss of anyone in points of 100")
    for strategy in found.first:
        cells = table[next(head for head in table if head.startswith(session.guide.strategy(strategy).name))]
        ranks = [found.results[name].place(strategy).rank for name in found.names]
        assert [cell != "ruled out" for cell in cells[:3]] == [rank is not None for rank in ranks]
        assert [cell == "first" for cell in cells[:3]] == [name in found.first[strategy] for name in found.names]


def test_the_address_opens_the_same_comparison() -> None:
    first = ask(Session(text()), pasted=pasted())
    again = ask(Session(text()), first["link"])
    assert {**again, "said": ""} == {**first, "said": ""}


def test_people_are_removed_and_renamed_and_what_was_said_of_others_stays() -> None:
    session = Session(text())
    old = f"Dan: v=1&thing=program&r={'0' * 12}"
    reply = ask(session, pasted=f"{pasted()}\n{old}")
    reply = ask(session, reply["link"], rename=["Bob", "Ann"])
    assert "Two people are called Ann" in reply["html"]["messages"]
    reply = ask(session, reply["link"], remove="Cem")
    assert [name for name, _ in reply["persons"]] == ["Ann", "Ann 2", "Dan"]
    assert "Answered for revision 000000000000" in reply["html"]["people"]
    reply = ask(session, ask(session, reply["link"], remove="Ann")["link"], remove="Dan")
    assert "Add at least one more person" in reply["html"]["people"]
    assert {reply["html"][region] for region in ("agreement", "answers", "rankings", "asked", "keep")} == {""}
    assert ask(session, reply["link"], remove="Ann 2")["link"] == ""


def test_files_are_added_under_their_names() -> None:
    files = [
        ["ann.json", json.dumps({"thing": "library"})],
        ["group.txt", pasted()],
        ["evil<b>.json", "{" + "x" * 100_000],
    ]
    reply = ask(Session(text()), files=files)
    assert [name for name, _ in reply["persons"]] == ["ann", "Ann", "Bob", "Cem"]
    assert "evil&lt;b&gt;.json: it is no JSON" in reply["html"]["messages"]


def test_names_and_notices_are_text() -> None:
    script = "<script>alert(1)</script>"
    reply = ask(Session(text()), pasted=f"{pasted()}\n{script}: v=1&thing={script}&today=mit&r={script}")
    html = "".join(reply["html"].values())
    assert script not in html and html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3


def test_a_refused_text_is_said_and_nothing_changes() -> None:
    session = Session(text())
    link = ask(session, pasted=pasted())["link"]
    reply = ask(session, link, pasted="hello")
    assert (reply["refused"], reply["link"]) == (True, link)
    assert reply["said"] == "The pasted text: there is no share link in it."


def test_the_wizard_starts_without_it() -> None:
    code = "import sys, selector.web; print([name for name in sys.modules if name.startswith('selector.group')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_trade_offs_have_a_table_and_own_facts_are_marked_in_the_ranking() -> None:
    session = Session(text())
    guide = session.guide
    one, other = sorted(criterion.id for criterion in guide.criteria)[:2]
    option, criterion = guide.options[0], guide.criteria[0]
    level = criterion.levels[0].id
    if guide.entry("options", option.id)["ratings"][criterion.id]["level"] == level:
        level = criterion.levels[-1].id
    extra = {"Ann": f"&trade.{one}.{other}={one}", "Bob": f"&own.{option.id}.{criterion.id}={level}"}
    several = [f"{name}: https://x.test/wizard/#{link}{extra.get(name, '')}" for name, link in links().items()]
    html = ask(session, pasted="\n".join(several))["html"]
    table = rows(html["answers"], "Which of two situations people would rather have")
    names = [guide.criterion(name).name for name in (one, other)]
    (question, cells), *none = table.items()
    assert not none and all(name in question for name in names)
    assert cells[0].startswith(names[0]) and cells[1:] == ["no answer", "no answer"]
    marked = [
        row for row in BeautifulSoup(html["rankings"], "html.parser").select("tbody tr") if row.select(".own-mark")
    ]
    assert marked and all(criterion.name in row.get_text() for row in marked)


def test_cases_say_which_own_fact_differs() -> None:
    session = Session(text())
    option, criterion = session.guide.options[0], session.guide.criteria[0]
    levels = [level.id for level in criterion.levels]
    said = session.guide.entry("options", option.id)["ratings"][criterion.id]["level"]
    level = next(name for name in levels if name != said)
    link = links()["Ann"]
    pasted = f"Today: https://x.test/#{link}\nLater: https://x.test/#{link}&own.{option.id}.{criterion.id}={level}"
    reply = call(session, "what-if", link="", pasted=pasted)
    html = reply["html"]
    while reply["more"] if "more" in reply else not reply["done"]:
        reply = call(session, "more")
        html |= reply["html"]
    (subject, cells), *none = rows(html["differences"], "What the cases do not all say alike").items()
    assert not none and subject == f"Own fact: {option.name}, {criterion.name}"
    assert cells[0].startswith("as in the guide") and not cells[1].startswith("as in the guide")
    assert f"Own fact: {option.name}" in BeautifulSoup(html["steps"], "html.parser").get_text()


def test_an_address_that_holds_nobody_is_told_at_once_with_what_it_was() -> None:
    session = Session(text())
    for call_name, many in (("together", "people"), ("what-if", "cases")):
        for address in ("A" * 100_000, "%E0%A4%A", "<script>alert(1)</script>"):
            began = perf_counter()
            reply = call(session, call_name, link=address)
            assert perf_counter() - began < 1
            message = BeautifulSoup(reply["html"]["messages"], "html.parser").get_text()
            assert f"The address holds no {many}" in message and address[:8] in message and len(message) < 400
            assert "The address holds no" in reply["said"]
    assert not call(Session(text()), "together", link="")["html"]["messages"]
