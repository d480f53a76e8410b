"""The built site as a reader and a search engine see it."""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from tests.support.sites import edited_site, real_guide

pytestmark = pytest.mark.xdist_group("site")

BASE = "https://guide.test/base/"


def pages(site: Path) -> dict[str, Path]:
    """Address to file of every HTML page."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        found[urljoin(BASE, name.removesuffix("index.html"))] = path
    return found


class Addresses(HTMLParser):
    """Where a page leads to, and the places on it. Quicker than a tree of each of hundreds of pages."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.targets: dict[str, None] = {}
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        target = found.get("href") or found.get("src")
        if target and tag in ("a", "link", "script", "img"):
            self.targets[target] = None
        if place := found.get("id"):
            self.places.add(place)


@cache
def addresses(path: Path) -> Addresses:
    return Addresses(path.read_text(encoding="utf-8"))


@cache
def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_every_internal_link_resolves(site: Path) -> None:
    all_pages = pages(site)
    broken = []
    for address, path in all_pages.items():
        for target in () if path.name == "404.html" else addresses(path).targets:
            parts = urlsplit(urljoin(address, target))
            if f"{parts.scheme}://{parts.netloc}" != "https://guide.test":
                continue
            page = f"https://guide.test{unquote(parts.path)}"
            if page not in all_pages and not (site / page.removeprefix(BASE)).is_file():
                broken.append(f"{address} -> {target}")
            elif parts.fragment and page in all_pages and not has_place(all_pages[page], parts.fragment):
                broken.append(f"{address} -> {target} (no such place)")
    assert not broken, "\n".join(broken[:30])


def has_place(path: Path, fragment: str) -> bool:
    """What a visitor set (answers, options compared) is in the fragment as name=value and names no place."""
    return "=" in fragment or unquote(fragment) in addresses(path).places


def test_each_option_criterion_pair_strategy_and_example_has_a_page(site: Path) -> None:
    guide = real_guide()
    ids = [option.id for option in guide.options]
    wanted = [f"options/{name}" for name in ids]
    wanted += [f"criteria/{criterion.id}" for criterion in guide.criteria]
    wanted += [f"compare/{a}-vs-{b}" for number, a in enumerate(ids) for b in ids[number + 1 :]]
    wanted += [f"strategies/{entry['id']}" for entry in guide.data["strategies"]]
    wanted += [f"examples/{entry['id']}" for entry in guide.data["examples"]]
    wanted += ["wizard", "matrix", "stages", "sources", "scoring", "unknowns"]
    missing = [name for name in wanted if not (site / name / "index.html").is_file()]
    assert not missing


def test_every_cell_of_the_matrix_has_text_level_in_words_and_source_or_says_unknown(site: Path) -> None:
    guide = real_guide()
    text = "".join(soup(site / "matrix" / "index.html").get_text(" ").split())
    links = {tag["href"] for tag in soup(site / "matrix" / "index.html").find_all("a", href=True)}
    for option in guide.data["options"]:
        for criterion in guide.data["criteria"]:
            rating = option["ratings"][criterion["id"]]
            assert "".join(plain(rating["text"]).split()) in text
            assert rating["verified"] in text
            names = rating.get("source", [])
            for name in [names] if isinstance(names, str) else names:
                url = guide.entry("sources", name)["url"]
                assert url in links or any("sources" in link for link in links)


def plain(markdown: str) -> str:
    return squeeze(re.sub(r"[`*]", "", markdown))


def squeeze(text: str) -> str:
    return " ".join(text.split())


STARTING_GUIDE = [
    # One phrase for each thing that the guide started from; a reader who types it must find a page.
    "Sealed Secrets", "External Secrets Operator", "HashiCorp Vault", "SOPS", "Encryption at rest",
    "Automatic rotation", "Dynamic credentials", "Audit trail", "GitOps", "Many clusters", "Little to operate",
    "etcd", "Base64", "kubeseal", "ExternalSecret", "age", "BUSL", "accessor", "workload identity", "namespaces",
    "unseal", "refresh interval", "Flux", "maturity", "RBAC", "lock-in", "0.40",
]  # fmt: skip


@pytest.mark.parametrize("phrase", STARTING_GUIDE)
def test_what_the_starting_guide_covers_is_found_by_search(site: Path, phrase: str) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    text = " ".join(f"{entry['title']} {entry['text']}" for entry in index["docs"]).casefold()
    words = phrase.casefold().split()
    assert all(word in text for word in words), phrase


