"""Files for machines: whole, of the form that they promise, enough to judge by; the feed; cards; the page that draws."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator, FormatChecker
from markdown import Markdown
from PIL import Image
from referencing import Registry, Resource

from hooks import ROOT
from hooks.checked import check_guide
from hooks.evaluation.question_effects import effects_of_questions
from hooks.render.cards.images import Bar, Card, card_files, cards_of, draw
from hooks.render.cards.text import fitted
from hooks.render.context import BuildContext
from hooks.render.effect_map import _radius
from hooks.render.exports import FILES
from hooks.render.exports.feed import atom
from hooks.render.markdown import Texts
from hooks.render.report_links import ReportLinks
from hooks.render.site import render_site
from selector import Guide, recommend
from tests.support.api_reader import Judge
from tests.support.sites import build_site

pytestmark = pytest.mark.xdist_group("machine")

DAY = date(2026, 11, 28)
SITE = "https://guide.test/base/"
ATOM = {"atom": "http://www.w3.org/2005/Atom"}
REAL, SECOND = "data/guide.yml", "tests/guides/second.yml"


@cache
def guide(name: str = REAL) -> Guide:
    found = check_guide(ROOT / name, today=DAY)
    assert found.guide is not None, found.report()
    return found.guide


def feed_of(data: Any, site_url: str | None = SITE) -> ElementTree.Element:
    """The feed alone, of any data."""
    build = BuildContext(Guide.from_data(data), Texts(), DAY, ReportLinks(guide(), None, ""), True, "", site_url)
    return ElementTree.fromstring(atom(build))


def copy_of(data: Any) -> Any:
    return json.loads(json.dumps(data))


@cache
def printed(name: str = REAL, site_url: str | None = SITE) -> dict[str, Any]:
    return render_site(guide(name), checked_on=DAY, site_url=site_url)


def read(path: str, name: str = REAL) -> Any:
    return json.loads(printed(name)[path])


# Files and their forms


def validator(definition: str) -> Draft202012Validator:
    """A validator made of the two published schemas, and of nothing that the site does not serve."""
    schemas = {name: read(f"api/{name}") for name in ("guide.schema.json", "api.schema.json")}
    registry: Registry[Any] = Registry().with_resources(
        [(name, Resource.from_contents(schema)) for name, schema in schemas.items()]
    )
    return Draft202012Validator({"$ref": definition}, registry=registry, format_checker=FormatChecker())


@pytest.mark.parametrize("name", [REAL, SECOND])
def test_every_json_file_has_the_form_that_the_index_names(name: str) -> None:
    index = read("api/index.json", name)
    seen = set()
    for file in index["files"]:
        if file["type"] != "application/json":
            continue
        check = validator(file["schema"].removeprefix("api/"))
        paths = [file["path"].replace("<id>", option) for option in index["options"]]
        for path in set(paths):
            problems = [
                f"{path}: {error.json_path} {error.message[:200]}" for error in check.iter_errors(read(path, name))
            ]
            assert not problems, problems[:5]
            seen.add(path)
    aliases = {f"api/options/{a}.json" for option in guide(name).data["options"] for a in option.get("aliases", ())}
    others = {path for path in printed(name) if path.startswith("api/") and path.endswith(".json")} - aliases
    assert others - {"api/guide.schema.json", "api/api.schema.json"} == seen


def test_the_published_schema_refuses_a_damaged_file() -> None:
    cells = read("api/matrix.json")
    cells["cells"][3]["value_low"] = 1001
    del cells["cells"][5]["verified"]
    assert len(list(validator("api.schema.json#/$defs/cells").iter_errors(cells))) == 2
    questions = read("api/questions.json")
    effects = [answer["effects"] for question in questions["questions"] for answer in question["answers"]]
    first, second, third = [found for found in effects if found][:3]
    first[0] = {"because": "It does nothing."}
    second[0] = {"weight": {"a": 1}, "exclude": [], "because": "It does two things."}
    third[0] = {"enable": [], "only_new": True, "because": "It says when of what is always so."}
    assert len(list(validator("api.schema.json#/$defs/questions").iter_errors(questions))) == 3


def test_every_file_carries_the_revision_and_is_listed_and_documented() -> None:
    index, page, revision = read("api/index.json"), printed()["data.md"], guide().revision
    listed = {file["path"] for file in index["files"]}
    generic = re.compile(r"api/options/[^/]+(\.json|\.txt)")
    machine = {
        generic.sub(r"api/options/<id>\1", path) for path in printed() if path.startswith(("api/", "llms", "feed"))
    }
    assert machine == listed == {file.path for file in FILES}
    for path, text in printed().items():
        if path.startswith(("api/", "llms", "feed")) and "schema" not in path:
            assert revision in text, path
    for path in listed:
        assert f"<code>{path.replace('<', '&lt;').replace('>', '&gt;')}</code>" in page, path


def test_an_option_is_found_under_its_former_ids() -> None:
    former = [(alias, option["id"]) for option in guide().data["options"] for alias in option.get("aliases", ())]
    assert former
    for alias, name in former:
        for kind in ("json", "txt"):
            assert printed()[f"api/options/{alias}.{kind}"] == printed()[f"api/options/{name}.{kind}"]


def test_matrix_as_csv_says_what_matrix_as_json_says() -> None:
    rows = list(csv.DictReader(io.StringIO(printed()["api/matrix.csv"])))
    cells = read("api/matrix.json")["cells"]
    assert len(rows) == len(cells) == len(guide().options) * len(guide().criteria)
    for row, cell in zip(rows, cells, strict=True):
        assert (row["option"], row["criterion"], row["verified"]) == (
            cell["option"],
            cell["criterion"],
            cell["verified"],
        )
        assert row["text"].lstrip("'") == cell["text"].lstrip("'")
        assert (row["value_low"], row["value_high"]) == (str(cell["value_low"]), str(cell["value_high"]))


@pytest.mark.parametrize(("name", "site_url"), [(REAL, SITE), (SECOND, None)])
def test_addresses_in_the_files_lead_to_pages_and_files_of_the_site(name: str, site_url: str | None) -> None:
    site = printed(name, site_url)
    root = site_url or "https://unknown.test/x/"
    there = {root + address(path) for path in site}
    found = {urljoin(root, link) for link in re.findall(r"\]\(([^)\s]+)\)", site["llms.txt"])}
    records = "".join(site[f"api/{name}.json"] for name in ("options", "strategies", "moves", "prices", "examples"))
    found |= {urljoin(root, link) for link in re.findall(r'"(?:page|file|text|wizard)": "([^" ]*)"', records)}
    assert len(found) > 30
    assert not [link for link in found if link.partition("#")[0] not in there]


def address(path: str) -> str:
    stem = path.removesuffix(".md")
    return path if stem == path else stem.removesuffix("index") if stem.endswith("index") else f"{stem}/"


# Enough to judge by


def cases(name: str) -> Iterator[dict[str, Any]]:
    """The worked examples, and random visitors who skip, doubt and answer twice; “none of these” goes alone."""
    yield from (dict(entry["answers"]) for entry in guide(name).data.get("examples", ()))
    dice = random.Random(5)
    for _ in range(60):
        answers: dict[str, Any] = {}
        for question in guide(name).questions:
            ids = [answer.id for answer in question.answers]
            given: Any = dice.choice([None, "unsure", *ids, *ids])
            if given in ids and question.kind == "many":
                given = dice.sample(ids, dice.randint(1, len(ids)))
                alone = [answer.id for answer in question.answers if answer.alone and answer.id in given]
                given = alone[:1] or given
            elif given in ids and question.kind == "number":
                given = dice.randint(question.minimum or 1, question.maximum or 1000)
            if given:
                answers[question.id] = given
        yield answers


@pytest.mark.parametrize("name", [REAL, SECOND])
def test_a_stranger_with_the_published_files_comes_to_the_same_ranking(name: str) -> None:
    judge = Judge(printed(name))
    for answers in cases(name):
        result = recommend(guide(name), answers)
        whole = 20 * sum(result.points)
        ours = {place.strategy.id: place.total.twice / whole for place in result.feasible}
        theirs = {strategy: float(score) for score, strategy in judge.ranking(answers)}
        # The values of combinations are published for first editions.
        first = {one.strategy.id for one in result.feasible if not result.gates.passed_over(one.row)}
        ours = {name: score for name, score in ours.items() if name in theirs and name in first}
        assert ours == pytest.approx({name: theirs[name] for name in ours}), answers
        if result.crowned:  # what meets everything, and what preferences put first, is judged in test_gates
            for tier in {place.tier for place in result.feasible}:
                order = [
                    place.strategy.id for place in result.feasible if place.tier == tier and place.strategy.id in ours
                ]
                assert order == [name for name in theirs if name in order], answers


@pytest.mark.parametrize("name", [REAL, SECOND])
def test_the_full_text_has_every_rating_level_effect_and_reason(name: str) -> None:
    text = " ".join(printed(name)["llms-full.txt"].split())
    data = guide(name).data
    wanted = [rating["text"] for option in data["options"] for rating in option["ratings"].values()]
    wanted += [level["meaning"] for criterion in data["criteria"] for level in criterion["levels"]]
    wanted += [criterion["reason"] for criterion in data["criteria"]]
    wanted += [
        effect["because"]
        for question in data["questions"]
        for answer in question["answers"]
        for effect in answer.get("effects", ())
    ]
    wanted += [strategy.id for strategy in guide(name).strategies]
    assert not [part for part in wanted if " ".join(part.split()) not in text]


def test_an_effect_reads_as_a_sentence() -> None:
    section = printed()["llms-full.txt"].split("\n## Questions\n")[1].split("\n## Options\n")[0]
    for question in guide().data["questions"]:
        for answer in question["answers"]:
            for effect in answer.get("effects", ()):
                for name, points in effect.get("weight", {}).items():
                    verb = f"Adds {points}" if points > 0 else f"Takes {-points}"
                    assert re.search(rf"  - {verb} points? (to|from) [^\n]*\(`{name}`\), because: ", section)


def test_llms_txt_has_the_form_that_its_readers_expect() -> None:
    lines = printed()["llms.txt"].splitlines()
    assert lines[0].startswith("# ") and lines[2].startswith("> ")
    assert sum(line.startswith("# ") for line in lines) == 1
    items = [line for line in lines if line.startswith("-")]
    assert all(re.fullmatch(r"- \[[^]]+\]\(https://guide\.test/base/[^)\s]*\): .+", line) for line in items)
    assert {f"## {name}" for name in ("Tools", "Criteria", "Data", "Optional")} <= set(lines)


# The feed


@pytest.mark.parametrize(("name", "site_url"), [(REAL, SITE), (SECOND, None)])
def test_the_feed_is_atom_and_its_links_lead_somewhere(name: str, site_url: str | None) -> None:
    site = printed(name, site_url)
    feed = ElementTree.fromstring(site["feed.xml"])
    for node in (feed, *feed.findall("atom:entry", ATOM)):
        assert all(node.findtext(f"atom:{tag}", "", ATOM) for tag in ("id", "title", "updated"))
        assert datetime.fromisoformat(node.findtext("atom:updated", "", ATOM)).tzinfo
        for link in node.findall("atom:link", ATOM):
            href = link.attrib["href"]
            assert href.startswith("https://") == bool(site_url)
            there = {urljoin(SITE, address(path)) for path in site}
            assert urljoin(SITE, href).partition("#")[0] in there
    ids = [node.text for node in feed.iter(f"{{{ATOM['atom']}}}id")]
    assert len(ids) == len(set(ids)) > 10
    assert feed.findtext("atom:author/atom:name", "", ATOM)
    days = [entry.findtext("atom:updated", "", ATOM) for entry in feed.findall("atom:entry", ATOM)]
    assert days == sorted(days, reverse=True)
    assert feed.findtext("atom:updated", "", ATOM) == days[0]
    assert (feed.find("atom:link[@rel='self']", ATOM) is not None) == bool(site_url)


def test_ids_of_the_feed_stay_when_the_address_or_a_wording_changes() -> None:
    def ids(feed: ElementTree.Element) -> list[str]:
        return [node.findtext("atom:id", "", ATOM) for node in feed.iter(f"{{{ATOM['atom']}}}entry")]

    data = copy_of(guide().data)
    before = ids(feed_of(data))
    assert ids(feed_of(data, None)) == before
    data["changes"][0]["title"] = "Another title"
    assert ids(feed_of(data)) == before


def test_a_fact_that_is_checked_again_comes_up_as_a_new_entry() -> None:
    data = copy_of(guide().data)
    option = data["options"][0]
    option["ratings"][data["criteria"][0]["id"]]["verified"] = "2027-11-25"
    first = feed_of(data).find("atom:entry", ATOM)
    assert first is not None
    assert first.findtext("atom:title", "", ATOM) == f"{option['name']}: 1 fact checked"
    assert first.findtext("atom:updated", "", ATOM) == "2027-11-25T00:00:00Z"


def test_what_the_editors_say_has_changed_is_in_the_feed_and_on_the_page() -> None:
    feed = printed()["feed.xml"]
    for change in guide().data["changes"]:
        assert f"<title>{change['title']}</title>" in feed
        assert f'id="change-{change["id"]}"' in printed()["data.md"]
        assert f"data/#change-{change['id']}" in feed


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("date: 2026-11-20", "date: 2127-01-01", "2127-01-01 is in the future"),
        ("date: 2026-11-20", "date: soon", "'soon'"),
        ("about: [mit]", "about: [nobody]", "'nobody'"),
    ],
)
def test_a_wrong_change_is_found_with_its_line(old: str, new: str, said: str, tmp_path: Path) -> None:
    text = (ROOT / SECOND).read_text("utf-8")
    assert text.count(old) == 1
    (tmp_path / "guide.yml").write_text(text.replace(old, new), "utf-8")
    report = check_guide(tmp_path / "guide.yml", today=DAY).report()
    line = text[: text.index(old)].count("\n") + 1
    assert re.search(rf"guide\.yml:{line}:\d+: .*{said}", report), report


# The page that draws questions and effects


@cache
def effects_page(name: str) -> BeautifulSoup:
    body = printed(name)["effects.md"].split("---\n", 2)[2]
    return BeautifulSoup(Markdown(extensions=["attr_list", "toc"]).convert(body), "html.parser")


ON_OPTIONS = {
    "exclude": "rules out",
    "enable": "allows",
    "have": "in use already:",
    "besides": "in use for its further job too:",
    "spare": "adds no effort:",
    "bind": "needs one of:",
}


@pytest.mark.parametrize("name", [REAL, SECOND])
def test_each_answer_is_listed_with_all_that_it_does(name: str) -> None:
    page, data = effects_page(name), guide(name).data
    names = {
        entry["id"]: entry["name"] for section in ("criteria", "options", "families") for entry in data.get(section, ())
    }
    for question in data["questions"]:
        section = page.find(id=f"question-{question['id']}")
        rows = section.select(".effect-answers > div")
        assert len(rows) == len(question["answers"])
        for row, answer in zip(rows, question["answers"], strict=True):
            text = " ".join(row.get_text(" ").split())
            for effect in answer.get("effects", ()):
                for criterion, points in effect.get("weight", {}).items():
                    verb, sign = ("adds", "+") if points > 0 else ("takes", "−")
                    assert f"{verb} {sign} {abs(points)} {names[guide(name).criterion(criterion).id]}" in text
                for criterion in effect.get("require", {}):
                    assert f"requires {names[guide(name).criterion(criterion).id]}: “" in text
                for kind, verb in ON_OPTIONS.items():
                    found = guide(name)
                    targets = [(target, ()) for target in found.targets(effect.get(kind, ()))]
                    if kind == "exclude":
                        targets = found.excluded(effect.get(kind, ()))
                    words = [found.titled(option, editions) for option, editions in targets]
                    assert not targets or f"{verb} {', '.join(words)}" in text
                for condition in ("when", "unless"):
                    for asked, wanted in effect.get(condition, {}).items():
                        labels = [a.label for a in guide(name).question(asked).answers if a.id in wanted]
                        assert f"“{guide(name).question(asked).text}” is “{'” or “'.join(labels)}”" in text
                assert not effect.get("only_new") or "unless you use it already" in text
                for cls in effect.keys() & {"class"}:
                    assert f", for {guide(name).entry('classes', effect[cls])['name']}" in text
            assert answer.get("effects") or "Changes nothing" in text


def test_what_stays_after_an_answer_is_what_the_scoring_says() -> None:
    page, unconditional = effects_page(REAL), [q for q in guide().questions if q.condition is None and q.kind == "one"]
    seen = 0
    for question in unconditional:
        rows = page.find(id=f"question-{question.id}").select(".effect-answers > div")
        for row, answer in zip(rows, question.answers, strict=True):
            if found := re.search(r"(\d+) of (\d+) setups left", row.get_text()):
                places = recommend(guide(), {question.id: answer.id}).places
                assert found.groups() == (str(sum(not p.verdict.failed for p in places)), str(len(places)))
                seen += 1
    assert seen > 10


@pytest.mark.parametrize("name", [REAL, SECOND])
def test_the_drawing_has_a_row_for_each_question_a_column_for_each_criterion_and_an_arrow_for_each_condition(
    name: str,
) -> None:
    drawing, found = effects_page(name).find("svg", class_="effect-map"), guide(name)
    conditions = sum(question.condition is not None for question in found.questions)
    assert {link["href"] for link in drawing.find_all("a")} == {f"#question-{q.id}" for q in found.questions}
    heads = [head.get_text() for head in drawing.select(".em-head")]
    assert {criterion.name for criterion in found.criteria} <= set(heads)
    assert len(drawing.select(".em-arrow")) == conditions
    for question in found.questions:
        if question.condition:
            text = effects_page(name).find(id=f"question-{question.id}").get_text()
            assert "Asked only after" in text and found.question(question.condition[0]).text in text


def test_a_mark_shows_the_most_that_one_answer_adds_and_takes_and_grows_with_it() -> None:
    asked = {r.question.id: r for r in effects_of_questions(guide())}
    for question in guide().data["questions"]:
        for criterion, on_criterion in asked[question["id"]].on_criteria.items():
            sums = [
                sum(effect.get("weight", {}).get(criterion, 0) for effect in answer.get("effects", ()))
                for answer in question["answers"]
            ]
            assert (on_criterion.up, on_criterion.down) == (max(0, *sums), -min(0, *sums))
    assert [_radius(points, 14) for points in (0, 1, 7, 14, 30)] == sorted(
        _radius(points, 14) for points in (0, 1, 7, 14, 30)
    )
    assert _radius(0, 14) == 0


# Cards, and what is in the head


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second guide, built for a separate address."""
    return build_site(tmp_path_factory.mktemp("cards") / "site", GUIDE=SECOND, SITE_URL=SITE)


