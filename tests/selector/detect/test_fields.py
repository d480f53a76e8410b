"""The tolerant reader: what it makes of YAML, JSON and of what is neither."""

from __future__ import annotations

import json
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from selector.detect.fields import DEEPEST, MOST_LINES, STEP, FieldPattern, read_fields


def keys(path: str) -> tuple[str, ...]:
    return tuple(path.split(STEP)[1:])


def values(text: str) -> dict[str, list[str]]:
    """Values by dotted path."""
    found: dict[str, list[str]] = {}
    for field in read_fields(text)[0]:
        found.setdefault(".".join(keys(field.path)), []).append(field.value)
    return found


def test_block_style() -> None:
    text = """
a:
  b: one # a comment
  "c d": 'two'
list:
- name: first
  deep: {x: 1, y: [p, q]}
-   name: second
scalars:
  - alone
"""
    assert values(text) == {
        "a.b": ["one"], "a.c d": ["two"], "list.name": ["first", "second"], "list.deep.x": ["1"],
        "list.deep.y": ["p", "q"], "scalars": ["alone"],
    }  # fmt: skip


def test_lines_count_from_nought() -> None:
    found = read_fields("a: 1\n\nb:\n  c: 2\n")[0]
    assert [(keys(field.path), field.line) for field in found] == [(("a",), 0), (("b", "c"), 3)]


def test_text_in_blocks_is_a_value_and_never_a_field() -> None:
    text = "a:\n  script: |\n    kind: Lie\n    b: c\n  after: yes\n"
    assert values(text) == {"a.script": ["kind: Lie\nb: c"], "a.after": ["yes"]}


def test_quoted_text_over_several_lines() -> None:
    assert values('a: "one\n  kind: Lie\n  end"\nb: 2\n')["b"] == ["2"]
    assert "kind" not in values('a: "one\n  kind: Lie\n  end"\nb: 2\n')


@pytest.mark.parametrize("nothing", ["", "~", "null", "{}", "[]", '""', "''", "# only a comment"])
def test_nothing_is_no_value(nothing: str) -> None:
    assert values(f"a: {nothing}\n") == {}


def test_anchors_tags_and_aliases_are_not_followed() -> None:
    assert values("a: &x !str one\nb: *x\n") == {"a": ["one"], "b": ["*x"]}


def test_templates_are_passed_over() -> None:
    text = (
        '{{- if .Values.on }}\na:\n  {{- with .x }}\n  b: {{ .y | quote }}\n  {{- end }}\n  c: "{{ .z }}"\n{{ end }}\n'
    )
    assert values(text) == {"a.b": ["{{ .y | quote }}"], "a.c": ["{{ .z }}"]}


def test_json() -> None:
    assert values('{"a":{"b":"x","n":1,"l":[1,{"d":"y"}]},"e":null,"f":"g: h"}') == {
        "a.b": ["x"], "a.n": ["1"], "a.l": ["1"], "a.l.d": ["y"], "f": ["g: h"],
    }  # fmt: skip


def test_json_over_lines() -> None:
    assert values(json.dumps({"a": {"b": "x"}, "c": ["d", "e"]}, indent=2)) == {"a.b": ["x"], "c": ["d", "e"]}


def flat(data: object, path: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Scalars of plain data as the reader is to find them."""
    if isinstance(data, dict):
        return [one for key, value in data.items() for one in flat(value, (*path, key))]
    if isinstance(data, list):
        return [one for value in data for one in flat(value, path)]
    return [(".".join(path), str(data))]


WORDS = st.text("abcdefgh", min_size=1, max_size=6)
DATA = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.dictionaries(WORDS, inner, min_size=1, max_size=3), st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(WORDS, DATA, min_size=1, max_size=4))
def test_it_agrees_with_a_whole_parser(data: dict[str, object]) -> None:
    wanted = sorted(flat(data))
    for text in (json.dumps(data), json.dumps(data, indent=2), yaml.safe_dump(data, default_flow_style=True)):
        found = [(path, one) for path, many in values(text).items() for one in many]
        assert sorted(found) == wanted, text


@settings(max_examples=150, deadline=None)
@given(st.text("ab:-{}[]\"'#&*!|>%@ \n\t\\,{{", max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    read_fields(text)


@pytest.mark.parametrize(
    "text",
    ["[" * 200_000, "{" * 200_000, "{a: " * 100_000, "- " * 200_000, '"' * 200_000, "a:\n " * 50_000, "\t" * 200_000,
     "a: '" + "x\n" * 100_000, "&a [*a,*a]\n" * 20_000, "a: |\n" + "  x\n" * 100_000],
    ids=["lists", "maps", "nested", "dashes", "quotes", "keys", "tabs", "open", "bomb", "block"],
)  # fmt: skip
def test_hostile_text_ends_soon(text: str) -> None:
    start = time.perf_counter()
    fields, _ = read_fields(text)
    assert time.perf_counter() - start < 2
    assert all(field.path.count(STEP) <= 3 * DEEPEST for field in fields)


def test_a_document_that_is_too_long_says_so() -> None:
    assert read_fields("a: b\n" * 10)[1]
    assert not read_fields("a: b\n" * (MOST_LINES + 1))[1]


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("a.b", ("a", "b"), True),
        ("a.b", ("a", "b", "c"), False),
        ("a.*.c", ("a", "b", "c"), True),
        ("**.c", ("c",), True),
        ("**.c", ("a", "b", "c"), True),
        ("**.c", ("a", "c", "d"), False),
        ("a|b.c", ("b", "c"), True),
        ("a.[!x|y.z]", ("a", "y.z"), False),
        ("a.[!x|y.z]", ("a", "y"), True),
        ("a[b.c/d]", ("a", "b.c/d"), True),
    ],
)
def test_field_patterns(pattern: str, path: tuple[str, ...], fits: bool) -> None:
    assert FieldPattern(pattern).matches("".join(STEP + key for key in path)) is fits


def test_a_field_pattern_can_mean_what_is_below() -> None:
    assert FieldPattern("a.b").matches(f"{STEP}a{STEP}b{STEP}c", below=True)
    assert not FieldPattern("a.b").matches(f"{STEP}a{STEP}bc", below=True)
