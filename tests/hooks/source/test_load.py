"""Reading the guide's file: types by the schema, a place for everything, and problems instead of exceptions."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from hooks.checked import check_loaded
from hooks.source import yaml_tree
from hooks.source.load import MOST_BYTES, SCHEMA, load, load_bytes, pieces
from hooks.source.positions import Mark
from hooks.source.problems import Problem
from hooks.source.scalars import FORMATS, address_like, as_id, days_like, is_address, is_date, why_no_day
from hooks.source.schema import unknown_keywords
from hooks.source.yaml_tree import BROKEN, read_tree
from tests.support.broken_edits import GUIDES, broken_edits

TODAY = date(2026, 11, 23)
SMALL = (GUIDES / "small.yml").read_text(encoding="utf-8")
SECOND = (GUIDES / "second.yml").read_text(encoding="utf-8")
RAW_SCHEMA = json.loads(SCHEMA.read_text(encoding="utf-8"))


def problems_of(content: str | bytes) -> list[tuple[int, int, str]]:
    found = load_bytes(content.encode() if isinstance(content, str) else content, "g.yml").problems
    return [(problem.line, problem.column, problem.message) for problem in found]


# Types


def test_scalars_stay_what_the_editor_wrote() -> None:
    """A YAML loader would turn these into false, 45000, a date, None and an octal number."""
    text = SMALL
    for word in ("no", "12:30:00", "2026-01-02", "on", "0o17", "1_000", "~x", "1e3", ".5"):
        edited = text.replace("summary: Light by day.", f"summary: {word}")
        data = load_bytes(edited.encode()).data
        assert data is not None
        assert data["strategies"][1]["summary"] == word


def test_numbers_and_booleans_get_the_types_of_the_schema() -> None:
    data = load_bytes(SMALL.encode()).data
    assert data is not None
    criterion = data["criteria"][1]
    assert (criterion["weight"], criterion["levels"][1]["units"], criterion["levels"][0]["units"]) == (5, 0.5, 2)
    assert data["roles"][1]["optional"] is True
    assert data["prices"][0]["amount"] == [5, 9]
    assert data["options"][4]["costs"][0]["multiply"] == ["posts"]
    assert type(data["criteria"][0]["id"]) is str, "no trace of the reader is left in the data"


def test_quotes_make_text_of_a_number() -> None:
    """An answer may have the id "5"; a number question takes 5."""
    text = SMALL.replace("- id: street", "- id: '5'").replace("any: [street]", "any: ['5']")
    text = text.replace("answers: {place: street, nights: 5}", "answers: {place: '5', nights: 5}")
    data = load_bytes(text.encode()).data
    assert data is not None
    assert data["examples"][0]["answers"] == {"place": "5", "nights": 5}


def test_long_and_folded_texts_are_kept() -> None:
    text = SMALL.replace("summary: Light by day.", "summary: >-\n      Light\n      by day.")
    data = load_bytes(text.encode()).data
    assert data is not None
    assert data["strategies"][1]["summary"] == "Light by day."


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    plain = load_bytes(SMALL.encode())
    other = load_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert other.data == plain.data
    assert other.marks == plain.marks


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_lines_are_counted_alike_whatever_ends_them(end: str) -> None:
    wrong = SMALL.replace("    weight: 10", "    weight: ten")
    text = wrong.replace("\n", end)
    plain, other = load_bytes(wrong.encode()), load_bytes(text.encode())
    assert other.problems == plain.problems and other.marks == plain.marks
    assert other.text.count("\n") == wrong.count("\n")
    for odd in ("\x0c", "\x85", "\u2028", "\u2029"):
        found = load_bytes(text.replace("Light by", f"Light{odd} by", 1).encode()).problems
        assert [(one.code, one.line) for one in found] == [
            ("character", plain.text[: wrong.index("Light by")].count("\n") + 1)
        ]


# Places


def test_everything_has_a_place() -> None:
    loaded = load_bytes(SMALL.encode(), "g.yml")
    lines = SMALL.split("\n")

    def walk(value: Any, path: tuple[str | int, ...]) -> None:
        mark = loaded.marks[path]
        if isinstance(value, str) and mark.last == mark.line:
            written = lines[mark.line - 1][mark.column - 1 :][: mark.length]
            assert written.strip("'\"") == value
        steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for step, below in steps:
            if isinstance(step, str):
                key = loaded.positions.keys[*path, step]
                assert lines[key.line - 1][key.column - 1 :][: key.length] == step
            walk(below, (*path, step))

    walk(loaded.data, ())


def test_lines_of_entries_for_links() -> None:
    loaded = load_bytes(SMALL.encode())
    lines = SMALL.split("\n")
    assert lines[(loaded.line(("options", 0)) or 0) - 1] == "  - id: bow"
    assert lines[(loaded.line(("options", 0, "ratings", "weight")) or 0) - 1].startswith("      weight: {level")
    assert loaded.line(("options", 99)) is None


def test_a_block_knows_its_last_line() -> None:
    loaded = load_bytes(b"a:\n  - b: |\n      one\n      two\n  - c: 1\nd: 2\n", "g.yml")
    assert loaded.marks["a", 0, "b"] == Mark(2, 8, 1, 4)
    assert loaded.marks["a", 0].last == 4
    assert loaded.marks["a",].last == 5


# Problems of form


def test_bytes_that_are_no_text() -> None:
    assert problems_of(b"a: \xff\n") == [(1, 4, "byte 0xff is not UTF-8")]
    assert problems_of(b"a: b\nc: d\xed\xa0\x80\n") == [(2, 5, "byte 0xed is not UTF-8")]
    assert problems_of("a: b".encode("utf-16")) == [(1, 1, "the file is UTF-16")]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-32", "utf-16"])
def test_wide_characters_are_named_with_a_mark_at_the_beginning_and_without(encoding: str) -> None:
    said = f"the file is {encoding[:6].upper()}"
    assert problems_of("format: 1\nguide: {name: Grüße}\n".encode(encoding)) == [(1, 1, said)]


def test_characters_that_cannot_be_seen() -> None:
    """One problem per line; tabs within text and all scripts are fine."""
    assert problems_of("a: \x00b\x01\nc: \u202ed\ne: \u2028") == [
        (1, 4, "the invisible character U+0000"),
        (2, 4, "the invisible character U+202E"),
        (3, 4, "the invisible character U+2028"),
    ]
    good = SMALL.replace("summary: Light by day.", "summary: Leicht am Tag, 昼は軽い, \u200fקל ביום\u200e.\tSo.")
    assert problems_of(good) == []


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "---\n...\n"])
def test_an_empty_file(text: str) -> None:
    (message,) = {message for _, _, message in problems_of(text)}
    assert message in ("the file is empty", "the file is empty ")


@pytest.mark.parametrize(
    ("text", "what"), [("- a\n", "a list"), ("a\n", "'a'"), ("'a'\n", "the text 'a'"), ("[]", "a list")]
)
def test_a_file_that_is_no_mapping(text: str, what: str) -> None:
    assert problems_of(text) == [(1, 1, f"the file is {what}")]


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yml", tmp_path, Path("a\0b")):
        loaded = load(path, name="g.yml")
        (problem,) = loaded.problems
        assert problem.message.startswith("the file cannot be read: ")
        assert loaded.data is None


def test_several_errors_of_syntax_are_found_at_once() -> None:
    text = SMALL
    wrong = {"    summary: Light by day.": "    summary: Light: by day.", "    name: Chain": "    name: 'Chain' s",
             "  - {id: posts, name: Posts": "  - {id: posts, name: \"Posts"}  # fmt: skip
    for old, new in wrong.items():
        text = text.replace(old, new)
    found = problems_of(text)
    lines = [number for number, line in enumerate(text.split("\n"), 1) if any(new in line for new in wrong.values())]
    assert [line for line, _, _ in found] == lines


def test_pieces_are_sections_and_entries() -> None:
    text = "a: 1\nlist:\n  # first\n  - id: x\n    deep:\n      - 1\n  - id: y\nmapping:\n  z: 1\n"
    assert [(line, piece.split("\n")[0]) for line, piece in pieces(text)] == [
        (1, "a: 1"),
        (2, "list:"),
        (4, "  - id: x"),
        (7, "  - id: y"),
        (8, "mapping:"),
    ]


def test_billion_laughs_are_refused_and_not_followed() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    start = process_time()
    messages = {message for _, _, message in problems_of(bomb)}
    for mark in ("'&a0' as an anchor", "'*a0' as a copy", "'*a58' as a copy"):
        assert any(message.startswith(f"YAML reads {mark}") for message in messages)
    assert process_time() - start < 2


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{" * 100_000, "- " * 100_000, "? " * 100_000, "a: " + "[" * 40 + "]" * 40, "{a: " * 50_000],
    ids=lambda text: text[:4],
)
def test_depth_is_bounded(text: str) -> None:
    start = process_time()
    assert problems_of(text)
    assert process_time() - start < 2


@pytest.mark.parametrize(
    "text",
    [
        "x: 1\n" * 200_000,
        "".join(f"k{n}: v\n" for n in range(100_000)),
        "a: [" + "b, " * 400_000,
        "sources:\n" + "  - {id: x, title: y}\n" * 40_000,
        "".join(f"s{n}:\n  - a: b: c\n" for n in range(20_000)),
        "a: \x01\n" * 200_000,
        "a: " + "\x01" * 2_000_000,
        "a: " + "`" * 1_000_000,
        "# " + "x" * 5_000_000,
        "a: {b: c: " + " " * 1_000_000,
        "a: b" + " " * 1_000_000 + "#c\n" * 2,
        "a: {b: " + "c[ " * 300_000,
        "a:\n" + "  b: c\n" * 50_000 + "   d: e\n",
        "\u00a0a: b\n" * 200_000,
        "a: {" + "b, " * 200_000,
    ],
    ids=range(15),
)
def test_large_nonsense_takes_bounded_time(text: str) -> None:
    start = process_time()
    assert check_loaded(load_bytes(text.encode(), "g.yml"), TODAY).problems
    assert process_time() - start < 20


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.yml"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    (problem,) = load(path).problems
    assert problem.message == "the file has more than 24 MB"


def test_without_the_c_library_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = read_tree(SMALL, "g.yml")
    monkeypatch.setattr(yaml_tree, "Loader", yaml.SafeLoader)
    slow = read_tree(SMALL, "g.yml")
    assert slow.data == fast.data
    assert slow.positions.keys == fast.positions.keys
    assert {path: mark[:3] for path, mark in slow.positions.values.items() if not _is_block(fast.data, path)} == {
        path: mark[:3] for path, mark in fast.positions.values.items() if not _is_block(fast.data, path)
    }


def _is_block(data: Any, path: tuple[str | int, ...]) -> bool:
    for step in path:
        data = data[step]
    return not isinstance(data, str)


@pytest.mark.parametrize(
    "broken",
    [one for one in broken_edits() if one.code in ("syntax", "tab", "anchor", "document", "duplicate-key")],
    ids=lambda broken: broken.what,
)
def test_without_the_c_library_syntax_is_found_as_well(broken: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_tree, "Loader", yaml.SafeLoader)
    found: tuple[Problem, ...] = load_bytes(broken.apply(SMALL).encode(), "g.yml").problems
    assert broken.code in {problem.code for problem in found}


LICENCE = "    licence: {text: It is so., source: maker, verified: 2026-01-02}\n"

SHIFTED = [
    # the edit, how many spaces the line of the problem begins with, how many are expected
    ("    summary: A lock.\n", "    summary: >-\n    A lock.\n", 4, 6),
    ("    summary: A lock.\n", "    summary: |\nA lock.\n", 0, 6),
    ("    summary: A lock.\n", "    summary: >-\n   A lock of\n        steel.\n", 3, 8),
    ("    summary: A lock.\n", "    summary: >-\n      A lock: it\n    locks.\n", 4, 6),
    ("    summary: A lock.\n", "    summary: >- # short\n      A lock.\n\n  It locks.\n", 2, 6),
    ("    choose_when: [You have a bicycle.]\n", "    choose_when:\n      - >-\n      You have one.\n", 6, 8),
    ("      weight: {level: heavy,", "    weight: {level: heavy,", 4, 6),
    ("      strength: {level: strong,", "    strength: {level: strong,", 4, 6),
    (LICENCE, LICENCE[4:], 0, 4),
    ("      weight: {level: heavy,", "    weight:\n        {level: heavy,", 4, 6),
    ("        label: In the street\n", "      label: In the street\n", 6, 8),
    ("      - {id: fair, label: Fair", "    - {id: fair, label: Fair", 4, 6),
    (LICENCE, "  " + LICENCE, 6, 4),
]


@pytest.mark.parametrize(("old", "new", "has", "wanted"), SHIFTED)
def test_the_line_that_was_moved_is_the_problem(old: str, new: str, has: int, wanted: int) -> None:
    assert old in SMALL
    first, *_ = load_bytes(SMALL.replace(old, new, 1).encode(), "g.yml").problems
    lines = SMALL.replace(old, new, 1).split("\n")
    assert (
        lines[first.line - 1].strip() in [line.strip() for line in new.split("\n")]
        or new.lstrip() in lines[first.line - 1]
    )
    assert len(lines[first.line - 1]) - len(lines[first.line - 1].lstrip()) == has
    assert first.expected.startswith(f"{wanted} spaces"), first
    assert all(first.line != other.line for other in first.related)


@pytest.mark.parametrize("section", ["questions", "sources"])
@pytest.mark.parametrize("left", ["", "{section}:\n"], ids=["left out", "with nothing in it"])
def test_a_list_that_may_be_empty_says_how_that_is_written(section: str, left: str) -> None:
    lunch = (GUIDES / "lunch.yml").read_text(encoding="utf-8")
    text = re.sub(rf"(?m)^{section}:\n(?: .*\n)*", left.format(section=section), lunch)
    (problem,) = load_bytes(text.encode(), "g.yml").problems
    assert f"'{section}'" in problem.message
    assert problem.expected.endswith("[] where there are none" if left else f"'{section}: []' where there are none")
    assert load_bytes(re.sub(rf"(?m)^{section}:\n(?: .*\n)*", f"{section}: []\n", lunch).encode()).data is not None


# Shape, against the package jsonschema


def test_the_schema_uses_nothing_that_the_check_does_not_know() -> None:
    Draft202012Validator.check_schema(RAW_SCHEMA)
    assert set(unknown_keywords(RAW_SCHEMA)) == set()
    assert set(unknown_keywords({"properties": {"if": {"maxProperties": 1}}})) == {"maxProperties"}


def test_alternatives_in_the_schema_differ_in_kind() -> None:
    """The check picks an alternative by the kind of the value, so two of one kind could not be told apart."""

    def walk(node: Any) -> None:
        for branch in node.get("oneOf", ()) if isinstance(node, dict) else ():
            kinds = [_kind(branch) for branch in node["oneOf"]]
            assert len(kinds) == len(set(kinds)), node
            walk(branch)
        for below in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            walk(below)

    walk(RAW_SCHEMA)


def _kind(branch: dict[str, Any]) -> str:
    name = branch.get("$ref", "").removeprefix("#/$defs/")
    return str((RAW_SCHEMA["$defs"][name] if name else branch)["type"])


formats = FormatChecker(formats=())
for name in ("date", "uri"):  # formats are of texts; what is no text is judged by its type
    formats.checks(name)(lambda value, fits=FORMATS[name]: not isinstance(value, str) or fits(value))
ORACLE = Draft202012Validator(RAW_SCHEMA, format_checker=formats)

ODD = (0, -1, 5, 2.5, 10**6, True, "text", "an-id", "Bad Id", "", "2026-02-30", "2026-02-03", "http://x.org", "units",
       [], ["a", "a"], [1, 2], [3], {}, {"x": 1}, {"id": "x"}, [{}], "https://example.org/x", "unknown")  # fmt: skip


def damage(random: Random, data: Any) -> Any:
    """The data with one to three values removed, replaced, doubled or renamed somewhere."""
    data = json.loads(json.dumps(data))
    for _ in range(random.randint(1, 3)):
        node, depth = data, random.randint(1, 7)
        for _ in range(depth):
            steps = list(node) if isinstance(node, dict) else range(len(node))
            if not steps:
                break
            step = random.choice(steps)
            below = node[step]
            if isinstance(below, dict | list) and random.random() < 0.8:
                node = below
                continue
            action = random.random()
            if action < 0.3:
                del node[step]
            elif action < 0.8:
                node[step] = random.choice(ODD)
            elif isinstance(node, list):
                node.append(below)
            else:
                node[f"{step}x"] = node.pop(step)
            break
    return data


def plain(value: Any) -> Any:
    """A draft as JSON; what was refused becomes null, which the schema allows nowhere."""
    if isinstance(value, dict):
        return {key: plain(below) for key, below in value.items()}
    if isinstance(value, list):
        return [plain(below) for below in value]
    return None if value is BROKEN else value


@pytest.mark.parametrize("seed", range(4))
def test_verdicts_are_those_of_jsonschema(seed: int) -> None:
    random = Random(seed)
    whole = load_bytes(SMALL.encode()).data
    verdicts = []
    for _ in range(100):
        loaded = load_bytes(json.dumps(damage(random, whole)).encode(), "g.yml")
        verdicts.append(loaded.data is not None)
        wrong = [error.message for error in ORACLE.iter_errors(plain(loaded.draft))]
        assert verdicts[-1] == (not wrong), (wrong[:3], [problem.message for problem in loaded.problems])
    assert 5 < sum(verdicts) < 95, "both verdicts are well represented"


def test_good_guides_are_good_for_jsonschema_too() -> None:
    for text in (SMALL, SECOND):
        assert not list(ORACLE.iter_errors(load_bytes(text.encode()).data))


# Forms


def test_days() -> None:
    assert [is_date(text) for text in ("2026-02-28", "2024-02-29")] == [True, True]
    assert not any(
        is_date(text) for text in ("2026-02-29", "2026-2-3", "20260203", "2026-02-03T00:00", "", "٢٠٢٦-٠١-٠٢")
    )
    for text in ("2026/2/3", "2026.02.03", "2026-02-03T10:00"):
        assert days_like(text) == ["2026-02-03"]
    for text in ("3.2.2026", "03/02/2026", "3-2-2026"):
        assert days_like(text) == ["2026-02-03", "2026-03-02"], "day or month first cannot be known"
    for text in ("23.2.2026", "02/23/2026"):
        assert days_like(text) == ["2026-02-23"], "there is no month 23"
    assert days_like("3.3.2026") == ["2026-03-03"]
    assert days_like("2026-02-30") == []


def test_a_day_that_does_not_exist_is_explained() -> None:
    assert why_no_day("2026-02-30") == "February 2026 has 28 days"
    assert why_no_day("2024-02-30") == "February 2024 has 29 days"
    assert why_no_day("2026-13-01") == "months run from 01 to 12"
    assert why_no_day("0000-01-01") == "years run from 0001"
    assert why_no_day("2026-02-28") == why_no_day("soon") == ""


def test_addresses() -> None:
    assert is_address("https://example.org/a?b=c#d")
    assert not any(
        is_address(text) for text in ("example.org", "https://", "https://a b", "https://[x", "https://a:b/")
    )
    assert address_like("http://example.org/x") == "https://example.org/x"
    assert address_like("www.example.org") == "https://www.example.org"
    assert [address_like(text) for text in ("../a.md", "x", "ftp://a.org")] == ["", "", ""]


def test_ids() -> None:
    assert [as_id(text) for text in ("Foo Bar", "a_b", "--", "Ünit 5")] == ["foo-bar", "a-b", "", "unit-5"]


# Any bytes at all


def judge(content: bytes) -> None:
    """Reading and judging gives a guide or problems, in bounded time, each problem within the file."""
    start = process_time()
    checked = check_loaded(load_bytes(content, "g.yml"), TODAY)
    assert process_time() - start < 5
    assert (checked.guide is None) == any(problem.severity == "error" for problem in checked.problems)
    broke = [problem.message for problem in checked.problems if problem.message.startswith("the rule ")]
    assert not broke
    lines = checked.loaded.text.replace("\r\n", "\n").split("\n")
    for problem in checked.problems:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert problem.column < problem.end
    checked.report(None)


MARKS = [
    "\t",
    "  ",
    "\n",
    "- ",
    ": ",
    "'",
    '"',
    "[",
    "]",
    "{",
    "}",
    "&a",
    "*a",
    "!",
    "|",
    ">",
    "#",
    "%",
    "?",
    "`",
    "<<:",
    "---\n",
    "no",
    "-1",
    "1e9",
    "null",
    "<b>",
    "tag:",
    "unknown",
]
BITS = [*(mark.encode() for mark in MARKS), b"\x00", b"\xff", b"\xf0\x9f\x94\x92", b"\xe2\x80\xa8"]


@pytest.mark.parametrize("seed", range(10))
def test_random_damage_gives_problems_or_a_guide(seed: int) -> None:
    """500 inputs per seed, 5,000 in all."""
    random = Random(seed)
    whole = SMALL.encode()
    for _ in range(500):
        content = bytearray(whole)
        for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
            at = random.randrange(len(content))
            action = random.random()
            if action < 0.3:
                content[at : at + random.choice((1, 2, 10, 200))] = b""
            elif action < 0.7:
                content[at:at] = random.choice(BITS)
            elif action < 0.85:
                content[at] = random.randrange(256)
            else:
                other = random.randrange(len(content))
                content[at:at] = content[other : other + random.choice((3, 20, 100))]
        judge(bytes(content))


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_any_bytes_give_problems(content: bytes) -> None:
    judge(content)


@example("---")  # ends before its value begins
@settings(max_examples=300)
@given(st.text(alphabet=st.sampled_from("abc: -\n[]{}#&*!|>'\"%@`\\,?0<~"), max_size=120))
def test_any_text_gives_problems(text: str) -> None:
    judge(text.encode())
