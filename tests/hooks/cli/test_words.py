"""Words that a guide avoids are found where they are, with what to write instead."""

from __future__ import annotations

import re
from datetime import date

from hooks import ROOT
from hooks.checked import check_loaded
from hooks.cli.words import avoided, findings
from hooks.source.load import load, load_bytes
from tests.support.broken_edits import GUIDES

SMALL = (GUIDES / "small.yml").read_text(encoding="utf-8")
WORDS = """
words:
  - {avoid: [resting in, nobod*], use: is stored in}
  - {avoid: [by hand], use: manually, except: [by hand and eye]}
"""


def found(text: str, words: str = WORDS) -> list[tuple[str, str, str]]:
    """What is found in the first text of the small guide's criterion."""
    old = next(line for line in SMALL.split("\n") if line.strip().startswith("summary: "))
    new = old.split("summary: ")[0] + "summary: " + repr(text)
    edited = re.sub(r"(?m)^words:\n(?:  .*\n?)+", "", SMALL.replace(old, new, 1))  # the guide's own words
    parts = edited.rstrip("\n").split("\nsources:")
    edited = f"{parts[0]}\n{words}\nsources:{parts[1]}\n"
    loaded = load_bytes(edited.encode(), "g.yml")
    assert check_loaded(loaded, date(2026, 11, 23)).guide is not None, check_loaded(loaded).report()
    lines = edited.split("\n")
    here = lines.index(new) + 1
    return [
        (problem.message, problem.expected, lines[problem.line - 1][problem.column - 1 : problem.end - 1])
        for problem in findings(loaded)
        if problem.line == here
    ]


def test_a_word_is_found_with_a_better_one_at_its_place() -> None:
    assert found("It is Resting in a file.") == [("this guide avoids 'Resting in'", "is stored in", "Resting in")]


def test_a_star_stands_for_the_rest_of_a_word() -> None:
    assert [words for _, _, words in found("Nobody's and nobodies; no body.")] == ["Nobody", "nobodies"]


def test_code_parts_of_words_and_right_phrases_are_left_alone() -> None:
    assert found("Run `by hand`. Done by hand and eye, by handle.") == []
    assert [words for _, _, words in found("By hand, and by hand and eye.")] == ["By hand"]


def test_each_word_is_named_once_for_a_text() -> None:
    assert len(found("By hand, By hand, By hand.")) == 1


def test_a_guide_without_a_list_has_no_findings() -> None:
    assert found("Nobody rests by hand.", "") == []


def test_page_templates_avoid_the_words_of_the_real_guide() -> None:
    """The engine has no separate list: its texts follow that of the guide in this repository."""
    data = load(ROOT / "data" / "guide.yml").data
    assert data is not None
    listed = avoided(data["words"])
    assert len(listed) > 10
    folder = ROOT / "hooks" / "render" / "templates"
    left = {
        f"{path.name}: {word}"
        for path in sorted(folder.glob("*.md"))
        for one in listed
        for word in one.found_in(re.sub(r"{[{%#].*?[}%#]}", "", path.read_text(encoding="utf-8")))
    }
    assert left == set()
