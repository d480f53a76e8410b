"""`guide rename` and `guide remove`: for every entry of guides that have every section, and nothing else in the file."""

from __future__ import annotations

import difflib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hooks import ROOT
from hooks.checked import check_loaded
from hooks.cli.main import main
from hooks.cli.removal import removal, text_without
from hooks.cli.rename import renamed
from hooks.cli.uses import Declared, declared, uses
from hooks.rules import draft_of
from hooks.source.edits import applied, spans, without
from hooks.source.load import Loaded, load, load_bytes
from hooks.source.problems import errors
from selector.case.link import decode
from tests.support.broken_edits import GUIDES

SMALL, SECOND = GUIDES / "small.yml", GUIDES / "second.yml"

SHAPE = {"type", "missing-field", "unknown-field", "value", "syntax", "references", "answer", "level", "synonym"}
"""Codes of problems that a removal must never leave: names of what is gone, and a wrong shape."""


def entries(loaded: Loaded) -> list[Declared]:
    return list(declared(draft_of(loaded)))


@pytest.mark.parametrize(("file", "every"), [(SMALL, 1), (SECOND, 4)], ids=["small", "second"])
def test_every_id_can_be_renamed_and_no_use_is_forgotten(file: Path, every: int) -> None:
    """One after the other gets an id that nothing else has, so that what is forgotten would be left over."""
    loaded = load(file)
    comments = [line for line in loaded.text.split("\n") if line.lstrip().startswith("#")]
    for number in range(0, len(entries(loaded)), every):
        entry = entries(loaded)[number]
        here = load_bytes(renamed(loaded, entry, f"fresh{number}").encode())
        fresh = entries(here)[number]
        assert fresh.id == f"fresh{number}"
        loaded = load_bytes(renamed(here, fresh, f"new{number}").encode())
        assert f"fresh{number}" not in set(words(without_aliases(loaded.data))), entry.name
    assert check_loaded(loaded).problems == ()
    assert [line for line in loaded.text.split("\n") if line.lstrip().startswith("#")] == comments


def without_aliases(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: without_aliases(value) for key, value in data.items() if key != "aliases"}
    return [without_aliases(item) for item in data] if isinstance(data, list) else data


