"""The command line as a user meets it: what it prints, where, and with which exit code."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from hooks import ROOT
from hooks.source.load import load
from selector import Guide, recommend
from selector.cli import COMMANDS, main
from selector.plan.drift import verify
from tests.support.real_guide import real_guide
from tests.support.small_guides import criterion, data_of, option, question

Data = dict[str, Any]


def data() -> Data:
    scales = [criterion("quality", levels={"bad": 0, "fair": 500, "good": 1000}), criterion("speed", weight=4)]
    options = [
        option("good", ratings={"quality": "good"}),
        option("quick", ratings={"speed": "good"}),
        option("vague", ratings={"quality": "unknown"}),
    ]
    place = question("place", {"work": [{"weight": {"quality": 5}}], "home": [{"weight": {"speed": 30}}]})
    rules = question(
        "rules", {"strict": [{"require": {"quality": "fair"}}], "fast": [{"require": {"speed": "fair"}}]}, kind="many"
    )
    size = question("size", {"small": [], "large": [{"weight": {"speed": 1}}]}, kind="number", min=1, max=50,
                    starts={"small": 1, "large": 10})  # fmt: skip
    detail = question("detail", {"yes": []}, ask_when={"question": "place", "any": ["home"]})
    return data_of(scales, options, [place, detail, rules, size])


@pytest.fixture
def guide(tmp_path: Path) -> str:
    path = tmp_path / "guide.json"
    path.write_text(json.dumps({"revision": "abc", "guide": data()}), "utf-8")
    return str(path)


def answers(folder: Path, content: object) -> str:
    path = folder / "answers.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return str(path)


Captured = pytest.CaptureFixture[str]


def test_recommend_prints_the_ranking_how_sure_why_and_what_would_change_it(
    guide: str, tmp_path: Path, capsys: Captured
) -> None:
    assert main(["recommend", "--guide", guide, "--answers", answers(tmp_path, {"place": "work"})]) == 0
    output = capsys.readouterr()
    assert output.err == ""
    assert output.out == (
        "  1. Good    78.9\n"
        "  2. Vague   39.5\n"
        "  3. Quick   21.1\n"
        "\n"
        "Open: answer more questions first: Good\n"
        "It is 39.5 points of 100 ahead. You answered 1 core question. It takes 3 before we say how firm this is.\n"
        "Your answer to “Rules?” could still change it.\n"
        "On the answers so far, it ranks first in more than 99% of 10,000 weightings, with every weight varied between half"
        " and double.\n"
        "\n"
        "Against Vague:\n"
        " * +39.5  Quality\n"
        "   * enough to decide the comparison\n"
        "\n"
        "What would change it:\n"
        "   “Quick” would rank first:\n"
        "      Place? “Home”\n"
        "      Rules? “Fast”\n"
        "   The most sensitive weight is Quality: if it fell from 15 to 4 points, Quick would tie.\n"
        "   We do not know Vague on Quality. If it is “Good”, Good and Vague would rank first.\n"
        "   Most useful next question: Rules?\n"
    )


def test_without_answers_the_strategies_stand_in_alphabetical_order_and_nothing_is_first(
    guide: str, capsys: Captured
) -> None:
    assert main(["recommend", "--guide", guide]) == 0
    assert capsys.readouterr().out == (
        "     Good\n     Quick\n     Vague\n\nNo answers given. Setups are listed alphabetically.\n"
    )


def test_when_nothing_is_left_it_says_what_to_relax_and_exits_with_one(
    guide: str, tmp_path: Path, capsys: Captured
) -> None:
    given = answers(tmp_path, {"rules": ["strict", "fast"]})
    assert main(["recommend", "--guide", guide, "--answers", given]) == 1
    assert capsys.readouterr().out == (
        "     3 ruled out\n\n"
        "Nothing meets all requirements. Relaxing these would bring something back:\n"
        "  Speed: “Fair” or better (rules.fast.speed): Good and Vague\n"
        "  Quality: “Fair” or better (rules.strict.quality): Quick\n"
    )


def test_what_is_not_verified_stands_below_and_is_marked(guide: str, tmp_path: Path, capsys: Captured) -> None:
    given = answers(tmp_path, {"rules": ["strict"]})
    assert main(["recommend", "--guide", guide, "--answers", given]) == 0
    assert capsys.readouterr().out.splitlines()[:3] == [
        "  1. Good    71.4",
        "  2. Vague   35.7  not verified: Quality: “Fair” or better",
        "     1 ruled out",
    ]


def test_recommend_gives_everything_as_json(guide: str, tmp_path: Path, capsys: Captured) -> None:
    assert main(["recommend", "--guide", guide, "--json", "--answers", answers(tmp_path, {"place": "work"})]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["format"], found["guide"], found["answers"]) == (1, "small", {"place": "work"})
    assert [place["id"] for place in found["ranking"]] == ["good", "vague", "quick"]
    assert found["leaders"] == ["good"]
    assert found["analysis"]["draws"] == 10_000
    assert found["analysis"]["complete"] is True
    assert set(found["analysis"]["shares"]) <= {"good", "vague", "quick"}
    assert sum(map(Fraction, found["analysis"]["shares"].values())) == 1


def test_a_saved_case_with_weights_and_relaxations_is_understood(guide: str, tmp_path: Path, capsys: Captured) -> None:
    case = {"answers": {"rules": ["strict"]}, "weights": {"speed": 900}, "relax": ["rules.strict.quality"]}
    assert main(["recommend", "--guide", guide, "--json", "--answers", answers(tmp_path, case)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["leaders"], found["weights"], found["relax"]) == (["quick"], case["weights"], case["relax"])


def test_answers_are_read_from_standard_input(guide: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"place": "home"}'))
    assert main(["recommend", "--guide", guide, "--answers", "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["leaders"] == ["quick"]


def test_ask_asks_what_is_in_force_in_order_and_then_ranks(
    guide: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    # RankedStrategy: work, so no question about details; rules: nonsense, then strict; size: a word, then a number.
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\n9\n1\nlarge\n12\n"))
    assert main(["ask", "--guide", guide]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "Enter a number. Separate several answers with commas. Enter ? if you're not sure, or press Enter to skip.\n"
        "\nPlace?\n  1. Work\n  2. Home\n> "
        "\nRules?\n  1. Strict\n  2. Fast\n> "
        "That is not one of the answers. Enter skips the question.\n> "
        "\nSize?\n> "
        "That is not one of the answers. Enter skips the question.\n> "
        "\n  1. Good    75.0\n"
    )


@pytest.mark.parametrize(
    ("typed", "asked", "leader"),
    [
        ("", ["Place?"], ""),
        ("\n\n\n", ["Place?", "Rules?", "Size?"], ""),
        ("2\n", ["Place?", "Detail?"], "Quick"),
        ("2\n1\n1,2\n", ["Place?", "Detail?", "Rules?", "Size?"], ""),
        ("?\n?\n?\n", ["Place?", "Rules?", "Size?"], ""),
        ("0\n-1\n1,1\n1\n", ["Place?", "Rules?"], "Good"),
    ],
)
def test_ask_takes_skips_not_sure_several_and_the_end_of_input(
    typed: str, asked: list[str], leader: str, guide: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    main(["ask", "--guide", guide])
    out = capsys.readouterr().out
    assert re.findall(r"^\w+\?$", out, re.M) == asked
    assert (re.search(r"^  1\. (\w+) +[\d.]+$", out, re.M) or ["", ""])[1] == leader


def test_adr_prints_the_record_and_nothing_else(guide: str, tmp_path: Path, capsys: Captured) -> None:
    assert main(["adr", "--guide", guide, "--answers", answers(tmp_path, {"place": "work"})]) == 0
    out = capsys.readouterr().out
    assert re.match(
        r"---\nstatus: proposed\ndate: \d{4}-\d\d-\d\d\ndeciders: .*\nreview: 2027-01-01\n---\n\n# Use Good\n", out
    )
    assert "## Decision Outcome" in out
    assert "\x1b" not in out


def test_decide_prints_a_decision_that_verify_understands(guide: str, tmp_path: Path, capsys: Captured) -> None:
    assert main(["decide", "--guide", guide, "--answers", answers(tmp_path, {"place": "work"})]) == 0
    decision = capsys.readouterr().out
    assert verify(Guide.from_data(data()), json.loads(decision)).status == "valid"
    (tmp_path / "decision.json").write_text(decision, "utf-8")
    assert main(["verify", "--guide", guide, str(tmp_path / "decision.json")]) == 0
    assert (
        capsys.readouterr().out
        == "Still valid: “Good” ranks first.\nThe guide's data is the same as when it was decided.\n"
    )


def test_compare_puts_two_side_by_side_differences_first(guide: str, tmp_path: Path, capsys: Captured) -> None:
    given = answers(tmp_path, {"place": "work"})
    assert main(["compare", "--guide", guide, "good", "quick", "--answers", given]) == 0
    assert capsys.readouterr().out == (
        "Good: 78.9 of 100, rank 1\n"
        "Quick: 21.1 of 100, rank 3\n"
        "+78.9  Quality\n"
        "       Good: Good on Quality.\n"
        "       Quick: Quick on Quality.\n"
        "-21.1  Speed\n"
        "       Good: Good on Speed.\n"
        "       Quick: Quick on Speed.\n"
    )


def test_compare_says_what_rules_one_out_and_whose_weights_they_are(
    guide: str, tmp_path: Path, capsys: Captured
) -> None:
    given = answers(tmp_path, {"rules": ["strict"]})
    assert main(["compare", "--guide", guide, "quick", "vague", "--answers", given]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "Quick: 28.6 of 100, ruled out by Quality: “Fair” or better",
        "Vague: 35.7 of 100, rank 2 if confirmed: Quality: “Fair” or better",
    ]
    assert main(["compare", "--guide", guide, "quick", "vague"]) == 0
    assert capsys.readouterr().out.endswith("No answers were given: these are the guide's own weights.\n")


def test_all_lists_what_is_ruled_out_and_by_what(guide: str, tmp_path: Path, capsys: Captured) -> None:
    given = answers(tmp_path, {"rules": ["strict"]})
    assert main(["recommend", "--guide", guide, "--answers", given, "--all"]) == 0
    assert "     Quick: ruled out by Quality: “Fair” or better\n" in capsys.readouterr().out


def test_the_real_ranking_is_short_unless_all_of_it_is_asked_for(tmp_path: Path, capsys: Captured) -> None:
    real = real_guide()
    path = tmp_path / "guide.json"
    path.write_text(json.dumps(real.data), "utf-8")
    many = (entry["answers"] for entry in real.data["examples"] if len(recommend(real, entry["answers"]).feasible) > 10)
    given = answers(tmp_path, next(many))
    outputs = []
    for more in ([], ["--all"]):
        assert main(["recommend", "--guide", str(path), "--answers", given, *more]) == 0
        outputs.append(capsys.readouterr().out)
    ranked = [re.findall(r"^ *\d+\. ", output, re.M) for output in outputs]
    assert len(ranked[0]) == 10 < len(ranked[1])
    assert f"{len(ranked[1]) - 10} more; --all lists them" in outputs[0]
    assert "What it costs: " in outputs[0]


def test_ask_keeps_the_answers_for_the_other_commands(
    guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\n1\n12\n"))
    kept = tmp_path / "kept.json"
    assert main(["ask", "--guide", guide, "--save", str(kept)]) == 0
    assert json.loads(kept.read_text("utf-8")) == {"place": "work", "rules": ["strict"], "size": 12}
    assert main(["recommend", "--guide", guide, "--answers", str(kept)]) == 0
    capsys.readouterr()
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\n1\n12\n"))
    assert main(["ask", "--guide", guide, "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["answers"] == json.loads(kept.read_text("utf-8"))
    assert "Enter a number." in printed.err
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\n"))
    assert main(["ask", "--guide", guide, "--save", str(tmp_path / "no" / "where.json")]) == 3
    assert "cannot write" in capsys.readouterr().err


def test_compare_of_something_unknown_says_so(guide: str, capsys: Captured) -> None:
    for name, said in [
        ("gone", "there is no setup 'gone'; `recommend --json` lists all"),
        ("vage", "there is no setup 'vage'; nearest: vague"),
        ("good+vage", "there is no tool 'vage'; nearest: vague"),
        ("good+quick", "'good+quick' is not a setup"),
    ]:
        assert main(["compare", "--guide", guide, "good", name]) == 2
        assert capsys.readouterr() == ("", f"selector: {said}\n")


def test_compare_of_a_tool_names_the_setups_that_contain_it(tmp_path: Path, capsys: Captured) -> None:
    real = real_guide()
    path = tmp_path / "guide.json"
    path.write_text(json.dumps(real.data), "utf-8")
    alone = {place.id for place in real.strategies}
    tool = next(one.id for one in real.options if one.id not in alone)
    assert main(["compare", "--guide", str(path), tool, "gone"]) == 2
    said = capsys.readouterr().err
    found = re.fullmatch(rf"selector: '{tool}' is a tool; name a setup: (.*?)(?: and (\d+) more)?\n", said)
    assert found is not None, said
    named = [name.strip("'") for name in found[1].split(", ")]
    assert alone >= set(named)
    assert all(tool in name.split("+") for name in named)
    assert len(named) + int(found[2] or 0) == sum(tool in one.members for one in real.strategies)
    given = answers(tmp_path, real.data["examples"][0]["answers"])
    assert main(["compare", "--guide", str(path), "--answers", given, tool, "gone"]) == 2
    best = [place.strategy.id for place in recommend(real, real.data["examples"][0]["answers"]).places]
    assert f"name a setup: '{next(name for name in best if tool in name.split('+'))}'" in capsys.readouterr().err


MISTAKES = [
    ('{"place": "moon"}', "question 'place' has no answer 'moon'; expected one of: work, home"),
    ('{"place": "wrok"}', "question 'place' has no answer 'wrok'; nearest: work"),
    ('{"place": "WORK"}', "question 'place' has no answer 'WORK'; nearest: work"),
    ('{"place": "unsrue"}', "question 'place' has no answer 'unsrue'; nearest: unsure"),
    ('{"plaec": "work"}', "there is no question 'plaec'; nearest: place"),
    ('{"place": ["work", "home"]}', "question 'place' takes one answer, not a list"),
    ('{"rules": ["stritc"]}', "question 'rules' has no answer 'stritc'; nearest: strict"),
    ('{"answers": {}, "weights": {"sped": 1}}', "there is no criterion 'sped'; nearest: speed"),
    ('{"place": "\\u001b[31m"}', "question 'place' has no answer '\\x1b[31m'; expected one of: work, home"),
    ('{"nowhere": "x"}', "there is no question 'nowhere'"),
    ('{"size": NaN}', "question 'size' takes a whole number from 1 to 50"),
    ('{"size": 1e400}', "question 'size' takes a whole number from 1 to 50"),
    ('{"answers": {}, "weights": [1]}', "weights must map ids to values, not '[1]'"),
    ('{"answers": {}, "weights": {"speed": -1}}', "points for 'speed' must be a whole number from 0 to 1000"),
    ('{"answers": {}, "relax": 5}', "relax must be a list of ids, not '5'"),
]


@pytest.mark.parametrize(("content", "said"), MISTAKES)
def test_a_bad_answer_is_named_on_standard_error_and_exits_with_two(
    content: str, said: str, guide: str, tmp_path: Path, capsys: Captured
) -> None:
    assert main(["recommend", "--guide", guide, "--answers", answers(tmp_path, content)]) == 2
    assert capsys.readouterr() == ("", f"selector: {said}\n")


@pytest.mark.parametrize("content", ["{", "[1]", '"text"', "\x00", "1" * 5000, "[" * 100_000])
def test_answers_that_cannot_be_read_exit_with_two(content: str, guide: str, tmp_path: Path, capsys: Captured) -> None:
    assert main(["recommend", "--guide", guide, "--answers", answers(tmp_path, content)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("selector: ")
    assert "answers.json" in err
    assert "Traceback" not in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[" * 100_000, "it is nested too deeply"),
        ('{"place":' * 100_000, "it is nested too deeply"),
        ('{"size": ' + "1" * 5000 + "}", "a number in it has 5,000 digits"),
        ('{"place": "work", "place": "home"}', "'place' is in it twice"),
        ('{"answers": {"a": 1, "a": 1}}', "'a' is in it twice"),
    ],
    ids=lambda one: one[:20],
)
def test_why_answers_cannot_be_read_is_said_in_words(
    content: str, said: str, guide: str, tmp_path: Path, capsys: Captured
) -> None:
    path = answers(tmp_path, content)
    assert main(["recommend", "--guide", guide, "--answers", path]) == 2
    assert capsys.readouterr() == ("", f"selector: cannot read {path}: {said}\n")


@pytest.mark.parametrize("depth", [500, 900, 990, 1500, 5000])
def test_answers_nested_to_any_depth_are_refused_in_one_line(
    depth: int, guide: str, tmp_path: Path, capsys: Captured
) -> None:
    given = answers(tmp_path, '{"place": ' + "[" * depth + "]" * depth + "}")
    assert main(["recommend", "--guide", guide, "--answers", given]) == 2
    assert re.fullmatch(r"selector: .*\n", capsys.readouterr().err)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot read"),
        ("{}", "the guide is not complete: it has no 'criteria'\n"),
        ('{"revision": "a", "guide": 5}', "the guide is not complete: a part of it has another form\n"),
        ('{"criteria": [{"aggregate": {"rule": "units"}, "levels": [{"units": "x"}]}], "options": []}',
         "the guide is not complete"),
    ],
)  # fmt: skip
def test_a_guide_that_cannot_be_read_exits_with_two(
    content: str | None, said: str, tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / "guide.json"
    if content is not None:
        path.write_text(content, "utf-8")
    assert main(["recommend", "--guide", str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("selector: ")
    assert said in err


@pytest.mark.parametrize("arguments", [[], ["dance"], ["recommend"], ["compare", "--guide", "x", "only-one"]])
def test_wrong_usage_exits_with_two_and_shows_the_usage(arguments: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert capsys.readouterr().err.startswith("usage: selector")


def test_help_lists_every_command_with_a_word_on_each(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    out = " ".join(capsys.readouterr().out.split())
    for name, (_, text, _) in COMMANDS.items():
        assert f"{name} {text}" in out


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_each_command_explains_all_its_arguments(name: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    out = capsys.readouterr().out
    listed = re.findall(r"^  (?:-\w, )?(--?\w[\w-]*|\w+)(?: [A-Z]+)?(.*(?:\n {6,}.*)*)", out, re.M)
    assert {"--help", "--guide"} <= {argument for argument, _ in listed}
    assert all(text.strip() for _, text in listed)


def in_terminal(*arguments: str) -> str:
    """What the command writes when its standard output is a terminal."""
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "selector.cli", *arguments]
    with subprocess.Popen(command, stdout=slave, stdin=subprocess.DEVNULL) as process:
        os.close(slave)
        found = b""
        while True:
            try:
                part = os.read(master, 4096)
            except OSError:
                break
            if not part:
                break
            found += part
        assert process.wait() == 0
    os.close(master)
    return found.decode()


def piped(*arguments: str) -> str:
    """What the command writes into a pipe."""
    command = [sys.executable, "-m", "selector.cli", *arguments]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def test_colour_only_on_a_terminal_unless_asked_for(guide: str, tmp_path: Path) -> None:
    rest = ("recommend", "--guide", guide, "--answers", answers(tmp_path, {"place": "work"}))
    assert "\x1b[1m" in in_terminal(*rest)
    assert "\x1b" not in in_terminal("--color", "never", *rest)
    assert "\x1b" not in piped(*rest)
    assert "\x1b[1m" in piped("--color", "always", *rest)


WRITING = {
    "a lot": ["recommend", "--json"],
    "a little": ["recommend"],
    "a record": ["adr"],
    "help": ["recommend", "--help"],
    "questions": ["ask"],
}


def in_shell(arguments: list[str], guide: str, ending: str) -> tuple[int, str]:
    """Exit code and standard error of the command with a redirection or a pipe behind it."""
    line = " ".join([sys.executable, "-m", "selector.cli", arguments[0], "--guide", guide, *arguments[1:], ending])
    done = subprocess.run(
        ["bash", "-c", f"{line}\nexit ${{PIPESTATUS[0]}}"], input=b"1\n", capture_output=True, check=False
    )
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize("what", WRITING)
def test_a_reader_that_has_seen_enough_causes_no_complaint_and_one_exit_code(guide: str, what: str) -> None:
    assert in_shell(WRITING[what], guide, "| (exec <&-; sleep 3)") == (3, "")


@pytest.mark.parametrize("what", WRITING)
def test_a_full_disk_is_said_in_one_line(guide: str, what: str) -> None:
    said = "selector: cannot write the output: No space left on device\n"
    assert in_shell(WRITING[what], guide, "> /dev/full") == (3, said)


@pytest.mark.parametrize("what", [name for name in WRITING if name != "help"])
def test_a_closed_output_is_said_in_one_line(guide: str, what: str) -> None:
    assert in_shell(WRITING[what], guide, ">&-") == (
        3,
        "selector: cannot write the output: standard output is closed\n",
    )


@pytest.mark.parametrize(
    ("arguments", "ending", "said"),
    [
        (["ask"], "< /dev/null", "the input ended before anything was answered"),
        (["ask"], "<&-", "standard input is closed, so nothing can be asked"),
        (["recommend", "--answers", "-"], "<&-", "cannot read -: standard input is closed"),
        (["ask"], "< <(printf '\\n\\xff\\n')", "the input ended before anything was answered"),
    ],
)
def test_input_that_is_not_there_is_said_in_one_line(guide: str, arguments: list[str], ending: str, said: str) -> None:
    assert in_shell(arguments, guide, ending) == (2, f"selector: {said}\n")


def test_no_word_of_a_complaint_needs_a_reader(guide: str) -> None:
    assert in_shell(["compare", "a", "b"], guide, "2>&-") == (2, "")
    assert in_shell(["compare", "a", "b"], guide, "2> /dev/full") == (2, "")


def test_the_real_guide_works_on_the_command_line(tmp_path: Path, capsys: Captured) -> None:
    real = real_guide()
    path = tmp_path / "guide.json"
    path.write_text(json.dumps({"revision": real.revision, "guide": real.data}), "utf-8")
    example = real.data["examples"][0]
    given = answers(tmp_path, example["answers"])
    assert main(["recommend", "--guide", str(path), "--answers", given, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["revision"] == real.revision
    accepted = {real.strategy(name).id for name in example["acceptable"]}
    assert found["leaders"][0] in accepted


LOCKS = Path(__file__).parent.parent / "guides" / "second.yml"


@pytest.fixture(scope="session")
def licences(tmp_path_factory: pytest.TempPathFactory) -> str:
    loaded = load(LOCKS).data
    path = tmp_path_factory.mktemp("guide") / "guide.json"
    path.write_text(json.dumps(loaded), "utf-8")
    return str(path)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "package.json").write_text('{\n "name": "x",\n "main": "x.js",\n "license": "MIT"\n}\n')
    (folder / "other").mkdir()
    (folder / "other" / "package.json").write_text('{"name": "y", "license": "MIT", "private": true}')
    return folder


def test_detect_says_what_is_in_use_and_what_it_answers(licences: str, repository: Path, capsys: Captured) -> None:
    assert main(["detect", "--guide", licences, str(repository)]) == 0
    assert (
        capsys.readouterr().out
        == """\
