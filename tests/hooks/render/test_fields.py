"""Every value on the site comes from the guide's file: each kind of field is changed, and the change is looked for."""

from __future__ import annotations

import copy
import csv
import html
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

import pytest

from hooks import ROOT
from hooks.checked import Checked, check_guide
from hooks.render.reuse import PageCache
from hooks.render.site import render_site, wizard_json
from selector import Guide, web
from selector.case.answers import check_case
from selector.web.forms import fields_of
from tests.support.field_changes import CHANGES, Path

DAY = date(2026, 11, 23)
REPO = "https://code.test/guide"


@cache
def checked(name: str = "second") -> Checked:
    found = check_guide(ROOT / "tests" / "guides" / f"{name}.yml", today=DAY)
    assert found.guide is not None
    return found


def put(data: Any, path: Path, value: Any) -> None:
    *way, last = path
    for step in way:
        data = data[step]
    data[last] = value


def get(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def kind(path: Path) -> str:
    """The path with `*` for positions and for criteria: texts of one kind stand at the same place of their entries."""
    criteria = {entry["id"] for entry in checked().guide.data["criteria"]}
    return ".".join("*" if isinstance(step, int) or step in criteria else step for step in path)


class Marked(NamedTuple):
    """A guide in which every text, day and address was given its own mark, and all that is printed of it."""

    guide: Guide
    marks: dict[str, Path]
    days: dict[str, Path]
    addresses: dict[str, Path]
    site: dict[str, Any]

    @property
    def pages(self) -> str:
        return " ".join(text for path, text in self.site.items() if path.endswith(".md"))


@cache
def marked() -> Marked:
    data = copy.deepcopy(checked().loaded.data)
    marks = {f"zq{number}q": path for number, path in enumerate(checked().loaded.texts)}
    for mark, path in marks.items():
        put(data, path, f"{get(data, path).rstrip()} {mark}")
    found = list(scalars(data))
    days = {
        str(date(2020, 1, 1) + timedelta(n)): path
        for n, path in enumerate(p for p in found if p[-1] in ("verified", "date"))
    }
    addresses = {f"https://at{n}.test/": path for n, path in enumerate(p for p in found if p[-1] in ("url", "home"))}
    for value, path in (*days.items(), *addresses.items()):
        put(data, path, value)
    guide = Guide.from_data(data)
    return Marked(guide, marks, days, addresses, render_site(guide, checked_on=DAY, repo_url=REPO))


def scalars(value: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from scalars(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from scalars(inner, (*path, number))
    else:
        yield path


def seen_in(text: str) -> set[str]:
    return set(re.findall(r"zq\d+q", text))


# Texts, days and addresses: all at once


def test_every_text_of_the_file_stands_on_a_page() -> None:
    """A short name stands where a table of a combination is narrow, so an option in no named one shows none."""
    shown = seen_in(marked().pages)
    lost = {kind(path) for mark, path in marked().marks.items() if mark not in shown}
    own = {"words.*.avoid.*", "words.*.use", "words.*.except.*"}  # for editors: `guide check` says them
    own |= {
        "evidence.*.name",
        "reading.units.name",
        "reading.headline.answers.library",
    }  # what was read from files says them
    assert lost <= {"options.*.short"} | own
    assert any(kind(path) == "options.*.short" for mark, path in marked().marks.items() if mark in shown)


def test_what_one_file_shows_has_the_names_of_one() -> None:
    web.start(wizard_json(marked().guide))
    manifest = json.dumps({"name": "one", "main": "one.js", "license": "MIT"}).encode()
    web.respond(json.dumps({"call": "files", "payload": {"paths": ["one/package.json"]}}))
    web.read_file("one/package.json", manifest, len(manifest))
    found = json.loads(web.respond(json.dumps({"call": "found", "payload": {"fields": []}})))["html"]["found"]
    shown = {".".join(map(str, marked().marks[mark])) for mark in seen_in(found)}
    assert {"reading.units.name", "evidence.0.name", "evidence.2.name"} <= shown


def test_every_day_and_every_address_stands_on_a_page() -> None:
    assert len(marked().days) > 100 and len(marked().addresses) > 20
    assert [path for day, path in marked().days.items() if f'datetime="{day}"' not in marked().pages] == []
    assert [path for url, path in marked().addresses.items() if f'href="{url}"' not in marked().pages] == []


def test_every_text_stands_in_the_exports() -> None:
    site = marked().site
    assert seen_in(site["api/guide.json"]) >= marked().marks.keys()
    for number, option in enumerate(marked().guide.data["options"]):
        own = {mark for mark, path in marked().marks.items() if path[:2] == ("options", number)}
        assert seen_in(site[f"api/options/{option['id']}.json"]) == own
    cells = {m for m, path in marked().marks.items() if kind(path) == "options.*.ratings.*.text"}
    names = {m for m, path in marked().marks.items() if kind(path) in ("options.*.name", "criteria.*.name")}
    for table in (site["api/matrix.csv"], site["api/matrix.json"]):
        assert seen_in(table) >= cells | names
    days = {row["verified"] for row in csv.DictReader(site["api/matrix.csv"].splitlines())}
    assert days == {day for day, path in marked().days.items() if path[2:3] == ("ratings",)}


WIZARD = [
    "options.*.name",
    "options.*.kind",
    "options.*.summary",
    "options.*.off",
    "criteria.*.name",
    "criteria.*.levels.*.label",
    "questions.*.text",
    "questions.*.help",
    "questions.*.unit",
    "questions.*.answers.*.label",
    "questions.*.answers.*.effects.*.because",
    "strategies.*.name",
    "strategies.*.travels",
    "strategies.*.cautions.*",
    "moves.*.summary",
    "moves.*.steps.*",
    "moves.*.roll_back",
    "moves.*.side_by_side",
    "quantities.*.name",
    "examples.*.title",
    "options.*.ratings.*.text",
]
"""Kinds of texts that a visitor reads in the wizard for one answer or another."""


@cache
def wizard_texts() -> str:
    """Everything that the wizard says: its form, and its replies to every example."""
    guide = marked().guide
    said = [str(marked().site["wizard.md"])]
    web.start(wizard_json(guide))
    for example in guide.data["examples"]:
        fields = fields_of(check_case(guide, example["answers"]))
        reply = json.loads(web.respond(json.dumps({"call": "answer", "payload": {"fields": fields}})))
        while True:
            said += reply["html"].values()
            if reply.get("done"):
                break
            reply = json.loads(web.respond(json.dumps({"call": "more", "payload": {}})))
        record = {"what": "record", "date": "2026-11-23", "address": "https://guide.test/"}
        said.append(json.loads(web.respond(json.dumps({"call": "save", "payload": record})))["text"])
        said += [text for answers in coming_from(guide, example["answers"]) for text in first_parts(guide, answers)]
    return " ".join(said)


def coming_from(guide: Guide, answers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The same visitor with each thing that one can have today."""
    for question in guide.data["questions"]:
        for answer in question["answers"]:
            if any("have" in effect for effect in answer.get("effects", ())):
                yield {**answers, question["id"]: [answer["id"]] if question["kind"] == "many" else answer["id"]}


def first_parts(guide: Guide, answers: dict[str, Any]) -> Iterator[str]:
    """What the wizard says before it draws."""
    fields = fields_of(check_case(guide, answers))
    yield from json.loads(web.respond(json.dumps({"call": "answer", "payload": {"fields": fields}})))["html"].values()
    yield from json.loads(web.respond(json.dumps({"call": "more", "payload": {}})))["html"].values()


def test_texts_are_read_in_the_wizard() -> None:
    shown = {kind(marked().marks[mark]) for mark in seen_in(wizard_texts())}
    there = {kind(path) for path in marked().marks.values()}
    assert set(WIZARD) <= there
    assert [name for name in WIZARD if name not in shown] == []
    assert len(shown) > 20
    files = [file for option in marked().guide.data["options"] for file in option.get("starter", ())]
    assert any(html.escape(file["content"], quote=False).rstrip() in wizard_texts() for file in files)


# Figures, levels and relations: one after the other


@pytest.fixture(autouse=True)
def few_visitors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sampled visitors take most of the time to print a page; what is asked here needs few."""
    monkeypatch.setattr("hooks.render.context.SAMPLED", 30)


@cache
def small() -> dict[str, Any]:
    return render_site(checked("small").guide, checked_on=DAY, repo_url=REPO)


def printed_after_small(guide: Guide) -> dict[str, Any]:
    """As while an editor works: pages of the small guide stay where nothing that they read has changed."""
    kept = PageCache()
    render_site(checked("small").guide, checked_on=DAY, repo_url=REPO, page_cache=kept)
    return render_site(guide, checked_on=DAY, repo_url=REPO, page_cache=kept)


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_value_shows(name: str) -> None:
    change = CHANGES[name]
    data = copy.deepcopy(checked("small").guide.data)
    for path, value in {change.path: change.value, **change.also}.items():
        put(data, path, value)
    guide = Guide.from_data(data)
    site = render_site(guide, checked_on=DAY, repo_url=REPO)
    assert site == printed_after_small(guide)
    assert guide.revision != checked("small").guide.revision
    for page, text in change.shows.items():
        assert without_revision(site[page], guide) != without_revision(small()[page], checked("small").guide), page
        assert text in site[page], page
        assert not text or site[page].count(text) > small()[page].count(text), page


def without_revision(page: str, guide: Guide) -> str:
    return page.replace(guide.revision, "")


ELSEWHERE = {"id", "aliases", "format", "verified", "date", "url", "home"}
"""Names, which test_aliases.py changes, and what is changed above."""

COMPARED = {"decisions", "rules_of_thumb", "not_covered"}
"""Sections with one page for all: test_decisions_page.py, test_agree.py and the test of what is not covered."""


OF_FILES = {"reading.headline.question"}
"""What only a visitor's own files bring out: tests/selector/detect/."""


def test_the_table_has_every_kind_of_field() -> None:
    """Whatever is neither a text, a day, an address nor a name is in the table of changes."""
    table = {str(step) for change in CHANGES.values() for step in change.path if isinstance(step, str)}
    left = set()
    for name in ("small", "second"):
        texts, data = set(checked(name).loaded.texts), checked(name).guide.data
        for path in set(scalars(data)) - texts:
            fields = [step for step in path if isinstance(step, str)]
            if fields[0] in COMPARED or ".".join(fields) in OF_FILES:
                continue
            if not table & set(fields[1:]) and fields[-1] not in ELSEWHERE and "aliases" not in fields:
                left.add(".".join(fields))
    assert left == set()
