"""The press: pure, complete, the same twice, and harmless whatever the texts of a guide hold."""

from __future__ import annotations

import copy
import html
import json
import re
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import pytest
import yaml
from bs4 import BeautifulSoup
from markdown import Markdown

from hooks import ROOT
from hooks.assets import read_asset
from hooks.checked import Checked, check_guide
from hooks.engines.html_blocks import for_search, put_back, take_out
from hooks.render.citations import without_passages
from hooks.render.facts import all_facts
from hooks.render.nav import nav
from hooks.render.passages import coverage
from hooks.render.site import PAGES_ONLY, render_site, wizard_json
from selector import Guide, recommend
from tests.support.random_guides import make_guide

DAY = date(2026, 11, 23)
REPO = "https://code.test/guide"
BASE = "https://guide.test/base/"
EXTENSIONS = ["attr_list", "toc", "pymdownx.highlight", "pymdownx.superfences"]


@cache
def checked(name: str = "tests/guides/second.yml") -> Checked:
    """A whole guide on another subject: small, and with every section."""
    found = check_guide(ROOT / name, today=DAY)
    assert found.guide is not None, found.report()
    return found


@cache
def printed(directories: bool = True) -> dict[str, str]:
    found = checked()
    return render_site(found.guide, checked_on=DAY, repo_url=REPO, lines=found.loaded.line, directories=directories)


@cache
def rendered(directories: bool = True) -> dict[str, str]:
    """The HTML of every page."""
    return {path: render(page) for path, page in printed(directories).items() if path.endswith(".md")}


def render(page: str) -> str:
    """A page as any engine with Python-Markdown renders it, without the short cuts that ours takes."""
    return Markdown(extensions=EXTENSIONS).convert(body_of(page))


def body_of(page: str) -> str:
    return page.split("---\n", 2)[2]


def hrefs(page: str) -> set[str]:
    return {html.unescape(found) for found in re.findall(r'<a\b[^>]*?href="([^"]*)"', page)}


def ids(page: str) -> list[str]:
    return re.findall(r'<[a-z0-9-]+\b[^>]*? id="([^"]*)"', page)


def generated() -> Guide:
    return Guide.from_data(make_guide(7, options=9, criteria=6))


def test_the_same_guide_is_printed_the_same_twice() -> None:
    guide = generated()
    again = Guide.from_data(copy.deepcopy(guide.data))
    assert render_site(guide, checked_on=DAY) == render_site(again, checked_on=DAY)


def test_the_press_knows_no_engine() -> None:
    code = "import sys, hooks.render.site, hooks.render.nav; sys.exit(any(name.split('.')[0] == 'mkdocs' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("make", [generated, lambda: checked().guide], ids=["generated", "second"])
def test_every_entry_has_its_page_and_all_pages_but_pairs_stand_in_the_navigation(make) -> None:
    guide = make()
    site = render_site(guide, checked_on=DAY)
    data, names = guide.data, [option.id for option in guide.options]
    wanted = {f"options/{name}.md" for name in names} | {f"criteria/{entry['id']}.md" for entry in data["criteria"]}
    wanted |= {f"{kind}/{entry['id']}.md" for kind in ("strategies", "examples") for entry in data.get(kind, ())}
    wanted |= {f"compare/{one}-vs-{two}.md" for number, one in enumerate(names) for two in names[number + 1 :]}
    assert wanted <= site.keys()
    pages = {path for path in site if path.endswith(".md") and "-vs-" not in path}
    rooms = {
        "examples": "examples/index.md",
        "strategies": "strategies/index.md",
        "moves": "migrate.md",
        "stages": "stages.md",
    }
    empty = {page for section, page in rooms.items() if not data.get(section)}
    assert set(paths_in(nav(guide))) == pages - empty


def paths_in(items: object) -> list[str]:
    if isinstance(items, str):
        return [items]
    inner = items.values() if isinstance(items, dict) else items
    return [path for item in inner for path in paths_in(item)]


@pytest.mark.parametrize("directories", [True, False])
def test_links_between_pages_lead_to_a_page_and_a_place_on_it(directories: bool) -> None:
    """Addresses in HTML blocks are not seen by the engine's own checks, so they are followed here."""
    pages = {f"{BASE}{address(path, directories)}": page for path, page in rendered(directories).items()}
    others = {f"{BASE}{path}" for path in printed(directories) if not path.endswith(".md")}
    places = {here: set(ids(page)) for here, page in pages.items()}
    broken = []
    for here, page in pages.items():
        for link in hrefs(page):
            target, _, place = urljoin(here, link).partition("#")
            if not target.startswith(BASE) or target in others:
                continue
            if target not in pages or not (place == "" or "=" in place or unquote(place) in places[target]):
                broken.append(f"{here} -> {link}")
    assert not broken, broken[:20]