You run: MIT License in a library, for 2 of 2 packages.
2 files read.
  MIT License: 2 package manifests that name the MIT License; in 2 of 2 packages.

Answers read from the files (not said by you)
  What do you publish? A library that others build in
    1 package that others can install, package.json:2 [likely]
  What do you have today? An MIT licence
    2 package manifests that name the MIT License, first in other/package.json:1 [sure]
"""
    )


@pytest.mark.parametrize(
    ("arguments", "form"),
    [
        (["detect", "--json", "{repository}"], "detected"),
        (["recommend", "--json", "--from", "{repository}"], "recommendation"),
        (["decide", "--from", "{repository}"], "decision"),
        (["decide", "--json", "--from", "{repository}"], "decision"),
        (["adr", "--json", "--from", "{repository}"], "record"),
        (["compare", "--json", "mit", "apache", "--from", "{repository}"], "comparison"),
        (["verify", "--json", "--from", "{repository}", "{decision}"], "verified"),
        (["verify", "--json", "{decision}"], "verified"),
    ],
    ids=lambda one: "" if isinstance(one, list) else one,
)
def test_json_has_the_published_form(
    licences: str, repository: Path, capsys: Captured, arguments: list[str], form: str
) -> None:
    places = {"repository": str(repository), "decision": made(licences, repository, capsys)}
    main([arguments[0], "--guide", licences, *(one.format_map(places) for one in arguments[1:])])
    printed = json.loads(capsys.readouterr().out)
    errors = [error.message for error in api_validator(form).iter_errors(printed)]
    assert errors == []


def api_validator(form: str) -> Any:
    forms = json.loads((ROOT / "hooks" / "render" / "exports" / "api.schema.json").read_text("utf-8"))
    return Draft202012Validator({"$defs": forms["$defs"], "$ref": f"#/$defs/{form}"})


def made(licences: str, repository: Path, capsys: Captured) -> str:
    said = answers(
        repository.parent, {"thing": "library", "changes": "no", "companies": "people", "newcomers": 1, "today": "mit"}
    )
    assert main(["decide", "--guide", licences, "--from", str(repository), "--answers", said]) == 0
    path = repository.parent / "decision.json"
    path.write_text(capsys.readouterr().out, "utf-8")
    return str(path)


def test_what_is_said_counts_before_what_is_read(licences: str, repository: Path, capsys: Captured) -> None:
    said = answers(repository.parent, {"thing": "program"})
    main(["recommend", "--json", "--guide", licences, "--from", str(repository), "--answers", said])
    assert json.loads(capsys.readouterr().out)["answers"] == {"thing": "program", "today": "mit"}


def test_verify_says_whether_the_repository_follows(licences: str, repository: Path, capsys: Captured) -> None:
    decision = made(licences, repository, capsys)
    leaders = json.loads(Path(decision).read_text("utf-8"))["leaders"]
    assert leaders == ["mit"]
    verify_ = ["verify", "--guide", licences, "--from", str(repository), decision]
    assert main(verify_) == 0
    assert "The repository follows the decision: MIT License is in use." in capsys.readouterr().out
    for path in repository.rglob("package.json"):
        path.write_text(path.read_text().replace("MIT", "Apache-2.0"))
    assert main(verify_) == 1
    out = capsys.readouterr().out
    assert "The repository does not follow the decision: MIT License is not found, but Apache License 2.0." in out
    assert main(verify_[:3] + verify_[5:]) == 0, "without a folder only the guide is asked"


def test_an_urgent_warning_is_recorded_shown_and_told_from_a_new_one(
    licences: str, repository: Path, capsys: Captured
) -> None:
    """Printed with the recommendation and in the record; verify fails on what the decision did not know."""
    (repository / "old").mkdir()
    (repository / "old" / "package.json").write_text('{"name": "z"}')
    decision = made(licences, repository, capsys)
    assert json.loads(Path(decision).read_text("utf-8"))["repository"] == {
        "uses": ["mit"],
        "warnings": {"no-licence": 1},
    }
    given = ["--guide", licences, "--from", str(repository)]
    main(["recommend", *given])
    out = capsys.readouterr().out
    assert "What the repository shows today:\n   You run: MIT License" in out
    assert "   Urgent: 1 package manifest without a licence. Code without a licence may not be used." in out
    main(["recommend", "--json", *given])
    shown = json.loads(capsys.readouterr().out)["repository"]
    assert [(one["id"], one["severity"]) for one in shown["warnings"]] == [("no-licence", "high")]
    main(["adr", *given])
    record = capsys.readouterr().out
    assert "## What the Repository Shows Today\n\n- You run: MIT License" in record
    assert "- **Urgent:** 1 package manifest without a licence: `old/package.json:1`." in record
    assert main(["verify", *given, decision]) == 0
    assert (
        "Known since the decision and still to mend: 1 package manifest without a licence." in capsys.readouterr().out
    )
    (repository / "new").mkdir()
    (repository / "new" / "package.json").write_text('{"name": "w"}')
    assert main(["verify", *given, decision]) == 1
    assert "1 more than when decided: 2 package manifests without a licence" in capsys.readouterr().out
    assert main(["verify", "--json", *given, decision]) == 1
    assert json.loads(capsys.readouterr().out)["repository"]["warnings"][0]["new"] == 1


def test_a_decision_that_is_not_carried_out_yet_is_no_deviation(
    licences: str, repository: Path, tmp_path: Path, capsys: Captured
) -> None:
    for path in repository.rglob("package.json"):
        path.write_text('{"name": "x", "private": true, "license": "UNLICENSED"}')
    said = {"thing": "library", "changes": "no", "companies": "people", "newcomers": 1, "today": "mit"}
    assert main(["decide", "--guide", licences, "--from", str(repository), "--answers", answers(tmp_path, said)]) == 0
    path = tmp_path / "decision.json"
    path.write_text(capsys.readouterr().out, "utf-8")
    verify_ = ["verify", "--guide", licences, "--from", str(repository), str(path)]
    assert main(verify_) == 0
    assert (
        "no further from the decision than when it was made: MIT License is not found yet." in capsys.readouterr().out
    )
    (repository / "package.json").write_text('{"name": "x", "private": true, "license": "Apache-2.0"}')
    assert main(verify_) == 1
    out = capsys.readouterr().out
    assert "The repository does not follow the decision: MIT License is not found, but Apache License 2.0." in out


def test_nothing_is_decided_where_nothing_leads(guide: str, tmp_path: Path, capsys: Captured) -> None:
    assert main(["decide", "--guide", guide, "--answers", answers(tmp_path, {})]) == 1
    assert capsys.readouterr() == ("", "selector: nothing is decided: no question is answered\n")


def test_a_folder_that_is_not_there_is_wrong_usage(licences: str, capsys: Captured) -> None:
    assert main(["detect", "--guide", licences, "/nowhere"]) == 2
    assert capsys.readouterr().err == "selector: /nowhere is not a folder\n"


EVIL = "\x1b[2J\u202e\x07\x9b\n\u2066x"
SHOWN = r"\x1b[2J\u202e\x07\x9b\x0a\u2066x"


@pytest.mark.parametrize("arguments", [[], ["--json"], ["--all"]])
def test_names_of_files_cannot_steer_a_terminal(
    licences: str, repository: Path, capsys: Captured, arguments: list[str]
) -> None:
    (repository / EVIL).mkdir()
    (repository / EVIL / "package.json").write_text('{"name": "z", "license": "MIT"}')
    (repository / os.fsdecode(b"\xff")).mkdir()
    (repository / os.fsdecode(b"\xff") / "package.json").write_text('{"name": "z", "license": "MIT"}')
    assert main(["--color", "always", "detect", "--guide", licences, *arguments, str(repository)]) == 0
    out = capsys.readouterr().out
    assert (json.dumps(SHOWN)[1:-1] if "--json" in arguments else SHOWN) + "/package.json" in out
    assert "--json" not in arguments or json.dumps(r"\xff/package.json")[1:-1] in out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", re.sub("\x1b\\[[012]m", "", out))


def test_what_a_decision_quotes_cannot_steer_a_terminal(guide: str, tmp_path: Path, capsys: Captured) -> None:
    assert main(["decide", "--guide", guide, "--answers", answers(tmp_path, {"place": "work"})]) == 0
    decision = json.loads(capsys.readouterr().out)
    decision |= {"leaders": [EVIL], "answers": {EVIL: EVIL}, "values": {EVIL: {EVIL: [1, 2]}}, "points": {EVIL: "1"}}
    path = answers(tmp_path, decision)
    for more in ([], ["--json"]):
        assert main(["verify", "--guide", guide, path, *more]) == 1
        out = capsys.readouterr().out
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out)
        assert not more or json.loads(out)["leaders_before"] == [EVIL]
    decision["guide"] = EVIL
    assert main(["verify", "--guide", guide, answers(tmp_path, decision)]) == 2
    assert re.fullmatch(r"selector: [^\x00-\x1f\x7f-\x9f\u202e]+\n", capsys.readouterr().err)
