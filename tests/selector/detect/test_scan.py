"""Looking for evidence: what counts, what does not, and that nothing hostile or secret gets far."""

from __future__ import annotations

import codecs
import json
import time
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hooks.source.load import load
from selector import Guide
from selector.detect.conclusion import Reading, differing
from selector.detect.evidence import Rules
from selector.detect.files import DEEPEST, LARGEST, plan
from selector.detect.folder import read_folder
from selector.detect.scan import MOST_PLACES, Scan
from selector.report.detected import counted_text, detected, detected_data, headline
from selector.report.terminal import Paint
from tests.support.broken_edits import GUIDES

Files = Mapping[str, str | bytes]


@cache
def second() -> Guide:
    data = load(GUIDES / "second.yml").data
    assert data is not None
    return Guide.from_data(data)


def with_evidence(*evidence: dict[str, Any], **reading: Any) -> Guide:
    """The second guide with other evidence, whose plainest parts are filled in."""
    entries = [
        {"id": f"e{n}", "name": "thing", "names": "things", "strength": "sure", **one} for n, one in enumerate(evidence)
    ]
    return Guide.from_data(
        {**second().data, "reading": {"documents": ["**/*.yaml", "**/*.json"], **reading}, "evidence": entries}
    )


def read(guide: Guide, files: Files) -> Reading:
    rules = Rules.of(guide)
    chosen = plan(rules, files)
    scan = Scan(rules)
    for path in chosen.paths:
        content = files[path]
        scan.add(path, content if isinstance(content, bytes) else content.encode())
    return Reading(guide, rules, scan, chosen)


def found(guide: Guide, files: Files) -> dict[str, int]:
    return {one.evidence.id: one.count for one in read(guide, files).found}


DOCUMENT = {"find": [{"api": "shop.test", "kind": "Order", "has": "spec.item"}]}
ORDER = "apiVersion: shop.test/v1\nkind: Order\nmetadata:\n  name: first\nspec:\n  item: lamp\n"


def places(reading: Reading) -> list[tuple[str, int, str, str]]:
    return [(one.path, one.line, one.kind, one.name) for found in reading.found for one in found.tally.places]


def test_a_document_is_found_with_its_line_kind_and_name() -> None:
    files = {"a/b.yaml": f"# first\nother: 1\n---\n{ORDER}"}
    assert places(read(with_evidence(DOCUMENT), files)) == [("a/b.yaml", 9, "Order", "first")]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (ORDER, 1),
        (f"{ORDER}---\n{ORDER}", 2),
        (ORDER.replace("\n", "\r\n"), 1),
        (f"\ufeff{ORDER}", 1),
        (json.dumps({"apiVersion": "shop.test/v1", "kind": "Order", "spec": {"item": "x"}}), 1),
        ("apiVersion: v1\nkind: List\nitems:\n" + "".join("- " + ORDER.replace("\n", "\n  ").rstrip(" ") for _ in "ab"), 2),
        (ORDER.replace("shop.test", "shop.test.other"), 0),
        (ORDER.replace("Order", "OrderForm"), 0),
        (ORDER.replace("item: lamp", "item:"), 0),
        (ORDER.replace("\n", "\n  "), 0),
        ("about: |\n  " + ORDER.replace("\n", "\n  "), 0),
        ("# " + ORDER.replace("\n", "\n# "), 0),
        (f"references:\n  - {ORDER}".replace("\nkind", "\n    kind"), 0),
    ],
    ids=["one", "two", "windows", "mark", "json", "list", "group", "kind", "empty", "indented", "block", "comment", "reference"],
)  # fmt: skip
def test_what_is_a_document(text: str, count: int) -> None:
    assert found(with_evidence(DOCUMENT), {"a.yaml": text}).get("e0", 0) == count


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (ORDER.encode("utf-16-le"), 1),
        (ORDER.encode("utf-16-be"), 1),
        (ORDER.encode("utf-16"), 1),
        (codecs.BOM_UTF16_BE + ORDER.encode("utf-16-be"), 1),
        (ORDER.encode("utf-32"), 1),
        (ORDER.encode("utf-8-sig"), 1),
        ((ORDER + "  note: größer, 漢字 Ā 🦊\n" * 20).replace("\n", "\r\n").encode("utf-16-le"), 1),
        (("# 漢字漢字\n" * 20 + ORDER + "x: y\n" * 2000).encode("utf-16"), 1),
        (ORDER.encode("utf-16") + b"x", 1),  # cut in the middle of a character
        (ORDER.encode("latin-1") + b"note: gr\xf6\xdfer\n", 1),
        (ORDER.encode() + b"\0", 0),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + ORDER.encode("utf-16-le"), 0),
        (codecs.BOM_UTF16_LE + b"\0\0\0\0" + ORDER.encode("utf-16-le"), 0),
        (bytes(range(256)) * 8 + ORDER.encode(), 0),
        (b"", 0),
    ],
)
def test_a_manifest_counts_in_every_encoding_and_a_binary_file_in_none(content: bytes, count: int) -> None:
    assert found(with_evidence(DOCUMENT), {"a.yaml": content}).get("e0", 0) == count
    line = {"find": [{"path": "*.yaml", "line": "^kind: Order"}]}
    assert found(with_evidence(line), {"a.yaml": content}).get("e0", 0) == count