def words(data: Any) -> Iterator[str]:
    """Every id that texts and keys of the data hold."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from words(value)
    elif isinstance(data, list):
        for item in data:
            yield from words(item)
    elif isinstance(data, str):
        yield from re.findall(r"[a-z0-9-]+", data)


def test_there_and_back_leaves_the_aliases_only() -> None:
    loaded = load(SECOND)
    entry = next(one for one in entries(loaded) if one.name == "questions/changes")
    there = load_bytes(renamed(loaded, entry, "give").encode())
    question = there.draft["questions"][entry.path[1]]
    assert question["aliases"] == ["changes", "return"]
    back = load_bytes(renamed(there, next(one for one in entries(there) if one.id == "give"), "changes").encode())
    assert back.draft["questions"][entry.path[1]]["aliases"] == ["give", "return"]
    assert without_aliases(back.draft) == without_aliases(loaded.draft)


@pytest.mark.parametrize(("file", "every"), [(SMALL, 1), (SECOND, 12)], ids=["small", "second"])
def test_what_is_removed_leaves_no_name_behind(file: Path, every: int) -> None:
    loaded = load(file)
    removed = 0
    for entry in entries(loaded)[::every]:
        draft = draft_of(loaded)
        if entry.name in ("roles/frame", "groups/theft"):
            continue  # see test_what_every_guide_needs_stays
        going = removal(draft, entry)
        after = load_bytes(text_without(loaded, going.gone).encode())
        found = check_loaded(after)
        assert not {problem.code for problem in errors(found.problems)} & SHAPE, (entry.name, found.report())
        assert entry.name not in {one.name for one in entries(after)}
        changes = [line for line in difflib.ndiff(loaded.text.split("\n"), after.text.split("\n")) if line[:1] == "+"]
        assert all(shorter(line[2:], loaded.text) for line in changes), (entry.name, changes)
        removed += 1
    assert removed > 8


def shorter(line: str, text: str) -> bool:
    """True when a line is another one with something taken out."""
    return any(is_part(line.strip().lstrip("- "), old) for old in text.split("\n"))


def is_part(short: str, whole: str) -> bool:
    letters = iter(whole)
    return all(letter in letters for letter in short.replace("[]", ""))


@pytest.fixture
def guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "guide.yml"
    path.write_bytes(SECOND.read_bytes())
    return path


def test_the_command_renames(guide: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rename", "dco", "sign-offs", "--guide", "guide.yml"]) == 2
    assert capsys.readouterr().err == "guide: 'dco' may be sources/dco or options/dco; name it like that\n"
    assert main(["rename", "options/dco", "sign-offs", "--guide", "guide.yml"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("guide.yml: options/dco is 'sign-offs' now, at ")
    text = guide.read_text("utf-8")
    assert "  - id: sign-offs\n    aliases: [dco]\n" in text
    assert "acceptable: [apache-2-0, apache-2-0+sign-offs]" in text
    assert "id: dco, title: Developer Certificate of Origin" in text  # the source of the same id


LOSES = "    Links that people have shared and decisions lose {}, and say so: it keeps no former id.\n"


@pytest.mark.parametrize(
    ("old", "part", "lost"),
    [
        ("criteria/reach/own-files", "own.mit.reach=own-files", "own facts and trade-offs that name this level"),
        ("prices/per-signature", "own.price.per-signature=2", "own amounts of this price"),
        ("options/mit", "own.mit.reach=own-files", ""),
        ("criteria/reach", "own.mit.reach=own-files", ""),
    ],
)
def test_what_links_lose_by_a_new_name_is_said(
    old: str, part: str, lost: str, guide: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def notices() -> list[str]:
        found = check_loaded(load(guide)).guide
        assert found is not None
        return [one for one in decode(f"v=1&{part}&r=0123456789ab", found)[2] if "was ignored" in one]

    assert notices() == []
    assert main(["rename", old, "other-name", "--guide", "guide.yml"]) == 0
    out = capsys.readouterr().out
    assert (LOSES.format(lost) in out) if lost else "lose" not in out
    assert len(notices()) == bool(lost)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("mitt", "x", "nothing has the id 'mitt'; nearest: mit"),
        ("zq", "x", "nothing has the id 'zq'; nearest: osi-mit, spdx, choose-appendix"),
        ("mit", "x", "'mit' may be options/mit or questions/today/mit; name it like that"),
        ("options/mit", "MIT", "'MIT' is no id: lower case letters, digits and hyphens; nearest: mit"),
        ("options/mit", "dco", "'dco' belongs to options/dco already"),
        ("options/mit", "mit", "options/mit has this id already"),
    ],
)
def test_what_cannot_be_renamed(guide: Path, old: str, new: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = guide.read_bytes()
    assert main(["rename", old, new, "--guide", "guide.yml"]) == 2
    assert capsys.readouterr().err == f"guide: {said}\n"
    assert guide.read_bytes() == before


def test_an_accepted_notice_keeps_its_place(guide: Path) -> None:
    accepted = "accepted:\n  - {notice: never-first, where: options/mit, because: We know.}\n"
    guide.write_text(guide.read_text("utf-8") + accepted, "utf-8")
    assert main(["rename", "options/mit", "mit-licence", "--guide", "guide.yml"]) == 0
    assert "where: options/mit-licence," in guide.read_text("utf-8")


def aliases(guide: Path, name: str) -> list[str]:
    """Former ids of an option."""
    (entry,) = (one for one in load(guide).draft["options"] if one["id"] == name)
    return list(entry.get("aliases", ()))


def test_a_rename_that_is_taken_back_leaves_the_file_as_it_was(guide: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = guide.read_bytes()
    assert main(["rename", "options/mit", "mit-licence", "--guide", "guide.yml"]) == 0
    assert aliases(guide, "mit-licence") == ["mit"]
    assert main(["rename", "mit-licence", "mit", "--guide", "guide.yml"]) == 0
    assert (
        "without 'mit-licence' as a former id, as this takes a rename back (--alias keeps it)\n"
        in capsys.readouterr().out
    )
    assert guide.read_bytes() == before
    assert main(["rename", "options/mit", "mit-licence", "--guide", "guide.yml"]) == 0
    assert main(["rename", "mit-licence", "mit", "--guide", "guide.yml", "--alias"]) == 0
    assert aliases(guide, "mit") == ["mit-licence"]


def test_an_id_that_no_commit_has_is_not_kept(guide: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "guide.yml"], ["commit", "-qm", "A guide"]):
        subprocess.run([*git, *command], cwd=guide.parent, check=True)
    assert main(["rename", "options/mit", "first-try", "--guide", "guide.yml"]) == 0
    assert aliases(guide, "first-try") == ["mit"]
    assert main(["rename", "first-try", "second-try", "--guide", "guide.yml"]) == 0
    assert aliases(guide, "second-try") == ["mit"]
    assert "without 'first-try' as a former id, as the last commit does not have it" in capsys.readouterr().out
    assert main(["rename", "options/dco", "sign-offs", "--guide", "guide.yml", "--no-alias"]) == 0
    assert aliases(guide, "sign-offs") == []
    assert "without 'dco' as a former id (--no-alias)\n" in capsys.readouterr().out


@pytest.mark.parametrize("added", [[], ["add", "-N", "guide.yml"], ["add", "guide.yml"]], ids=" ".join)
@pytest.mark.parametrize("other", [False, True], ids=["no commit", "a commit of another file"])
def test_an_id_of_a_file_that_was_never_committed_is_not_kept(
    guide: Path, added: list[str], other: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    commands = [["init", "-q"], *([["commit", "-qm", "Other", "--allow-empty"]] if other else []), added]
    for command in filter(None, commands):
        subprocess.run([*git, *command], cwd=guide.parent, check=True)
    assert main(["rename", "options/mit", "first-try", "--guide", "guide.yml"]) == 0
    assert aliases(guide, "first-try") == []
    assert "without 'mit' as a former id, as the last commit does not have it (--alias" in capsys.readouterr().out


def test_help_and_the_manual_say_the_same_of_former_ids(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rename", "--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    manual = " ".join((ROOT / "CONTRIBUTING.md").read_text("utf-8").split())
    for words in ("last commit does not have it in this file", "ithout Git, every former id is kept"):
        assert words in said
        assert words in manual


def test_all_that_goes_can_be_listed(guide: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remove", "sources/apache-cla", "--guide", "guide.yml"]) == 0
    short = capsys.readouterr().out
    assert "more (use --all)\n" in short
    assert main(["remove", "sources/apache-cla", "--guide", "guide.yml", "--all"]) == 0
    whole = capsys.readouterr().out
    assert "more (use --all)" not in whole
    assert len(whole.split("\n")) > len(short.split("\n"))


def test_a_rename_that_breaks_a_rule_is_refused(guide: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = guide.read_bytes()
    assert main(["rename", "options/mit", "index", "--guide", "guide.yml"]) == 1
    assert "the id 'index' is the address of the page that lists all options" in capsys.readouterr().out
    assert guide.read_bytes() == before


def test_removing_says_first_what_goes(guide: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = guide.read_bytes()
    assert main(["remove", "options/mit", "--guide", "guide.yml"]) == 0
    said = capsys.readouterr().out
    assert re.match(r"options/mit is used at 1\d places:\n    line ", said)
    assert "strategies › open-core" in said and "Nothing was changed. With --yes, all of this goes." in said
    assert guide.read_bytes() == before
    assert main(["remove", "options/mit", "--guide", "guide.yml", "--yes"]) in (0, 1)
    assert "options/mit is removed" in capsys.readouterr().out
    assert not uses(draft_of(load(guide)), Declared(("options", 0), "option", "mit", "options/mit"))


def test_each_entry_that_goes_says_why_and_what_keeps_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "guide.yml"
    path.write_bytes(SMALL.read_bytes())
    assert main(["remove", "sources/maker", "--guide", str(path), "--all"]) == 0
    said = capsys.readouterr().out
    assert "prices › concrete: it must have 'source', which names 'maker'\n" in said
    assert "examples › town: it must have 'acceptable', which must have at least 1 entry, as the last one names" in said
    assert "To keep any of these, let it name another source than 'maker' first.\n" in said
    going = said.split("With it go")[1].split("To keep any")[0].splitlines()
    places = [line for line in going if line.startswith("    line ")]
    assert places and all(": it " in line for line in places)
    assert len(set(places)) == len(places)
    assert f" {len([line for line in said.split('With it go')[1].split('And')[0].splitlines()[1:] if line])} " in said


def test_what_nothing_uses_any_longer_is_said(guide: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (owner,) = (one["id"] for one in load(guide).draft["options"] if one.get("costs"))
    assert main(["remove", f"options/{owner}", "--guide", "guide.yml"]) == 0
    assert "\nNothing would use these any longer:\n    line " in capsys.readouterr().out
    main(["remove", f"options/{owner}", "--guide", "guide.yml", "--yes"])
    said = capsys.readouterr().out.partition("\nNothing uses these any longer:\n")[2].split("\n\n")[0].split("\n")
    line = guide.read_text("utf-8").split("\n").index("  - id: per-signature") + 1
    assert f"    line {line}: prices/per-signature (`guide remove prices/per-signature`)" in said
    for one in said:
        assert main(["remove", one.split()[2], "--guide", "guide.yml", "--yes"]) == 0
        assert "is used at 0 places." in capsys.readouterr().out


def test_what_every_guide_needs_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "guide.yml"
    path.write_bytes(SMALL.read_bytes())
    assert main(["remove", "roles/frame", "--guide", str(path), "--yes"]) == 2
    assert "was not removed: the guide cannot be without it" in capsys.readouterr().err
    assert path.read_bytes() == SMALL.read_bytes()


STYLES = """\
# about all
flow: [a, {b: 1}, "c"]  # kept
map: {x: 1, y: [1, 2], z: 'three'}
block:
  # about the list
  - one
  # about two
  - two  # with a note
  - - three
    - four
