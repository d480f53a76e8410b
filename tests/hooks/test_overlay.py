"""A file own.yml beside the guide: checked with its own lines, laid over the guide, and said on the pages."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from hooks import ROOT
from hooks.checked import Checked, check_guide
from hooks.cli.main import main
from hooks.overlay import SCHEMA, check_with_own
from hooks.render.nav import nav
from hooks.render.site import render_site, wizard_json
from selector import Guide, recommend, recommendation_data
from selector.web.session import Session

SMALL = (ROOT / "tests" / "guides" / "small.yml").read_text("utf-8")
TODAY = date(2026, 3, 1)

HEAD = """\
format: 1
organisation: {name: Example Ltd, url: https://wiki.example.org/own}
verified: 2026-01-02
"""


def checked(folder: Path, own: str | None) -> Checked:
    """The small guide, with an own file beside it."""
    (folder / "guide.yml").write_text(SMALL, "utf-8")
    if own is not None:
        (folder / "own.yml").write_text(HEAD + own, "utf-8")
    return check_with_own(folder / "guide.yml", today=TODAY)


def guide_with(folder: Path, own: str) -> Guide:
    found = checked(folder, own)
    assert found.guide is not None, found.report()
    return found.guide


def test_without_the_file_nothing_changes(tmp_path: Path) -> None:
    found = checked(tmp_path, None)
    assert found == check_guide(tmp_path / "guide.yml", today=TODAY)
    assert found.guide is not None and "organisation" not in found.guide.data


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ("ratings:\n  - {of: bwo, criterion: strength, level: fair, text: T}", "own.yml:5:10: there is no option 'bwo'; did you mean bow?"),
        ("ratings:\n  - {of: bow, criterion: strenght, level: fair, text: T}", "own.yml:5:26: there is no criterion 'strenght'; did you mean strength?"),
        ("ratings:\n  - {of: bow, criterion: strength, level: fare, text: T}", "own.yml:5:43: there is no level 'fare'; expected one of: weak, fair, strong, unknown"),
        ("values:\n  - {criterion: strength, level: fair, value: 1000, reason: R}", "own.yml:5:47: value must rise level by level, but 'fair' has 1000 and 'strong' 1000"),
        ("hide:\n  - {option: bwo, because: B}", "own.yml:5:14: unknown option 'bwo'; did you mean bow?"),
        ("answers:\n  - {question: none, answer: x, because: B}", "own.yml:5:16: there is no question 'none'"),
        ("ratinsg: []", "own.yml:4:1: unknown field 'ratinsg'; did you mean ratings?"),
        ("hide: [{option: bow}]", "own.yml:4:9: '1' of 'hide' has no 'because'"),
    ],
)  # fmt: skip
def test_problems_name_the_file_the_line_and_the_cure(
    own: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = checked(tmp_path, own)
    assert found.guide is None
    assert message.split(": ", 1)[0] in found.report() and message in found.report()
    assert main(["check", "--quick", "--guide", "guide.yml"]) == 1


def test_the_overlay_scores_as_an_edited_guide_does(tmp_path: Path) -> None:
    own = "ratings:\n  - {of: bow, criterion: strength, level: weak, text: Ours is old.}\n"
    mine = guide_with(tmp_path, own)
    data: dict[str, Any] = json.loads(json.dumps(check_guide(tmp_path / "guide.yml", today=TODAY).loaded.data))
    next(one for one in data["options"] if one["id"] == "bow")["ratings"]["strength"]["level"] = "weak"
    results = [recommendation_data(recommend(guide, {})) for guide in (mine, Guide.from_data(data))]
    assert results[0]["ranking"] == results[1]["ranking"]


def test_added_options_are_judged_by_the_rules_of_the_guide(tmp_path: Path) -> None:
    data = yaml.safe_load(SMALL)
    entry = {**data["options"][0], "id": "house", "name": "House lock", "aliases": []}
    entry["ratings"] = {**entry["ratings"], "strength": {**entry["ratings"]["strength"], "level": "strnog"}}
    dumped = yaml.safe_dump({"options": [entry]}, sort_keys=False)
    found = checked(tmp_path, dumped)
    problem = next(one for one in found.problems if "strnog" in one.message)
    assert problem.file.endswith("own.yml")
    assert "strnog" in (HEAD + dumped).splitlines()[problem.line - 1]
    assert any("house" in one.members for one in guide_with(tmp_path, dumped.replace("strnog", "strong")).strategies)


def test_each_page_that_shows_something_own_says_so(tmp_path: Path) -> None:
    question, answer = fixed_of(tmp_path)
    own = (
        "ratings:\n  - {of: bow, criterion: strength, level: weak, text: Ours is old.}\n"
        "hide:\n  - {option: cable, because: It was cut.}\n"
        f"answers:\n  - {{question: {question}, answer: {answer}, because: It is so here.}}\n"
    )
    plain = pages_of(guide_with_nothing(tmp_path))
    pages = pages_of(guide_with(tmp_path, own))
    assert "own-facts.md" not in plain
    assert not any("own-notice" in text or "own-mark" in text for text in plain.values())
    for path, text in pages.items():
        if "own-mark" in text or "Ours is old." in text:
            assert path == "own-facts.md" or 'class="own-notice"' in text, path
    assert "Some facts on this page are Example Ltd" in pages["options/bow.md"]
    assert "Not used at Example Ltd. It was cut." in pages["options/cable.md"]
    assert "Ours is old." in pages["own-facts.md"] and "It is so here." in pages["own-facts.md"]
    assert "Fixed by Example Ltd. It is so here." in pages["wizard.md"]
    files = render_site(guide_with(tmp_path, own), checked_on=TODAY)
    schema, guide = (json.loads(files[f"api/guide{kind}.json"]) for kind in (".schema", ""))
    assert [one.message for one in jsonschema.Draft202012Validator(schema).iter_errors(guide["guide"])] == []


def test_a_fixed_answer_holds_whatever_a_link_says(tmp_path: Path) -> None:
    question, answer = fixed_of(tmp_path)
    guide = guide_with(tmp_path, f"answers:\n  - {{question: {question}, answer: {answer}, because: It is so here.}}\n")
    session = Session(wizard_json(guide))
    reply = json.loads(session.respond(json.dumps({"call": "open", "payload": {"link": ""}})))
    assert reply["result"]["answers"][question] == answer
    other = next(one.id for one in guide.question(question).answers if one.id != answer)
    link = f"v=1&{question}={other}&r={guide.revision}"
    reply = json.loads(session.respond(json.dumps({"call": "open", "payload": {"link": link}})))
    assert reply["result"]["answers"][question] == answer
    assert any("is fixed by Example Ltd" in text for text in reply["notices"])


def test_what_is_hidden_is_never_recommended_nor_offered(tmp_path: Path) -> None:
    guide = guide_with(tmp_path, "hide:\n  - {option: bow, because: It was cut.}\n")
    result = recommend(guide, {}, relax=())
    assert all("off.bow" in place.verdict.failed for place in result.places if "bow" in place.strategy.members)


def test_what_is_hidden_keeps_its_page_and_is_in_no_list_nor_search(tmp_path: Path) -> None:
    guide = guide_with(tmp_path, "hide:\n  - {option: cable, because: It was cut.}\n")
    pages = pages_of(guide)
    page = pages["options/cable.md"]
    assert "Not used at Example Ltd. It was cut." in page and 'search: {"exclude": true}' in page
    assert not [path for path in pages if path.startswith("compare/") and "cable" in path]
    for path in ("options/index.md", "matrix.md", "compare/index.md", "index.md"):
        assert "options/cable" not in pages[path], path
        assert "options/bow" in pages[path] or path == "index.md"
    assert "options/cable.md" not in json.dumps(nav(guide))
    assert "options/bow.md" in json.dumps(nav(guide))


def test_a_fixed_number_is_read_checked_and_counts(tmp_path: Path) -> None:
    (tmp_path / "guide.yml").write_text(SMALL, "utf-8")
    question = next(one for one in guide_with_nothing(tmp_path).questions if one.kind == "number")
    entry = guide_with_nothing(tmp_path).entry("questions", question.id)
    number = entry.get("min", 0) + 1
    for written in (number, f"'{number}'"):
        own = f"answers:\n  - {{question: {question.id}, answer: {written}, because: We counted.}}\n"
        session = Session(wizard_json(guide_with(tmp_path, own)))
        reply = json.loads(session.respond(json.dumps({"call": "open", "payload": {"link": ""}})))
        assert reply["result"]["answers"][question.id] == number
    for wrong in ("-3", "many", "1.5"):
        found = checked(tmp_path, f"answers:\n  - {{question: {question.id}, answer: {wrong}, because: B}}\n")
        assert found.guide is None
        assert any(problem.file.endswith("own.yml") and problem.line == 5 for problem in found.problems), wrong


def test_editors_can_check_the_file_by_its_schema() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert {"ratings", "prices", "values", "hide", "answers", "options", "sources"} <= schema["properties"].keys()


def guide_with_nothing(folder: Path) -> Guide:
    guide = check_guide(folder / "guide.yml", today=TODAY).guide
    assert guide is not None
    return guide


def fixed_of(folder: Path) -> tuple[str, str]:
    """A question with one answer, and its last answer."""
    (folder / "guide.yml").write_text(SMALL, "utf-8")
    question = next(one for one in guide_with_nothing(folder).questions if one.kind == "one" and one.condition is None)
    return question.id, question.answers[-1].id


def pages_of(guide: Guide) -> dict[str, str]:
    return {path: str(text) for path, text in render_site(guide, checked_on=TODAY).items() if path.endswith(".md")}