def test_how_many_files_were_read_is_said_in_good_english() -> None:
    guide = with_evidence(DOCUMENT, aside=["docs/**"])
    for files, said in [
        (["a"], "1 file read."),
        (["a", "b"], "2 files read."),
        (["a", "docs/b"], "1 file read, 1 example, test or copy left aside."),
        (["docs/a", "docs/b"], "0 files read, 2 examples, tests and copies left aside."),
    ]:
        assert counted_text(read(guide, dict.fromkeys((f"{name}.yaml" for name in files), ORDER))) == said


def test_a_template_is_a_hint_in_the_source_of_charts_for_others() -> None:
    order = {**DOCUMENT, "answers": {"thing": "library"}}
    sign = {"strength": "hint", "find": [{"path": "publish.yaml"}]}
    guide = with_evidence(order, sign, own_source=["e1"])
    template = "{{- if .on }}\n" + ORDER + "{{- end }}\n"
    assert read(guide, {"a.yaml": template}).values == {"thing": "library"}
    reading = read(guide, {"a.yaml": template, "publish.yaml": ""})
    assert reading.values == {}
    assert [one.evidence.id for one in reading.hints] == ["e0", "e1"]
    assert read(guide, {"a.yaml": ORDER, "publish.yaml": ""}).values == {"thing": "library"}


def test_an_option_that_stands_for_many_is_called_as_what_was_found() -> None:
    one = {"uses": ["mit"], "find": [{**DOCUMENT["find"][0], "called": "Lamp Licence"}, {"path": "other.yaml"}]}
    reading = read(with_evidence(one), {"a.yaml": ORDER})
    assert headline(reading) == "You run: Lamp Licence."
    assert detected_data(reading)["uses"][0]["name"] == "Lamp Licence"
    assert headline(read(with_evidence(one), {"other.yaml": ""})) == "You run: MIT License."


def test_the_reach_is_said_only_where_most_is_found_in_the_units() -> None:
    units = {"name": "shop", "names": "shops", "find": [{"path": "**/shop.yaml", "kind": "Shop"}]}
    guide = with_evidence({**DOCUMENT, "uses": ["mit"]}, units=units)
    shops = {f"{n}/shop.yaml": "kind: Shop\n" for n in "abc"}
    assert headline(read(guide, {**shops, "a/x.yaml": ORDER})) == "You run: MIT License, for 1 of 3 shops."
    elsewhere = {"all/x/o.yaml": ORDER, "all/y/o.yaml": ORDER}
    assert headline(read(guide, {**shops, "a/x.yaml": ORDER, **elsewhere})) == "You run: MIT License."


