"""The staged folder: engines without hooks build from it what our hooks build, page for page."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import warnings
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser

from hooks import ROOT
from hooks.cli.main import main
from hooks.engines.finish import finish
from hooks.engines.mkdocs_yml import read_settings
from hooks.engines.stage import Staged, StagingError, stage
from hooks.runtime.fetch import ensure_pyodide
from tests.support.browser import serve
from tests.support.sites import shared_folder

pytestmark = pytest.mark.xdist_group("second")

NAMED_BY_CONTENT = re.compile(r"[0-9a-f]{12}")
"""What a name holds that changes with the content of the file."""
GUIDE = "tests/guides/second.yml"
DAY = date(2026, 11, 23)
ENGINES = {
    "mkdocs": ["-m", "mkdocs", "build", "--strict", "--quiet"],
    "zensical": ["-m", "zensical", "build", "--strict", "--clean"],
}


@pytest.fixture(scope="session", params=ENGINES)
def other_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """The second guide, staged, built strictly by an engine without our hooks, and finished; None without the engine."""
    engine = request.param
    if importlib.util.find_spec(engine) is None:
        warnings.warn(
            f"{engine} is not installed: NOT COMPARED in this run.",
            stacklevel=1,
        )
        return None
    return built(engine, shared_folder(tmp_path_factory) / f"staged-{engine}")


@cache
def built(engine: str, folder: Path) -> Path:
    """The site that an engine builds from the folder."""
    stage(ROOT, folder, GUIDE, date.today())
    done = subprocess.run(
        [sys.executable, *ENGINES[engine]],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    pages, changed = finish(folder / "site")
    assert changed
    assert finish(folder / "site") == (pages, 0)
    return folder / "site"


def pages_of(site: Path) -> dict[str, Path]:
    return {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}


def main_part(path: Path) -> Tag:
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    found = soup.find("article") or soup.find("main") or soup.body
    assert found is not None, path
    for link in found.find_all("a", class_="headerlink"):
        link.decompose()
    return found


@cache
def content_of(name: str, path: Path) -> tuple[str, list[str]]:
    """What the main part of a page says, and where its links lead."""
    part = main_part(path)
    links = [urljoin(f"https://guide.test/{name}", tag["href"]) for tag in part.find_all("a", href=True)]
    return " ".join(part.get_text(" ").split()), [link.removesuffix("index.html") for link in links]


def test_an_engine_without_hooks_builds_the_same_pages(second_site: Path, other_site: Path | None) -> None:
    if other_site is None:
        return
    ours, theirs = pages_of(second_site), pages_of(other_site)
    assert theirs.keys() == ours.keys()
    assert len(ours) > 60
    differ = [name for name in ours if content_of(name, ours[name]) != content_of(name, theirs[name])]
    assert differ == []


def test_what_is_no_page_is_the_same_to_the_byte(second_site: Path, other_site: Path | None) -> None:
    if other_site is None:
        return
    files = [path for folder in ("api", "assets/runtime") for path in sorted((second_site / folder).rglob("*.*"))]
    files += [second_site / "assets" / name for name in ("site.css", "wizard.css", "wizard.js", "worker.js")]
    assert len(files) > 15
    for path in files:
        name = path.relative_to(second_site)
        assert (other_site / name).read_bytes() == path.read_bytes(), name


def test_every_page_of_theirs_has_its_policy(other_site: Path | None) -> None:
    for name, path in pages_of(other_site).items() if other_site else ():
        head = path.read_text(encoding="utf-8").split("</head>")[0]
        assert head.count("Content-Security-Policy") == 1, name
        assert head.index("Content-Security-Policy") < head.index("<script"), name


@pytest.mark.parametrize("other_site", ["zensical"], indirect=True)
def test_the_wizard_works_with_the_theme_of_the_successor(browser: Browser, other_site: Path | None) -> None:
    if other_site is None:
        return
    with serve(other_site, "/guide") as address:
        page = browser.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}wizard/")
        page.wait_for_selector("[data-wizard-state=ready]", timeout=90_000)
        page.locator("[data-region=leader] .dw-starts [data-link]").first.click()
        page.wait_for_selector("[data-region=leader] :is(.dw-leader-leader, .dw-leader-close)", timeout=30_000)
        page.locator("input[data-question][data-answer]").first.check()
        page.locator("details[data-key=how] > summary").click()
        page.wait_for_selector("[data-region=ranking] [data-strategy]", timeout=30_000)
        assert complaints == []
        page.close()


# Staging itself


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """As much of the repository as staging reads."""
    ensure_pyodide(ROOT)
    root = tmp_path / "project"
    shutil.copytree(ROOT / "docs", root / "docs")
    shutil.copytree(ROOT / "selector", root / "selector", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "pyproject.toml", "package.json", "package-lock.json", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, root / name)
    (ROOT / ".cache").mkdir(exist_ok=True)
    for name in ("node_modules", ".cache"):
        (root / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "tests" / "guides" / "small.yml", root / "guide.yml")
    return root


def test_only_what_changed_is_written_and_what_is_gone_is_removed(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "staged"
    first = stage(project, folder, "guide.yml", DAY)
    assert first == Staged(first.files, first.files, 0)
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("built by an engine", encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert stage(project, folder, "guide.yml", DAY) == Staged(first.files, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before

    guide = project / "guide.yml"
    text = guide.read_text(encoding="utf-8")
    guide.write_text(text.replace("{id: town,", "{id: city,"), encoding="utf-8")
    (project / "docs" / "about.md").write_text("# About\n", encoding="utf-8")
    done = stage(project, folder, "guide.yml", DAY)
    gone = {path.relative_to(folder).as_posix() for path in before if not path.exists()}
    named = {path for path in gone if NAMED_BY_CONTENT.search(path)}  # data of the wizard and its like, as they were
    assert gone - named == {"docs/examples/town.md", "docs/assets/examples/town.txt"}
    assert named
    assert (done.files, done.removed) == (first.files + 1, len(gone))
    assert (folder / "docs" / "examples" / "city.md").exists()
    assert not (folder / "docs" / "examples" / "town.md").exists()
    assert "/about.md" in read_settings(folder / "mkdocs.yml")["not_in_nav"]
    assert (folder / "site" / "index.html").exists()


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    assert main(["stage", str(tmp_path), "--guide", GUIDE]) == 1
    assert "holds files that were not staged" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_listing_cannot_reach_out_of_the_folder(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "staged"
    folder.mkdir()
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    (folder / ".staged.json").write_text('["../letter.txt", "/etc/nothing-here"]', encoding="utf-8")
    stage(project, folder, "guide.yml", DAY)
    assert (tmp_path / "letter.txt").exists()


def test_a_broken_guide_stages_nothing_and_says_why(project: Path, tmp_path: Path) -> None:
    guide = project / "guide.yml"
    guide.write_text(guide.read_text("utf-8").replace("goals: [", "goals: [nobody, "), encoding="utf-8")
    with pytest.raises(StagingError, match=r"guide\.yml:\d+:\d+: .*'nobody'"):
        stage(project, tmp_path / "staged", "guide.yml", DAY)
    assert not (tmp_path / "staged").exists()


def test_styles_inserted_by_a_theme_are_allowed_and_scripts_are_not(tmp_path: Path) -> None:
    for theme, bundle in (("plain", "let a=1"), ("inserting", 'x("style",{},y)')):
        (tmp_path / theme / "assets" / "javascripts").mkdir(parents=True)
        (tmp_path / theme / "assets" / "javascripts" / "bundle.0a1b.min.js").write_text(bundle, encoding="utf-8")
        page = tmp_path / theme / "index.html"
        page.write_text("<head><style>a{}</style></head>", encoding="utf-8")
        assert finish(tmp_path / theme) == (1, 1)
        rules = dict(rule.strip().split(" ", 1) for rule in page.read_text("utf-8").split('"')[3].split(";"))
        assert ("'unsafe-inline'" in rules["style-src"]) == (theme == "inserting")
        assert ("sha256" in rules["style-src"]) == (theme == "plain")
        assert "unsafe-inline" not in rules["script-src"]


def test_settings_are_read_with_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://guide.test/")
    monkeypatch.setenv("REPO_URL", "https://code.test/guide")
    settings = read_settings(ROOT / "mkdocs.yml")
    assert settings["site_url"] == "https://guide.test/"
    assert settings["extra"]["repo_url"] == "https://code.test/guide"
    assert "hooks" in settings


def test_nothing_to_finish_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["finish", str(tmp_path)]) == 2
    assert "holds no pages" in capsys.readouterr().err
