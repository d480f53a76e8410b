"""The command `guide check`, and how problems look in every format."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from hooks import ROOT
from hooks.checked import check_guide, read_guide
from hooks.cli.main import main
from hooks.source.alike import nearest
from hooks.source.load import SCHEMA
from hooks.source.problems import (
    Problem,
    Related,
    as_github,
    as_json,
    as_text,
    one_of,
    quote,
    summary,
)
from hooks.source.problems_html import as_html
from tests.support.broken_edits import GUIDES, broken_edits

GOOD = GUIDES / "small.yml"
SMALL = GOOD.read_text(encoding="utf-8")


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A guide with one error and one warning, in the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    path = tmp_path / "guide.yml"
    path.write_text(SMALL.replace("level: strong, text: Thick,", "level: strnog, text: Thick,"), encoding="utf-8")
    return path


REPORT = """\
guide.yml:68:25: unknown level 'strnog' for criterion 'strength'; did you mean strong?   [level]
     68 |       strength: {level: strnog, text: Thick, source: maker, verified: 2026-01-02}
        |                         ^^^^^^
    expected one of: weak, fair, strong, unknown
    in options › bow › ratings › strength › level
    see line 22: levels of 'strength' are declared there
"""


def test_check_prints_problems_and_says_so_to_the_shell(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--file", "guide.yml"]) == 1
    assert capsys.readouterr().out == f"{REPORT}\nguide.yml: 1 problem\n"


def test_a_good_guide(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken.write_text(SMALL, encoding="utf-8")
    assert main(["check", "--quick", "--file", str(broken)]) == 0
    assert capsys.readouterr().out == "guide.yml: no problems\n"


@pytest.mark.parametrize("command", [["check"], ["check", "--fix"], ["remove", "bow"], ["rename", "bow", "arc"]])
def test_lines_that_end_in_carriage_returns_only(
    command: list[str], broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = {}
    for end in ("\n", "\r"):
        broken.write_bytes(SMALL.replace("\n", end).encode())
        said[end] = main([*command, "--guide", "guide.yml"]), capsys.readouterr()
    assert said["\r"] == said["\n"]


def test_warnings_do_not_fail(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken.write_text(SMALL.replace("capacity: 12", "capacity: 5"), encoding="utf-8")
    assert main(["check", "--quick", "--file", str(broken)]) == 0
    assert capsys.readouterr().out.endswith("\nguide.yml: 1 warning\n")
    guide, problems = read_guide(broken)
    assert guide is not None
    assert [problem.severity for problem in problems] == ["warning"]


def test_a_missing_file(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--file", "none.yml"]) == 1
    assert capsys.readouterr().out == (
        "none.yml:1:1: the file cannot be read: No such file or directory   [file]\n\nnone.yml: 1 problem\n"
    )


@pytest.mark.parametrize("arguments", [[], ["chekc"], ["check", "--format", "xml"], ["check", "more"]])
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "usage: guide" in capsys.readouterr().err


def test_help_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--help"]) == 0
    assert "--format" in capsys.readouterr().out


def test_annotations_in_ci(broken: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main(["check", "--file", "guide.yml"]) == 1
    assert capsys.readouterr().out == (
        "::error file=guide.yml,line=68,col=25,endColumn=31,title=level::"
        "unknown level 'strnog' for criterion 'strength'; expected one of: weak, fair, strong, unknown; "
        "nearest: strong; in options › bow › ratings › strength › level; "
        "see line 22: levels of 'strength' are declared there\n"
    )


def test_json_for_programs(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--file", "guide.yml", "--format", "json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)
    assert problem == {
        "file": "guide.yml",
        "line": 68,
        "column": 25,
        "end": 31,
        "code": "level",
        "message": "unknown level 'strnog' for criterion 'strength'",
        "expected": "one of: weak, fair, strong, unknown",
        "nearest": "strong",
        "where": "options › bow › ratings › strength › level",
        "help": "",
        "related": [{"line": 22, "words": "levels of 'strength' are declared there"}],
        "severity": "error",
        "cause": "levels of strength/strnog",
    }


def test_only_twenty_are_shown_unless_all_are_asked_for(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    count = SMALL.count("source: maker")
    numbers = iter(range(count))
    broken.write_text(re.sub("source: maker", lambda _: f"source: makre{next(numbers)}", SMALL), encoding="utf-8")
    assert main(["check", "--file", "guide.yml"]) == 1
    out = capsys.readouterr().out
    assert out.count("[references]") == 20
    assert out.endswith(f"\n... and {count - 20} more (use --all)\n\nguide.yml: {count} problems\n")
    assert main(["check", "--file", "guide.yml", "--all"]) == 1
    assert capsys.readouterr().out.count("[references]") == count
    assert main(["check", "--file", "guide.yml", "--format", "github"]) == 1
    assert capsys.readouterr().out.endswith(f"::notice::... and {count - 20} more (use --all)\n")


def test_as_a_program_of_its_own(broken: Path) -> None:
    command = [sys.executable, "-m", "hooks.cli.main", "check", "--file", str(broken)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.endswith("guide.yml: 1 problem\n")


def test_the_real_guide_has_no_problems() -> None:
    checked = check_guide(ROOT / "data" / "guide.yml")
    assert not [problem for problem in checked.problems if problem.severity == "error"], checked.report()
    assert checked.guide is not None
    assert checked.loaded.line(("options", 0)) is not None


# Formats


def problem(**fields: object) -> Problem:
    plain = {"file": "g.yml", "line": 1, "column": 4, "end": 6, "code": "level", "message": "wrong"}
    return Problem(**{**plain, **fields})  # type: ignore[arg-type]


def test_a_problem_without_more_is_short() -> None:
    assert as_text([problem()], {"g.yml": "a: bc d"}) == (
        "g.yml:1:4: wrong   [level]\n      1 | a: bc d\n        |    ^^\n"
    )


def test_a_line_that_is_not_there_is_left_out() -> None:
    assert as_text([problem(line=9)], {"g.yml": "a: b"}) == "g.yml:9:4: wrong   [level]\n"


def test_long_lines_are_cut_around_the_caret() -> None:
    line = "x" * 500 + "HERE" + "y" * 500
    shown = as_text([problem(column=501, end=505)], {"g.yml": line}).split("\n")
    assert shown[1] == "      1 | …" + "x" * 30 + "HERE" + "y" * 76 + "…"
    assert shown[2] == "        | " + " " * 31 + "^^^^"


def test_carets_stand_below_wide_letters() -> None:
    shown = as_text([problem(column=7, end=9)], {"g.yml": "a: 昼は 光る"}).split("\n")
    assert shown[2] == "        | " + " " * 8 + "^^^^"


def test_control_characters_never_reach_a_terminal() -> None:
    nasty = "a: \x1b[31mred\x07\u202e"
    shown = as_text([problem(message=f"unknown {quote(nasty)}")], {"g.yml": nasty})
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", shown)


def test_workflow_commands_cannot_be_broken_out_of() -> None:
    shown = as_github([problem(file="a,b:c%.yml", message="x\n::error::y", code="a\rb")])
    assert shown == "::error file=a%2Cb%3Ac%25.yml,line=1,col=4,endColumn=6,title=a%0Db::x%0A::error::y\n"


def test_the_panel_escapes_everything() -> None:
    hostile = "<script>alert(1)</script>\"'&"
    one = problem(file=hostile, message=hostile, expected=hostile, nearest=hostile, where=hostile, help=hostile,
                  code=hostile, related=(Related(3, hostile),), severity="error")  # fmt: skip
    html = str(as_html([one], {hostile: f"{hostile}{hostile}"}))
    page = BeautifulSoup(html, "html.parser")
    assert not page.find("script")
    ours = {"section", "div", "h2", "button", "ol", "li", "p", "code", "span", "pre", "mark"}
    assert {tag.name for tag in page.find_all()} == ours
    assert not page.find_all(style=True)
    assert page.get_text().count("<script>alert(1)</script>") >= 9


def test_the_panel_says_what_the_terminal_says() -> None:
    html = BeautifulSoup(str(as_html([problem(expected="x", nearest="y")] * 1, {"g.yml": "a: bc"})), "html.parser")
    for button in html.find_all("button"):
        button.decompose()
    assert html.get_text(" ", strip=True) == "1 problem g.yml:1:4 wrong level 1 | a: bc expected x; nearest: y"
    assert html.section["role"] == "alert"


def test_the_panel_is_capped() -> None:
    many = [problem(line=number) for number in range(1, 31)]
    html = BeautifulSoup(str(as_html(many, {})), "html.parser")
    assert len(html.find_all("li")) == 20
    assert html.find(class_="problems-more").get_text() == "… and 10 more"


def test_errors_are_kept_when_not_all_fit() -> None:
    many = [problem(line=number, severity="warning") for number in range(1, 31)]
    shown = as_text([*many, problem(line=40)], {})
    assert "g.yml:40:4: wrong" in shown
    assert shown.count("warning: ") == 19


def test_json_keeps_every_field() -> None:
    assert json.loads(as_json([problem()]))[0].keys() == set(Problem.__slots__) - {"follows"}


def test_words() -> None:
    assert summary([]) == "0 problems"
    assert summary([problem(), problem(severity="warning"), problem(severity="warning")]) == "1 problem and 2 warnings"
    assert summary([problem(severity="notice"), problem(severity="warning")]) == "1 warning and 1 notice"
    assert one_of([]) == "no name here, as the guide declares none: delete this, or declare one first"
    assert one_of([str(number) for number in range(14)]) == "one of: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more"
    assert nearest("hihg", ["none", "low", "high"]) == "high"
    assert nearest("Bow", ["bow", "chain"]) == "bow"
    assert nearest("zebra", ["none", "low"]) == ""
    assert quote("a" * 100) == f"'{'a' * 59}…'"


# The words stand for themselves


def test_every_code_is_tested() -> None:
    """Each code that a problem can carry is in the table of broken edits, or has a separate test."""
    elsewhere = {"file", "size", "encoding", "character", "depth", "guide", "correlated"}
    sources = [*(ROOT / "hooks" / "source").glob("*.py"), ROOT / "hooks" / "checked.py"]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    codes = set(re.findall(r'problem\([^"]*?, "([a-z-]+)", ', text, re.DOTALL))
    assert codes
    assert codes <= elsewhere | {broken.code for broken in broken_edits()}


def test_the_table_has_every_kind_of_broken_edit() -> None:
    table = list(broken_edits())
    assert len(table) >= 40
    kinds = {"syntax", "tab", "duplicate-key", "type", "references", "missing-rating", "condition", "unreachable",
             "contradiction", "date", "url", "markdown", "markup"}  # fmt: skip
    assert kinds <= {broken.code for broken in table}


def test_the_schema_explains_every_field() -> None:
    """Descriptions are the help that editors and problems show."""
    raw = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for name in ("options", "criteria", "questions", "strategies"):
        assert raw["properties"][name]["description"]
        assert raw["properties"][name]["items"]["description"]