def test_what_a_template_includes_under_a_condition_is_not_sure() -> None:
    guide = with_evidence({**DOCUMENT, "uses": ["mit"]})
    assert [use.option for use in read(guide, {"a.yaml": ORDER}).uses] == ["mit"]
    assert read(guide, {"a.yaml": "{{- if .on }}\n" + ORDER + "{{- end }}\n"}).uses == ()
    closed = "{{- if .on }}\n{{- end }}\n" + ORDER
    assert [use.option for use in read(guide, {"a.yaml": closed}).uses] == ["mit"]
    assert read(guide, {"a.yaml": "{{ if .on }}\nx: 1\n---\n" + ORDER}).uses == ()


@pytest.mark.parametrize(
    "path",
    [
        "docs/a.yaml",
        "x/tests/a.yaml",
        ".git/a.yaml",
        "a/node_modules/b/a.yaml",
        "vendor/a.yaml",
        "x/lent/sub/a.yaml",
        "a.md",
    ],
)
def test_files_that_use_nothing_are_left_aside(path: str) -> None:
    guide = with_evidence(DOCUMENT, aside=["**/{docs,tests}/**"], foreign=[{"folder": "lent", "beside": "LENT"}])
    assert found(guide, {path: ORDER, "x/LENT": ""}) == {}
    assert found(guide, {"x/a.yaml": ORDER, "y/lent/a.yaml": ORDER}) == {"e0": 2}


def test_fields_that_must_be_missing_single_or_of_a_value() -> None:
    guide = with_evidence(
        {"find": [{"kind": "Order", "lacks": "spec.paid"}]},
        {"find": [{"kind": "Order", "single": "spec.items.name"}]},
        {"find": [{"kind": "Order", "value": {"spec.size": "[0-9]+"}}]},
        {"find": [{"has": "**.notes[shop.test/urgent]"}]},
    )
    assert found(guide, {"a.yaml": "kind: Order\nspec:\n  items: [{name: a}]\n  size: 12\n"}) == {
        "e0": 1,
        "e1": 1,
        "e2": 1,
    }
    text = 'kind: Order\nspec:\n  paid: yes\n  items: [{name: a}, {name: b}]\n  size: 1x\n  notes: {"shop.test/urgent": 1}\n'
    assert found(guide, {"a.yaml": text}) == {"e3": 1}


def test_lines_and_paths() -> None:
    guide = with_evidence(
        {"find": [{"path": "**/*.conf", "line": "^size=", "contains": "size"}]}, {"find": [{"path": "**/LOCK"}]}
    )
    assert found(guide, {"a.conf": "x\nsize=1\nsize=2\n", "b.conf": "# size\n", "c/LOCK": b"\0"}) == {"e0": 1, "e1": 1}


def test_counting_by_parts_of_the_path() -> None:
    one = {"per": "sites/*", "but": ["shared"], "least": 2, "most": 3, "find": [{"path": "sites/*/**/*.yaml"}]}
    names = ["one", "two", "three", "four"]

    def files(count: int) -> Files:
        return {f"sites/{name}/{n}.yaml": "" for name in [*names[:count], "shared"] for n in "ab"}

    assert [found(with_evidence(one), files(count)) for count in (1, 2, 3, 4)] == [{}, {"e0": 2}, {"e0": 3}, {}]


def test_evidence_can_need_or_rule_out_other_evidence() -> None:
    a, b = {"find": [{"path": "a"}]}, {"find": [{"path": "b"}]}
    assert found(with_evidence({**a, "needs": ["e1"]}, b), {"a": "", "b": ""}) == {"e0": 1, "e1": 1}
    assert found(with_evidence({**a, "needs": ["e1"]}, b), {"a": ""}) == {}
    assert found(with_evidence({**a, "unless": ["e1"]}, b), {"a": "", "b": ""}) == {"e1": 1}


