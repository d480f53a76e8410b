"""`guide new SUBJECT`: what it writes is checked, built, and never overwrites anything."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from hooks import ROOT
from hooks.checked import check_guide
from hooks.cli import starter
from hooks.cli.main import main
from hooks.render.site import render_site
from hooks.source.edits import Edit, applied, spans
from hooks.source.load import SCHEMA, Loaded, load, load_bytes
from hooks.source.problems import Problem
from hooks.source.rewrite import rewritten
from tests.support.schema_guides import DAY
from tests.support.sites import build_site

HOSTILE = [
    "Where to have lunch",
    "a: b # c",
    "'quoted' \"twice\" \\n `x`",
    "{{ 7 * 7 }} {% raw %} &amp; 3 < 4",
    "*bold* _x_ [a](https://example.org/) # | & -",
    "- true",
    "null",
    "2026-11-27",
    "昼食をどこで食べるか",
    "היכן לאכול צהריים",
    "🗝️ ß İ",
    "two\nlines\tand\x1b[31m a \u202e turn",
    "x" * 120,
    "$(rm -rf .) `ls` ; --help",
]


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


@pytest.mark.parametrize(
    ("subject", "file"),
    [
        ("Wo übernachten?", "wo-ubernachten.yml"),
        ("Où dîner à Łódź", "ou-diner-a-lodz.yml"),
        ("Große Öfen", "grosse-ofen.yml"),
        ("昼食", "guide.yml"),
    ],
)
def test_letters_of_a_name_stay_without_their_accents(subject: str, file: str) -> None:
    assert main(["new", subject]) == 0
    assert Path(file).exists()
    assert main(["new-option", "Hôtel Élysée", "--guide", file]) == 0
    assert "\n  - id: hotel-elysee\n" in Path(file).read_text(encoding="utf-8")


@pytest.mark.parametrize("subject", HOSTILE)
def test_any_subject_gives_a_guide_that_passes_and_renders(subject: str) -> None:
    assert main(["new", "--to", "new.yml", "--", subject]) == 0
    checked = check_guide(Path("new.yml"))
    assert checked.guide is not None and not checked.problems, checked.report()
    title = checked.guide.data["guide"]["title"]
    assert title == " ".join("".join(one if one.isprintable() else " " for one in subject).split())
    assert render_site(checked.guide, checked_on=DAY)["index.md"]


def test_the_check_has_nothing_to_say_about_it_and_the_answer_says_how_to_go_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["new", "Where to have lunch"]) == 0
    said = capsys.readouterr().out
    assert "uv run guide check --guide where-to-have-lunch.yml" in said
    assert "GUIDE=where-to-have-lunch.yml uv run mkdocs serve" in said
    assert main(["check", "--guide", "where-to-have-lunch.yml"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("where-to-have-lunch.yml: no problems\n")
    assert re.findall(r"\[([a-z-]+)\]$", out, re.MULTILINE) == ["starter"]
    assert "warning" not in out


def test_what_is_still_the_starters_is_named_until_it_is_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    """All of it at first, in one line; what is left section by section, with the lines; nothing in the end."""
    assert main(["new", "Lunch"]) == 0
    file = Path("lunch.yml")
    capsys.readouterr()
    assert main(["check", "--guide", "lunch.yml"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"notice: \d+ texts in \d+ sections are still those .*: guide \(4\), .*, sources \(\d+\)", out)

    loaded = load(file)
    sections = dict.fromkeys(str(path[0]) for path in loaded.texts)
    named = {section(one) for one in starter.findings(loaded, everything=True)}
    assert {*sections} - named == {"terms", "synonyms", "decision_kinds"}, "these have single words only"
    for left in (["roles", "sources"], []):
        text = applied(loaded.text, list(own_words(loaded, [name for name in sections if name not in left])))
        found = list(starter.findings(load_bytes(text.encode())))
        assert [section(one) for one in found] == left
        for one in found:
            assert f"lines {one.line}, " in one.expected


def section(notice: Problem) -> str:
    return notice.where


def own_words(loaded: Loaded, sections: Sequence[str]) -> Iterator[Edit]:
    """Edits that write something else over every text and address of some sections."""
    found = spans(loaded.text)
    addresses = [path for path in loaded.marks if path and path[-1] in starter.ADDRESSES]
    for number, path in enumerate(path for path in (*loaded.texts, *addresses) if path[0] in sections):
        yield rewritten(found, path, f"https://example.com/{number}" if path in addresses else f"Words {number}")


@pytest.mark.parametrize("name", ["data/guide.yml", "tests/guides/second.yml", "tests/guides/lunch.yml"])
def test_no_other_guide_has_texts_of_the_starter(name: str) -> None:
    assert list(starter.findings(load(ROOT / name))) == []


def test_every_section_of_the_schema_is_in_it_or_shown_in_a_comment() -> None:
    assert main(["new", "Lunch"]) == 0
    lines = Path("lunch.yml").read_text(encoding="utf-8").split("\n")
    sections = json.loads(SCHEMA.read_text(encoding="utf-8"))["properties"]
    assert not [name for name in sections if not any(line.startswith((f"{name}:", f"# {name}:")) for line in lines)]


def test_its_site_is_built_strictly(tmp_path: Path) -> None:
    assert main(["new", "Where to have lunch"]) == 0
    site = build_site(tmp_path / "site", GUIDE=str(tmp_path / "where-to-have-lunch.yml"))
    assert "Where to have lunch" in (site / "index.html").read_text(encoding="utf-8")
    assert str(tmp_path) not in (site / "index.html").read_text(encoding="utf-8")


def test_nothing_is_overwritten(capsys: pytest.CaptureFixture[str]) -> None:
    Path("lunch.yml").write_text("mine", encoding="utf-8")
    assert main(["new", "Lunch"]) == 2
    assert (
        capsys.readouterr().err
        == "guide: lunch.yml is there already and was not changed; name another file with --to\n"
    )
    assert Path("lunch.yml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", ""], "guide: the subject is empty; give the title of the guide"),
        (["new", "\u202e \n"], "guide: the subject is empty; give the title of the guide"),
        (["new", "<script>x</script>"], "guide: the subject cannot be a title: HTML in a text: '<script>'"),
        (["new", "x" * 121], "guide: the subject has 121 characters; the title of a guide has at most 120"),
        (["new", "Lunch", "--to", "a\nb.yml"], "guide: the name of the file has characters that cannot be seen"),
        (["new", "Lunch", "--to", "no/such/folder.yml"], "guide: no/such/folder.yml cannot be written: No such file or directory"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_is_said(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err == f"{said}\n"
    assert not list(Path().iterdir())
