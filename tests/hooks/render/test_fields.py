"""Every value on the site comes from the guide's file: each kind of field is changed, and the change is looked for."""

from __future__ import annotations

import copy
import csv
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

DAY = date(2026, 11, 23)
REPO = "https://code.test/guide"
Path = tuple[Any, ...]


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
    """A guide in which every text, day and address was given a mark of its own, and all that is printed of it."""

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
    assert lost <= {"options.*.short"} | own
    assert any(kind(path) == "options.*.short" for mark, path in marked().marks.items() if mark in shown)


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
    "strategies.*.summary",
    "strategies.*.flow.*",
    "strategies.*.cautions.*",
    "moves.*.summary",
    "moves.*.steps.*",
    "moves.*.roll_back",
    "moves.*.side_by_side",
    "quantities.*.name",
    "examples.*.title",
    "options.*.starter.*.content",
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
    assert [name for name in WIZARD if name in there and name not in shown] == []
    assert len(shown) > 20


# Figures, levels and relations: one after the other


class Change(NamedTuple):
    """A change of one value in the small guide, and what shows it: page to a text that was not there before."""

    path: Path
    value: Any
    shows: dict[str, str]
    also: dict[Path, Any] = {}  # noqa: RUF012  what must be changed with it to keep the guide whole


CHANGES = {
    "stale after": Change(("guide", "stale_after_days"), 100, {"options/bow.md": "stale", "sources.md": "100 days"}),
    "weight": Change(("criteria", 0, "weight"), 17, {"settings.md": ">17 <", "criteria/strength.md": "17"}),
    "value of a level": Change(("criteria", 0, "levels", 1, "value"), 613, {"settings.md": ">613<"}),
    "units of a level": Change(("criteria", 1, "levels", 0, "units"), 3, {"criteria/weight.md": "", "api/guide.json": '"units": 3'}),
    "points of a level": Change(("criteria", 2, "levels", 0, "points"), 5, {"settings.md": ">584<"}),
    "capacity": Change(("criteria", 2, "aggregate", "capacity"), 20, {"settings.md": "20"}),
    "rule": Change(("criteria", 0, "aggregate", "rule"), "worst", {"settings.md": "", "criteria/strength.md": ""}),
    "level": Change(
        ("options", 2, "ratings", "strength", "level"), "strong",
        {"matrix.md": "", "options/cable.md": "", "criteria/strength.md": "", "compare/bow-vs-cable.md": "", "api/matrix.csv": "cable,Cable,strength,Strength,strong"},
    ),
    "a rating that is not known": Change(
        ("options", 2, "ratings", "strength", "level"), "unknown", {"unknowns.md": 'href="../options/cable/#on-strength"'}
    ),
    "version": Change(("options", 0, "ratings", "strength", "version"), "9.8.7", {"options/bow.md": "9.8.7", "api/matrix.csv": "9.8.7"}),
    "inferred": Change(("options", 0, "failure", "inferred"), "From its weight.", {"options/bow.md": "From its weight.", "unknowns.md": "From its weight."}),
    "source": Change(("options", 0, "licence", "source"), "paper", {"options/bow.md": "", "sources.md": ""}),
    "passage": Change(
        ("options", 0, "ratings", "strength", "passage"), "as thick as a thumb",
        dict.fromkeys(("options/bow.md", "matrix.md", "criteria/strength.md", "compare/bow-vs-chain.md", "api/matrix.json", "llms-full.txt"), "thick as a thumb"),
    ),
    "kind of a source": Change(("sources", 0, "kind"), "standard", {"sources.md": ">standard<"}),
    "job": Change(("options", 2, "provides"), ["wheels", "frame"], {"options/cable.md": "Holds the frame."}, {("strategies",): []}),
    "need": Change(("options", 0, "needs"), ["anchor"], {"options/bow.md": "What it needs"}, {("strategies",): [], ("examples",): []}),
    "works with": Change(("options", 3, "works_with"), ["cable"], {"strategies/index.md": ""}),
    "group": Change(("groups",), [{"id": "theft", "name": "Thieves", "summary": "What a thief can do."}], {"criteria/index.md": "Thieves", "matrix.md": "Thieves"}),
    "price": Change(("prices", 0, "amount"), 1234, {"sources.md": "1,234 EUR", "options/post.md": "1,234"}),
    "currency": Change(("prices", 0, "currency"), "SEK", {"sources.md": "SEK", "options/post.md": "SEK"}),
    "figure": Change(("quantities", 0, "default"), 7, {"sources.md": ">7 posts<", "options/post.md": ""}),
    "what is multiplied": Change(("options", 4, "costs", 0, "multiply"), ["posts", 12], {"options/post.md": "12"}),
    "members": Change(("strategies", 0, "members"), ["ring", "cable"], {"strategies/two-locks.md": "Ring lock"}, {("options", 3, "works_with"): ["cable"]}),
    "stage": Change(("stages", 0, "members"), ["ring"], {"stages.md": "options/ring"}),
    "ends of a move": Change(("moves", 0, "to"), ["ring", "cable"], {"migrate.md": "options/ring", "options/ring.md": "Add a cable."}),
    "risk of a move": Change(("moves", 0, "risk"), "high", {"migrate.md": "high risk"}),
    "kind of a question": Change(("questions", 0, "kind"), "many", {"wizard.md": 'type="checkbox" name="q.place"'}, {("examples",): []}),
    "condition of a question": Change(("questions", 1, "ask_when", "any"), ["cellar"], {"effects.md": "", "api/guide.json": '"cellar"'}),
    "smallest number": Change(("questions", 2, "min"), 2, {"wizard.md": 'min="2"'}),
    "largest number": Change(("questions", 2, "max"), 364, {"wizard.md": 'max="364"'}),
    "example of a number": Change(("questions", 2, "example"), 123, {"wizard.md": "for example 123"}),
    "where a band begins": Change(("questions", 2, "answers", 1, "from"), 31, {"wizard.md": "from 31"}),
    "effect on a weight": Change(
        ("questions", 0, "answers", 1, "effects", 1, "weight"), {"weight": 19}, {"settings.md": "Weight +19", "criteria/weight.md": "19"}
    ),
    "requirement": Change(
        ("questions", 0, "answers", 0, "effects", 0, "require"), {"strength": "strong"}, {"settings.md": "at least “Strong”"}
    ),
    "exclusion": Change(
        ("questions", 1, "answers", 0, "effects", 0, "exclude"), ["cable"], {"settings.md": "rules out Cable"}
    ),
    "allowance": Change(("questions", 0, "answers", 1, "effects", 0, "enable"), ["ring", "bow"], {"settings.md": "allows Bow lock"}),
    "answers of an example": Change(("examples", 0, "answers"), {"place": "cellar"}, {"examples/town.md": "In a cellar"}),
    "acceptable strategies": Change(("examples", 0, "acceptable"), ["bow", "bow+cable"], {"examples/town.md": ""}),
    "goals": Change(("guide", "goals"), ["wheels"], {"strategies/index.md": ""}, {("strategies",): [], ("examples",): []}),
    "largest combination": Change(("guide", "max_members"), 1, {"strategies/index.md": ""}),
    "pairs": Change(("guide", "pairs"), {"most": 3}, {"compare/index.md": "7 more pairs"}),
    "what disagrees": Change(("disagreements", 0, "about"), ["chain"], {"options/chain.md": "Two locks?"}),
    "cap": Change(("questions", 1, "cap"), 5, {"api/guide.json": '"cap": 5'}),
    "seed": Change(("guide", "seed"), 41, {"api/guide.json": '"seed": 41'}),
    "pattern": Change(("strategies", 0, "pattern"), "split", {"strategies/two-locks.md": ""},
                      {("strategies", 0, "parts"): [{"class": "day", "members": ["bow"]}, {"class": "night", "members": ["cable"]}], ("options", 2, "provides"): ["frame"]}),
    "job that it can also do": Change(("options", 3, "can_also"), ["wheels"], {"api/options/ring.json": "can_also"}),
    "job that may stay open": Change(("roles", 1, "optional"), False, {"strategies/index.md": ""}, {("guide", "goals"): ["frame", "wheels"], ("examples",): [], ("strategies",): []}),
    "job that is support": Change(("roles", 2, "support"), False, {"options/post.md": ""}),
    "class of a criterion": Change(("criteria", 0, "class"), "night", {"strategies/day-and-night.md": ""}),
    "group of a criterion": Change(("criteria", 0, "group"), "rain", {"matrix.md": "Rain"}, {("groups",): [{"id": "theft", "name": "Theft", "summary": "T."}, {"id": "rain", "name": "Rain", "summary": "R."}]}),
    "first file": Change(("options", 0, "starter"), [{"path": "lock.sh", "language": "sh", "content": "close --now"}], {"options/bow.md": "close --now"}),
    "what a number sets": Change(("questions", 2, "sets"), "nails", {"api/guide.json": '"sets": "nails"'}, {("quantities",): [{"id": "posts", "name": "Posts", "unit": "posts", "default": 1}, {"id": "nails", "name": "Nails", "unit": "nails", "default": 2}]}),
    "category": Change(("categories", 0, "options"), ["cable"], {"index.md": "", "options/index.md": ""}),
    "icon": Change(("categories", 0, "icon"), "material/key", {"index.md": "", "options/index.md": ""}),
    "example of the home page": Change(("guide", "shown"), "town", {"api/guide.json": '"shown": "town"'}),
    "what does not apply": Change(("options", 2, "ratings", "strength", "applies"), False, {"matrix.md": "Not applicable", "options/cable.md": "Not applicable"}),
    "page of a synonym": Change(("synonyms", 0, "page"), "criteria/strength", {"criteria/strength.md": "heavy"}),
    "words of a synonym": Change(("synonyms", 0, "words"), ["heavy", "kilos"], {"criteria/weight.md": "kilos"}),
    "words to avoid": Change(("words", 0, "avoid"), ["merely"], {"api/guide.json": "merely"}),
    "better words": Change(("words", 0, "use"), "leave it out", {"api/guide.json": "leave it out"}),
    "right phrases": Change(("words", 0, "except"), ["simply put"], {"api/guide.json": "simply put"}),
    "tag": Change(("options", 3, "tags"), ["rigid"], {"settings.md": "rules out Bow lock, Ring lock"}),
}  # fmt: skip


