"""Cases side by side: what differs, what it does, and that the table says what recommending each case alone says."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selector import Guide, recommend
from selector.analysis.sensitivity import leaders_of
from selector.case.answers import check_case
from selector.case.own import with_facts
from selector.cli import main
from selector.group.persons import GroupError, Person
from selector.group.what_if import WhatIf, what_if
from selector.report.what_if_data import what_if_csv, what_if_data, what_if_markdown
from tests.selector.test_cli import api_validator
from tests.support.random_guides import make_guide, random_answers
from tests.support.small_guides import criterion, data_of, option, question

DATA = data_of(
    [criterion("quality", weight=4), criterion("speed", weight=1)],
    [
        option("quick", ratings={"speed": "good"}),
        option("solid", ratings={"quality": "good"}),
        option("middle", ratings={"quality": "fair", "speed": "fair"}),
    ],
    [
        question("want", {"quality": [], "speed": [{"weight": {"speed": 9}}]}),
        question("rules", {"none": [], "strict": [{"require": {"quality": "fair"}}]}),
        question("colour", {"red": [], "blue": []}),
    ],
)
GUIDE = Guide.from_data(DATA)
TODAY = {"want": "quality", "rules": "none", "colour": "red"}


def found(*several: dict[str, object], **more: object) -> WhatIf:
    names = ("Today", "After the audit", "In two years")
    cases = [Person(name, check_case(GUIDE, said)) for name, said in zip(names, several, strict=False)]
    return what_if(GUIDE, cases)


def test_each_difference_is_tried_alone_and_left_out_alone() -> None:
    later = {"want": "speed", "rules": "strict", "colour": "blue"}
    step = found(TODAY, later).steps[0]
    assert (step.leaders_before, step.leaders_after) == ({"solid"}, {"middle"})
    by_name = {change.subject.id: change for change in step.changes}
    assert by_name["want"].alone == {"quick"} and by_name["rules"].alone == {"solid"}
    assert [step.needed(by_name[name]) for name in ("want", "rules", "colour")] == [True, True, False]
    assert not any(map(step.enough, step.changes)) and step.out == ("quick",) and not step.back
    back = found(later, TODAY).steps[0]
    assert back.back == ("quick",) and not back.out


def test_the_sentences_name_what_decides_and_what_rules_out() -> None:
    data = what_if_data(found(TODAY, {**TODAY, "want": "speed"}, {**TODAY, "want": "speed", "rules": "strict"}))
    assert list(api_validator("what-if").iter_errors(data)) == []
    first, second = data["steps"]
    assert first["text"] == "First place goes from “Solid” to “Quick”."
    assert [change["effect"] for change in first["changes"]] == ["This alone is enough for that."]
    assert second["text"] == "First place goes from “Quick” to “Middle”."
    assert second["ruled_out"] == ["Newly ruled out: “Quick”, by Quality: “Fair” or better."]
    assert [row["text"] for row in data["differences"]] == ["Want?", "Rules?"]
    assert [cell["status"] for cell in next(row for row in data["strategies"] if row["id"] == "quick")["by"]] == [
        "feasible", "feasible", "excluded"
    ]  # fmt: skip


def test_weights_relaxed_requirements_and_trade_offs_differ_as_answers_do() -> None:
    strict = {**TODAY, "rules": "strict"}
    one = Person("One", check_case(GUIDE, strict))
    two = Person("Two", check_case(GUIDE, {**strict, "trade.quality.speed": "speed"}, None, ["rules.strict.quality"]))
    three = Person("Three", check_case(GUIDE, strict, {"speed": 90}))
    result = what_if(GUIDE, [one, two, three])
    assert [(subject.kind, said) for subject, said in result.differing] == [
        ("weight", (None, None, 90)),
        ("relaxed", (None, True, None)),
        ("trade-off", (None, two.case.trades[0], None)),
    ]
    assert result.steps[0].back == ("quick",) and result.steps[1].out == ("quick",)
    weight = next(change for change in result.steps[1].changes if change.subject.kind == "weight")
    assert weight.alone == {"quick"} and weight.without == {"solid"}
    assert "Which would you rather have?" in what_if_markdown(result)


def test_own_facts_differ_as_answers_do_and_count_in_each_step() -> None:
    facts = {"quick.quality": "good", "value.quality.fair": 900}
    one, two, three = (
        Person("One", check_case(GUIDE, TODAY)),
        Person("Two", with_facts(GUIDE, check_case(GUIDE, TODAY), {**facts, "solid.quality": "bad"})),
        Person("Three", with_facts(GUIDE, check_case(GUIDE, TODAY), {"solid.quality": "bad"})),
    )
    result = what_if(GUIDE, [one, two, three])
    assert {subject.id for subject, _ in result.differing} == {*facts, "solid.quality"}
    step = result.steps[0]
    assert (step.leaders_before, step.leaders_after) == ({"solid"}, {"quick"})
    by_name = {change.subject.id: change for change in step.changes}
    assert step.needed(by_name["quick.quality"]) or step.enough(by_name["quick.quality"])
    back = what_if(GUIDE, [two, one]).steps[0]
    assert {change.alone for change in back.changes} == {change.without for change in step.changes}
    data = what_if_data(result)
    assert list(api_validator("what-if").iter_errors(data)) == []
    row = next(row for row in data["differences"] if row["id"] == "quick.quality")
    assert row["kind"] == "own fact" and row["text"] == "Own fact: Quick, Quality"
    assert [cell["text"] for cell in row["by"]] == ["as in the guide: Bad", "Good", "as in the guide: Bad"]
    assert "Own fact: Quick, Quality" in what_if_markdown(result) and "Own fact: Quick, Quality" in what_if_csv(result)


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_the_table_is_what_each_case_alone_gives_and_all_changes_together_make_the_next_case(seed: int) -> None:
    data = make_guide(seed, options=5, criteria=5, questions=5)
    guide, random = Guide.from_data(data), Random(seed)
    cases = [Person(name, check_case(guide, random_answers(random, data, 0.7))) for name in "abc"]
    result = what_if(guide, cases)
    for number, case in enumerate(cases):
        alone = recommend(guide, case.case.answers)
        assert {name: alone.place(name).rank for name in result.strategies} == {
            name: result.results[number].place(name).rank for name in result.strategies
        }
        assert {place.strategy.id for place in alone.places if place.rank} <= set(result.strategies)
    for number, step in enumerate(result.steps):
        assert step.leaders_before == leaders_of(guide, cases[number].case)
        if len(step.changes) == 1:  # one change alone is the whole step
            assert (step.changes[0].alone, step.changes[0].without) == (step.leaders_after, step.leaders_before)
        if not step.changes:
            assert step.leaders_before == step.leaders_after and not step.out and not step.back
    swapped = what_if(guide, cases[::-1])
    assert swapped.strategies == result.strategies
    for there, here in zip(swapped.steps[::-1], result.steps, strict=True):
        assert {change.alone for change in there.changes} == {change.without for change in here.changes}
        assert (there.out, set(there.back)) == (here.back, set(here.out))


def test_two_of_one_name_and_too_many_are_refused() -> None:
    case = check_case(GUIDE, TODAY)
    with pytest.raises(GroupError, match="two cases are called 'x'"):
        what_if(GUIDE, [Person("x", case), Person("x", case)])
    with pytest.raises(GroupError, match="1 to 9 cases can be compared, not 10"):
        what_if(GUIDE, [Person(str(number), case) for number in range(10)])


def test_a_foreign_name_is_text_in_markdown_and_no_formula_in_csv() -> None:
    cases = [Person("=1+1", check_case(GUIDE, TODAY)), Person("<b>|*x*", check_case(GUIDE, {**TODAY, "want": "speed"}))]
    result = what_if(GUIDE, cases)
    rows = list(csv.reader(io.StringIO(what_if_csv(result))))
    assert rows[0] == ["setup", "'=1+1: rank", "'=1+1: score", "<b>|*x*: rank", "<b>|*x*: score"]
    assert rows[1][0] == "Quick" and len(rows) == 1 + 3 + 1 + 1 + 1
    text = what_if_markdown(result, "https://x.test/what-if/#what-if=1")
    assert "| Setup | =1+1 | \\<b\\>\\|\\*x\\* |" in text and "(https://x.test/what-if/#what-if=1)" in text


def test_the_command_reads_files_and_links_and_prints_table_json_csv_and_markdown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "guide.json"
    place.write_text(json.dumps(DATA), "utf-8")
    (tmp_path / "today.json").write_text(json.dumps(TODAY), "utf-8")
    link = f"Later=https://x.test/wizard/#v=1&want=speed&rules=none&colour=red&r={GUIDE.revision}"
    arguments = ["what-if", "--guide", str(place), str(tmp_path / "today.json"), link]
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0].split() == ["today", "Later"] and "From today to Later: First place goes" in out
    assert main([*arguments, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(api_validator("what-if").iter_errors(printed)) == []
    assert [case["name"] for case in printed["cases"]] == ["today", "Later"]
    assert main([*arguments, "--csv"]) == 0 and capsys.readouterr().out.startswith("setup,today: rank,today: score,")
    assert main([*arguments, "--markdown"]) == 0 and "## From today to Later" in capsys.readouterr().out
    assert main(arguments[:-1]) == 2
    assert "one case's answers cannot be compared" in capsys.readouterr().err
    assert main([*arguments, "Bad=https://x.test/#v=1&want=<script>&r=abc"]) == 2
    assert "“script” is not an answer" in capsys.readouterr().err