def test_answers_contradictions_and_numbers() -> None:
    guide = with_evidence(
        {"answers": {"thing": "library"}, "counts": "newcomers", "find": [{"path": "a*"}]},
        {"answers": {"thing": "service", "wishes": ["old-gpl", "quoting"]}, "find": [{"path": "b"}]},
        {"answers": {"thing": "program"}, "strength": "likely", "find": [{"path": "c"}]},
        {"strength": "hint", "find": [{"path": "d"}]},
    )
    assert read(guide, {"a1": "", "a2": "", "d": ""}).values == {"thing": "library", "newcomers": 2}
    both = read(guide, {"a": "", "b": ""})
    assert both.values == {"newcomers": 1, "wishes": ("old-gpl", "quoting")}
    assert [(one.answer, one.strength) for one in both.answers[0].supports] == [("library", 2), ("service", 2)]
    weaker = read(guide, {"a": "", "c": ""}).answers[0]
    assert (weaker.value, weaker.clear) == ("library", False)


def test_strategies_in_use_are_the_largest_that_options_in_use_make_up() -> None:
    guide = with_evidence(*({"uses": [name], "find": [{"path": name}]} for name in ("mit", "cc-by-4-0", "gpl-3-0")))

    def setups(*names: str) -> list[tuple[str, ...]]:
        return [setup.members for setup in read(guide, dict.fromkeys(names, "")).setups]

    assert setups() == []
    assert setups("mit", "cc-by-4-0") == [("cc-by-4-0", "mit")]
    assert setups("mit") == [], "it can also do the other job, but nothing shows that it does"
    assert [use.option for use in read(guide, {"mit": ""}).beside] == ["mit"]


def test_following_a_decision() -> None:
    names = ("mit", "cc-by-4-0", "dco")
    guide = with_evidence(*({"uses": [name], "find": [{"path": name}]} for name in names))

    def status(members: tuple[str, ...], *files: str) -> str:
        return read(guide, dict.fromkeys(files, "")).follows(members).status

    assert status(("mit", "cc-by-4-0"), "mit", "cc-by-4-0") == "followed"
    assert status(("mit",), "mit", "cc-by-4-0") == "mixed"
    assert status(("mit", "cc-by-4-0"), "mit") == "left"
    assert status(("mit",), "mit", "dco") == "followed", "what only adds something is no other decision"
    assert status(("mit", "gpl-3-0"), "mit") == "followed", "no evidence could show it"
    assert status(("gpl-3-0",), "mit") == "left"


def test_answers_that_differ_from_those_recorded() -> None:
    guide = with_evidence(
        {"answers": {"thing": "library", "wishes": "quoting"}, "counts": "newcomers", "find": [{"path": "a"}]}
    )
    reading = read(guide, {"a": ""})
    assert differing(reading, {"thing": "service", "wishes": ["quoting"], "newcomers": 9}) == [
        ("thing", "service", "library")
    ]
    assert differing(reading, {"wishes": ["old-gpl"]}) == [("wishes", ["old-gpl"], ("quoting",))]
    assert differing(reading, {}) == []


def test_the_second_guide_reads_licences() -> None:
    files = {
        "package.json": json.dumps({"name": "x", "main": "x.js", "license": "MIT"}, indent=2),
        "sub/package.json": json.dumps({"name": "y"}),
        "LICENSE": "MIT License\n\nCopyright\n",
        ".github/dco.yml": "require: true\n",
        "examples/package.json": json.dumps({"name": "z", "license": "Apache-2.0"}),
    }
    reading = read(second(), files)
    assert {use.option: use.count for use in reading.uses} == {"mit": 2, "dco": 1}
    assert reading.values == {"thing": "library"}
    assert [one.evidence.id for one in reading.warnings] == ["no-licence"]
    assert reading.answers[1].value is None, "the guide takes one answer only for what is there today"


CANARY = "canary-4f1d0b"