def test_a_page_names_a_picture_of_its_own_that_is_there(small_site: Path) -> None:
    own: dict[str, str] = {}
    for path, page in heads(small_site).items():
        image = meta(page, "og:image")
        assert image.startswith(f"{SITE}assets/cards/")
        picture = Image.open(small_site / image.removeprefix(SITE))
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
        if path.startswith(("options/", "criteria/", "strategies/")):
            assert own.setdefault(image, path) == path
        assert meta(page, "og:title") and meta(page, "og:description")
        assert meta(page, "og:url") == page.find("link", rel="canonical")["href"] == SITE + path
    assert len(own) > 20
    weights = [file.stat().st_size for file in (small_site / "assets" / "cards").rglob("*.png")]
    assert sum(weights) / len(weights) < 20_000


def heads(site: Path) -> dict[str, BeautifulSoup]:
    """The head of every page that search engines should know, by address below the root."""
    found = {}
    for file in site.rglob("index.html"):
        text = file.read_text("utf-8")
        if 'http-equiv="refresh"' not in text:
            address = file.relative_to(site).as_posix().removesuffix("index.html")
            found[address] = BeautifulSoup(text[: text.index("</head>")], "html.parser")
    return found


def meta(page: BeautifulSoup, name: str) -> str:
    found = page.find("meta", property=name)
    return str(found["content"]) if found else ""


