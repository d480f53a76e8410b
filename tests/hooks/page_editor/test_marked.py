"""The words that differ are marked in a line and in the one that replaces it."""

from __future__ import annotations

from hooks.page_editor.marked import MOST_WORDS, marked_lines


def marked(*lines: str) -> list[str]:
    """Each line with what differs in brackets."""
    return [
        sign + "".join(f"[{text}]" if differs else text for text, differs in pieces)
        for sign, pieces in marked_lines(lines)
    ]


def test_a_line_that_replaces_another_has_the_words_that_differ_marked() -> None:
    assert marked("@@ -7,3 +8,3 @@", " a", "-weight: 7", "+weight: 8") == [
        "@From line 8",
        " a",
        "-weight: [7]",
        "+weight: [8]",
    ]
    assert marked("-a: one two", "+a: 'one two three'") == ["-a: one two", "+a: [']one two[ three']"]


def test_lines_that_replace_no_single_one_are_not_marked() -> None:
    assert marked("-a", "-b", "+c") == ["-a", "-b", "+c"]
    assert marked("-a", " b", "+c") == ["-a", " b", "+c"]
    assert marked("-a 1", "-b 2", "+a 3", "+b 4") == ["-a [1]", "-b [2]", "+a [3]", "+b [4]"]
    long = "x " * MOST_WORDS
    assert marked(f"-{long}", f"+{long}y") == [f"-{long}", f"+{long}y"]
