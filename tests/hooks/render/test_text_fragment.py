"""Addresses that open a page at some of its words. Whether a browser does is asked in tests/site/test_passages.py."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks.render.text_fragment import passage_address

PAGE = "https://example.org/manual"


@pytest.mark.parametrize(
    ("given", "address"),
    [
        (("as it is",), "#:~:text=as%20it%20is"),
        (("it is", "as", "now"), "#:~:text=as-,it%20is,-now"),
        (("it is", "", "now"), "#:~:text=it%20is,-now"),
        (("it is", "as"), "#:~:text=as-,it%20is"),
        (("a-b, c & d",), "#:~:text=a%2Db%2C%20c%20%26%20d"),
        (("a-", "-b", "c-"), "#:~:text=%2Db-,a%2D,-c%2D"),
        (("50% of #1 + “two” – drei ß",), "#:~:text=50%25%20of%20%231%20%2B%20%E2%80%9Ctwo%E2%80%9D%20%E2%80%93%20drei%20%C3%9F"),
        (("  on\n two   lines ",), "#:~:text=on%20two%20lines"),
        (("",), ""),
    ],
)  # fmt: skip
def test_words_become_a_directive(given: tuple[str, ...], address: str) -> None:
    assert passage_address(PAGE, *given) == PAGE + address


def test_a_fragment_and_a_directive_that_are_there_are_kept() -> None:
    assert passage_address(f"{PAGE}#limits", "two") == f"{PAGE}#limits:~:text=two"
    assert passage_address(f"{PAGE}?a=b#", "two") == f"{PAGE}?a=b#:~:text=two"
    assert passage_address(f"{PAGE}#:~:text=one", "two") == f"{PAGE}#:~:text=one&text=two"


@pytest.mark.parametrize("lines", ["#L10", "#L10-L12", "#L10-12", "#L1C4-L2C8"])
def test_lines_of_a_file_stay_as_they_are(lines: str) -> None:
    file = f"https://example.org/owner/name/blob/{'a' * 40}/file.md{lines}"
    assert passage_address(file, "two", "one", "three") == file


@given(*[st.text(st.characters(exclude_categories=["Cs"]), min_size=1)] * 3)
def test_any_text_comes_back(words: str, prefix: str, suffix: str) -> None:
    found = passage_address(PAGE, words, prefix, suffix)
    assert found.isascii()
    said, before, after = (" ".join(text.split()) for text in (words, prefix, suffix))
    if not said:
        assert found == PAGE
        return
    parts = found.removeprefix(f"{PAGE}#:~:text=").split(",")
    shown = [f"{before}-"] if before else []
    shown += [said, *([f"-{after}"] if after else [])]
    assert [unquote(part) for part in parts] == shown
    assert "&" not in found and found.count("-") == bool(before) + bool(after)
