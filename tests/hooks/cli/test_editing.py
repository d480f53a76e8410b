"""Help for editors beyond the check: fix what is mechanical, add an option, see what an edit does."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from hooks.checked import check_loaded
from hooks.cli.field_order import ordered
from hooks.cli.fix import fixed
from hooks.cli.links import Answer, addresses, ask_all, findings, read_cache, write_cache
from hooks.cli.main import main
from hooks.cli.new_option import CannotAdd, option_block
from hooks.evaluation.impact import as_table, effect_of_edit
from hooks.rules import draft_of
from hooks.source.load import load, load_bytes
from hooks.source.problems import as_text
from selector import Guide, recommend
from tests.support.broken_edits import GUIDES

TODAY = date(2026, 11, 23)
SMALL = ordered(load(GUIDES / "small.yml"))[0]
SECOND = (GUIDES / "second.yml").read_text(encoding="utf-8")


@pytest.fixture
def guide_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small guide, in a git repository that is the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    path = tmp_path / "guide.yml"
    path.write_text(SMALL, encoding="utf-8")
    for command in (["init", "-q"], ["add", "guide.yml"], ["commit", "-qm", "First"]):
        subprocess.run(
            ["git", "-c", "user.name=Editor", "-c", "user.email=editor@example.org", *command], check=True, cwd=tmp_path
        )
    return path


def guide(text: str, today: date | None = None) -> Guide:
    found = check_loaded(load_bytes(text.encode(), "guide.yml"), today or date.today())
    assert found.guide is not None, found.report()
    return found.guide


# --fix


MECHANICAL = {
    "verified: 2026-01-02}\n    governance": "verified: 2026/1/2}\n    governance",
    "    weight: 10": "    weight: '10'",
    "optional: true": "optional: yes",
    "home: https://example.org/ring": "home: http://example.org/ring",
    "summary: Light by day.": "summary: Light [by day](http://example.org/day).",
}


def test_mechanical_problems_are_mended(guide_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = SMALL
    for good, bad in MECHANICAL.items():
        text = text.replace(good, bad, 1)
    guide_file.write_text(text.replace("kind: many\n", "kind: many   \n"), encoding="utf-8")
    assert main(["check", "--quick", "--fix", "--file", "guide.yml"]) == 0
    out = capsys.readouterr()
    assert (out.out, out.err) == ("guide.yml: no problems\n", "guide.yml: 5 problems fixed\n")
    mended = SMALL.replace("summary: Light by day.", "summary: Light [by day](https://example.org/day).")
    assert guide_file.read_text(encoding="utf-8") == mended


def test_names_are_never_guessed(guide_file: Path) -> None:
    broken = SMALL.replace("works_with: [cable, ring]", "works_with: [cabel, ring]")
    guide_file.write_text(broken, encoding="utf-8")
    assert main(["check", "--fix", "--file", "guide.yml"]) == 1
    assert guide_file.read_text(encoding="utf-8") == broken


def test_a_file_that_is_no_yaml_is_left_alone(guide_file: Path) -> None:
    broken = SMALL.replace("kind: many\n", "kind: many: \n")
    guide_file.write_text(broken, encoding="utf-8")
    assert main(["check", "--fix", "--file", "guide.yml"]) == 1
    assert guide_file.read_text(encoding="utf-8") == broken


def test_a_good_file_is_not_touched(guide_file: Path) -> None:
    before = guide_file.stat().st_mtime_ns
    assert main(["check", "--fix", "--file", "guide.yml"]) == 0
    assert guide_file.stat().st_mtime_ns == before


def test_spaces_in_literal_texts_stay() -> None:
    text = "a: |\n  one  \n\n  two \nb: x  \nc: >-\n  three \n"
    assert fixed(text, []) == ("a: |\n  one  \n\n  two \nb: x\nc: >-\n  three \n", 0)


def test_several_problems_on_one_line_are_all_mended() -> None:
    text = SMALL.replace("value: 0, units: 2}", "value: '0', units: '2'}")
    loaded = load_bytes(text.encode(), "g.yml")
    assert fixed(text, loaded.problems) == (SMALL, 2)


# new-option


def test_a_new_option_says_what_is_missing_and_nothing_else(
    guide_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new-option", "Folding lock's twin", "--file", "guide.yml"]) == 0
    line = SMALL.split("\n").index("strategies:") + 2
    assert capsys.readouterr().out == f"guide.yml:{line}: added. `guide check` says what is still to be written.\n"
    text = guide_file.read_text(encoding="utf-8")
    assert text.replace(text[text.index("\n\n  - id: folding") : text.index("\nstrategies:")], "") == SMALL
    found = check_loaded(load_bytes(text.encode(), "guide.yml")).problems
    where = [problem.where.removeprefix("options › folding-lock-s-twin › ") for problem in found]
    assert where == [
        "kind",
        "home",
        "summary",
        "description",
        "provides › 1",
        *(f"{fact} › {field}" for fact in ("licence", "governance", "release") for field in ("text", "source")),
        "choose_when › 1",
        "limitations › 1 › text",
        "limitations › 1 › source",
        *(f"{fact} › {field}" for fact in ("failure", "recovery") for field in ("text", "source")),
    ]


def test_a_new_option_that_is_written_out_is_a_good_one(guide_file: Path) -> None:
    assert main(["new-option", "Folding lock", "--file", "guide.yml"]) == 0
    text = guide_file.read_text(encoding="utf-8").replace("source: TODO", "source: maker")
    text = text.replace("provides: [TODO]", "provides: [frame]")
    text = text.replace("https://TODO", "https://example.org").replace("TODO", "Written out.")
    data = guide(text, date.today()).data
    assert data["options"][-1]["name"] == "Folding lock"
    assert data["options"][-1]["ratings"].keys() == {"strength", "weight", "handling"}


@pytest.mark.parametrize("name", ["Bow", "bow!", "***", ""])
def test_names_that_give_no_id_of_their_own(name: str, guide_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new-option", name, "--file", "guide.yml"]) == 2
    assert guide_file.read_text(encoding="utf-8") == SMALL
    assert capsys.readouterr().err.startswith("guide: ")


def test_hostile_names_stay_text() -> None:
    block = option_block("x'\n  - id: y: <b>", guide(SMALL).data, TODAY)
    assert "\n    name: 'x'' - id: y: <b>'\n" in block
    with pytest.raises(CannotAdd):
        option_block("", guide(SMALL).data, TODAY)


@pytest.mark.parametrize("command", ["new-option", "new-criterion"])
def test_nothing_is_added_to_a_broken_guide(guide_file: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    broken = SMALL.replace("    weight: 10", "    weight: ten")
    guide_file.write_text(broken, encoding="utf-8")
    assert main([command, "Folding lock", "--file", "guide.yml"]) == 1
    said = capsys.readouterr()
    assert "'weight' is 'ten'" in said.out and "nothing was added" in said.err
    assert guide_file.read_text(encoding="utf-8") == broken


def test_what_is_added_stands_in_order(guide_file: Path) -> None:
    assert main(["new-option", "Folding lock", "--file", "guide.yml"]) == 0
    text = guide_file.read_text(encoding="utf-8")
    fields = [line.split(":")[0].strip(" -") for line in text[text.index("- id: folding-lock") :].split("\n")]
    known = list(guide(SMALL).data["options"][0])
    found = list(dict.fromkeys(name for name in fields if name in known))
    assert len(found) > 8 and found == sorted(found, key=known.index)


def test_a_new_option_has_the_fields_that_others_have(guide_file: Path) -> None:
    optional = ("home", "needs", "works_with", "licence", "governance", "release", "failure", "recovery")
    text = (GUIDES / "lunch.yml").read_text(encoding="utf-8")
    guide_file.write_text(text, encoding="utf-8")
    assert main(["new-option", "The canteen's terrace", "--file", "guide.yml"]) == 0
    *others, new = load(guide_file).draft["options"]
    found = {name for name in optional if name in new}
    assert found == {name for name in optional if any(name in option for option in others)} != set(optional)


def test_what_is_still_to_be_written_does_not_keep_more_from_being_added(
    guide_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("Folding lock", "Frame lock"):
        assert main(["new-option", name, "--file", "guide.yml"]) == 0
    for name in ("Colour", "Noise"):
        assert main(["new-criterion", name, "--file", "guide.yml"]) == 0
    loaded = load(guide_file)
    assert [option["id"] for option in loaded.draft["options"]][-2:] == ["folding-lock", "frame-lock"]
    assert list(loaded.draft["options"][-1]["ratings"])[-2:] == ["colour", "noise"]
    assert {problem.code for problem in loaded.problems} == {"unfinished"}
    assert main(["new-option", "Frame lock", "--file", "guide.yml"]) == 2
    text = guide_file.read_text(encoding="utf-8").replace("    weight: 10", "    weight: ten")
    guide_file.write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert main(["new-option", "Disc lock", "--file", "guide.yml"]) == 1
    out = capsys.readouterr().out
    assert "'weight' is 'ten'" in out and "still to be written" not in out


# new-criterion


def test_a_new_criterion_is_rated_open_in_every_option_and_weighs_nothing(
    guide_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide_file.write_text(SECOND, encoding="utf-8")
    before = guide(SECOND).data
    assert main(["new-criterion", "The reader's patience", "--file", "guide.yml"]) == 0
    line = SECOND.split("\n").index("options:") + 1
    assert capsys.readouterr().out == (
        f"guide.yml:{line}: added, with an open rating in {len(before['options'])} options. "
        "`guide check` says what is still to be written.\n"
    )
    text = guide_file.read_text(encoding="utf-8")
    found = check_loaded(load_bytes(text.encode(), "guide.yml")).problems
    where = [problem.where.removeprefix("criteria › the-reader-s-patience › ") for problem in found]
    levels = [f"levels › {level} › meaning" for level in ("low", "medium", "high")]
    assert where == ["group", "question", "why", "reason", *levels]
    assert {problem.code for problem in found} == {"unfinished"}

    written = text.replace("group: TODO", f"group: {before['groups'][0]['id']}").replace("TODO", "Written out.")
    after = guide(written, date.today())
    assert [option["ratings"]["the-reader-s-patience"]["level"] for option in after.data["options"]] == (
        ["unknown"] * len(before["options"])
    )
    for example in before["examples"]:
        old, new = (recommend(now, example["answers"]) for now in (guide(SECOND), Guide.from_data(after.data)))
        assert [place.strategy.id for place in old.leaders] == [place.strategy.id for place in new.leaders]


@pytest.mark.parametrize("name", ["Reach", "reach!", "***"])
def test_criteria_without_an_id_of_their_own(name: str, guide_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guide_file.write_text(SECOND, encoding="utf-8")
    assert main(["new-criterion", name, "--file", "guide.yml"]) == 2
    assert guide_file.read_text(encoding="utf-8") == SECOND
    assert capsys.readouterr().err.startswith("guide: ")


def test_ratings_on_one_line_are_left_to_the_editor(guide_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = guide_file.read_text(encoding="utf-8")
    start = text.index("    ratings:\n")
    end = text.index("\n  - id:", start)
    ratings = [line.strip() for line in text[start:end].split("\n")[1:] if line.startswith("      ")]
    guide_file.write_text(f"{text[:start]}    ratings: {{{', '.join(ratings)}}}{text[end:]}", encoding="utf-8")
    before = guide_file.read_text(encoding="utf-8")
    assert main(["new-criterion", "Colour", "--file", "guide.yml"]) == 2
    assert "one a line" in capsys.readouterr().err
    assert guide_file.read_text(encoding="utf-8") == before


# --since


def test_an_edit_without_effect_says_so(guide_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guide_file.write_text(SMALL.replace("summary: Light by day.", "summary: Light."), encoding="utf-8")
    assert main(["check", "--quick", "--since", "HEAD", "--file", "guide.yml"]) == 0
    assert capsys.readouterr().out == (
        "guide.yml: no problems\n\nRecommendations since HEAD\n\n"
        "Examples: 1 as before.\nSampled visitors: 0 of 1000 (0.0%) get another first place.\n\n"
        "The pages that this changes: SINCE=HEAD uv run mkdocs serve, then open /since/\n"
    )


def test_an_edit_that_flips_an_example() -> None:
    """Carrying four times the weight of strength: the light chain with its post now beats the bow lock."""
    edited = SMALL.replace("acceptable: [bow]", "acceptable: [chain+post]")
    edited = edited.replace("    weight: 5\n", "    weight: 40\n").replace(
        "weight: {level: heavy, text: Two", "weight: {level: light, text: Two"
    )
    effect = effect_of_edit(guide(SMALL), guide(edited), visitors=200)
    (one,) = effect.examples
    assert one.flipped
    assert (one.before.names if one.before else "", one.after.names) == ("bow", "chain+post")
    assert effect.flips[0][0] == ("bow", "chain+post")
    table = as_table(effect, "main")
    assert re.search(r"Another first place\n\n.*\n.*\n\| town \| bow \([\d.]+ points ahead\) \| chain\+post", table)
    assert "another lead" not in table
    assert "Examples: 1 with another first place, 0 as before." in table


def test_an_edit_that_changes_a_lead_only() -> None:
    effect = effect_of_edit(guide(SMALL), guide(SMALL.replace("    weight: 5\n", "    weight: 6\n")), visitors=200)
    assert ([one.example for one in effect.only_leads], effect.flipped, effect.new) == (["town"], [], [])
    table = as_table(effect, "main")
    assert re.search(r"The same first place, with another lead\n\n.*\n.*\n\| town \| bow \| [\d.]+ \| [\d.]+ \|", table)
    assert "Another first place" not in table
    assert "Examples: 1 with another lead only, 0 as before." in table


def test_an_accepted_strategy_that_is_ruled_out_says_by_which_answer(
    guide_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = SMALL.replace("answers: {place: street, nights", "answers: {place: street, fears: [tools], nights")
    guide_file.write_text(edited, encoding="utf-8")
    assert main(["check", "--guide", "guide.yml"]) == 1
    said = "does not accept that; 'bow' is ruled out by the answer 'tools' to 'fears' (without Bow lock)"
    assert said in capsys.readouterr().out
    stronger = SMALL.replace("require: {strength: fair}", "require: {strength: strong}").replace(
        "[bow], why", "[cable+bow], why"
    )
    guide_file.write_text(stronger.replace("strength: {level: strong", "strength: {level: fair"), encoding="utf-8")
    assert main(["check", "--guide", "guide.yml"]) == 1
    assert "is ruled out by the answer 'street' to 'place' (Strength" in capsys.readouterr().out


def test_the_effect_is_shown_when_an_example_no_longer_comes_out(
    guide_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """That is when an editor needs the table most; the edit still counts as a problem."""
    edited = SMALL.replace("    weight: 5\n", "    weight: 40\n")
    guide_file.write_text(edited.replace("level: heavy, text: Two", "level: light, text: Two"), encoding="utf-8")
    assert main(["check", "--since", "HEAD", "--file", "guide.yml"]) == 1
    out = capsys.readouterr().out
    assert "ranks first for example 'town', which does not accept that" in out
    assert "Another first place\n" in out and "| town | bow" in out


def test_a_new_example_and_a_new_question_can_be_compared() -> None:
    question = (
        "  - id: shop\n    text: Is there a shop?\n    kind: one\n    answers:\n      - {id: near, label: Near}\n"
    )
    example = (
        "  - {id: shop, title: S, situation: S., answers: {shop: near, place: street}, acceptable: [bow], why: W.}\n"
    )
    edited = SMALL.replace("examples:\n", f"{question}examples:\n").replace(
        "disagreements:", f"{example}disagreements:"
    )
    effect = effect_of_edit(guide(SMALL), guide(edited), visitors=50)
    assert [(one.example, one.before, one.flipped) for one in effect.examples] == [("shop", None, False)]
    assert "New examples\n\n| example | first |\n|---|---|\n| shop | bow" in as_table(effect, "main")


def test_a_comparison_is_the_same_each_time() -> None:
    edited = guide(SMALL.replace("    weight: 5\n", "    weight: 6\n"))
    assert effect_of_edit(guide(SMALL), edited, 100) == effect_of_edit(guide(SMALL), edited, 100)


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "HEAD~99"])
def test_an_unknown_revision(revision: str, guide_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--quick", f"--since={revision}", "--file", "guide.yml"]) == 2
    said = capsys.readouterr().err
    known = f"'{revision}' is no commit," if revision[0] == "-" else f"Git knows no commit, branch or tag '{revision}'"
    assert said.startswith(f"guide: {known}") and said.count("\n") == 1


def test_a_file_that_a_revision_does_not_have(guide_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guide_file.rename("other.yml")
    assert main(["check", "--quick", "--since", "HEAD", "--file", "other.yml"]) == 2
    new = "guide: other.yml is not in 'HEAD': the file is new since, or had another name or folder then\n"
    assert capsys.readouterr().err == new
    Path(".git").rename("elsewhere")
    assert main(["check", "--quick", "--since", "HEAD", "--file", "other.yml"]) == 2
    assert "other.yml is in no Git repository" in capsys.readouterr().err


def test_a_revision_with_problems_cannot_be_compared(guide_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guide_file.write_text("a: 1\n", encoding="utf-8")
    identity = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]
    subprocess.run(["git", *identity, "commit", "-qam", "Broken"], check=True)
    guide_file.write_text(SMALL, encoding="utf-8")
    assert main(["check", "--quick", "--since", "HEAD", "--file", "guide.yml"]) == 0
    assert "had problems" in capsys.readouterr().err


# links


class Web:
    """Answers by address; counts what is asked."""

    def __init__(self, **pages: tuple[int, str]) -> None:
        self.pages = {f"https://example.{name}/": page for name, page in pages.items()}
        self.asked: list[tuple[str, str]] = []
        self.pauses: list[float] = []

    def ask(self, method: str, address: str) -> tuple[int, str]:
        self.asked.append((method, address))
        if address not in self.pages:
            raise TimeoutError("timed out")
        return self.pages[address]

    def all(self, known: dict[str, Answer], *addresses: str) -> dict[str, Answer]:
        return ask_all(addresses, known, TODAY, ask=self.ask, sleep=self.pauses.append)


def test_answers_of_addresses() -> None:
    web = Web(
        org=(200, ""),
        com=(404, ""),
        net=(301, "https://example.org/"),
        edu=(302, "https://example.org/"),
        int=(301, "/"),
    )
    answers = web.all({}, *web.pages, "https://example.gov/")
    day = TODAY.isoformat()
    assert answers == {
        "https://example.org/": Answer(200, "", day),
        "https://example.com/": Answer(404, "", day),
        "https://example.net/": Answer(200, "https://example.org/", day),
        "https://example.edu/": Answer(200, "", day),
        "https://example.int/": Answer(0, "", day, "it moves in a circle"),
        "https://example.gov/": Answer(0, "", day, "timed out"),
    }


def test_servers_that_refuse_head_are_asked_for_the_page() -> None:
    web = Web(org=(405, ""))
    web.all({}, "https://example.org/")
    assert web.asked == [("HEAD", "https://example.org/"), ("GET", "https://example.org/")]


def test_one_host_is_asked_slowly_and_what_was_fine_is_not_asked_again() -> None:
    web = Web(org=(200, ""))
    web.pages |= {f"https://example.org/{number}": (200, "") for number in range(3)}
    answers = web.all({}, *web.pages)
    assert (len(web.asked), web.pauses) == (4, [1.0] * 3)
    assert web.all(answers, *web.pages) == answers
    assert len(web.asked) == 4
    old = {address: Answer(200, "", "2026-11-01") for address in web.pages}
    web.all(old, *web.pages)
    assert len(web.asked) == 8


def test_findings_stand_where_the_address_stands() -> None:
    text = SMALL.replace("summary: Light by day.", "summary: 'Light [by day](https://example.org/day).'")
    draft = draft_of(load_bytes(text.encode(), "g.yml"), TODAY)
    day = TODAY.isoformat()
    answers = {address: Answer(200, "", day) for address in addresses(draft)}
    assert len(answers) == 8
    answers["https://example.org/day"] = Answer(404, "", day)
    answers["https://example.com/"] = Answer(200, "https://example.com/en/", day)
    answers["https://example.org/bow"] = Answer(0, "", day, "timed out")
    assert as_text(findings(draft, answers), {}) == (
        "g.yml:58:11: warning: 'https://example.org/bow' gave no page (timed out)   [link]\n"
        "    in options › bow › home\n\n"
        "g.yml:159:30: 'https://example.org/day' is gone (status 404)   [link]\n"
        "    in strategies › day-and-night › summary\n\n"
        "g.yml:221:37: warning: 'https://example.com/' has moved; did you mean https://example.com/en/?   [link]\n"
        "    in sources › paper › url\n"
    )


def test_the_cache_survives_damage(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "links.json"
    answers = {"https://example.org/": Answer(200, "", "2026-11-23")}
    write_cache(path, answers)
    assert read_cache(path) == answers
    for damage in ("[", "[]", '{"a": 1}', '{"a": {"status": 1}}'):
        path.write_text(damage, encoding="utf-8")
        assert read_cache(path) == {}


def test_links_on_the_command_line(
    guide_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        "hooks.cli.links._request", lambda method, address: (404 if address.endswith("ring") else 200, "")
    )
    monkeypatch.setattr("hooks.cli.polite.PAUSE", 0)
    assert main(["links", "--file", "guide.yml", "--cache", "links.json"]) == 1
    assert capsys.readouterr().out.endswith("guide.yml: 7 addresses asked, 1 problem\n")
    assert len(read_cache(Path("links.json"))) == 7
    assert main(["links", "--file", "guide.yml", "--cache", "links.json", "--json"]) == 1
    listed = json.loads(capsys.readouterr().out)
    assert [one["address"] for one in listed] == list(addresses(draft_of(load(guide_file))))
    gone = next(one for one in listed if one["status"] == 404)
    assert gone["where"] == "options › ring › home" and "example.org/ring" in SMALL.split("\n")[gone["line"] - 1]


@pytest.mark.parametrize("option", ["--local", "--findings"])
def test_what_only_passages_need_is_refused_without_them(
    option: str, guide_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["links", "--file", "guide.yml", option, "x"]) == 2
    assert capsys.readouterr().err == f"guide: {option} can only be used with --passages\n"