def address(path: str, directories: bool) -> str:
    stem = path.removesuffix(".md")
    if not directories:
        return f"{stem}.html"
    return stem.removesuffix("index") if stem.endswith("index") else f"{stem}/"


def test_no_page_uses_an_id_twice() -> None:
    for path, page in rendered().items():
        found = ids(page)
        assert len(found) == len(set(found)), (path, sorted(name for name in found if found.count(name) > 1))


def test_every_fact_can_be_read_with_its_sources_date_and_a_way_to_object() -> None:
    guide, pages = checked().guide, rendered()
    for fact in all_facts(guide):
        path, _, place = fact.page.partition("#")
        assert not place or place in ids(pages[path]), fact.page
        links = hrefs(pages[path])
        urls = {name: guide.entry("sources", name)["url"] for name in fact.sources}
        opened = {quote.source: quote.address(urls[quote.source]) for quote in fact.quotes}
        assert set({**urls, **opened}.values()) <= links, fact.page
        assert all(quote.words in html.unescape(pages[path]) for quote in fact.quotes), fact.page
        line = checked().loaded.line(fact.path)
        reports = [link for link in links if link.startswith(f"{REPO}/issues/new?")]
        assert line and any(f"guide.yml%3A{line}+" in link for link in reports), fact.page
        assert f'datetime="{fact.verified}"' in pages[path], fact.page


def test_a_fact_grows_stale_by_the_day_of_printing_everywhere() -> None:
    guide, stale = checked().guide, 'class="checked stale"'
    later = render_site(guide, checked_on=date(2031, 1, 1))
    option, criterion = guide.options[0].id, guide.criteria[0].id
    for path in ("matrix.md", f"options/{option}.md", f"criteria/{criterion}.md", "sources.md"):
        assert stale in later[path], path
    assert all(stale not in page for path, page in printed().items() if path.endswith(".md"))


def test_exports_carry_the_revision() -> None:
    guide, site = checked().guide, printed()
    assert json.loads(site["api/guide.json"]) == {"revision": guide.revision, "guide": guide.data}
    assert json.loads(site["api/matrix.json"])["revision"] == guide.revision
    rows = site["api/matrix.csv"].splitlines()
    assert len(rows) == 1 + len(guide.options) * len(guide.criteria)
    assert all(row.endswith(guide.revision) for row in rows[1:])
    for option in guide.data["options"]:
        entry = json.loads(site[f"api/options/{option['id']}.json"])
        assert entry == {"revision": guide.revision, "option": option}


def test_pair_pages_are_bounded_and_what_is_left_out_is_said() -> None:
    data = make_guide(3, options=8)
    data["guide"]["pairs"] = {"most": 5}
    site = render_site(Guide.from_data(data), checked_on=DAY)
    assert sum("-vs-" in path and path.endswith(".md") for path in site) == 5
    assert sum("-vs-" in path for path in site) == 10, "and five that lead to them from the other order"
    assert "23 more pairs" in site["compare/index.md"]


HOSTILE = (
    "</p></div><script>alert(1)</script><img src=x onerror=alert(2)> \"'> ```\n\n"
    '<div data-aside="0"></div><!--unsearched--><b onclick=x>{{ 7 * 7 }} [x](javascript:x) {: onclick=x }\n\n# y'
)


OPENING = read_asset(ROOT / "docs", "assets/inline/opening.js").decode().strip()
"""The one script that is inside a page: none of the guide's texts is in it."""


@pytest.mark.parametrize("shortcut", [False, True])
def test_texts_cannot_become_markup(shortcut: bool) -> None:
    """Every text that readers read, made hostile: none of it may turn into an element, an attribute or a script."""
    site = hostile_site()
    for path, page in site.items():
        if path.endswith(".md"):
            soup = BeautifulSoup(shortened(page) if shortcut else render(page), "html.parser")
            scripts = soup.find_all("script")
            files = {tag["src"].rpartition("/")[2].partition("?")[0] for tag in scripts if tag.has_attr("src")}
            assert files <= {"matrix.js", "compare.js", "filter.js"}, path
            inside = [tag for tag in scripts if not tag.has_attr("src") and tag.get("type") != "application/json"]
            assert all(tag.string.strip() == OPENING for tag in inside), path
            assert not soup.find_all(["img", "iframe", "style"]), path
            assert not soup.find_all(attrs={"data-aside": True}), path
            assert len(soup.find_all("h1")) == 1, path
            for tag in soup.find_all(True):
                assert not [name for name in tag.attrs if name.startswith("on")], (path, tag.name)
                assert not str(tag.get("href", "")).startswith("javascript"), path


