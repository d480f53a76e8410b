"""Which file is the guide: one flag and one variable for every command, and no path of the machine on the site."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from hooks import ROOT
from hooks.checked import check_guide
from hooks.cli.main import main
from hooks.engines.stage import stage
from hooks.render.site import render_site
from hooks.source.locate import guide_file, path_in_repository, public_name
from tests.support.broken_edits import GUIDES

SMALL = GUIDES / "small.yml"
COMMANDS = {
    "check": [],
    "agree": ["--quick"],
    "new-option": ["A lock"],
    "new-criterion": ["A criterion"],
    "rename": ["town", "city"],
    "remove": ["town"],
    "links": ["--cache", "links.json"],
    "stale": [],
    "stage": ["staged"],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a guide in which the name of each command's file shows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    text = SMALL.read_text("utf-8").replace("level: strong, text: Thick,", "level: strnog, text: Thick,")
    (tmp_path / "named.yml").write_text(text + "oops: 1\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("way", ["flag", "former flag", "variable"])
def test_every_command_takes_the_file_in_the_same_ways(
    command: str, way: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    flag = {"flag": ["--guide", "named.yml"], "former flag": ["--file", "named.yml"], "variable": []}[way]
    monkeypatch.setenv("GUIDE", "named.yml" if way == "variable" else "another.yml")
    assert main([command, *COMMANDS[command], *flag]) == 1
    said = capsys.readouterr()
    assert re.search(r"named\.yml:\d+:1: unknown field 'oops'", said.out + said.err)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_so(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "--guide FILE the guide's file (default: what the variable GUIDE names, else data/guide.yml)" in said
    assert "--file" not in said


def test_without_a_name_it_is_the_guide_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GUIDE", raising=False)
    monkeypatch.chdir(tmp_path)
    assert guide_file() == ROOT / "data" / "guide.yml"
    monkeypatch.setenv("GUIDE", "")
    assert guide_file("") == ROOT / "data" / "guide.yml"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "guide.yml").touch()
    assert guide_file().resolve() == tmp_path / "data" / "guide.yml"


def test_mkdocs_reads_the_same_file_and_names_it_the_same(folder: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", str(ROOT / "mkdocs.yml")]
    environment = {**os.environ, "GUIDE": "named.yml", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [*command, "-d", str(folder / "site")], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "named.yml has 2 problems, and nothing was built" in done.stderr
    assert not (folder / "site").exists()


def test_a_file_of_another_repository_is_named_from_its_top(tmp_path: Path) -> None:
    place = tmp_path / "theirs" / "deep"
    place.mkdir(parents=True)
    assert path_in_repository(place / "guide.yml") is None
    assert public_name(place / "guide.yml") == "guide.yml"
    (tmp_path / "theirs" / ".git").mkdir()
    assert public_name(place / "guide.yml") == "deep/guide.yml"
    assert public_name(ROOT / "data" / "guide.yml") == "data/guide.yml"


def test_a_guide_outside_every_repository_leaves_no_path_on_the_site(tmp_path: Path) -> None:
    outside = tmp_path / "guide.yml"
    shutil.copy(SMALL, outside)
    folder = tmp_path / "staged"
    stage(ROOT, folder, outside, date(2026, 11, 27))
    pages = [path for path in folder.rglob("*") if path.suffix in {".md", ".json", ".txt", ".yml", ".csv", ".xml"}]
    texts = [path.read_text("utf-8") for path in pages]
    assert len(texts) > 50
    assert not [path for path, text in zip(pages, texts, strict=True) if str(tmp_path) in text]


def test_without_a_repository_pages_have_reports_and_no_links_to_edit() -> None:
    guide = check_guide(SMALL).guide
    assert guide is not None
    address, day = "https://code.test/guide", date(2026, 11, 27)
    inside = render_site(guide, checked_on=day, repo_url=address, file="guide.yml")
    outside = render_site(guide, checked_on=day, repo_url=address, file="guide.yml", editable=False)
    assert f"{address}/blob/main/guide.yml" in str(inside["options/bow.md"])
    assert not [path for path, text in outside.items() if f"{address}/blob/main/guide.yml" in str(text)]
    assert f"{address}/issues/new?" in str(outside["options/bow.md"])