def test_the_sitemap_lists_every_page_once_and_no_former_address(small_site: Path) -> None:
    tree = ElementTree.fromstring((small_site / "sitemap.xml").read_text("utf-8"))
    listed = [node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert sorted(listed) == sorted(SITE + path for path in heads(small_site))
    assert f"Sitemap: {SITE}sitemap.xml" in (small_site / "robots.txt").read_text("utf-8")


def test_every_page_leads_to_the_feed_and_has_one_title(small_site: Path) -> None:
    for path, page in heads(small_site).items():
        feed = page.find("link", type="application/atom+xml")
        assert urljoin(SITE + path, feed["href"]) == f"{SITE}feed.xml"
        assert len(page.find_all("title")) == 1
    titles = [page.title.get_text() for page in heads(small_site).values()]
    assert len(titles) == len(set(titles))
    assert heads(small_site)[""].title.get_text() == guide(SECOND).data["guide"]["title"]


def test_a_site_without_an_address_names_no_picture(site: Path) -> None:
    page = heads(site)[""]
    assert not meta(page, "og:image") and not meta(page, "og:url")
    assert meta(page, "og:title")
    assert not (site / "assets" / "cards").exists()
    assert not cards_of(guide(SECOND), printed(SECOND), "http://127.0.0.1:8000/", site)


def test_cards_are_drawn_once_and_anew_when_what_they_say_changes(tmp_path: Path) -> None:
    pages = {
        path: text for path, text in printed(SECOND).items() if path in ("index.md", "options/mit.md", "matrix.md")
    }
    first = card_files(guide(SECOND), pages, tmp_path)
    kept = {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    assert card_files(guide(SECOND), pages, tmp_path) == first
    assert {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()} == kept
    pages["options/mit.md"] = pages["options/mit.md"].replace('description: "', 'description: "Now ')
    again = card_files(guide(SECOND), pages, tmp_path)
    assert {path for path in first if again[path] != first[path]} == {"assets/cards/options/mit.png"}
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("text", ["word " * 80, "x" * 400, "中文标题", "Ünïcode – “quoted” … Ж"])
def test_text_on_a_card_stays_inside_it(text: str) -> None:
    lines, face = fitted(text, 500, sizes=(60, 40), most=2)
    assert len(lines) <= 2
    assert all(face.getlength(line) <= 500 for line in lines)
    picture = Image.open(io.BytesIO(draw(Card("Site", "Kind", text, text, (Bar(500, 2), Bar(0, None))))))
    edge = picture.convert("RGB").crop((1150, 20, 1200, 630))
    assert edge.getcolors() == [(50 * 610, (251, 250, 247))]
