"""Each rule, by what an editor reads; and the rules as a set."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from hooks import ROOT
from hooks.checked import check_guide, check_loaded
from hooks.rules import RULES, Rule, draft_of, run
from hooks.rules.common.prose import open_fence, outside_code
from hooks.rules.correlated import mean_ranks, spearman
from hooks.rules.references import REFERENCES, SOURCES
from hooks.rules.tag import PATTERNS as TAGS
from hooks.source.load import SCHEMA, expanded_schema, load_bytes
from hooks.source.problems import as_text
from hooks.source.scalars import is_date
from tests.support.broken_edits import GUIDES, Broken, broken_edits

TODAY = date(2026, 11, 23)
SMALL = (GUIDES / "small.yml").read_text(encoding="utf-8")
TABLE = list(broken_edits())
RULE_FILES = ROOT / "hooks" / "rules"


@pytest.mark.parametrize("broken", TABLE, ids=lambda broken: broken.what)
def test_broken_edit_gives_its_report(broken: Broken) -> None:
    checked = check_loaded(load_bytes(broken.apply(SMALL).encode(), "g.yml"), TODAY)
    assert as_text(checked.problems, {}, None) == broken.report
    assert all(problem.code == broken.code for problem in checked.problems)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_stands_in_the_table(rule: Rule) -> None:
    tested_apart = {"correlated", "counted-twice"}
    assert rule.code in tested_apart | {broken.code for broken in TABLE}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_manual(rule: Rule) -> None:
    first, _, rest = rule.manual.partition("\n\n")
    assert re.fullmatch(r"[A-Z][^.]*\.", " ".join(first.split())), "one sentence"
    assert re.search(r"^PASS\n(    .+\n)+FAIL\n(    .+\n?)+\Z", rest), "PASS and FAIL, each with a snippet"


def test_every_rule_file_is_registered() -> None:
    helpers = {"__init__", "draft", "formed", "prose"}
    files = {path.stem for path in RULE_FILES.glob("*.py")} - helpers
    assert {name.replace("_", "-") for name in files} == {rule.code for rule in RULES}


def test_every_id_in_the_schema_is_checked_as_a_reference() -> None:
    """A new field that holds ids must be named where references are looked up."""
    known = {pattern for patterns in REFERENCES.values() for pattern in patterns} | {
        *SOURCES,
        *TAGS,
        "disagreements.*.about.*",
        # levels and answers, which have separate rules
        "options.*.ratings.*.level",
        "options.*.ratings.*.level.*",
        "options.*.ratings.*.level.{}",
        "options.*.ratings.*.level.*.*",
        "options.*.costs.*.edition",
        "strategies.*.overrides.*.level",
        "strategies.*.overrides.*.level.*",
        "strategies.*.overrides.*.level.{}",
        "strategies.*.overrides.*.level.*.*",
        "questions.*.answers.*.effects.*.require.*",
        "questions.*.ask_when.any.*",
        "evidence.*.answers.*",
        "evidence.*.answers.*.*",
        *(f"{entries}.*.answers.*{more}" for entries in ("examples", "decisions") for more in ("", ".*")),
        "preferences.*.when|unless.*.*",
        "questions.*.assumed.answer",
        "questions.*.answers.*.effects.*.when|unless.*.*",
        "questions.*.answers.*.contradicts.*.answers.*.*",
        "rules_of_thumb.*.when|unless.*.*",
        "accepted.*.notice",  # the code of a rule; one that accepts nothing is a notice itself
    }
    spelt_out = {one for pattern in known for one in _alternatives(pattern)}
    own = re.compile(r"(^|\.)(id|aliases\.\*|tags\.\*)$")
    found = {path for path in _id_paths(expanded_schema(SCHEMA), ()) if not own.search(path)}
    assert found - spelt_out == set()


def _alternatives(pattern: str) -> set[str]:
    found = {""}
    for step in pattern.split("."):
        found = {f"{path}.{name}".lstrip(".") for path in found for name in step.split("|")}
    return found


def _id_paths(schema: object, path: tuple[str, ...]) -> set[str]:
    """Paths of all values and keys that are ids by the schema; one of several sources counts as its list."""
    if not isinstance(schema, dict):
        return set()
    if schema.get("ref") in ("id", "source_ref") and "oneOf" not in schema:
        return {".".join(path)}
    if schema.get("ref") == "source_ref":
        return {".".join(path)}
    found = set()
    for branch in schema.get("oneOf", ()):
        found |= _id_paths(branch, path)
    for name, field in schema.get("properties", {}).items():
        found |= _id_paths(field, (*path, name))
    found |= _id_paths(schema.get("items"), (*path, "*"))
    found |= _id_paths(schema.get("additionalProperties"), (*path, "*"))
    if "propertyNames" in schema:
        found.add(".".join((*path, "{}")))
    if "targets" in str(schema.get("ref")):
        found.add(".".join((*path, "*")))
    return found


@pytest.mark.parametrize("name", ["small.yml", "second.yml"])
def test_guides_of_the_tests_have_no_problems(name: str) -> None:
    checked = check_guide(GUIDES / name, today=TODAY)
    assert checked.report() == ""
    assert checked.guide is not None


def test_all_problems_are_found_at_once() -> None:
    """One edit of each kind that does not hide another."""
    wanted = [
        "a misspelt field",
        "text for a number",
        "a source that does not exist",
        "an interval the wrong way round",
        "a day that has not come",
        "a level that does not exist",
        "an option that does not exist",
    ]
    text = SMALL
    for what in wanted:
        text = next(broken for broken in TABLE if broken.what == what).apply(text)
    checked = check_loaded(load_bytes(text.encode(), "g.yml"), TODAY)
    assert [(problem.line, problem.code) for problem in checked.problems] == [
        (19, "type"),
        (59, "references"),
        (68, "level"),
        (156, "unknown-field"),
        (165, "amount"),
        (165, "references"),
        (207, "future"),
    ]


def test_one_wrong_name_is_one_problem() -> None:
    """What does not work without an option is not reported beside its misspelt id."""
    text = SMALL.replace("goals: [frame]", "goals: [fram]")
    checked = check_loaded(load_bytes(text.encode(), "g.yml"), TODAY)
    assert [problem.message for problem in checked.problems] == ["unknown role 'fram'"]


def test_a_rule_that_breaks_is_a_problem_of_that_rule() -> None:
    def breaks(draft: object) -> None:
        raise ZeroDivisionError("by zero")

    draft = draft_of(load_bytes(SMALL.encode(), "g.yml"), TODAY)
    found = run(replace(RULES[0], check=breaks), draft)
    assert [(problem.code, problem.message) for problem in found] == [
        ("duplicate-id", "the rule 'duplicate-id' broke: ZeroDivisionError: by zero")
    ]


def test_tomorrow_is_not_yet_the_future() -> None:
    """Somewhere it is tomorrow already; the day after is a mistake."""
    loaded = load_bytes(SMALL.encode(), "g.yml")
    newest = max(date.fromisoformat(word) for word in re.findall(r"verified: ([\d-]+)", SMALL) if is_date(word))
    assert not check_loaded(loaded, newest - timedelta(days=1)).problems
    assert {problem.code for problem in check_loaded(loaded, newest - timedelta(days=2)).problems} == {"future"}


def test_criteria_that_order_options_alike_are_a_warning() -> None:
    text = (GUIDES / "second.yml").read_text(encoding="utf-8")
    loaded = load_bytes(text.encode(), "g.yml")
    levels = [level["id"] for level in loaded.draft["criteria"][1]["levels"]]
    scale = {"anything": levels[3], "own-files": levels[2], "whole-work": levels[1], "network": levels[0]}
    for option in loaded.draft["options"]:
        option["ratings"]["give-back"]["level"] = scale[option["ratings"]["reach"]["level"]]
    (rule,) = (rule for rule in RULES if rule.code == "correlated")
    (problem,) = run(rule, draft_of(loaded, TODAY))
    assert (problem.severity, problem.message) == (
        "warning",
        "criteria 'reach' and 'give-back' order the options alike (rank correlation 1.00)",
    )


def test_criteria_that_say_why_they_are_alike_are_no_warning_and_a_reason_too_many_is_one() -> None:
    loaded = load_bytes((GUIDES / "second.yml").read_bytes(), "g.yml")
    levels = [level["id"] for level in loaded.draft["criteria"][1]["levels"]]
    scale = {"anything": levels[3], "own-files": levels[2], "whole-work": levels[1], "network": levels[0]}
    (rule,) = (rule for rule in RULES if rule.code == "correlated")
    loaded.draft["criteria"][1]["alike"] = {loaded.draft["criteria"][0]["id"]: "They part with the next option."}
    (problem,) = run(rule, draft_of(loaded, TODAY))
    assert problem.severity == "warning"
    assert "no longer order the options alike" in problem.message
    for option in loaded.draft["options"]:
        option["ratings"]["give-back"]["level"] = scale[option["ratings"]["reach"]["level"]]
    assert run(rule, draft_of(loaded, TODAY)) == []


def test_rank_correlation_against_values_worked_out_by_hand() -> None:
    assert mean_ranks([10, 20, 20, 5]) == [2, 3.5, 3.5, 1]
    assert spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]) == pytest.approx(0.8207826817)  # scipy.stats.spearmanr
    assert spearman([1, 2, 3], [3, 2, 1]) == -1
    assert spearman([1, 1, 1], [3, 2, 1]) == 0


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("a `b` c", "a     c"),
        ("a ``b ` c`` d", "a           d"),
        ("a `b\n\nc` d", "a `b\n\nc` d"),
        ("a \\` b", "a \\` b"),
        ("```\n<b>\n```\nc", "   \n   \n   \nc"),
        ("~~~ x\n<b>\n~~~~\nc", "     \n   \n    \nc"),
    ],
)
def test_code_is_blanked_out(text: str, prose: str) -> None:
    assert outside_code(text) == prose


def test_a_fence_is_closed_by_its_own_kind_only() -> None:
    assert open_fence("```\n~~~\n") == ("```", 0)
    assert open_fence("````\n```\n````\n")[0] == ""
    assert open_fence("```python\nx\n```\n")[0] == ""


def test_of_two_code_blocks_the_open_one_is_shown() -> None:
    text = SMALL.replace(
        "    summary: Light by day.\n",
        "    summary: |\n      ```\n      first\n      ```\n\n      ```\n      second\n",
    )
    (problem,) = check_loaded(load_bytes(text.encode(), "g.yml"), TODAY).problems
    opened = [number for number, line in enumerate(text.split("\n"), 1) if line.strip() == "```"][2]
    assert (problem.line, problem.message) == (opened, f"the code block that opens on line {opened} is never closed")


@pytest.mark.parametrize(
    "text",
    [
        "Prices below 5 < 6, and a<b.",
        "Write `<name>` or\n\n```\n<name>\n```\n",
        "See <https://example.org/a>.",
        "[a](https://en.wikipedia.org/wiki/Lock_(device)) and [b](mailto:me@example.org)",
        "2 ** 3, *a* and **b**, ***c***.",
        "An array[0] of `x[0][1]`.",
        "Snow\\* and \\`ticks.",
    ],
)
def test_good_texts_are_left_alone(text: str) -> None:
    edited = SMALL.replace("summary: Light by day.", f"summary: {json.dumps(text)}")
    assert check_loaded(load_bytes(edited.encode(), "g.yml"), TODAY).report() == ""


def test_criteria_that_move_the_same_strategies_are_a_warning() -> None:
    """Here one criterion becomes a copy of another: scale, points, ratings, and every effect on it."""
    text = (GUIDES / "second.yml").read_text(encoding="utf-8")
    loaded = load_bytes(text.encode(), "g.yml")
    draft, (reach, other) = loaded.draft, loaded.draft["criteria"][:2]
    name = other["id"]
    other.clear()
    other.update({**reach, "id": name})
    for entry in [*draft["options"], *draft["strategies"]]:
        cells = entry.get("ratings", entry.get("overrides", {}))
        cells.pop(name, None)
        if reach["id"] in cells:
            cells[name] = cells[reach["id"]]
    for effect in (
        effect for ask in draft["questions"] for answer in ask["answers"] for effect in answer.get("effects", ())
    ):
        for kind in ("weight", "require"):
            if kind in effect:
                effect[kind].pop(name, None)
                if reach["id"] in effect[kind]:
                    effect[kind][name] = effect[kind][reach["id"]]
    (rule,) = (rule for rule in RULES if rule.code == "counted-twice")
    found = {problem.message for problem in run(rule, draft_of(loaded, TODAY))}
    assert "criteria 'reach' and 'give-back' move the same strategies for the same projects (correlation 1.00)" in found
