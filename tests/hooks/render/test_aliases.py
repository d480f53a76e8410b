"""Lasting links: whatever was renamed is still found under its former id, on pages, in the API and in share links."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from hooks import ROOT
from hooks.checked import check_guide
from hooks.render.site import render_site
from selector import Case, Guide, recommend
from selector.case.link import decode, encode
from selector.plan.drift import decision, link_snapshot, recall, verify
from tests.support.browser import serve

DAY = date(2026, 11, 23)
BASE = "https://guide.test/base/"
SECTIONS = ("options", "criteria", "strategies", "examples", "questions", "stages", "sources", "disagreements")


@cache
def guide() -> Guide:
    found = check_guide(ROOT / "tests" / "guides" / "second.yml", today=DAY).guide
    assert found is not None
    return found


def renamed() -> Guide:
    """The same guide after an editor renamed every entry of every kind and kept the former ids as aliases."""
    return Guide.from_data(rename(copy.deepcopy(guide().data)))


def rename(data: dict[str, Any]) -> dict[str, Any]:
    """Entries get new ids and keep their old ones; references to them stay as they were, which is allowed."""
    for section in SECTIONS:
        for entry in data[section]:
            entry["aliases"] = [entry["id"], *entry.get("aliases", ())]
            entry["id"] = f"new-{entry['id']}"
    for question in data["questions"]:
        for answer in question["answers"]:
            answer["aliases"], answer["id"] = [answer["id"]], f"new-{answer['id']}"
        if "ask_when" in question:
            question["ask_when"]["any"] = [f"new-{name}" for name in question["ask_when"]["any"]]
    for option in data["options"]:
        option["ratings"] = {f"new-{name}": rating for name, rating in option["ratings"].items()}
    for strategy in data["strategies"]:
        if "overrides" in strategy:
            strategy["overrides"] = {f"new-{name}": rating for name, rating in strategy["overrides"].items()}
    return data


@cache
def before(directories: bool = True) -> dict[str, Any]:
    """What was printed when nothing had ever been renamed."""
    data = copy.deepcopy(guide().data)
    for section in SECTIONS:
        for entry in data[section]:
            entry.pop("aliases", None)
    return render_site(Guide.from_data(data), checked_on=DAY, directories=directories)


@cache
def site(directories: bool = True) -> dict[str, Any]:
    return render_site(renamed(), checked_on=DAY, directories=directories)


def address(path: str, directories: bool) -> str:
    if path.endswith(".html"):
        return path.removesuffix("index.html")
    stem = path.removesuffix(".md")
    if not directories:
        return f"{stem}.html"
    return stem.removesuffix("index") if stem.endswith("index") else f"{stem}/"


# Pages


@pytest.mark.parametrize("directories", [True, False])
def test_every_former_address_leads_to_the_page_of_today(directories: bool) -> None:
    now = {f"{BASE}{address(path, directories)}": text for path, text in site(directories).items()}
    pages = {f"{BASE}{address(path, directories)}" for path in site(directories) if path.endswith(".md")}
    moved = {f"{BASE}{address(path, directories)}" for path in before(directories) if path.endswith(".md")} - pages
    assert len(moved) == sum(path.endswith(".md") and "/" in path and "/index" not in path for path in before())
    for old in moved:
        soup = BeautifulSoup(now[old], "html.parser")
        refresh = soup.find("meta", attrs={"http-equiv": "refresh"})["content"]
        targets = {urljoin(old, refresh.partition("url=")[2])}
        targets |= {urljoin(old, tag["href"]) for tag in soup.find_all(["a", "link"], href=True)}
        (target,) = targets
        assert target in pages and "new-" in target, (old, target)
        assert soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
        assert "Content-Security-Policy" in now[old]
        assert re.fullmatch(rf"{BASE}assets/moved\.js\?v=[0-9a-f]{{8}}", urljoin(old, soup.script["src"]))


def test_former_places_on_a_page_are_still_there() -> None:
    for path in ("stages.md", "settings.md", "sources.md", "unknowns.md", f"options/new-{guide().options[0].id}.md"):
        old = before()[path.replace("new-", "")]
        places = set(re.findall(r'(?<= id=")[^"]+|(?<=\{: #)[\w-]+', site()[path]))
        assert set(re.findall(r'(?<= id=")[^"]+|(?<=\{: #)[\w-]+', old)) <= places, path


def test_a_guide_without_former_ids_has_such_pages_for_pairs_in_the_other_order_alone() -> None:
    """A reader who types an address does not know which of two options the guide names first."""
    pairs = {path for path in before() if re.fullmatch(r"compare/.+-vs-.+\.md", path)}
    turned = {re.sub(r"compare/(.+)-vs-(.+)\.md", r"compare/\2-vs-\1/index.html", path): path for path in pairs}
    assert {path for path in before() if path.endswith(".html")} == turned.keys()
    for path, pair in turned.items():
        target = BeautifulSoup(before()[path], "html.parser").find("a")["href"]
        assert urljoin(BASE + address(path, True), target) == BASE + address(pair, True)


def test_texts_cannot_become_markup_in_a_redirect() -> None:
    data = copy.deepcopy(guide().data)
    data["options"][0] |= {"aliases": ["old"], "name": "</title><script>alert(1)</script>"}
    page = render_site(Guide.from_data(data), checked_on=DAY)["options/old/index.html"]
    assert page.count("<script") == 1


# Files for machines


def test_the_api_answers_under_former_ids() -> None:
    for option in guide().options:
        text = site()[f"api/options/{option.id}.json"]
        assert text == site()[f"api/options/new-{option.id}.json"]
        assert json.loads(text)["option"]["id"] == f"new-{option.id}"


# Share links and decisions


def cases() -> Iterator[tuple[str, Case]]:
    for entry in guide().data["examples"]:
        result = recommend(guide(), entry["answers"])
        relax = [item.id for item in (*result.situation.requirements, *result.situation.exclusions)]
        weights = {guide().criteria[0].id: 33}
        yield entry["id"], recommend(guide(), entry["answers"], weights=weights, relax=relax).case


def with_new_names(case: Case) -> Case:
    def new(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(new, value))
        return f"new-{value}" if isinstance(value, str) and value != "unsure" else value

    return Case(
        {f"new-{name}": new(value) for name, value in case.answers.items()},
        {f"new-{name}": points for name, points in case.weights.items()},
        frozenset(
            ".".join(part if part == "off" else f"new-{part}" for part in name.split(".")) for name in case.relax
        ),
    )


def test_links_made_before_everything_was_renamed_open_as_they_were() -> None:
    now, relaxed = renamed(), 0
    for name, case in cases():
        made = link_snapshot(recommend(guide(), case.answers, weights=case.weights, relax=case.relax))
        found, revision, notices = decode(encode(case, guide().revision, made), now)
        assert (found, revision, notices) == (with_new_names(case), guide().revision, []), name
        drift = recall(now, found, guide().revision, made)
        assert drift is not None and (drift.status, drift.moved, drift.notices) == ("valid", (), ()), name
        relaxed += len(case.relax)
    assert relaxed


def test_decisions_recorded_before_everything_was_renamed_are_still_judged() -> None:
    now = renamed()
    for name, case in cases():
        result = recommend(guide(), case.answers, weights=case.weights, relax=case.relax)
        drift = verify(now, json.loads(json.dumps(decision(result, "2026-11-23"))))
        assert (drift.status, drift.moved, drift.reweighted, drift.notices) == ("valid", (), (), ()), name


def test_what_a_wish_names_today_wins_over_what_something_else_was_called_once() -> None:
    data = copy.deepcopy(guide().data)
    data["options"][0]["aliases"] = [data["criteria"][0]["id"]]
    wish = f"x.y.{data['criteria'][0]['id']}"
    assert recommend(Guide.from_data(data), {}, relax=[wish]).case.relax == frozenset({wish})


PAST = ROOT / "tests" / "golden" / "links.json"
"""Links that were given away. A new format of links adds entries; none is ever changed or removed."""


@pytest.mark.parametrize("given", json.loads(PAST.read_text(encoding="utf-8")), ids=lambda given: given["for"])
def test_links_given_away_in_the_past_still_open(given: dict[str, Any]) -> None:
    case, revision, notices = decode(given["link"], guide())
    assert notices == []
    assert revision == given["revision"]
    assert {name: list(value) if isinstance(value, tuple) else value for name, value in case.answers.items()} == (
        given["answers"]
    )
    assert dict(case.weights) == given.get("weights", {})
    assert sorted(case.relax) == given.get("relax", [])


# In a browser


@contextmanager
def served(folder: Path) -> Iterator[str]:
    for old, new in (("options/mit/index.html", None), ("options/new-mit/index.html", "<p id=there>Here it is.</p>")):
        (folder / old).parent.mkdir(parents=True)
        (folder / old).write_text(new or site()[old], encoding="utf-8")
    (folder / "assets").mkdir()
    (folder / "assets" / "moved.js").write_bytes((ROOT / "docs" / "assets" / "moved.js").read_bytes())
    with serve(folder, "/guide") as root:
        yield root


@pytest.mark.xdist_group("second")
@pytest.mark.parametrize("script", [True, False])
def test_a_browser_is_led_on_and_keeps_its_place(browser: Browser, tmp_path: Path, script: bool) -> None:
    with served(tmp_path) as root:
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        page.goto(f"{root}options/mit/#there")
        page.wait_for_url("**/options/new-mit/**")
        assert page.locator("#there").inner_text() == "Here it is."
        assert page.url.endswith("/new-mit/#there" if script else "/new-mit/")
        context.close()
