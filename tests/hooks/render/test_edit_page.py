"""Editing from a page: every page leads to the lines that hold its data, and the steps say what works."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag

from hooks import ROOT
from hooks.checked import Checked, check_guide
from hooks.cli.main import main
from hooks.render.pages.edit import steps
from hooks.render.site import render_site

DAY = date(2026, 11, 23)
REPO = "https://code.test/guide"
FILE = "tests/guides/second.yml"
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@cache
def checked() -> Checked:
    found = check_guide(ROOT / FILE, today=DAY, name=FILE)
    assert found.guide is not None
    return found


@cache
def site() -> dict[str, str]:
    return render_site(checked().guide, checked_on=DAY, repo_url=REPO, file=FILE, lines=checked().loaded.line)


@cache
def soup(path: str) -> BeautifulSoup:
    return BeautifulSoup(site()[path], "html.parser")


def edited_lines(part: Tag) -> list[str]:
    """The lines of the guide's file to which the edit links of a page, or of a part of one, lead."""
    lines = checked().loaded.text.split("\n")
    leading = re.compile(rf"^{re.escape(REPO)}/blob/main/{FILE}#L\d+$")
    return [lines[int(tag["href"].rpartition("#L")[2]) - 1].strip() for tag in part.find_all("a", href=leading)]


def test_every_page_leads_to_the_file_and_an_entrys_page_to_the_entry() -> None:
    folders = ("options", "criteria", "strategies", "examples")
    for path in (path for path in site() if path.endswith(".md")):
        lines = edited_lines(soup(path))
        assert lines, path
        folder, _, name = path.removesuffix(".md").rpartition("/")
        if folder in folders and name != "index":
            assert f"- id: {name}" in lines, (path, lines)
        elif folder == "compare" and name != "index":
            assert lines == [f"- id: {option}" for option in name.split("-vs-")], (path, lines)


def test_questions_criteria_stages_moves_and_disagreements_have_links_of_their_own() -> None:
    data = checked().guide.data
    lines = edited_lines(soup("settings.md"))
    assert {f"- id: {entry['id']}" for entry in (*data["questions"], *data["criteria"])} <= set(lines)
    lines = edited_lines(soup("stages.md"))
    assert {f"- id: {entry['id']}" for entry in data["stages"]} <= set(lines)
    lines = edited_lines(soup("migrate.md"))
    assert sum(line.startswith("- from:") for line in lines) == len(data["moves"])
    lines = edited_lines(soup("unknowns.md"))
    assert {f"- id: {entry['id']}" for entry in data["disagreements"]} <= set(lines)
    assert edited_lines(soup("sources.md")) == ["sources:"]


def test_without_a_repository_there_are_no_edit_links() -> None:
    for path, page in render_site(checked().guide, checked_on=DAY).items():
        if path.endswith(".md"):
            assert "/blob/main/" not in page, path
            assert not BeautifulSoup(page, "html.parser").select(".edit-line a"), path


def test_the_page_says_what_stands_where() -> None:
    page = soup("edit.md")
    rows = {row.th.get_text(): row for row in page.select("table.sections tbody tr")}
    data = checked().guide.data
    assert set(data) - {"format"} <= rows.keys()
    for name in ("options", "criteria", "questions", "sources"):
        assert f"{len(data[name])} entries" in rows[name].get_text()
        assert edited_lines(rows[name]) == [f"{name}:"]
        assert len(rows[name].select("dl.fields dt")) > 4


def test_the_steps_stand_in_one_place() -> None:
    assert (
        CONTRIBUTING.split("<!-- editing -->\n")[1].split("<!-- /editing -->")[0].strip().split("\n")[0]
        in (site()["edit.md"])
    )
    assert "](data/" not in site()["edit.md"]
    assert "](" not in re.sub(r"\]\((https?:|#)", "", steps(None))
    headings = {one.lower().replace(" ", "-") for one in re.findall(r"^##+ (.+)$", steps(None), re.M)}
    assert {*re.findall(r"\]\(#([^)]+)\)", steps(None))} <= headings


def test_every_file_that_contributing_names_is_there() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", CONTRIBUTING)
    named = re.findall(r"`([\w./-]+\.(?:yml|md)|Containerfile|\.ci/run)`", CONTRIBUTING)
    assert len({*links, *named}) > 5
    missing = [
        name for name in {*links, *named} - {"own.yml"} if not (ROOT / unquote(name)).exists()
    ]  # theirs to write
    assert missing == []


def test_every_command_that_contributing_names_is_one() -> None:
    commands = set(re.findall(r"uv run guide ([a-z-]+)((?: --[a-z]+)*)", CONTRIBUTING))
    assert {name for name, _ in commands} >= {"check", "new-option", "new-criterion", "stage", "finish"}
    for name, _ in commands:
        assert main([name, "--help"]) == 0, name


def test_every_option_of_check_that_contributing_names_is_one(capsys: object) -> None:
    main(["check", "--help"])
    help_text = capsys.readouterr().out  # type: ignore[attr-defined]
    for option in set(re.findall(r"uv run guide check (--[a-z]+)", CONTRIBUTING)):
        assert option in help_text


def test_the_fields_that_contributing_names_are_in_the_schema() -> None:
    schema = (ROOT / "data" / "guide.schema.json").read_text(encoding="utf-8")
    names = [
        "source",
        "verified",
        "version",
        "inferred",
        "level",
        "stale_after_days",
        "works_with",
        "never_first",
        "weight",
        "reason",
        "effects",
        "require",
        "exclude",
        "enable",
        "have",
        "set",
        "because",
        "ask_when",
        "aliases",
        "acceptable",
    ]
    for name in names:
        assert f"`{name}`" in CONTRIBUTING or f"{name}:" in CONTRIBUTING, name
        assert f'"{name}"' in schema, name
