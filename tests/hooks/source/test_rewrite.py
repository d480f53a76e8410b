"""Another value at a place of the file: it is read as it was given, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks import ROOT
from hooks.source.edits import applied, spans
from hooks.source.positions import Path as Place
from hooks.source.rewrite import CannotWrite, rewritten
from hooks.source.yaml_tree import read_tree

GUIDES = ("tests/guides/second.yml", "tests/guides/small.yml", "data/guide.yml")

TEXT = """\
# above
plain: some words  # beside
quoted: 'some words'  # beside
double: "some words"
number: 7  # points
folded: >-  # why
  Some words that are folded over
  two lines, and
  a third.

  # not a comment

# below
literal: |
  one
    two

  three
# after it
brackets: {id: x, text: some words, 'more': [a, b]}  # end
items:
  - first words  # of two
  - id: second
    text: words
    deep:
      - >-
        Folded in a list.
empty:
last: yes or no
"""

HOSTILE = (
    *("", " ", "yes", "no", "null", "~", "7", "1.5", "2026-11-23", "true", "=", "<<", "0x1F", "1_000", ".inf", "12:30"),
    *("a: b", "a:", ": a", "a #b", "#a", "a#b", "- a", "-", "---", "...", "? a", "! a", "!tag a", "&a b", "*a", "%a", "@a", "`a`"),
    *("{a}", "{{ a }}", "[a]", "a, b", "a]", "a}", "|", ">", "|-\na", "'a'", "it's", '"a"', 'say "a"', "\\", "\\n", "a\\"),
    *(" a", "a ", "\ta", "a\t", "a\tb", "a  b", "a\nb", "a\n", "\na", "a\n\n", "a\n\nb", " a\nb", "a\n  b\nc", "\n", "a \nb"),
    *("😀", "שלום", "日本語: 本", "é", "<b>&amp;</b>", "{% raw %}", "</textarea>", "x" * 10_000, "many words " * 900 + "end"),
)  # fmt: skip


def edited(text: str, path: Place, value: str) -> str:
    return applied(text, [rewritten(spans(text), path, value)])


def at(data: object, path: Place) -> object:
    for step in path:
        data = data[step]  # type: ignore[index]
    return data


def scalars(text: str) -> list[Place]:
    found = spans(text)
    return [path for path in found.values if path and path not in found.below]


def without(data: object, path: Place) -> object:
    """The data with a mark at a path."""
    if not path:
        return "mark"
    copied = dict(data) if isinstance(data, dict) else list(data)  # type: ignore[call-overload]
    copied[path[0]] = without(copied[path[0]], path[1:])
    return copied


@pytest.mark.parametrize("file", GUIDES)
def test_writing_the_value_that_is_there_changes_no_byte(file: str) -> None:
    text = Path(ROOT, file).read_text("utf-8")
    data, found = read_tree(text, file).data, spans(text)
    paths = [path for path in found.values if path and path not in found.below]
    assert len(paths) > 400
    for path in paths:
        edit = rewritten(found, path, at(data, path))  # type: ignore[arg-type]
        assert edit.text == text[edit.start : edit.end], path


@pytest.mark.parametrize("path", scalars(TEXT), ids=str)
@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n")], ids=["lf", "crlf"])
def test_any_text_is_read_as_it_was_written_and_comments_stay(path: Place, text: str) -> None:
    before = read_tree(text, "x").data
    comments = [line.split("# ", 1)[1] for line in text.splitlines() if "# " in line]
    for value in HOSTILE:
        after = edited(text, path, value)
        data = read_tree(after, "x").data
        assert at(data, path) == value, (value, after)
        assert without(data, path) == without(before, path), (value, after)
        assert [line for line in comments if line not in after] in ([], ["not a comment"])
        assert after.count("\n") == after.count("\r\n") or "\r" not in text


@given(
    st.text(
        st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp"), blacklist_characters="\ufeff"), max_size=40
    )
)
def test_any_text_at_all(value: str) -> None:
    for path in (("plain",), ("folded",), ("brackets", "text"), ("items", 0)):
        try:
            after = edited(TEXT, path, value)
        except CannotWrite:
            assert any(char in value for char in "\ufdd0\ufffe\uffff")
            continue
        assert at(read_tree(after, "x").data, path) == value


def test_only_the_line_changes_and_the_way_of_writing_stays() -> None:
    def lines(path: Place, value: str) -> list[str]:
        after = edited(TEXT, path, value).split("\n")
        return [line for line in after if line not in TEXT.split("\n")]

    assert lines(("plain",), "other words") == ["plain: other words  # beside"]
    assert lines(("quoted",), "it's other") == ["quoted: 'it''s other'  # beside"]
    assert lines(("number",), "8") == ["number: 8  # points"]
    assert lines(("brackets", "text"), "a, b") == ["brackets: {id: x, text: 'a, b', 'more': [a, b]}  # end"]
    folded = "Some words that are folded over two lines, and\na fourth.\n# not a comment"
    assert lines(("folded",), folded.replace("and\na", "and a")) == ["  a fourth."]
    assert lines(("literal",), "one\n  two!\n\nthree\n") == ["    two!"]
    assert lines(("plain",), "7") == ["plain: '7'  # beside"], "a text stays a text for other programs"


@pytest.mark.parametrize("value", ["a\x00", "a\u202eb", "a\u2028b", "\ud800", "a\x1b[1m"])
def test_what_cannot_be_seen_is_not_written(value: str) -> None:
    with pytest.raises(CannotWrite, match="cannot be written"):
        edited(TEXT, ("plain",), value)


@pytest.mark.parametrize("path", [(), ("none",), ("items",), ("brackets",), ("items", 9), ("plain", "x")])
def test_only_single_values_have_a_place(path: Place) -> None:
    with pytest.raises(CannotWrite, match="no single value"):
        edited(TEXT, path, "x")
