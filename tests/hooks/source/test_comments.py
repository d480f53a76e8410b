"""Words behind ` #` in a text without quotes: YAML drops them, and the check says so."""

from __future__ import annotations

import pytest

from hooks import ROOT
from hooks.overlay import SCHEMA as OWN_SCHEMA
from hooks.source.load import load, load_bytes
from tests.support.broken_edits import GUIDES

SMALL = (GUIDES / "small.yml").read_text(encoding="utf-8")


def said(written: str) -> list[str]:
    """What is said when the summary of a strategy is written like this."""
    text = SMALL.replace("summary: Light by day.", f"summary: {written}")
    loaded = load_bytes(text.encode(), "g.yml")
    assert loaded.data is not None, [one.message for one in loaded.problems]
    return [one.message for one in loaded.problems]


@pytest.mark.parametrize(
    ("written", "comment", "left"),
    [
        ("Light by #3 day.", "#3 day.", "Light by"),
        ("Ask in #locks", "#locks", "Ask in"),
        ("Light #1", "#1", "Light"),
        ("Light. #1 is best.", "#1 is best.", "Light."),
        ("Light by day # and by night", "# and by night", "Light by day"),
        ("Light\n      by day #1 of many", "#1 of many", "Light by day"),
    ],
)
def test_words_that_vanish_are_named(written: str, comment: str, left: str) -> None:
    assert said(written) == [f"YAML takes '{comment}' for a comment, so readers see only '{left}'"]


@pytest.mark.parametrize(
    "written",
    [
        "Light by day.  # until we know more",
        "Light by day. # checked in May",
        "Light by C#.",
        "'Light by #3 day.'",
        '"Light by #3 day."',
        "'Light by day' # and by night",
        "|\n      Light by #3 day.",
        ">- # why it is folded\n      Light by day.",
    ],
)
def test_comments_and_texts_in_quotes_are_left_alone(written: str) -> None:
    assert said(written) == []


def test_only_a_text_that_reaches_the_comment_is_cut() -> None:
    """Within brackets a comment follows the bracket, not the text."""
    text = SMALL.replace("verified: 2026-01-02}\n  - {id: paper", "verified: 2026-01-02} #later\n  - {id: paper")
    text = text.replace("- {id: day, name: By day}", "- {id: day, name: By day} # not by night")
    assert load_bytes(text.encode(), "g.yml").problems == ()


def test_an_own_file_is_checked_for_it_too() -> None:
    text = "format: 1\norganisation: {name: Ours, url: https://example.org}\nverified: 2026-01-02\nhide:\n  - {option: bow, because: No}\nanswers:\n"
    text += "  - question: place\n    answer: street\n    because: See ticket #12 of ours\n"
    (problem,) = load_bytes(text.encode(), "own.yml", OWN_SCHEMA).problems
    assert (problem.line, problem.code, problem.severity) == (9, "comment", "warning")


@pytest.mark.parametrize("file", ["data/guide.yml", "tests/guides/second.yml", "tests/guides/lunch.yml"])
def test_no_guide_of_ours_is_accused(file: str) -> None:
    assert [one.message for one in load(ROOT / file).problems] == []


def test_lines_of_quoted_texts_and_blocks_may_begin_with_any_space() -> None:
    assert said("|\n      Light\n      \u00a0 by day.") == []
    assert said('"Light\n    \u00a0by day."') == []
