"""The press: pure, complete, the same twice, and harmless whatever the texts of a guide hold."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from generate import make_guide
from markdown import Markdown

from hooks.check import check_guide
from hooks.facts import all_facts
from hooks.nav import nav
from hooks.press import print_site, wizard_json
from selector import Guide

DAY = date(2026, 11, 23)
REPO = "https://code.test/guide"
BASE = "https://guide.test/base/"
EXTENSIONS = ["attr_list", "toc", "pymdownx.highlight", "pymdownx.superfences"]


@cache
def checked():
    return check_guide(ROOT / "data" / "guide.yml", today=DAY)


@cache
def printed(directories: bool = True) -> dict[str, str]:
    """The real guide's site."""
    found = checked()
    assert found.guide is not None, found.report()
    return print_site(found.guide, checked_on=DAY, repo_url=REPO, lines=found.loaded.line, directories=directories)


def generated() -> Guide:
    return Guide.from_data(make_guide(7, options=9, criteria=6))


def html_of(page: str) -> BeautifulSoup:
    """A printed page as the engine renders it."""
    body = page.split("---\n", 2)[2]
    return BeautifulSoup(Markdown(extensions=EXTENSIONS).convert(body), "html.parser")


@cache
def rendered(directories: bool = True) -> dict[str, BeautifulSoup]:
    return {path: html_of(page) for path, page in printed(directories).items() if path.endswith(".md")}


def test_the_same_guide_is_printed_the_same_twice() -> None:
    guide = generated()
    again = Guide.from_data(copy.deepcopy(guide.data))
    assert print_site(guide, checked_on=DAY) == print_site(again, checked_on=DAY)


def test_the_press_knows_no_engine() -> None:
    code = "import sys, hooks.press, hooks.nav; sys.exit(any(name.split('.')[0] == 'mkdocs' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("make", [generated, lambda: checked().guide], ids=["generated", "real"])
def test_every_entry_has_its_page_and_all_pages_but_pairs_stand_in_the_navigation(make) -> None:
    guide = make()
    site = print_site(guide, checked_on=DAY)
    data, ids = guide.data, [option.id for option in guide.options]
    wanted = {f"options/{name}.md" for name in ids} | {f"criteria/{entry['id']}.md" for entry in data["criteria"]}
    wanted |= {f"{kind}/{entry['id']}.md" for kind in ("strategies", "examples") for entry in data.get(kind, ())}
    wanted |= {f"compare/{one}-vs-{two}.md" for number, one in enumerate(ids) for two in ids[number + 1 :]}
    assert wanted <= site.keys()
    pages = {path for path in site if path.endswith(".md") and "-vs-" not in path}
    assert set(paths_in(nav(guide))) == pages


def paths_in(items: object) -> list[str]:
    if isinstance(items, str):
        return [items]
    inner = items.values() if isinstance(items, dict) else items
    return [path for item in inner for path in paths_in(item)]


@pytest.mark.parametrize("directories", [True, False])
def test_links_between_pages_lead_to_a_page_and_a_place_on_it(directories: bool) -> None:
    """Raw addresses in HTML blocks are not seen by the engine's own checks, so they are followed here."""
    pages = {f"{BASE}{address(path, directories)}": soup for path, soup in rendered(directories).items()}
    others = {f"{BASE}{path}" for path in [*printed(directories), "assets/matrix.js"] if not path.endswith(".md")}
    broken = []
    for here, soup in pages.items():
        for tag in soup.find_all(["a", "script"]):
            target, _, place = urljoin(here, tag.get("href") or tag.get("src") or "").partition("#")
            if not target.startswith(BASE) or target in others:
                continue
            found = pages.get(target)
            if found is None or not (place == "" or place.startswith("v=1") or found.find(id=unquote(place))):
                broken.append(f"{here} -> {target}#{place}")
    assert not broken, broken[:20]


def address(path: str, directories: bool) -> str:
    stem = path.removesuffix(".md")
    if not directories:
        return f"{stem}.html"
    return stem.removesuffix("index") if stem.endswith("index") else f"{stem}/"


def test_every_fact_can_be_read_with_its_sources_date_and_a_way_to_object() -> None:
    guide, soups = checked().guide, rendered()
    for fact in all_facts(guide):
        page, _, place = fact.page.partition("#")
        root = soups[page].find(id=place) if place else soups[page]
        assert root is not None, fact.page
        links = {tag["href"] for tag in soups[page].find_all("a", href=True)}
        assert {guide.entry("sources", source)["url"] for source in fact.sources} <= links, fact.page
        reports = [link for link in links if link.startswith(f"{REPO}/issues/new?")]
        line = checked().loaded.line(fact.path)
        assert line and any(f"guide.yml%3A{line}+" in link for link in reports), fact.page
        assert soups[page].find("time", datetime=str(fact.verified)), fact.page


def test_a_fact_grows_stale_by_the_day_of_printing_everywhere() -> None:
    guide = checked().guide
    later = print_site(guide, checked_on=date(2029, 1, 1))
    option = guide.data["options"][0]["id"]
    for path in ("matrix.md", f"options/{option}.md", "sources.md", f"criteria/{guide.criteria[0].id}.md"):
        assert "stale" in later[path].casefold().replace("shows as stale", "").replace("{: #stale", "")
        assert 'class="checked stale"' in later[path]
    assert all('class="checked stale"' not in page for path, page in printed().items() if path.endswith(".md"))


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
    site = print_site(Guide.from_data(data), checked_on=DAY)
    assert sum("-vs-" in path for path in site) == 5
    assert "23 more pairs" in site["compare/index.md"]


HOSTILE = "</p></div><script>alert(1)</script><img src=x onerror=alert(2)> \"'> ```\n\n<b onclick=x>{{ 7*7 }} [x](javascript:x)"


def test_texts_cannot_become_markup() -> None:
    """Every text that readers read, made hostile: none of it may turn into an element, an attribute or a script."""
    loaded = checked().loaded
    data = copy.deepcopy(loaded.data)
    for path in loaded.texts:
        *way, last = path
        node = data
        for step in way:
            node = node[step]
        node[last] = f"{node[last]} {HOSTILE}"
    site = print_site(Guide.from_data(data), checked_on=DAY, repo_url=REPO)
    allowed = {"assets/matrix.js", "../assets/matrix.js"}
    for path, page in site.items():
        if not path.endswith(".md"):
            continue
        soup = html_of(page)
        assert {tag.get("src") for tag in soup.find_all("script")} <= allowed, path
        assert not soup.find_all(["img", "iframe", "style"]), path
        for tag in soup.find_all(True):
            assert not [name for name in tag.attrs if name.startswith("on")], (path, tag.name)
            assert not str(tag.get("href", "")).startswith("javascript"), path
        assert "49" not in re.findall(r"\{\{.*?\}\}|49(?= \[x\])", page), path


def test_the_wizard_is_started_with_the_guide_and_no_markdown() -> None:
    data = json.loads(wizard_json(checked().guide))
    assert data["guide"] == checked().guide.data
    assert data["root"] == "../"


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
    assert "nobody" in done.stderr
    assert "Traceback" not in done.stderr
    assert re.search(r"guide\.yml:\d+:\d+: ", done.stderr)
    assert [path.name for path in site.iterdir()] == ["index.html"]
