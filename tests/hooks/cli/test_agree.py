"""`guide agree`: what agrees, by how much, and that a drop that is not accepted fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hooks.cli.main import main
from hooks.evaluation.agreement import Rate, comparisons, constant, drops, holds, rows
from selector import Guide
from tests.support.broken_edits import GUIDES
from tests.support.real_guide import PATH, real_guide

SECOND = (GUIDES / "second.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wanted", "members", "agrees"),
    [
        ("eso", ("eso", "vault"), True),
        ("eso+vault", ("eso", "vault"), True),
        ("eso+openbao", ("eso", "vault"), False),
        ("eso+openbao|vault", ("eso", "vault"), True),
        ("=vault", ("vault",), True),
        ("=vault", ("eso", "vault"), False),
        ("vault", ("eso", "self-run"), True),  # a family is each of its members
        ("self-run", ("eso", "vault"), True),
        ("=cloud-store", ("azure-key-vault",), True),
        ("cloud-store", ("eso", "vault"), False),
        ("vault", ("eso", "other-store"), False),  # what the guide does not know is nothing that it knows
    ],
)
def test_what_was_decided_is_held_by_members(wanted: str, members: tuple[str, ...], agrees: bool) -> None:
    assert holds(real_guide(), wanted, members) is agrees


def test_the_interval_is_wilsons() -> None:
    low, high = Rate(8, 10).interval
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)  # statsmodels proportion_confint(8, 10, method="wilson")
    assert Rate(0, 0).interval == (0.0, 1.0)


def test_every_miss_of_the_guide_is_accepted_with_its_reason() -> None:
    guide = real_guide()
    found = comparisons(guide)
    assert not drops(guide, found)


def test_recommendations_beat_the_rules_and_the_constant() -> None:
    guide = real_guide()
    (everything,), _, _ = rows(guide, comparisons(guide))
    assert everything.first.share > everything.rules.share + 0.1
    assert everything.rules.share > everything.constant.share
    assert everything.rejected.share <= 0.03
    assert constant(guide, guide.data["decisions"])[0]


def _file(tmp_path: Path, text: str) -> str:
    path = tmp_path / "guide.yml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_report_says_how_often_and_against_what(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agree", "--file", _file(tmp_path, SECOND)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Agreement with 2 published decisions, with 95% intervals\n")
    assert "all              2      50% (9\N{EN DASH}91)" in said
    assert said.endswith("1 decision missed, 0 of them not accepted.\n")


def test_json_holds_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agree", "--quick", "--format", "json", "--file", _file(tmp_path, SECOND)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["all"]["first"] == {"hits": 1, "of": 2, "low": 0.095, "high": 0.905}
    assert [(one["id"], one["first"], one["by_rule"]) for one in found["decisions"]] == [
        ("small-tool", True, True),
        ("old-service", False, False),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said", "code"),
    [
        ("decided: [mit]", "decided: [mpl-2-0]", "first, not what was chosen, and 'differs' does not say why", 1),
        ("among_three: false", "among_three: true", "DROP: old-service: what was chosen is not among the first 3", 1),
        ("decided: [apache-2-0]", "decided: [agpl-3-0]", "better: old-service: what was chosen ranks first", 0),
    ],
)
def test_a_drop_fails_until_an_editor_accepts_it(
    old: str, new: str, said: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["agree", "--quick", "--file", _file(tmp_path, SECOND.replace(old, new))]) == code
    assert said in capsys.readouterr().out


def test_a_guide_without_decisions_has_nothing_to_compare(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agree", "--file", str(GUIDES / "small.yml")]) == 0
    assert capsys.readouterr().out == "The guide has no published decisions.\n"


def test_no_weight_effect_or_rating_cites_a_decision() -> None:
    """Nothing is set by single decisions: their sources are named by decisions and examples only."""
    guide: Guide = real_guide()
    cited = {
        name for entry in guide.data["decisions"] for name in _listed(entry["source"]) if name.startswith("decision-")
    }
    text = json.dumps([guide.data[section] for section in ("criteria", "options", "questions", "preferences")])
    assert PATH.exists() and not [name for name in cited if f'"{name}"' in text]


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