def test_no_value_is_kept_or_shown() -> None:
    guide = with_evidence(
        {
            "uses": ["mit"],
            "warning": {"text": "Mind it.", "severity": "high", "source": "spdx"},
            "find": [{"kind": "Order", "value": {"spec.**.secret|note": ".+"}}, {"path": "**/*.env", "line": "^KEY="}],
        },
        {"strength": "hint", "find": [{"path": "**/*.yaml", "line": "note"}]},
    )
    values = [f"{CANARY}", f"'{CANARY}'", f"|\n      {CANARY}\n      {CANARY}", f"{{a: {CANARY}}}", f"&x {CANARY}"]
    files: dict[str, str | bytes] = {
        f"{n}.yaml": f"kind: Order\nmetadata:\n  name: n{n}\n  labels: {{x: {CANARY}}}\nspec:\n  a:\n    secret: {value}\n    note: {value}\n"
        for n, value in enumerate(values)
    }
    files |= {
        "a.env": f"KEY={CANARY}\n",
        "b.yaml": f"kind: Order\nmetadata: {{name: '{CANARY} and more'}}\nspec: {{a: {{note: x}}}}\n",
    }
    reading = read(guide, files)
    shown = json.dumps(detected_data(reading)) + detected(reading, Paint(False), every=True)
    assert reading.warnings[0].count == 6
    assert CANARY not in shown
    assert CANARY not in repr([reading.scan.tallies, reading.scan.units, reading.scan.cut])


def hostile() -> Iterable[tuple[str, bytes]]:
    order = ORDER.encode()
    yield "documents", order + (b"---\n" + order) * 100_000
    yield "empty documents", b"---\n" * 500_000
    yield "bomb", b"a: &a [x,x]\n" + b"".join(b"b%d: &b%d [*a,*a,*a,*a]\n" % (n, n) for n in range(50_000)) + order
    yield "nested", b"{" * 1_000_000
    yield "one line", b"kind: Order " * 160_000
    yield "not text", b"kind: Order\n" + bytes(range(128, 256)) * 10_000
    yield "nothing but kinds", b"kind: List\nitems:\n" + b"- kind: Order\n  spec: {item: x}\n" * 60_000
    yield "templates", b"{{ if a }}\n" * 150_000 + order


@pytest.mark.parametrize(("what", "content"), hostile(), ids=lambda one: one if isinstance(one, str) else "")
def test_hostile_files_end_soon(what: str, content: bytes) -> None:
    guide = with_evidence(DOCUMENT, {"find": [{"path": "**/*.yaml", "line": "^[^#]*size=[0-9]+$"}]})
    start = time.process_time()
    reading = read(guide, {"a.yaml": content})
    assert time.process_time() - start < 10
    assert all(len(one.tally.places) <= MOST_PLACES for one in reading.found)


def test_a_limit_that_is_met_is_said(tmp_path: Path) -> None:
    (tmp_path / "large.yaml").write_bytes(ORDER.encode() + b"# " + b"x" * LARGEST)
    reading = read_folder(with_evidence(DOCUMENT), tmp_path)
    assert places(reading)[0][0] == "large.yaml"
    assert "Only the beginning was read of 1 very large file" in reading.limits[0]
    assert "large.yaml" in reading.limits[0]


def test_folders_deeper_than_is_read_are_named(tmp_path: Path) -> None:
    place = tmp_path
    for _ in range(DEEPEST + 3):
        place = place / "d"
    place.mkdir(parents=True)
    (place / "order.yaml").write_text(ORDER)
    reading = read_folder(with_evidence(DOCUMENT), tmp_path)
    assert reading.found == ()
    assert reading.limits == (f"1 file or folder more than {DEEPEST} folders deep was not looked at.",)


def test_links_are_not_followed(tmp_path: Path) -> None:
    inner = tmp_path / "repository"
    inner.mkdir()
    (tmp_path / "outside.yaml").write_text(ORDER)
    (inner / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    (inner / "folder").symlink_to(tmp_path)
    assert read_folder(with_evidence(DOCUMENT), inner).found == ()