nested:
  - id: first
    text: >-
      folded
      text

    more: 1
  - {id: second}
last: |
  literal
"""


@pytest.mark.parametrize(
    ("paths", "old", "new"),
    [
        ([("flow", 0)], "[a, {b: 1}, ", "[{b: 1}, "),
        ([("flow", 1), ("flow", 2)], '[a, {b: 1}, "c"]', "[a]"),
        ([("flow", 0), ("flow", 2)], '[a, {b: 1}, "c"]', "[{b: 1}]"),
        ([("map", "y")], "y: [1, 2], ", ""),
        ([("map", "z")], ", z: 'three'", ""),
        ([("block", 0)], "  - one\n", ""),
        ([("block", 1)], "  # about two\n  - two  # with a note\n", ""),
        ([("block", 2)], "  - - three\n    - four\n", ""),
        ([("nested", 0, "id")], "- id: first\n    text", "- text"),
        ([("nested", 0, "text")], "    text: >-\n      folded\n      text\n\n", ""),
        ([("nested", 1)], "  - {id: second}\n", ""),
        ([("last",)], "last: |\n  literal\n", ""),
    ],
)
def test_what_is_taken_out_of_a_text(paths: list[tuple[str | int, ...]], old: str, new: str) -> None:
    assert STYLES.count(old) == 1
    assert applied(STYLES, without(spans(STYLES), paths)) == STYLES.replace(old, new)
