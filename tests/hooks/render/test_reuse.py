"""Pages that are not printed again: none of them shows anything that could change without its notice."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

import pytest

from hooks import ROOT
from hooks.checked import Checked, check_guide, check_loaded
from hooks.render.citations import sources_in
from hooks.render.placeholders import PLACEHOLDER, PREFIX
from hooks.render.reuse import CALLED, READ, PageCache, Read
from hooks.render.site import render_files, render_site
from hooks.source.load import load_bytes
from selector import Guide

DAY = date(2026, 11, 28)
REPO = "https://code.test/guide"
GUIDES = ("data/guide.yml", "tests/guides/second.yml", "tests/guides/small.yml")


@cache
def checked(name: str) -> Checked:
    found = check_guide(ROOT / name, today=DAY)
    assert found.guide is not None, found.report()
    return found


@pytest.fixture(autouse=True)
def few_visitors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sampled visitors take most of the time to print a page; what is asked here needs few."""
    monkeypatch.setattr("hooks.render.context.SAMPLED", 30)


def marked(name: str) -> tuple[Guide, dict[str, tuple[Any, ...]]]:
    """The guide with a separate mark in every text and every day, and where each mark is."""
    data, marks = copy.deepcopy(checked(name).loaded.data), {}
    for number, path in enumerate(checked(name).loaded.texts):
        *way, last = path
        place = data
        for step in way:
            place = place[step]
        marks[f"zq{number}q"] = path
        place[last] = f"{place[last].rstrip()} zq{number}q"
    return Guide.from_data(data), marks


class Watched(PageCache):
    """Notes what every page is said to read; provenances are parts of pages."""

    def __init__(self) -> None:
        super().__init__()
        self.reads: dict[str, set[Read]] = {}
        self.made: dict[str, str] = {}

    def get(self, name: str, reads: Iterable[Read], make: Callable[[], str]) -> str:
        self.reads[name] = set(reads)
        self.made[name] = super().get(name, self.reads[name], make)
        return self.made[name]


@pytest.mark.parametrize("name", GUIDES)
def test_a_page_shows_no_text_of_an_entry_that_it_does_not_read(name: str) -> None:
    guide, marks = marked(name)
    watched = Watched()
    render_site(guide, checked_on=DAY, repo_url=REPO, page_cache=watched)
    wrong = set()
    families = {("options", family["id"]) for family in guide.data.get("families", ())}
    said = {family: json.dumps(guide.entry(*family)) for family in families}  # with the texts of those it stands for
    shared = set(sources_in({name: value for name, value in guide.data.items() if name not in READ}))
    for page, reads in watched.reads.items():
        named = {name for read in reads for name in sources_in(guide.entry(*read))} | shared
        for mark in set(re.findall(r"zq\d+q", watched.made[page])):
            section, position, *fields = marks[mark]
            if section in READ and fields[0] not in CALLED and fields[-1] != "label":
                entry = guide.data[section][position]["id"]
                if (section, entry) not in reads and not any(mark in said[family] for family in families & reads):
                    wrong.add((page, section, entry, *fields))
            elif section == "sources" and guide.data[section][position]["id"] not in named:
                wrong.add((page, section, *fields))
    assert wrong == set()
    folders = {page.partition("/")[0] for page in watched.reads if page.endswith(".md") and "/" in page}
    assert folders == {"options", "strategies", "examples", "compare"}
    assert any(name.startswith("provenance") for name in watched.reads)


@pytest.mark.parametrize("name", GUIDES)
def test_days_and_figures_of_prices_are_read_too(name: str) -> None:
    """Every option is checked on a separate day and has a separate bill: whose page shows it has read it."""
    data = copy.deepcopy(checked(name).loaded.data)
    days = {}
    for number, option in enumerate(data["options"]):
        days[str(date(2020, 1, 1 + number))] = option["id"]
        for fact in [*option["ratings"].values(), *option["limitations"], *option.values()]:
            if isinstance(fact, dict) and "verified" in fact:
                fact["verified"] = str(date(2020, 1, 1 + number))
    watched = Watched()
    render_site(Guide.from_data(data), checked_on=DAY, page_cache=watched)
    for page, reads in watched.reads.items():
        shown = {option for day, option in days.items() if day in watched.made[page]}
        assert {("options", option) for option in shown} <= reads, page


def test_after_an_edit_only_pages_that_read_it_are_printed_and_all_are_right() -> None:
    name = "tests/guides/second.yml"
    text = (ROOT / name).read_text("utf-8")
    made: list[str] = []

    class Counted(PageCache):
        def get(self, name: str, reads: Iterable[Read], make: Callable[[], str]) -> str:
            def making() -> str:
                made.append(name)
                return make()

            return super().get(name, reads, making)

    kept = Counted()
    settings: dict[str, Any] = {"checked_on": DAY, "repo_url": REPO, "file": name}
    render_site(checked(name).guide, **settings, page_cache=kept)  # type: ignore[arg-type]
    first = "text: Any product, source"
    for edit, most in ((f"# One line more\n{text}", 0), (text.replace(first, f"{first[:-8]} at all, source", 1), 15)):
        made.clear()
        found = check_loaded(load_bytes(edit.encode()), DAY)
        assert found.guide is not None and edit != text
        lines = found.loaded.line
        again = render_site(found.guide, **settings, lines=lines, page_cache=kept)
        assert again == render_site(found.guide, **settings, lines=lines)
        assert len([name for name in made if name.endswith(".md")]) <= most, made
    assert made, "the option's own page at least"


def test_no_placeholder_is_left_on_a_finished_page() -> None:
    found = checked("tests/guides/second.yml")
    assert found.guide is not None
    files = render_files(found.guide, checked_on=DAY, repo_url=REPO, lines=found.loaded.line)
    texts = {path: str(printed.content) for path, printed in files.items()}
    assert [path for path, text in texts.items() if PREFIX in text] == []
    page = files["options/mit.md"]
    assert len(PLACEHOLDER.findall(str(page.source))) == len(page.values) > 5
    line = found.loaded.line(("options", 0))
    assert f"#L{line}" in page.values and f"#L{line}" in texts["options/mit.md"]


HOSTILE = "%01%3Cscript%3Ealert(1)%3C/script%3E%02#x%03 \\x01\\x02\\x03 <script>alert(2)</script>"


def test_no_text_of_a_guide_is_taken_for_a_mark() -> None:
    """Whatever looks like something to be filled in late, quoted or not, stays the text that it is."""
    data = copy.deepcopy(checked("tests/guides/second.yml").loaded.data)
    for path in checked("tests/guides/second.yml").loaded.texts:
        *way, last = path
        place = data
        for step in way:
            place = place[step]
        place[last] = HOSTILE
    site = render_site(Guide.from_data(data), checked_on=DAY, repo_url=REPO)
    pages = {path: str(page) for path, page in site.items() if path.endswith(".md")}
    assert sum("%3Cscript%3Ealert(1)" in page for page in pages.values()) > 40
    bare = {path: re.sub(r"(?ms)^(`{3,}).*?^\1$", "", page) for path, page in pages.items()}  # code is code
    assert [path for path, page in bare.items() if re.search("<script>alert|[\x01-\x03]", page)] == []