@pytest.fixture(autouse=True)
def few_visitors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sampled visitors take most of the time to print a page; what is asked here needs few."""
    monkeypatch.setattr("hooks.render.context.SAMPLED", 30)


@cache
def small() -> dict[str, Any]:
    return render_site(checked("small").guide, checked_on=DAY, repo_url=REPO)


def printed_after_small(guide: Guide) -> dict[str, Any]:
    """As while somebody edits: pages of the small guide stay where nothing that they read has changed."""
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

COMPARED = {"decisions", "rules_of_thumb"}
"""Sections that only comparisons read: test_decisions_page.py and test_agree.py have their tests."""


def test_the_table_has_every_kind_of_field() -> None:
    """Whatever is neither a text, a day, an address nor a name stands in the table of changes."""
    table = {str(step) for change in CHANGES.values() for step in change.path if isinstance(step, str)}
    left = set()
    for name in ("small", "second"):
        texts, data = set(checked(name).loaded.texts), checked(name).guide.data
        for path in set(scalars(data)) - texts:
            fields = [step for step in path if isinstance(step, str)]
            if fields[0] in COMPARED:
                continue
            if not table & set(fields[1:]) and fields[-1] not in ELSEWHERE and "aliases" not in fields:
                left.add(".".join(fields))
    assert left == set()