def test_exports_carry_the_revision_and_the_checked_guide(site: Path) -> None:
    guide = real_guide()
    data = json.loads((site / "api" / "guide.json").read_text(encoding="utf-8"))
    assert data["revision"] == guide.revision
    assert data["guide"] == guide.data
    for option in guide.options:
        entry = json.loads((site / "api" / "options" / f"{option.id}.json").read_text(encoding="utf-8"))
        assert entry["revision"] == guide.revision
        assert guide.revision in (site / "options" / option.id / "index.html").read_text(encoding="utf-8")
    text = (site / "api" / "matrix.csv").read_text(encoding="utf-8")
    assert guide.revision in text
    rows = list(csv.reader(text.splitlines()))
    assert sum(option.name in " ".join(row) for option in guide.options for row in rows) >= len(guide.options)


def test_changing_one_value_changes_every_page_export_and_wizard(tmp_path: Path) -> None:
    """One rating: new text and level. It must show wherever the old one stood, and nowhere must the old one stay."""
    guide = real_guide()
    option, criterion = guide.data["options"][1], guide.data["criteria"][0]
    rating = option["ratings"][criterion["id"]]
    new = "A text that no page had before"
    site = edited_site(tmp_path, {rating["text"]: new})
    name, key = option["id"], criterion["id"]
    places = ["matrix/index.html", f"options/{name}/index.html", f"criteria/{key}/index.html", "api/guide.json"]
    places += ["api/matrix.csv", f"api/options/{name}.json"]
    pairs = [path / "index.html" for path in (site / "compare").glob(f"*{name}*") if path.is_dir()]
    # At a pair's former address there is only a way to the present one.
    places += [f"compare/{path.parent.name}/index.html" for path in pairs if "refresh" not in path.read_text("utf-8")]
    for place in places:
        text = (site / place).read_text(encoding="utf-8")
        assert new in text, place
        assert plain(rating["text"]) not in text, place
    before = json.loads((site / "api" / "guide.json").read_text(encoding="utf-8"))["revision"]
    assert before != guide.revision


def test_no_page_asks_another_origin_for_anything_or_violates_its_policy(browser: Browser, served: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error('CSP', e.violatedDirective, e.blockedURI))"
    )
    guide = real_guide()
    for name in ("", "wizard/", "matrix/", f"options/{guide.options[0].id}/", f"criteria/{guide.criteria[0].id}/",
                 "compare/", "sources/", "scoring/", "stages/", f"examples/{guide.data['examples'][0]['id']}/"):  # fmt: skip
        page.goto(served + name)
        page.wait_for_timeout(300)
        policy = page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content") or ""
        assert "default-src" in policy
        assert "unsafe-eval'" not in policy.replace("wasm-unsafe-eval'", "")
        script = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
        assert "unsafe-inline" not in script
    origin = served[: served.index("/", 8)]
    assert [url for url in asked if not url.startswith((origin, "blob:", "data:"))] == []
    assert complaints == []
    context.close()


def test_matrix_questions_and_examples_are_readable_without_javascript(browser: Browser, served: str) -> None:
    guide = real_guide()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served + "wizard/")
    for fold in page.locator("main summary").all():
        fold.click()  # the browser's own folds: they need no script
    shown = page.locator("main").inner_text()
    for question in guide.questions:
        if question.condition is None:
            assert question.text in shown
    page.goto(served + "matrix/")
    assert guide.data["options"][0]["name"] in page.locator("main").inner_text()
    page.goto(served + f"examples/{guide.data['examples'][0]['id']}/")
    assert plain(guide.data["examples"][0]["title"]) in page.locator("main").inner_text()
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_no_page_scrolls_sideways(browser: Browser, served: str, width: int) -> None:
    guide = real_guide()
    page = browser.new_page(viewport={"width": width, "height": 800})
    for name in ("", "wizard/", "matrix/", f"options/{guide.options[0].id}/", f"criteria/{guide.criteria[0].id}/",
                 f"compare/{guide.options[0].id}-vs-{guide.options[1].id}/", "compare/", "sources/", "scoring/",
                 "stages/", "unknowns/", f"strategies/{guide.data['strategies'][0]['id']}/",
                 f"examples/{guide.data['examples'][0]['id']}/"):  # fmt: skip
        page.goto(served + name)
        wide = page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, name
    page.close()
