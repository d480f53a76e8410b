"""Causes first: one edit is one problem, however many others follow from it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from hooks.checked import check_loaded
from hooks.cli.main import main
from hooks.cli.uses import Declared, declared
from hooks.rules import draft_of
from hooks.source.edits import Edit, applied, spans
from hooks.source.load import SCHEMA, expanded_schema, load_bytes
from hooks.source.positions import Path
from hooks.source.problems import Problem, as_github, errors
from hooks.source.problems_html import as_html
from tests.support.broken_edits import GUIDES

TODAY = date(2026, 11, 23)
SMALL = (GUIDES / "small.yml").read_text("utf-8")
SECOND = (GUIDES / "second.yml").read_text("utf-8")
SECTIONS = [name for name in expanded_schema(SCHEMA)["properties"] if f"\n{name}:\n" in SECOND]


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("edit", ["misspelt", "left out", "of another kind", "empty"])
def test_a_section_that_is_not_read_is_the_first_of_few_problems(section: str, edit: str) -> None:
    """Whatever section it is: the first problem that is shown is at the section, or says that it is missing."""
    found = re.search(rf"(?m)^{section}:\n(?:[ #].*\n|\n)*", SECOND)
    assert found is not None
    new = {
        "misspelt": found[0].replace(section, f"{section}z", 1),
        "left out": "",
        "of another kind": f"{section}: 1\n",
        "empty": f"{section}: []\n",
    }
    checked = check_loaded(load_bytes(SECOND.replace(found[0], new[edit]).encode()))
    total = len(errors(checked.problems))
    if edit in ("left out", "empty") and total == 0:
        return  # a guide may do without it, and nothing named it
    shown = checked.causes
    assert len(errors(shown)) <= 4 + total // 4, checked.report()
    assert sum(1 + len(one.follows) for one in shown) == len(checked.problems)
    if edit == "misspelt":
        assert f"unknown field '{section}z'" in shown[0].message
    elif edit == "of another kind":
        assert f"'{section}' is" in shown[0].message
    elif edit == "empty" and section != "strategies":  # of which others are named by their members
        assert re.match(rf"'{section}' is (an empty list|a list)\Z", shown[0].message), checked.report()
    elif section in expanded_schema(SCHEMA)["required"]:
        assert f"no '{section}'" in shown[0].message


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("\n  - id: dco\n", "\n    id: dco\n", "options"),
        ("\n  - id: documents\n", "\n    id: documents\n", "roles"),
        ("\n  - id: mixing\n", "\n    id: mixing\n", "criteria"),
    ],
)
def test_an_entry_without_its_dash_is_the_first_of_few_problems(old: str, new: str, where: str) -> None:
    assert SECOND.count(old) == 1
    checked = check_loaded(load_bytes(SECOND.replace(old, new).encode()))
    first, *others = checked.causes
    assert (first.code, first.nearest, first.line) == (
        "duplicate-key", f"-{new.strip().rjust(len(new.strip()) + 1)}", SECOND[: SECOND.index(old) + 1].count("\n") + 1
    )  # fmt: skip
    assert first.where.startswith(f"{where} › ") and first.expected.startswith("a dash before it")
    assert len(errors(others)) <= len(errors(checked.problems)) // 4, checked.report()


@pytest.mark.parametrize("section", ["guide", "terms", "reading"])
def test_a_dash_before_the_first_key_is_said_where_it_is(section: str) -> None:
    found = re.search(rf"(?m)^{section}:\n  (\w+):", SECOND)
    assert found
    text = SECOND.replace(found[0], found[0].replace("  ", "  - "), 1)
    (first, *_) = check_loaded(load_bytes(text.encode())).causes
    assert first.line == SECOND[: found.start(1)].count("\n") + 1
    assert first.message.startswith(f"the dash before '{found[1]}' makes a list of '{section}',")


def test_the_first_entry_without_its_dash_is_said_where_it_is() -> None:
    text = SECOND.replace("\n  - id: thing\n", "\n    id: thing\n")
    (first, *_) = check_loaded(load_bytes(text.encode())).causes
    assert (first.line, first.column) == (SECOND[: SECOND.index("\n  - id: thing\n") + 1].count("\n") + 1, 5)
    assert first.message == "no dash before the first entry of 'questions'"


def test_an_entry_without_its_dash_and_too_far_to_the_left_is_no_mapping_with_one() -> None:
    text = SECOND.replace("\n  - id: dco\n", "\n  id: dco\n")
    assert "the dash before" not in check_loaded(load_bytes(text.encode())).report()


@pytest.mark.parametrize(
    ("id", "names"),
    [("mit", "option"), ("reach", "criterion"), ("thing", "question"), ("code", "role"), ("apache", "source")],
)
def test_an_id_that_was_changed_at_one_place_is_one_problem(id: str, names: str) -> None:  # noqa: A002
    text = re.sub(rf"(?m)^(  - {{?)id: {id}\b(?=\n|,)", r"\1id: another", SECOND, count=1)
    assert text != SECOND
    checked = check_loaded(load_bytes(text.encode()))
    lead = next(one for one in checked.causes if one.follows and one.message == f"unknown {names} '{id}'")
    assert len(lead.follows) > 4
    assert lead.help.endswith("use `guide rename`, which changes it at every place.")
    assert len(errors(checked.causes)) <= 4, checked.report()


def pairs(text: str) -> list[tuple[Declared, Declared]]:
    """The first and the second entry of each list of entries with ids, in both orders."""
    beside: dict[Path, list[Declared]] = {}
    for entry in declared(draft_of(load_bytes(text.encode()))):
        beside.setdefault(entry.path[:-1], []).append(entry)
    return [
        pair
        for one, other, *_ in (found for found in beside.values() if len(found) > 1)
        for pair in ((one, other), (other, one))
    ]


@pytest.mark.parametrize("pair", pairs(SECOND), ids=lambda pair: pair[1].name)
def test_an_id_that_two_entries_have_comes_before_what_follows_from_it(pair: tuple[Declared, Declared]) -> None:
    kept, renamed = pair
    place = spans(SECOND).values[(*renamed.path, "id")]
    checked = check_loaded(load_bytes(applied(SECOND, [Edit(*place, kept.id)]).encode()), quick=True)
    first, *others = checked.causes
    assert first.message.startswith(f"id '{kept.id}' belongs to another "), checked.report()
    assert first.nearest in ("", renamed.id)
    assert not [one.message for one in others if f"'{renamed.id}'" in one.message], checked.report()
    assert sum(1 + len(one.follows) for one in checked.causes) == len(checked.problems)


def test_a_typo_beside_two_entries_with_one_id_is_another_problem() -> None:
    text = SECOND.replace("  - id: apache-2-0\n", "  - id: mit\n", 1)
    text = text.replace("works_with: [signatures]", "works_with: [signaturs]", 1)
    first, *others = check_loaded(load_bytes(text.encode())).causes
    assert first.nearest == "apache-2-0" and first.follows
    assert [one.message for one in others] == ["unknown option 'signaturs'"]


def test_how_it_is_said(tmp_path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "guide.yml").write_text(SECOND.replace("\nsources:\n", "\nsourcez:\n"), "utf-8")
    assert main(["check", "--guide", "guide.yml"]) == 1
    said = capsys.readouterr().out
    assert re.match(r"guide\.yml:\d+:1: unknown field 'sourcez'; did you mean sources\?   \[unknown-field\]\n", said)
    many = re.search(r"\n    and (\d+) that follow from it, on lines \d+, .*, \.\.\.\n", said)
    assert many is not None
    assert said.endswith(f"\nguide.yml: 1 problem and {many[1]} that follow from it\n")
    assert main(["check", "--guide", "guide.yml", "--all"]) == 1
    said = capsys.readouterr().out
    assert said.endswith(f"\nguide.yml: {int(many[1]) + 1} problems\n") and " follow " not in said
    shown = check_loaded(load_bytes((tmp_path / "guide.yml").read_bytes())).causes
    assert f"and {many[1]} that follow from it" in as_github(shown)
    assert f"and {many[1]} that follow from it" in as_html(shown, {})


def test_a_few_uses_of_an_unknown_name_are_shown_one_by_one() -> None:
    checked = check_loaded(load_bytes(SECOND.replace("id: client\n", "id: clients\n", 1).encode()))
    assert all(not one.follows for one in checked.causes)
    assert len(checked.causes) == len(checked.problems) > 1


def causes_of(*edits: tuple[str, str]) -> list[Problem]:
    """What is said first of the small guide with these edits, each at the first place that has it."""
    text = SMALL
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return check_loaded(load_bytes(text.encode()), TODAY).causes


RATING = "      strength: {level: strong, text: Thick,"


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("strenght", "unknown criterion 'strenght'"),
        ("Strength", "the key 'Strength' is no id"),
        ("power", "unknown criterion 'power'"),
        ("handling", "'handling' is written twice here"),
    ],
    ids=["misspelt", "with a capital", "another word", "the key of another"],
)
def test_a_wrong_key_among_ratings_comes_before_the_rating_that_is_missing(key: str, message: str) -> None:
    first, *others = causes_of((RATING, RATING.replace("strength", key)))
    assert first.message == message
    assert not [one for one in others if one.code == "missing-rating"]


def test_a_misspelt_criterion_is_the_one_that_has_no_rating_yet() -> None:
    """`weigth` would be nearest to `weight`, which is there; so it was meant for the other one."""
    names = ("- id: strength", "- id: weights"), (RATING, RATING.replace("strength", "weigth"))
    assert next(one for one in causes_of(*names) if "'weigth'" in one.message).nearest == "weights"


WRONG_IDS = [
    ("- id: bow", "- id: Bow Lock", "'id' is 'Bow Lock'"),
    ("- id: bow", "- id: Bow", "'id' is 'Bow'"),
    ("- id: bow", "- id:", "'id' is empty"),
    ("- id: bow", "- id: [bow]", "'id' is a list, as it begins with ["),
    ("- id: bow", "- ID: bow", "unknown field 'ID'"),
    ("- id: bow\n    name", "- name", "option 1 has no 'id'"),
    ("- id: strength", "- id: All Power", "'id' is 'All Power'"),
    ("{id: strong,", "{id: Very Strong,", "'id' is 'Very Strong'"),
    ("{id: maker,", "{id: The Maker,", "'id' is 'The Maker'"),
    ("- id: street", "- id: A Street", "'id' is 'A Street'"),
    ("{id: frame,", "{id: Frame,", "'id' is 'Frame'"),
    ("- id: place", "- id: The Place", "'id' is 'The Place'"),
    ("- id: rented", "- id: Is Rented", "'id' is 'Is Rented'"),
]


@pytest.mark.parametrize(("old", "new", "message"), WRONG_IDS, ids=[new for _, new, _ in WRONG_IDS])
def test_a_wrong_id_comes_before_what_names_the_entry(old: str, new: str, message: str) -> None:
    first, *others = causes_of((old, new))
    assert (first.message, others) == (message, [])
    assert first.follows


def test_a_wrong_id_is_offered_for_no_other() -> None:
    text = SMALL.replace("- id: bow", "- id: Bow").replace("members: [bow, cable]", "members: [bov, cable]")
    found = check_loaded(load_bytes(text.encode()), TODAY).problems
    assert "Bow" not in {name for one in found if one.code == "references" for name in one.expected.split(", ")}


def test_another_typo_beside_a_wrong_id_is_another_problem() -> None:
    first, second = causes_of(("- id: post", "- id: Post Box"), ("[cable, ring]", "[cable, rin]"))
    assert first.message == "'id' is 'Post Box'" and first.follows
    assert second.message == "unknown option 'rin'"