def test_what_themes_print_unescaped_is_escaped() -> None:
    """Titles, descriptions and names in the navigation stand in heads, attributes and menus as they are."""
    data = hostile_data()
    matters = [
        yaml.safe_load(page.split("---\n", 2)[1]) for path, page in hostile_site().items() if path.endswith(".md")
    ]
    printed = [str(matter.get(name, "")) for matter in matters for name in ("title", "description")]
    printed += names_in(nav(Guide.from_data(data)))
    assert len(printed) > 100 and any("&lt;script&gt;" in text for text in printed)
    assert [text for text in printed if re.search(r"""[<>"]""", text)] == []


def names_in(items: object) -> list[str]:
    if isinstance(items, str):
        return []
    names = list(items) if isinstance(items, dict) else []
    return names + [name for item in (items.values() if isinstance(items, dict) else items) for name in names_in(item)]


@cache
def hostile_site() -> dict[str, str]:
    return render_site(Guide.from_data(hostile_data()), checked_on=DAY, repo_url=REPO)


@cache
def hostile_data() -> dict[str, Any]:
    data = copy.deepcopy(checked().loaded.data)
    for *way, last in checked().loaded.texts:
        node = data
        for step in way:
            node = node[step]
        node[last] = f"{node[last]} {HOSTILE}"
    return data


def shortened(page: str) -> str:
    """A page as our adapter has it rendered."""
    text, blocks = take_out(body_of(page))
    return put_back(Markdown(extensions=EXTENSIONS).convert(text), blocks)


def test_the_short_cut_around_markdown_changes_no_page() -> None:
    for path, page in printed().items():
        if path.endswith(".md"):
            slow, fast = (BeautifulSoup(text, "html.parser") for text in (render(page), shortened(page)))
            assert slow.get_text(" ", strip=True) == fast.get_text(" ", strip=True), path
            assert [tag.name for tag in slow.find_all(True)] == [tag.name for tag in fast.find_all(True)], path


def test_html_in_a_code_block_stays_code() -> None:
    page = "---\n---\n\n```html\n<p>one</p>\n\n<div>two</div>\n\n<p>three</p>\n```\n\n<div>four</div>\n"
    soup = BeautifulSoup(shortened(page), "html.parser")
    assert "<div>two</div>" in soup.find("code").get_text()
    assert [tag.get_text() for tag in soup.find_all("div", class_=None)] == ["four"]


def test_search_reads_each_thing_once() -> None:
    option = checked().guide.data["options"][0]
    text = for_search(rendered()[f"options/{option['id']}.md"], briefly=False)
    assert "Report an error" not in text
    assert "<svg" not in text
    assert all(BeautifulSoup(rating["text"], "html.parser").get_text()[:20] in html.unescape(text)
               for rating in option["ratings"].values() if "`" not in rating["text"])  # fmt: skip


def test_the_wizard_is_started_with_the_guide_and_no_markdown() -> None:
    guide = checked().guide
    data = json.loads(wizard_json(guide))
    shown = without_passages(guide.data)
    assert data["guide"] == {name: shown[name] for name in shown.keys() - PAGES_ONLY} != guide.data
    assert recommend(Guide.from_data(data["guide"]), {}).places == recommend(guide, {}).places
    assert data["revision"] == guide.revision
    assert data["root"] == "../"


def test_passages_cost_the_wizard_nothing() -> None:
    data = copy.deepcopy(checked().guide.data)
    for rating in data["options"][0]["ratings"].values():
        rating["passage"] = {rating["source"]: {"words": "some words of the source", "prefix": "before them"}}
    more = Guide.from_data(data)
    assert more.revision != checked().guide.revision
    assert wizard_json(more).replace(more.revision, checked().guide.revision) == wizard_json(checked().guide)


def test_the_page_of_sources_says_how_many_ratings_quote_one() -> None:
    quoted, known = coverage(checked().guide)
    assert 0 < quoted < known
    assert (
        f"{quoted} of {known} ratings with a known level ({round(100 * quoted / known)}%)" in rendered()["sources.md"]
    )


def test_a_broken_guide_stops_the_build_with_all_problems_and_leaves_the_last_site(tmp_path: Path) -> None:
    text = (ROOT / "data" / "guide.yml").read_text(encoding="utf-8")
    broken = tmp_path / "guide.yml"
    broken.write_text(text.replace("kind: one\n", "kind: on\n", 1).replace("goals: [", "goals: [nobody, ", 1), "utf-8")
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("the last good site", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "GUIDE": str(broken), "NO_MKDOCS_2_WARNING": "1", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert re.search(r"guide\.yml:\d+:\d+: .*'on'", done.stderr)
    assert re.search(r"guide\.yml:\d+:\d+: .*'nobody'", done.stderr)
    assert "Traceback" not in done.stderr
    assert [path.name for path in site.iterdir()] == ["index.html"]
